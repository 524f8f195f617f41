/* The editors: by grapheme, by word, by the line one sees; and never past their room. */
#include "ui_test.h"

#include <string.h>

#include "dolen/base/text.h"
#include "dolen/ui/line.h"
#include "dolen/ui/multi.h"
#include "dolen/base/banned.h"

static enum edited line_press(struct line *l, const char *name)
{
    struct key k = press(name);

    return line_key(l, &k);
}

static enum edited multi_press(struct multi *m, const char *name)
{
    struct key k = press(name);

    return multi_key(m, &k);
}

static void type(struct line *l, const char *text)
{
    uint32_t cp;
    size_t n;

    for (; (n = utf8_next(text, strlen(text), &cp)) > 0; text += n) {
        char one[8] = { 0 };
        struct key k;

        memcpy(one, text, n);
        k = key_of_text(one);
        assert_int_equal(line_key(l, &k), EDIT_CHANGED);
    }
}

static void welsh_letters_go_in_and_out_whole(void **state)
{
    (void) state;
    struct line *l = line_new(100, 0);

    type(l, "Siân Ŵyn tŷ");
    assert_string_equal(line_text(l), "Siân Ŵyn tŷ");
    assert_int_equal(line_press(l, "Backspace"), EDIT_CHANGED);
    assert_string_equal(line_text(l), "Siân Ŵyn t");
    line_press(l, "Ctrl-W");
    assert_string_equal(line_text(l), "Siân Ŵyn ");
    line_press(l, "Ctrl-Left");
    line_press(l, "Delete");
    assert_string_equal(line_text(l), "Siân yn ");
    line_press(l, "Ctrl-U");
    assert_string_equal(line_text(l), "yn ");
    line_press(l, "Ctrl-End");
    type(l, "y");
    assert_string_equal(line_text(l), "yn y");
    line_press(l, "Backspace");
    line_press(l, "Ctrl-Home");
    assert_int_equal(line_press(l, "Left"), EDIT_NOTHING);
    assert_int_equal(line_press(l, "Enter"), EDIT_PASS);
    assert_int_equal(line_press(l, "F2"), EDIT_PASS);
    line_free(&l);
}

static void a_letter_and_its_mark_go_together(void **state)
{
    (void) state;
    struct line *l = line_new(100, 0);

    type(l, "aw\xCC\x82" "b");
    line_press(l, "Left");
    assert_int_equal(line_caret(l), 4);
    line_press(l, "Left");
    assert_int_equal(line_caret(l), 1);
    line_press(l, "Delete");
    assert_string_equal(line_text(l), "ab");
    line_set(l, "w\xCC\x82");
    line_press(l, "Backspace");
    assert_true(line_is_empty(l));
    line_free(&l);
}

static void room_is_counted_in_bytes_and_nothing_is_halved(void **state)
{
    (void) state;
    struct line *l = line_new(5, 0);
    struct key k = key_of_text("ŵ");

    line_set(l, "abŵŷ");
    assert_string_equal(line_text(l), "abŵ");
    assert_int_equal(line_key(l, &k), EDIT_FULL);
    assert_string_equal(line_text(l), "abŵ");
    line_free(&l);
}

static void the_caret_stays_in_sight(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(1, 8);
    struct line *l = line_new(100, 0);

    line_set(l, "abcdefghijkl");
    line_draw(l, area_all(c), 0, 0, -1, true);
    assert_cursor(c, 0, 7);
    assert_row(c, 0, "fghijkl");
    line_press(l, "Home");
    canvas_clear(c);
    line_draw(l, area_all(c), 0, 0, -1, true);
    assert_row(c, 0, "abcdefgh");
    assert_cursor(c, 0, 0);
    assert_true(canvas_cursor(c).editing);
    line_set(l, "日本語日本語");
    canvas_clear(c);
    line_draw(l, area_all(c), 0, 0, -1, true);
    assert_row(c, 0, "日本語");
    assert_cursor(c, 0, 6);
    line_free(&l);
    canvas_free(&c);
}

static void a_masked_line_does_not_tell_its_length(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(3, 20);
    struct line *l = line_new(100, LINE_MASKED);
    struct area a = area_all(c);

    line_draw(l, a, 0, 0, -1, true);
    assert_row(c, 0, "");
    type(l, "x");
    line_draw(l, a, 1, 0, -1, true);
    struct spot one = canvas_cursor(c);

    type(l, "yzabcdefghijklmnop");
    line_draw(l, a, 2, 0, -1, true);
    assert_row(c, 1, "•••");
    assert_row(c, 2, "•••");
    assert_int_equal(canvas_cursor(c).x, one.x);
    line_free(&l);
    canvas_free(&c);
}

static void lines_wrap_and_the_caret_goes_by_what_one_sees(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(3, 11);
    struct multi *m = multi_new(1000);

    multi_set(m, "one two three four\nfive");
    multi_draw(m, area_all(c), true);
    assert_int_equal(multi_rows(m, 11), 3);
    assert_row(c, 0, "one two");
    assert_row(c, 1, "three four");
    assert_row(c, 2, "five");
    assert_cursor(c, 2, 4);
    assert_int_equal(multi_press(m, "Up"), EDIT_MOVED);
    multi_draw(m, area_all(c), true);
    assert_cursor(c, 1, 4);
    multi_press(m, "End");
    multi_press(m, "Up");
    multi_draw(m, area_all(c), true);
    assert_cursor(c, 0, 7);
    assert_int_equal(multi_press(m, "Up"), EDIT_PASS);
    multi_press(m, "Down");
    multi_draw(m, area_all(c), true);
    assert_cursor(c, 1, 10);
    multi_press(m, "PageDown");
    assert_int_equal(multi_press(m, "Down"), EDIT_PASS);
    multi_free(&m);
    canvas_free(&c);
}

static void enter_starts_a_line_and_the_view_scrolls(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(2, 10);
    struct multi *m = multi_new(20);

    for (int i = 0; i < 4; i++) {
        multi_press(m, "x");
        assert_int_equal(multi_press(m, "Enter"), EDIT_CHANGED);
    }
    assert_string_equal(multi_text(m), "x\nx\nx\nx\n");
    multi_draw(m, area_all(c), true);
    assert_row(c, 0, "x");
    assert_row(c, 1, "");
    assert_cursor(c, 1, 0);
    multi_set(m, "0123456789012345678\n");
    assert_int_equal(multi_press(m, "y"), EDIT_FULL);
    assert_int_equal(multi_press(m, "Enter"), EDIT_FULL);
    multi_free(&m);
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(welsh_letters_go_in_and_out_whole),
        cmocka_unit_test(a_letter_and_its_mark_go_together),
        cmocka_unit_test(room_is_counted_in_bytes_and_nothing_is_halved),
        cmocka_unit_test(the_caret_stays_in_sight),
        cmocka_unit_test(a_masked_line_does_not_tell_its_length),
        cmocka_unit_test(lines_wrap_and_the_caret_goes_by_what_one_sees),
        cmocka_unit_test(enter_starts_a_line_and_the_view_scrolls),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
