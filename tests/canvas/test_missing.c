/* test_missing.c - "N to go": one count, each item a key away from its question. */
#include "person_world.h"

#include "dolen/base/banned.h"

static void count_goes_down(void **state)
{
    struct world *w = *state;
    const struct data_set_item *items[50];
    size_t before, n;
    bool model = false;

    add_case(w);
    before = episode_to_go(&w->ui, w->episode, items, ARRAY_LEN(items));
    assert_true(before > 0 && before < ARRAY_LEN(items));
    for (size_t i = 0; i < before; i++) {
        const char *form, *question;

        assert_true(data_set_item_asks(items[i], &form, &question));
        model = model || (str_eq(form, "episode") && str_eq(question, "model"));
    }
    assert_true(model);
    change(w, T_EPISODE, w->episode, EPISODE_model, "LIGHT");
    assert_int_equal(episode_to_go(&w->ui, w->episode, NULL, 0), before - 1);
    /* Any missing state but "not reached" counts as answered. */
    put(w, T_EQUALITY, "person", text_of(w->person).s, "missing", "sex:PNTS ethnic_group:NK", NULL);
    assert_int_equal(episode_to_go(&w->ui, w->episode, NULL, 0), before - 3);
    change(w, T_PERSON, w->person, PERSON_birth_date, NULL);
    n = episode_to_go(&w->ui, w->episode, NULL, 0);
    assert_int_equal(n, before - 2);            /* the age band comes from it */
    assert_int_equal(episode_to_go(&w->ui, ID_NONE, NULL, 0), 0);
}

static void list_jumps_to_questions(void **state)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };
    struct world *w = *state;
    bool sex = false;

    add_case(w);
    screen_push(w->ui.screen, person_view_new(&w->ui, w->person, SECTION_OVERVIEW));
    show(w);
    screen_push(w->ui.screen, missing_view_new(&w->ui, w->person, w->episode));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_on_mark(w);
        assert_shows(w, " to go");
        assert_shows(w, "Nia Pritchard");       /* the banner is the person's */
    }
    for (int i = 0; i < 30; i++) {
        struct focus f = screen_focus(w->ui.screen);

        assert_int_equal(f.kind, FOCUS_FORM);
        sex = sex || (str_eq(f.form, "equality") && str_eq(f.question, "sex"));
        keys(w, "Down");
    }
    assert_true(sex);
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);
    lang_set(LANG_CY);
    screen_changed(w->ui.screen, ~0u);
    show(w);
    assert_on_mark(w);
}

static void overview_names_what_its_rows_do(void **state)
{
    struct world *w = *state;

    add_case(w);
    screen_push(w->ui.screen, person_view_new(&w->ui, w->person, SECTION_OVERVIEW));
    show_at(w, 24, 80);
    for (int i = 0; i < 10 && screen_focus(w->ui.screen).kind != FOCUS_COMMAND; i++)
        keys(w, "Down");
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);       /* the program carries out what the row names */
    assert_string_equal(screen_focus(w->ui.screen).question, "connect");
    for (int i = 0; i < 10 && !str_eq(screen_focus(w->ui.screen).question, "missing"); i++)
        keys(w, "Down");
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = { T(count_goes_down), T(list_jumps_to_questions), T(overview_names_what_its_rows_do) };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
