/* test_drill_plays.c - every drill in forms/drills, by its recorded plays and by chance: a play is deterministic,
 * chance never scores above the average play, good plays earn and harmful ones lose what they should. Drills are
 * found here by themselves; the plays through the real forms are tests/cli/drills.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/drill/drill_judge.h"
#include "dolen/forms/answers_json.h"
#include "dolen/forms/catalog.h"

#define DATA "tests/data/drills/"
#define RANDOM_PLAYS 500

static struct catalog *cat;
static const struct date today = { 2026, 3, 9 };

static int open_catalog(void **state)
{
    (void) state;
    lang_set(LANG_EN);
    clock_freeze(today);
    cat = catalog_new("forms", NULL);
    return 0;
}

static int close_catalog(void **state)
{
    (void) state;
    catalog_free(&cat);
    return 0;
}

static struct json *play_read(const char *drill, const char *kind)
{
    char *path = xasprintf(DATA "%s/%s.json", drill, kind);
    struct json *j = NULL;
    struct err err = { .st = ST_OK };

    if (json_read_file(&j, path, 1u << 20, &err) != ST_OK)
        fail_msg("%s: %s", path, err_text(&err));
    free(path);
    return j;
}

static int expected_points(const char *drill, const char *kind)
{
    struct json *j = play_read(drill, kind);
    int points = (int) json_int(json_get(json_get(j, "expect"), "points"));

    json_free(&j);
    return points;
}

/* --- papers without a case file --------------------------------------------------------------------------------- */

static const struct form *form_of(const char *id)
{
    struct err err = { .st = ST_OK };
    const struct form *f = catalog_form(cat, id, &err);

    if (!f)
        fail_msg("%s: %s", id, err_text(&err));
    return f;
}

static void paper_fill(const struct drill *d, struct drill_folder *folder, const char *form,
                       const struct json *answers, int step,
                       int asset)
{
    struct drill_paper_there *p = drill_folder_add(folder);
    struct drill_paper dated = { .answers = { NULL, NULL } };
    struct session *s;
    struct json *j;
    struct err err = { .st = ST_OK };

    p->form = form_of(form);
    p->step = step;
    p->on = today;
    p->asset = asset;
    s = session_new(p->form, NULL, NULL, 0, today);
    memcpy(&dated.answers[LANG_EN], &answers, sizeof answers);
    j = drill_answers(&dated, LANG_EN, today);
    if (answers_json_in(s, j, &err) != ST_OK)
        fail_msg("%s: %s: %s", d->id, form, err_text(&err));
    session_finish(s, &p->answers);
    if (asset >= 0)
        str_copy(p->status, sizeof p->status, answers_value(&p->answers, "status", 0)
                 ? answers_value(&p->answers, "status", 0) : "");
    session_free(&s);
    json_free(&j);
}

static int asset_called(const struct drill *d, const char *id)
{
    for (size_t i = 0; i < d->asset_count; i++)
        if (str_eq(d->assets[i].id, id))
            return (int) i;
    fail_msg("%s: no asset %s", d->id, id);
    return -1;
}

/* A recorded play through the machine; every item of the data set counts as filled in. */
static void play_out(const struct drill *d, const struct json *play, struct drill_score *out)
{
    struct drill_play *p = drill_play_new(d, (uint64_t) json_int(json_get(play, "seed")));
    struct drill_folder folder = { NULL, 0, 0, 0 };
    const struct json *steps = json_get(play, "steps");

    for (size_t i = 0; i < json_count(steps); i++) {
        const struct json *step = json_at(steps, i);
        const char *say = json_get_text(step, "say"), *to = json_get_text(step, "connect");
        const char *form = to ? "connection" : json_get_text(step, "fill");
        struct err err = { .st = ST_OK };

        if (say && drill_play_say(p, say, &err) != ST_OK)
            fail_msg("%s: step %zu: %s", d->id, i + 1, err_text(&err));
        if (say)
            continue;
        paper_fill(d, &folder, form, json_get(step, "answers"), (int) i, to ? asset_called(d, to) : -1);
        drill_play_filed(p, form, ID_NONE, drill_paper_minutes(form_of(form),
                                                               &folder.items[folder.count - 1].answers));
    }
    drill_judge(p, &folder, out);
    drill_folder_release(&folder);
    drill_play_free(&p);
}

