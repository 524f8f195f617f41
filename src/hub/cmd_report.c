/* report: figures on all that laptops have sent, with small numbers kept back. */
#include "open.h"

#include <stdio.h>

#include "dolen/base/date.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/shape.h"
#include "dolen/report/ask.h"
#include "dolen/base/banned.h"

struct job {
    struct report_request q;
    struct report        *made;
};

static enum status day(const struct hub_run *r, const char *option, struct date *out, struct err *err)
{
    const char *s = hub_value(r, option);

    if (!s || date_parse_iso(s, out))
        return ST_OK;
    return err_set(err, ST_USAGE, _("%s needs a date like 2026-04-01, not \"%s\". Nothing was changed."), option, s);
}

static enum status period(const struct hub_run *r, struct report_request *q, struct err *err)
{
    struct date from = { 0, 0, 0 }, until = { 0, 0, 0 };
    enum status st = day(r, "--from", &from, err);

    if (st == ST_OK)
        st = day(r, "--until", &until, err);
    return st == ST_OK ? report_ask_period(from, until, q->today, &q->from, &q->until, err) : st;
}

static enum status asked(const struct hub_run *r, struct report_request *q, enum report_format *format, struct err *err)
{
    const char *to = hub_value(r, "--to");
    enum status st;

    if (!report_find(r->operand[0], &q->id))
        return err_set(err, ST_USAGE,
                       _("There is no report named \"%s\". Nothing was made. The reports: dolen-hub report list"),
                       r->operand[0]);
    if (r->json && (hub_value(r, "--format") || to))
        return err_set(err, ST_USAGE, "%s",
                       _("--json is a way of giving the report by itself. Nothing was made. Leave --format and --to "
                         "out."));
    if ((st = report_ask_format(hub_value(r, "--format"), format, err)) != ST_OK)
        return st;
    if (to && file_exists(to))
        return err_set(err, ST_REFUSED, _("%s exists already; it is as it was; choose another name."), to);
    return period(r, q, err);
}

/* In one transaction: the figures are of one moment, and a release is noted whole or not at all. */
static enum status make(struct warehouse *w, void *ctx, struct err *err)
{
    struct job          *j = ctx;
    struct release_store releases = release_store_in(&w->engine);

    j->q.releases = &releases;
    return report_make(&j->made, &j->q, err);
}

static enum status report_run(struct hub_run *r, struct err *err)
{
    struct hub         h = { .w = NULL };
    struct job         j = { .q = { .today = clock_today(), .draft = hub_flag(r, "--draft") } };
    struct population *population = NULL;
    enum report_format format = REPORT_AS_TEXT;
    const char        *people = hub_value(r, "--population");
    enum status        st = asked(r, &j.q, &format, err);

    if (st == ST_OK && people)
        st = population_load(&population, people, err);
    if (st == ST_OK)
        st = hub_open(&h, r, err);
    if (st == ST_OK)
        st = warehouse_for_reports(h.w, err);
    if (st == ST_OK) {
        j.q.engine = h.w->engine;
        j.q.catalog = h.catalog;
        j.q.population = population;
        j.q.safeguarding = schema_table(h.w->schema, SAFEGUARDING_TABLE) != NULL;
        j.q.scope = _("All laptops of this hub");
        st = warehouse_do(h.w, make, &j, err);
    }
    if (st == ST_OK && r->json)
        hub_print_json("report", report_json(j.made));
    else if (st == ST_OK)
        st = report_give(j.made, format, hub_value(r, "--to"), err);
    report_free(&j.made);
    population_free(&population);
    hub_close(&h);
    return st;
}

static enum status list_run(struct hub_run *r, struct err *err)
{
    struct json *j = report_ask_list(!r->json);

    (void) err;
    if (r->json)
        hub_print_json("report-list", j);
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
    { "--draft", NULL, N_("Not given to anybody yet: later reports are not set beside it") },
    { NULL, NULL, NULL }
};

const struct hub_command report_commands[] = {
    { "report", "list", "", 0, 0, N_("The reports there are"), NULL, list_run },
    { "report", NULL, "NAME", 1, 1, N_("Figures on what laptops have sent; small numbers are kept back"),
      report_options, report_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, NULL }
};
