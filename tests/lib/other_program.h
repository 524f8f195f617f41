/* other_program.h - runs age, minisign and their like, to have a second opinion; files and bytes for them. */
#ifndef TEST_OTHER_PROGRAM_H
#define TEST_OTHER_PROGRAM_H

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "dolen/base/file.h"

/* The exit status of a program found on the path, silent; 127: there is none. */
static inline int run_program(const char *const *argv)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        int nowhere = open("/dev/null", O_RDWR);

        dup2(nowhere, 0);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        execvp(argv[0], (char *const *) (uintptr_t) argv);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
#define RUN(...) run_program((const char *const[]) { __VA_ARGS__, NULL })

static inline void write_file(const char *path, const void *p, size_t n)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(p, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static inline void read_whole(struct buf *out, const char *path)
{
    struct err err = { .st = ST_OK };

    if (file_read(out, path, 64 << 20, &err) != ST_OK)
        fail_msg("%s", err_text(&err));
}

/* The same bytes every time, and no pattern that a chunk could repeat. */
static inline uint8_t *some_bytes(size_t n)
{
    uint8_t *p = malloc(n + 1);
    uint32_t x = 2463534242u;

    for (size_t i = 0; i < n; i++) {
        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        p[i] = (uint8_t) x;
    }
    return p;
}

/* The sizes at which a format of 64 KiB chunks goes wrong. */
static const size_t hard_sizes[] = { 0, 1, 65535, 65536, 65537, 131071, 131072, 131073, 5u << 20 };

#endif