/* --- chance ----------------------------------------------------------------------------------------------------- */

static uint64_t random_state;

static int below(int n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return n > 0 ? (int) ((random_state >> 33) % (uint64_t) n) : 0;
}

/* Any code, any number, today, or words that nobody said; in an instance of a repeat when it is in one. */
static void answer_at_random(struct session *s, const struct question *q, int repeat)
{
    char text[24];

    switch (q->type) {
    case Q_SELECT_ONE: case Q_SELECT_MULTIPLE: {
        const struct code *offered[80];
        size_t n = session_choices(s, q, repeat, offered, ARRAY_LEN(offered));

        if (n)
            session_set_canonical(s, q, repeat, offered[below((int) (n < 80 ? n : 80))]->code, NULL);
        break;
    }
    case Q_SCALE:
        snprintf(text, sizeof text, "%d", q->from + below(q->to - q->from + 1));
        session_set_canonical(s, q, repeat, text, NULL);
        break;
    case Q_INTEGER:
        snprintf(text, sizeof text, "%d", below(90));
        session_set_canonical(s, q, repeat, text, NULL);
        break;
    case Q_DATE:
        session_set_canonical(s, q, repeat, date_iso(date_add_days(today, below(2) ? 0 : below(40))).s, NULL);
        break;
    case Q_ACKNOWLEDGE:
        session_set_canonical(s, q, repeat, "1", NULL);
        break;
    case Q_TEXT:
        session_set_canonical(s, q, repeat, "xyzzy", NULL);
        break;
    case Q_DECIMAL: case Q_NOTE: case Q_CALCULATE: case Q_GROUP: case Q_REPEAT: case Q_COUNT:
        break;
    }
}

static void answer_if(struct session *s, const struct question *q, int repeat)
{
    if (qtype_asked(q->type) && session_relevant(s, q, repeat) && below(2))
        answer_at_random(s, q, repeat);
}

/* Half of the questions, and up to three of whatever repeats, filled in the same way. */
static void form_at_random(struct session *s, const struct form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct question *q = &form->questions[i];

        if (q->type == Q_REPEAT && session_relevant(s, q, 0))
            for (int n = below(4); n > 0; n--)
                session_add_instance(s, q);
        else if (q->repeat >= 0)
            for (int n = session_instances(s, &form->questions[q->repeat]); n > 0; n--)
                answer_if(s, q, n);
        else
            answer_if(s, q, 0);
    }
}

static void paper_at_random(const struct drill *d, struct drill_play *p, struct drill_folder *folder)
{
    static const char *const forms[] = { "decision", "conversation", "consent", "plan", "contact", "connection",
                                         "closure", "concern",
                                         "gap", "equality", "person", "language" };
    const struct form *form = form_of(forms[below(ARRAY_LEN(forms))]);
    struct drill_paper_there *paper = drill_folder_add(folder);
    struct session *s = session_new(form, NULL, NULL, 0, today);
    size_t n;

    form_at_random(s, form);
    paper->form = form;
    paper->on = today;
    session_finish(s, &paper->answers);
    session_free(&s);
    if (str_eq(form->id, "connection")) {
        paper->asset = d->asset_count ? below((int) d->asset_count) : -1;
        str_copy(paper->status, sizeof paper->status,
                 answers_value(&paper->answers, "status", 0) ? answers_value(&paper->answers, "status", 0) : "");
    }
    drill_play_log(p, &n);
    paper->step = (int) n;
    drill_play_filed(p, form->id, ID_NONE, drill_paper_minutes(form, &paper->answers));
}

