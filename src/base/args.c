/* args.c - a command line taken apart, and its table of options printed; the same for every program. */
#include "dolen/base/args.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/layout.h"
#include "dolen/base/mem.h"
#include "dolen/base/out.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

const struct option *option_find(const struct option *list, const char *name, size_t len)
{
    for (; list && list->name; list++)
        if (strlen(list->name) == len && strncmp(list->name, name, len) == 0)
            return list;
    return NULL;
}

static enum status keep(struct args *a, const struct option *o, const char *value, struct err *err)
{
    if (a->options == ARGS_OPTIONS_MAX)
        return err_set(err, ST_USAGE, _("Too many options. Nothing was changed. Leave some out."));
    a->option[a->options].name = o->name;
    a->option[a->options++].value = value;
    return ST_OK;
}

/* The few that every command line has. */
static const char *long_name(const char *arg)
{
    static const struct { const char *brief, *name; } short_ones[] = {
        { "-n", "--dry-run" }, { "-o", "--to" }, { "-k", "--key-file" },
    };

    for (size_t i = 0; i < ARRAY_LEN(short_ones); i++)
        if (str_eq(short_ones[i].brief, arg))
            return short_ones[i].name;
    return arg;
}

/* argv[0] is the option; *taken counts what it used up. */
static enum status take(struct args *a, char **argv, const struct option *(*known)(const char *name, size_t len),
                        int *taken, struct err *err)
{
    const char *arg = long_name(argv[0]), *eq = strchr(arg, '='), *value = NULL;
    const struct option *o = known(arg, eq ? (size_t) (eq - arg) : strlen(arg));

    *taken = 1;
    if (!o)
        return err_set(err, ST_USAGE, _("There is no option %s. Nothing was changed. See: %s --help"), arg, a->program);
    if (!o->value && eq)
        return err_set(err, ST_USAGE, _("%s takes no value. Nothing was changed. Leave the value out."), o->name);
    if (o->value) {
        value = eq ? eq + 1 : argv[(*taken)++];
        if (!value)                     /* argv ends with NULL */
            return err_set(err, ST_USAGE, _("%s needs a value: %s. Nothing was changed."), o->name, o->value);
    }
    return keep(a, o, value, err);
}

/* What is wrong with a command line is said in the language that it asks for, wherever on it that stands. */
static void hear_lang(int argc, char **argv)
{
    for (int i = 1; i < argc && !str_eq(argv[i], "--"); i++) {
        const char *code = str_starts(argv[i], "--lang=") ? argv[i] + strlen("--lang=")
                         : str_eq(argv[i], "--lang") ? argv[i + 1] : NULL;      /* argv ends with NULL */
        enum lang l;

        if (code && lang_parse(code, &l))
            lang_set(l);
    }
}

enum status args_read(struct args *a, int argc, char **argv,
                      const struct option *(*known)(const char *name, size_t len), struct err *err)
{
    static const struct option help = { "--help", NULL, NULL };
    bool only_words = false;
    enum status st = ST_OK;
    int taken;

    hear_lang(argc, argv);
    a->word = xcalloc((size_t) argc + 1, sizeof *a->word);
    for (int at = 1; at < argc && st == ST_OK; at += taken) {
        const char *arg = argv[at];

        taken = 1;
        if (only_words || arg[0] != '-')
            a->word[a->words++] = arg;
        else if (str_eq(arg, "--"))
            only_words = true;
        else if (str_eq(arg, "-h"))
            st = keep(a, &help, NULL, err);
        else if (arg[1] == '-' || (isalpha((unsigned char) arg[1]) && !arg[2]))
            st = take(a, argv + at, known, &taken, err);
        else
            a->word[a->words++] = arg;
    }
    return st;
}

void args_release(struct args *a)
{
    free(a->word);
    a->word = NULL;
    a->words = 0;
}

bool args_flag(const struct args *a, const char *name)
{
    for (int i = 0; i < a->options; i++)
        if (str_eq(a->option[i].name, name))
            return true;
    return false;
}

const char *args_value(const struct args *a, const char *name)
{
    for (int i = 0; i < a->options; i++)
        if (str_eq(a->option[i].name, name))
            return a->option[i].value;
    return NULL;
}

enum status args_only(const struct args *a, const struct option *everywhere, const struct option *own, const char *noun,
                      struct err *err)
{
    for (int i = 0; i < a->options; i++) {
        const char *name = a->option[i].name;

        if (!option_find(everywhere, name, strlen(name)) && !option_find(own, name, strlen(name)))
            return err_set(err, ST_USAGE, _("This command has no option %s. Nothing was changed. See: %s %s --help"),
                           name, a->program, noun);
    }
    return ST_OK;
}

enum status args_take_lang(const struct args *a, struct err *err)
{
    const char *lang = args_value(a, "--lang");
    enum lang l;

    if (!lang)
        return ST_OK;
    if (!lang_parse(lang, &l))
        return err_set(err, ST_USAGE, _("--lang is en or cy, not \"%s\". Nothing was changed."), lang);
    lang_set(l);
    return ST_OK;
}

/* --- what is printed -------------------------------------------------------------------------------------------- */

void option_list_print(const struct option *list)
{
    for (; list && list->name; list++) {
        char *left;

        if (!list->help)
            continue;
        left = xasprintf("%s%s%s", list->name, list->value ? " " : "", list->value ? list->value : "");
        printf("  %-26s %s\n", left, _(list->help));
        free(left);
    }
}

void roff_print(const char *s)
{
    for (; *s; s++) {
        if (*s == '-')
            fputs("\\-", stdout);
        else if (*s == '\\')
            fputs("\\e", stdout);
        else
            putchar(*s);
    }
}

void option_list_roff(const struct option *list)
{
    for (; list && list->name; list++) {
        if (!list->help)
            continue;
        fputs(".TP\n.B ", stdout);
        roff_print(list->name);
        if (list->value) {
            fputs(" \\fI", stdout);
            roff_print(list->value);
            fputs("\\fR", stdout);
        }
        putchar('\n');
        roff_print(_(list->help));
        putchar('\n');
    }
}

int args_report(const char *program, bool json, enum status st, const struct err *err)
{
    struct buf lines = BUF_INIT;
    char *whole;

    if (st != ST_OK && err_text(err)[0]) {
        if (json && st != ST_PARTIAL) {
            struct json *j = json_new_map();

            json_set_text(j, "error", status_word(st));
            json_set_text(j, "message", err_text(err));
            out_json(program, "error", j);
        }
        whole = xasprintf("%s: %s", program, err_text(err));
        layout_wrap(&lines, whole, layout_columns(STDERR_FILENO));
        fprintf(stderr, "%s\n", buf_text(&lines));
        explicit_bzero(whole, strlen(whole));
        free(whole);
        buf_wipe(&lines);
    }
    return status_exit_code(st);
}
