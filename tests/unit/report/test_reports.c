/* Reports on rows that are known: what is counted, what is paired, what is kept back, and that parts add up to the whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "small_warehouse.h"

static const struct date year_from = { 2025, 4, 1 }, year_until = { 2026, 3, 31 };

static struct report *make(struct small *s, enum report_id id, bool exact, const struct population *p)
{
    struct report_request q = { .engine = s->e, .catalog = s->catalog, .id = id, .from = year_from, .until = year_until,
                                .today = { 2026, 4, 2 }, .population = p, .unsuppressed = exact };
    struct report *r = NULL;
    struct err     err = { .st = ST_OK };

    if (report_make(&r, &q, &err) != ST_OK)
        fail_msg("%s", err_text(&err));
    return r;
}

static void is(struct report_cell got, double want)
{
    if (got.state != CELL_SHOWN || !(fabs(got.value - want) <= 5e-13 * fmax(1, fabs(want))))
        fail_msg("state %d, %.17g is not %.17g", got.state, got.value, want);
}

/* The changes of test_stats.c, whose interval is R's. */
static const double changes[] = { 3, -1, 0, 2, 2, 5, -2, 1, 0, 4, 1, 3 };

static void fill_pairs(struct small *s)
{
    for (int i = 0; i < (int)ARRAY_LEN(changes); i++) {
        small_case(s, 1, i, "2025-05-02", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);
        small_outcome(s, i, "SATIS", "BASELINE", "2025-05-10", 3, "OFFICIAL");
        small_outcome(s, i, "SATIS", "REVIEW", "2025-07-10", 9, "OFFICIAL");
        small_outcome(s, i, "SATIS", "CLOSING", "2025-09-10", 3 + changes[i], "OFFICIAL");
    }
}

static void pairs_are_of_one_person_and_one_wording(void **state)
{
    struct small   s = small_new();
    struct report *r;

    (void)state;
    fill_pairs(&s);
    small_case(&s, 1, 100, "2025-05-02", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);      /* another wording */
    small_outcome(&s, 100, "SATIS", "BASELINE", "2025-05-10", 0, "OFFICIAL");
    small_outcome(&s, 100, "SATIS", "CLOSING", "2025-09-10", 10, "EN_SHOWN");
    small_case(&s, 1, 101, "2025-05-02", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);      /* the start alone */
    small_outcome(&s, 101, "SATIS", "BASELINE", "2025-05-10", 0, "OFFICIAL");
    small_case(&s, 1, 102, "2025-05-02", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);      /* later alone */
    small_outcome(&s, 102, "SATIS", "CLOSING", "2025-05-10", 10, "OFFICIAL");
    small_case(&s, 1, 103, "2024-05-02", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);      /* referred before */
    small_outcome(&s, 103, "SATIS", "BASELINE", "2025-05-10", 0, "OFFICIAL");
    small_outcome(&s, 103, "SATIS", "CLOSING", "2025-09-10", 10, "OFFICIAL");
    r = make(&s, REPORT_OUTCOMES, true, NULL);
    is(figure(r, "asked", "ONS4.SATIS", "REFERRED"), 15);
    is(figure(r, "asked", "ONS4.SATIS", "EPISODES"), 15);
    is(figure(r, "asked", "ONS4.SATIS", "BASELINE"), 14);
    is(figure(r, "asked", "ONS4.SATIS", "FOLLOW_UP"), 14);
    is(figure(r, "asked", "ONS4.SATIS", "PAIRED"), 12);
    is(figure(r, "change", "ONS4.SATIS", "MEAN_CHANGE"), 1.5);
    is(figure(r, "change", "ONS4.SATIS", "CI_LOW"), 0.1866542357850163);
    is(figure(r, "change", "ONS4.SATIS", "CI_HIGH"), 2.8133457642149837);
    is(figure(r, "change", "ONS4.SATIS", "MEDIAN_CHANGE"), 1.5);
    is(figure(r, "change", "ONS4.SATIS", "BETTER"), 8 / 12.0);
    is(figure(r, "change", "ONS4.SATIS", "SAME"), 2 / 12.0);
    is(figure(r, "change", "ONS4.SATIS", "WORSE"), 2 / 12.0);
    assert_int_equal(table_named(r, "change")->row_count, 1);
    report_free(&r);
    small_free(&s);
}

