/* Help, menu and ':' name every action of the screen below, with the keys that reach it. */
#include "form_stage.h"

#include "dolen/base/banned.h"

static void assert_help_lists_all(enum lang l, int rows, int cols, const char *name, uint64_t context)
{
    lang_set(l);
    struct rig *s = stage_new(rows, cols);
    struct buf all = BUF_INIT;

    screen_push(s->screen, bottom_new());
    screen_push(s->screen, help_view_new(&s->ui, name, context));
    for (int i = 0; i < 200; i++) {
        buf_add(&all, stage_show(s));
        keys(s, "Down");
    }
    for (size_t i = 0; i < keymap_count(s->km); i++) {
        const struct action *a = keymap_at(s->km, i);
        char start[24];

        if (!(a->where & context) || a->id < ACTION_OWN)
            continue;
        str_copy(start, sizeof start, tr(a->help));
        if (!strstr(buf_text(&all), start))
            fail_msg("%s is not in the help: %s", a->name, start);
    }
    buf_release(&all);
    stage_free(s);
}

static void help_lists_every_action_of_the_context(void **state)
{
    (void) state;
    for (int l = 0; l < LANG_COUNT; l++) {
        assert_help_lists_all((enum lang) l, 24, 80, "form", IN_FORM);
        assert_help_lists_all((enum lang) l, 12, 40, "form", IN_FORM);
        assert_help_lists_all((enum lang) l, 24, 80, "person", IN_PERSON | IN_LIST);
        assert_help_lists_all((enum lang) l, 24, 80, "today", IN_TODAY | IN_LIST);
    }
}

static void help_says_the_keys_of_this_screen(void **state)
{
    (void) state;
    struct rig *s = stage_new(60, 100);

    screen_push(s->screen, bottom_new());
    screen_push(s->screen, help_view_new(&s->ui, "form", IN_FORM));
    assert_shown(s, "p, F4, Ctrl-P     Ways to ask this question");
    assert_shown(s, "Enter             To the next question");
    keys(s, "F1");
    assert_shown(s, "the bottom");
    stage_free(s);
}

static void the_menu_names_what_is_chosen(void **state)
{
    (void) state;
    struct rig *s = stage_new(24, 80);

    screen_push(s->screen, bottom_new());
    screen_push(s->screen, menu_view_new(&s->ui));
    stage_show(s);
    assert_int_equal(screen_focus(s->screen).kind, FOCUS_COMMAND);
    assert_string_equal(screen_focus(s->screen).question, "most-urgent");
    keys(s, "Down Enter");
    assert_int_equal(s->passed, NAV_OPEN);
    assert_string_equal(screen_focus(s->screen).question, "only-own");
    keys(s, "m");
    assert_shown(s, "the bottom");
    stage_free(s);
}

static char commanded[64];

static unsigned take_command(void *ctx, const char *line)
{
    (void) ctx;
    str_copy(commanded, sizeof commanded, line ? line : "(none)");
    return REACT_DRAW;
}

static const char *command(const char *text, const char *names)
{
    struct rig *s = stage_new(24, 80);

    str_copy(commanded, sizeof commanded, "");
    screen_push(s->screen, bottom_new());
    screen_push(s->screen, command_view_new(&s->ui, take_command, NULL));
    stage_show(s);
    type(s, text);
    keys(s, names);
    assert_int_equal(screen_depth(s->screen), 1);
    stage_free(s);
    return commanded;
}

static void a_command_is_completed_and_found(void **state)
{
    (void) state;
    assert_string_equal(command("lock", "Enter"), "lock");
    assert_string_equal(command("fee", "Tab Enter"), "feedback-sent");
    assert_string_equal(command("feed", "Enter"), "feedback-sent");
    assert_string_equal(command("unmet", "Down Down Down Enter"), "gap");
    assert_string_equal(command("privacy notice", "Enter"), "consent");
    assert_string_equal(command("directo", "Enter"), "directory");     /* the only name; others say it in their help */
    assert_string_equal(command("xyzzy", "Enter"), "xyzzy");
    assert_string_equal(command("lock", "Esc"), "(none)");
}

static void the_blank_screen_is_blank(void **state)
{
    (void) state;
    struct rig *s = stage_new(12, 40);

    screen_push(s->screen, bottom_new());
    screen_push(s->screen, privacy_view_new(&s->ui));
    assert_string_equal(stage_show(s), "\n\n\n\n\n\n\n\n\n\n\n\ncursor 0 0\n");
    keys(s, "x");
    assert_shown(s, "the bottom");
    stage_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_lists_every_action_of_the_context),
        cmocka_unit_test(help_says_the_keys_of_this_screen),
        cmocka_unit_test(the_menu_names_what_is_chosen),
        cmocka_unit_test(a_command_is_completed_and_found),
        cmocka_unit_test(the_blank_screen_is_blank),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
