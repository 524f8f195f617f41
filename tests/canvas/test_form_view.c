/* The form on the screen: moving, every editor, what is kept when, what is never lost. */
#include "form_stage.h"

#include <stdio.h>

#include "dolen/base/banned.h"

static void it_starts_on_the_first_question(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    assert_shown(f->s, "Small (2 to go)");
    assert_shown(f->s, "About this form.");
    assert_shown(f->s, "A name will do");
    assert_true(canvas_cursor(f->s->canvas).editing);
    assert_row(f->s->canvas, 3, "> + Who is it");
    form_stage_free(f);
}

static void enter_goes_on_and_answers_nothing(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    for (int i = 0; i < 12; i++)
        keys(f->s, "Enter");                            /* on "add" it adds, and goes past an empty one */
    assert_cursor_on(f->s, "File this form");
    assert_shown(f->s, "Enter Look and file");
    assert_not_shown(f->s, "Enter Next");
    assert_int_equal(session_answers(f->session)->count, 0);
    assert_int_equal(f->filed, 0);
    form_stage_free(f);
}

static void typed_text_is_kept_on_leaving(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    type(f->s, "Nia ŵ");
    assert_string_equal(value_of(f, "who"), "");
    keys(f->s, "Down");
    assert_string_equal(value_of(f, "who"), "Nia ŵ");
    assert_int_equal(f->saves, 1);
    keys(f->s, "Up");
    assert_int_equal(f->saves, 1);
    assert_cursor_on(f->s, "Nia ŵ");
    assert_shown(f->s, "(1 to go)");
    form_stage_free(f);
}

static void a_pause_keeps_the_text_and_the_caret(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    type(f->s, "Ni");
    struct spot before = canvas_cursor(f->s->canvas);

    form_view_flush(screen_top(f->s->screen));
    stage_show(f->s);
    assert_string_equal(value_of(f, "who"), "Ni");
    assert_int_equal(f->saves, 1);
    assert_int_equal(canvas_cursor(f->s->canvas).x, before.x);
    type(f->s, "a");
    keys(f->s, "Enter");
    assert_string_equal(value_of(f, "who"), "Nia");
    form_stage_free(f);
}

static void a_date_is_shown_as_understood_and_refused_with_its_text(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "born");
    assert_shown(f->s, "day first");
    type(f->s, "3/2/52");
    assert_shown(f->s, date_show_long((struct date) { 1952, 2, 3 }).s);
    keys(f->s, "Ctrl-U");
    type(f->s, "3/2");
    keys(f->s, "Enter");
    assert_shown(f->s, "The year is missing");          /* nobody is born on a day without one */
    assert_string_equal(value_of(f, "born"), "");
    keys(f->s, "Ctrl-U");
    type(f->s, "31/2/52");
    keys(f->s, "Enter");
    assert_cursor_on(f->s, "31/2/52");
    assert_shown(f->s, "There is no such day");
    assert_string_equal(value_of(f, "born"), "");
    keys(f->s, "Up");
    assert_cursor_on(f->s, "31/2/52");
    keys(f->s, "Backspace Backspace Backspace Backspace Backspace");
    type(f->s, "/2/1952");
    keys(f->s, "Enter");
    assert_string_equal(value_of(f, "born"), "");       /* 31/2 again */
    keys(f->s, "Ctrl-U");
    type(f->s, "3/2/1952");
    keys(f->s, "Enter");
    assert_string_equal(value_of(f, "born"), "1952-02-03");
    form_stage_free(f);
}

static void esc_on_refused_text_asks_twice(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "children");
    type(f->s, "lots");
    keys(f->s, "Esc");
    assert_int_equal(screen_depth(f->s->screen), 2);
    assert_cursor_on(f->s, "lots");
    assert_shown(f->s, "Esc again");
    keys(f->s, "Esc");
    assert_int_equal(screen_depth(f->s->screen), 1);
    form_stage_free(f);
}

static void going_to_today_is_held_up_once_by_refused_text(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "children");
    type(f->s, "lots");
    keys(f->s, "Ctrl-O t");
    assert_int_equal(f->s->passed, 0);
    assert_cursor_on(f->s, "lots");
    keys(f->s, "Ctrl-K");
    assert_int_equal(f->s->passed, ACT_LOCK);
    keys(f->s, "Ctrl-O t Ctrl-O t");
    assert_int_equal(f->s->passed, ACT_TODAY);
    form_stage_free(f);
}

