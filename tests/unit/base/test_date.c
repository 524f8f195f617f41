/* Calendar dates: leap years, what people type in either language, and a clock that can be stopped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "dolen/base/date.h"
#include "dolen/base/mem.h"

#define DATE(y, m, d) ((struct date){ (y), (m), (d) })
static const struct date today = { 2026, 3, 9 };

static void knows_leap_years(void **state)
{
    (void)state;
    assert_true(date_is_valid(DATE(2024, 2, 29)));
    assert_false(date_is_valid(DATE(2026, 2, 29)));
    assert_false(date_is_valid(DATE(1900, 2, 29)));
    assert_true(date_is_valid(DATE(2000, 2, 29)));
    assert_false(date_is_valid(DATE(1799, 12, 31)));
    assert_false(date_is_valid(DATE(2200, 1, 1)));
    assert_false(date_is_valid(DATE(2026, 13, 1)));
    assert_false(date_is_valid(DATE(2026, 4, 31)));
}

static void counts_days_there_and_back(void **state)
{
    (void)state;
    assert_int_equal(date_days(DATE(1970, 1, 1)), 0);
    assert_int_equal(date_days(DATE(2000, 3, 1)), 11017);
    for (long n = date_days(DATE(1800, 1, 1)); n <= date_days(DATE(2199, 12, 31)); n++) {
        struct date d = date_from_days(n);

        if (!date_is_valid(d) || date_days(d) != n)
            fail_msg("day %ld is %s", n, date_iso(d).s);
    }
}

static void adds_months_within_the_month(void **state)
{
    (void)state;
    assert_string_equal(date_iso(date_add_months(DATE(2026, 1, 31), 1)).s, "2026-02-28");
    assert_string_equal(date_iso(date_add_months(DATE(2024, 1, 31), 1)).s, "2024-02-29");
    assert_string_equal(date_iso(date_add_months(DATE(2026, 1, 15), -2)).s, "2025-11-15");
    assert_string_equal(date_iso(date_add_days(DATE(2026, 2, 28), 1)).s, "2026-03-01");
    assert_string_equal(date_iso(date_add_days(DATE(0, 0, 0), 1)).s, "");
}

static void counts_birthdays(void **state)
{
    (void)state;
    assert_int_equal(date_age(DATE(2008, 3, 9), today), 18);
    assert_int_equal(date_age(DATE(2008, 3, 10), today), 17);
    assert_int_equal(date_age(DATE(2008, 2, 29), DATE(2026, 2, 28)), 17);
    assert_int_equal(date_age(DATE(2008, 2, 29), DATE(2026, 3, 1)), 18);
    assert_int_equal(date_age(DATE(2027, 1, 1), today), -1);
    assert_int_equal(date_age(DATE(0, 0, 0), today), -1);
}

static void reads_what_people_type(void **state)
{
    static const struct {
        const char *typed, *iso;
    } rows[] = {
        { "3/2/26", "2026-02-03" },          { "03.02.2026", "2026-02-03" },      { "3-2-2026", "2026-02-03" },
        { "3 Feb 2026", "2026-02-03" },      { "3 Chwefror 2026", "2026-02-03" }, { "2026-02-03", "2026-02-03" },
        { " 3 chwe 26 ", "2026-02-03" },     { "3 FEBRUARY 26", "2026-02-03" },   { "3rd of February 2026", "2026-02-03" },
        { "3ydd o Fawrth 2026", "2026-03-03" }, { "1 Mai 2026", "2026-05-01" },   { "1 May 2026", "2026-05-01" },
        { "4 Mawrth 2026", "2026-03-04" },   { "4 Mar 2026", "2026-03-04" },      { "5 Medi 2026", "2026-09-05" },
        { "5 Meh 2026", "2026-06-05" },      { "29/2/24", "2024-02-29" },
        { "1/1/45", "2045-01-01" },          { "1/1/46", "1946-01-01" },          { "1/1/99", "1999-01-01" },
        { "today", "2026-03-09" },           { "Heddiw", "2026-03-09" },          { "tomorrow", "2026-03-10" },
        { "yfory", "2026-03-10" },           { "yesterday", "2026-03-08" },       { "ddoe", "2026-03-08" },
        { "+7", "2026-03-16" },              { "-3", "2026-03-06" },              { "+0", "2026-03-09" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct date d = { 0, 0, 0 };

        if (!date_parse(rows[i].typed, today, &d) || !str_eq(date_iso(d).s, rows[i].iso))
            fail_msg("\"%s\" was read as \"%s\"", rows[i].typed, date_iso(d).s);
    }
}

static void refuses_what_is_no_date(void **state)
{
    static const char *const rows[] = {
        "", " ", "29/2/2026", "31/4/2026", "2026-2-3", "2026-13-01", "3/2", "3/2/026", "Feb", "3 Fe 2026", "3 Foo 2026", "32/1/2026",
        "0/1/2026", "1/1/1799", "soon", "+", "+x", "+99999999999", "1/2/2026/3", "3 2 26 extra", "ŵ/1/26", "-3/2/2026",
    };
    struct date d = { 1, 2, 3 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        if (date_parse(rows[i], today, &d))
            fail_msg("\"%s\" was read as %s", rows[i], date_iso(d).s);
    assert_false(date_parse(NULL, today, &d));
    assert_false(date_parse_iso("2026-02-30", &d));
    assert_false(date_parse_iso("2026-02-03 ", &d));
    assert_int_equal(d.year, 1);
}

/* "3 Feb" is what the screens themselves propose: its year is the nearest on the side that the question looks to. */
static void reads_a_day_without_its_year(void **state)
{
    static const struct {
        const char *typed, *past, *coming;
    } rows[] = {
        { "3/2", "2026-02-03", "2027-02-03" },       { "3 Feb", "2026-02-03", "2027-02-03" },
        { "9/3", "2026-03-09", "2026-03-09" },       { "10 Mawrth", "2025-03-10", "2026-03-10" },
        { "31/12", "2025-12-31", "2026-12-31" },     { "29/2", "2024-02-29", "2028-02-29" },
        { "3/2/26", "2026-02-03", "2026-02-03" },    { "+7", "2026-03-16", "2026-03-16" },
    };
    struct date d;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_true(date_parse_lean(rows[i].typed, today, DATE_PAST, &d));
        assert_string_equal(date_iso(d).s, rows[i].past);
        assert_true(date_parse_lean(rows[i].typed, today, DATE_COMING, &d));
        assert_string_equal(date_iso(d).s, rows[i].coming);
    }
    assert_true(date_parse_lean("3/2/41", today, DATE_BORN, &d));
    assert_string_equal(date_iso(d).s, "1941-02-03");
    assert_true(date_parse_lean("9/3/26", today, DATE_BORN, &d));
    assert_string_equal(date_iso(d).s, "2026-03-09");
    assert_true(date_parse_lean("3/2/2041", today, DATE_BORN, &d));
    assert_string_equal(date_iso(d).s, "2041-02-03");
    assert_false(date_parse_lean("3/2", today, DATE_BORN, &d));
    assert_false(date_parse_lean("31/2", today, DATE_PAST, &d));
    assert_false(date_parse_lean("30/2", today, DATE_COMING, &d));
    assert_false(date_parse_lean("Feb", today, DATE_COMING, &d));
    assert_false(date_parse_lean("3/2", today, DATE_WITH_YEAR, &d));
}

