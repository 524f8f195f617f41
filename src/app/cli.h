/* app/cli.h - the command line: one table of commands, from which parsing, help, man page and completion are made. */
#ifndef DOLEN_APP_CLI_H
#define DOLEN_APP_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "casefile.h"
#include "dolen/base/args.h"
#include "dolen/base/json.h"
#include "dolen/base/status.h"

#define CLI_OPERANDS_MAX 256        /* most words a command takes */

enum needs {
    NEEDS_NOTHING = 0,
    NEEDS_CASE    = 1 << 0,         /* opened, ready to read and write */
    NEEDS_SLOTS   = 1 << 1,         /* the vault alone: key slots are changed or tested */
    HIDDEN        = 1 << 3          /* not in help */
};

struct run;

struct command {
    const char          *noun;      /* "person" */
    const char          *verb;      /* "add"; NULL when the noun stands alone */
    const char          *operands;  /* "PERSON…" for the usage line; "" when none */
    int                  least, most;           /* operands */
    const char          *help;      /* N_() one sentence */
    const struct option *options;   /* ends with a NULL name; NULL when none */
    unsigned             needs;
    enum status        (*run)(struct run *r, struct err *err);
};

/* What a command gets. */
struct run {
    const struct command *cmd;
    struct args  args;
    const char *const *operand;     /* the words behind the command */
    int          operands;
    const char  *folder;            /* case file */
    bool         json, plain;
    int          passphrase_fd;     /* -1: ask */
    const char  *key_file;
    int          holder_fd;         /* -1, or a lock that came along over a re-exec */
    struct casefile *cf;            /* NEEDS_CASE, NEEDS_SLOTS */
    char       **argv;              /* for the re-exec on lock */
};

extern const struct option global_options[];
extern const struct command *const command_tables[];        /* each ends with a NULL noun; the list with NULL */

bool        run_flag(const struct run *r, const char *name);
const char *run_value(const struct run *r, const char *name);       /* NULL when not given */
enum status run_int(const struct run *r, const char *name, long least, long most, long *out, struct err *err);
/* unset when not given */
enum status run_date(const struct run *r, const char *name, struct date *out, struct err *err);

/* Standard output: --json, or text. Adds "schema": "dolen/<schema>/1". Takes j. */
void run_print_json(const char *schema, struct json *j);
/* A list that came to nothing says so to whoever reads it, on standard error: --json and a pipe get an empty list. */
void run_say_none(const struct run *r, bool any, const char *sentence);

/* An older case file was put in the place of the newer one: said on standard error by whatever opens it first. */
void cli_warn_went_back(void);

/* The whole of a command line; returns the exit code. */
int  cli_main(int argc, char **argv);

#endif
