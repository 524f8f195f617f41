/* Two records side by side: what differs is seen, what is covered is not. */
#include "person_world.h"

#include "dolen/base/banned.h"

static void both_stand_side_by_side(void **state)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };
    struct world *w = *state;
    struct id other;

    add_case(w);
    other = put(w, T_PERSON, "given_name", "Nia", "family_name", "Prichard", "birth_date", "1950-03-02", "phone",
                "02920999777", NULL);
    screen_push(w->ui.screen, merge_view_new(&w->ui, w->person, other));
    for (int l = 0; l < 2; l++)
        for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
            lang_set(l ? LANG_CY : LANG_EN);
            screen_changed(w->ui.screen, ~0u);
            show_at(w, sizes[i][0], sizes[i][1]);
            assert_clean(w);
            assert_shows(w, "Pritchard");
            assert_shows(w, "Prichard");
            assert_hides(w, "02920999888");
        }
    lang_set(LANG_EN);
    screen_changed(w->ui.screen, ~0u);
    show_at(w, 24, 80);
    assert_shows(w, "3 Feb 1950");
    assert_shows(w, "2 Mar 1950");
    assert_shows(w, "02920999777");
    assert_shows(w, "Referrals");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_stand_side_by_side, world_open, world_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