static void reads_a_birth_of_which_little_is_known(void **state)
{
    static const struct {
        const char     *typed, *iso, *shown;
        enum date_grain grain;
    } rows[] = {
        { "1950", "1950-07-01", "1950", GRAIN_YEAR },          { " 1950 ", "1950-07-01", "1950", GRAIN_YEAR },
        { "3/1950", "1950-03-01", "Mar 1950", GRAIN_MONTH },   { "Mawrth 1950", "1950-03-01", "Mar 1950", GRAIN_MONTH },
        { "July 1950", "1950-07-01", "Jul 1950", GRAIN_MONTH }, { "2026", "2026-01-01", "2026", GRAIN_YEAR },
    };
    static const char *const none[] = { "", "50", "3/50", "13/1950", "3/2/1950", "19501", "-1950", "+1950", "Nia 1950", "1950 3" };
    struct date d;
    enum date_grain grain;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (!date_parse_vague(rows[i].typed, today, &d, &grain) || grain != rows[i].grain)
            fail_msg("\"%s\" was not read", rows[i].typed);
        assert_string_equal(date_iso(d).s, rows[i].iso);
        assert_string_equal(date_show_grain(d, grain).s, rows[i].shown);
    }
    for (size_t i = 0; i < ARRAY_LEN(none); i++)
        if (date_parse_vague(none[i], today, &d, &grain))
            fail_msg("\"%s\" was read as \"%s\"", none[i], date_iso(d).s);
}

