/* The attack of test_suppress.c with a linear program: glpsol finds, for each hidden small count, the least and the greatest
 * value that fits everything published, now and earlier. One run a batch of tables: each bound has variables of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attack.h"
#include "dolen/base/mem.h"

enum { BATCH = 10, MUCH = 100000 };      /* a bound that no count of these tables comes near */

struct question {
    long count;                         /* the truth */
    bool greatest;
};
struct program {
    FILE            *goal, *rules, *bounds;
    char            *goal_text, *rules_text, *bounds_text;
    size_t           goal_size, rules_size, bounds_size;
    struct question *questions;
    size_t           count, cap;
};

static void program_begin(struct program *p)
{
    *p = (struct program){ .questions = NULL };
    p->goal = open_memstream(&p->goal_text, &p->goal_size);
    p->rules = open_memstream(&p->rules_text, &p->rules_size);
    p->bounds = open_memstream(&p->bounds_text, &p->bounds_size);
}

/* One copy of all that is known; its variables are named by the question's number. */
static void write_copy(struct program *p, const struct attack *a, size_t release, size_t cell, bool greatest)
{
    size_t q = p->count;

    *ARRAY_ADD(p->questions, p->count, p->cap) = (struct question){ a->release[release].count[cell], greatest };
    fprintf(p->goal, " %c q%zu\n", greatest ? '-' : '+', q);
    fprintf(p->rules, " q%zu - v%zu_%zu_%zu = 0\n", q, q, release, cell);
    for (size_t r = 0; r < a->releases; r++) {
        for (size_t i = 0; i < a->sum_count; i++) {
            fprintf(p->rules, " v%zu_%zu_%zu", q, r, a->sums[i].whole);
            for (size_t k = 0; k < a->sums[i].parts; k++)
                fprintf(p->rules, " - v%zu_%zu_%zu", q, r, a->sums[i].part[k]);
            fprintf(p->rules, " = 0\n");
        }
        for (size_t i = 0; i < a->release[r].cells; i++) {
            long high = a->release[r].high[i] < MUCH ? a->release[r].high[i] : MUCH;

            fprintf(p->bounds, " %ld <= v%zu_%zu_%zu <= %ld\n", a->release[r].low[i], q, r, i, high);
            if (r)
                fprintf(p->rules, " v%zu_%zu_%zu - v%zu_%zu_%zu %s 0\n", q, r, i, q, r - 1, i, a->unchanged ? "=" : ">=");
        }
    }
}

static void write_questions(struct program *p, const struct attack *a)
{
    for (size_t r = 0; r < a->releases; r++)
        for (size_t i = 0; i < a->release[r].cells; i++)
            for (int greatest = 0; greatest < 2; greatest++)
                if (a->release[r].hidden[i] && is_small(a->release[r].count[i]))
                    write_copy(p, a, r, i, greatest);
}

static void run_glpsol(const char *in, const char *out)
{
    pid_t child = fork();
    int   state = 0;

    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(126);
        execlp("glpsol", "glpsol", "--lp", in, "--write", out, (char *)NULL);
        _exit(127);
    }
    waitpid(child, &state, 0);
    if (state != 0)
        fail_msg("glpsol did not run: %d", state);
}

/* The plain solution: "j COLUMN STATUS PRIMAL DUAL"; columns in the order in which they are first named, q0 first. */
static void read_answers(const char *path, size_t n, double *out)
{
    FILE  *f = fopen(path, "r");
    char   line[256], status;
    size_t column, seen = 0;
    double value;

    assert_non_null(f);
    while (seen < n && fgets(line, sizeof line, f))
        if (sscanf(line, "j %zu %c %lf", &column, &status, &value) == 3 && column <= n) {
            out[column - 1] = value;
            seen++;
        }
    fclose(f);
    assert_int_equal(seen, n);
}

struct score {
    long tables, questions, told;
};

