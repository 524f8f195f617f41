/* A report for the ear: the figures of the page, each after its name, and what is not shown in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/report/render.h"
#include "small_warehouse.h"
#include "dolen/base/banned.h"

/* Tables own their texts: none of these is a constant. */
static char w_t[] = "t", w_by_age[] = "By age", w_of_the_year[] = "Of the year.", w_age_years[] = "Age (years)",
    w_people[] = "People", w_share[] = "SHARE", w_better[] = "Better, %", w_n[] = "N", w_more[] = "More",
    w_a25[] = "A25", w_25_to_34[] = "25 to 34", w_nk[] = "NK", w_not_known[] = "Not known", w_2026_08[] =
    "2026-08", w_2026_08_so_far[] = "August 2026, so far", w_all[] = "All";

static struct report_cell cells[4][6];
static struct report_column columns[6];
static struct report_row rows[4];
static struct report_table table;

/* Of those first n columns. */
static void table_of(size_t columns_n, size_t rows_n)
{
    for (size_t i = 0; i < rows_n; i++)
        rows[i].cells = cells[i];
    table = (struct report_table) { .id = w_t, .title = w_by_age, .note = w_of_the_year,
                                    .row_title = w_age_years, .columns = columns, .column_count = columns_n,
                                    .rows = rows, .row_count = rows_n };
}

static void says(const char *words)
{
    struct buf b = BUF_INIT;

    report_say_table(&table, &b);
    if (!strstr(buf_text(&b), words))
        fail_msg("not \"%s\" in:\n%s", words, buf_text(&b));
    buf_release(&b);
}

static int setup(void **state)
{
    (void) state;
    memset(cells, 0, sizeof cells);
    columns[0] = (struct report_column) { w_people, w_people, 0, false };
    columns[1] = (struct report_column) { w_share, w_better, 0, true };
    for (int i = 2; i < 6; i++)
        columns[i] = (struct report_column) { w_n, w_more, 1, false };
    rows[0] = (struct report_row) { w_a25, w_25_to_34, ROW_PLAIN, NULL };
    rows[1] = (struct report_row) { w_nk, w_not_known, ROW_PLAIN, NULL };
    rows[2] = (struct report_row) { w_2026_08, w_2026_08_so_far, ROW_PLAIN, NULL };
    rows[3] = (struct report_row) { w_all, w_all, ROW_TOTAL, NULL };
    return 0;
}

static void a_row_names_each_figure(void **state)
{
    (void) state;
    table_of(2, 3);
    cells[0][0].value = 12;
    cells[0][1].value = 0.08;
    cells[1][0] = (struct report_cell) { CELL_HIDDEN, 77 };
    cells[1][1] = (struct report_cell) { CELL_NOT_APPLICABLE, 0 };
    cells[2][0].value = 5;
    cells[2][1] = (struct report_cell) { CELL_HIDDEN, 0 };
    says("By age.\nAge 25 to 34: People 12, Better 8 per cent.\n");
    says("Not known: kept back: People; does not apply: Better in per cent.\n");
    says("August 2026, so far: People 5; kept back: Better in per cent.\nOf the year.\n");
}

static void what_is_kept_back_is_said_and_never_its_value(void **state)
{
    struct buf b = BUF_INIT;

    (void) state;
    table_of(6, 1);
    for (int i = 0; i < 6; i++)
        cells[0][i] = (struct report_cell) { CELL_HIDDEN, 77 };
    says("Age 25 to 34: kept back.\n");
    cells[0][0] = (struct report_cell) { CELL_SHOWN, 10 };
    says("Age 25 to 34: People 10; the other 5: kept back.\n");
    report_say_table(&table, &b);
    assert_null(strstr(buf_text(&b), "77"));
    buf_release(&b);
}

static void an_empty_table_and_a_row_of_several_are_said(void **state)
{
    (void) state;
    table_of(1, 0);
    says("By age.\nNothing in this period.\nOf the year.\n");
    table_of(1, 1);
    rows[0].kind = ROW_SUBTOTAL;
    cells[0][0].value = 4;
    says("By age.\nAge 25 to 34, together: People 4.\nOf the year.\n");
}

