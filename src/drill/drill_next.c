/* drill_next.c - spaced repetition: the better it went, the longer until it comes again. */
#include "dolen/drill/drill_next.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

#define WELL      80
#define BADLY     50
#define LONGEST  183

static const struct drill_past *last_of(const struct drill_pasts *past, const char *drill)
{
    for (size_t i = past->count; i-- > 0;)
        if (str_eq(past->items[i].drill, drill))
            return &past->items[i];
    return NULL;
}

static bool went_well(const struct drill_past *p)
{
    return p->percent >= WELL && p->safety != SAFETY_FAILED;
}

int drill_interval(const struct drill_pasts *past, const char *drill)
{
    const struct drill_past *last = last_of(past, drill);
    int days = 7;

    if (!last)
        return 0;
    if (last->safety == SAFETY_FAILED || last->percent < BADLY)
        return 1;
    if (!went_well(last))
        return 3;
    for (const struct drill_past *p = last; p-- > past->items;) {
        if (!str_eq(p->drill, drill))
            continue;
        if (!went_well(p))
            break;
        days = days * 2 < LONGEST ? days * 2 : LONGEST;
    }
    return days;
}

/* --- one reason after the other --------------------------------------------------------------------------------- */

static const struct drill *drill_called(const struct drill *const *all, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i]->id, id))
            return all[i];
    return NULL;
}

static bool was_set(const struct drill *const *all, size_t n, const struct records *set, struct drill_proposal *out)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct drill *d = drill_called(all, n, record_or(&set->items[i], DRILL_drill, ""));
        struct date due = record_date(&set->items[i], DRILL_due_on);

        if (!d || (out->d && date_is_set(out->due) && (!date_is_set(due) || date_compare(due, out->due) >= 0)))
            continue;
        *out = (struct drill_proposal) { .d = d, .why = WHY_SET, .due = due, .set = set->items[i].id };
    }
    return out->d != NULL;
}

/* The one longest due; failed safety first, however short it has been due. later: also what is not due yet, the
 * soonest. */
static bool is_due(const struct drill *const *all, size_t n, const struct drill_pasts *past, struct date today,
                   bool later,
                   struct drill_proposal *out)
{
    for (size_t i = 0; i < n; i++) {
        const struct drill_past *last = last_of(past, all[i]->id);
        struct drill_proposal p = { .d = all[i] };

        if (!last)
            continue;
        p.due = date_add_days(last->on, drill_interval(past, all[i]->id));
        p.last = last->on;
        p.percent = last->percent;
        p.why = later ? WHY_LATER : last->safety == SAFETY_FAILED ? WHY_SAFETY : WHY_DUE;
        if (!later && date_compare(p.due, today) > 0)
            continue;
        if (!out->d || p.why < out->why || (p.why == out->why && date_compare(p.due, out->due) < 0))
            *out = p;
    }
    return out->d != NULL;
}

static bool weakest_skill(const struct drill_pasts *past, enum drill_skill *out)
{
    int lowest = WELL;
    bool found = false;

    for (int k = 0; k < DRILL_SKILLS; k++) {
        int points = 0, best = 0;

        for (size_t i = 0; i < past->count; i++) {
            points += past->items[i].skill_points[k];
            best += past->items[i].skill_best[k];
        }
        if (best > 0 && points * 100 / best < lowest) {
            lowest = points * 100 / best;
            *out = (enum drill_skill) k;
            found = true;
        }
    }
    return found;
}

static int points_for(const struct drill *d, enum drill_skill k)
{
    int points = 0;

    for (size_t i = 0; i < d->line_count; i++)
        if (d->lines[i].skill == k && d->lines[i].points > 0)
            points += d->lines[i].points;
    return points;
}

/* Among the easiest of those never played: the one that rehearses the weakest skill most. */
static bool is_new(const struct drill *const *all, size_t n, const struct drill_pasts *past,
                   struct drill_proposal *out)
{
    enum drill_skill weak = SKILL_OPEN_ASKING;
    bool has_weak = weakest_skill(past, &weak);