static int play_at_random(const struct drill *d, uint64_t seed)
{
    struct drill_play *p = drill_play_new(d, seed);
    struct drill_folder folder = { NULL, 0, 0, 0 };
    struct drill_score score;
    int papers;

    random_state = seed;
    papers = below(20);
    for (int i = 0; i < 60; i++) {
        int order[DRILL_OFFERS_MAX];
        size_t n = drill_play_offers(p, order);
        const struct drill_turn *t = &d->turns[drill_play_state(p)->turn];
        struct err err = { .st = ST_OK };

        if (n == 0 && papers <= 0)
            break;
        if (n == 0 || (papers > 0 && below(8) == 0)) {
            paper_at_random(d, p, &folder);
            papers--;
        } else
            assert_int_equal(drill_play_say(p, t->offers[order[below((int) n)]].id, &err), ST_OK);
    }
    drill_judge(p, &folder, &score);
    drill_folder_release(&folder);
    drill_play_free(&p);
    return score.points;
}

static void each_drill(void (*fn)(const struct drill *d))
{
    size_t n;
    const char *const *ids = catalog_list(cat, DEF_DRILL, &n);

    assert_true(n >= 1);
    for (size_t i = 0; i < n; i++) {
        struct err err = { .st = ST_OK };
        const struct drill *d = catalog_drill(cat, ids[i], &err);

        if (!d)
            fail_msg("%s", err_text(&err));
        fn(d);
    }
}

static void check_chance(const struct drill *d)
{
    int average = expected_points(d->id, "average"), most = 0;

    for (uint64_t seed = 1; seed <= RANDOM_PLAYS; seed++) {
        int points = play_at_random(d, seed);

        most = points > most ? points : most;
    }
    print_message("%s: by chance at most %d, average play %d\n", d->id, most, average);
    if (most >= average)
        fail_msg("%s: chance came to %d points, the average play to %d", d->id, most, average);
}

static void chance_never_beats_the_average_play(void **state)
{
    (void) state;
    each_drill(check_chance);
}

static void check_twice(const struct drill *d)
{
    static const char *const kinds[] = { "good", "average", "harmful" };

    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        struct json *play = play_read(d->id, kinds[k]);
        struct drill_score a, b;

        play_out(d, play, &a);
        play_out(d, play, &b);
        assert_memory_equal(&a, &b, sizeof a);
        json_free(&play);
    }
}

static void the_same_seed_and_steps_score_the_same(void **state)
{
    (void) state;
    each_drill(check_twice);
}

static void check_order(const struct drill *d)
{
    int good = expected_points(d->id, "good"), average = expected_points(d->id, "average"),
        harmful = expected_points(d->id, "harmful");

    if (!(good > average && average > harmful))
        fail_msg("%s: good %d, average %d, harmful %d", d->id, good, average, harmful);
}

static void good_beats_average_beats_harmful(void **state)
{
    (void) state;
    each_drill(check_order);
}

static void check_points_explained(const struct drill *d)
{
    struct json *play = play_read(d->id, "average");
    struct drill_score s;
    int sum = 0, lost = 0;

    play_out(d, play, &s);
    for (size_t i = 0; i < d->line_count; i++) {
        sum += s.lines[i].yes ? d->lines[i].points : 0;
        lost += !s.lines[i].yes && d->lines[i].points > 0;
        if (s.lines[i].yes)
            assert_true(text2_has(&d->lines[i].earned, LANG_EN) && text2_has(&d->lines[i].earned, LANG_CY));
    }
    assert_int_equal(s.points, sum < 0 ? 0 : sum);
    assert_true(lost > 0);
    for (int i = 0; i < 2; i++)
        assert_true(s.next_steps[i] >= 0);
    json_free(&play);
}

static void every_point_is_a_line_with_its_reason(void **state)
{
    (void) state;
    each_drill(check_points_explained);
}

static void check_safety(const struct drill *d)
{
    struct json *play = play_read(d->id, "harmful");
    struct drill_score s;

    play_out(d, play, &s);
    assert_int_equal(s.safety, d->safety ? SAFETY_FAILED : SAFETY_NONE);
    json_free(&play);
}

static void harmful_plays_fail_the_safety_line(void **state)
{
    (void) state;
    each_drill(check_safety);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chance_never_beats_the_average_play),
        cmocka_unit_test(the_same_seed_and_steps_score_the_same),
        cmocka_unit_test(good_beats_average_beats_harmful),
        cmocka_unit_test(every_point_is_a_line_with_its_reason),
        cmocka_unit_test(harmful_plays_fail_the_safety_line),
    };

    return cmocka_run_group_tests(tests, open_catalog, close_catalog);
}
