/* Small counts stay unknown to whoever knows everything that is published. tests/wide does the same with glpsol. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "attack.h"
#include "dolen/base/mem.h"

struct score {
    long tables, small, hidden_besides, shown, told, with_zeros, lost;
};

static void count_told(struct attack *a, struct score *score)
{
    propagate(a);
    for (size_t r = 0; r < a->releases; r++)
        for (size_t i = 0; i < a->release[r].cells; i++) {
            const struct release_seen *v = &a->release[r];

            if (v->low[i] > v->count[i] || v->high[i] < v->count[i])
                fail_msg("the attack ruled out the truth");
            score->shown += !v->hidden[i];
            score->small += is_small(v->count[i]);
            score->hidden_besides += v->hidden[i] && !is_small(v->count[i]);
            score->told += v->hidden[i] && is_small(v->count[i]) && told(v->low[i], v->high[i]);
        }
    score->tables++;
}

static void attack_once(struct score *score, bool primary_alone)
{
    struct random_table    t;
    struct suppress       *s = suppress_new(&suppress_default);
    struct suppress_table *p;
    struct attack          a = { .sums = NULL };

    random_table(&t);
    p = put_table(s, &t);
    assert_int_equal(suppress_run(s), 0);
    learn_sums(&a, &t, p);
    learn_release(&a, s, primary_alone);
    score->with_zeros += suppress_keeps_zeros(s);
    count_told(&a, score);
    attack_release(&a);
    suppress_table_free(&p);
    suppress_free(&s);
}

static void hidden_counts_cannot_be_told(void **state)
{
    struct score score = { 0 };

    (void)state;
    attack_seed = 20260401;
    while (score.tables < 1200)
        attack_once(&score, false);
    print_message("# %ld tables, %ld small counts, %ld others kept back, %ld shown, zeros kept back in %ld\n", score.tables,
                  score.small, score.hidden_besides, score.shown, score.with_zeros);
    assert_true(score.small > 9000);
    assert_int_equal(score.told, 0);
}

/* The attack is worth something: without the second step it succeeds. */
static void hiding_small_counts_alone_is_not_enough(void **state)
{
    struct score score = { 0 };

    (void)state;
    attack_seed = 20260401;
    while (score.tables < 300)
        attack_once(&score, true);
    print_message("# of %ld small counts %ld were told\n", score.small, score.told);
    assert_true(score.told > score.small / 50);
}

/* Releases of one growing, or unchanged, table: each knows those before it. */
static void attack_releases(struct score *score, bool unchanged)
{
    struct random_table t;
    size_t              lost = 0;
    struct attack       a = { .unchanged = unchanged, .whole_printed = true };
    struct suppress    *made[3];
    static const char *const until[] = { "2026-06-30", "2026-06-30", "2026-09-30" };

    random_table(&t);
    for (size_t r = 0; r < ARRAY_LEN(made); r++) {
        struct suppress       *s = made[r] = suppress_new(&suppress_default);
        struct suppress_table *p = put_table(s, &t);

        suppress_period(s, "2026-04-01", unchanged ? until[0] : until[r]);
        for (size_t old = 0; old < r; old++) {
            size_t n = suppress_earlier(s, "2026-04-01", unchanged ? until[0] : until[old]);

            if (suppress_keeps_zeros(made[old]))
                suppress_earlier_kept_zeros(s, n);
            for (size_t i = 0; i < suppress_cells(made[old]); i++)
                suppress_earlier_count(s, n, suppress_key(made[old], i), suppress_true(made[old], i),
                                       suppress_shown(made[old], i).hidden);
        }
        lost += suppress_run(s);
        learn_sums(&a, &t, p);
        learn_release(&a, s, false);
        suppress_table_free(&p);
        if (!unchanged)
            grow(&t);
    }
    count_told(&a, score);
    score->lost += lost;
    attack_release(&a);
    for (size_t r = 0; r < ARRAY_LEN(made); r++)
        suppress_free(&made[r]);
}

static void earlier_releases_do_not_help(void **state)
{
    struct score score = { 0 };

    (void)state;
    attack_seed = 71;
    while (score.tables < 300)
        attack_releases(&score, score.tables % 4 == 0);
    print_message("# %ld small counts, %ld others kept back, %ld shown, %ld lost\n", score.small, score.hidden_besides,
                  score.shown, score.lost);
    assert_true(score.small > 5000);
    assert_int_equal(score.lost, 0);
    assert_int_equal(score.told, 0);
}

/* The same releases, each made as if there had been none before. */
static void forgetting_earlier_releases_tells_counts(void **state)
{
    long told_counts = 0;

    (void)state;
    attack_seed = 5;
    for (int n = 0; n < 400; n++) {
        struct random_table t;
        struct attack       a = { .unchanged = false };
        struct score        score = { 0 };

        random_table(&t);
        for (int r = 0; r < 3; r++) {
            struct suppress       *s = suppress_new(&suppress_default);
            struct suppress_table *p = put_table(s, &t);

            suppress_run(s);
            learn_sums(&a, &t, p);
            learn_release(&a, s, false);
            suppress_table_free(&p);
            suppress_free(&s);
            grow(&t);
        }
        count_told(&a, &score);
        told_counts += score.told;
        attack_release(&a);
    }
    assert_true(told_counts > 0);
}

/* ---- the rule itself ---- */

static const char *const three[] = { "a", "b", "c" };

struct list {
    struct suppress       *s;
    struct suppress_table *t;
};

static struct list run_list(const struct suppress_rule *rule, const long *counts)
{
    struct suppress_dim dim = { .name = "x", .count = 3, .keys = three, .totals = counts };
    struct list         l = { suppress_new(rule), NULL };

