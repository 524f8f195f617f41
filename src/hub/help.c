/* help and man page of dolen-hub, written from the table of commands. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/version.h"
#include "dolen/base/banned.h"

#define EXIT_CODES N_("Exit codes: 0 done, 1 refused or a finding, 2 usage or bad input, 4 damaged, 5 a decision is " \
    "waiting, " \
                      "6 partly done, 7 in use, 8 newer version, 9 out of memory or disk, 130 interrupted.")

static void usage(const struct hub_command *c)
{
    printf("  dolen-hub %s%s%s%s%s", c->noun, c->verb ? " " : "", c->verb ? c->verb : "", c->operands[0] ? " " : "",
           c->operands);
    for (const struct option *o = c->options; o && o->name; o++)
        printf(o->value ? " [%s %s]" : " [%s]", o->name, o->value);
    printf("\n      %s\n", _(c->help));
}

void hub_help_all(void)
{
    printf("%s\n\n  dolen-hub [--into FILE|URL] [--keys DIR] [--lang en|cy] [--json] COMMAND …\n\n",
           _("Receives sealed bundles from many laptops, merges them, and reports."));
    for (const struct hub_command *const *t = hub_tables; *t; t++)
        for (const struct hub_command *c = *t; c->noun; c++) {
            char *name = xasprintf("%s%s%s", c->noun, c->verb ? " " : "", c->verb ? c->verb : "");

            printf("  %-20s %s\n", name, _(c->help));
            free(name);
        }
    printf("\n%s\n", _("Everywhere:"));
    option_list_print(hub_globals);
    printf("\n%s\n", _(EXIT_CODES));
}

bool hub_help_noun(const char *noun, const char *verb)
{
    bool any = false;

    for (const struct hub_command *const *t = hub_tables; *t; t++)
        for (const struct hub_command *c = *t; c->noun; c++)
            if (str_eq(c->noun, noun) && (!verb || (c->verb && str_eq(c->verb, verb)))) {
                usage(c);
                option_list_print(c->options);
                any = true;
            }
    return any;
}

/* --- the manual page -------------------------------------------------------------------------------------------- */

static enum status man_run(struct hub_run *r, struct err *err)
{
    (void) r;
    (void) err;
    printf(".TH DOLEN-HUB 1 \"\" \"dolen-hub %s\"\n.SH NAME\ndolen-hub \\- %s\n", DOLEN_VERSION,
           _("receives and merges the bundles of many laptops"));
    fputs(".SH SYNOPSIS\n.B dolen\\-hub\n[\\-\\-into FILE|URL] [\\-\\-keys DIR] [\\-\\-lang en|cy] [\\-\\-json] "
          "COMMAND ...\n",
          stdout);
    printf(".SH DESCRIPTION\n%s\n.SH OPTIONS\n",
           _("Verifies, decrypts, checks and merges sealed bundles into one encrypted file or a PostgreSQL database, "
             "answers each with a signed receipt, and reports on the whole."));
    option_list_roff(hub_globals);
    fputs(".SH COMMANDS\n", stdout);
    for (const struct hub_command *const *t = hub_tables; *t; t++)
        for (const struct hub_command *c = *t; c->noun; c++) {
            printf(".SS \"%s%s%s\"\n", c->noun, c->verb ? " " : "", c->verb ? c->verb : "");
            if (c->operands[0]) {
                fputs("\\fI", stdout);
                roff_print(c->operands);
                fputs("\\fR\n.br\n", stdout);
            }
            roff_print(_(c->help));
            putchar('\n');
            option_list_roff(c->options);
        }
    printf(".SH \"EXIT STATUS\"\n%s\n.SH \"SEE ALSO\"\n.BR dolen (1)\n", _(EXIT_CODES));
    return ST_OK;
}

static enum status help_run(struct hub_run *r, struct err *err)
{
    const char *verb = r->operands > 1 ? r->operand[1] : NULL;

    if (r->operands && !hub_help_noun(r->operand[0], verb))
        return err_set(err, ST_USAGE, _("There is no command \"%s\". Nothing was changed. See: dolen-hub --help"),
                       verb ? verb : r->operand[0]);
    if (!r->operands)
        hub_help_all();
    return ST_OK;
}

const struct hub_command help_commands[] = {
    { "help", "man", "", 0, 0, N_("The manual page, for man"), NULL, man_run },
    { "help", NULL, "[COMMAND]", 0, 2, N_("Help on all commands or on one"), NULL, help_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, NULL }
};