static void esc_keeps_the_draft_and_says_so(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    type(f->s, "Nia");
    keys(f->s, "Esc");
    assert_int_equal(f->saves, 1);
    assert_shown(f->s, "Kept as a draft.");
    assert_shown(f->s, "the bottom");
    form_stage_free(f);
}

static void untouched_it_makes_no_draft(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    keys(f->s, "Tab Tab Esc");
    assert_int_equal(f->saves, 0);
    assert_not_shown(f->s, "draft");
    form_stage_free(f);
}

static void a_draft_that_cannot_be_kept_holds_the_form(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    f->refuse_save = true;
    type(f->s, "Nia");
    keys(f->s, "Esc");
    assert_int_equal(screen_depth(f->s->screen), 2);
    keys(f->s, "Esc");
    assert_int_equal(screen_depth(f->s->screen), 1);
    form_stage_free(f);
}

static void one_choice_by_number_arrow_and_letter(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "pet");
    keys(f->s, "2");
    assert_string_equal(value_of(f, "pet"), "CAT");
    assert_string_equal(screen_focus(f->s->screen).question, "pet_name");
    keys(f->s, "Up");
    assert_cursor_on(f->s, "Cat");
    keys(f->s, "Down Enter");
    assert_string_equal(value_of(f, "pet"), "NONE");
    assert_string_equal(screen_focus(f->s->screen).question, "likes");
    assert_not_shown(f->s, "Its name");
    keys(f->s, "Shift-Tab");
    type(f->s, "do");
    assert_cursor_on(f->s, "Dog");
    assert_string_equal(value_of(f, "pet"), "NONE");
    keys(f->s, "Enter");
    assert_string_equal(value_of(f, "pet"), "DOG");
    form_stage_free(f);
}

static void ranked_choices_can_be_moved(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "likes");
    keys(f->s, "3 1");
    assert_string_equal(value_of(f, "likes"), "TOWN SEA");
    keys(f->s, "Left");
    assert_string_equal(value_of(f, "likes"), "SEA TOWN");
    keys(f->s, "1");
    assert_string_equal(value_of(f, "likes"), "TOWN");
    keys(f->s, "Enter");
    assert_string_equal(screen_focus(f->s->screen).question, "mood");
    form_stage_free(f);
}

static void a_scale_takes_digits_and_arrows(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "mood");
    assert_shown(f->s, "not answered");
    assert_shown(f->s, "0 Low");
    keys(f->s, "1 0");
    assert_string_equal(value_of(f, "mood"), "10");
    keys(f->s, "Left");
    assert_string_equal(value_of(f, "mood"), "9");
    keys(f->s, "Backspace");
    assert_int_equal(session_state(f->session, form_question(f->parsed, "mood"), 0), MISSING_NOT_REACHED);
    form_stage_free(f);
}

/* Words typed where a number is wanted, or before Enter has added anything, lead nowhere; Ctrl-O still does. */
static void letters_out_of_place_do_not_leave_the_form(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "mood");
    type(f->s, "at");
    assert_int_equal(f->s->passed, 0);
    assert_shown(f->s, "A number answers this");
    type(f->s, "hjklN");                                /* no steps of the scale, no other field, no page of notes */
    assert_int_equal(f->s->passed, 0);
    assert_cursor_on(f->s, "not answered");
    assert_shown(f->s, "A number answers this");
    assert_int_equal(session_instances(f->session, form_question(f->parsed, "steps")), 0);
    keys(f->s, "7");
    assert_string_equal(value_of(f, "mood"), "7");
    go_to(f, "ok");
    type(f->s, "iR");
    assert_int_equal(f->s->passed, 0);
    assert_shown(f->s, "Space ticks this");
    keys(f->s, "F5");
    type(f->s, "walk");
    keys(f->s, "Enter");
    assert_cursor_on(f->s, "Add another: Step");
    assert_shown(f->s, "Enter Add another");
    keys(f->s, "Ctrl-O t");
    assert_int_equal(f->s->passed, ACT_TODAY);
    form_stage_free(f);
}

/* Whoever does not press Enter first on "add another" loses no letter: the word begins the next one. */
static void words_on_add_another_begin_it(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();
    const struct question *steps = form_question(f->parsed, "steps");

    keys(f->s, "F5");
    type(f->s, "walk");
    keys(f->s, "Enter");
    assert_cursor_on(f->s, "Add another: Step");
    type(f->s, "go out");
    assert_int_equal(f->s->passed, 0);
    assert_int_equal(session_instances(f->session, steps), 2);
    assert_shown(f->s, "go out");
    keys(f->s, "Enter Enter Down");             /* an empty third one is there, and is the one that is begun */
    assert_cursor_on(f->s, "Add another: Step");
    type(f->s, "â");
    assert_int_equal(session_instances(f->session, steps), 3);
    assert_cursor_on(f->s, "â");
    form_stage_free(f);
}