/* 2.87 points are published for this score, none for ONS4. */
static void changes_beyond_the_error_of_a_measure_are_told(void **state)
{
    static const double metric[] = { 3.2, 2.9, 2.87, 2.86, 0, -2.88, 1, -1, 4, 6, 0.5, 2 };
    struct small   s = small_new();
    struct report *r;

    (void)state;
    fill_pairs(&s);
    for (int i = 0; i < (int)ARRAY_LEN(metric); i++) {
        small_outcome(&s, i, "METRIC", "BASELINE", "2025-05-10", 20, "OFFICIAL");
        small_outcome(&s, i, "METRIC", "CLOSING", "2025-09-10", 20 + metric[i], "OFFICIAL");
    }
    small_sql(&s, "UPDATE outcome SET instrument = 'SWEMWBS' WHERE item = 'METRIC'");
    r = make(&s, REPORT_OUTCOMES, true, NULL);
    is(figure(r, "change", "SWEMWBS.METRIC", "BETTER"), 9 / 12.0);
    is(figure(r, "change", "SWEMWBS.METRIC", "BETTER_BEYOND_ERROR"), 5 / 12.0);
    is(figure(r, "change", "SWEMWBS.METRIC", "WORSE"), 2 / 12.0);
    is(figure(r, "change", "SWEMWBS.METRIC", "WORSE_BEYOND_ERROR"), 1 / 12.0);
    assert_int_equal(figure(r, "change", "ONS4.SATIS", "BETTER_BEYOND_ERROR").state, CELL_NOT_APPLICABLE);
    report_free(&r);
    small_free(&s);
}

/* A policy of months says of a review and a closing no more than that both were in September. */
static void in_one_month_the_closing_is_the_later_one(void **state)
{
    static const char *const stages[][2] = { { "REVIEW", "CLOSING" }, { "CLOSING", "REVIEW" } };    /* in either order of rows */
    struct small   s = small_new();
    struct report *r;

    (void)state;
    for (int i = 0; i < 20; i++) {
        small_case(&s, 1, i, "2025-05", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);
        small_outcome(&s, i, "SATIS", "BASELINE", "2025-05", 3, "OFFICIAL");
        for (int k = 0; k < 2; k++)
            small_outcome(&s, i, "SATIS", stages[i % 2][k], "2025-09", str_eq(stages[i % 2][k], "CLOSING") ? 7 : 1 + i % 3 * 4,
                          "OFFICIAL");
    }
    r = make(&s, REPORT_OUTCOMES, true, NULL);
    is(figure(r, "change", "ONS4.SATIS", "PAIRED"), 20);
    is(figure(r, "change", "ONS4.SATIS", "MEAN_CHANGE"), 4);
    is(figure(r, "change", "ONS4.SATIS", "BETTER"), 1);
    report_free(&r);
    small_free(&s);
}

/* Two laptops may each have opened a period of support on one referral before they met: it is one referral still. */
static void a_referral_with_two_episodes_counts_once(void **state)
{
    struct small   s = small_new();
    struct report *r;

    (void)state;
    for (int i = 0; i < 10; i++)
        small_case(&s, 1, i, "2025-05-02", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);
    small_sql(&s, "INSERT INTO episode (source_id, episode_id, person_id, referral_id, local_authority, row_version) "
                  "SELECT source_id, randomblob(16), person_id, referral_id, local_authority, 1 FROM episode");
    r = make(&s, REPORT_ACTIVITY, true, NULL);
    is(figure(r, "by_month", "TOTAL", "REFERRALS"), 10);
    is(figure(r, "by_area", "TOTAL", "REFERRALS"), 10);
    is(figure(r, "by_area", "W06000015", "ACCEPTED"), 10);
    report_free(&r);
    r = make(&s, REPORT_REACH, true, NULL);
    is(figure(r, "area", "W06000015", "PEOPLE"), 10);
    report_free(&r);
    small_free(&s);
}

