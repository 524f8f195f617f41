/* Extracts that count by date, month and quarter: unmet need, what the directory holds, reports of something serious. */
#include "extract_world.h"

#include <time.h>

#include "dolen/base/banned.h"

static void gaps_about_nobody_go_by_their_date(void **state)
{
    struct fixture *f = *state;
    struct record r;

    for (int i = 0; i < 2; i++) {
        record_init(&r, T_GAP);
        set(&r, "needed", "a lift");
        set(&r, "category", "TRANSPORT");
        set(&r, "noted_on", i ? "2026-05-01" : "2025-05-01");
        put(f->store, &r);
    }
    assert_int_equal(rows_of(f->store, EXTRACT_UNMET_NEED), 1);
}

static void capacity_is_counted_by_month(void **state)
{
    struct fixture *f = *state;
    struct extract *x = NULL;
    struct record r;
    bool row = false;
    int n = 0;

    clock_freeze((struct date) { 2026, 6, 15 });
    for (int i = 0; i < 2; i++) {
        record_init(&r, T_ASSET);
        set(&r, "name_en", "Choir");
        set(&r, "category", "ARTS");
        set(&r, "local_authority", "W06000011");
        set(&r, "verified_on", "2026-04-20");
        set(&r, "takes_a_month", i ? NULL : "4");
        set(&r, "full_until", i ? "2026-07-31" : NULL);
        put(f->store, &r);
    }
    assert_ok(extract_open(&x, f->store, EXTRACT_CAPACITY, from, until, &err_));
    while (extract_next(x, &row, &err_) == ST_OK && row) {
        assert_string_equal(value(x, "derive.assets_listed"), "2");
        assert_string_equal(value(x, "derive.places_a_month"), "4");
        assert_string_equal(value(x, "derive.assets_full"), n == 2 ? "1" : "0");
        assert_string_equal(value(x, "derive.capacity_month"), n == 0 ? "2026-04" : n == 1 ? "2026-05" : "2026-06");
        n++;
    }
    assert_int_equal(n, 3);
    extract_close(&x);
}

static void written_at(struct fixture *f, struct date day, int minutes)
{
    char *sql = xasprintf("UPDATE asset SET created_at = %lld, updated_at = %lld", date_days(day) * 86400LL + minutes * 60,
                          date_days(day) * 86400LL + minutes * 60);

    assert_ok(db_exec(f->store->db, sql, &err_));
    free(sql);
    sql = xasprintf("UPDATE connection SET created_at = %lld", date_days(day) * 86400LL + minutes * 60);
    assert_ok(db_exec(f->store->db, sql, &err_));
    free(sql);
}

/* The first month in which the entry is listed, and the first in which it is full. */
static void assert_listed_from(struct fixture *f, const char *month)
{
    struct extract *x = NULL;
    bool row = false;

    assert_ok(extract_open(&x, f->store, EXTRACT_CAPACITY, (struct date) { 2026, 3, 1 }, (struct date) { 2026, 12, 31 }, &err_));
    assert_ok(extract_next(x, &row, &err_));
    assert_true(row);
    assert_string_equal(value(x, "derive.capacity_month"), month);
    assert_string_equal(value(x, "derive.assets_full"), "1");
    extract_close(&x);
}

/* Half past midnight in Wales is still the day before in UTC while summer time lasts, and not in winter. */
static void a_month_begins_when_it_does_here(void **state)
{
    struct fixture *f = *state;
    struct asset_row seen = { .sent_this_month = -1 };
    struct record r;
    struct id asset;

    setenv("TZ", "Europe/London", 1);
    tzset();
    clock_freeze((struct date) { 2026, 6, 15 });
    record_init(&r, T_ASSET);
    set(&r, "name_en", "Choir");
    set(&r, "category", "ARTS");
    set(&r, "full_until", "2026-12-31");
    asset = put(f->store, &r);
    record_init(&r, T_CONNECTION);
    set(&r, "kind", "REFERRED");
    set(&r, "status", "SENT");
    record_set_id(&r, CONNECTION_asset, asset);
    put(f->store, &r);

    written_at(f, (struct date) { 2026, 5, 31 }, 23 * 60 + 30);     /* 1 June, 00:30 */
    assert_listed_from(f, "2026-06");
    assert_ok(asset_row_get(f->store, asset, &seen, &err_));
    assert_int_equal(seen.sent_this_month, 1);
    written_at(f, (struct date) { 2026, 5, 31 }, 22 * 60 + 30);     /* 31 May, 23:30 */
    assert_listed_from(f, "2026-05");
    assert_ok(asset_row_get(f->store, asset, &seen, &err_));
    assert_int_equal(seen.sent_this_month, 0);
    written_at(f, (struct date) { 2026, 3, 31 }, 23 * 60 + 30);     /* summer time began two days before: 1 April */
    assert_listed_from(f, "2026-04");
    clock_freeze((struct date) { 2026, 12, 31 });
    written_at(f, (struct date) { 2026, 10, 31 }, 23 * 60 + 30);    /* and ended: still 31 October */
    assert_listed_from(f, "2026-10");
    setenv("TZ", "UTC", 1);
    tzset();
}

