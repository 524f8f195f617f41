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
#include "dolen/ui/views.h"
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
    { "--keys", NULL, N_("The keys of the workstation: the same as dolen keymap") },
    { "--version", NULL, N_("Version") },
    { "--holder-fd", "N", NULL },
    { "--unkept", NULL, NULL },
    { "--stopped", NULL, NULL },
    { NULL, NULL, NULL }
};

bool run_flag(const struct run *r, const char *name)
{
    return args_flag(&r->args, name);
}

const char *run_value(const struct run *r, const char *name)
{
    return args_value(&r->args, name);
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
        return err_set(err, ST_USAGE, _("%s needs a number from %ld to %ld, not \"%s\". Nothing was changed."), name,
                       least, most, v);
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

void run_say_none(const struct run *r, bool any, const char *sentence)
{
    if (!any && !r->json)
        fprintf(stderr, "%s\n", sentence);
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

static const struct option *known(const char *name, size_t len)
{
    const struct option *o = option_find(global_options, name, len);

    for (const struct command *const *table = command_tables; *table && !o; table++)
        for (const struct command *c = *table; c->noun && !o; c++)
            o = option_find(c->options, name, len);
    return o;
}

static enum status take_globals(struct run *r, struct err *err)
{
    long n = -1;
    enum status st = args_take_lang(&r->args, err);

    if (st != ST_OK)
        return st;
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

static enum status choose(struct run *r, struct err *err)
{
    const struct args *a = &r->args;
    const char *plainly = run_flag(r, "--keys") ? "keymap" : "workstation";
    const char *noun = a->words > 0 ? a->word[0] : plainly, *verb = a->words > 1 ? a->word[1] : NULL;
    bool noun_known;
    int first;
    enum status st;

    r->cmd = command_find(noun, verb, &noun_known);
    if (!r->cmd && noun_known && verb)
        return err_set(err, ST_USAGE, _("There is no command \"%s %s\". Nothing was changed. See: dolen %s --help"), noun,
                       verb, noun);
    if (!r->cmd && noun_known)
        return err_set(err, ST_USAGE, _("\"%s\" needs a word after it. Nothing was changed. See: dolen %s --help"),
                       noun, noun);
    if (!r->cmd)
        return err_set(err, ST_USAGE, _("There is no command \"%s\". Nothing was changed. See: dolen --help"), noun);
    first = a->words == 0 ? 0 : r->cmd->verb ? 2 : 1;
    r->operand = a->word + first;
    r->operands = a->words - first;
    st = args_only(a, global_options, r->cmd->options, noun, err);
    if (st == ST_OK && !run_flag(r, "--help") && (r->operands < r->cmd->least || r->operands > r->cmd->most)) {
        struct buf usage = BUF_INIT;

        help_usage(&usage, r->cmd);
        st = err_set(err, ST_USAGE, _("Wrong number of words. Nothing was changed. Usage: %s"), buf_text(&usage));
        buf_release(&usage);
    }
    return st;
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

/* The command line is read; what it asks for is done. Returns the exit code. */
static int carry_out(struct run *r, enum status st, struct err *err)
{
    bool help = run_flag(r, "--help");

    if (st == ST_OK)
        st = take_globals(r, err);
    if (st == ST_OK && run_flag(r, "--version"))
        return help_version();
    if (st == ST_OK && help && r->args.words == 0)
        return help_all();
    if (st == ST_OK)
        st = choose(r, err);
    if (st != ST_OK && help && r->args.words > 0)
        return help_noun(r->args.word[0], NULL);
    if (st == ST_OK && help)
        return help_command(r->cmd);
    if (st == ST_OK)
        st = perform(r, err);
    if (fflush(stdout) != 0 && st == ST_OK)
        st = err_sys(err, _("The answer could not be written out"));
    return args_report("dolen", r->json, st, err);
}

/* What was chosen at set-up or in the settings, else what the system says; --lang on the command line goes before both. */
static void start_lang(void)
{
    lang_start();
    settings_load(NULL, NULL);
    if (setting_value("language") >= 0)
        lang_set((enum lang) setting_value("language"));
}

int cli_main(int argc, char **argv)
{
    struct run r = { .args.program = "dolen", .passphrase_fd = -1, .holder_fd = -1, .argv = argv };
    struct err err = { .st = ST_OK };
    enum status st = secret_start(&err);
    int code;

    start_lang();
    if (st == ST_OK)
        st = args_read(&r.args, argc, argv, known, &err);
    code = carry_out(&r, st, &err);
    args_release(&r.args);
    return code;
}
