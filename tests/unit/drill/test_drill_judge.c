/* test_drill_judge.c - the moment a line points at, safety steps in order and in time, what was heard and what was
 * recorded, the plan, and which drill comes next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/drill/drill_judge.h"
#include "dolen/drill/drill_next.h"
#include "dolen/forms/answers_json.h"
#include "dolen/forms/catalog.h"

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

/* --- a small drill of its own ----------------------------------------------------------------------------------- */

static const char yaml[] =
    "drill: small\nversion: 1\nsafety: true\ntitle: {en: S, cy: S}\nabout: {en: S, cy: S}\nname: {en: S, cy: S}\ntrust: 2\n"
    "referral:\n  person: {given_name: S}\n  referral: {received_on: today, referrer_words: {en: he likes boats, cy: cychod}}\n"
    "assets:\n  - {asset: near, answers: {name_en: Near}}\n  - {asset: far, answers: {name_en: Far}}\n"
    "turns:\n"
    "  - turn: one\n    says: {en: One, cy: Un}\n    offers:\n"
    "      - {offer: ask, kind: open, text: {en: a, cy: a}, minutes: 10, tells: [boats], next: two}\n"
    "      - {offer: tell, kind: advise, text: {en: t, cy: t}, minutes: 10, next: two}\n"
    "  - turn: two\n    says: {en: Two, cy: Dau}\n    offers:\n"
    "      - {offer: safe, kind: closed, text: {en: s, cy: s}, minutes: 10, next: end}\n"
    "      - {offer: bye, kind: closed, text: {en: b, cy: b}, minutes: 30, next: end}\n"
    "  - {turn: end, end: true, scene: {en: E, cy: E}}\n"
    "  - turn: later\n    says: {en: Full, cy: Llawn}\n    offers:\n"
    "      - {offer: sorry, kind: affirm, text: {en: s, cy: s}, next: end}\n"
    "facts:\n"
    "  - {fact: boats, trust: 3, label: {en: b, cy: b}, said: {en: b, cy: b}, evidence: {en: [boat], cy: [cwch, cych]}}\n"
    "events:\n  - {event: full, at_form: connection, scene: {en: Full, cy: Llawn}, next: later}\n"
    "steps:\n"
    "  - {step: asked, label: {en: a, cy: a}, when: \"${offer.two.safe}\", by_minute: 25}\n"
    "  - {step: noted, label: {en: n, cy: n}, when: \"${form.concern} > 0\", by_minute: 40}\n"
    "plan: {words: {en: [boat], cy: [cwch]}, assets: [near], small_step_days: 7, follow_up_days: 14}\n"
    "rubric:\n"
    "  - {line: safe, skill: skills, points: 3, safety: true, when: \"${steps_in_order}\", earned: {en: e, cy: e}, lost: {en: l, cy: l}}\n"
    "  - {line: asked_safe, skill: skills, points: 1, safety: true, when: \"${step.asked}\", "
    "earned: {en: e, cy: e}, lost: {en: l, cy: l}}\n"
    "  - {line: asked, skill: open, points: 2, when: \"${offer.one.ask}\", earned: {en: e, cy: e}, lost: {en: l, cy: l}}\n"
    "  - {line: no_advice, skill: person_centred, points: 1, when: \"${count.advise} = 0\", earned: {en: e, cy: e}, lost: {en: l, cy: l}}\n"
    "  - {line: advised, skill: person_centred, points: -2, when: \"${offer.one.tell}\", earned: {en: e, cy: e}}\n"
    "  - {line: words, skill: person_centred, points: 1, when: \"${plan_words}\", earned: {en: e, cy: e}, lost: {en: l, cy: l}}\n"
    "  - {line: place, skill: connecting, points: 1, when: \"${plan_asset}\", earned: {en: e, cy: e}, lost: {en: l, cy: l}}\n"
    "  - {line: guessed, skill: evaluating, points: -1, when: \"${guessed} >= 1\", earned: {en: e, cy: e}}\n"
    "  - {line: too_many, skill: evaluating, points: -1, when: \"${papers} > 2\", earned: {en: e, cy: e}}\n"
    "  - {line: safe_way, skill: networking, points: 1, when: \"${person.safe_contact} = 'YES'\", earned: {en: e, cy: e}, "
    "lost: {en: l, cy: l}}\n";