/* Sums of what was told, and how many kept theirs back: nothing of a quarter before the period. */
static void reports_made_are_added_up_as_told(void **state)
{
    struct small          s = small_new();
    struct report_request q = { .engine = s.e, .catalog = s.catalog, .id = REPORT_ACTIVITY, .from = year_from, .until = year_until,
                                .today = { 2026, 4, 2 }, .safeguarding = true };
    struct report        *r = NULL;
    struct err            err = { .st = ST_OK };
    size_t                tables;

    (void)state;
    assert_int_equal(report_make(&r, &q, &err), ST_OK);
    tables = r->count;                              /* nothing was told: there is no table */
    report_free(&r);
    small_sql(&s, "INSERT INTO safeguarding (source_id, quarter, reports, reports__missing, row_version) VALUES "
                  "(1, '2025-Q2', 10, NULL, 1), (2, '2025-Q2', 5, NULL, 1), (3, '2025-Q2', NULL, 'WITHHELD', 1), "
                  "(1, '2025-Q4', NULL, 'WITHHELD', 1), (1, '2025-Q1', 20, NULL, 1)");
    assert_int_equal(report_make(&r, &q, &err), ST_OK);
    assert_int_equal(r->count, tables + 1);
    is(figure(r, "safeguarding", "2025-Q2", "REPORTS"), 15);
    is(figure(r, "safeguarding", "2025-Q2", "LAPTOPS"), 2);
    is(figure(r, "safeguarding", "2025-Q2", "KEPT_BACK"), 1);
    assert_int_equal(figure(r, "safeguarding", "2025-Q4", "REPORTS").state, CELL_HIDDEN);     /* no 0: nobody said that */
    is(figure(r, "safeguarding", "2025-Q4", "KEPT_BACK"), 1);
    assert_int_equal(table_named(r, "safeguarding")->row_count, 2);
    report_free(&r);
    small_free(&s);
}

static void less_anxious_is_better(void **state)
{
    struct small   s = small_new();
    struct report *r;

    (void)state;
    for (int i = 0; i < 20; i++) {
        small_case(&s, 1, i, "2025-05-02", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);
        small_outcome(&s, i, "ANXIOUS", "BASELINE", "2025-05-10", 8, "OFFICIAL");
        small_outcome(&s, i, "ANXIOUS", "CLOSING", "2025-09-10", i < 15 ? 3 : 9, "OFFICIAL");
    }
    r = make(&s, REPORT_OUTCOMES, false, NULL);
    is(figure(r, "change", "ONS4.ANXIOUS", "BETTER"), 0.75);
    is(figure(r, "change", "ONS4.ANXIOUS", "WORSE"), 0.25);
    is(figure(r, "change", "ONS4.ANXIOUS", "MEAN_CHANGE"), -3.5);
    report_free(&r);
    small_free(&s);
}

/* What ten people do not carry is not given, nor is it told by its absence that they were fewer. */
static void few_pairs_carry_no_average(void **state)
{
    struct small   s = small_new();
    struct report *r;

    (void)state;
    for (int i = 0; i < 12; i++) {
        small_case(&s, 1, i, "2025-05-02", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);
        small_outcome(&s, i, "SATIS", "BASELINE", "2025-05-10", 3, "OFFICIAL");
        small_outcome(&s, i, "SATIS", "CLOSING", "2025-09-10", 4, "OFFICIAL");
    }
    r = make(&s, REPORT_OUTCOMES, false, NULL);
    is(figure(r, "change", "ONS4.SATIS", "PAIRED"), 10);
    assert_int_equal(figure(r, "change", "ONS4.SATIS", "MEAN_CHANGE").state, CELL_HIDDEN);
    report_free(&r);
    small_free(&s);
}

static const char *const areas[] = { "W06000015", "W06000014", "W06000011", "W06000012", "W06000023" };

static void fill_many(struct small *s, int sources, int n)
{
    char month[16];

    srand(7);
    for (int i = 0; i < n; i++) {
        snprintf(month, sizeof month, "2025-%02d-%02d", 4 + rand() % 9, 1 + rand() % 28);
        small_case(s, 1 + i % sources, i, month, rand() % 9 ? "ACCEPTED" : "CLINICAL", areas[rand() % 5],
                   rand() % 2 ? "A25_44" : "A65_74", rand() % 2 ? "FEMALE" : "MALE", 1 + rand() % 10);
    }
}

static void small_counts_are_kept_back_and_the_rest_rounded(void **state)
{
    struct small   s = small_new();
    struct report *exact, *safe;

    (void)state;
    fill_many(&s, 1, 150);
    exact = make(&s, REPORT_ACTIVITY, true, NULL);
    safe = make(&s, REPORT_ACTIVITY, false, NULL);
    is(figure(exact, "by_month", "TOTAL", "REFERRALS"), 150);
    for (size_t i = 0; i < table_named(safe, "by_area")->row_count; i++) {
        const struct report_row *row = &table_named(safe, "by_area")->rows[i];
        struct report_cell       v = row->cells[1], true_v = figure(exact, "by_area", row->code, "ACCEPTED");

        assert_true(v.state == CELL_HIDDEN || (fabs(v.value - true_v.value) <= 2 && fmod(v.value, 5) == 0));
        assert_true(v.state == CELL_HIDDEN || true_v.value == 0 || true_v.value > 4);
    }
    assert_int_equal(safe->lost, 0);
    report_free(&exact);
    report_free(&safe);
    small_free(&s);
}

