/* dolen/base/args.h - a command line as it was typed: options with their values, and the words between them. */
#ifndef DOLEN_BASE_ARGS_H
#define DOLEN_BASE_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/status.h"

#define ARGS_OPTIONS_MAX 24

/* A row of a table that ends with a NULL name. */
struct option {
    const char *name;               /* "--answers" */
    const char *value;              /* "FILE"; NULL for a flag */
    const char *help;               /* N_(); NULL: not shown */
};

/* Everything is borrowed from argv and from the tables, but for the list of words. */
struct args {
    const char  *program;           /* as refusals name it; set by the caller */
    const char **word;              /* in the order given */
    int          words;
    struct { const char *name, *value; } option[ARGS_OPTIONS_MAX];
    int          options;
};

/* "--name value", "--name=value"; "-h" is --help; behind "--" there are only words. An option counts wherever it
 * stands, and is known when known() finds its row. ST_USAGE: unknown, a value missing or too many. */
enum status args_read(struct args *a, int argc, char **argv,
                      const struct option *(*known)(const char *name, size_t len), struct err *err);
void        args_release(struct args *a);
bool        args_flag(const struct args *a, const char *name);
const char *args_value(const struct args *a, const char *name);     /* the first one's; NULL when not given */
/* ST_USAGE when something was given that is in neither table. noun: the command, for the sentence. */
enum status args_only(const struct args *a, const struct option *everywhere, const struct option *own, const char *noun,
                      struct err *err);
enum status args_take_lang(const struct args *a, struct err *err);  /* --lang, when given */

/* NULL list: finds nothing */
const struct option *option_find(const struct option *list, const char *name, size_t len);
/* For a help screen and for a manual page, on standard output. */
void option_list_print(const struct option *list);
void option_list_roff(const struct option *list);
void roff_print(const char *s);

/* What a command ends with: the sentence on standard error, with json also as a document on standard output (but not
 * when partly done: then the answer stands there already). Returns the exit code. */
int args_report(const char *program, bool json, enum status st, const struct err *err);

#endif