static void a_box_is_ticked_by_space_alone(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "ok");
    keys(f->s, "Space");
    assert_string_equal(value_of(f, "ok"), "1");
    keys(f->s, "Space");
    assert_string_equal(value_of(f, "ok"), "");
    keys(f->s, "Enter");
    assert_string_equal(value_of(f, "ok"), "");
    form_stage_free(f);
}

static void long_text_has_lines_and_tab_leaves(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "story");
    type(f->s, "One");
    keys(f->s, "Enter");
    type(f->s, "two");
    keys(f->s, "Up Up");                /* to line one, then out */
    assert_string_equal(value_of(f, "story"), "One\ntwo");
    assert_string_equal(screen_focus(f->s->screen).question, "ok");
    form_stage_free(f);
}

static void a_missing_state_is_chosen_and_shown_in_words(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    type(f->s, "Ni");
    keys(f->s, "Ctrl-O - 2");
    assert_string_equal(value_of(f, "who"), "");
    assert_int_equal(session_state(f->session, form_question(f->parsed, "who"), 0), MISSING_PREFER_NOT);
    assert_shown(f->s, missing_label(MISSING_PREFER_NOT));
    assert_shown(f->s, "(1 to go)");
    assert_int_equal(f->saves, 1);
    go_to(f, "mood");
    keys(f->s, "- 3");
    assert_int_equal(session_state(f->session, form_question(f->parsed, "mood"), 0), MISSING_NOT_KNOWN);
    go_to(f, "ok");
    keys(f->s, "-  Esc");
    assert_int_equal(session_state(f->session, form_question(f->parsed, "ok"), 0), MISSING_NOT_REACHED);
    keys(f->s, "Home");
    go_to(f, "pet");
    keys(f->s, "- 1");
    assert_int_equal(session_state(f->session, form_question(f->parsed, "pet"), 0), MISSING_NO_ANSWER);
    form_stage_free(f);
}

/* A list of choices looks for letters; marks keep their meaning. */
static void marks_are_actions_in_a_list_of_choices(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "pet");
    keys(f->s, "!");
    assert_int_equal(f->s->passed, ACT_SERIOUS);
    keys(f->s, "?");
    assert_int_equal(f->s->passed, NAV_HELP);
    keys(f->s, "t");
    assert_int_equal(f->s->passed, 0);
    form_stage_free(f);
}

static void ways_to_ask_unfold(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    assert_not_shown(f->s, "What do people call you");
    keys(f->s, "F4");
    assert_shown(f->s, "What do people call you");
    assert_true(canvas_cursor(f->s->canvas).editing);
    keys(f->s, "Ctrl-P");
    assert_not_shown(f->s, "What do people call you");
    form_stage_free(f);
}

static void instances_are_added_and_removed(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();
    const struct question *steps = form_question(f->parsed, "steps");

    keys(f->s, "F5");
    assert_int_equal(session_instances(f->session, steps), 1);
    type(f->s, "walk");
    keys(f->s, "Enter");
    assert_cursor_on(f->s, "Add another: Step");
    keys(f->s, "Enter");
    assert_int_equal(session_instances(f->session, steps), 2);
    assert_shown(f->s, "Step 2");
    type(f->s, "swim");
    keys(f->s, "Up");
    assert_cursor_on(f->s, "walk");
    keys(f->s, "F6");
    assert_shown(f->s, "Remove Step 1");
    keys(f->s, "n F6 y");
    assert_int_equal(session_instances(f->session, steps), 1);
    assert_cursor_on(f->s, "swim");
    form_stage_free(f);
}

