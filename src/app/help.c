/* app/help.c - everything said about commands comes from their rows: nothing is listed twice. */
#include "help.h"

#include <stdlib.h>
#include <string.h>

#include "completion.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/version.h"
#include "dolen/base/banned.h"

void help_usage(struct buf *out, const struct command *c)
{
    buf_addf(out, "dolen %s", c->noun);
    if (c->verb)
        buf_addf(out, " %s", c->verb);
    if (c->operands[0])
        buf_addf(out, " %s", c->operands);
    for (const struct option *o = c->options; o && o->name; o++)
        buf_addf(out, o->value ? " [%s %s]" : " [%s]", o->name, o->value);
}

int help_version(void)
{
    printf("dolen %s\n", DOLEN_VERSION);
    return 0;
}

static bool shown(const struct command *c)
{
    return !(c->needs & HIDDEN);
}

int help_all(void)
{
    printf("%s\n\n  dolen [--file DIR] [--lang en|cy] [--plain] [--json] [COMMAND …]\n\n",
           _("Dolen: the workstation of a social prescribing practitioner. Without a command it opens."));
    for (const struct command *const *t = command_tables; *t; t++)
        for (const struct command *c = *t; c->noun; c++)
            if (shown(c)) {
                char *name = xasprintf("%s%s%s", c->noun, c->verb ? " " : "", c->verb ? c->verb : "");

                printf("  %-20s %s\n", name, _(c->help));
                free(name);
            }
    printf("\n%s\n", _("Everywhere:"));
    option_list_print(global_options);
    printf("\n%s\n\n%s\n%s\n", _("Short: -h --help, -n --dry-run, -o --to, -k --key-file."),
           _("The passphrase is asked for, or read with --passphrase-fd; never from arguments or the environment."),
           _("Exit codes: 0 done, 1 refused or a finding, 2 usage, 3 no slot opens, 4 damaged, 5 conflicts, 6 partly "
             "done, 7 in use, 8 newer version, 9 out of memory or disk, 130 interrupted."));
    return 0;
}

/* What a file has to look like is shown: an installed program has no other paper at hand. */
static const struct {
    const char *noun, *verb, *says, *file;
} examples[] = {
    { "import", "cases", N_("A map says which column answers which question of which form:"),
      "import: cases\n"
      "columns:\n"
      "  - {from: \"First name\", to: person.given_name}\n"
      "  - {from: \"Surname\", to: person.family_name}\n"
      "  - {from: \"Referred\", to: referral.received_on}\n"
      "  - from: \"Source\"\n"
      "    to: referral.source\n"
      "    values:\n"
      "      - {from: \"GP\", to: GPPR}\n"
      "  - {from: \"Accepted on\", to: decision.decided_on}\n"
      "fixed:\n"
      "  - {value: PROFESSIONAL, to: referral.route}\n"
      "  - {value: ACCEPTED, to: decision.decision}\n" },
    { "import", "assets", N_("Without a map the columns bear the names of the questions. A map says which is which:"),
      "import: assets\n"
      "columns:\n"
      "  - {from: \"Group\", to: name_en}\n"
      "  - {from: \"Postcode\", to: postcode}\n"
      "  - from: \"Kind\"\n"
      "    to: category\n"
      "    values:\n"
      "      - {from: \"Food bank\", to: FOOD}\n" },
};

#define NAMES_ARE N_("The names and codes of each form: dolen form preview FORM --names")

static const char *example_of(const struct command *c, const char **says)
{
    for (size_t i = 0; i < ARRAY_LEN(examples); i++)
        if (c->verb && str_eq(c->noun, examples[i].noun) && str_eq(c->verb, examples[i].verb)) {
            *says = _(examples[i].says);
            return examples[i].file;
        }
    return NULL;
}

/* Each line of the file two columns in. */
static void example_print(const struct command *c)
{
    const char *says, *line = example_of(c, &says);

    if (!line)
        return;
    printf("\n  %s\n\n", says);
    for (; *line; line += strcspn(line, "\n") + 1)
        printf("      %.*s\n", (int) strcspn(line, "\n"), line);
    printf("\n  %s\n", _(NAMES_ARE));
}