    l.t = suppress_table(l.s, &dim, 1);
    suppress_run(l.s);
    return l;
}

/* "c 10 0 = 15" */
static const char *shown(const struct list *l)
{
    static char s[80];
    size_t      used = 0;

    for (size_t i = 0; i <= 3; i++) {
        struct suppress_shown v = suppress_shown(l->s, i < 3 ? suppress_margin(l->t, 0, i) : suppress_whole(l->t));

        used += (size_t)snprintf(s + used, sizeof s - used, v.hidden ? "%sc" : "%s%ld", i == 3 ? " = " : i ? " " : "", v.value);
    }
    return s;
}

static void expect_list(const struct suppress_rule *rule, long a, long b, long c, const char *want)
{
    struct list l = run_list(rule, (const long[]){ a, b, c });

    assert_string_equal(shown(&l), want);
    suppress_table_free(&l.t);
    suppress_free(&l.s);
}

static void counts_follow_the_rule(void **state)
{
    struct suppress_rule zeros = suppress_default, exact = { 1, 4, 1, false };

    (void)state;
    expect_list(&suppress_default, 12, 13, 0, "10 15 0 = 25");
    expect_list(&suppress_default, 3, 12, 40, "c c 40 = 55");
    expect_list(&suppress_default, 3, 2, 40, "c c 40 = 45");
    expect_list(&suppress_default, 0, 0, 0, "0 0 0 = 0");
    expect_list(&suppress_default, 3, 0, 0, "c 0 0 = c");
    expect_list(&suppress_default, 5, 7, 8, "5 5 10 = 20");
    zeros.zero_discloses = true;
    expect_list(&zeros, 0, 12, 40, "c c 40 = 50");
    expect_list(&exact, 3, 12, 41, "c c 41 = 56");
}

/* Referrals by area and referrals by month have one total. Six areas of 1 each: kept back here and shown there, it would tell
 * that none of them is more than 2. */
static void a_total_that_is_not_small_is_shown_in_every_table(void **state)
{
    static const char *const keys[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
    static const struct { long counts[8]; bool hidden, zeros; } tables[] = {
        { { 1, 1, 1, 1, 1, 1, 0, 0 }, false, true }, { { 2, 2, 2, 0, 0, 0, 0, 0 }, false, false },
        { { 1, 1, 1, 1, 0, 0, 0, 0 }, true, true }, { { 3, 0, 0, 0, 0, 0, 0, 0 }, true, false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        struct suppress_dim    dim = { .name = "x", .count = 8, .keys = keys, .totals = tables[i].counts };
        struct suppress       *s = suppress_new(&suppress_default);
        struct suppress_table *t = suppress_table(s, &dim, 1);

        assert_int_equal(suppress_run(s), 0);
        assert_int_equal(suppress_shown(s, suppress_whole(t)).hidden, tables[i].hidden);
        assert_int_equal(suppress_keeps_zeros(s), tables[i].zeros);
        suppress_table_free(&t);
        suppress_free(&s);
    }
}

static void the_same_table_is_published_the_same_way_again(void **state)
{
    struct suppress_dim    dim = { .name = "x", .count = 3, .keys = three, .totals = (const long[]){ 3, 12, 12 } };
    struct suppress       *s = suppress_new(&suppress_default);
    struct suppress_table *t = suppress_table(s, &dim, 1);
    size_t                 old;

    (void)state;
    suppress_period(s, "2026-04-01", "2027-03-31");
    old = suppress_earlier(s, "2026-04-01", "2027-03-31");
    for (size_t i = 0; i < suppress_cells(s); i++)
        suppress_earlier_count(s, old, suppress_key(s, i), suppress_true(s, i),
                               i == suppress_margin(t, 0, 0) || i == suppress_margin(t, 0, 2));
    assert_int_equal(suppress_run(s), 0);
    assert_false(suppress_shown(s, suppress_margin(t, 0, 1)).hidden);
    assert_true(suppress_shown(s, suppress_margin(t, 0, 2)).hidden);
    suppress_table_free(&t);
    suppress_free(&s);
}

/* What was given away before cannot be taken back: then the table stays behind as a whole, and the caller is told. */
static void a_count_already_given_away_is_said_to_be_lost(void **state)
{
    struct suppress_dim    dim = { .name = "x", .count = 3, .keys = three, .totals = (const long[]){ 3, 12, 40 } };
    struct suppress       *s = suppress_new(&suppress_default);
    struct suppress_table *t = suppress_table(s, &dim, 1);
    size_t                 old;

    (void)state;
    suppress_period(s, "2026-04-01", "2027-03-31");
    old = suppress_earlier(s, "2026-04-01", "2027-03-31");
    suppress_earlier_count(s, old, "x=a", 3, true);
    suppress_earlier_count(s, old, "", 3, false);
    assert_int_not_equal(suppress_run(s), 0);
    assert_true(suppress_shown(s, suppress_whole(t)).hidden);
    suppress_table_free(&t);
    suppress_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_follow_the_rule),
        cmocka_unit_test(a_total_that_is_not_small_is_shown_in_every_table),
        cmocka_unit_test(the_same_table_is_published_the_same_way_again),
        cmocka_unit_test(a_count_already_given_away_is_said_to_be_lost),
        cmocka_unit_test(hidden_counts_cannot_be_told),
        cmocka_unit_test(hiding_small_counts_alone_is_not_enough),
        cmocka_unit_test(earlier_releases_do_not_help),
        cmocka_unit_test(forgetting_earlier_releases_tells_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
