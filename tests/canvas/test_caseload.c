/* Whose open cases are whose, on the screen: three sizes, marks, and who is handed over. */
#include "person_world.h"

#include "dolen/base/banned.h"

static struct id handed[8], handed_from;
static size_t    handed_count;
static bool      handed_all;

static unsigned hand(void *ctx, struct id from, const struct id *people, size_t count)
{
    (void) ctx;
    handed_from = from;
    handed_count = count;
    handed_all = !people;
    for (size_t i = 0; people && i < count && i < ARRAY_LEN(handed); i++)
        handed[i] = people[i];
    return REACT_NONE;
}

static struct id case_of(struct world *w, const char *family, struct id practitioner)
{
    struct id p = add_person(w, "Nia", family);

    put(w, T_EPISODE, "person", text_of(p).s, "practitioner", text_of(practitioner).s, "opened_on", "2026-01-08", NULL);
    return p;
}

static void marked_ones_or_all_are_handed_over(void **state)
{
    struct world *w = *state;
    struct id mair = put(w, T_PRACTITIONER, "name", "Mair Owen", "slot", "1", NULL);
    struct id gwen = put(w, T_PRACTITIONER, "name", "Gwen Prawf", "slot", "2", NULL);
    struct id first = case_of(w, "Alaw", mair), second = case_of(w, "Bevan", mair);

    add_task(w, "FOLLOW_UP", (struct date) { 2026, 3, 9 }, first, ID_NONE, NULL);
    screen_push(w->ui.screen, caseload_view_new(&w->ui, mair, hand, NULL));
    for (int at = 0; next_look(w, &at);) {
        assert_clean(w);
        assert_on_mark(w);
        assert_shows(w, "Nia Alaw");
        assert_shows(w, "Nia Bevan");
        assert_shows(w, "Mair Owen: open cases (2)");
    }
    assert_shows(w, "1 thing to do");
    assert_int_equal(keys(w, "Enter"), NAV_OPEN);               /* the program opens the person */
    keys(w, "x");
    assert_int_equal(handed_count, 2);
    assert_true(handed_all);
    keys(w, "Down Space");
    assert_shows(w, "Marked: 1");
    keys(w, "x");
    assert_int_equal(handed_count, 1);
    assert_false(handed_all);
    assert_true(id_eq(handed[0], second));
    assert_true(id_eq(handed_from, mair));
    keys(w, "Tab");
    assert_shows(w, "Gwen Prawf: open cases (0)");
    assert_shows(w, "No open case here.");
    assert_hides(w, "x hands");
    handed_count = 99;
    keys(w, "x");
    assert_int_equal(handed_count, 99);
    keys(w, "Tab");
    assert_shows(w, "Mair Owen: open cases (2)");
    (void) gwen;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(marked_ones_or_all_are_handed_over, world_open, world_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
