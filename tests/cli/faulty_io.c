/* SPDX-License-Identifier: MIT */
/* Loaded in front of the C library (LD_PRELOAD): makes one call fail.
 *
 *     RUNDE_FAULT="fsync:2:EIO"   the second fsync fails with EIO
 *     RUNDE_FAULT="write:1:SHORT" the first write takes half
 *     RUNDE_FAULT="write:1:KILL"  the process dies before the first write
 *     RUNDE_FAULT="write:1:LATE"  it dies behind the first write
 *     RUNDE_FAULT_LOG=FILE        one line per call, to see their order
 *
 * Only calls of the program itself come by here: what the C library does for
 * its own streams stays inside it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef enum fault { NONE, FAIL, SHORT, LATE } fault;

static const struct {
    const char *name;
    int number;
} errors[] = {
    {"ENOSPC", ENOSPC}, {"EIO", EIO},       {"EINTR", EINTR},
    {"EDQUOT", EDQUOT}, {"EACCES", EACCES}, {"EROFS", EROFS},
    {"ENOLCK", ENOLCK}, {"EMFILE", EMFILE}, {"EINVAL", EINVAL},
};

/* Raw system calls, or the log would call what it logs. */
static void note(const char *call, const char *what)
{
    const char *path = getenv("RUNDE_FAULT_LOG");
    if (path == NULL) {
        return;
    }
    char line[512];
    const int n = snprintf(line, sizeof line, "%s %s\n", call, what);
    const long fd = syscall(SYS_openat, AT_FDCWD, path,
                            O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    (void)syscall(SYS_write, fd, line, (size_t)n);
    (void)syscall(SYS_close, fd);
}

static fault strike(const char *error)
{
    note("fault", error);
    if (strcmp(error, "KILL") == 0) {
        (void)raise(SIGKILL);
    }
    if (strcmp(error, "LATE") == 0) {
        return LATE;
    }
    if (strcmp(error, "SHORT") == 0) {
        return SHORT;
    }
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (strcmp(error, errors[i].name) == 0) {
            errno = errors[i].number;
            return FAIL;
        }
    }
    abort();
}

/* Whether this call, the next of its kind, is the one. */
static fault meet(const char *call, const char *what)
{
    static int seen = 0;
    const char *plan = getenv("RUNDE_FAULT");
    note(call, what);
    const size_t n = strlen(call);
    if (plan == NULL || strncmp(plan, call, n) != 0 || plan[n] != ':') {
        return NONE;
    }
    char *error = NULL;
    const long wanted = strtol(plan + n + 1, &error, 10);
    seen++;
    return seen == wanted ? strike(error + 1) : NONE;
}

static void die_if(fault f)
{
    if (f == LATE) {
        (void)raise(SIGKILL);
    }
}

#define REAL(name) name##_fn real = (name##_fn)dlsym(RTLD_NEXT, #name)

typedef int (*open_fn)(const char *, int, ...);
int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    REAL(open);
    const fault f = meet("open", path);
    const int result = f == FAIL ? -1 : real(path, flags, mode);
    die_if(f);
    return result;
}

typedef int (*openat_fn)(int, const char *, int, ...);
int openat(int directory, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    REAL(openat);
    const fault f = meet("openat", path);
    const int result = f == FAIL ? -1 : real(directory, path, flags, mode);
    die_if(f);
    return result;
}

typedef ssize_t (*write_fn)(int, const void *, size_t);
ssize_t write(int fd, const void *bytes, size_t length)
{
    REAL(write);
    const fault f = meet("write", "");
    if (f == FAIL) {
        return -1;
    }
    const ssize_t n = real(fd, bytes, f == SHORT ? (length + 1) / 2 : length);
    die_if(f);
    return n;
}

typedef ssize_t (*pread_fn)(int, void *, size_t, off_t);
ssize_t pread(int fd, void *bytes, size_t length, off_t offset)
{
    REAL(pread);
    const fault f = meet("pread", "");
    if (f == FAIL) {
        return -1;
    }
    const ssize_t n =
        real(fd, bytes, f == SHORT ? (length + 1) / 2 : length, offset);
    die_if(f);
    return n;
}

typedef ssize_t (*read_fn)(int, void *, size_t);
ssize_t read(int fd, void *bytes, size_t length)
{
    REAL(read);
    const fault f = meet("read", "");
    if (f == FAIL) {
        return -1;
    }
    const ssize_t n = real(fd, bytes, f == SHORT ? (length + 1) / 2 : length);
    die_if(f);
    return n;
}

typedef int (*fsync_fn)(int);
int fsync(int fd)
{
    REAL(fsync);
    const fault f = meet("fsync", "");
    const int result = f == FAIL ? -1 : real(fd);
    die_if(f);
    return result;
}

typedef int (*ftruncate_fn)(int, off_t);
int ftruncate(int fd, off_t length)
{
    REAL(ftruncate);
    const fault f = meet("ftruncate", "");
    const int result = f == FAIL ? -1 : real(fd, length);
    die_if(f);
    return result;
}

typedef int (*fchmod_fn)(int, mode_t);
int fchmod(int fd, mode_t mode)
{
    REAL(fchmod);
    const fault f = meet("fchmod", "");
    const int result = f == FAIL ? -1 : real(fd, mode);
    die_if(f);
    return result;
}

typedef int (*flock_fn)(int, int);
int flock(int fd, int operation)
{
    REAL(flock);
    const fault f = meet("flock", "");
    const int result = f == FAIL ? -1 : real(fd, operation);
    die_if(f);
    return result;
}

typedef int (*renameat_fn)(int, const char *, int, const char *);
int renameat(int from, const char *old, int to, const char *new)
{
    REAL(renameat);
    const fault f = meet("renameat", new);
    const int result = f == FAIL ? -1 : real(from, old, to, new);
    die_if(f);
    return result;
}

typedef int (*close_fn)(int);
int close(int fd)
{
    REAL(close);
    const fault f = meet("close", "");
    /* As the kernel does: the number is free, error or not. */
    const int result = real(fd);
    die_if(f);
    return f == FAIL ? -1 : result;
}