static struct id concern(struct store *s, struct id person, const char *noted, const char *column, const char *value)
{
    struct record r;
    char text[40];

    record_init(&r, T_CONCERN);
    str_copy(text, sizeof text, id_show(person).s);
    set(&r, "person", text);
    set(&r, "noted_on", noted);
    if (column)
        set(&r, column, value);
    return put(s, &r);
}

/* As a handover leaves it: the history says which laptop the report came from. */
static void came_from_elsewhere(struct fixture *f, struct id id)
{
    struct stmt *q = NULL;

    assert_ok(db_use(f->store->db, &q, "UPDATE change SET why = 'from another laptop: Catrin' WHERE entity_id = ?1", &err_));
    stmt_bind_id(q, 1, id);
    assert_ok(stmt_run(q, &err_));
}

/* By the day of the report; a quarter that is not over, or only in part in the period, is not told. */
static void reports_are_counted_by_whole_quarters(void **state)
{
    static const struct { const char *quarter, *reports; } wanted[] = { { "2026-Q2", "2" }, { "2026-Q3", "1" }, { "2026-Q4", "0" } };
    struct fixture *f = *state;
    struct extract *x = NULL;
    struct record r;
    struct id person, gone;
    bool row = false;
    size_t n = 0;

    clock_freeze((struct date) { 2027, 1, 28 });
    record_init(&r, T_PERSON);
    set(&r, "given_name", "Eirlys");
    person = put(f->store, &r);
    concern(f->store, person, "2026-05-02", "reported_on", "2026-06-30");
    concern(f->store, person, "2026-05-02", "reported_to", "POLICE");               /* nobody wrote down when */
    concern(f->store, person, "2026-05-02", NULL, NULL);                            /* noted, not reported */
    concern(f->store, person, "2026-06-30", "reported_on", "2026-07-01");
    gone = concern(f->store, person, "2026-05-03", "reported_on", "2026-05-03");
    assert_ok(store_bin(f->store, T_CONCERN, gone, "test", &err_));
    concern(f->store, person, "2027-01-05", "reported_on", "2027-01-05");
    came_from_elsewhere(f, concern(f->store, person, "2026-05-04", "reported_on", "2026-05-04"));
    assert_ok(extract_open(&x, f->store, EXTRACT_SAFEGUARDING, (struct date) { 2026, 2, 1 }, (struct date) { 2027, 3, 31 }, &err_));
    assert_int_equal(extract_column(x, "concern.what_seen"), -1);
    assert_int_equal(extract_column(x, "derive.row_version"), -1);
    while (extract_next(x, &row, &err_) == ST_OK && row) {
        assert_true(n < ARRAY_LEN(wanted));
        assert_string_equal(value(x, "derive.report_quarter"), wanted[n].quarter);
        assert_string_equal(value(x, "derive.reports_made"), wanted[n].reports);
        assert_false(id_is_set(extract_id_value(x, extract_column(x, "id.person"))));
        n++;
    }
    assert_int_equal(n, ARRAY_LEN(wanted));
    extract_close(&x);
    clock_freeze((struct date) { 2027, 1, 27 });                                    /* one day too early for the last of them */
    assert_ok(extract_open(&x, f->store, EXTRACT_SAFEGUARDING, (struct date) { 2026, 4, 1 }, (struct date) { 2027, 3, 31 }, &err_));
    for (n = 0; extract_next(x, &row, &err_) == ST_OK && row; n++)
        ;
    assert_int_equal(n, 2);
    extract_close(&x);
    assert_ok(extract_open(&x, f->store, EXTRACT_SAFEGUARDING, (struct date) { 2027, 1, 2 }, (struct date) { 2027, 3, 31 }, &err_));
    assert_ok(extract_next(x, &row, &err_));
    assert_false(row);
    extract_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gaps_about_nobody_go_by_their_date, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_month_begins_when_it_does_here, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(capacity_is_counted_by_month, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(reports_are_counted_by_whole_quarters, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
