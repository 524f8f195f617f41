/* As it was: rebuilt from the history alone, day by day, the bin and a merge included. */
#include "fixture.h"

#include "dolen/base/date.h"
#include "dolen/store/past.h"

#include "dolen/base/banned.h"

static const struct date first = { 2026, 3, 1 }, second = { 2026, 3, 10 }, third = { 2026, 3, 20 };

static void set(struct store *s, enum table_id t, struct id id, int column, const char *value)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(s, t, id, &r, &err_));
    record_set(&r, column, value);
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

static void assert_was(struct store *s, enum table_id t, struct id id, struct date on, int column, const char *expected)
{
    struct record r = { .text = NULL };

    assert_ok(store_as_of(s, t, id, on, &r, NULL, &err_));
    if (!str_eq(record_text(&r, column), expected))
        fail_msg("%s was %s", table_column_name(t, column), record_or(&r, column, "(none)"));
    record_release(&r);
}

static void each_day_shows_what_stood_then(void **state)
{
    struct fixture *f = *state;
    struct record r = { .text = NULL };
    struct id id;

    clock_freeze(first);
    id = person_add(f->store, "Mair", "Jones");
    clock_freeze(second);
    set(f->store, T_PERSON, id, PERSON_family_name, "Pugh");
    assert_ok(store_note(f->store, "person", id, "revealed: phone", &err_));
    clock_freeze(third);
    set(f->store, T_PERSON, id, PERSON_family_name, NULL);
    assert_was(f->store, T_PERSON, id, first, PERSON_family_name, "Jones");
    assert_was(f->store, T_PERSON, id, second, PERSON_family_name, "Pugh");
    assert_was(f->store, T_PERSON, id, date_add_days(third, -1), PERSON_family_name, "Pugh");
    assert_was(f->store, T_PERSON, id, third, PERSON_family_name, NULL);
    assert_was(f->store, T_PERSON, id, third, PERSON_given_name, "Mair");
    assert_int_equal(store_as_of(f->store, T_PERSON, id, date_add_days(first, -1), &r, NULL, NULL), ST_NOTFOUND);
    record_release(&r);
}

static void what_lies_in_the_bin_now_stands_where_it_stood(void **state)
{
    struct fixture *f = *state;
    struct records found;
    struct id person, episode, goal;

    clock_freeze(first);
    person = person_add(f->store, "Mair", "Jones");
    episode = row_add(f->store, T_EPISODE, "person", person, EPISODE_opened_on, "2026-03-01");
    goal = row_add(f->store, T_GOAL, "episode", episode, GOAL_goal, "Sing");
    clock_freeze(second);
    assert_ok(store_bin(f->store, T_GOAL, goal, "another one", &err_));
    assert_ok(store_as_of_list(f->store, T_GOAL, "episode", episode, first, &found, &err_));
    assert_int_equal(found.count, 1);
    assert_string_equal(record_text(&found.items[0], GOAL_goal), "Sing");
    records_release(&found);
    assert_ok(store_as_of_list(f->store, T_GOAL, "episode", episode, second, &found, &err_));
    assert_int_equal(found.count, 0);
    records_release(&found);
}

static void a_merge_does_not_reach_back(void **state)
{
    struct fixture *f = *state;
    struct records found;
    struct id keep, other, merge;

    clock_freeze(first);
    keep = person_add(f->store, "Mair", "Jones");
    other = person_add(f->store, "Gwen", "Rees");
    row_add(f->store, T_EPISODE, "person", other, EPISODE_opened_on, "2026-03-01");
    clock_freeze(second);
    assert_ok(store_merge(f->store, keep, other, &merge, NULL, &err_));
    assert_ok(store_as_of_list(f->store, T_EPISODE, "person", keep, first, &found, &err_));
    assert_int_equal(found.count, 0);
    records_release(&found);
    assert_ok(store_as_of_list(f->store, T_EPISODE, "person", keep, second, &found, &err_));
    assert_int_equal(found.count, 1);
    records_release(&found);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        T(each_day_shows_what_stood_then), T(what_lies_in_the_bin_now_stands_where_it_stood), T(a_merge_does_not_reach_back),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
