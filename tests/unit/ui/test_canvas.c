/* Text on a canvas: cut, tamed, wide, combining; styles and their marks. */
#include "ui_test.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

static void text_is_cut_with_an_ellipsis(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(2, 10);
    struct area a = area_all(c);

    assert_int_equal(area_text(a, 0, 0, -1, STYLE_TEXT, "Llanfairpwll"), 10);
    assert_row(c, 0, "Llanfairp…");
    assert_int_equal(area_text(a, 1, 2, 4, STYLE_TEXT, "abcd"), 4);
    assert_row(c, 1, "  abcd");
    canvas_set_glyphs(c, GLYPHS_ASCII);
    area_text(a, 0, 0, 5, STYLE_TEXT, "Caernarfon");
    assert_row(c, 0, "Caer~airp…");
    canvas_free(&c);
}

/* A name at every width: whole clusters and the ellipsis, never half a letter, never a mark without its letter. */
static void a_name_is_cut_between_letters(void **state)
{
    static const char *const names[] = { "Ll\u0177r W\u0302yn", "李小龙 Jones", "Si\u0302a\u0302n" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        for (int cols = 2; cols < text_width(names[i]); cols++) {
            struct canvas *c = canvas_new(1, 20);
            struct buf row = BUF_INIT;
            size_t n, cut = 0;
            int used = area_text(area_all(c), 0, 0, cols, STYLE_TEXT, names[i]), w;

            canvas_row_text(c, 0, &row);
            assert_true(used <= cols && text_width(buf_text(&row)) <= cols && str_eq(row.s + row.len - strlen("…"), "…"));
            row.s[row.len - strlen("…")] = '\0';
            while ((n = text_cluster(names[i] + cut, &w)) > 0 && cut < strlen(row.s))
                cut += n;
            assert_int_equal(strncmp(names[i], row.s, cut), 0);
            assert_int_equal(cut, strlen(row.s));
            buf_release(&row);
            canvas_free(&c);
        }
}

static void sentences_end_after_a_whole_word(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(2, 12);
    struct area a = area_all(c);

    area_words(a, 0, 0, -1, STYLE_TEXT, "yn cael ei uno");
    assert_row(c, 0, "yn cael ei …");
    area_words(a, 1, 0, 11, STYLE_TEXT, "yn cael ei uno");
    assert_row(c, 1, "yn cael …");
    canvas_clear(c);
    area_words(a, 0, 0, -1, STYLE_TEXT, "is joined to");
    assert_row(c, 0, "is joined to");
    area_words(a, 1, 0, -1, STYLE_TEXT, "Llanfairpwllgwyngyll");
    assert_row(c, 1, "Llanfairpwl…");
    canvas_clear(c);
    area_wrap(area_sub(a, 0, 0, 1, -1), 0, 0, -1, STYLE_TEXT, "record a gap and more");
    assert_row(c, 0, "record a …");
    canvas_free(&c);
}

static void entries_go_whole_from_the_end(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(1, 30);
    struct area a = area_all(c);

    area_entries(a, 0, 0, -1, STYLE_TEXT, "a name · postcode · phone", "? more");
    assert_row(c, 0, "a name · postcode · phone");
    canvas_clear(c);
    area_entries(a, 0, 0, 24, STYLE_TEXT, "a name · postcode · phone", "? more");
    assert_row(c, 0, "a name · ? more");
    canvas_clear(c);
    area_entries(a, 0, 0, 24, STYLE_TEXT, "a name · postcode · phone", NULL);
    assert_row(c, 0, "a name · postcode");
    canvas_clear(c);
    area_entries(a, 0, 0, 8, STYLE_TEXT, "two words · postcode", NULL);
    assert_row(c, 0, "two …");
    canvas_free(&c);
}

static void wide_text_is_never_halved(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(1, 6);
    struct area a = area_all(c);

    assert_int_equal(area_text_cut(a, 0, 0, 5, STYLE_TEXT, "日本語"), 4);
    assert_row(c, 0, "日本");
    area_text(a, 0, 1, 1, STYLE_TEXT, "x");
    assert_row(c, 0, " x本");
    area_text(a, 0, 2, 1, STYLE_TEXT, "y");
    assert_row(c, 0, " xy");
    canvas_free(&c);
}

static void marks_stay_with_their_letter(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(1, 4);
    struct area a = area_all(c);

    assert_int_equal(area_text_cut(a, 0, 0, 3, STYLE_TEXT, "w\xCC\x82yn\xCC\x88Z"), 3);
    assert_row(c, 0, "w\xCC\x82yn\xCC\x88");
    assert_string_equal(canvas_row(c, 0)[0].text, "w\xCC\x82");
    assert_int_equal(canvas_row(c, 0)[1].width, 1);
    canvas_free(&c);
}

/* A letter under forty marks: one cell, five code points, and the next letter in the next cell. */
static void a_tower_of_marks_fills_one_cell(void **state)
{
    (void) state;
    struct buf b = BUF_INIT;
    struct canvas *c = canvas_new(1, 5);

    buf_add(&b, "a");
    for (int i = 0; i < 40; i++)
        buf_add(&b, "\xCC\x81");
    buf_add(&b, "z");
    assert_int_equal(area_text(area_all(c), 0, 0, -1, STYLE_TEXT, buf_text(&b)), 2);
    assert_string_equal(canvas_row(c, 0)[1].text, "z");
    assert_true(strlen(canvas_row(c, 0)[0].text) < CELL_BYTES);
    buf_release(&b);
    canvas_free(&c);
}

static void nothing_raw_reaches_a_cell(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(1, 40);

    area_text(area_all(c), 0, 0, -1, STYLE_TEXT, "a\x1b[2Jb\xE2\x80\xAE" "c\xff" "d\ne\tf\xC2\x9Bg");
    for (int x = 0; x < 40; x++)
        assert_true(text_is_tame(canvas_row(c, 0)[x].text, false));
    assert_row(c, 0, "a\xEF\xBF\xBD[2Jb\xEF\xBF\xBD" "c\xEF\xBF\xBD" "d e f\xEF\xBF\xBDg");
    canvas_free(&c);
}

static void areas_clip(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(4, 8);
    struct area a = area_sub(area_all(c), 1, 2, 2, 4), b = area_sub(a, 1, 3, 9, 9);

    area_text_cut(a, 0, 0, -1, STYLE_TEXT, "abcdefgh");
    area_text(a, 2, 0, -1, STYLE_TEXT, "below");
    area_text(a, -1, 0, -1, STYLE_TEXT, "above");
    area_text_cut(b, 0, 0, -1, STYLE_TEXT, "zz");
    assert_row(c, 0, "");
    assert_row(c, 1, "  abcd");
    assert_row(c, 2, "     z");
    assert_row(c, 3, "");
    area_cursor(b, 7, 7, true);
    assert_cursor(c, 2, 5);
    assert_int_equal(area_sub(a, 9, 9, -1, -1).rows, 0);
    canvas_free(&c);
}

static void right_wrapped_and_marked_text(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(4, 12);
    struct area a = area_all(c);

    assert_int_equal(area_text_right(a, 0, 12, STYLE_TEXT, "Siân"), 8);
    assert_row(c, 0, "        Siân");
    assert_int_equal(area_wrap(a, 1, 0, -1, STYLE_TEXT, "Beth sy'n bwysig i chi?"), 3);
    assert_row(c, 1, "Beth sy'n");
    assert_row(c, 2, "bwysig i");
    assert_row(c, 3, "chi?");
    assert_int_equal(text_wrapped_rows("one two three", 7), 2);
    canvas_clear(c);
    area_marked(a, 0, 0, -1, STYLE_OVERDUE, "3 days");
    assert_row(c, 0, "! 3 days");
    assert_int_equal(canvas_row(c, 0)[2].style, STYLE_OVERDUE);
    canvas_free(&c);
}

static void dumps_name_cursor_and_styles(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(2, 4);
    struct area a = area_all(c);
    struct buf b = BUF_INIT;

    area_text(a, 0, 0, -1, STYLE_WARN, "ab");
    area_focus(a, 1, 0, 3);
    area_cursor(a, 1, 2, true);
    canvas_dump(c, &b);
    assert_string_equal(buf_text(&b), "ab\n\ncursor 1 2 editing\n");
    buf_clear(&b);
    canvas_dump_styles(c, &b);
    assert_string_equal(buf_text(&b), "WW..\n>>>.\n");
    buf_release(&b);
    canvas_free(&c);
}

/* In mono every meaning that has a colour has an attribute or a mark, and the focus is seen on all of them. */
static void mono_keeps_every_meaning(void **state)
{
    (void) state;
    static const enum style meant[] = { STYLE_WARN, STYLE_OVERDUE, STYLE_REQUIRED, STYLE_MISSING, STYLE_GOOD,
                                        STYLE_ERROR, STYLE_SERIOUS, STYLE_TRAINING, STYLE_MARK, STYLE_FOCUS };

    for (size_t i = 0; i < sizeof meant / sizeof meant[0]; i++)
        assert_true(style_mark(meant[i])[0] > 0x20 && style_mark(meant[i])[0] < 0x7f);
    for (unsigned s = 0; s < STYLE_COUNT; s++) {
        struct look plain = style_look(SCHEME_MONO, s), focus = style_look(SCHEME_MONO, s | STYLE_ON_FOCUS);

        assert_int_equal(plain.ink, INK_PLAIN);
        assert_int_equal(plain.paper, INK_PLAIN);
        assert_false(plain.attributes & LOOK_DIM);
        assert_true(focus.attributes & LOOK_REVERSE);
        assert_true(s == STYLE_FOCUS || focus.attributes != plain.attributes);
        for (unsigned other = 0; other < s; other++)
            assert_int_not_equal(style_letter(s), style_letter(other));
    }
}

static void the_scheme_follows_the_terminal(void **state)
{
    (void) state;
    assert_int_equal(scheme_choose(NULL, "xterm-256color", 256), SCHEME_COLOUR);
    assert_int_equal(scheme_choose("", "xterm", 8), SCHEME_COLOUR);
    assert_int_equal(scheme_choose("1", "xterm", 8), SCHEME_MONO);
    assert_int_equal(scheme_choose(NULL, "vt100", 8), SCHEME_MONO);
    assert_int_equal(scheme_choose(NULL, "xterm-mono", 0), SCHEME_MONO);
}

static void ascii_glyphs_are_ascii_and_as_wide(void **state)
{
    (void) state;
    for (int g = 0; g < GLYPH_COUNT; g++) {
        const char *plain = glyph_in(GLYPHS_ASCII, g);

        for (const char *p = plain; *p; p++)
            assert_true(*p > 0x1f && *p < 0x7f);
        assert_int_equal(text_width(plain), text_width(glyph_in(GLYPHS_UNICODE, g)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cut_with_an_ellipsis),
        cmocka_unit_test(a_name_is_cut_between_letters), cmocka_unit_test(sentences_end_after_a_whole_word),
        cmocka_unit_test(entries_go_whole_from_the_end), cmocka_unit_test(wide_text_is_never_halved),
        cmocka_unit_test(marks_stay_with_their_letter),
        cmocka_unit_test(a_tower_of_marks_fills_one_cell),
        cmocka_unit_test(nothing_raw_reaches_a_cell),
        cmocka_unit_test(areas_clip),
        cmocka_unit_test(right_wrapped_and_marked_text),
        cmocka_unit_test(dumps_name_cursor_and_styles),
        cmocka_unit_test(mono_keeps_every_meaning),
        cmocka_unit_test(the_scheme_follows_the_terminal),
        cmocka_unit_test(ascii_glyphs_are_ascii_and_as_wide),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
