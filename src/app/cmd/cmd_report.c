/* cmd_report.c - report: figures on one's own caseload, with small numbers kept back. */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/report/ask.h"
#include "own_report.h"
#include "dolen/base/banned.h"

static enum status which(struct run *r, struct own_report *want, enum report_format *format, struct err *err)
{
    struct date from, until;
    enum status st = run_date(r, "--from", &from, err);

    if (!report_find(r->operand[0], &want->id))
        return err_set(err, ST_USAGE,
                       _("There is no report named \"%s\". Nothing was made. The reports: dolen report list"),
                       r->operand[0]);
    if (r->json && (run_value(r, "--format") || run_value(r, "--to")))
        return err_set(err, ST_USAGE, "%s",
                       _("--json is a way of giving the report by itself. Nothing was made. Leave --format and --to "
                         "out."));
    if (st == ST_OK)
        st = report_ask_format(run_value(r, "--format"), format, err);
    if (st == ST_OK)
        st = run_date(r, "--until", &until, err);
    return st == ST_OK ? report_ask_period(from, until, clock_today(), &want->from, &want->until, err) : st;
}

/* Exact counts are for the practitioner's own eyes: on this terminal, as text. */
static enum status exactness(struct run *r, struct own_report *want, enum report_format format, struct err *err)
{
    want->unsuppressed = run_flag(r, "--unsuppressed");
    want->released = !want->unsuppressed && !run_flag(r, "--draft");
    if (!want->unsuppressed || (format == REPORT_AS_TEXT && !r->json && !run_value(r, "--to") && isatty(STDOUT_FILENO)))
        return ST_OK;
    return err_set(err, ST_REFUSED, "%s",
                   _("Exact counts are shown on the screen alone: they could tell who somebody is. Nothing was made. "
                     "Leave --unsuppressed out to write a report to a file."));
}

static enum status report_run(struct run *r, struct err *err)
{
    struct own_report want = { .id = REPORT_ACTIVITY };
    enum report_format format = REPORT_AS_TEXT;
    struct population *population = NULL;
    struct report *made = NULL;
    enum status st = which(r, &want, &format, err);

    if (st == ST_OK)
        st = exactness(r, &want, format, err);
    if (st == ST_OK && run_value(r, "--to") && file_exists(run_value(r, "--to")))
        st = err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."),
                     run_value(r, "--to"));
    if (st == ST_OK)
        st = run_value(r, "--population") ? population_load(&population, run_value(r, "--population"), err) : ST_OK;
    want.population = population;
    if (st == ST_OK)
        st = own_report_make(r->cf, &want, &made, err);
    if (st == ST_OK && r->json)
        run_print_json("report", report_json(made));
    else if (st == ST_OK)
        st = report_give(made, format, run_value(r, "--to"), err);
    if (st == ST_OK && run_value(r, "--to")) {
        printf(_("Saved, with small numbers kept back: %s"), run_value(r, "--to"));
        putchar('\n');
    }
    report_free(&made);
    population_free(&population);
    return st;
}

static enum status list_run(struct run *r, struct err *err)
{
    struct json *j = report_ask_list(!r->json);

    (void) err;
    if (r->json)
        run_print_json("report-list", j);
    else
        json_free(&j);
    return ST_OK;
}

static const struct option report_options[] = {
    { "--from", "DATE", N_("First day; 1 April of this year when not given") },
    { "--until", "DATE", N_("Last day; 31 March when not given") },
    { "--format", "text|csv|xlsx|html", N_("How: text when not given") },
    { "--to", "FILE", N_("Into this new file, in place of standard output") },
    { "--population", "FILE", N_("People living there, as CSV, for rates (see docs/reports.md)") },
    { "--unsuppressed", NULL, N_("Exact counts of your own caseload, on this screen alone") },
    { "--draft", NULL, N_("Not given to anybody yet: later reports are not set beside it") },
    { NULL, NULL, NULL }
};

const struct command report_commands[] = {
    { "report", "list", "", 0, 0, N_("The reports there are"), NULL, NEEDS_NOTHING, list_run },
    { "report", NULL, "NAME", 1, 1, N_("Figures on your own caseload; small numbers are kept back"), report_options,
      NEEDS_CASE,
      report_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