/* By area nothing is left but counts of 1, by month the same referrals are one 5: what one table keeps back of the total the
 * other must not show. */
static void a_total_is_the_same_in_every_table(void **state)
{
    static const char *const six[] = { "W06000001", "W06000002", "W06000003", "W06000004", "W06000005", "W06000006" };
    struct small   s = small_new();
    struct report *r;

    (void)state;
    for (int i = 0; i < (int)ARRAY_LEN(six); i++)
        small_case(&s, 1, i, "2025-05-02", "ACCEPTED", six[i], "A25_44", "FEMALE", 1);
    r = make(&s, REPORT_ACTIVITY, false, NULL);
    is(figure(r, "by_month", "TOTAL", "REFERRALS"), 5);
    is(figure(r, "by_area", "TOTAL", "REFERRALS"), 5);
    assert_int_equal(figure(r, "by_area", six[0], "REFERRALS").state, CELL_HIDDEN);
    assert_int_equal(r->lost, 0);
    assert_true(r->keeps_zeros);
    report_free(&r);
    small_free(&s);
}

/* Releases in the ledger for periods that end on a day; NULL: all. */
static long kept_until(struct small *s, const char *until)
{
    const struct query_value v = query_text(until ? until : "");
    struct query            *q = NULL;
    bool                     row = true;
    long                     n = -1;

    if (query_ask(&q, &s->e, "SELECT count(*) FROM report_release WHERE ?1 = '' OR until_day = ?1", &v, 1, NULL) == ST_OK &&
        query_next(q, &row, NULL) == ST_OK && row)
        n = (long)query_integer(q, 0);
    query_end(&q);
    return n;
}

static void months_of_a_policy_count_as_their_first_day(void **state)
{
    struct small   s = small_new();
    struct report *r;

    (void)state;
    for (int i = 0; i < 20; i++)
        small_case(&s, 1, i, i < 12 ? "2025-04" : "2024-03", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);
    r = make(&s, REPORT_ACTIVITY, true, NULL);
    is(figure(r, "by_month", "2025-04", "REFERRALS"), 12);
    is(figure(r, "by_month", "TOTAL", "REFERRALS"), 12);
    report_free(&r);
    small_free(&s);
}

/* Months to come are no zeros: everybody knows that nothing was done in them, so one that is kept back beside a small count
 * would hide nothing. A day that was typed wrong counts nowhere until it has come. */
static void what_is_to_come_is_left_out(void **state)
{
    struct small          s = small_new();
    struct release_store  store = release_store_in(&s.e);
    struct report_request q = { .engine = s.e, .catalog = s.catalog, .id = REPORT_ACTIVITY, .from = year_from, .until = year_until,
                                .today = { 2025, 6, 10 }, .releases = &store };
    struct report        *r = NULL;
    struct err            err = { .st = ST_OK };

    (void)state;
    for (int i = 0; i < 30; i++)
        small_case(&s, 1, i, i < 20 ? "2025-06-02" : "2025-06-11", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);
    assert_int_equal(report_make(&r, &q, &err), ST_OK);
    assert_string_equal(date_iso(r->until).s, "2025-06-10");
    is(figure(r, "by_month", "2025-06", "REFERRALS"), 20);
    is(figure(r, "by_month", "TOTAL", "REFERRALS"), 20);
    is(figure(r, "by_area", "W06000015", "REFERRALS"), 20);
    assert_int_equal(r->tables[0].row_count, 4);
    assert_string_equal(r->tables[0].rows[2].label, "June 2025, so far");
    report_free(&r);
    assert_true(kept_until(&s, NULL) > 5);
    assert_int_equal(kept_until(&s, "2026-03-31"), kept_until(&s, NULL));
    q.today = (struct date){ 2025, 3, 31 };
    assert_int_equal(report_make(&r, &q, &err), ST_USAGE);
    assert_null(r);
    small_free(&s);
}

