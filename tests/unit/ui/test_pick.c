/* Choices, scales, reading text, charts. */
#include "ui_test.h"

#include <math.h>
#include <string.h>

#include "dolen/ui/chart.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/notes.h"
#include "dolen/ui/keymap.h"
#include "dolen/ui/scale.h"
#include "dolen/ui/text_view.h"
#include "dolen/base/banned.h"

static struct choice *languages(unsigned flags)
{
    struct choice *c = choice_new(flags);

    choice_add(c, TEXT2("Cymraeg"));
    choice_add(c, TEXT2("English"));
    choice_note(c, choice_add(c, TEXT2("Both, as it comes")), TEXT2("ask each time"));
    choice_add(c, TEXT2("Ŵyl eisteddfod"));
    return c;
}

static enum edited choice_press(struct choice *c, const char *name)
{
    struct key k = press(name);

    return choice_key(c, &k);
}

static enum edited scale_press(struct scale *s, const char *name)
{
    struct key k = press(name);

    return scale_key(s, &k);
}

static void one_is_picked_by_number_or_by_typing(void **state)
{
    (void) state;
    struct choice *c = languages(0);

    assert_int_equal(choice_press(c, "2"), EDIT_DONE);
    assert_int_equal(choice_picked(c, 0), 1);
    assert_int_equal(choice_press(c, "9"), EDIT_NOTHING);
    assert_int_equal(choice_press(c, "b"), EDIT_MOVED);
    assert_int_equal(choice_selected(c), 2);
    assert_int_equal(choice_press(c, "Enter"), EDIT_DONE);
    assert_int_equal(choice_picked_count(c), 1);
    assert_int_equal(choice_picked(c, 0), 2);
    choice_select(c, 0);
    assert_int_equal(choice_press(c, "w"), EDIT_MOVED);
    assert_int_equal(choice_selected(c), 3);
    choice_press(c, "Up");
    assert_int_equal(choice_press(c, "a"), EDIT_MOVED);     /* "as": any word of the label */
    assert_int_equal(choice_selected(c), 2);
    assert_int_equal(choice_press(c, "Esc"), EDIT_PASS);
    choice_free(&c);
}

/* "fon" is how one says "Ffôn" after many a word: it must not lead to the line that begins with n. */
static void a_word_is_found_without_its_first_letter(void **state)
{
    (void) state;
    struct choice *c = choice_new(0);

    choice_add(c, TEXT2("Ffôn"));
    choice_add(c, TEXT2("Neges destun"));
    choice_add(c, TEXT2("Sgwrs"));
    choice_add(c, TEXT2("Swyddfa"));
    for (const char *const *k = (const char *const[]) { "f", "o", "n", NULL }; *k; k++)
        assert_int_equal(choice_press(c, *k), EDIT_MOVED);
    assert_int_equal(choice_selected(c), 0);
    choice_press(c, "Down");
    choice_press(c, "s");               /* the "s" inside "destun" is not meant, nor is a second "s" */
    choice_press(c, "Up");
    choice_press(c, "s");
    choice_press(c, "s");
    assert_int_equal(choice_selected(c), 3);
    choice_free(&c);
}

/* What nothing has leaves the focus where it is, however many letters it has, and Backspace begins again. */
static void a_word_that_nothing_has_leads_nowhere(void **state)
{
    (void) state;
    struct choice *c = languages(0);

    assert_int_equal(choice_press(c, "b"), EDIT_MOVED);
    assert_int_equal(choice_selected(c), 2);
    for (const char *const *k = (const char *const[]) { "e", "n", "c", NULL }; *k; k++) {
        assert_int_equal(choice_press(c, *k), EDIT_MISSED);
        assert_int_equal(choice_selected(c), 2);
    }
    assert_string_equal(choice_typed(c), "benc");
    choice_press(c, "Backspace");
    assert_string_equal(choice_typed(c), "");
    assert_int_equal(choice_press(c, "e"), EDIT_MOVED);
    assert_int_equal(choice_selected(c), 3);
    assert_int_equal(choice_press(c, "e"), EDIT_MOVED);     /* the same letter again: the next that has it */
    assert_int_equal(choice_selected(c), 1);
    assert_int_equal(choice_press(c, "x"), EDIT_MISSED);
    assert_int_equal(choice_press(c, "1"), EDIT_DONE);      /* a number is a number all the same */
    assert_int_equal(choice_picked(c, 0), 0);
    choice_free(&c);
}

