/* app/cli.c - finding the command, its options and operands; opening what it needs; exit codes. */
#include "cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "help.h"
#include "dolen/base/banned.h"

const struct option global_options[] = {
    { "--file", "DIR", N_("The case file's folder") },
    { "--lang", "en|cy", N_("Language of the program") },
    { "--plain", NULL, N_("Prompt, answer, prompt: for speech, braille and scripts") },
    { "--json", NULL, N_("Answer as JSON with stable keys") },
    { "--passphrase-fd", "N", N_("Read the passphrase from this descriptor, one line") },
    { "--key-file", "FILE", N_("Open with a key file instead of a passphrase") },
    { "--help", NULL, N_("Help on a command") },
    { "--version", NULL, N_("Version") },
    { "--holder-fd", "N", NULL },
    { "--unkept", NULL, NULL },
    { "--stopped", NULL, NULL },
    { NULL, NULL, NULL }
};

bool run_flag(const struct run *r, const char *name)
{
    for (int i = 0; i < r->options; i++)
        if (str_eq(r->option[i].name, name))
            return true;
    return false;
}

const char *run_value(const struct run *r, const char *name)
{
    for (int i = 0; i < r->options; i++)
        if (str_eq(r->option[i].name, name))
            return r->option[i].value;
    return NULL;
}

static bool parse_long(const char *s, long least, long most, long *out)
{
    char *end;
    long n;

    errno = 0;
    n = strtol(s, &end, 10);
    if (errno || end == s || *end || n < least || n > most)
        return false;
    *out = n;
    return true;
}

enum status run_int(const struct run *r, const char *name, long least, long most, long *out, struct err *err)
{
    const char *v = run_value(r, name);

    if (v && !parse_long(v, least, most, out))
        return err_set(err, ST_USAGE, _("%s needs a number from %ld to %ld, not \"%s\". Nothing was changed."), name, least,
                       most, v);
    return ST_OK;
}

enum status run_date(const struct run *r, const char *name, struct date *out, struct err *err)
{
    const char *v = run_value(r, name);

    *out = (struct date) { 0, 0, 0 };
    if (v && !date_parse(v, clock_today(), out))
        return err_set(err, ST_USAGE, _("%s needs a date like 2026-04-01, not \"%s\". Nothing was changed."), name, v);
    return ST_OK;
}

void run_print_json(const char *schema, struct json *j)
{
    out_json("dolen", schema, j);
}

static const struct option *option_in(const struct option *list, const char *name, size_t len)
{
    for (; list && list->name; list++)
        if (strlen(list->name) == len && strncmp(list->name, name, len) == 0)
            return list;
    return NULL;
}

static const struct command *command_find(const char *noun, const char *verb, bool *noun_known)
{
    const struct command *alone = NULL;

    *noun_known = false;
    for (const struct command *const *table = command_tables; *table; table++)
        for (const struct command *c = *table; c->noun; c++) {
            if (!str_eq(c->noun, noun))
                continue;
            *noun_known = true;
            if (!c->verb)
                alone = c;
            else if (verb && str_eq(c->verb, verb))
                return c;
        }
    return alone;
}

struct parse {
    int          argc, at;
    char       **argv;
    const char  *words[CLI_OPERANDS_MAX];
    int          count;
    bool         help, version;
};

static bool known_anywhere(const char *name, size_t len, const struct option **out)
{
    if ((*out = option_in(global_options, name, len)))
        return true;
    for (const struct command *const *table = command_tables; *table; table++)
        for (const struct command *c = *table; c->noun; c++)
            if ((*out = option_in(c->options, name, len)))
                return true;
    return false;
}

static enum status take_option(struct run *r, struct parse *p, struct err *err)
{
    const char *arg = p->argv[p->at], *eq = strchr(arg, '=');
    size_t len = eq ? (size_t) (eq - arg) : strlen(arg);
    const struct option *o;
    const char *value = NULL;

    if (!known_anywhere(arg, len, &o))
        return err_set(err, ST_USAGE, _("There is no option %s. Nothing was changed. See: dolen --help"), arg);
    if (o->value) {
        value = eq ? eq + 1 : p->at + 1 < p->argc ? p->argv[++p->at] : NULL;
        if (!value)
            return err_set(err, ST_USAGE, _("%s needs a value: %s. Nothing was changed."), o->name, o->value);
    } else if (eq) {
        return err_set(err, ST_USAGE, _("%s takes no value. Nothing was changed. Leave the value out."), o->name);
    }
    if (r->options == CLI_OPTIONS_MAX)
        return err_set(err, ST_USAGE, _("Too many options. Nothing was changed. Leave some out."));
    r->option[r->options].name = o->name;
    r->option[r->options++].value = value;
    return ST_OK;
}

static enum status split(struct run *r, struct parse *p, struct err *err)
{
    bool only_words = false;
    enum status st = ST_OK;

    for (p->at = 1; p->at < p->argc && st == ST_OK; p->at++) {
        const char *arg = p->argv[p->at];

        if (!only_words && str_eq(arg, "--"))
            only_words = true;
        else if (!only_words && str_eq(arg, "-h"))
            p->help = true;
        else if (!only_words && arg[0] == '-' && arg[1] == '-')
            st = take_option(r, p, err);
        else if (p->count == CLI_OPERANDS_MAX)
            st = err_set(err, ST_USAGE, _("Too many words on the command line. Nothing was changed. Leave some out."));
        else
            p->words[p->count++] = arg;
    }
    p->help = p->help || run_flag(r, "--help");
    p->version = run_flag(r, "--version");
    return st;
}