/* ---- rates ---- */

static const char people_csv[] = "wimd_decile,age_band,population\n1,18-24,1000\n1,25-44,\"3,000\"\n2,A18_24,2000\n2,25-44,2000\n";

static void rates_and_ratios_stand_on_the_population(void **state)
{
    static const struct { int decile; const char *band; int n; } groups[] = {
        { 1, "A18_24", 20 }, { 1, "A25_44", 30 }, { 2, "A18_24", 15 }, { 2, "A25_44", 35 },
    };
    struct small       s = small_new();
    struct population *p = NULL;
    struct report     *r;
    int                n = 0;

    (void)state;
    for (size_t g = 0; g < ARRAY_LEN(groups); g++)
        for (int i = 0; i < groups[g].n; i++)
            small_case(&s, 1, n++, "2025-05-02", "ACCEPTED", "W06000015", groups[g].band, "FEMALE", groups[g].decile);
    assert_int_equal(population_read(&p, people_csv, sizeof people_csv - 1, "people.csv", NULL), ST_OK);
    r = make(&s, REPORT_REACH, false, p);
    is(figure(r, "decile", "1", "POPULATION"), 4000);
    is(figure(r, "decile", "1", "RATE"), 12.5);
    is(figure(r, "decile", "1", "RATE_LOW"), 9.2770251022585466);
    is(figure(r, "decile", "1", "RATE_HIGH"), 16.4800391734894305);
    is(figure(r, "decile", "1", "RATIO"), 98.684210526315780);
    is(figure(r, "decile", "2", "RATIO_LOW"), 75.219122450744976);
    is(figure(r, "decile", "2", "RATIO_HIGH"), 133.621939244508894);
    assert_int_equal(figure(r, "decile", "TOTAL", "RATIO").state, CELL_NOT_APPLICABLE);
    assert_int_equal(figure(r, "decile", "3", "RATE").state, CELL_NOT_AVAILABLE);
    is(figure(r, "age", "A18_24", "RATE"), 35 / 3.0);
    report_free(&r);
    population_free(&p);
    small_free(&s);
}

static void a_population_that_cannot_be_read_says_which_line(void **state)
{
    static const char *const bad[][2] = {
        { "people,age\n3,4\n", "no column named population" },
        { "population,wimd_decile\n3,1\n3,eleven\n", "line 3" },
        { "population\n-3\n", "line 2" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct population *p = NULL;
        struct err         err = { .st = ST_OK };

        assert_int_equal(population_read(&p, bad[i][0], strlen(bad[i][0]), "people.csv", &err), ST_INVALID);
        assert_non_null(strstr(err_text(&err), bad[i][1]));
        assert_null(p);
    }
}

/* ---- several servers ---- */

/* The rows of one engine after those of the other, as over shards. */
struct both {
    struct engine parts[2];
};
struct both_cursor {
    struct query *parts[2];
    int           at;
};

static enum status both_ask(void *at, void **cursor, const char *sql, const struct query_value *v, size_t n, struct err *err)
{
    struct both        *b = at;
    struct both_cursor *c = xcalloc(1, sizeof *c);
    enum status         st = query_ask(&c->parts[0], &b->parts[0], sql, v, n, err);

    if (st == ST_OK)
        st = query_ask(&c->parts[1], &b->parts[1], sql, v, n, err);
    *cursor = c;
    return st;
}

static enum status both_next(void *cursor, bool *row, struct err *err)
{
    struct both_cursor *c = cursor;
    enum status         st = query_next(c->parts[c->at], row, err);

    if (st == ST_OK && !*row && c->at == 0) {
        c->at = 1;
        st = query_next(c->parts[1], row, err);
    }
    return st;
}

static bool both_null(void *cursor, int col)
{
    struct both_cursor *c = cursor;

    return query_is_null(c->parts[c->at], col);
}

static int64_t both_int(void *cursor, int col)
{
    struct both_cursor *c = cursor;

    return query_integer(c->parts[c->at], col);
}

static double both_real(void *cursor, int col)
{
    struct both_cursor *c = cursor;

    return query_number(c->parts[c->at], col);
}

static const char *both_text(void *cursor, int col)
{
    struct both_cursor *c = cursor;

    return query_string(c->parts[c->at], col);
}

static void both_end(void *cursor)
{
    struct both_cursor *c = cursor;

    query_end(&c->parts[0]);
    query_end(&c->parts[1]);
    free(c);
}

static void equal_reports(const struct report *a, const struct report *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t t = 0; t < a->count; t++) {
        assert_int_equal(a->tables[t].row_count, b->tables[t].row_count);
        for (size_t r = 0; r < a->tables[t].row_count; r++)
            for (size_t c = 0; c < a->tables[t].column_count; c++) {
                struct report_cell x = a->tables[t].rows[r].cells[c], y = b->tables[t].rows[r].cells[c];

                assert_int_equal(x.state, y.state);
                if (x.state == CELL_SHOWN)
                    assert_memory_equal(&x.value, &y.value, sizeof x.value);
            }
    }
}

