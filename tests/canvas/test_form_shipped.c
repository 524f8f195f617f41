/* Every shipped form, at three sizes and in both languages: the cursor always stands on the focus, from the first row to
 * the last and back. */
#include "form_stage.h"

#include "dolen/base/banned.h"

static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };

/* The mark of the focus is in the cursor's own row or above it, in the same block; the cursor is in the body. */
static void assert_cursor_has_focus(struct form_stage *f, const char *form)
{
    struct spot at = canvas_cursor(f->s->canvas);
    int rows = canvas_rows(f->s->canvas), marks = 0, y = 0;

    for (int i = 1; i < rows - 2; i++)
        if (str_eq(canvas_row(f->s->canvas, i)[0].text, ">")) {
            marks++;
            y = i;
        }
    if (marks != 1 || at.y < y || at.y > rows - 3)
        fail_msg("%s: %d focus marks, cursor %d %d\n%s", form, marks, at.y, at.x, stage_show(f->s));
}

static void walk(const char *id, int rows, int cols, enum lang l)
{
    lang_set(l);
    struct form_stage *f = form_stage_at(id, NULL, false, NULL, rows, cols);
    int steps = 0;
    bool first = true;

    while (screen_focus(f->s->screen).question && steps++ < 300) {
        assert_cursor_has_focus(f, id);
        keys(f->s, "Tab");
    }
    assert_true(steps < 300);
    assert_cursor_has_focus(f, id);
    for (; steps > 0; steps--) {
        keys(f->s, "Shift-Tab");
        assert_cursor_has_focus(f, id);
        first = false;
    }
    assert_false(first);
    for (int i = 0; i < 60; i++) {
        keys(f->s, i < 30 ? "PageDown" : "PageUp");
        assert_cursor_has_focus(f, id);
    }
    assert_int_equal(f->saves + f->filed, 0);
    form_stage_free(f);
}

static void every_form_can_be_walked_through(void **state)
{
    (void) state;
    struct rig *s = stage_new(24, 80);
    size_t n;
    const char *const *ids = catalog_list(s->catalog, DEF_FORM, &n);

    assert_true(n >= 12);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < ARRAY_LEN(sizes); j++)
            for (int l = 0; l < LANG_COUNT; l++)
                walk(ids[i], sizes[j][0], sizes[j][1], (enum lang) l);
    stage_free(s);
    assert_int_equal(lang_now(), LANG_EN);
}

/* The beginning of a sentence: the rest may stand on the next line. */
static void words(const char *sentence, char first[64])
{
    size_t n = 0;

    for (int blanks = 0; sentence[n] && n < 40; n++)
        if (sentence[n] == ' ' && ++blanks == 3)
            break;
    memcpy(first, sentence, n);
    first[n] = '\0';
}

static void a_measure_says_whose_wording_it_is(void **state)
{
    (void) state;
    for (size_t j = 0; j < ARRAY_LEN(sizes); j++) {
        char first[64];

        lang_set(LANG_CY);
        struct form_stage *f = form_stage_at("ons4", NULL, false, "satis", sizes[j][0], sizes[j][1]);

        assert_cursor_on(f->s, "0  1  2");
        assert_shown(f->s, "Overall, how satisfied");
        words(tr("The official Welsh wording is not supplied: this is the English."), first);
        assert_shown(f->s, first);
        keys(f->s, "8");
        assert_shown(f->s, "[8]");
        assert_string_equal(value_of(f, "satis"), "8");
        form_stage_free(f);
        lang_set(LANG_EN);
        f = form_stage_at("ons4", NULL, false, "satis", sizes[j][0], sizes[j][1]);
        assert_not_shown(f->s, "not supplied");
        form_stage_free(f);
    }
}

static void pages_reach_both_ends(void **state)
{
    (void) state;
    for (size_t j = 0; j < ARRAY_LEN(sizes); j++) {
        struct form_stage *f = form_stage_at("person", NULL, false, NULL, sizes[j][0], sizes[j][1]);
        int pages = 0;

        for (; screen_focus(f->s->screen).question && pages < 60; pages++)
            keys(f->s, "PageDown");
        assert_null(screen_focus(f->s->screen).question);
        assert_true(pages < (j == 1 ? 40 : 8));
        for (; pages >= 0; pages--)
            keys(f->s, "PageUp PageUp");
        assert_string_equal(screen_focus(f->s->screen).question, "given_name");
        form_stage_free(f);
    }
}

static void the_plan_repeats(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_at("plan", NULL, false, NULL, 24, 80);

    assert_cursor_on(f->s, "Add: Goal");
    keys(f->s, "Enter");
    type(f->s, "Get out more");
    keys(f->s, "Enter Enter 4");
    assert_shown(f->s, "Goal 1");
    assert_shown(f->s, "Get out more");
    assert_string_equal(answers_value(session_answers(f->session), "goal", 1), "Get out more");
    assert_string_equal(answers_value(session_answers(f->session), "rating_now", 1), "4");
    keys(f->s, "a");
    assert_shown(f->s, "Goal 2");
    form_stage_free(f);
}

static void a_long_list_scrolls_in_its_own_place(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_at("person", NULL, false, "local_authority", 12, 40);

    type(f->s, "wrex");
    assert_cursor_on(f->s, "Wrexham");
    keys(f->s, "Backspace");
    type(f->s, "swan");
    assert_cursor_on(f->s, "Swansea");
    keys(f->s, "Enter");
    assert_true(strlen(value_of(f, "local_authority")) > 0);
    form_stage_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_can_be_walked_through),
        cmocka_unit_test(a_measure_says_whose_wording_it_is),
        cmocka_unit_test(pages_reach_both_ends),
        cmocka_unit_test(the_plan_repeats),
        cmocka_unit_test(a_long_list_scrolls_in_its_own_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
