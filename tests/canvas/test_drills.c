/* Drills: the list with its proposal and chart, and the talk over a form, at three sizes and in both languages. */
#include "person_world.h"

#include "dolen/ui/drills.h"

#include "dolen/base/banned.h"

static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };

/* --- the list --------------------------------------------------------------------------------------------------- */

static size_t drills_there, times_played;

static enum status list_load(void *ctx, struct drills_model *m, struct err *err)
{
    (void) ctx, (void) err;
    if (drills_there)
        str_copy(m->next, sizeof m->next, "Next: Thirteen months. New to you, and the easiest of those.");
    for (size_t i = 0; i < drills_there; i++) {
        struct drill_row *r = ARRAY_ADD(m->rows, m->count, m->cap);

        snprintf(r->id, sizeof r->id, "drill_%zu", i);
        snprintf(r->title, sizeof r->title, "Tri mis ar ddeg %zu", i);
        str_copy(r->how, sizeof r->how, "84 of 100 on 3 Mar 2026 (2 times)");
        str_copy(r->about, sizeof r->about,
                 "What would Maureen like, now that everybody has told her what she should?");
        if (i == 1)
            str_copy(r->approval, sizeof r->approval, "To be approved by your safeguarding lead.");
        for (size_t k = 0; k < times_played; k++)
            r->past[r->past_count++] = (struct chart_value) { (long) k, (double) (20 * k + 10) };
    }
    return ST_OK;
}

static void push_list(struct world *w)
{
    struct drills_host host = { NULL, list_load, NULL };

    screen_push(w->ui.screen, drills_view_new(&w->ui, &host));
}

static void the_list_says_what_comes_next(void **state)
{
    struct world *w = *state;
    struct focus f;

    drills_there = 3;
    times_played = 0;
    push_list(w);
    for (int l = 0; l < LANG_COUNT; l++)
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
            lang_set((enum lang) l);
            show_at(w, sizes[i][0], sizes[i][1]);
            assert_clean(w);
            assert_on_mark(w);
            assert_shows(w, "Next: Thirteen months.");
            assert_shows(w, "Tri mis ar ddeg 0");
        }
    f = screen_focus(w->ui.screen);
    assert_int_equal(f.kind, FOCUS_DRILL);
    assert_string_equal(f.question, "drill_0");
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);
}

static void a_safety_drill_says_that_it_is_to_be_approved(void **state)
{
    struct world *w = *state;

    drills_there = 3;
    times_played = 0;
    push_list(w);
    show_at(w, 24, 80);
    assert_hides(w, "safeguarding lead");
    keys(w, "Down");
    show_at(w, 24, 80);
    assert_shows(w, "To be approved by your safeguarding lead.");
}

static void what_was_played_twice_has_a_chart(void **state)
{
    struct world *w = *state;

    drills_there = 2;
    times_played = 5;
    push_list(w);
    show_at(w, 24, 80);
    assert_clean(w);
    assert_shows(w, "100");
    assert_shows(w, "84 of 100");
}

static void without_drills_it_says_so(void **state)
{
    struct world *w = *state;

    drills_there = 0;
    push_list(w);
    show_at(w, 24, 80);
    assert_shows(w, "Drills (0)");
    assert_shows(w, "There are no drills");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_NONE);
}

/* --- the talk --------------------------------------------------------------------------------------------------- */

static int said;
static char said_what[41];
static bool it_is_over, it_is_long;

static enum status talk_load(void *ctx, struct talk_model *m, struct err *err)
{
    (void) ctx, (void) err;
    str_copy(m->title, sizeof m->title, "Maureen Pask, minute 4 of about 45");
    if (it_is_over) {
        str_copy(m->hint, sizeof m->hint, "The conversation is over.");
        return ST_OK;
    }
    if (it_is_long)
        talk_model_line(m, TALK_YOU, "Would you tell me about him, and about the thirteen months, in your own time?");
    talk_model_line(m, TALK_SCENE, "She looks at a photograph.");
    talk_model_line(m, TALK_PERSON,
                    "Thirteen months on Sunday. They say it as if I should be done by now, and they have a list for me.");
    talk_model_offer(m, "tell_me", "An open question", "Would you tell me about him?");
    talk_model_offer(m, "first_year", "Advise or inform",
                     "The first year is the hardest. It gets easier from here, you will see.");
    talk_model_offer(m, "wait", "Keep silent and wait", "(Wait.)");
    return ST_OK;
}