static void parts_on_two_servers_give_the_same_report(void **state)
{
    static const struct engine_ops ops = { "both", both_ask, both_next, both_null, both_int, both_real, both_text, both_end };
    struct small whole = small_new(), one = small_new(), two = small_new(), sum = whole;
    struct both  both = { { one.e, two.e } };

    (void)state;
    fill_many(&whole, 2, 200);
    fill_many(&one, 2, 200);
    fill_many(&two, 2, 200);
    for (size_t i = 0; i < 2; i++) {
        struct small *part = i ? &two : &one;

        small_sql(part, i ? "DELETE FROM referral WHERE source_id = 1" : "DELETE FROM referral WHERE source_id = 2");
        small_sql(part, i ? "DELETE FROM episode WHERE source_id = 1" : "DELETE FROM episode WHERE source_id = 2");
    }
    sum.e = (struct engine){ &ops, &both };
    for (int id = 0; id < REPORT_COUNT; id++) {
        struct report *a = make(&whole, (enum report_id)id, false, NULL), *b = make(&sum, (enum report_id)id, false, NULL);

        equal_reports(a, b);
        report_free(&a);
        report_free(&b);
    }
    small_free(&whole);
    small_free(&one);
    small_free(&two);
}

/* ---- earlier releases ---- */

static void releases_are_noted_once_and_set_beside_later_ones(void **state)
{
    struct small          s = small_new();
    struct release_store  store = release_store_in(&s.e);
    struct report_request q = { .engine = s.e, .catalog = s.catalog, .id = REPORT_ACTIVITY, .from = year_from, .until = year_until,
                                .today = { 2026, 4, 2 }, .releases = &store };
    struct report        *first = NULL, *again = NULL, *later = NULL;
    long                  noted;

    (void)state;
    fill_many(&s, 1, 60);
    assert_int_equal(report_make(&first, &q, NULL), ST_OK);
    noted = kept_until(&s, NULL);
    assert_true(noted > 5);
    assert_int_equal(report_make(&again, &q, NULL), ST_OK);
    assert_int_equal(kept_until(&s, NULL), noted);
    equal_reports(first, again);
    small_case(&s, 1, 900, "2025-12-12", "ACCEPTED", areas[0], "A25_44", "FEMALE", 3);
    q.draft = true;
    assert_int_equal(report_make(&later, &q, NULL), ST_OK);
    assert_int_equal(kept_until(&s, NULL), noted);
    assert_int_equal(later->lost, 0);
    report_free(&first);
    report_free(&again);
    report_free(&later);
    small_free(&s);
}

static int start(void **state)
{
    (void)state;
    lang_start();
    lang_set(LANG_EN);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_of_one_person_and_one_wording),
        cmocka_unit_test(changes_beyond_the_error_of_a_measure_are_told),
        cmocka_unit_test(in_one_month_the_closing_is_the_later_one),
        cmocka_unit_test(a_referral_with_two_episodes_counts_once),
        cmocka_unit_test(reports_made_are_added_up_as_told), cmocka_unit_test(less_anxious_is_better),
        cmocka_unit_test(few_pairs_carry_no_average),
        cmocka_unit_test(small_counts_are_kept_back_and_the_rest_rounded),
        cmocka_unit_test(a_total_is_the_same_in_every_table),
        cmocka_unit_test(months_of_a_policy_count_as_their_first_day),
        cmocka_unit_test(what_is_to_come_is_left_out),
        cmocka_unit_test(rates_and_ratios_stand_on_the_population),
        cmocka_unit_test(a_population_that_cannot_be_read_says_which_line),
        cmocka_unit_test(parts_on_two_servers_give_the_same_report),
        cmocka_unit_test(releases_are_noted_once_and_set_beside_later_ones),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
