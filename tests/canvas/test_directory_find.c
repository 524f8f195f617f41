/* test_directory_find.c - the directory searched by need, place, day, cost, access and language; entries there twice; gaps by
 * quarter. */
#include "person_world.h"

#include "dolen/base/banned.h"

static void add_assets(struct world *w)
{
    put(w, T_ASSET, "name_en", "Men's Shed", "name_cy", "Sied Dynion", "category", "COMMUNITY_GROUP", "day", "Mondays, 10am",
        "cost_kind", "FREE", "area", "Splott", "languages", "BILINGUAL", "accessibility", "Step-free, parking", NULL);
    put(w, T_ASSET, "name_en", "Watercolours", "category", "ARTS", "day", "Sat", "cost_kind", "DONATION", "area", "Bangor",
        "languages", "CY", NULL);
    put(w, T_ASSET, "name_en", "Allotment", "category", "GREEN", "day", "weekdays", "cost_kind", "FREE", "area", "Bangor",
        "languages", "EN", NULL);
}

static void type(struct world *w, const char *text)
{
    for (; *text; text++) {
        char one[2] = { *text, '\0' };
        struct key k = key_of_text(one);
        unsigned react;

        screen_key(w->ui.screen, &k, &react);
    }
    show(w);
}

static void tokens_find_and_are_said_in_words(void **state)
{
    struct world *w = *state;

    add_assets(w);
    screen_push(w->ui.screen, directory_view_new(&w->ui));
    show(w);
    keys(w, "/");
    type(w, "cost:free day:mon");
    assert_shows(w, "Cost: Free · Day: Monday");
    assert_shows(w, "Men's Shed");
    assert_shows(w, "Allotment");
    assert_hides(w, "Watercolours");
    type(w, " mens");
    assert_shows(w, "Men's Shed");
    assert_hides(w, "Allotment");
    keys(w, "Enter");
    assert_on_mark(w);
    assert_shows(w, "Mondays, 10am");
    keys(w, "Esc");
    assert_shows(w, "Watercolours");
    assert_hides(w, "Cost: Free");
    keys(w, "/");
    type(w, "cost:zzz");
    assert_shows(w, "Cost: zzz (?)");
    assert_shows(w, "no list knows the word before (?)");
    keys(w, "Esc");
    lang_set(LANG_CY);
    screen_changed(w->ui.screen, ~0u);
    keys(w, "/");
    type(w, "iaith:cymraeg cost:am-ddim");
    assert_shows(w, "Iaith: Cymraeg · Cost: Am ddim");
    assert_shows(w, "Sied Dynion");
    assert_hides(w, "Watercolours");
}

static void filters_are_chosen_by_who_types_no_tokens(void **state)
{
    struct world *w = *state;

    add_assets(w);
    screen_push(w->ui.screen, directory_view_new(&w->ui));
    show(w);
    keys(w, "f");
    assert_shows(w, "Find by");
    assert_shows(w, "Cost: any");
    keys(w, "4");                               /* cost */
    assert_shows(w, "Donation");
    keys(w, "3");
    assert_shows(w, "cost:donation");
    assert_shows(w, "Cost: Donation");
    assert_shows(w, "Watercolours");
    assert_hides(w, "Allotment");
    assert_on_mark(w);
    keys(w, "f 4 2");                           /* another one takes its place */
    assert_shows(w, "Cost: Free");
    assert_hides(w, "donation");
    keys(w, "f 2");
    type(w, "ban");
    keys(w, "Enter");
    assert_shows(w, "Place: ban");
    assert_shows(w, "Allotment");
    assert_hides(w, "Men's Shed");
    keys(w, "f 4 1");                           /* any cost */
    assert_hides(w, "Cost: Free");
    assert_shows(w, "Watercolours");
    keys(w, "f 7");                             /* all away */
    assert_shows(w, "Men's Shed");
    assert_shows(w, "/ words");
    keys(w, "f 5");
    assert_shows(w, "Wheelchair");
    keys(w, "2");
    assert_shows(w, "Step-free, parking");      /* the entry's own words, to be judged */
    keys(w, "f Esc");
    assert_shows(w, "Men's Shed");
    assert_hides(w, "Watercolours");
}

