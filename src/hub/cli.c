/* finding the command, its options and operands; exit codes. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/base/version.h"
#include "dolen/vault/secret.h"
#include "dolen/base/banned.h"

const struct option hub_globals[] = {
    { "--into", "FILE|URL", N_("The hub's own encrypted file, or a PostgreSQL database (postgresql://…)") },
    { "--keys", "DIR", N_("The hub's key folder") },
    { "--lang", "en|cy", N_("Language of the program") },
    { "--json", NULL, N_("Answer as JSON with stable keys") },
    { "--help", NULL, N_("Help on a command") },
    { "--version", NULL, N_("Version") },
    { NULL, NULL, NULL }
};

bool hub_flag(const struct hub_run *r, const char *name)
{
    return args_flag(&r->args, name);
}

const char *hub_value(const struct hub_run *r, const char *name)
{
    return args_value(&r->args, name);
}

void hub_print_json(const char *schema, struct json *j)
{
    out_json("dolen-hub", schema, j);
}

/* --- finding ---------------------------------------------------------------------------------------------------- */

static const struct option *known(const char *name, size_t len)
{
    const struct option *o = option_find(hub_globals, name, len);

    for (const struct hub_command *const *t = hub_tables; *t && !o; t++)
        for (const struct hub_command *c = *t; c->noun && !o; c++)
            o = option_find(c->options, name, len);
    return o;
}

static const struct hub_command *find(const char *noun, const char *verb, bool *known)
{
    const struct hub_command *alone = NULL;

    *known = false;
    for (const struct hub_command *const *t = hub_tables; *t; t++)
        for (const struct hub_command *c = *t; c->noun; c++) {
            if (!str_eq(c->noun, noun))
                continue;
            *known = true;
            if (!c->verb)
                alone = c;
            else if (verb && str_eq(c->verb, verb))
                return c;
        }
    return alone;
}

static enum status choose(struct hub_run *r, struct err *err)
{
    const char *noun = r->args.word[0];
    bool noun_known;
    int first;

    r->cmd = find(noun, r->args.words > 1 ? r->args.word[1] : NULL, &noun_known);
    if (!r->cmd && noun_known && r->args.words > 1)
        return err_set(err, ST_USAGE, _("There is no command \"%s %s\". Nothing was changed. See: dolen-hub %s --help"),
                       noun, r->args.word[1], noun);
    if (!r->cmd && noun_known)
        return err_set(err, ST_USAGE,
                       _("\"%s\" needs a word after it. Nothing was changed. See: dolen-hub %s --help"), noun, noun);
    if (!r->cmd)
        return err_set(err, ST_USAGE, _("There is no command \"%s\". Nothing was changed. See: dolen-hub --help"),
                       noun);
    first = r->cmd->verb ? 2 : 1;
    r->operand = r->args.word + first;
    r->operands = r->args.words - first;
    if (r->operands < r->cmd->least || r->operands > r->cmd->most)
        return err_set(err, ST_USAGE, _("Wrong number of words. Nothing was changed. See: dolen-hub %s --help"), noun);
    return args_only(&r->args, hub_globals, r->cmd->options, noun, err);
}

/* --- running ---------------------------------------------------------------------------------------------------- */

/* place_data() is .../dolen: the hub's own place stands beside it. */
static char *own_place(const char *what)
{
    char *data = place_data(), *place = xasprintf("%s-hub/%s", data, what);

    free(data);
    return place;
}

static enum status perform(struct hub_run *r, struct err *err)
{
    char *into = own_place("hub.db"), *keys = own_place("keys");
    enum status st;

    r->into = hub_value(r, "--into") ? hub_value(r, "--into") : into;
    r->keys = hub_value(r, "--keys") ? hub_value(r, "--keys") : keys;
    r->json = hub_flag(r, "--json");
    st = r->cmd->run(r, err);
    r->into = r->keys = NULL;
    free(into);
    free(keys);
    return st;
}

/* Help and the version are answered at once: true, with the exit code. */
static bool answered(const struct hub_run *r, int *code)
{
    const struct args *a = &r->args;
    bool help = args_flag(a, "--help");

    *code = 0;
    if (args_flag(a, "--version")) {
        printf("dolen-hub %s\n", DOLEN_VERSION);
        return true;
    }
    if (help && a->words && hub_help_noun(a->word[0], NULL))
        return true;
    if (!help && a->words)
        return false;
    hub_help_all();
    *code = help ? 0 : status_exit_code(ST_USAGE);
    return true;
}

int hub_main(int argc, char **argv)
{
    struct hub_run r = { .args.program = "dolen-hub" };
    struct err err = { .st = ST_OK };
    enum status st = secret_start(&err);
    int code;

    lang_start();
    if (st == ST_OK)
        st = args_read(&r.args, argc, argv, known, &err);
    if (st == ST_OK)
        st = args_take_lang(&r.args, &err);
    if (st == ST_OK && answered(&r, &code)) {
        args_release(&r.args);
        return code;
    }
    if (st == ST_OK)
        st = choose(&r, &err);
    if (st == ST_OK)
        st = perform(&r, &err);
    if (fflush(stdout) != 0 && st == ST_OK)
        st = err_sys(&err, "%s", _("The answer could not be written out"));
    code = args_report("dolen-hub", hub_flag(&r, "--json"), st, &err);
    args_release(&r.args);
    return code;
}