/* A word typed into the wrong list leads by its first letter to a line; Enter and Space must not take that one. */
static void a_word_that_nothing_has_picks_nothing(void **state)
{
    (void) state;
    struct choice *one = languages(0), *many = languages(CHOICE_MANY);

    for (const char *const *k = (const char *const[]) { "b", "a", "r", "Enter", NULL }; *k; k++)
        choice_press(one, *k);
    assert_int_equal(choice_picked_count(one), 0);
    assert_int_equal(choice_act(one, NAV_OPEN), EDIT_MISSED);
    choice_press(one, "Backspace");
    assert_int_equal(choice_press(one, "Enter"), EDIT_DONE);
    assert_int_equal(choice_picked_count(one), 1);
    for (const char *const *k = (const char *const[]) { "b", "z", "Space", NULL }; *k; k++)
        choice_press(many, *k);
    assert_int_equal(choice_act(many, NAV_MARK), EDIT_MISSED);
    assert_int_equal(choice_picked_count(many), 0);
    choice_press(many, "Down");
    choice_press(many, "Space");
    assert_int_equal(choice_picked_count(many), 1);
    choice_free(&one);
    choice_free(&many);
}

/* "nod" (goal) stands inside "crynodeb" (summary) too; what people call a question comes before that. */
static void a_word_counts_more_than_letters_inside_another(void **state)
{
    (void) state;
    int goal = pick_fit("Beth hoffech chi ei weld yn digwydd?", "gobaith dymuniad nod amcan", "nod");

    assert_true(goal < pick_fit("Eich crynodeb", "crynodeb", "nod"));
    assert_true(pick_fit("Nod", NULL, "nod") < goal);
    assert_true(pick_fit("Eich crynodeb", NULL, "nod") < PICK_NOT);
    assert_true(pick_fit("Pwy sy'n bwysig i chi?", NULL, "bwysig pwy") < PICK_NOT);
    assert_int_equal(pick_fit("Eich crynodeb", "crynodeb", "rhwystr"), PICK_NOT);
}

/* A slip of the finger must not make the numbers dead until an arrow is pressed. */
static void a_number_picks_after_letters_too(void **state)
{
    (void) state;
    struct choice *c = languages(0);

    assert_int_equal(choice_press(c, "b"), EDIT_MOVED);
    assert_int_equal(choice_press(c, "1"), EDIT_DONE);
    assert_int_equal(choice_picked(c, 0), 0);
    choice_add(c, TEXT2("Room 2"));
    choice_press(c, "r");
    assert_int_equal(choice_press(c, "2"), EDIT_DONE);
    assert_int_equal(choice_picked(c, 0), 1);
    choice_add(c, TEXT2("A1 Cafe"));
    choice_select(c, 0);
    choice_press(c, "a");
    choice_press(c, "1");               /* the label goes on with it */
    assert_int_equal(choice_selected(c), 5);
    assert_int_equal(choice_picked(c, 0), 1);
    choice_free(&c);
}

static void ranks_close_the_gap(void **state)
{
    (void) state;
    struct choice *c = languages(CHOICE_RANKED);
    struct canvas *canvas = canvas_new(4, 44);

    choice_press(c, "3");
    choice_press(c, "1");
    choice_press(c, "4");
    assert_int_equal(choice_picked(c, 0), 2);
    assert_int_equal(choice_picked(c, 1), 0);
    assert_int_equal(choice_press(c, "1"), EDIT_CHANGED);
    assert_int_equal(choice_picked(c, 1), 3);
    assert_int_equal(choice_picked_count(c), 2);
    choice_draw(c, area_all(canvas), true);
    assert_row(canvas, 0, "> 1 [ ] Cymraeg");
    assert_row(canvas, 2, "  3  1. Both, as it comes  ask each time");
    assert_row(canvas, 3, "  4  2. Ŵyl eisteddfod");
    assert_cursor(canvas, 0, 2);
    canvas_free(&canvas);
    choice_free(&c);
}

static void a_scale_takes_two_digits_and_no_answer_is_not_nought(void **state)
{
    (void) state;
    struct scale s = scale_make(0, 10);
    struct canvas *c = canvas_new(2, 60);

    scale_draw(&s, area_all(c), "not at all", "completely", true);
    assert_row(c, 0, " 0  1  2  3  4  5  6  7  8  9  10  not answered");
    assert_int_equal(scale_press(&s, "0"), EDIT_CHANGED);
    assert_true(s.set && s.value == 0);
    scale_press(&s, "1");
    assert_int_equal(s.value, 1);
    scale_press(&s, "0");
    assert_int_equal(s.value, 10);
    scale_press(&s, "7");
    assert_int_equal(s.value, 7);
    assert_int_equal(scale_press(&s, "Right"), EDIT_CHANGED);
    assert_int_equal(s.value, 8);
    canvas_clear(c);
    scale_draw(&s, area_all(c), "not at all", "completely", true);
    assert_row(c, 0, " 0  1  2  3  4  5  6  7 [8] 9  10");
    assert_cursor(c, 0, 25);
    assert_int_equal(scale_press(&s, "End"), EDIT_CHANGED);
    assert_int_equal(scale_press(&s, "Right"), EDIT_NOTHING);
    assert_int_equal(scale_press(&s, "Backspace"), EDIT_CHANGED);
    assert_false(s.set);
    assert_int_equal(scale_press(&s, "x"), EDIT_PASS);
    s = scale_make(1, 5);
    assert_int_equal(scale_press(&s, "0"), EDIT_NOTHING);
    assert_int_equal(scale_press(&s, "8"), EDIT_NOTHING);
    assert_false(s.set);
    canvas_free(&c);
}

