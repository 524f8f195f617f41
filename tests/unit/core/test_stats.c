/* The numbers that sum up many, against what R 4.2 gives: t.test, quantile type 7, qt, and Byar's formula as printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "dolen/base/mem.h"
#include "dolen/core/stats.h"

static const double changes[] = { 3, -1, 0, 2, 2, 5, -2, 1, 0, 4, 1, 3 };

/* Equal to 12 digits. */
static void equal(double got, double want)
{
    if (!(fabs(got - want) <= 5e-13 * fmax(1e-300, fabs(want))))
        fail_msg("%.17g is not %.17g", got, want);
}

static struct stat_sums sums_of(const double *v, size_t n)
{
    struct stat_sums s = { 0, 0, 0 };

    for (size_t i = 0; i < n; i++)
        stat_add(&s, &(struct stat_sums){ 1, v[i], v[i] * v[i] });
    return s;
}

static void percentiles_are_type_7_and_leave_the_missing_out(void **state)
{
    const double v[] = { 7, 1, NAN, 3, 5 };

    (void)state;
    equal(stat_quantile(v, 5, 0.5), 4);
    equal(stat_quantile(v, 5, 0.25), 2.5);
    equal(stat_quantile(v, 5, 1), 7);
    equal(stat_quantile(v, 1, 0.9), 7);
    equal(stat_quantile(changes, ARRAY_LEN(changes), 0.1), -0.9);
    equal(stat_quantile(changes, ARRAY_LEN(changes), 0.9), 3.9);
    equal(stat_quantile(changes, ARRAY_LEN(changes), 0.5), 1.5);
    assert_true(isnan(stat_quantile(v, 0, 0.5)));
    assert_true(isnan(stat_quantile(v + 2, 1, 0.5)));
}

static void percentiles_of_counted_values_are_the_same(void **state)
{
    const struct stat_tally t[] = { { -2, 1 }, { -1, 1 }, { 0, 2 }, { 1, 2 }, { 2, 2 }, { 3, 2 }, { 4, 1 }, { 5, 1 } };

    (void)state;
    for (double p = 0; p <= 1; p += 0.05)
        equal(stat_quantile_tally(t, ARRAY_LEN(t), p), stat_quantile(changes, ARRAY_LEN(changes), p));
    assert_true(isnan(stat_quantile_tally(t, 0, 0.5)));
    equal(stat_quantile_tally(t, 1, 0.9), -2);
}

static void means_have_the_interval_of_a_t_test(void **state)
{
    struct stat_sums     s = sums_of(changes, ARRAY_LEN(changes)), one = { 1, 4, 16 }, same = { 3, 6, 12 };
    struct stat_interval ci = stat_mean_interval(&s);

    (void)state;
    equal(stat_sums_mean(&s), 1.5);
    equal(stat_sums_sd(&s), 2.0670576365276494);
    equal(ci.low, 0.1866542357850163);
    equal(ci.high, 2.8133457642149837);
    assert_true(isnan(stat_mean_interval(&one).low));
    equal(stat_mean_interval(&same).high, 2);
    assert_true(isnan(stat_sums_mean(&(struct stat_sums){ 0, 0, 0 })));
}

static void parts_add_up_to_the_whole(void **state)
{
    struct stat_sums whole = sums_of(changes, ARRAY_LEN(changes)), parts = sums_of(changes, 5), rest = sums_of(changes + 5, 7);

    (void)state;
    stat_add(&parts, &rest);
    assert_memory_equal(&parts, &whole, sizeof whole);
}

static void t_quantiles_are_those_of_tables(void **state)
{
    (void)state;
    assert_true(isnan(stat_t975(0)));
    equal(stat_t975(1), 12.706204736174694);
    equal(stat_t975(2), 4.3026527297494619);
    equal(stat_t975(11), 2.2009851600916388);
    equal(stat_t975(100), 1.9839715185235516);
    equal(stat_t975(1234), 1.961888263458698);
    equal(stat_t975(50000), 1.9600114310936796);
}

static void byar_follows_its_printed_formula(void **state)
{
    static const struct { double o, low, high; } want[] = {
        { 0, 0, 3.6680118321737507 }, { 1, 0.013072132901504351, 5.5637555824752605 },
        { 7, 2.804430685075066, 14.423262559939046 }, { 123, 102.22335575797445, 146.75748563561436 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        struct stat_interval got = stat_byar(want[i].o);

        equal(got.low, want[i].low);
        equal(got.high, want[i].high);
    }
    assert_true(isnan(stat_byar(NAN).low));
}

static void rates_and_ratios_need_a_population(void **state)
{
    struct stat_rate r = stat_rate(7, 3500, 1000), isr = stat_isr(7, 14);

    (void)state;
    equal(r.rate, 2);
    equal(r.low, 2.804430685075066 / 3.5);
    equal(isr.rate, 50);
    equal(isr.high, 14.423262559939046 / 14 * 100);
    assert_true(isnan(stat_rate(7, 0, 1000).rate));
    assert_true(isnan(stat_isr(7, 0).rate));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percentiles_are_type_7_and_leave_the_missing_out),
        cmocka_unit_test(percentiles_of_counted_values_are_the_same),
        cmocka_unit_test(means_have_the_interval_of_a_t_test),
        cmocka_unit_test(parts_add_up_to_the_whole),
        cmocka_unit_test(t_quantiles_are_those_of_tables),
        cmocka_unit_test(byar_follows_its_printed_formula),
        cmocka_unit_test(rates_and_ratios_need_a_population),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