/* Whoever hears figures hears first whose they are, and that they are not to be passed on. */
static void what_the_figures_are_is_said_around_them(void **state)
{
    static char title[] = "Reach", scope[] = "Everybody", note[] = "Counts below 5 are kept back.";
    static char *notes[] = { note };
    struct report r = { .title = title, .from = { 2026, 4, 1 }, .until = { 2026, 6, 30 }, .notes = notes, .note_count = 1 };
    struct buf b = BUF_INIT;

    (void) state;
    report_say_opening(&r, &b);
    assert_string_equal(buf_text(&b), "Reach. 1 Apr 2026 to 30 Jun 2026.\n");
    buf_clear(&b);
    r.scope = scope;
    r.training = r.unsuppressed = r.draft = true;
    report_say_opening(&r, &b);
    assert_string_equal(buf_text(&b), "Reach. 1 Apr 2026 to 30 Jun 2026. Everybody.\nTRAINING: invented people.\n"
                                      "EXACT COUNTS: not to be passed on.\nDRAFT: not released.\n");
    buf_clear(&b);
    report_say_notes(&r, &b);
    assert_string_equal(buf_text(&b), "About these figures.\nCounts below 5 are kept back.\n");
    buf_release(&b);
}

static void the_chart_is_a_sentence(void **state)
{
    (void) state;
    table_of(1, 4);
    table.chart = CHART_BARS;
    cells[0][0].value = 5;
    cells[1][0].value = 20;
    cells[2][0].value = 20;
    cells[3][0].value = 45;             /* the total is no bar */
    says("The chart in words: People. Most: Not known, 20, and 1 other. Least: Age 25 to 34, 5.\n");
    cells[2][0].state = CELL_HIDDEN;
    says("Most: Not known, 20. Least of those shown: Age 25 to 34, 5.\n");
    cells[1][0].value = 5;
    says("The same wherever it is shown: 5.\n");
}

static void an_interval_is_said_with_its_figure(void **state)
{
    (void) state;
    table_of(6, 2);
    table.chart = CHART_INTERVALS;
    table.chart_column = 2;
    for (int i = 0; i < 3; i++) {
        cells[0][2 + i].value = 1.5 + i;
        cells[1][2 + i].value = 7 + i;
    }
    says("Most: Not known, 7.0, between 8.0 and 9.0. Least: Age 25 to 34, 1.5, between 2.5 and 3.5.\n");
}

/* Every figure of every report stands in what is said of it. */
static void nothing_of_a_report_is_left_out(void **state)
{
    struct small s = small_new();

    (void) state;
    for (int i = 0; i < 40; i++)
        small_case(&s, 1, i, i % 2 ? "2025-05-02" : "2025-07-02", "ACCEPTED", i % 3 ? "W06000015" : "W06000001", "A25_44",
                   i % 4 ? "FEMALE" : "MALE", 1 + i % 10);
    for (int id = 0; id < REPORT_COUNT; id++) {
        struct report_request q = { .engine = s.e, .catalog = s.catalog, .id = (enum report_id) id, .from = { 2025, 4, 1 },
                                    .until = { 2026, 3, 31 }, .today = { 2026, 4, 2 } };
        struct report *r = NULL;
        struct err err = { .st = ST_OK };

        assert_int_equal(report_make(&r, &q, &err), ST_OK);
        for (size_t t = 0; t < r->count; t++) {
            table = r->tables[t];
            for (size_t i = 0; i < table.row_count; i++)
                for (size_t c = 0; c < table.column_count; c++)
                    if (table.rows[i].cells[c].state == CELL_SHOWN && !table.columns[c].share) {
                        struct buf b = BUF_INIT;

                        buf_addf(&b, "%s ", table.columns[c].label);
                        report_figure(&b, &table.columns[c], table.rows[i].cells[c]);
                        says(buf_text(&b));
                        buf_release(&b);
                    }
        }
        report_free(&r);
    }
    small_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_row_names_each_figure, setup),
        cmocka_unit_test_setup(what_is_kept_back_is_said_and_never_its_value, setup),
        cmocka_unit_test_setup(an_empty_table_and_a_row_of_several_are_said, setup),
        cmocka_unit_test_setup(what_the_figures_are_is_said_around_them, setup),
        cmocka_unit_test_setup(the_chart_is_a_sentence, setup),
        cmocka_unit_test_setup(an_interval_is_said_with_its_figure, setup),
        cmocka_unit_test_setup(nothing_of_a_report_is_left_out, setup),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
