/* shim.h - shared by the preloaded shims: the real calls, and whether a path lies below the watched folder. */
#ifndef TESTS_SHIM_H
#define TESTS_SHIM_H

#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#pragma GCC diagnostic ignored "-Wpedantic"              /* dlsym gives an object pointer for a function */
#pragma GCC diagnostic ignored "-Wmissing-prototypes"    /* we define what libc declares in other words */
#pragma GCC diagnostic ignored "-Wunused-function"

#define REAL(type, name, ...)                                              \
    static type (*real)(__VA_ARGS__);                                      \
    if (!real)                                                             \
        real = (type (*)(__VA_ARGS__)) dlsym(RTLD_NEXT, name)

static char   watched[PATH_MAX];
static size_t watched_len;

static void watch(const char *folder)
{
    if (folder && realpath(folder, watched))
        watched_len = strlen(watched);
}

static bool below(const char *absolute)
{
    return watched_len > 0 && strncmp(absolute, watched, watched_len) == 0 &&
           (absolute[watched_len] == '/' || absolute[watched_len] == '\0');
}

/* The path an open descriptor was opened under; "" when there is none. */
static const char *path_of_fd(int fd, char out[PATH_MAX])
{
    char name[64];
    ssize_t n;

    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    n = readlink(name, out, PATH_MAX - 1);
    out[n > 0 ? n : 0] = '\0';
    return out;
}

static bool fd_below(int fd)
{
    char path[PATH_MAX];

    return watched_len > 0 && below(path_of_fd(fd, path));
}

/* A name in a folder as an absolute path; the folder's own links are resolved, the last part is taken as it stands. */
static const char *path_at(int dir, const char *name, char out[PATH_MAX])
{
    char base[PATH_MAX], folder[PATH_MAX], given[PATH_MAX];
    const char *slash;

    if (name[0] == '/') {
        snprintf(given, sizeof given, "%s", name);
    } else {
        if (dir == AT_FDCWD)
            base[getcwd(base, sizeof base) ? PATH_MAX - 1 : 0] = '\0';
        else
            path_of_fd(dir, base);
        if (snprintf(given, sizeof given, "%s/%s", base, name) >= (int) sizeof given)
            given[0] = '\0';
    }
    slash = strrchr(given, '/');
    if (!slash)
        return strcpy(out, "");
    snprintf(base, sizeof base, "%.*s", (int) (slash - given), given);
    if (!realpath(base[0] ? base : "/", folder) ||
        snprintf(out, PATH_MAX, "%s/%s", folder, slash + 1) >= PATH_MAX)
        out[0] = '\0';
    return out;
}

static bool path_below(int dir, const char *name)
{
    char path[PATH_MAX];

    return watched_len > 0 && below(path_at(dir, name, path));
}

static mode_t mode_argument(int flags, va_list ap)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
}

#endif
