/* The bin on the screen: what lies there and why, at three sizes and in both languages, and what Enter stands on. */
#include "person_world.h"

#include "dolen/base/banned.h"

static void an_empty_bin_says_what_it_is_for(void **state)
{
    struct world *w = *state;

    screen_push(w->ui.screen, bin_view_new(&w->ui));
    show(w);
    assert_shows(w, "Bin (0)");
    assert_shows(w, "The bin is empty.");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_NONE);
}

static void the_newest_is_first_with_its_reason(void **state)
{
    struct world *w = *state;
    struct id contact;
    struct focus f;

    add_case(w);
    contact = put(w, T_CONTACT, "person", text_of(w->person).s, "episode", text_of(w->episode).s, "held_on", "2026-02-20",
                  "note", "Rang about the bus.", NULL);
    assert_ok(store_bin(w->store, T_CONTACT, contact, "logged twice", &err_));
    assert_ok(store_bin(w->store, T_ASSET, w->asset, "closed for good", &err_));
    screen_push(w->ui.screen, bin_view_new(&w->ui));
    for (int at = 0; next_look(w, &at);) {
        assert_clean(w);
        assert_on_mark(w);
        assert_shows(w, "Tuesday");
        if (lang_now() == LANG_EN && canvas_cols(w->canvas) >= 80)
            assert_shows(w, "30 days left");
    }
    assert_shows(w, "Reason: closed for good");
    keys(w, "Down");
    assert_shows(w, "Reason: logged twice");
    assert_shows(w, "Nia Pritchard");
    assert_hides(w, "bus");
    f = screen_focus(w->ui.screen);
    assert_int_equal(f.kind, FOCUS_BINNED);
    assert_true(id_eq(f.subject, contact));
    assert_string_equal(f.question, "contact");
    assert_int_equal(keys(w, "Enter"), ACT_RESTORE);
}

static void the_days_that_are_left_are_told(void **state)
{
    struct world *w = *state;

    add_case(w);
    clock_freeze((struct date) { 2026, 3, 1 });
    assert_ok(store_bin(w->store, T_ASSET, w->asset, "closed for good", &err_));
    clock_freeze((struct date) { 2026, 3, 30 });
    screen_push(w->ui.screen, bin_view_new(&w->ui));
    show(w);
    assert_shows(w, "1 day left");
    clock_freeze((struct date) { 2026, 4, 2 });
    screen_changed(w->ui.screen, ~0u);
    show(w);
    assert_shows(w, "The bin is empty.");
}

static void notes_about_something_serious_keep_their_words(void **state)
{
    struct world *w = *state;
    struct id note;

    add_case(w);
    note = put(w, T_CONCERN, "person", text_of(w->person).s, "noted_on", "2026-02-20", "what_seen", "Bruises.", NULL);
    assert_ok(store_bin(w->store, T_CONCERN, note, "wrong person", &err_));
    screen_push(w->ui.screen, bin_view_new(&w->ui));
    show(w);
    assert_shows(w, "Note");
    assert_hides(w, "bruises");
    assert_hides(w, "concern");
}

/* Of what is about nobody: the entry it is about, and what form it was. */
static void an_unfinished_form_says_about_what_it_is(void **state)
{
    struct world *w = *state;
    struct id call, asset, contact;

    add_case(w);
    call = put(w, T_DRAFT, "form", "call", "record", text_of(w->asset).s, "answers", "{}", NULL);
    asset = put(w, T_DRAFT, "form", "asset", "answers", "{\"name_en\":\"Knit and natter\"}", NULL);
    contact = put(w, T_DRAFT, "form", "contact", "person", text_of(w->person).s, "answers", "{}", NULL);
    assert_ok(store_bin(w->store, T_DRAFT, call, "discarded", &err_));
    assert_ok(store_bin(w->store, T_DRAFT, asset, "discarded", &err_));
    assert_ok(store_bin(w->store, T_DRAFT, contact, "discarded", &err_));
    screen_push(w->ui.screen, bin_view_new(&w->ui));
    show(w);
    assert_shows(w, "Tuesday singing group · Phone call");
    assert_shows(w, "Knit and natter · Community asset");
    assert_shows(w, "Nia Pritchard · Contact");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(an_empty_bin_says_what_it_is_for), T(the_newest_is_first_with_its_reason),
        T(the_days_that_are_left_are_told), T(notes_about_something_serious_keep_their_words), T(an_unfinished_form_says_about_what_it_is),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