static void chosen_values_mean_one_thing_in_either_language(void **state)
{
    struct world *w = *state;

    for (int l = 0; l < LANG_COUNT; l++) {
        lang_set((enum lang) l);
        screen_push(w->ui.screen, directory_view_new(&w->ui));
        show(w);
        keys(w, "f 6 3");                       /* English, or in both */
        assert_shows(w, l == LANG_EN ? "lang:english" : "iaith:saesneg");
        assert_shows(w, l == LANG_EN ? "Language: English" : "Iaith: Saesneg");
        keys(w, "f 3 4");
        assert_shows(w, l == LANG_EN ? "Day: Wednesday" : "Diwrnod: Dydd Mercher");
        screen_pop_all(w->ui.screen);
    }
}

static void the_list_follows_the_names_that_are_shown(void **state)
{
    struct world *w = *state;

    put(w, T_ASSET, "name_en", "Apples", "name_cy", "Ysgol y Llan", NULL);
    put(w, T_ASSET, "name_en", "Zebra club", "name_cy", "Llyfrau", NULL);
    put(w, T_ASSET, "name_en", "Lw\u0177n", NULL);           /* no Welsh name: by the one it has; ll is a letter after l */
    screen_push(w->ui.screen, directory_view_new(&w->ui));
    show(w);
    assert_true(strstr(buf_text(&w->dump), "Apples") < strstr(buf_text(&w->dump), "Zebra club"));
    keys(w, "End");
    lang_set(LANG_CY);
    screen_changed(w->ui.screen, ~0u);
    show(w);
    assert_true(strstr(buf_text(&w->dump), "Lw\u0177n") < strstr(buf_text(&w->dump), "Llyfrau"));
    assert_true(strstr(buf_text(&w->dump), "Llyfrau") < strstr(buf_text(&w->dump), "Ysgol y Llan"));
    keys(w, "/");
    type(w, "l");
    assert_true(strstr(buf_text(&w->dump), "Lw\u0177n") < strstr(buf_text(&w->dump), "Llyfrau"));
    keys(w, "Esc");
}

static unsigned never(void *ctx, struct id asset)
{
    (void) ctx;
    (void) asset;
    return REACT_DRAW;
}

static void a_connection_is_searched_the_same_way(void **state)
{
    struct world *w = *state;

    add_case(w);
    add_assets(w);
    screen_push(w->ui.screen, today_view_new(&w->ui));
    screen_push(w->ui.screen, directory_choose_new(&w->ui, w->person, w->episode, never, NULL));
    show_at(w, 12, 40);
    keys(w, "f 3 7");
    assert_shows(w, "Day: Saturday");
    assert_shows(w, "Watercolours");
    assert_hides(w, "Allotment");
    assert_on_mark(w);
    assert_int_equal(keys(w, "U"), ACT_GAP);
}

static void entries_there_twice_stand_side_by_side(void **state)
{
    static const int sizes[][2] = { { 12, 40 }, { 60, 200 }, { 24, 80 } };
    struct world *w = *state;
    struct id second;

    screen_push(w->ui.screen, same_assets_view_new(&w->ui));
    show(w);
    assert_shows(w, "No two entries look alike.");
    put(w, T_ASSET, "name_en", "Lunch club", "postcode", "CF10 1AA", NULL);
    second = put(w, T_ASSET, "name_en", "Lunch clubs", "postcode", "CF10 1AA", "verified_on", "2026-02-01", NULL);
    put(w, T_ASSET, "name_en", "Choir", "postcode", "CF10 1AA", NULL);
    screen_changed(w->ui.screen, CHANGED(ASSET));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_on_mark(w);
        assert_shows(w, "There twice? (1)");
        assert_shows(w, "1/1");
        assert_shows(w, "Lunch clubs");
        assert_hides(w, "Choir");
    }
    keys(w, "Down");
    assert_int_equal(screen_focus(w->ui.screen).kind, FOCUS_ASSET);
    assert_true(id_eq(screen_focus(w->ui.screen).subject, second));
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);
}