static void text_scrolls_to_its_end_and_no_further(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(3, 16);
    struct text_view *t = text_view_new();

    text_view_add(t, STYLE_HEADING, "Numbers");
    text_view_addf(t, STYLE_TEXT, "one two three %d\x1b[m", 4);
    text_view_add(t, STYLE_WARN, "checked long ago");
    text_view_draw(t, area_all(c));
    assert_row(c, 0, "Numbers");
    assert_row(c, 1, "one two three");
    assert_int_equal(text_view_act(t, NAV_LAST), REACT_DRAW);
    canvas_clear(c);
    text_view_draw(t, area_all(c));
    assert_row(c, 0, "4\xEF\xBF\xBD[m           ↑");
    assert_row(c, 1, "! checked long");
    assert_row(c, 2, "  ago");
    assert_int_equal(text_view_act(t, NAV_DOWN), REACT_NONE);
    text_view_free(&t);
    canvas_free(&c);
}

static void charts_say_their_numbers(void **state)
{
    (void) state;
    struct canvas *c = canvas_new(8, 40);
    const struct chart_value v[] = { { 0, 3 }, { 30, 5 }, { 60, NAN }, { 90, 8 } };
    struct chart_plot p = { v, 4, 0, 10, "3 Feb", "4 May" };
    const double counts[] = { 3, 12, 7 };
    const char *const labels[] = { "Jan", "Feb", "Mar" };
    struct buf b = BUF_INIT;

    chart_draw_line(area_all(c), &p);
    canvas_dump(c, &b);
    assert_non_null(strstr(buf_text(&b), "● 8"));
    assert_non_null(strstr(buf_text(&b), "10│"));
    assert_non_null(strstr(buf_text(&b), "3 Feb"));
    assert_non_null(strstr(buf_text(&b), "4 May"));
    for (int set = GLYPHS_UNICODE; set <= GLYPHS_ASCII; set++) {
        canvas_clear(c);
        canvas_set_glyphs(c, set);
        chart_draw_bars(area_all(c), counts, labels, 3);
        buf_clear(&b);
        canvas_dump(c, &b);
        assert_non_null(strstr(buf_text(&b), "12"));
        assert_non_null(strstr(buf_text(&b), "Mar"));
    }
    for (const char *s = buf_text(&b); *s; s++)
        assert_true(*s == '\n' || (*s >= 0x20 && *s < 0x7f));
    canvas_resize(c, 1, 20);
    chart_draw_line(area_all(c), &p);
    assert_row(c, 0, "3  5  -  8");
    for (int rows = 1; rows < 9; rows++)
        for (int cols = 1; cols < 40; cols++) {
            canvas_resize(c, rows, cols);
            chart_draw_line(area_all(c), &p);
            chart_draw_bars(area_all(c), counts, labels, 3);
        }
    buf_release(&b);
    canvas_free(&c);
}

/* A month is said in letters, whole: below every second bar where the bars are narrower than their words. */
static void months_stand_whole_below_narrow_bars(void **state)
{
    static const char *const labels[][12] = {
        { "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov" },
        { "Rhag", "Ion", "Chwe", "Maw", "Ebr", "Mai", "Meh", "Gorf", "Awst", "Medi", "Hyd", "Tach" },
    };
    static const char *const below[] = { "Dec   Feb   Apr   Jun   Aug   Oct", "Rhag  Chwe  Ebr   Meh   Awst  Hyd" };
    double counts[12] = { 2, 1, 0, 0, 2, 1, 2, 2, 3, 2, 4, 2 };
    struct canvas *c = canvas_new(8, 40);

    (void) state;
    for (size_t l = 0; l < 2; l++)
        for (int set = GLYPHS_UNICODE; set <= GLYPHS_ASCII; set++) {
            canvas_clear(c);
            canvas_set_glyphs(c, set);
            chart_draw_bars(area_all(c), counts, labels[l], 12);
            assert_row(c, 7, below[l]);
        }
    assert_string_equal(date_month_short("2026-02"), "Feb");
    assert_string_equal(date_month_short("2026-13"), "");
    canvas_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_is_picked_by_number_or_by_typing),
        cmocka_unit_test(a_word_is_found_without_its_first_letter),
        cmocka_unit_test(a_word_that_nothing_has_leads_nowhere),
        cmocka_unit_test(a_word_that_nothing_has_picks_nothing), cmocka_unit_test(a_word_counts_more_than_letters_inside_another),
        cmocka_unit_test(a_number_picks_after_letters_too),
        cmocka_unit_test(ranks_close_the_gap),
        cmocka_unit_test(a_scale_takes_two_digits_and_no_answer_is_not_nought),
        cmocka_unit_test(text_scrolls_to_its_end_and_no_further),
        cmocka_unit_test(charts_say_their_numbers), cmocka_unit_test(months_stand_whole_below_narrow_bars),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
