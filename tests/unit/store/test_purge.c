/* The bin after its 30 days: what goes, what stays, never a day too early, and the history still holds. */
#include "fixture.h"

#include "dolen/base/date.h"
#include "dolen/store/past.h"

#include "dolen/base/banned.h"

static const struct date day_0 = { 2026, 3, 1 };

static void on_day(int n)
{
    clock_freeze(date_add_days(day_0, n));
}

static bool is_there(struct store *s, enum table_id t, struct id id)
{
    struct record r = { .text = NULL };
    bool there = store_get(s, t, id, &r, NULL) == ST_OK;

    record_release(&r);
    return there;
}

static struct purged purge(struct store *s)
{
    struct purged done;

    assert_ok(store_purge(s, clock_now(), true, &done, &err_));
    return done;
}

static void not_before_the_thirtieth_day_has_passed(void **state)
{
    struct fixture *f = *state;
    struct id person, contact;

    on_day(0);
    person = person_add(f->store, "Nia", "Prawf");
    contact = row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "Quokka");
    assert_ok(store_bin(f->store, T_CONTACT, contact, "twice", &err_));
    for (int day = 0; day <= 30; day++) {
        on_day(day);
        assert_int_equal(purge(f->store).gone, 0);
        assert_true(is_there(f->store, T_CONTACT, contact));
        assert_int_equal(bin_days_left(clock_now() - day * 86400, clock_now()), 30 - day);
    }
    on_day(31);
    assert_int_equal(purge(f->store).gone, 1);
    assert_false(is_there(f->store, T_CONTACT, contact));
    assert_true(is_there(f->store, T_PERSON, person));
    assert_int_equal(purge(f->store).gone, 0);
}

static void the_chain_holds_without_the_words(void **state)
{
    struct fixture *f = *state;
    struct id person, contact;
    struct change_row rows[8];
    int n = 0;

    on_day(0);
    person = person_add(f->store, "Nia", "Prawf");
    contact = row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "Quokka");
    assert_ok(store_bin(f->store, T_CONTACT, contact, "twice", &err_));
    on_day(40);
    assert_int_equal(purge(f->store).gone, 1);
    assert_ok(store_verify_history(f->store, &err_));
    assert_int_equal(ask(f->store, "SELECT count(*) FROM change WHERE body LIKE '%Quokka%'"), 0);
    assert_ok(store_changes(f->store, contact, 0, 8, rows, &n, &err_));
    assert_int_equal(n, 3);
    assert_string_equal(rows[0].why, "purged");
    assert_null(rows[1].body);
    for (int i = 0; i < n; i++)
        change_row_release(&rows[i]);
    fixture_reopen(f, false);
    assert_ok(store_verify(f->store, &err_));
}

static void what_belongs_to_it_goes_along_and_what_names_it_lets_go(void **state)
{
    struct fixture *f = *state;
    struct id person, episode, goal, rating, action;

    on_day(0);
    person = person_add(f->store, "Nia", "Prawf");
    episode = row_add(f->store, T_EPISODE, "person", person, EPISODE_opened_on, "2026-02-01");
    goal = row_add(f->store, T_GOAL, "episode", episode, GOAL_goal, "Quokka");
    rating = row_add(f->store, T_RATING, "goal", goal, RATING_rating, "3");
    action = row_add(f->store, T_ACTION, "goal", goal, ACTION_action, "Ring them");
    assert_ok(store_bin(f->store, T_GOAL, goal, "not hers", &err_));
    on_day(31);
    assert_int_equal(purge(f->store).gone, 1);
    assert_false(is_there(f->store, T_RATING, rating));
    assert_column(f->store, T_ACTION, action, ACTION_goal, NULL);
    assert_ok(store_verify(f->store, &err_));
}

