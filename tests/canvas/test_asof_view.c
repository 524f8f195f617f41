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
        assert_shows(w, "Nia");
        assert_hides(w, "Newydd");
        assert_hides(w, "9888");
    }
    assert_shows(w, "Pritchard");
    assert_shows(w, "Sing again");
    assert_int_equal(keys(w, "e"), ACT_EDIT);
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_NONE);      /* nothing to edit */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_day_stands_at_the_top, world_open, world_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