struct table {
    struct drill       *d;
    struct drill_play  *p;
    struct drill_folder folder;
    struct drill_score  score;
};

static void sit_down(struct table *t)
{
    struct err err = { .st = ST_OK };

    memset(t, 0, sizeof *t);
    t->folder.to_go = -1;
    if (drill_parse(&t->d, "small.yaml", yaml, sizeof yaml - 1, &err) != ST_OK)
        fail_msg("%s", err_text(&err));
    t->p = drill_play_new(t->d, 1);
}

static void get_up(struct table *t)
{
    drill_folder_release(&t->folder);
    drill_play_free(&t->p);
    drill_free(&t->d);
}

static void say(struct table *t, const char *offer)
{
    struct err err = { .st = ST_OK };

    if (drill_play_say(t->p, offer, &err) != ST_OK)
        fail_msg("%s", err_text(&err));
}

/* json: answers of the form. arrived: it came with the drill, as it is. */
static struct drill_paper_there *file(struct table *t, const char *form, const char *json, bool arrived)
{
    struct drill_paper_there *p = drill_folder_add(&t->folder);
    struct session *s;
    struct json *j = NULL;
    struct err err = { .st = ST_OK };
    size_t n;

    p->form = catalog_form(cat, form, &err);
    assert_non_null(p->form);
    assert_int_equal(json_parse(&j, json, strlen(json), &err), ST_OK);
    s = session_new(p->form, NULL, NULL, 0, today);
    if (answers_json_in(s, j, &err) != ST_OK)
        fail_msg("%s", err_text(&err));
    session_finish(s, &p->answers);
    if (arrived)
        session_finish(s, &p->before);
    p->arrived = arrived;
    p->on = today;
    drill_play_log(t->p, &n);
    p->step = (int) n;
    if (arrived)
        drill_play_arrived(t->p, form, ID_NONE);
    else
        drill_play_filed(t->p, form, ID_NONE, drill_paper_minutes(p->form, &p->answers));
    session_free(&s);
    json_free(&j);
    return p;
}

static const struct drill_verdict *line(const struct table *t, const char *id)
{
    for (size_t i = 0; i < t->d->line_count; i++)
        if (str_eq(t->d->lines[i].id, id))
            return &t->score.lines[i];
    fail_msg("no line %s", id);
    return NULL;
}

static void judge(struct table *t)
{
    drill_judge(t->p, &t->folder, &t->score);
}

/* --- judging ---------------------------------------------------------------------------------------------------- */

static void a_line_points_at_the_step_that_decided_it(void **state)
{
    struct table t;

    (void) state;
    sit_down(&t);
    say(&t, "ask");
    say(&t, "bye");
    judge(&t);
    assert_true(line(&t, "asked")->yes);
    assert_int_equal(line(&t, "asked")->step, 0);
    assert_true(line(&t, "no_advice")->yes);
    assert_int_equal(line(&t, "no_advice")->step, -1);      /* from beginning to end */
    get_up(&t);

    sit_down(&t);
    say(&t, "tell");
    say(&t, "bye");
    judge(&t);
    assert_false(line(&t, "asked")->yes);
    assert_int_equal(line(&t, "asked")->step, 0);           /* where it could have been asked */
    assert_int_equal(line(&t, "no_advice")->step, 0);
    assert_int_equal(t.score.points, 0);                    /* two taken away, and never below nothing */
    assert_int_equal(t.score.best, 10);
    get_up(&t);
}

