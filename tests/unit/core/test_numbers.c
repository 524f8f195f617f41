/* Change and the shape of charts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/core/chart.h"
#include "dolen/core/measure.h"

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

static void missing_is_neither_better_nor_worse(void **state)
{
    (void)state;
    assert_int_equal(measure_change(2, 5, true), CHANGE_BETTER);
    assert_int_equal(measure_change(3, 2, false), CHANGE_BETTER);
    assert_int_equal(measure_change(3, 2, true), CHANGE_WORSE);
    assert_int_equal(measure_change(5, 5, true), CHANGE_SAME);
    assert_int_equal(measure_change(NAN, 2, false), CHANGE_NONE);
    assert_int_equal(measure_change(2, NAN, true), CHANGE_NONE);
    assert_string_equal(change_label(CHANGE_SAME), "the same");
}

/* The cells as a picture, one line a row. */
static const char *picture(const unsigned char *cells, int cols, int rows)
{
    static const char signs[] = " *-/\\|12345678";
    static char       s[512];
    char             *p = s;

    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < cols; c++)
            *p++ = signs[cells[r * cols + c]];
        *p++ = '\n';
    }
    *p = '\0';
    return s;
}

static void lines_join_values_and_break_at_missing_ones(void **state)
{
    const struct chart_value v[] = { { 0, 0 }, { 4, 4 }, { 6, NAN }, { 8, 2 }, { 12, 2 } };
    struct chart_range       r = chart_range_of(v, ARRAY_LEN(v), 0, 4);
    unsigned char            cells[13 * 5];

    (void)state;
    chart_line(cells, 13, 5, &r, v, ARRAY_LEN(v));
    assert_string_equal(picture(cells, 13, 5), "    *        \n"
                                               "   /         \n"
                                               "  /     *---*\n"
                                               " /           \n"
                                               "*            \n");
}

static void steep_ways_go_upright(void **state)
{
    const struct chart_value v[] = { { 0, 4 }, { 2, 0 } };
    struct chart_range       r = chart_range_of(v, 2, 0, 4);
    unsigned char            cells[3 * 5];

    (void)state;
    chart_line(cells, 3, 5, &r, v, 2);
    assert_string_equal(picture(cells, 3, 5), "*  \n"
                                              " | \n"
                                              " | \n"
                                              "  |\n"
                                              "  *\n");
}

static void values_outside_stay_inside(void **state)
{
    const struct chart_value v[] = { { 5, 99 } };
    struct chart_range       r = chart_range_of(v, 1, 0, 10);
    unsigned char            cells[3];

    (void)state;
    chart_line(cells, 3, 1, &r, v, 1);
    assert_string_equal(picture(cells, 3, 1), " * \n");
    assert_int_equal(chart_row(&r, 5, -3), 4);
    assert_int_equal(chart_row(&r, 5, 99), 0);
    r.high = r.low;
    assert_int_equal(chart_row(&r, 5, 1), 4);
    r = chart_range_of(NULL, 0, 0, 1);
    assert_int_equal(chart_col(&r, 5, 7), 2);
}

static void bars_stand_in_eighths(void **state)
{
    const double  v[] = { 4, 2, 0.001, 0, NAN };
    unsigned char cells[14 * 2];

    (void)state;
    assert_int_equal(chart_bar_width(14, 5), 2);
    assert_int_equal(chart_bar_width(5, 5), 0);
    assert_int_equal(chart_bar_width(9, 5), 1);
    assert_int_equal(chart_bar_width(9, 0), 0);
    chart_bars(cells, 14, 2, 4, v, 5, 2);
    assert_string_equal(picture(cells, 14, 2), "88            \n88 88 11      \n");
    chart_bar_across(cells, 4, 8, 5);
    assert_string_equal(picture(cells, 4, 1), "884 \n");
    chart_bar_across(cells, 4, 0, 5);
    assert_string_equal(picture(cells, 4, 1), "    \n");
}

static void tops_are_round(void **state)
{
    (void)state;
    assert_true(near(chart_top(0), 1));
    assert_true(near(chart_top(3), 5));
    assert_true(near(chart_top(10), 10));
    assert_true(near(chart_top(101), 200));
    assert_true(near(chart_top(NAN), 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_is_neither_better_nor_worse),
        cmocka_unit_test(lines_join_values_and_break_at_missing_ones),
        cmocka_unit_test(steep_ways_go_upright),
        cmocka_unit_test(values_outside_stay_inside),
        cmocka_unit_test(bars_stand_in_eighths),
        cmocka_unit_test(tops_are_round),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