static unsigned talk_say(void *ctx, const char *offer)
{
    (void) ctx;
    said++;
    str_copy(said_what, sizeof said_what, offer);
    return REACT_RELOAD;
}

static void push_talk(struct world *w)
{
    struct talk_host host = { NULL, talk_load, talk_say, NULL };

    add_case(w);
    screen_push(w->ui.screen, person_view_new(&w->ui, w->person, SECTION_OVERVIEW));
    screen_push(w->ui.screen, talk_view_new(&w->ui, w->person, &host));
}

static void what_is_heard_and_what_can_be_said_are_both_in_sight(void **state)
{
    struct world *w = *state;

    push_talk(w);
    for (int l = 0; l < LANG_COUNT; l++)
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
            lang_set((enum lang) l);
            screen_changed(w->ui.screen, ~0u);
            show_at(w, sizes[i][0], sizes[i][1]);
            assert_clean(w);
            assert_on_mark(w);
            assert_shows(w, "minute 4 of about 45");
            assert_shows(w, "Thirteen months");
            assert_shows(w, "Would you tell me about him?");
        }
    assert_true(id_eq(screen_focus(w->ui.screen).person, w->person));
}

static void digits_and_enter_say_and_letters_are_still_actions(void **state)
{
    struct world *w = *state;

    said = 0;
    push_talk(w);
    show_at(w, 24, 80);
    keys(w, "2");
    assert_int_equal(said, 1);
    assert_string_equal(said_what, "first_year");
    keys(w, "Down Down");
    keys(w, "Enter");
    assert_int_equal(said, 2);
    assert_string_equal(said_what, "wait");
    keys(w, "9");
    assert_int_equal(said, 2);
    show_at(w, 24, 80);
    assert_shows(w, "A number from 1 to 3.");
    show_at(w, 12, 40);
    assert_shows(w, "A number from 1 to 3.");
    assert_int_equal(keys(w, "t"), ACT_TODAY);
    assert_int_equal(keys(w, "!"), ACT_SERIOUS);
}

static void the_whole_of_a_long_offer_is_read_below(void **state)
{
    struct world *w = *state;

    push_talk(w);
    show_at(w, 24, 80);
    keys(w, "Down");
    show_at(w, 12, 40);
    assert_shows(w, "Advise or inform: The first year");
    assert_shows(w, "will see.");
}

/* In a small window: one's own words in one row, the key that shows the rest, and the next words from their beginning. */
static void what_the_person_says_can_be_read_to_its_end(void **state)
{
    struct world *w = *state;

    it_is_long = true;
    push_talk(w);
    show_at(w, 12, 40);
    assert_shows(w, "You: Would you tell me about him, and…");
    assert_shows(w, "PageDown: more");
    keys(w, "PageDown PageDown PageDown");
    show_at(w, 12, 40);
    assert_shows(w, "have a list for me.");
    screen_changed(w->ui.screen, CHANGED(DRILL_STEP));
    show_at(w, 12, 40);
    assert_shows(w, "You: Would you");
    show_at(w, 24, 80);
    assert_shows(w, "have a list for me.");
    assert_hides(w, "PageDown: more");
    it_is_long = false;
}

static void once_it_is_over_there_is_nothing_to_say(void **state)
{
    struct world *w = *state;

    it_is_over = true;
    push_talk(w);
    show_at(w, 24, 80);
    assert_shows(w, "The conversation is over.");
    assert_hides(w, "Enter");
    it_is_over = false;
    screen_changed(w->ui.screen, CHANGED(DRILL_STEP));
    show_at(w, 24, 80);
    assert_shows(w, "Enter");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(the_list_says_what_comes_next), T(a_safety_drill_says_that_it_is_to_be_approved),
            T(what_was_played_twice_has_a_chart),
        T(without_drills_it_says_so), T(what_is_heard_and_what_can_be_said_are_both_in_sight),
        T(digits_and_enter_say_and_letters_are_still_actions), T(the_whole_of_a_long_offer_is_read_below),
        T(what_the_person_says_can_be_read_to_its_end), T(once_it_is_over_there_is_nothing_to_say),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