    for (size_t i = 0; i < n; i++) {
        const struct drill *d = all[i];

        if (last_of(past, d->id))
            continue;
        if (!out->d || d->level < out->d->level ||
            (has_weak && d->level == out->d->level && points_for(d, weak) > points_for(out->d, weak)))
            *out = (struct drill_proposal) { .d = d, .why = WHY_NEW };
    }
    if (out->d && has_weak && points_for(out->d, weak) > 0) {
        out->why = WHY_WEAK;
        out->skill = weak;
    }
    return out->d != NULL;
}

void drill_propose(const struct drill *const *all, size_t n, const struct drill_pasts *past,
                   const struct records *set,
                   struct date today, struct drill_proposal *out)
{
    *out = (struct drill_proposal) { .d = NULL };
    if (was_set(all, n, set, out) || is_due(all, n, past, today, false, out) || is_new(all, n, past, out))
        return;
    is_due(all, n, past, today, true, out);
}

void drill_why_text(const struct drill_proposal *p, struct date today, struct buf *out)
{
    switch (p->why) {
    case WHY_SET:
        if (date_is_set(p->due))
            buf_addf(out, _("Set by your trainer, for %s."), date_show(p->due).s);
        else
            buf_add(out, _("Set by your trainer."));
        break;
    case WHY_SAFETY:
        buf_addf(out, _("A safety line failed on %s: again, while it is fresh."), date_show(p->last).s);
        break;
    case WHY_DUE:
        buf_addf(out, _("Due again since %s: it came to %d of 100 on %s."), date_show(p->due).s, p->percent,
                 date_show(p->last).s);
        break;
    case WHY_WEAK:
        buf_addf(out, _("New to you, and it rehearses what has been hardest so far: %s."),
                 drill_skill_label(p->skill));
        break;
    case WHY_NEW:
        buf_add(out, _("New to you, and the easiest of those."));
        break;
    case WHY_LATER:
        buf_addf(out, _("Nothing is due: this one comes first, in %d days."),
                 (int) (date_days(p->due) - date_days(today)));
        break;
    }
}

/* --- the past, from rows ---------------------------------------------------------------------------------------- */

static void take_skills(struct drill_past *p, const char *detail)
{
    struct json *j = NULL;

    if (!detail || json_parse(&j, detail, strlen(detail), NULL) != ST_OK)
        return;
    for (int k = 0; k < DRILL_SKILLS; k++) {
        const struct json *pair = json_get(j, drill_skill_word((enum drill_skill) k));

        if (!pair || json_count(pair) != 2)
            continue;
        p->skill_points[k] = (int) json_int(json_at(pair, 0));
        p->skill_best[k] = (int) json_int(json_at(pair, 1));
    }
    json_free(&j);
}

void drill_pasts_of(const struct records *rows, struct id practitioner, struct drill_pasts *out)
{
    for (size_t i = rows->count; i-- > 0;) {
        const struct record *r = &rows->items[i];
        long best = record_int(r, DRILL_best, 0);
        struct drill_past *p;

        if (!str_eq(record_text(r, DRILL_state), "DONE") ||
            (id_is_set(practitioner) && !id_eq(record_id(r, DRILL_practitioner), practitioner)))
            continue;
        p = ARRAY_ADD(out->items, out->count, out->cap);
        str_copy(p->drill, sizeof p->drill, record_or(r, DRILL_drill, ""));
        p->on = record_date(r, DRILL_ended_on);
        p->percent = best > 0 ? (int) ((record_int(r, DRILL_points, 0) * 100 + best / 2) / best) : 0;
        p->safety = str_eq(record_text(r, DRILL_safety), "FAILED") ? SAFETY_FAILED
                    : str_eq(record_text(r, DRILL_safety), "KEPT") ? SAFETY_KEPT : SAFETY_NONE;
        take_skills(p, record_text(r, DRILL_detail));
    }
}