static void gaps_are_counted_by_quarter(void **state)
{
    static const int sizes[][2] = { { 12, 40 }, { 60, 200 }, { 24, 80 } };
    struct world *w = *state;

    add_case(w);
    screen_push(w->ui.screen, gap_table_view_new(&w->ui));
    show(w);
    assert_shows(w, "No gap written down.");
    for (int i = 0; i < 3; i++)
        put(w, T_GAP, "person", text_of(w->person).s, "noted_on", i ? "2026-02-01" : "2025-12-31", "category", "ARTS", "reason",
            "TRANSPORT", "needed", "A choir", NULL);
    screen_changed(w->ui.screen, CHANGED(GAP));
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_on_mark(w);
        assert_shows(w, "Gaps by quarter (3)");
        assert_shows(w, "Jan-Mar 2026  2");
        assert_shows(w, "Oct-Dec 2025  1");
        assert_shows(w, "Arts and");
    }
    assert_true(strstr(buf_text(&w->dump), "Jan-Mar 2026") < strstr(buf_text(&w->dump), "Oct-Dec 2025"));
    assert_shows(w, "Transport or distance");
    lang_set(LANG_CY);
    screen_changed(w->ui.screen, ~0u);
    show(w);
    assert_shows(w, "Bylchau fesul chwarter (3)");
}

static void a_count_opens_the_gaps_that_it_is_made_of(void **state)
{
    static const char *const noted[][3] = { { "2026-02-01", "ARTS", "A choir" }, { "2026-03-31", "ARTS", "A band" },
                                            { "2026-02-02", "NATURE", "A garden" }, { "2025-12-31", "ARTS", "A play" } };
    static const int sizes[][2] = { { 12, 40 }, { 60, 200 }, { 24, 80 } };
    struct world *w = *state;
    struct id gaps[ARRAY_LEN(noted)];

    add_case(w);
    for (size_t i = 0; i < ARRAY_LEN(noted); i++)
        gaps[i] = put(w, T_GAP, "person", text_of(w->person).s, "noted_on", noted[i][0], "category", noted[i][1], "reason",
                      "TRANSPORT", "needed", noted[i][2], NULL);
    screen_push(w->ui.screen, gap_table_view_new(&w->ui));
    show(w);
    keys(w, "Enter");
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        show_at(w, sizes[i][0], sizes[i][1]);
        assert_on_mark(w);
        assert_shows(w, "Gaps (2)");
        assert_shows(w, "Jan-Mar 2026");
        assert_shows(w, "Arts and");
        assert_shows(w, "A choir");
        assert_shows(w, "A band");
        assert_hides(w, "A garden");
        assert_hides(w, "A play");
    }
    assert_true(id_eq(screen_focus(w->ui.screen).subject, gaps[1]));
    keys(w, "Esc G Enter");
    assert_shows(w, "Gaps (1)");
    assert_true(id_eq(screen_focus(w->ui.screen).subject, gaps[3]));
    assert_ok(store_bin(w->ui.store, T_GAP, gaps[3], NULL, &err_));
    screen_changed(w->ui.screen, CHANGED(GAP));
    show(w);
    assert_shows(w, "No gap of this kind is left");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(tokens_find_and_are_said_in_words), T(filters_are_chosen_by_who_types_no_tokens),
        T(chosen_values_mean_one_thing_in_either_language), T(the_list_follows_the_names_that_are_shown), T(a_connection_is_searched_the_same_way),
        T(entries_there_twice_stand_side_by_side), T(gaps_are_counted_by_quarter),
        T(a_count_opens_the_gaps_that_it_is_made_of),
    };
#undef T

    lang_start();                               /* the catalogue too */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
