/* Minutes on forms: the author's own and nobody else's, no record, nothing that goes anywhere. */
#include "fixture.h"

#include "dolen/store/carry.h"
#include "dolen/store/paperwork.h"

static const struct date MON = { 2026, 3, 9 };

static struct paperwork_row on(struct date day, const char *form, long seconds, long filed, long made)
{
    struct paperwork_row r = { .day = day, .seconds = seconds, .filed = filed, .made = made };

    str_copy(r.form, sizeof r.form, form);
    return r;
}

static void add(struct fixture *f, struct paperwork_row r)
{
    assert_ok(store_paperwork_add(f->store, &r, &err_));
}

static size_t count(struct fixture *f)
{
    struct paperwork_row *rows;
    size_t n;

    assert_ok(store_paperwork(f->store, (struct date) { 0, 0, 0 }, &rows, &n, &err_));
    free(rows);
    return n;
}

static void one_row_a_day_and_form(void **state)
{
    struct fixture *f = *state;
    struct paperwork_row *rows;
    size_t n;

    add(f, on(MON, "contact", 40, 0, 0));
    add(f, on(MON, "contact", 20, 1, 1));
    add(f, on(MON, "plan", 7, 0, 0));
    add(f, on(date_add_days(MON, 1), "contact", 5, 1, 0));
    fixture_reopen(f, false);
    assert_ok(store_paperwork(f->store, MON, &rows, &n, &err_));
    assert_int_equal(n, 3);
    assert_string_equal(rows[0].form, "contact");
    assert_int_equal(rows[0].seconds, 60);
    assert_int_equal(rows[0].filed, 1);
    assert_int_equal(rows[0].made, 1);
    assert_int_equal(rows[2].seconds, 5);
    free(rows);
    assert_ok(store_paperwork(f->store, date_add_days(MON, 1), &rows, &n, &err_));
    assert_int_equal(n, 1);
    free(rows);
}

static void each_practitioner_sees_and_forgets_their_own(void **state)
{
    struct fixture *f = *state;
    size_t n;

    add(f, on(MON, "contact", 40, 0, 0));
    store_author(f->store, id_new());
    assert_int_equal(count(f), 0);
    add(f, on(MON, "contact", 99, 0, 0));
    assert_ok(store_paperwork_forget(f->store, &n, &err_));
    assert_int_equal(n, 1);
    assert_int_equal(count(f), 0);
    store_author(f->store, f->author);
    assert_int_equal(count(f), 1);
    assert_ok(store_paperwork_forget(f->store, &n, &err_));
    assert_int_equal(count(f), 0);
    assert_ok(store_paperwork_forget(f->store, &n, &err_));
    assert_int_equal(n, 0);
}

static void a_key_that_is_nobodys_has_none(void **state)
{
    struct fixture *f = *state;
    struct paperwork_row r = on(MON, "contact", 40, 0, 0);

    store_author(f->store, ID_NONE);
    assert_int_equal(store_paperwork_add(f->store, &r, &err_), ST_REFUSED);
    assert_int_equal(count(f), 0);
}

/* A save that it goes along with is not held up by it, and it goes when that save does. */
static void it_goes_with_the_step_it_is_in(void **state)
{
    struct fixture *f = *state;

    assert_ok(store_begin(f->store, &err_));
    add(f, on(MON, "contact", 40, 0, 0));
    store_rollback(f->store);
    assert_int_equal(count(f), 0);
    assert_ok(store_begin(f->store, &err_));
    add(f, on(MON, "contact", 40, 0, 0));
    assert_ok(store_commit(f->store, &err_));
    assert_int_equal(count(f), 1);
}

static void what_is_older_than_a_year_goes(void **state)
{
    struct fixture *f = *state;

    add(f, on(date_add_days(MON, -PAPERWORK_DAYS - 1), "contact", 40, 0, 0));
    add(f, on(date_add_days(MON, -PAPERWORK_DAYS), "contact", 40, 0, 0));
    add(f, on(MON, "contact", 40, 0, 0));
    assert_int_equal(count(f), 2);
}

/* What goes to another laptop, as it goes. */
static void carried(struct fixture *f, struct id person, struct buf *out)
{
    struct json *j = NULL;

    assert_ok(store_carry_out(f->store, &person, 1, &j, &err_));
    json_write(out, j);
    json_free(&j);
}

/* No table of records: so no history, no undo, no export, no list; and nothing that another laptop gets differs by it. */
static void it_is_no_record_and_goes_nowhere(void **state)
{
    struct fixture *f = *state;
    struct record person;
    struct buf before = BUF_INIT, after = BUF_INIT;
    enum table_id t, what;
    struct id id;
    int64_t version;

    assert_false(table_by_name("paperwork", &t));
    record_init(&person, T_PERSON);
    record_set(&person, PERSON_given_name, "Maureen");
    assert_ok(store_put(f->store, &person, NULL, &err_));
    fixture_reopen(f, false);
    carried(f, person.id, &before);
    version = store_version(f->store);
    add(f, on(MON, "contact", 48611, 77, 33));
    assert_int_equal(store_version(f->store), version);
    assert_int_equal(store_undo(f->store, &what, &id, &err_), ST_NOTFOUND);
    carried(f, person.id, &after);
    assert_string_equal(buf_text(&before), buf_text(&after));
    assert_ok(store_forget(f->store, person.id, &err_));
    assert_int_equal(count(f), 1);
    assert_ok(store_verify(f->store, &err_));
    buf_release(&before);
    buf_release(&after);
    record_release(&person);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_row_a_day_and_form, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(each_practitioner_sees_and_forgets_their_own, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_key_that_is_nobodys_has_none, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(it_goes_with_the_step_it_is_in, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_is_older_than_a_year_goes, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(it_is_no_record_and_goes_nowhere, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
