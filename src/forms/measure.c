/* measure.c - from answers to scores. One item missing, no score: the only rule there is. */
#include "dolen/forms/measure.h"

#include "number.h"

#include "dolen/base/banned.h"

bool measure_points(const struct question *q, const struct answers *a, double *out)
{
    const char *value = answers_value(a, q->name, 0);

    if (!value)
        return false;
    if (q->type == Q_SELECT_ONE) {
        const struct code *c = codelist_find(q->choices, value);
        if (!c || !c->has_score)
            return false;
        *out = c->score;
        return true;
    }
    return (q->type == Q_SCALE || q->type == Q_INTEGER || q->type == Q_DECIMAL || q->type == Q_CALCULATE) &&
           number_parse(value, out);
}

const struct band *score_band(const struct score *s, double value)
{
    for (size_t i = 0; i < s->band_count; i++)
        if (value >= s->bands[i].from && value <= s->bands[i].to)
            return &s->bands[i];
    return NULL;
}

bool score_change_is_reliable(const struct score *s, double change)
{
    double least = s->reliable - 1e-9;      /* a difference of two decimals is rarely the very number */

    return s->reliable > 0 && (change >= least || -change >= least);
}

/* A total that the table does not name has no score. */
static bool look_up(const struct score *s, double *value)
{
    if (!s->table)
        return true;
    for (size_t i = 0; i < s->table_count; i++)
        if (s->table[i].from == *value) {
            *value = s->table[i].to;
            return true;
        }
    *value = 0;
    return false;
}

static struct score_result score_one(const struct form *f, const struct score *s, const struct answers *a)
{
    struct score_result r = { .score = s };
    double points;

    for (size_t i = 0; i < s->item_count; i++) {
        if (!measure_points(&f->questions[s->items[i]], a, &points)) {
            r.value = 0;
            return r;
        }
        r.value += points;
    }
    r.has_value = s->item_count > 0 && look_up(s, &r.value);
    r.band = r.has_value ? score_band(s, r.value) : NULL;
    return r;
}

size_t measure_score(const struct form *f, const struct answers *a, struct score_result *out, size_t max)
{
    for (size_t i = 0; i < f->measure.score_count && i < max; i++)
        out[i] = score_one(f, &f->measure.scores[i], a);
    return f->measure.score_count;
}
