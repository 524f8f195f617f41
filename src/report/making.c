/* from a request to a report: the period, the rule, and what stands on every report. */
#include "build.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static enum status (*const makers[REPORT_COUNT])(struct making *m, struct err *err) = {
    [REPORT_ACTIVITY] = make_activity, [REPORT_REACH] = make_reach,   [REPORT_CAPACITY] = make_capacity,
    [REPORT_OUTCOMES] = make_outcomes, [REPORT_YEARS] = make_years,   [REPORT_REFERRERS] = make_referrers,
};

static const struct suppress_rule nothing_hidden = { 1, 0, 1, false };

static void note_rule(struct report *r)
{
    char *text;

    if (r->unsuppressed) {
        add_note(r, _("Counts are exact and nothing is kept back: for the practitioner's own screen alone."));
        return;
    }
    text = xasprintf(_("Counts from %ld to %ld are kept back and shown as c; every other count is rounded to the nearest %ld. "
                       "Other counts are kept back as well wherever a small one could be worked out from them."),
                     r->rule.low, r->rule.high, r->rule.base);
    add_note(r, text);
    free(text);
    add_note(r, _("Totals are made of the exact counts and then rounded like any other figure, so rows may not add up."));
    add_note(r, _("Rates, percentages and their intervals are worked out from the counts as shown. Averages, percentages and "
                  "percentiles are given where the count shown is above 10, so never for fewer than ten people."));
    add_note(r, _("c: kept back. x: not available. z: does not apply."));
}

static void note_state(struct report *r)
{
    if (r->keeps_zeros)
        add_note(r, _("In at least one table zeros had to be kept back too: there, c can also be a zero."));
    if (r->lost)
        add_note(r, _("A table was kept back as a whole: together with an earlier release it would have given a small count away."));
}

void report_year(struct date day, struct date *from, struct date *until)
{
    int year = day.month >= 4 ? day.year : day.year - 1;

    *from = (struct date){ year, 4, 1 };
    *until = (struct date){ year + 1, 3, 31 };
}

/* Years are whole. */
static void widen(struct report *r)
{
    struct date unused;

    if (r->id != REPORT_YEARS)
        return;
    report_year(r->from, &r->from, &unused);
    report_year(r->until, &unused, &r->until);
}

enum status report_make(struct report **out, const struct report_request *q, struct err *err)
{
    struct report *r = xcalloc(1, sizeof *r);
    struct making  m = { .q = q, .r = r, .rule = q->unsuppressed ? nothing_hidden : suppress_default };
    enum status    st;

    r->id = q->id;
    r->title = xstrdup(report_name(q->id));
    r->scope = xstrdup(q->scope);
    r->from = q->from;
    r->until = q->until;
    r->made = q->today;
    r->unsuppressed = q->unsuppressed;
    r->training = q->training;
    r->draft = q->draft;
    r->rule = m.rule;
    widen(r);
    str_copy(m.from, sizeof m.from, date_iso(r->from).s);
    str_copy(m.until, sizeof m.until, date_iso(r->until).s);
    st = makers[q->id](&m, err);
    if (st != ST_OK) {
        report_free(&r);
        return st;
    }
    note_rule(r);
    note_state(r);
    *out = r;
    return ST_OK;
}