static void shows_dates(void **state)
{
    (void)state;
    assert_string_equal(date_show(DATE(2026, 2, 3)).s, "3 Feb 2026");
    assert_string_equal(date_show_long(DATE(2026, 2, 3)).s, "Tuesday 3 February 2026");
    assert_string_equal(date_show_long(DATE(1899, 12, 31)).s, "Sunday 31 December 1899");
    assert_string_equal(date_show(DATE(0, 0, 0)).s, "");
    assert_string_equal(date_iso(DATE(0, 0, 0)).s, "");
}

static void the_clock_stops_and_moves_on(void **state)
{
    (void)state;
    setenv("DOLEN_TODAY", "yesterday", 1);
    assert_false(clock_freeze_from_env());
    setenv("DOLEN_TODAY", "2026-07-01", 1);
    assert_true(clock_freeze_from_env());
    assert_string_equal(date_iso(clock_today()).s, "2026-07-01");
    assert_string_equal(instant_iso(clock_now()).s, "2026-07-01T12:00:00Z");
    assert_string_equal(instant_show(clock_now()).s, "1 Jul 2026 13:00");
    clock_freeze(DATE(2026, 12, 31));
    assert_string_equal(instant_show(clock_now()).s, "31 Dec 2026 12:00");
    assert_string_equal(date_iso(instant_date(clock_now())).s, "2026-12-31");
    clock_freeze(DATE(0, 0, 0));
    assert_true(clock_now() > 1700000000);
}

/* The local day, not the UTC one: half past midnight in British Summer Time. */
static void an_instant_falls_on_the_local_day(void **state)
{
    (void)state;
    assert_string_equal(date_iso(instant_date((int64_t)date_days(DATE(2026, 6, 30)) * 86400 + 84600)).s, "2026-07-01");
}

static void finds_the_next_day_at_work(void **state)
{
    static const struct { struct date from, at_work; } days[] = {
        { { 2026, 11, 27 }, { 2026, 11, 27 } }, { { 2026, 11, 28 }, { 2026, 11, 30 } },
        { { 2026, 12, 25 }, { 2026, 12, 29 } },         /* Friday; Boxing Day is kept on the Monday */
        { { 2027, 12, 24 }, { 2027, 12, 24 } }, { { 2027, 12, 25 }, { 2027, 12, 29 } },
        { { 2028, 12, 27 }, { 2028, 12, 27 } }, { { 2022, 12, 27 }, { 2022, 12, 28 } },
        { { 2027, 1, 1 }, { 2027, 1, 4 } }, { { 2028, 1, 1 }, { 2028, 1, 4 } }, { { 2023, 1, 1 }, { 2023, 1, 3 } },
        { { 2026, 4, 3 }, { 2026, 4, 7 } }, { { 2027, 3, 26 }, { 2027, 3, 30 } },       /* Easter */
        { { 2026, 3, 29 }, { 2026, 3, 30 } },           /* the clocks go on */
        { { 2026, 5, 4 }, { 2026, 5, 5 } }, { { 2026, 5, 11 }, { 2026, 5, 11 } },
        { { 2026, 5, 25 }, { 2026, 5, 26 } }, { { 2026, 8, 31 }, { 2026, 9, 1 } },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(days); i++)
        assert_string_equal(date_iso(date_workday(days[i].from)).s, date_iso(days[i].at_work).s);
    assert_false(date_is_set(date_workday(DATE(0, 0, 0))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_leap_years),
        cmocka_unit_test(counts_days_there_and_back),
        cmocka_unit_test(adds_months_within_the_month),
        cmocka_unit_test(counts_birthdays),
        cmocka_unit_test(reads_what_people_type),
        cmocka_unit_test(refuses_what_is_no_date),
        cmocka_unit_test(reads_a_day_without_its_year),
        cmocka_unit_test(reads_a_birth_of_which_little_is_known),
        cmocka_unit_test(shows_dates),
        cmocka_unit_test(the_clock_stops_and_moves_on),
        cmocka_unit_test(an_instant_falls_on_the_local_day),
        cmocka_unit_test(finds_the_next_day_at_work),
    };

    setenv("TZ", "GMT0BST,M3.5.0/1,M10.5.0", 1);
    tzset();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
