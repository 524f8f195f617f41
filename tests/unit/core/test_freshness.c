/* When a directory entry is fresh, due or stale, in what order they are rung, and what is said before somebody is sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/freshness.h"
#include "dolen/base/banned.h"

static const struct date today = { 2026, 3, 9 }, never = { 0, 0, 0 };

static void fresh_then_due_then_stale(void **state)
{
    static const struct { struct date verified; int months; enum freshness want; } cases[] = {
        { { 0, 0, 0 }, 6, FRESHNESS_STALE }, { { 2026, 3, 9 }, 6, FRESHNESS_FRESH }, { { 2025, 10, 10 }, 6, FRESHNESS_FRESH },
        { { 2025, 10, 9 }, 6, FRESHNESS_DUE }, { { 2025, 9, 9 }, 6, FRESHNESS_DUE }, { { 2025, 9, 8 }, 6, FRESHNESS_STALE },
        { { 2025, 12, 1 }, 3, FRESHNESS_STALE }, { { 2025, 12, 1 }, 0, FRESHNESS_FRESH },     /* 0: the usual months */
        { { 2026, 3, 9 }, 1, FRESHNESS_DUE },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        if (freshness_of(cases[i].verified, cases[i].months, today) != cases[i].want)
            fail_msg("case %zu", i);
}

static void why_is_one_line(void **state)
{
    static const struct { struct date verified; const char *want; } cases[] = {
        { { 0, 0, 0 }, "nobody has talked to them yet: ring them" },
        { { 2026, 3, 9 }, "talked to them today" },
        { { 2026, 3, 8 }, "talked to them 1 day ago" },
        { { 2025, 9, 20 }, "talked to them 5 months ago: ring them by 20 Mar 2026" },
        { { 2025, 3, 1 }, "talked to them 12 months ago: out of date since 1 Sep 2025, ring them" },
    };
    struct buf b = BUF_INIT;

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        buf_clear(&b);
        freshness_why(&b, cases[i].verified, 6, today);
        assert_string_equal(buf_text(&b), cases[i].want);
    }
    buf_release(&b);
}

static void the_call_list_has_the_stalest_first(void **state)
{
    struct date old = { 2025, 1, 1 }, newer = { 2025, 6, 1 };

    (void) state;
    assert_true(freshness_compare(never, 6, old, 6) < 0);
    assert_true(freshness_compare(old, 6, newer, 6) < 0);
    assert_true(freshness_compare(old, 12, newer, 3) > 0);      /* goes stale later, though it was rung earlier */
}

static void cautions_name_what_stands_against_it(void **state)
{
    struct asset_load a = { .verified = { 2026, 3, 1 }, .takes_a_month = -1, .sent_this_month = 5 };
    struct buf b = BUF_INIT;

    (void) state;
    assert_int_equal(cautions_of(&a, today), 0);
    a.takes_a_month = 5;
    assert_int_equal(cautions_of(&a, today), CAUTION_ENOUGH);
    caution_brief(&b, &a, today);
    assert_string_equal(buf_text(&b), "5 of 5 this month");
    a.takes_a_month = 6;
    assert_int_equal(cautions_of(&a, today), 0);
    a.full_until = (struct date) { 2026, 3, 9 };
    a.verified = never;
    a.unlisted = true;
    assert_int_equal(cautions_of(&a, today), CAUTION_FULL | CAUTION_UNLISTED | CAUTION_STALE);
    buf_clear(&b);
    caution_sentences(&b, &a, today);
    assert_string_equal(buf_text(&b), "Full until 9 Mar 2026. They ask not to be advertised. "
                                      "Nobody has checked it with them yet.");
    a.full_until = (struct date) { 2026, 3, 8 };
    assert_false(cautions_of(&a, today) & CAUTION_FULL);
    a.verified = today;
    a.unlisted = false;
    a.local_only = true;
    assert_int_equal(cautions_of(&a, today), CAUTION_LOCAL);
    buf_clear(&b);
    caution_brief(&b, &a, today);
    assert_string_equal(buf_text(&b), "local people only");
    buf_clear(&b);
    caution_sentences(&b, &a, today);
    assert_string_equal(buf_text(&b), "They are for people of the area they serve, and ask not to be advertised elsewhere.");
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fresh_then_due_then_stale), cmocka_unit_test(why_is_one_line),
        cmocka_unit_test(the_call_list_has_the_stalest_first), cmocka_unit_test(cautions_name_what_stands_against_it),
    };

    lang_set(LANG_EN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
