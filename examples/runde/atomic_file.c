/* SPDX-License-Identifier: MIT */
#include "atomic_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMP_PREFIX "."
#define TEMP_SUFFIX ".runde-tmp"
/* How often the temporary file may be renamed away under us by processes
 * that were just done with it. */
#define MAX_TRIES 100

static cli_code refuse(const atomic_file *file, const char *why)
{
    cli_complain("%s: cannot write: %s", file->path, why);
    return CLI_NO_OUTPUT;
}

static cli_code failed(const atomic_file *file, const char *what)
{
    cli_complain("%s: %s: %s; nothing is written", file->path, what,
                 strerror(errno));
    return CLI_IO;
}

/* close() that gives the descriptor up exactly once, also on EINTR. */
static int release(int *fd)
{
    const int result = *fd >= 0 ? close(*fd) : 0;
    *fd = -1;
    return result != 0 && errno != EINTR ? -1 : 0;
}

/* Splits "a/b/plan.json" into an open directory and two names in it. */
static cli_code enter_directory(atomic_file *file)
{
    const char *slash = strrchr(file->path, '/');
    const char *name = slash != NULL ? slash + 1 : file->path;
    if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        return refuse(file, "this is a directory");
    }
    const size_t around = strlen(TEMP_PREFIX) + strlen(TEMP_SUFFIX);
    if (strlen(name) + around >= sizeof file->temp) {
        return refuse(file, "the name is too long");
    }
    (void)snprintf(file->name, sizeof file->name, "%s", name);
    (void)snprintf(file->temp, sizeof file->temp, "%s%s%s", TEMP_PREFIX, name,
                   TEMP_SUFFIX);
    char *parent = NULL;
    if (slash != NULL) {
        const size_t n = slash == file->path ? 1 : (size_t)(slash - file->path);
        parent = strndup(file->path, n);
        if (parent == NULL) {
            cli_complain("%s: out of memory", file->path);
            return CLI_INTERNAL;
        }
    }
    do {
        file->directory = open(parent != NULL ? parent : ".",
                               O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    } while (file->directory < 0 && errno == EINTR);
    const int error = errno;
    free(parent);
    return file->directory >= 0 ? CLI_DONE : refuse(file, strerror(error));
}

/* What already has the name must be a plain file that we may replace: a
 * rename onto a link or a device would quietly destroy something else. */