static void safety_steps_count_in_order_and_in_time(void **state)
{
    static const char concern[] = "{\"what_seen\": \"A bruise\"}";
    struct table t;

    (void) state;
    sit_down(&t);
    say(&t, "ask");
    say(&t, "safe");
    file(&t, "concern", concern, false);
    judge(&t);
    assert_int_equal(t.score.safety, SAFETY_KEPT);
    assert_true(t.score.steps_in_order);
    get_up(&t);

    sit_down(&t);                                           /* never asked: it points at where it could have been */
    say(&t, "ask");
    say(&t, "bye");
    judge(&t);
    assert_int_equal(t.score.safety, SAFETY_FAILED);
    assert_int_equal(line(&t, "asked_safe")->step, 1);
    get_up(&t);

    sit_down(&t);                                           /* the other way round */
    file(&t, "concern", concern, false);
    say(&t, "ask");
    say(&t, "safe");
    judge(&t);
    assert_true(t.score.steps[0].yes && t.score.steps[1].yes);
    assert_false(t.score.steps_in_order);
    assert_int_equal(t.score.safety, SAFETY_FAILED);
    get_up(&t);

    sit_down(&t);                                           /* too late: paperwork takes its time too */
    say(&t, "ask");
    for (int i = 0; i < 8; i++)
        file(&t, "conversation",
             "{\"own_words\": \"a\", \"good_week\": \"b\", \"people\": \"c\", \"strengths\": \"d\"}", false);
    say(&t, "safe");
    judge(&t);
    assert_false(t.score.steps[0].yes);
    assert_true(t.score.steps[0].step >= 0);
    assert_int_equal(t.score.safety, SAFETY_FAILED);
    get_up(&t);
}

/* One record, there from the beginning and filed again later: the answer counts from where the player gave it. */
static void an_answer_counts_from_the_form_that_gave_it(void **state)
{
    struct table t;
    struct drill_paper_there *came, *now;

    (void) state;
    sit_down(&t);
    file(&t, "person", "{\"given_name\": \"S\"}", true);
    say(&t, "ask");
    say(&t, "bye");
    now = file(&t, "person", "{\"given_name\": \"S\", \"safe_contact\": \"YES\", \"safe_when\": \"Mornings\"}", false);
    came = &t.folder.items[0];
    answers_release(&came->answers);
    answers_copy(&came->answers, &now->answers);            /* the one record, as it stands now */
    judge(&t);
    assert_true(line(&t, "safe_way")->yes);
    assert_int_equal(line(&t, "safe_way")->step, 3);
    get_up(&t);

    sit_down(&t);                                           /* never filed: what arrived says nothing of it */
    file(&t, "person", "{\"given_name\": \"S\"}", true);
    say(&t, "ask");
    judge(&t);
    assert_false(line(&t, "safe_way")->yes);
    get_up(&t);
}

static void guesses_and_heaps_of_paper_cost(void **state)
{
    struct table t;

    (void) state;
    sit_down(&t);                                           /* nobody spoke of boats */
    say(&t, "tell");
    file(&t, "conversation", "{\"own_words\": \"Likes boats\"}", false);
    judge(&t);
    assert_true(line(&t, "guessed")->yes);
    assert_int_equal(line(&t, "guessed")->step, 1);
    assert_false(line(&t, "too_many")->yes);
    get_up(&t);

    sit_down(&t);
    say(&t, "ask");
    for (int i = 0; i < 3; i++)
        file(&t, "conversation", "{\"own_words\": \"Likes boats\"}", false);
    judge(&t);
    assert_false(line(&t, "guessed")->yes);
    assert_true(line(&t, "too_many")->yes);
    assert_int_equal(line(&t, "too_many")->step, 3);
    get_up(&t);
}

