/* Something serious: both languages always, numbers with the day they were checked, nobody's name. */
#include "form_stage.h"

#include "dolen/base/banned.h"

static struct rig *open_serious(int rows, int cols, bool case_open)
{
    struct rig *s = stage_new(rows, cols);

    screen_push(s->screen, bottom_new());
    screen_push(s->screen, serious_view_new(&s->ui, case_open));
    stage_show(s);
    return s;
}

static void both_languages_stand_on_the_list(void **state)
{
    (void) state;
    for (int l = 0; l < LANG_COUNT; l++) {
        lang_set((enum lang) l);
        struct rig *s = open_serious(24, 80, true);

        assert_shown(s, "Perygl uniongyrchol i fywyd");
        assert_shown(s, "Immediate danger to life");
        assert_cursor_on(s, tr("All numbers"));
        assert_shown(s, "999");
        stage_free(s);
    }
}

static void a_narrow_screen_has_its_own_language_first(void **state)
{
    (void) state;
    struct rig *s = open_serious(12, 40, true);

    assert_shown(s, "  Immediate danger to life");
    lang_set(LANG_CY);
    assert_shown(s, "  Perygl uniongyrchol i fywyd");
    stage_free(s);
}

/* Everything that scrolls by. */
static void read_through(struct rig *s, struct buf *all)
{
    for (int i = 0; i < 400; i++) {
        buf_add(all, stage_show(s));
        keys(s, "Down");
    }
}

static void every_number_stands_in_both_languages(void **state)
{
    (void) state;
    struct rig *s = open_serious(12, 40, true);
    struct buf all = BUF_INIT;

    keys(s, "Enter");
    read_through(s, &all);
    assert_non_null(strstr(buf_text(&all), "999"));
    assert_non_null(strstr(buf_text(&all), "999 BSL"));
    assert_non_null(strstr(buf_text(&all), "18000"));
    assert_non_null(strstr(buf_text(&all), "  Argyfwng\n  Emergency\n"));
    assert_non_null(strstr(buf_text(&all), "Never checked"));
    assert_non_null(strstr(buf_text(&all), "Not filled in yet"));
    buf_release(&all);
    keys(s, "Esc");
    assert_cursor_on(s, "All numbers");
    stage_free(s);
}

static void a_protocol_has_steps_and_what_to_write_down(void **state)
{
    (void) state;
    struct rig *s = open_serious(24, 80, true);
    struct buf all = BUF_INIT;

    keys(s, "Down Enter");
    read_through(s, &all);
    assert_non_null(strstr(buf_text(&all), " 1. Ffoniwch 999."));
    assert_non_null(strstr(buf_text(&all), "    Call 999."));
    assert_non_null(strstr(buf_text(&all), "Not yet approved by your safeguarding lead."));
    assert_non_null(strstr(buf_text(&all), "Write down:"));
    buf_release(&all);
    stage_free(s);
}

static void a_note_needs_the_open_case_file(void **state)
{
    (void) state;
    struct rig *s = open_serious(24, 80, true);

    keys(s, "a");
    assert_int_equal(s->passed, ACT_NOTE_SERIOUS);
    stage_free(s);
    s = open_serious(24, 80, false);
    keys(s, "a");
    assert_int_equal(s->passed, 0);
    assert_shown(s, "open case file");
    stage_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_languages_stand_on_the_list),
        cmocka_unit_test(a_narrow_screen_has_its_own_language_first),
        cmocka_unit_test(every_number_stands_in_both_languages),
        cmocka_unit_test(a_protocol_has_steps_and_what_to_write_down),
        cmocka_unit_test(a_note_needs_the_open_case_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
