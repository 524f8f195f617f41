/* The log of supervision: the list at three sizes, what Enter and a stand on, and the reminder in Today. */
#include "person_world.h"

#include "dolen/base/banned.h"

static void an_empty_log_says_what_belongs_in_it(void **state)
{
    struct world *w = *state;

    screen_push(w->ui.screen, supervision_view_new(&w->ui));
    show(w);
    assert_shows(w, "Supervision (0)");
    assert_shows(w, "No supervision written down yet.");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_NONE);
}

static void the_newest_is_first_with_its_topics(void **state)
{
    static const int sizes[][2] = { { 12, 40 }, { 60, 200 }, { 24, 80 } };
    struct world *w = *state;
    struct id newest;

    put(w, T_SUPERVISION, "held_on", "2026-01-12", "with_whom", "The peer group", NULL);
    newest = put(w, T_SUPERVISION, "held_on", "2026-02-09", "with_whom", "Bethan Rees", "topics", "CASELOAD WELLBEING",
                 "minutes", "60", "next_on", "2026-03-09", NULL);
    screen_push(w->ui.screen, supervision_view_new(&w->ui));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_clean(w);
        assert_on_mark(w);
        assert_shows(w, "Last supervision:");
        assert_shows(w, "Caseload and workload");
    }
    assert_shows(w, "Bethan Rees");
    assert_shows(w, "60 minutes");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_SUPERVISION);
    assert_true(id_eq(screen_focus(w->ui.screen).subject, newest));
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);
    assert_int_equal(keys(w, "a"), ACT_ADD);
}

static void today_says_how_long_ago_the_last_one_was(void **state)
{
    struct world *w = *state;
    struct id log = put(w, T_SUPERVISION, "held_on", date_iso(date_add_days(w->ui.today, -31)).s, NULL);
    struct focus f;

    assert_ok(store_task_add(w->store, "SUPERVISION_DUE", date_add_days(w->ui.today, -3), ID_NONE, ID_NONE, log, NULL, &err_));
    screen_push(w->ui.screen, today_view_new(&w->ui));
    show_at(w, 24, 80);
    assert_shows(w, "supervision due 3 days ago: last one 31 days ago");
    f = screen_focus(w->ui.screen);
    assert_int_equal(f.kind, FOCUS_TASK);
    assert_string_equal(f.question, "SUPERVISION_DUE");
    assert_ok(store_bin(w->store, T_SUPERVISION, log, "twice", &err_));
    screen_changed(w->ui.screen, ~0u);
    show_at(w, 24, 80);
    assert_hides(w, "supervision due");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(an_empty_log_says_what_belongs_in_it), T(the_newest_is_first_with_its_topics),
        T(today_says_how_long_ago_the_last_one_was),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