/* A review rates each goal: its own words stay in sight with each of its questions, however small the screen. */
static void what_an_instance_is_about_stays_in_sight(void **state)
{
    static const int sizes[][2] = { { 12, 40 }, { 24, 80 }, { 60, 200 } };
    static const char *const questions[] = { "for_goal", "rating_now", "goal_state", "goal_why" };
    struct answers a = ANSWERS_INIT;

    (void) state;
    answers_set(&a, "held_on", 0, "2026-03-09");
    for (int goal = 1; goal <= 3; goal++) {
        answers_set(&a, "for_goal", goal, goal == 1 ? "1" : goal == 2 ? "2" : "3");
        answers_set(&a, "rating_now", goal, "7");
        answers_set(&a, "goal_state", goal, "CHANGED");
    }
    for (size_t i = 0; i < ARRAY_LEN(sizes) * LANG_COUNT; i++) {
        struct form_stage *f;
        int goal = 0;

        lang_set((enum lang) (i % LANG_COUNT));
        f = form_stage_at("review", &a, false, NULL, sizes[i / LANG_COUNT][0], sizes[i / LANG_COUNT][1]);
        f->about = "Canu ger yr afon gyda'r côr bob nos Fawrth, a cherdded adref ar hyd y llwybr gyda Gwen";
        for (int tab = 0; tab < 40 && goal < 3; tab++) {
            const char *at = screen_focus(f->s->screen).question;

            goal += str_eq(at, "for_goal");
            for (size_t q = 0; q < ARRAY_LEN(questions) && goal > 0; q++)
                if (str_eq(at, questions[q])) {
                    char words[40];

                    snprintf(words, sizeof words, "%d. Canu ger yr afon", goal);
                    assert_shown(f->s, words);
                    (sizes[i / LANG_COUNT][1] > 40 ? assert_shown : assert_not_shown)(f->s, "llwybr");
                    assert_cursor_on(f->s, "");
                }
            keys(f->s, "Tab");
        }
        assert_int_equal(goal, 3);
        form_stage_free(f);
    }
    lang_set(LANG_EN);
    answers_release(&a);
}

static void filing_with_open_questions_asks(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    type(f->s, "Nia");
    keys(f->s, "F3");
    assert_shown(f->s, "1 required question is still open. File all the same?");
    keys(f->s, "n");
    assert_int_equal(f->filed, 0);
    assert_string_equal(screen_focus(f->s->screen).question, "pet");
    keys(f->s, "Ctrl-S y");
    assert_int_equal(f->filed, 1);
    assert_int_equal(screen_depth(f->s->screen), 1);
    form_stage_free(f);
}

static void filing_from_the_last_row(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    type(f->s, "Nia");
    go_to(f, "pet");
    keys(f->s, "1");
    while (screen_focus(f->s->screen).question)
        keys(f->s, "Tab");
    assert_int_equal(f->filed, 0);
    keys(f->s, "Enter");
    assert_int_equal(f->filed, 0);          /* Enter never files: it shows what would be */
    assert_shown(f->s, "2 answers, ");
    assert_shown(f->s, " left empty");
    keys(f->s, "Enter Enter");
    assert_int_equal(f->filed, 0);
    keys(f->s, "y");
    assert_int_equal(f->filed, 1);
    form_stage_free(f);
}

/* A draft of an older version may hold what no longer passes. */
static void filing_stops_at_what_does_not_pass(void **state)
{
    (void) state;
    struct answers a = ANSWERS_INIT;

    answers_set(&a, "who", 0, "Nia");
    answers_set(&a, "pet", 0, "DOG");
    answers_set(&a, "children", 0, "25");
    answers_set(&a, "shoe_size", 0, "44");
    struct form_stage *f = form_stage_at(NULL, &a, false, NULL, 40, 80);

    assert_shown(f->s, "shoe_size: 44");
    keys(f->s, "F3");
    assert_int_equal(f->filed, 0);
    assert_cursor_on(f->s, "25");
    assert_shown(f->s, "Fewer than 20.");
    answers_release(&a);
    form_stage_free(f);
}

static void guarded_values_are_never_drawn(void **state)
{
    (void) state;
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };
    struct answers a = ANSWERS_INIT;

    answers_set(&a, "phone", 0, "01632960999");
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct form_stage *f = form_stage_at(NULL, &a, true, NULL, sizes[i][0], sizes[i][1]);

        for (int j = 0; j < 14; j++) {
            assert_not_shown(f->s, "960999");
            keys(f->s, "Tab");
        }
        keys(f->s, "Home");
        go_to(f, "phone");
        assert_shown(f->s, "•••");
        assert_int_equal(screen_focus(f->s->screen).kind, FOCUS_VALUE);
        keys(f->s, "5 -");
        assert_string_equal(value_of(f, "phone"), "01632960999");
        keys(f->s, "r");
        assert_int_equal(f->s->passed, ACT_REVEAL);
        assert_not_shown(f->s, "960999");
        form_view_reveal(f->view, "phone");
        assert_cursor_on(f->s, "01632960999");
        form_stage_free(f);
    }
    answers_release(&a);
}