static void what_arrived_is_not_what_was_written_down(void **state)
{
    struct table t;

    (void) state;
    sit_down(&t);
    file(&t, "referral", "{\"received_on\": \"2026-03-09\", \"referrer_words\": \"he likes boats\"}", true);
    say(&t, "ask");
    judge(&t);
    assert_true(t.score.heard & 1);
    assert_false(t.score.recorded & 1);
    file(&t, "referral",
         "{\"received_on\": \"2026-03-09\", \"referrer_words\": \"he likes boats\", \"urgency\": \"SOON\"}", false);
    judge(&t);
    assert_false(t.score.recorded & 1);                     /* still as it arrived */
    file(&t, "conversation", "{\"own_words\": \"Hoffai gael CŴCH bach\"}", false);
    judge(&t);
    assert_true(t.score.recorded & 1);                      /* Welsh, capitals and accents */
    get_up(&t);

    sit_down(&t);                                           /* written down, and nobody said it */
    file(&t, "conversation", "{\"own_words\": \"Loves boating; nothing about a steamboat\"}", false);
    say(&t, "tell");
    judge(&t);
    assert_false(t.score.heard & 1);
    assert_true(t.score.recorded & 1);
    get_up(&t);
}

static void a_word_is_evidence_from_its_beginning_only(void **state)
{
    struct table t;

    (void) state;
    sit_down(&t);
    file(&t, "conversation", "{\"own_words\": \"A steamboat, a lifeboat\"}", false);
    judge(&t);
    assert_false(t.score.recorded & 1);
    get_up(&t);
}

static void a_plan_is_judged_by_words_step_place_and_date(void **state)
{
    struct table t;
    struct drill_paper_there *c;

    (void) state;
    sit_down(&t);
    file(&t, "plan", "{\"goals\": [{\"goal\": \"Out on a boat\"}], \"review_on\": \"2026-03-20\","
                     "\"actions\": [{\"action\": \"Ring\", \"by_when\": \"2026-03-12\", \"confidence\": 6}]}", false);
    judge(&t);
    assert_true(t.score.plan_words);
    assert_false(t.score.plan_small_step);                  /* 6 is not sure enough */
    assert_true(t.score.plan_follow_up);
    assert_false(t.score.plan_asset);
    c = file(&t, "connection", "{\"kind\": \"REFERRED\", \"status\": \"SENT\"}", false);
    c->asset = 0;
    str_copy(c->status, sizeof c->status, "SENT");
    judge(&t);
    assert_true(t.score.plan_asset);
    assert_false(t.score.plan_wrong_asset);
    str_copy(c->status, sizeof c->status, "NOT_AVAILABLE");
    judge(&t);
    assert_false(t.score.plan_asset);                       /* it came to nothing */
    c->asset = 1;
    str_copy(c->status, sizeof c->status, "SENT");
    judge(&t);
    assert_true(t.score.plan_wrong_asset);
    get_up(&t);
}

static void a_form_can_bring_the_talk_back(void **state)
{
    struct table t;
    int order[DRILL_OFFERS_MAX];

    (void) state;
    sit_down(&t);
    say(&t, "ask");
    say(&t, "bye");
    assert_true(drill_play_ended(t.p));
    file(&t, "connection", "{\"kind\": \"SIGNPOSTED\", \"status\": \"AGREED\"}", false);
    assert_false(drill_play_ended(t.p));
    assert_int_equal(drill_play_offers(t.p, order), 1);
    say(&t, "sorry");
    file(&t, "connection", "{\"kind\": \"SIGNPOSTED\", \"status\": \"AGREED\"}", false);
    assert_true(drill_play_ended(t.p));                     /* once */
    judge(&t);
    get_up(&t);
}

/* --- what comes next -------------------------------------------------------------------------------------------- */

static void past_add(struct drill_pasts *p, const char *drill, struct date on, int percent,
                     enum drill_safety_state safety)
{
    struct drill_past *x = ARRAY_ADD(p->items, p->count, p->cap);

    str_copy(x->drill, sizeof x->drill, drill);
    x->on = on;
    x->percent = percent;
    x->safety = safety;
}