static cli_code judge_target(const atomic_file *file,
                             const file_identity *input)
{
    struct stat info;
    if (fstatat(file->directory, file->name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? CLI_DONE : refuse(file, strerror(errno));
    }
    if (S_ISLNK(info.st_mode)) {
        return refuse(file, "this is a symbolic link; name the file itself");
    }
    if (S_ISDIR(info.st_mode)) {
        return refuse(file, "this is a directory");
    }
    if (!S_ISREG(info.st_mode)) {
        return refuse(file, "not a plain file; use - and redirect");
    }
    if (input != NULL && input->known && input->device == info.st_dev &&
        input->inode == info.st_ino) {
        return refuse(file, "this is the input; name another file");
    }
    if (faccessat(file->directory, file->name, W_OK, AT_EACCESS) != 0) {
        return refuse(file, strerror(errno));
    }
    return CLI_DONE;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* One try for the locked temporary file. `again` is set when the file lost
 * its name between opening and locking: its owner has just committed it. */
static cli_code lock_temp(atomic_file *file, bool *again)
{
    *again = false;
    do {
        file->fd = openat(file->directory, file->temp,
                          O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK |
                              O_NOCTTY | O_CLOEXEC,
                          0600);
    } while (file->fd < 0 && errno == EINTR);
    if (file->fd < 0) {
        return refuse(file, strerror(errno));
    }
    int locked = 0;
    do {
        locked = flock(file->fd, LOCK_EX | LOCK_NB);
    } while (locked != 0 && errno == EINTR);
    if (locked != 0) {
        const int error = errno;
        const bool busy = error == EWOULDBLOCK;
        if (!busy) {
            /* Where locks do not work nobody can be holding one. */
            (void)unlinkat(file->directory, file->temp, 0);
        }
        (void)release(&file->fd);
        if (busy) {
            cli_complain("%s: another process is writing it", file->path);
            return CLI_OUTPUT_BUSY;
        }
        return refuse(file, strerror(error));
    }
    struct stat held;
    struct stat named;
    if (fstat(file->fd, &held) != 0 ||
        fstatat(file->directory, file->temp, &named, AT_SYMLINK_NOFOLLOW) !=
            0 ||
        !same_file(&held, &named)) {
        *again = true;
        (void)release(&file->fd);
        return CLI_DONE;
    }
    /* A stale file of ours is fine; one that somebody planted is not. */
    if (!S_ISREG(held.st_mode) || held.st_nlink != 1 ||
        held.st_uid != geteuid()) {
        (void)release(&file->fd);
        return refuse(file, "its temporary file belongs to something else");
    }
    return CLI_DONE;
}

cli_code atomic_file_open(atomic_file *file, const char *path,
                          const file_identity *input)
{
    const atomic_file fresh = ATOMIC_FILE_INIT;
    *file = fresh;
    file->path = path;
    cli_code code = enter_directory(file);
    if (code == CLI_DONE) {
        code = judge_target(file, input);
    }
    bool again = code == CLI_DONE;
    for (int tries = 0; again && tries < MAX_TRIES; tries++) {
        code = lock_temp(file, &again);
    }
    if (code == CLI_DONE && again) {
        cli_complain("%s: other processes keep writing it", path);
        code = CLI_OUTPUT_BUSY;
    }
    if (code == CLI_DONE &&
        (ftruncate(file->fd, 0) != 0 || fchmod(file->fd, 0600) != 0)) {
        code = refuse(file, strerror(errno));
    }
    if (code != CLI_DONE) {
        atomic_file_discard(file);
    }
    return code;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t n = write(fd, bytes, length);
        if (n > 0) {
            bytes += n;
            length -= (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            errno = n == 0 ? EIO : errno;
            return false;
        }
    }
    return true;
}

static bool sync_all(int fd)
{
    int result = 0;
    do {
        result = fsync(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

cli_code atomic_file_write(atomic_file *file, const char *bytes, size_t length)
{
    if (!write_all(file->fd, bytes, length)) {
        return failed(file, "cannot write");
    }
    return sync_all(file->fd) ? CLI_DONE : failed(file, "cannot sync");
}

cli_code atomic_file_read(const atomic_file *file, input_text *out)
{
    const input_text empty = INPUT_TEXT_INIT;
    *out = empty;
    struct stat info;
    if (fstat(file->fd, &info) != 0) {
        return failed(file, "cannot read back");
    }
    const size_t length = (size_t)info.st_size;
    out->bytes = malloc(length + 1);
    if (out->bytes == NULL) {
        cli_complain("%s: out of memory", file->path);
        return CLI_INTERNAL;
    }
    while (out->length < length) {
        const ssize_t n = pread(file->fd, out->bytes + out->length,
                                length - out->length, (off_t)out->length);
        if (n == 0 || (n < 0 && errno != EINTR)) {
            errno = n == 0 ? EIO : errno;
            input_free(out);
            return failed(file, "cannot read back");
        }
        out->length += n > 0 ? (size_t)n : 0;
    }
    out->bytes[length] = '\0';
    return CLI_DONE;
}

cli_code atomic_file_commit(atomic_file *file)
{
    if (renameat(file->directory, file->temp, file->directory, file->name) !=
        0) {
        return failed(file, "cannot rename");
    }
    /* From here on the new file is in place, whole. Some file systems
     * cannot sync a directory (EINVAL) and need not. */
    const bool synced = sync_all(file->directory) || errno == EINVAL;
    const int error = errno;
    const bool closed = release(&file->fd) == 0;
    (void)release(&file->directory);
    if (!synced || !closed) {
        cli_complain("%s: written, but may be lost at a power failure: %s",
                     file->path, strerror(synced ? errno : error));
        return CLI_IO;
    }
    return CLI_DONE;
}

void atomic_file_discard(atomic_file *file)
{
    /* Unlink while the lock is held: nobody else's file can have the name. */
    if (file->fd >= 0) {
        (void)unlinkat(file->directory, file->temp, 0);
    }
    (void)release(&file->fd);
    (void)release(&file->directory);
}

cli_code atomic_file_check(const char *path, const file_identity *input)
{
    atomic_file file = ATOMIC_FILE_INIT;
    cli_code code = CLI_DONE;
    if (path != NULL && strcmp(path, "-") != 0) {
        code = atomic_file_open(&file, path, input);
        atomic_file_discard(&file);
    }
    return code;
}

cli_code atomic_file_save(const char *path, const file_identity *input,
                          const char *bytes, size_t length)
{
    if (path == NULL || strcmp(path, "-") == 0) {
        /* Errors of the stream are seen when main closes it. */
        (void)fwrite(bytes, 1, length, stdout);
        return CLI_DONE;
    }
    atomic_file file;
    cli_code code = atomic_file_open(&file, path, input);
    if (code != CLI_DONE) {
        return code;
    }
    code = atomic_file_write(&file, bytes, length);
    if (code == CLI_DONE) {
        code = atomic_file_commit(&file);
    }
    atomic_file_discard(&file);
    return code;
}

cli_code atomic_file_save_made(const char *path, const file_identity *input,
                               runde_status status, char *text, size_t length,
                               const char *about)
{
    const runde_diag none = RUNDE_DIAG_INIT;
    cli_code code = input_status(status, about, &none);
    if (code == CLI_DONE) {
        code = atomic_file_save(path, input, text, length);
    }
    runde_text_free(text);
    return code;
}