static void example_roff(const struct command *c)
{
    const char *says, *file = example_of(c, &says);

    if (!file)
        return;
    fputs(".PP\n", stdout);
    roff_print(says);
    fputs("\n.PP\n.nf\n", stdout);
    roff_print(file);
    fputs(".fi\n.PP\n", stdout);
    roff_print(_(NAMES_ARE));
    putchar('\n');
}

int help_command(const struct command *c)
{
    struct buf b = BUF_INIT;

    help_usage(&b, c);
    printf("%s\n\n  %s\n\n", buf_text(&b), _(c->help));
    option_list_print(c->options);
    example_print(c);
    buf_release(&b);
    return 0;
}

int help_noun(const char *noun, const char *verb)
{
    bool any = false;

    for (const struct command *const *t = command_tables; *t; t++)
        for (const struct command *c = *t; c->noun; c++)
            if (verb && c->verb && str_eq(c->noun, noun) && str_eq(c->verb, verb) && shown(c)) {
                return help_command(c);
            } else if (!verb && str_eq(c->noun, noun) && shown(c)) {
                struct buf b = BUF_INIT;

                help_usage(&b, c);
                printf("  %s\n      %s\n", buf_text(&b), _(c->help));
                buf_release(&b);
                any = true;
            }
    if (!any) {
        char *asked = xasprintf("%s%s%s", noun, verb ? " " : "", verb ? verb : "");

        fprintf(stderr, "dolen: ");
        fprintf(stderr, _("There is no command \"%s\". Nothing was changed. See: dolen --help"), asked);
        fputc('\n', stderr);
        free(asked);
    }
    return any ? 0 : 2;
}

static enum status man_run(struct run *r, struct err *err)
{
    (void) r;
    (void) err;
    printf(".TH DOLEN 1 \"\" \"dolen %s\"\n.SH NAME\ndolen \\- %s\n", DOLEN_VERSION,
           _("workstation of a social prescribing practitioner"));
    fputs(".SH SYNOPSIS\n.B dolen\n[\\-\\-file DIR] [\\-\\-lang en|cy] [\\-\\-plain] [\\-\\-json] [COMMAND ...]\n",
          stdout);
    printf(".SH DESCRIPTION\n%s\n.SH OPTIONS\n",
           _("Opens the workstation on the case file, or carries out one command. The case file is a folder, "
             "encrypted; the passphrase is asked for or read from a descriptor, never from arguments or the "
             "environment."));
    option_list_roff(global_options);
    fputs(".SH COMMANDS\n", stdout);
    for (const struct command *const *t = command_tables; *t; t++)
        for (const struct command *c = *t; c->noun; c++) {
            if (!shown(c))
                continue;
            printf(".SS \"%s%s%s\"\n", c->noun, c->verb ? " " : "", c->verb ? c->verb : "");
            if (c->operands[0])
                printf("\\fI%s\\fR\n.br\n", c->operands);
            roff_print(_(c->help));
            putchar('\n');
            option_list_roff(c->options);
            example_roff(c);
        }
    printf(".SH \"EXIT STATUS\"\n%s\n",
           _("Exit codes: 0 done, 1 refused or a finding, 2 usage, 3 no slot opens, 4 damaged, 5 conflicts, 6 partly "
             "done, 7 in use, 8 newer version, 9 out of memory or disk, 130 interrupted."));
    fputs(".SH FILES\n$XDG_DATA_HOME/dolen/casefile, $XDG_CONFIG_HOME/dolen, $XDG_STATE_HOME/dolen\n", stdout);
    return ST_OK;
}

static enum status help_run(struct run *r, struct err *err)
{
    const char *verb = r->operands > 1 ? r->operand[1] : NULL;

    if (r->operands)
        return help_noun(r->operand[0], verb) == 0 ? ST_OK : err_set(err, ST_USAGE, "%s", "");
    help_all();
    return ST_OK;
}

const struct command help_commands[] = {
    { "help", "man", "", 0, 0, N_("The manual page, for man"), NULL, NEEDS_NOTHING, man_run },
    { "help", "completion", "", 0, 0, N_("Completion for bash"), NULL, NEEDS_NOTHING, completion_run },
    { "help", NULL, "[COMMAND]", 0, 2, N_("Help on all commands or on one"), NULL, NEEDS_NOTHING, help_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
