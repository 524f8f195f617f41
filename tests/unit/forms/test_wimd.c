/* The deprivation index that a service loads: what is taken, and what is refused by line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/forms/wimd.h"

static enum status parse(struct wimd **w, const char *text, const char *lsoa, struct err *err)
{
    return wimd_parse(w, text, strlen(text), lsoa, NULL, 2025, err);
}

static void areas_are_found_in_any_order(void **state)
{
    struct wimd *w = NULL, *again = NULL;
    struct buf   b = BUF_INIT;

    (void)state;
    assert_int_equal(parse(&w, "LSOA code,Decile\nW01000003,10\nW01000001,1\n\nW01000002,4\n", "LSOA code", NULL), ST_OK);
    assert_int_equal(wimd_count(w), 3);
    assert_int_equal(wimd_decile(w, "W01000001"), 1);
    assert_int_equal(wimd_decile(w, "W01000003"), 10);
    assert_int_equal(wimd_decile(w, "W01000009"), 0);
    assert_int_equal(wimd_decile(w, "W010000031"), 0);
    assert_int_equal(wimd_decile(NULL, "W01000001"), 0);
    wimd_write(w, &b);
    assert_int_equal(parse(&again, buf_text(&b), NULL, NULL), ST_OK);
    assert_int_equal(wimd_decile(again, "W01000002"), 4);
    wimd_free(&w);
    wimd_free(&again);
    buf_release(&b);
}

static void what_is_no_index_is_refused(void **state)
{
    static const char *const bad[][2] = {
        { "area,decile\nW01000001,1\n", "no column lsoa_code" },
        { "lsoa,decile\nW01000001,1\nE01000001,1\n", "Line 3" },
        { "lsoa,decile\nW01000001,11\n", "Line 2" },
        { "lsoa,decile\nW01000001,1\nW01000001,2\n", "twice" },
        { "lsoa,decile\n", "no small area" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct wimd *w = NULL;
        struct err   err = { .st = ST_OK };

        assert_int_equal(parse(&w, bad[i][0], NULL, &err), ST_INVALID);
        assert_non_null(strstr(err_text(&err), bad[i][1]));
        assert_null(w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_found_in_any_order),
        cmocka_unit_test(what_is_no_index_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
