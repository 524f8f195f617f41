/* Two records side by side: what differs is seen, what is covered is not. */
#include "person_world.h"

#include "dolen/base/banned.h"

static void both_stand_side_by_side(void **state)
{
    struct world *w = *state;
    struct id other;

    add_case(w);
    other = put(w, T_PERSON, "given_name", "Nia", "family_name", "Prichard", "birth_date", "1950-03-02", "phone",
                "02920999777", NULL);
    screen_push(w->ui.screen, merge_view_new(&w->ui, w->person, other));
    for (int at = 0; next_look(w, &at);) {
        assert_clean(w);
        assert_shows(w, "Pritchard");
        assert_shows(w, "Prichard");
        assert_hides(w, "9888");
    }
    assert_shows(w, "3 Feb 1950");
    assert_shows(w, "2 Mar 1950");
    assert_shows(w, "029 2099 9777");
    assert_shows(w, "Referrals");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_stand_side_by_side, world_open, world_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
