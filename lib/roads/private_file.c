/* SPDX-License-Identifier: MIT */
#include "roads/private_file.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".runde-tmp"

static void close_file(int fd)
{
    if (fd >= 0) {
        (void)close(fd);
    }
}

static int open_file(const char *path, int flags)
{
    int fd = -1;
    do {
        fd = open(path, flags | O_CLOEXEC | O_NOCTTY, 0600);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

static bool read_all(int fd, char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t n = read(fd, bytes, length);
        if (n > 0) {
            bytes += n;
            length -= (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t n = write(fd, bytes, length);
        if (n > 0) {
            bytes += n;
            length -= (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

runde_status rn_private_read(char **bytes, size_t *length, const char *path,
                             size_t most, const char **wrong)
{
    struct stat info;
    runde_status status = RUNDE_OK;
    *bytes = NULL;
    *length = 0;
    *wrong = NULL;
    const int fd = open_file(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        *wrong = errno == ENOENT ? NULL : "it cannot be opened";
        return RUNDE_OK;
    }
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        *wrong = "it is no plain file";
    } else if (info.st_uid != geteuid()) {
        *wrong = "it belongs to somebody else";
    } else if (info.st_size < 0 || (uintmax_t)info.st_size > most) {
        *wrong = "it is too large";
    } else {
        *length = (size_t)info.st_size;
        *bytes = rn_malloc(*length);
        if (*bytes == NULL) {
            status = RUNDE_E_NOMEM;
        } else if (!read_all(fd, *bytes, *length)) {
            rn_free(*bytes);
            *bytes = NULL;
            *wrong = "it cannot be read";
        }
    }
    close_file(fd);
    return status;
}

/* Folder and temporary name; the folder's text ends with a slash or is
 * "". */
static bool split(const char *path, char **folder, char **temp)
{
    const char *const slash = strrchr(path, '/');
    const size_t n = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    const size_t rest = strlen(path + n);
    *folder = rn_malloc(n + 2);
    *temp = rn_malloc(n + 1 + rest + sizeof SUFFIX);
    if (*folder == NULL || *temp == NULL) {
        return false;
    }
    memcpy(*folder, n == 0 ? "." : path, n == 0 ? 1 : n);
    (*folder)[n == 0 ? 1 : n] = '\0';
    memcpy(*temp, path, n);
    (*temp)[n] = '.';
    memcpy(*temp + n + 1, path + n, rest);
    memcpy(*temp + n + 1 + rest, SUFFIX, sizeof SUFFIX);
    return true;
}

/* Takes the temporary file for ourselves. What a killed process left behind
 * is used again; what another one is writing is not. */
static int take_temp(const char *temp, const char **wrong)
{
    struct flock lock;
    struct stat held;
    struct stat named;
    memset(&lock, 0, sizeof lock);
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const int fd = open_file(temp, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        *wrong = "no file can be made beside it";
        return -1;
    }
    if (fcntl(fd, F_SETLK, &lock) != 0) {
        *wrong = "another process is writing it";
    } else if (fstat(fd, &held) != 0 || lstat(temp, &named) != 0 ||
               held.st_ino != named.st_ino || held.st_dev != named.st_dev) {
        /* Its owner has just given it its name. */
        *wrong = "another process has written it meanwhile";
    } else if (!S_ISREG(held.st_mode) || held.st_nlink != 1 ||
               held.st_uid != geteuid()) {
        *wrong = "its temporary file belongs to something else";
    } else if (fchmod(fd, 0600) != 0 || ftruncate(fd, 0) != 0) {
        *wrong = "its temporary file cannot be written";
    } else {
        return fd;
    }
    close_file(fd);
    return -1;
}

/* A rename onto a link or a device would destroy something else. */
static bool may_replace(const char *path)
{
    struct stat info;
    return lstat(path, &info) != 0 ? errno == ENOENT : S_ISREG(info.st_mode);
}

runde_status rn_private_write(const char *path, const char *bytes,
                              size_t length, const char **wrong)
{
    char *folder = NULL;
    char *temp = NULL;
    runde_status status = RUNDE_OK;
    int fd = -1;
    *wrong = NULL;
    if (!split(path, &folder, &temp)) {
        status = RUNDE_E_NOMEM;
        goto done;
    }
    if (!may_replace(path)) {
        *wrong = "something that is no plain file has its name";
        goto done;
    }
    fd = take_temp(temp, wrong);
    if (fd < 0) {
        goto done;
    }
    if (!write_all(fd, bytes, length) || fsync(fd) != 0) {
        *wrong = "the disk does not take it";
        (void)unlink(temp);
    } else if (rename(temp, path) != 0) {
        *wrong = "it cannot be given its name";
        (void)unlink(temp);
    } else {
        const int directory = open_file(folder, O_RDONLY | O_DIRECTORY);
        if (directory >= 0) {
            (void)fsync(directory);
            close_file(directory);
        }
    }

done:
    close_file(fd);
    rn_free(folder);
    rn_free(temp);
    return status;
}
