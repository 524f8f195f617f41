/* app/cmd_plan.c - plan print. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "plan_text.h"
#include "dolen/base/banned.h"

static enum status print_run(struct run *r, struct err *err)
{
    const char *format = run_value(r, "--format"), *lang = run_value(r, "--plan-lang");
    struct buf b = BUF_INIT;
    struct id person;
    enum lang l;
    enum status st;

    if (format && !str_eq(format, "text"))
        return err_set(err, ST_USAGE, _("The plan prints as text: --format text. Nothing was changed."));
    st = operand_id(r, T_PERSON, r->operand[0], &person, err);
    if (st != ST_OK)
        return st;
    l = run_value(r, "--lang") ? lang_now() : plan_language(r->cf, person);
    if (lang && !lang_parse(lang, &l))
        return err_set(err, ST_USAGE, _("--lang is en or cy, not \"%s\". Nothing was changed."), lang);
    st = plan_text(r->cf, person, l, 78, &b, err);
    if (st == ST_OK)
        fputs(buf_text(&b), stdout);
    buf_wipe(&b);
    return st;
}

static const struct option print_options[] = {
    { "--format", "text", N_("How: text") },
    { "--plan-lang", "en|cy", N_("Language of the copy; the person's own when not given") },
    { NULL, NULL, NULL }
};

const struct command plan_commands[] = {
    { "plan", "print", "PERSON", 1, 1, N_("The person's own copy of the plan, in their language"), print_options, NEEDS_CASE, print_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
