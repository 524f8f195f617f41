/* The windowed list: only rows in sight are asked for, the cursor is on the marked row. */
#include "ui_test.h"

#include <string.h>

#include "dolen/ui/keymap.h"
#include "dolen/ui/list.h"
#include "dolen/base/banned.h"

struct asked {
    size_t least, most, calls, window_first, window_n;
};

static void row(void *ctx, size_t i, struct area a)
{
    struct asked *seen = ctx;

    seen->calls++;
    seen->least = i < seen->least ? i : seen->least;
    seen->most = i > seen->most ? i : seen->most;
    area_textf(a, 0, 0, -1, STYLE_TEXT, "row %zu", i);
}

static void window(void *ctx, size_t first, size_t n)
{
    struct asked *seen = ctx;

    seen->window_first = first;
    seen->window_n = n;
}

static bool every_fourth(void *ctx, size_t i)
{
    (void) ctx;
    return i % 4 == 0;
}

static struct asked seen;
static const struct list_source source = { .row = row, .window = window, .empty = "Nothing here yet.", .ctx = &seen };
static const struct list_source headed = { .row = row, .is_heading = every_fourth, .empty = "", .ctx = &seen };

static void draw(struct list *l, struct canvas *c, const struct list_source *src)
{
    seen = (struct asked) { .least = (size_t) -1 };
    canvas_clear(c);
    list_draw(l, src, area_all(c));
}

static void only_rows_in_sight_are_asked_for(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(5, 20);
    struct list l = { 0 };

    list_set_count(&l, 50000);
    list_select(&l, 30000);
    draw(&l, c, &source);
    assert_int_equal(seen.calls, 5);
    assert_int_equal(seen.window_n, 5);
    assert_int_equal(seen.window_first, seen.least);
    assert_int_equal(seen.most, 30000);
    assert_row(c, 4, "> row 30000        ↓");
    assert_cursor(c, 4, 2);
    assert_true(canvas_row(c, 4)[3].style & STYLE_ON_FOCUS);
    canvas_free(&c);
}

static void moves_stop_at_the_ends(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(4, 20);
    struct list l = { 0 };

    list_set_count(&l, 10);
    draw(&l, c, &source);
    assert_int_equal(list_act(&l, &source, NAV_UP), REACT_NONE);
    assert_int_equal(list_act(&l, &source, NAV_PAGE_DOWN), REACT_DRAW);
    assert_int_equal(l.selected, 3);
    list_act(&l, &source, NAV_LAST);
    assert_int_equal(l.selected, 9);
    draw(&l, c, &source);
    assert_row(c, 0, "  row 6            ↑");
    assert_int_equal(list_act(&l, &source, NAV_PAGE_DOWN), REACT_NONE);
    assert_int_equal(list_act(&l, &source, NAV_OPEN), REACT_PASS);
    list_set_count(&l, 2);
    assert_int_equal(l.selected, 1);
    draw(&l, c, &source);
    assert_row(c, 1, "> row 1");
    canvas_free(&c);
}

/* The one move a person makes all day touches two rows and no other. */
static void a_step_changes_two_rows(void **state)
{
    (void) state;
    struct canvas *before = canvas_new(10, 20), *after = canvas_new(10, 20);
    struct list l = { 0 };
    int changed = 0;

    list_set_count(&l, 100);
    list_select(&l, 4);
    draw(&l, before, &source);
    list_act(&l, &source, NAV_DOWN);
    draw(&l, after, &source);
    for (int y = 0; y < 10; y++)
        changed += memcmp(canvas_row(before, y), canvas_row(after, y), 20 * sizeof(struct cell)) != 0;
    assert_int_equal(changed, 2);
    canvas_free(&before);
    canvas_free(&after);
}

static void headings_are_stepped_over_and_kept_in_sight(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(4, 20);
    struct list l = { 0 };

    list_set_count(&l, 12);
    draw(&l, c, &headed);
    assert_int_equal(l.selected, 1);
    for (int i = 0; i < 3; i++)
        list_act(&l, &headed, NAV_DOWN);
    assert_int_equal(l.selected, 5);
    draw(&l, c, &headed);
    list_act(&l, &headed, NAV_FIRST);
    assert_int_equal(l.selected, 1);
    draw(&l, c, &headed);
    assert_row(c, 0, "  row 0");
    assert_row(c, 1, "> row 1");
    list_act(&l, &headed, NAV_UP);
    assert_int_equal(l.selected, 1);
    canvas_free(&c);
}

static void an_empty_list_says_so(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(3, 30);
    struct list l = { 0 };

    draw(&l, c, &source);
    assert_row(c, 0, "  Nothing here yet.");
    assert_cursor(c, 0, 2);
    assert_int_equal(list_act(&l, &source, NAV_DOWN), REACT_NONE);
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_rows_in_sight_are_asked_for),
        cmocka_unit_test(moves_stop_at_the_ends),
        cmocka_unit_test(a_step_changes_two_rows),
        cmocka_unit_test(headings_are_stepped_over_and_kept_in_sight),
        cmocka_unit_test(an_empty_list_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