static void solve(struct program *p, struct score *score)
{
    char   in[] = "/tmp/dolen-lp-XXXXXX", out[sizeof in + 8];
    int    fd = mkstemp(in);
    FILE  *f = fdopen(fd, "w");
    double *value = xcalloc(p->count + 1, sizeof *value);

    fclose(p->goal);
    fclose(p->rules);
    fclose(p->bounds);
    fprintf(f, "Minimize\n%s\nSubject To\n%s\nBounds\n%s\nEnd\n", p->goal_text, p->rules_text, p->bounds_text);
    fclose(f);
    snprintf(out, sizeof out, "%s.out", in);
    if (p->count) {
        run_glpsol(in, out);
        read_answers(out, p->count, value);
    }
    for (size_t i = 0; i + 1 < p->count; i += 2) {
        double low = value[i], high = value[i + 1];

        if (low > (double)p->questions[i].count + 1e-6 || high < (double)p->questions[i].count - 1e-6)
            fail_msg("the linear program ruled out the truth");
        score->told += told((long)ceil(low - 1e-6), (long)fmin(floor(high + 1e-6), 1e6));
        score->questions++;
    }
    unlink(in);
    unlink(out);
    free(value);
    free(p->goal_text);
    free(p->rules_text);
    free(p->bounds_text);
    free(p->questions);
}

static void one_table(struct attack *a, struct score *score, bool primary_alone)
{
    struct random_table    t;
    struct suppress       *s = suppress_new(&suppress_default);
    struct suppress_table *p;

    random_table(&t);
    p = put_table(s, &t);
    assert_int_equal(suppress_run(s), 0);
    learn_sums(a, &t, p);
    learn_release(a, s, primary_alone);
    score->tables++;
    suppress_table_free(&p);
    suppress_free(&s);
}

/* A table and, most times, what it has grown to; sometimes the same again. */
static void two_releases(struct attack *a, struct score *score)
{
    struct random_table t;
    struct suppress    *made[2];

    random_table(&t);
    for (size_t r = 0; r < 2; r++) {
        struct suppress       *s = made[r] = suppress_new(&suppress_default);
        struct suppress_table *p = put_table(s, &t);

        suppress_period(s, "2026-04-01", r && !a->unchanged ? "2026-09-30" : "2026-06-30");
        if (r) {
            size_t old = suppress_earlier(s, "2026-04-01", "2026-06-30");

            if (suppress_keeps_zeros(made[0]))
                suppress_earlier_kept_zeros(s, old);
            for (size_t i = 0; i < suppress_cells(made[0]); i++)
                suppress_earlier_count(s, old, suppress_key(made[0], i), suppress_true(made[0], i),
                                       suppress_shown(made[0], i).hidden);
        }
        assert_int_equal(suppress_run(s), 0);
        learn_sums(a, &t, p);
        learn_release(a, s, false);
        suppress_table_free(&p);
        if (!a->unchanged)
            grow(&t);
    }
    score->tables++;
    suppress_free(&made[0]);
    suppress_free(&made[1]);
}

static void attack_tables(struct score *score, long tables, bool primary_alone)
{
    while (score->tables < tables) {
        struct program p;

        program_begin(&p);
        for (int i = 0; i < BATCH; i++) {
            struct attack a = { .sums = NULL };

            one_table(&a, score, primary_alone);
            write_questions(&p, &a);
            attack_release(&a);
        }
        solve(&p, score);
    }
}

static void no_hidden_count_can_be_told(void **state)
{
    struct score score = { 0, 0, 0 };

    (void)state;
    attack_seed = 11;
    attack_tables(&score, 1000, false);
    print_message("# %ld tables, %ld hidden small counts\n", score.tables, score.questions);
    assert_true(score.questions > 3000);
    assert_int_equal(score.told, 0);
}

static void hiding_small_counts_alone_is_not_enough(void **state)
{
    struct score score = { 0, 0, 0 };

    (void)state;
    attack_seed = 12;
    attack_tables(&score, 100, true);
    print_message("# of %ld hidden small counts %ld were told\n", score.questions, score.told);
    assert_true(score.told > score.questions / 50);
}

static void no_hidden_count_can_be_told_beside_an_earlier_release(void **state)
{
    struct score score = { 0, 0, 0 };

    (void)state;
    attack_seed = 13;
    while (score.tables < 120) {
        struct program p;

        struct attack  a = { .unchanged = score.tables % 4 == 0, .whole_printed = true };

        program_begin(&p);
        two_releases(&a, &score);
        write_questions(&p, &a);
        attack_release(&a);
        solve(&p, &score);
    }
    print_message("# %ld pairs of releases, %ld hidden small counts\n", score.tables, score.questions);
    assert_int_equal(score.told, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_hidden_count_can_be_told),
        cmocka_unit_test(hiding_small_counts_alone_is_not_enough),
        cmocka_unit_test(no_hidden_count_can_be_told_beside_an_earlier_release),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
