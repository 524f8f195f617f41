/* pty_drive.h - between the script reader (ptydrive.c) and its commands (pty_commands.c). */
#ifndef TESTS_PTY_DRIVE_H
#define TESTS_PTY_DRIVE_H

#include "pty.h"

#define MAX_WORDS 64

/* One command: its words, which of them were bare <Names>, and the lines of a <<END block. */
struct words {
    char *w[MAX_WORDS];
    bool  is_key[MAX_WORDS];
    int   count;
    char *block;
};

struct drive {
    const char    *script;
    int            line;
    int            rows, cols, deadline;         /* deadline in ms */
    bool           idle;                         /* the program tells when it is idle */
    char          *home, *file, *dolen, *lib;
    const char    *passphrase;
    char         **env;                          /* NAME=VALUE, NULL last */
    size_t         env_count;
    struct child   child;
    struct screen *screen;
    char           why[2048];                    /* the sentence of a failed command */
};

typedef bool command_fn(struct drive *d, const struct words *a);
/* NULL when there is no such command. */
command_fn *command_find(const char *name, int *least_words);

bool fail(struct drive *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void drive_env(struct drive *d, const char *name, const char *value);   /* NULL value takes it away */
void drive_begin(struct drive *d);                                      /* fresh home, default settings */
bool drive_run(struct drive *d);                                        /* the program on the case file */
bool drive_send(struct drive *d, const char *bytes, size_t n);          /* and waits until it is idle again */
bool drive_resize(struct drive *d, int cols, int rows);
/* count random keys and sizes; unlocks what locks, starts again what ends well; false when it ends otherwise or hangs. */
bool random_keys(struct drive *d, unsigned seed, int count);
bool drive_end(struct drive *d);                                        /* checks the bytes, stops, removes the home */

#endif