static enum status take_globals(struct run *r, struct err *err)
{
    const char *lang = run_value(r, "--lang");
    enum lang l;
    long n = -1;
    enum status st;

    if (lang) {
        if (!lang_parse(lang, &l))
            return err_set(err, ST_USAGE, _("--lang is en or cy, not \"%s\". Nothing was changed."), lang);
        lang_set(l);
    }
    r->folder = run_value(r, "--file");
    r->json = run_flag(r, "--json");
    r->plain = run_flag(r, "--plain");
    r->key_file = run_value(r, "--key-file");
    if ((st = run_int(r, "--passphrase-fd", 0, INT_MAX, &n, err)) != ST_OK)
        return st;
    r->passphrase_fd = (int) n;
    n = -1;
    if ((st = run_int(r, "--holder-fd", 3, INT_MAX, &n, err)) != ST_OK)
        return st;
    r->holder_fd = (int) n;
    return ST_OK;
}

static enum status choose(struct run *r, const struct parse *p, struct err *err)
{
    const char *noun = p->count > 0 ? p->words[0] : "workstation", *verb = p->count > 1 ? p->words[1] : NULL;
    bool known;
    int first;

    r->cmd = command_find(noun, verb, &known);
    if (!r->cmd && known)
        return err_set(err, ST_USAGE, _("\"%s\" needs a word after it. Nothing was changed. See: dolen %s --help"), noun, noun);
    if (!r->cmd)
        return err_set(err, ST_USAGE, _("There is no command \"%s\". Nothing was changed. See: dolen --help"), noun);
    first = p->count == 0 ? 0 : r->cmd->verb ? 2 : 1;
    for (int i = first; i < p->count; i++)
        r->operand[r->operands++] = p->words[i];
    for (int i = 0; i < r->options; i++) {
        const char *name = r->option[i].name;
        size_t len = strlen(name);

        if (!option_in(global_options, name, len) && !option_in(r->cmd->options, name, len))
            return err_set(err, ST_USAGE, _("This command has no option %s. Nothing was changed. See: dolen %s --help"), name,
                           noun);
    }
    if (!p->help && (r->operands < r->cmd->least || r->operands > r->cmd->most)) {
        struct buf usage = BUF_INIT;

        help_usage(&usage, r->cmd);
        err_set(err, ST_USAGE, _("Wrong number of words. Nothing was changed. Usage: %s"), buf_text(&usage));
        buf_release(&usage);
        return ST_USAGE;
    }
    return ST_OK;
}

static enum status unlock(struct run *r, struct err *err)
{
    struct secret *s = NULL;
    enum status st = ST_OK;

    if (!r->key_file) {
        if (r->passphrase_fd >= 0)
            st = secret_read_fd(&s, r->passphrase_fd, err);
        else
            st = secret_ask(&s, _("Passphrase: "), err);
    }
    if (st == ST_OK)
        st = casefile_unlock(r->cf, s, r->key_file, err);
    secret_free(&s);
    return st;
}

void cli_warn_went_back(void)
{
    fprintf(stderr, "dolen: %s\n",
            _("This case file is older than the one last used on this laptop: a backup may have been put in its "
              "place. Nothing was changed. If that was not meant, look for the newer one before you go on."));
}

static enum status perform(struct run *r, struct err *err)
{
    char *folder = casefile_folder(r->folder);
    enum status st = ST_OK, closing;

    r->folder = folder;
    if (r->cmd->needs & (NEEDS_CASE | NEEDS_SLOTS)) {
        st = casefile_claim(&r->cf, folder, r->holder_fd, err);
        if (st == ST_OK)
            st = unlock(r, err);
        if (st == ST_OK && (r->cmd->needs & NEEDS_CASE))
            st = casefile_open(r->cf, false, err);
        if (st == ST_OK && r->cf->went_back)
            cli_warn_went_back();
    }
    if (st == ST_OK)
        st = r->cmd->run(r, err);
    if (r->cf && r->cf->store) {
        closing = casefile_shut(r->cf, st == ST_OK ? err : NULL);
        st = st == ST_OK ? closing : st;
    }
    casefile_free(&r->cf);
    r->folder = NULL;
    free(folder);
    return st;
}

static int report(const struct run *r, enum status st, const struct err *err)
{
    if (st == ST_OK)
        return 0;
    if (r->json && err->text[0] && st != ST_PARTIAL) {     /* partly done, findings: the answer stands there already */
        struct json *j = json_new_map();

        json_set_text(j, "error", status_word(st));
        json_set_text(j, "message", err->text);
        run_print_json("error", j);
    }
    if (err->text[0])
        fprintf(stderr, "dolen: %s\n", err->text);
    return status_exit_code(st);
}

int cli_main(int argc, char **argv)
{
    struct run r = { .passphrase_fd = -1, .holder_fd = -1, .argv = argv };
    struct parse p = { .argc = argc, .argv = argv };
    struct err err = { .st = ST_OK };
    enum status st = secret_start(&err);

    lang_start();
    if (st == ST_OK)
        st = split(&r, &p, &err);
    if (st == ST_OK)
        st = take_globals(&r, &err);
    if (st == ST_OK && p.version)
        return help_version();
    if (st == ST_OK && p.help && p.count == 0)
        return help_all();
    if (st == ST_OK)
        st = choose(&r, &p, &err);
    if (st != ST_OK && p.help && p.count > 0)
        return help_noun(p.words[0], NULL);
    if (st == ST_OK && p.help)
        return help_command(r.cmd);
    if (st == ST_OK)
        st = perform(&r, &err);
    if (fflush(stdout) != 0 && st == ST_OK)
        st = err_sys(&err, _("The answer could not be written out"));
    return report(&r, st, &err);
}
