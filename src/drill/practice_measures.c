/* practice_measures.c - well-being and loneliness at the beginning and at the end: answers, and a row for each value.
 * The Welsh wording of both measures is not supplied, so Welsh speakers were shown the English. */
#include "practice_priv.h"

#include <stdio.h>
#include <string.h>

#include "dolen/base/banned.h"

struct taking {
    const struct course *k;
    const char          *instrument, *stage, *wording;
    struct date          on;
    struct id            response;
    int                  version;
};

static void keep_value(struct maker *m, const struct taking *t, const char *item, int value)
{
    struct record r;

    record_init(&r, T_MEASURE);
    record_set_id(&r, MEASURE_person, t->k->p->id);
    record_set_id(&r, MEASURE_episode, t->k->episode);
    record_set_id(&r, MEASURE_response, t->response);
    record_set(&r, MEASURE_instrument, t->instrument);
    record_set_int(&r, MEASURE_version, t->version);
    record_set(&r, MEASURE_stage, t->stage);
    record_set_date(&r, MEASURE_taken_on, t->on);
    record_set(&r, MEASURE_item, item);
    record_set_int(&r, MEASURE_value, value);
    record_set(&r, MEASURE_wording, t->wording);
    record_set(&r, MEASURE_language, lang_code(t->k->p->lang));
    record_keep(m, &r);
}

static void file_answers(struct maker *m, struct taking *t, struct answers *a)
{
    paper_file(m, &(struct paper) { .form = t->instrument, .binds = T_COUNT, .person = t->k->p->id,
               .episode = t->k->episode, .stage = t->stage, .language = lang_code(t->k->p->lang),
               .wording = t->wording, .held_on = t->on }, a, &t->response);
    if (!form_known(m, t->instrument))
        t->response = ID_NONE;
}

static int within(int n, int low, int high)
{
    return n < low ? low : n > high ? high : n;
}

static void well_being(struct maker *m, struct taking t, int lift)
{
    static const char *const items[] = { "satis", "worth", "happy", "anxious" };
    struct answers a = ANSWERS_INIT;
    int values[ARRAY_LEN(items)], mood = chance_between(&m->c, 2, 6) + lift;

    t.instrument = "ons4";
    for (size_t i = 0; i < ARRAY_LEN(items); i++) {
        values[i] = within(mood + chance_between(&m->c, -2, 2), 0, 10);
        if (i == 3)
            values[i] = 10 - values[i];
        say_int(&a, items[i], values[i]);
    }
    file_answers(m, &t, &a);
    for (size_t i = 0; i < ARRAY_LEN(items); i++)
        keep_value(m, &t, items[i], values[i]);
}

static void loneliness(struct maker *m, struct taking t, int lift)
{
    static const char *const items[] = { "companionship", "left_out", "isolated" };
    static const char *const often[] = { "HARDLY_EVER", "SOME_TIME", "OFTEN" };
    static const char *const direct[] = { "NEVER", "HARDLY_EVER", "OCCASIONALLY", "SOME_TIME", "OFTEN" };
    struct answers a = ANSWERS_INIT;
    int values[ARRAY_LEN(items)], sum = 0, lonely = within(chance_between(&m->c, 2, 5) - lift / 2, 1, 5);

    t.instrument = "ons-loneliness";
    for (size_t i = 0; i < ARRAY_LEN(items); i++) {
        values[i] = within((lonely + 1) / 2 + chance_between(&m->c, -1, 1), 1, 3);
        sum += values[i];
        say(&a, items[i], often[values[i] - 1]);
    }
    say(&a, "lonely", direct[lonely - 1]);
    file_answers(m, &t, &a);
    for (size_t i = 0; i < ARRAY_LEN(items); i++)
        keep_value(m, &t, items[i], values[i]);
    keep_value(m, &t, "lonely", lonely);
    keep_value(m, &t, "ucla", sum);
}

void make_measures(struct maker *m, const struct course *k, const char *stage, struct date on)
{
    struct taking t = { .k = k, .stage = stage, .on = on, .version = 1,
                        .wording = k->p->lang == LANG_CY ? "en_shown" : "official" };
    int lift = str_eq(stage, "BASELINE") ? 0 : chance_between(&m->c, 0, 3);

    well_being(m, t, lift);
    if (chance_percent(&m->c, 40))
        loneliness(m, t, lift);
}
