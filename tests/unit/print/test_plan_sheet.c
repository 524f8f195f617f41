/* The plan for the person: what stands on it, and above all what never does. */
#include "paper_world.h"

static void plan_has_goals_actions_places_and_the_next_date(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    char *s = plan_of(f, &w, LANG_EN);

    assert_in(s, "My plan: Lys Prŵs");
    assert_in(s, "1. To sing with others again");
    assert_in(s, "- Ring the choir together");
    assert_in(s, "By: Tuesday 10 March 2026");
    assert_in(s, "Sing by the river");
    assert_in(s, "When: Thursday at two");
    assert_in(s, "We talk again on: Thursday 9 April 2026");
    assert_safe(s);
    free(s);
}

/* A follow-up that is late says nothing to the person of when they will be seen. */
static void plan_calls_no_day_gone_by_the_next_time(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    struct plan_sheet ask = { .person = w.person, .episode = w.episode, .lang = LANG_EN };
    static const struct { struct date today; bool shown; } days[] = {
        { { 2026, 4, 9 }, true }, { { 2026, 4, 10 }, false },
    };

    for (size_t i = 0; i < ARRAY_LEN(days); i++) {
        struct document *d = NULL;
        char *s;

        ask.today = days[i].today;
        assert_ok(plan_sheet_make(&d, f->store, &ask, &err_));
        s = all_of(d);
        (days[i].shown ? assert_in : assert_not_in)(s, "We talk again on: Thursday 9 April 2026");
        document_free(&d);
        free(s);
    }
}

static void plan_in_welsh_has_welsh_names(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    char *s = plan_of(f, &w, LANG_CY);

    assert_in(s, "lang=\"cy\"");
    assert_in(s, "Canu ger yr afon");
    assert_not_in(s, "Sing by the river");
    assert_int_equal(lang_now(), LANG_EN);
    free(s);
}

static void plan_of_a_protected_person_names_no_place_and_no_date_to_meet(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, true, "ACCEPTED");
    char *s = plan_of(f, &w, LANG_EN);

    assert_in(s, "1. To sing with others again");
    assert_not_in(s, "Sing by the river");
    assert_not_in(s, "Thursday");
    assert_not_in(s, "9 April");
    assert_safe(s);
    free(s);
}

static void plan_leaves_out_what_was_dropped_and_keeps_what_lost_its_goal(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    struct id other = add_goal(f, &w, 2, "To swim");
    char *s;

    add_action(f, &w, w.goal, "Buy a red hat", "DROPPED");
    add_action(f, &w, other, "Find the pool", "OPEN");
    add_action(f, &w, w.goal, "Ask for a lift", "DONE");
    assert_ok(store_bin(f->store, T_GOAL, other, "test", &err_));
    s = plan_of(f, &w, LANG_EN);
    assert_not_in(s, "red hat");
    assert_not_in(s, "To swim");
    assert_in(s, "- Find the pool");
    assert_in(s, "This is done.");
    free(s);
}

static void plan_of_somebody_without_one_says_so(void **state)
{
    struct fixture *f = *state;
    struct world w = { .person = add_person(f, false) };
    char *s = plan_of(f, &w, LANG_EN);

    assert_in(s, "There is no plan yet.");
    free(s);
}

static void long_plan_is_whole(void **state)
{
    struct fixture *f = *state;
    struct world w = make(f, false, "ACCEPTED");
    char words[32], *s;

    for (int i = 2; i <= 40; i++) {
        snprintf(words, sizeof words, "Goal number %d", i);
        add_action(f, &w, add_goal(f, &w, i, words), "One step", "OPEN");
    }
    s = plan_of(f, &w, LANG_EN);
    assert_in(s, "40. Goal number 40");
    free(s);
}

static void language_is_the_one_the_person_reads(void **state)
{
    static const struct { const char *writes, *speaks; enum lang want; } cases[] = {
        { "CY", "EN", LANG_CY }, { "EN", "CY", LANG_EN }, { NULL, "CY", LANG_CY }, { "BOTH", NULL, LANG_EN },
        { NULL, NULL, LANG_EN },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct record r;
        struct id person;

        record_init(&r, T_PERSON);
        record_set(&r, PERSON_given_name, "Eirlys");
        record_set(&r, PERSON_write_language, cases[i].writes);
        record_set(&r, PERSON_speak_language, cases[i].speaks);
        person = put(f, &r);
        assert_int_equal(person_reads(f->store, person, LANG_EN), cases[i].want);
    }
}

#define on_a_store(t) cmocka_unit_test_setup_teardown(t, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        on_a_store(plan_has_goals_actions_places_and_the_next_date),
        on_a_store(plan_calls_no_day_gone_by_the_next_time),
        on_a_store(plan_in_welsh_has_welsh_names),
        on_a_store(plan_of_a_protected_person_names_no_place_and_no_date_to_meet),
        on_a_store(plan_leaves_out_what_was_dropped_and_keeps_what_lost_its_goal),
        on_a_store(plan_of_somebody_without_one_says_so),
        on_a_store(long_plan_is_whole),
        on_a_store(language_is_the_one_the_person_reads),
    };

    lang_start();
    lang_set(LANG_EN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
