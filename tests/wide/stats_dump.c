/* What core/stats.h and the outcomes report give for generated data, with every digit, for R to check.
 *
 *   stats_dump stats SEED       name TAB arguments, blanks between TAB result
 *   stats_dump outcomes SEED    "row" lines (the table outcome) and "figure" lines */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/core/stats.h"
#include "small_warehouse.h"

static void say(const char *name, const double *v, size_t n, double result)
{
    printf("%s\t", name);
    for (size_t i = 0; i < n; i++)
        printf("%s%.17g", i ? " " : "", v[i]);
    printf("\t%.17g\n", result);
}

static double any(void)
{
    return rand() % 4 == 0 ? (rand() % 2000 - 1000) / 37.0 : rand() % 21 - 10;
}

static void sample(void)
{
    size_t n = 2 + (size_t)(rand() % 60);
    double v[64];
    struct stat_sums sums = { 0, 0, 0 };
    struct stat_interval ci;

    for (size_t i = 0; i < n; i++) {
        v[i] = any();
        stat_add(&sums, &(struct stat_sums){ 1, v[i], v[i] * v[i] });
    }
    ci = stat_mean_interval(&sums);
    say("mean", v, n, stat_sums_mean(&sums));
    say("low", v, n, ci.low);
    say("high", v, n, ci.high);
    say("median", v, n, stat_quantile(v, n, 0.5));
    say("p90", v, n, stat_quantile(v, n, 0.9));
}

static void dump_stats(void)
{
    for (int i = 0; i < 300; i++) {
        double o = i < 50 ? i : rand() % 5000, e = 1 + rand() % 100000 / 7.0;

        sample();
        say("byar_low", &o, 1, stat_byar(o).low);
        say("byar_high", &o, 1, stat_byar(o).high);
        say("isr", (double[]){ o, e }, 2, stat_isr(o, e).rate);
        say("rate_high", (double[]){ o, e }, 2, stat_rate(o, e, 1000).high);
    }
    for (int df = 1; df < 3000; df += 1 + df / 20)
        say("qt", (double[]){ df }, 1, stat_t975((size_t)df));
}

static void random_outcomes(struct small *s)
{
    static const char *const wordings[] = { "OFFICIAL", "EN_SHOWN" }, *const items[] = { "SATIS", "ANXIOUS" };
    static const char *const stages[] = { "BASELINE", "REVIEW", "CLOSING" };

    for (int i = 0; i < 300; i++) {
        small_case(s, 1, i, rand() % 10 ? "2025-06-02" : "2024-06-02", "ACCEPTED", "W06000015", "A25_44", "FEMALE", 1);
        for (int k = rand() % 5; k > 0; k--) {
            char on[16];

            snprintf(on, sizeof on, "2025-%02d-%02d", 6 + rand() % 6, 1 + rand() % 28);
            small_outcome(s, i, items[rand() % 2], stages[rand() % 3], on, rand() % 11, wordings[rand() % 6 == 0]);
        }
    }
}

static void dump_outcomes(void)
{
    struct small   s = small_new();
    struct report *r = NULL;
    struct query  *q = NULL;
    struct report_request want = { .engine = s.e, .catalog = s.catalog, .id = REPORT_OUTCOMES, .from = { 2025, 4, 1 },
                                   .until = { 2026, 3, 31 }, .today = { 2026, 4, 2 }, .unsuppressed = true };
    bool row = true;

    random_outcomes(&s);
    if (query_ask(&q, &s.e, "SELECT hex(o.episode_id), o.item, o.stage, o.taken_on, o.value, o.wording FROM outcome o JOIN episode e "
                            "ON e.episode_id = o.episode_id WHERE e.first_conversation_on >= '2025-04-01'", NULL, 0, NULL) != ST_OK)
        abort();
    while (query_next(q, &row, NULL) == ST_OK && row)
        printf("row\t%s\t%s\t%s\t%s\t%.17g\t%s\n", query_string(q, 0), query_string(q, 1), query_string(q, 2), query_string(q, 3),
               query_number(q, 4), query_string(q, 5));
    query_end(&q);
    if (report_make(&r, &want, NULL) != ST_OK)
        abort();
    for (size_t t = 0; t < r->count; t++)
        for (size_t i = 0; i < r->tables[t].row_count; i++)
            for (size_t c = 0; c < r->tables[t].column_count; c++)
                printf("figure\t%s\t%s\t%.17g\n", r->tables[t].rows[i].code, r->tables[t].columns[c].code,
                       r->tables[t].rows[i].cells[c].value);
    report_free(&r);
    small_free(&s);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    srand((unsigned)atoi(argv[2]));
    lang_set(LANG_EN);
    if (strcmp(argv[1], "stats") == 0)
        dump_stats();
    else
        dump_outcomes();
    return 0;
}
