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
    text = xasprintf(_("Counts from %ld to %ld are kept back and shown as c; every other count is rounded to the "
                       "nearest %ld. Other counts are kept back as well wherever a small one could be worked out "
                       "from them."),
                     r->rule.low, r->rule.high, r->rule.base);
    add_note(r, text);
    free(text);
    add_note(r, _("Totals are made of the exact counts and then rounded like any other figure, so rows may not add "
                  "up."));
    add_note(r, _("Rates, percentages and their intervals are worked out from the counts as shown. Averages, "
                  "percentages and percentiles are given where the count shown is above 10, so never for fewer than "
                  "ten people."));
    add_note(r, _("c: kept back. x: not available. z: does not apply."));
}

static void note_state(struct report *r)
{
    if (r->keeps_zeros)
        add_note(r, _("In at least one table zeros had to be kept back too: there, c can also be a zero."));
    if (r->lost)
        add_note(r, _("A table was kept back as a whole: together with an earlier release it would have given a "
                      "small count away."));
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

/* What is to come is no count of nobody. In the ledger the period stays as it was asked for: what is given out on a
 * later day is the same table, grown. */
static void leave_out_what_is_to_come(struct making *m)
{
    struct report *r = m->r;

    str_copy(m->asked_until, sizeof m->asked_until, date_iso(r->until).s);
    m->so_far = date_compare(r->until, m->q->today) > 0;
    if (m->so_far)
        r->until = m->q->today;
}

struct classes months_of(const struct making *m)
{
    struct classes c = classes_months(m->r->from, m->r->until);

    if (m->so_far)
        classes_last_is_open(&c);
    return c;
}

struct classes years_of(const struct making *m)
{
    struct classes c = classes_years(m->r->from, m->r->until);

    if (m->so_far)
        classes_last_is_open(&c);
    return c;
}

static void note_so_far(struct report *r, const struct making *m)
{
    struct date asked;
    char       *text;

    if (!m->so_far || !date_parse_iso(m->asked_until, &asked))
        return;
    text = xasprintf(_("The period was to end on %s. What is to come is left out: the figures go up to the day this "
                       "was made."),
                     date_show(asked).s);
    add_note(r, text);
    free(text);
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
    leave_out_what_is_to_come(&m);
    if (date_compare(r->from, r->until) > 0) {
        report_free(&r);
        return err_set(err, ST_USAGE, "%s",
                       _("The period begins after today, and nothing has happened in it yet. Nothing was made. "
                         "Choose an earlier one."));
    }
    str_copy(m.from, sizeof m.from, date_iso(r->from).s);
    str_copy(m.until, sizeof m.until, date_iso(r->until).s);
    st = makers[q->id](&m, err);
    if (st != ST_OK) {
        report_free(&r);
        return st;
    }
    note_so_far(r, &m);
    note_rule(r);
    note_state(r);
    *out = r;
    return ST_OK;
}
