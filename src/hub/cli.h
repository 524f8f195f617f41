/* hub/cli.h - dolen-hub's command line: one table of commands, from which parsing, help and man page are made. */
#ifndef DOLEN_HUB_CLI_H
#define DOLEN_HUB_CLI_H

#include <stdbool.h>

#include "dolen/base/args.h"
#include "dolen/base/json.h"
#include "dolen/base/status.h"

struct hub_run;

struct hub_command {
    const char              *noun;      /* "sources" */
    const char              *verb;      /* "revoke"; NULL when the noun stands alone */
    const char              *operands;  /* "DIR|FILE…"; "" when none */
    int                      least, most;
    const char              *help;      /* N_() one sentence */
    const struct option      *options;   /* ends with a NULL name; NULL when none */
    enum status            (*run)(struct hub_run *r, struct err *err);
};

/* What a command gets. */
struct hub_run {
    const struct hub_command *cmd;
    struct args  args;
    const char *const *operand;     /* the words behind the command */
    int          operands;
    const char  *into, *keys;       /* as given, or the places under $XDG_DATA_HOME/dolen-hub */
    bool         json;
};

extern const struct option hub_globals[];
extern const struct hub_command *const hub_tables[];        /* each ends with a NULL noun; the list with NULL */

bool        hub_flag(const struct hub_run *r, const char *name);
const char *hub_value(const struct hub_run *r, const char *name);      /* NULL when not given */
/* Standard output as one line. Adds "schema": "dolen-hub/<schema>/1". Takes j. */
void        hub_print_json(const char *schema, struct json *j);

void        hub_help_all(void);
bool        hub_help_noun(const char *noun, const char *verb);    /* verb NULL: all of them; false: there is none */
extern const struct hub_command init_commands[], policy_commands[], source_commands[], receive_commands[],
    status_commands[], report_commands[], annex_commands[], shard_commands[], help_commands[];

/* The whole of a command line; returns the exit code. */
int         hub_main(int argc, char **argv);

#endif
