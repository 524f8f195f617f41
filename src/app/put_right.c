/* put_right.c - what is put right keeps the stage, period, day and language of its first filing. */
#include "put_right.h"

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/measure.h"
#include "dolen/base/banned.h"

enum status put_right_begin(struct filling *f, struct err *err)
{
    struct err why = { .st = ST_OK };
    struct record r;
    enum status st;

    record_init(&r, T_RESPONSE);
    st = store_get(f->cf->store, T_RESPONSE, f->record, &r, &why);
    if (st == ST_OK) {
        str_copy(f->stage, sizeof f->stage, record_or(&r, RESPONSE_stage, f->stage));
        if (id_is_set(record_id(&r, RESPONSE_episode)))
            f->episode = record_id(&r, RESPONSE_episode);
        str_copy(f->language, sizeof f->language, record_or(&r, RESPONSE_language, ""));
        if (f->form->is_measure) {
            f->taken_on = record_date(&r, RESPONSE_held_on);
            str_copy(f->wording, sizeof f->wording, record_or(&r, RESPONSE_wording, ""));
        }
    }
    record_release(&r);
    if (st == ST_OK || st == ST_NOTFOUND)
        return ST_OK;
    return err_set(err, st, "%s", err_text(&why));
}

/* A measure from before its form asked for the day has it on record all the same. */
void put_right_day(const struct filling *f, struct answers *a)
{
    if (date_is_set(f->taken_on) && form_question(f->form, MEASURE_DAY) && !answers_find(a, MEASURE_DAY, 0))
        answers_set(a, MEASURE_DAY, 0, date_iso(f->taken_on).s);
}

struct date put_right_held_on(const struct filling *f, const struct answers *a)
{
    static const char *const names[] = { "held_on", "agreed_on", MEASURE_DAY, "reviewed_on" };
    struct date d;

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *v = answers_value(a, names[i], 0);

        if (v && date_parse_iso(v, &d))
            return d;
    }
    return date_is_set(f->taken_on) ? f->taken_on : clock_today();
}

const char *put_right_language(const struct filling *f)
{
    return f->language[0] ? f->language : lang_code(lang_now());
}

const char *put_right_wording(const struct filling *f)
{
    return f->wording[0] ? f->wording : wording_word(form_wording(f->form, lang_now()));
}