static void the_language_turns_and_the_text_stays(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    type(f->s, "Nia");
    struct spot before = canvas_cursor(f->s->canvas);

    lang_set(LANG_CY);
    screen_changed(f->s->screen, ~0u);
    assert_shown(f->s, "Pwy yw");
    assert_cursor_on(f->s, "Nia");
    assert_int_equal(canvas_cursor(f->s->canvas).x, before.x);
    go_to(f, "pet");
    keys(f->s, "Down Down");
    assert_cursor_on(f->s, "Cath");
    lang_set(LANG_EN);
    screen_changed(f->s->screen, ~0u);
    assert_cursor_on(f->s, "Cat");
    form_stage_free(f);
}

static void hostile_answers_are_harmless(void **state)
{
    (void) state;
    static const char *const bad[] = { "\x1b[2J\x1b]0;title\a", "\xE2\x80\xAEgh", "日本語日本語日本語日本語日本語日本語日本語",
                                       "w\xCC\x82\xCC\x82\xCC\x82\xCC\x82\xCC\x82\xCC\x82y", "%s%n%d", "\xff\xfe\x80" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct answers a = ANSWERS_INIT;

        answers_set(&a, "who", 0, bad[i]);
        answers_set(&a, "story", 0, bad[i]);
        answers_set(&a, "unknown", 0, bad[i]);
        struct form_stage *f = form_stage_at(NULL, &a, false, NULL, 12, 40);

        for (int j = 0; j < 14; j++) {
            for (int y = 0; y < 12; y++)
                for (int x = 0; x < 40; x++)
                    assert_true(text_is_tame(canvas_row(f->s->canvas, y)[x].text, false));
            keys(f->s, "Tab");
        }
        answers_release(&a);
        form_stage_free(f);
    }
}

static void keys_for_records_do_nothing_here(void **state)
{
    (void) state;
    struct form_stage *f = form_stage_new();

    go_to(f, "mood");
    keys(f->s, "d");
    assert_int_equal(f->s->passed, 0);
    keys(f->s, "u");
    assert_int_equal(f->s->passed, 0);
    keys(f->s, "F8");
    assert_int_equal(f->s->passed, ACT_DISCARD_DRAFT);
    form_stage_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_starts_on_the_first_question),
        cmocka_unit_test(enter_goes_on_and_answers_nothing),
        cmocka_unit_test(typed_text_is_kept_on_leaving),
        cmocka_unit_test(a_pause_keeps_the_text_and_the_caret),
        cmocka_unit_test(a_date_is_shown_as_understood_and_refused_with_its_text),
        cmocka_unit_test(esc_on_refused_text_asks_twice),
        cmocka_unit_test(going_to_today_is_held_up_once_by_refused_text),
        cmocka_unit_test(esc_keeps_the_draft_and_says_so),
        cmocka_unit_test(untouched_it_makes_no_draft),
        cmocka_unit_test(a_draft_that_cannot_be_kept_holds_the_form),
        cmocka_unit_test(one_choice_by_number_arrow_and_letter),
        cmocka_unit_test(ranked_choices_can_be_moved),
        cmocka_unit_test(a_scale_takes_digits_and_arrows),
        cmocka_unit_test(letters_out_of_place_do_not_leave_the_form),
        cmocka_unit_test(words_on_add_another_begin_it),
        cmocka_unit_test(a_box_is_ticked_by_space_alone),
        cmocka_unit_test(long_text_has_lines_and_tab_leaves),
        cmocka_unit_test(a_missing_state_is_chosen_and_shown_in_words),
        cmocka_unit_test(marks_are_actions_in_a_list_of_choices),
        cmocka_unit_test(ways_to_ask_unfold),
        cmocka_unit_test(instances_are_added_and_removed),
        cmocka_unit_test(what_an_instance_is_about_stays_in_sight),
        cmocka_unit_test(filing_with_open_questions_asks),
        cmocka_unit_test(filing_from_the_last_row),
        cmocka_unit_test(filing_stops_at_what_does_not_pass),
        cmocka_unit_test(guarded_values_are_never_drawn),
        cmocka_unit_test(the_language_turns_and_the_text_stays),
        cmocka_unit_test(hostile_answers_are_harmless),
        cmocka_unit_test(keys_for_records_do_nothing_here),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