static void what_is_needed_stays(void **state)
{
    struct fixture *f = *state;
    struct id person, referral, asset, connection;
    struct purged done;

    on_day(0);
    person = person_add(f->store, "Nia", "Prawf");
    referral = row_add(f->store, T_REFERRAL, "person", person, REFERRAL_decision, "ACCEPTED");
    row_add(f->store, T_EPISODE, "referral", referral, EPISODE_opened_on, "2026-02-01");
    connection = row_add(f->store, T_CONNECTION, "person", person, CONNECTION_note, "singing");
    asset = row_add(f->store, T_ASSET, "id", ID_NONE, ASSET_name_en, "Choir");
    {
        struct record c = { .text = NULL };

        assert_ok(store_get(f->store, T_CONNECTION, connection, &c, &err_));
        record_set_id(&c, CONNECTION_asset, asset);
        assert_ok(store_put(f->store, &c, NULL, &err_));
        record_release(&c);
    }
    assert_ok(store_bin(f->store, T_REFERRAL, referral, "twice", &err_));
    assert_ok(store_bin(f->store, T_ASSET, asset, "closed", &err_));
    on_day(31);
    done = purge(f->store);
    assert_int_equal(done.gone, 0);
    assert_int_equal(done.held, 2);
    assert_true(is_there(f->store, T_ASSET, asset));
}

static void a_person_goes_with_everything_but_not_while_support_is_open_or_held(void **state)
{
    struct fixture *f = *state;
    struct id person, episode, contact;
    struct record r = { .text = NULL };

    on_day(0);
    person = person_add(f->store, "Quokka", "Prawf");
    episode = row_add(f->store, T_EPISODE, "person", person, EPISODE_opened_on, "2026-02-01");
    contact = row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "Quokka");
    assert_ok(store_bin(f->store, T_PERSON, person, "not ours", &err_));
    on_day(31);
    assert_int_equal(purge(f->store).held, 1);
    assert_ok(store_get(f->store, T_EPISODE, episode, &r, &err_));
    record_set(&r, EPISODE_closed_on, "2026-03-02");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_release(&r);
    assert_ok(store_hold(f->store, person, "a complaint", &err_));
    assert_int_equal(purge(f->store).held, 1);
    assert_ok(store_hold(f->store, person, NULL, &err_));
    assert_int_equal(purge(f->store).gone, 1);
    assert_false(is_there(f->store, T_CONTACT, contact));
    assert_int_equal(ask(f->store, "SELECT count(*) FROM change WHERE body LIKE '%Quokka%'"), 0);
    on_day(90);
    assert_int_equal(purge(f->store).gone, 0);          /* its place is not emptied again and again */
    assert_ok(store_verify(f->store, &err_));
}

static void a_hold_that_cannot_be_read_holds(void **state)
{
    struct fixture *f = *state;
    struct id person;

    on_day(0);
    person = person_add(f->store, "Quokka", "Prawf");
    row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "Quokka");
    assert_ok(store_hold(f->store, person, "a complaint", &err_));
    assert_ok(db_exec(f->store->db, "ALTER TABLE setting RENAME TO out_of_reach", &err_));
    assert_int_not_equal(store_forget(f->store, person, &err_), ST_OK);
    assert_true(is_there(f->store, T_PERSON, person));
    assert_ok(db_exec(f->store->db, "ALTER TABLE out_of_reach RENAME TO setting", &err_));
    assert_int_equal(store_forget(f->store, person, &err_), ST_REFUSED);
}

static void a_joined_record_is_not_in_the_bin(void **state)
{
    struct fixture *f = *state;
    struct id keep, other, merge;

    on_day(0);
    keep = person_add(f->store, "Nia", "Prawf");
    other = person_add(f->store, "Nia", "Profwr");
    assert_ok(store_merge(f->store, keep, other, &merge, NULL, &err_));
    on_day(60);
    assert_int_equal(purge(f->store).gone, 0);
    assert_true(is_there(f->store, T_PERSON, other));
    assert_ok(store_unmerge(f->store, merge, NULL, &err_));
}

#define T(t) cmocka_unit_test_setup_teardown(t, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(not_before_the_thirtieth_day_has_passed), T(the_chain_holds_without_the_words),
        T(a_hold_that_cannot_be_read_holds),
        T(what_belongs_to_it_goes_along_and_what_names_it_lets_go), T(what_is_needed_stays),
        T(a_person_goes_with_everything_but_not_while_support_is_open_or_held), T(a_joined_record_is_not_in_the_bin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
