/* As it was on a day: the line at the top, what stood then, and nothing that is covered. */
#include "person_world.h"

#include "dolen/base/banned.h"

static void the_day_stands_at_the_top(void **state)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };
    const struct date first = { 2026, 3, 1 }, second = { 2026, 3, 8 };
    struct world *w = *state;

    clock_freeze(first);
    add_case(w);
    put(w, T_GOAL, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "goal", "Sing again", NULL);
    clock_freeze(second);
    change(w, T_PERSON, w->person, PERSON_family_name, "Newydd");
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, first));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_clean(w);
        assert_shows(w, "As it was on 1 Mar 2026");
        assert_shows(w, "1 Mar 2026: as");
        assert_shows(w, "Nia");
        assert_hides(w, "Newydd");
        assert_hides(w, "9888");
    }
    assert_shows(w, "Pritchard");
    assert_shows(w, "Sing again");
}

/* A key that would change the record of today does nothing to it from here, and says so. */
static void nothing_is_changed_from_a_page_of_the_past(void **state)
{
    static const char *const refused[] = { "e", "a", "d", "u", ".", "c", "w", "D" };
    struct world *w = *state;

    clock_freeze((struct date) { 2026, 3, 1 });
    add_case(w);
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, (struct date) { 2026, 3, 1 }));
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        show_at(w, 24, 80);
        assert_int_equal(keys(w, refused[i]), 0);
    }
    keys(w, "e");
    assert_shows(w, "nothing is changed here");
    assert_int_equal(keys(w, "@"), ACT_AS_OF);                          /* another day */
    assert_int_equal(keys(w, "t"), ACT_TODAY);
}

static void a_birth_is_as_close_as_it_was_known(void **state)
{
    struct world *w = *state;

    clock_freeze((struct date) { 2026, 3, 1 });
    add_case(w);
    change(w, T_PERSON, w->person, PERSON_birth_date, "1950-07-01");
    change(w, T_PERSON, w->person, PERSON_birth_precision, "YEAR");
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, (struct date) { 2026, 3, 1 }));
    show_at(w, 24, 80);
    assert_shows(w, "Date of birth: 1950");
    assert_hides(w, "1 Jul 1950");
    change(w, T_PERSON, w->person, PERSON_birth_date, "1950-03-12");
    change(w, T_PERSON, w->person, PERSON_birth_precision, "ABOUT");
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, (struct date) { 2026, 3, 1 }));
    show_at(w, 24, 80);
    assert_shows(w, "Date of birth: about 12 Mar 1950");
}

/* What was joined to another record had nothing of its own then: it is not shown as if nothing had been written. */
static void a_record_that_lay_elsewhere_says_so(void **state)
{
    struct world *w = *state;
    struct id other, merge;
    struct json *told = NULL;

    clock_freeze((struct date) { 2026, 3, 1 });
    add_case(w);
    other = put(w, T_PERSON, "given_name", "Nansi", "family_name", "Pritchard", NULL);
    assert_ok(store_merge(w->store, other, w->person, &merge, &told, &err_));
    json_free(&told);
    clock_freeze((struct date) { 2026, 4, 1 });
    assert_ok(store_unmerge(w->store, merge, NULL, &err_));
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, (struct date) { 2026, 3, 8 }));
    show_at(w, 24, 80);
    assert_shows(w, "was joined to another record");
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, (struct date) { 2026, 4, 1 }));
    show_at(w, 24, 80);
    assert_hides(w, "was joined to another record");
}

static void a_day_before_the_record_says_which_day_to_give(void **state)
{
    struct world *w = *state;

    clock_freeze((struct date) { 2026, 3, 1 });
    add_case(w);
    screen_push(w->ui.screen, as_of_view_new(&w->ui, w->person, (struct date) { 2020, 3, 1 }));
    show_at(w, 24, 80);
    assert_shows(w, "It was not there yet on 1 Mar 2020.");
    assert_shows(w, "Give 1 Mar 2026 or a");
    assert_shows(w, "@ Another day");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_day_stands_at_the_top, world_open, world_close),
        cmocka_unit_test_setup_teardown(nothing_is_changed_from_a_page_of_the_past, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_birth_is_as_close_as_it_was_known, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_record_that_lay_elsewhere_says_so, world_open, world_close),
        cmocka_unit_test_setup_teardown(a_day_before_the_record_says_which_day_to_give, world_open, world_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
