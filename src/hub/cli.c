/* finding the command, its options and operands; exit codes. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/vault/secret.h"
#include "dolen/base/banned.h"

const struct hub_option hub_globals[] = {
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
    for (int i = 0; i < r->options; i++)
        if (str_eq(r->option[i].name, name))
            return true;
    return false;
}

const char *hub_value(const struct hub_run *r, const char *name)
{
    for (int i = 0; i < r->options; i++)
        if (str_eq(r->option[i].name, name))
            return r->option[i].value;
    return NULL;
}

void hub_print_json(const char *schema, struct json *j)
{
    out_json("dolen-hub", schema, j);
}

/* --- parsing ---------------------------------------------------------------------------------------------------- */

static const struct hub_option *option_in(const struct hub_option *list, const char *name, size_t len)
{
    for (; list && list->name; list++)
        if (strlen(list->name) == len && strncmp(list->name, name, len) == 0)
            return list;
    return NULL;
}

static const struct hub_option *option_anywhere(const char *name, size_t len)
{
    const struct hub_option *o = option_in(hub_globals, name, len);

    for (const struct hub_command *const *t = hub_tables; *t && !o; t++)
        for (const struct hub_command *c = *t; c->noun && !o; c++)
            o = option_in(c->options, name, len);
    return o;
}

static enum status take_option(struct hub_run *r, int argc, char **argv, int *at, struct err *err)
{
    const char *arg = argv[*at], *eq = strchr(arg, '='), *value = NULL;
    size_t len = eq ? (size_t) (eq - arg) : strlen(arg);
    const struct hub_option *o = option_anywhere(arg, len);

    if (!o)
        return err_set(err, ST_USAGE, _("There is no option %s. Nothing was changed. See: dolen-hub --help"), arg);
    if (o->value) {
        value = eq ? eq + 1 : *at + 1 < argc ? argv[++*at] : NULL;
        if (!value)
            return err_set(err, ST_USAGE, _("%s needs a value: %s. Nothing was changed."), o->name, o->value);
    } else if (eq) {
        return err_set(err, ST_USAGE, _("%s takes no value. Nothing was changed. Leave the value out."), o->name);
    }
    if (r->options == HUB_OPTIONS_MAX)
        return err_set(err, ST_USAGE, _("Too many options. Nothing was changed. Leave some out."));
    r->option[r->options].name = o->name;
    r->option[r->options++].value = value;
    return ST_OK;
}

/* Words in the order given are gathered at the front of argv. */
static enum status split(struct hub_run *r, int argc, char **argv, int *words, struct err *err)
{
    bool only_words = false;
    enum status st = ST_OK;

    *words = 0;
    for (int at = 1; at < argc && st == ST_OK; at++) {
        if (!only_words && str_eq(argv[at], "--"))
            only_words = true;
        else if (!only_words && argv[at][0] == '-' && argv[at][1] == '-')
            st = take_option(r, argc, argv, &at, err);
        else
            argv[(*words)++] = argv[at];
    }
    return st;
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

static enum status check_options(const struct hub_run *r, struct err *err)
{
    for (int i = 0; i < r->options; i++) {
        const char *name = r->option[i].name;

        if (!option_in(hub_globals, name, strlen(name)) && !option_in(r->cmd->options, name, strlen(name)))
            return err_set(err, ST_USAGE, _("This command has no option %s. Nothing was changed. See: dolen-hub %s --help"),
                           name, r->cmd->noun);
    }
    return ST_OK;
}

static enum status choose(struct hub_run *r, char **argv, int words, struct err *err)
{
    bool known;
    int first;

    r->cmd = find(argv[0], words > 1 ? argv[1] : NULL, &known);
    if (!r->cmd && known)
        return err_set(err, ST_USAGE, _("\"%s\" needs a word after it. Nothing was changed. See: dolen-hub %s --help"),
                       argv[0], argv[0]);
    if (!r->cmd)
        return err_set(err, ST_USAGE, _("There is no command \"%s\". Nothing was changed. See: dolen-hub --help"), argv[0]);
    first = r->cmd->verb ? 2 : 1;
    r->operand = argv + first;
    r->operands = words - first;
    if (r->operands < r->cmd->least || r->operands > r->cmd->most)
        return err_set(err, ST_USAGE, _("Wrong number of words. Nothing was changed. See: dolen-hub %s --help"), argv[0]);
    return check_options(r, err);
}

/* --- running ---------------------------------------------------------------------------------------------------- */

static enum status take_lang(const struct hub_run *r, struct err *err)
{
    const char *lang = hub_value(r, "--lang");
    enum lang l;

    if (!lang)
        return ST_OK;
    if (!lang_parse(lang, &l))
        return err_set(err, ST_USAGE, _("--lang is en or cy, not \"%s\". Nothing was changed."), lang);
    lang_set(l);
    return ST_OK;
}

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

static int tell(const struct hub_run *r, enum status st, const struct err *err)
{
    if (st != ST_OK && err->text[0]) {
        if (hub_flag(r, "--json") && st != ST_PARTIAL) {
            struct json *j = json_new_map();

            json_set_text(j, "error", status_word(st));
            json_set_text(j, "message", err->text);
            hub_print_json("error", j);
        }
        fprintf(stderr, "dolen-hub: %s\n", err->text);
    }
    return status_exit_code(st);
}

int hub_main(int argc, char **argv)
{
    struct hub_run r = { .cmd = NULL };
    struct err err = { .st = ST_OK };
    enum status st = secret_start(&err);
    int words = 0;

    lang_start();
    if (st == ST_OK)
        st = split(&r, argc, argv, &words, &err);
    if (st == ST_OK)
        st = take_lang(&r, &err);
    if (st == ST_OK && hub_flag(&r, "--version")) {
        printf("dolen-hub %s\n", HUB_VERSION);
        return 0;
    }
    if (st == ST_OK && (words == 0 || (hub_flag(&r, "--help") && !hub_help_noun(argv[0], NULL)))) {
        hub_help_all();
        return words == 0 && !hub_flag(&r, "--help") ? 2 : 0;
    }
    if (st == ST_OK && hub_flag(&r, "--help"))
        return 0;
    if (st == ST_OK)
        st = choose(&r, argv, words, &err);
    if (st == ST_OK)
        st = perform(&r, &err);
    if (fflush(stdout) != 0 && st == ST_OK)
        st = err_sys(&err, "%s", _("The answer could not be written out"));
    return tell(&r, st, &err);
}
