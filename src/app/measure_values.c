/* app/measure_values.c - the values of a filed measure, matched to those that are there. */
#include "measure_values.h"

#include <stdio.h>

#include "dolen/base/mem.h"
#include "dolen/forms/measure.h"
#include "put_right.h"
#include "dolen/base/banned.h"

struct taken {
    struct filling       *f;
    struct store         *s;
    const struct answers *a;
    struct date           on;
};

static enum status value_put(const struct taken *x, struct records *old, const char *item, double value,
                             struct err *err)
{
    struct record m;
    enum status st;
    char number[32];

    snprintf(number, sizeof number, "%.10g", value);
    record_init(&m, T_MEASURE);
    for (size_t i = 0; i < old->count; i++)
        if (id_eq(record_id(&old->items[i], MEASURE_response), x->f->record) &&
            str_eq(record_text(&old->items[i], MEASURE_item), item)) {
            m.id = old->items[i].id;
            old->items[i].id = ID_NONE;         /* still answered */
        }
    record_set_id(&m, MEASURE_person, x->f->person);
    record_set_id(&m, MEASURE_episode, x->f->episode);
    record_set_id(&m, MEASURE_response, x->f->record);
    record_set(&m, MEASURE_instrument, x->f->form->id);
    record_set_int(&m, MEASURE_version, x->f->form->version);
    record_set(&m, MEASURE_stage, x->f->stage[0] ? x->f->stage : NULL);
    record_set_date(&m, MEASURE_taken_on, x->on);
    record_set(&m, MEASURE_item, item);
    record_set(&m, MEASURE_value, number);
    record_set(&m, MEASURE_wording, put_right_wording(x->f));
    record_set(&m, MEASURE_language, put_right_language(x->f));
    st = store_put(x->s, &m, NULL, err);
    record_release(&m);
    return st;
}

/* What the response no longer answers is no longer measured. */
static enum status values_drop(const struct taken *x, const struct records *old, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < old->count && st == ST_OK; i++)
        if (id_is_set(old->items[i].id) && id_eq(record_id(&old->items[i], MEASURE_response), x->f->record))
            st = store_bin(x->s, T_MEASURE, old->items[i].id, "answer taken away", err);
    return st;
}

static enum status values_put(const struct taken *x, struct records *old, struct err *err)
{
    const struct form *form = x->f->form;
    struct score_result score[16];
    size_t n = measure_score(form, x->a, score, ARRAY_LEN(score));
    enum status st = ST_OK;
    double points;

    for (size_t i = 0; i < form->count && st == ST_OK; i++)
        if (measure_points(&form->questions[i], x->a, &points))
            st = value_put(x, old, form->questions[i].name, points, err);
    for (size_t i = 0; i < n && i < ARRAY_LEN(score) && st == ST_OK; i++)
        if (score[i].has_value && score[i].score->sum)
            st = value_put(x, old, score[i].score->name, score[i].value, err);
    return st;
}

enum status measure_values(struct filling *f, const struct answers *a, struct date on, struct err *err)
{
    const struct taken x = { f, f->cf->store, a, on };
    struct records old = { NULL, 0, 0 };
    enum status st = store_list(x.s, LIST_MEASURES_OF_EPISODE, f->episode, 0, &old, err);

    if (st == ST_OK)
        st = values_put(&x, &old, err);
    if (st == ST_OK)
        st = values_drop(&x, &old, err);
    records_release(&old);
    return st;
}