static void the_better_it_went_the_longer_until_it_comes_again(void **state)
{
    struct drill_pasts p = { NULL, 0, 0 };

    (void) state;
    assert_int_equal(drill_interval(&p, "a"), 0);
    past_add(&p, "a", today, 40, SAFETY_NONE);
    assert_int_equal(drill_interval(&p, "a"), 1);
    past_add(&p, "a", today, 70, SAFETY_NONE);
    assert_int_equal(drill_interval(&p, "a"), 3);
    past_add(&p, "a", today, 85, SAFETY_NONE);
    assert_int_equal(drill_interval(&p, "a"), 7);
    past_add(&p, "b", today, 10, SAFETY_NONE);
    past_add(&p, "a", today, 90, SAFETY_NONE);
    assert_int_equal(drill_interval(&p, "a"), 14);
    for (int i = 0; i < 9; i++)
        past_add(&p, "a", today, 90, SAFETY_NONE);
    assert_int_equal(drill_interval(&p, "a"), 183);
    past_add(&p, "a", today, 95, SAFETY_FAILED);
    assert_int_equal(drill_interval(&p, "a"), 1);
    free(p.items);
}

static void set_then_failed_then_due_then_new(void **state)
{
    struct drill a = { .id = (char *) (uintptr_t) "a", .level = 1 }, b = { .id = (char *) (uintptr_t) "b",
                                                                           .level = 2 },
                 c = { .id = (char *) (uintptr_t) "c", .level = 1 };
    const struct drill *all[] = { &a, &b, &c };
    struct drill_pasts p = { NULL, 0, 0 };
    struct records set = { NULL, 0, 0 };
    struct drill_proposal next;
    struct record row;
    struct buf why = BUF_INIT;

    (void) state;
    drill_propose(all, 3, &p, &set, today, &next);
    assert_ptr_equal(next.d, &a);
    assert_int_equal(next.why, WHY_NEW);
    past_add(&p, "a", date_add_days(today, -10), 70, SAFETY_NONE);
    past_add(&p, "b", date_add_days(today, -2), 90, SAFETY_FAILED);
    drill_propose(all, 3, &p, &set, today, &next);
    assert_ptr_equal(next.d, &b);                           /* failed safety before what is due longer */
    assert_int_equal(next.why, WHY_SAFETY);
    past_add(&p, "b", today, 90, SAFETY_KEPT);
    drill_propose(all, 3, &p, &set, today, &next);
    assert_ptr_equal(next.d, &a);
    assert_int_equal(next.why, WHY_DUE);
    past_add(&p, "a", today, 90, SAFETY_NONE);
    drill_propose(all, 3, &p, &set, today, &next);
    assert_ptr_equal(next.d, &c);
    past_add(&p, "c", today, 90, SAFETY_NONE);
    drill_propose(all, 3, &p, &set, today, &next);
    assert_int_equal(next.why, WHY_LATER);
    drill_why_text(&next, today, &why);
    assert_non_null(strstr(buf_text(&why), "in 7 days"));
    record_init(&row, T_DRILL);
    record_set(&row, DRILL_drill, "c");
    *ARRAY_ADD(set.items, set.count, set.cap) = row;
    drill_propose(all, 3, &p, &set, today, &next);
    assert_ptr_equal(next.d, &c);
    assert_int_equal(next.why, WHY_SET);
    records_release(&set);
    buf_release(&why);
    free(p.items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_points_at_the_step_that_decided_it),
        cmocka_unit_test(safety_steps_count_in_order_and_in_time),
        cmocka_unit_test(an_answer_counts_from_the_form_that_gave_it),
        cmocka_unit_test(guesses_and_heaps_of_paper_cost),
        cmocka_unit_test(what_arrived_is_not_what_was_written_down),
        cmocka_unit_test(a_word_is_evidence_from_its_beginning_only),
        cmocka_unit_test(a_plan_is_judged_by_words_step_place_and_date),
        cmocka_unit_test(a_form_can_bring_the_talk_back),
        cmocka_unit_test(the_better_it_went_the_longer_until_it_comes_again),
        cmocka_unit_test(set_then_failed_then_due_then_new),
    };

    return cmocka_run_group_tests(tests, open_catalog, close_catalog);
}
