/* The list of reports and a page of one: at three sizes, in both languages, and what the keys ask the program for. */
#include "view_test.h"

#include "dolen/report/render.h"
#include "dolen/ui/reports.h"
#include "small_warehouse.h"

#include "dolen/base/banned.h"

static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };

struct told {
    size_t opened;
    int    year, acted;
};
static struct told told;

static const char *name_of(void *ctx, size_t i)
{
    (void) ctx;
    return report_name((enum report_id) i);
}

static const char *help_of(void *ctx, size_t i)
{
    (void) ctx;
    return report_help((enum report_id) i);
}

static unsigned opened(void *ctx, size_t i, int year)
{
    (void) ctx;
    told.opened = i;
    told.year = year;
    return REACT_DRAW;
}

static void push_list(struct rig *s)
{
    struct reports_source src = { NULL, REPORT_COUNT, name_of, help_of, opened };

    told = (struct told) { 99, 0, 0 };
    screen_push(s->screen, reports_view_new(&s->ui, &src));
}

static void every_report_is_in_the_list(void **state)
{
    (void) state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
            struct rig *s = stage_new(sizes[i][0], sizes[i][1]);

            lang_set((enum lang) lang);
            push_list(s);
            assert_shown(s, lang == LANG_CY ? "Adroddiadau" : "Reports");
            for (int id = 0; id < REPORT_COUNT; id++)
                assert_shown(s, report_name((enum report_id) id));
            assert_cursor_on(s, report_name(REPORT_ACTIVITY));
            stage_free(s);
        }
    }
}

static void left_and_right_turn_the_year_up_to_this_one(void **state)
{
    struct rig *s = stage_new(24, 80);

    (void) state;
    push_list(s);
    assert_shown(s, "1 April 2025 to 31 March 2026");
    keys(s, "Right");
    assert_shown(s, "1 April 2025");
    keys(s, "Left Down Enter");
    assert_int_equal(told.opened, REPORT_REACH);
    assert_int_equal(told.year, 2024);
    stage_free(s);
}

/* --- a page ----------------------------------------------------------------------------------------------------- */

static struct small warehouse;
static struct report *made;

static enum status page_load(void *ctx, struct err *err)
{
    struct report_request q = { .engine = warehouse.e, .catalog = warehouse.catalog, .id = REPORT_REFERRERS,
                                .from = { 2025, 4, 1 }, .until = { 2026, 3, 31 }, .today = { 2026, 3, 9 } };

    (void) ctx;
    report_free(&made);
    return report_make(&made, &q, err);
}

static void page_text(void *ctx, int cols, bool ascii, struct buf *out)
{
    (void) ctx;
    report_text(made, cols, ascii, out);
}

static void page_title(void *ctx, struct buf *out)
{
    (void) ctx;
    buf_add(out, made ? made->title : "");
}

static unsigned page_act(void *ctx, int action)
{
    (void) ctx;
    told.acted = action;
    return REACT_DRAW;
}

static struct rig *push_page(int rows, int cols)
{
    struct page_source src = { .title = page_title, .load = page_load, .text = page_text, .act = page_act };
    struct rig *s = stage_new(rows, cols);

    told = (struct told) { 0, 0, 0 };
    screen_push(s->screen, page_view_new(&s->ui, &src));
    stage_show(s);
    return s;
}

static void a_page_is_made_for_its_width_and_language(void **state)
{
    (void) state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
            struct rig *s;

            lang_set((enum lang) lang);
            s = push_page(sizes[i][0], sizes[i][1]);
            assert_shown(s, lang == LANG_CY ? "I'r rhai sy'n atgyfeirio" : "For those who refer");
            keys(s, "End");
            assert_shown(s, lang == LANG_CY ? "c: wedi'i gadw" : "c: kept back");
            stage_free(s);
        }
    }
}

static void bars_are_of_signs_that_the_terminal_has(void **state)
{
    struct rig *s = push_page(60, 100);

    (void) state;
    keys(s, "PageDown");
    assert_shown(s, "\xe2\x96\x88");
    canvas_set_glyphs(s->canvas, GLYPHS_ASCII);
    assert_shown(s, "####");
    assert_not_shown(s, "\xe2\x96\x88");
    stage_free(s);
}

static void saving_and_exact_counts_are_asked_of_the_program(void **state)
{
    struct rig *s = push_page(24, 80);

    (void) state;
    keys(s, "s");
    assert_int_equal(told.acted, ACT_REPORT_SAVE);
    keys(s, "E");
    assert_int_equal(told.acted, ACT_REPORT_EXACT);
    stage_free(s);
}

static int start(void **state)
{
    (void) state;
    lang_start();
    lang_set(LANG_EN);
    warehouse = small_new();
    for (int i = 0; i < 60; i++)
        small_case(&warehouse, 1, i, "2025-06-02", i % 7 ? "ACCEPTED" : "DECLINED", "W06000015", "A25_44", "FEMALE", 1);
    return 0;
}

static int stop(void **state)
{
    (void) state;
    report_free(&made);
    small_free(&warehouse);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_report_is_in_the_list),
        cmocka_unit_test(left_and_right_turn_the_year_up_to_this_one),
        cmocka_unit_test(a_page_is_made_for_its_width_and_language),
        cmocka_unit_test(bars_are_of_signs_that_the_terminal_has),
        cmocka_unit_test(saving_and_exact_counts_are_asked_of_the_program),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
