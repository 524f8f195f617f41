/* Names of keys, bindings, the user's file, conflicts. */
#include "ui_test.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/ui/keymap.h"
#include "dolen/base/banned.h"

enum { ACT_ONE = ACTION_OWN, ACT_TWO, ACT_HERE, ACT_FORM };

static const struct action rows[] = {
    { ACT_ONE, "one", "One", "The first", "a F3", IN_EVERYWHERE, 0 },
    { ACT_TWO, "two", "Two", "The second", "b", IN_EVERYWHERE, 0 },
    { ACT_HERE, "here", "Here", "Only in the list of people", "a", IN_PEOPLE, 0 },
    { ACT_FORM, "form", "Form", "Only in a form", "a", IN_FORM, 0 },
};

static struct keymap *make(void)
{
    struct keymap *km = keymap_new();

    keymap_add(km, rows, ARRAY_LEN(rows));
    return km;
}

static int look(const struct keymap *km, const char *name, uint64_t context)
{
    struct key k = press(name);

    return keymap_lookup(km, &k, context);
}

static void names_go_both_ways(void **state)
{
    (void) state;
    static const char *const names[] = { "a", "?", "ŵ", "-", "Space", "Enter", "Esc", "Shift-Tab", "F1", "F12", "Ctrl-K",
                                         "PageDown", "Ctrl-Left", "Backspace" };
    static const char *const wrong[] = { "", "F13", "F0", "Ctrl-", "Ctrl-M", "Ctrl-I", "aa", "Meta-x", "\x01", "\xff" };
    struct key k;

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct buf b = BUF_INIT;

        assert_true(key_parse(names[i], 0, &k));
        key_write(&b, &k);
        assert_string_equal(buf_text(&b), names[i]);
        buf_release(&b);
    }
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        assert_false(key_parse(wrong[i], 0, &k));
    assert_true(key_parse("ctrl-k", 0, &k) && k.code == K_CTRL('K'));
    assert_true(key_parse("pageup", 0, &k) && k.code == K_PAGE_UP);
}

static void a_row_for_here_wins(void **state)
{
    (void) state;
    struct keymap *km = make();

    assert_int_equal(look(km, "a", IN_PEOPLE | IN_LIST), ACT_HERE);
    assert_int_equal(look(km, "a", IN_FORM), ACT_FORM);
    assert_int_equal(look(km, "a", IN_TODAY), ACT_ONE);
    assert_int_equal(look(km, "F3", IN_PEOPLE), ACT_ONE);
    assert_int_equal(look(km, "j", IN_TODAY), NAV_DOWN);
    assert_int_equal(look(km, "z", IN_TODAY), 0);
    assert_int_equal(look(km, "a", IN_LOCK), 0);
    keymap_free(&km);
}

static void keys_shown_are_keys_that_work(void **state)
{
    (void) state;
    struct keymap *km = make();
    struct buf b = BUF_INIT;

    keymap_keys(km, ACT_ONE, IN_TODAY, &b);
    assert_string_equal(buf_text(&b), "a, F3");
    buf_clear(&b);
    keymap_keys(km, ACT_ONE, IN_PEOPLE, &b);
    assert_string_equal(buf_text(&b), "F3");
    buf_release(&b);
    keymap_free(&km);
}

static void the_users_file_is_read_line_by_line(void **state)
{
    (void) state;
    struct keymap *km = make();
    struct buf b = BUF_INIT;
    int bad = keymap_read(km, "# mine\n\none x Ctrl-N\nthree y\ntwo Hyper-q\ntwo\r\nhere none\nform  b  \n", &b);

    assert_int_equal(bad, 3);
    assert_non_null(strstr(buf_text(&b), "keys:4: "));
    assert_non_null(strstr(buf_text(&b), "three"));
    assert_non_null(strstr(buf_text(&b), "keys:5: "));
    assert_non_null(strstr(buf_text(&b), "Hyper-q"));
    assert_non_null(strstr(buf_text(&b), "keys:6: "));
    assert_int_equal(look(km, "x", IN_TODAY), ACT_ONE);
    assert_int_equal(look(km, "Ctrl-N", IN_TODAY), ACT_ONE);
    assert_int_equal(look(km, "F3", IN_TODAY), 0);
    assert_int_equal(look(km, "b", IN_TODAY), ACT_TWO);
    assert_int_equal(look(km, "b", IN_FORM), ACT_FORM);
    assert_int_equal(look(km, "a", IN_PEOPLE), 0);
    buf_release(&b);
    keymap_free(&km);
}

static void a_key_taken_over_leaves_its_old_row(void **state)
{
    (void) state;
    struct keymap *km = make();
    struct buf b = BUF_INIT;

    assert_int_equal(keymap_read(km, "two a\n", &b), 0);
    assert_int_equal(look(km, "a", IN_TODAY), ACT_TWO);
    assert_int_equal(look(km, "F3", IN_TODAY), ACT_ONE);
    assert_int_equal(look(km, "a", IN_PEOPLE), ACT_HERE);
    assert_int_equal(keymap_conflicts(km, &b), 0);
    buf_release(&b);
    keymap_free(&km);
}

/* Every screen that asks for a passphrase names F2. */
static void f2_stays_with_something_serious(void **state)
{
    (void) state;
    static const struct action serious[] = {
        { ACTION_OWN + 60, "something-serious", NULL, "What to do", "F2 !", IN_EVERYWHERE | IN_LOCK, 0 },
    };
    struct keymap *km = make();
    struct buf b = BUF_INIT;

    keymap_add(km, serious, ARRAY_LEN(serious));
    assert_int_equal(keymap_read(km, "something-serious y\none F2 F4\nhere F2\n", &b), 2);
    assert_string_equal(buf_text(&b), "keys:2: F2 stays with 'something-serious'\nkeys:3: F2 stays with "
                                      "'something-serious'\n");
    assert_int_equal(look(km, "F2", IN_PEOPLE), ACTION_OWN + 60);
    assert_int_equal(look(km, "y", IN_TODAY), ACTION_OWN + 60);
    assert_int_equal(look(km, "!", IN_TODAY), 0);
    assert_int_equal(look(km, "F3", IN_TODAY), ACT_ONE);
    assert_int_equal(keymap_read(km, "something-serious none\n", &b), 0);
    assert_int_equal(look(km, "F2", IN_LOCK), ACTION_OWN + 60);
    buf_release(&b);
    keymap_free(&km);
}

static void a_key_that_two_lines_want_is_named(void **state)
{
    (void) state;
    struct keymap *km = make();
    struct buf b = BUF_INIT;

    assert_int_equal(keymap_read(km, "one x F3\n\ntwo x\nhere x\n", &b), 0);
    assert_string_equal(buf_text(&b), "keys:3: 'x' is taken here from 'one' of line 1\n");
    assert_int_equal(look(km, "x", IN_TODAY), ACT_TWO);
    assert_int_equal(look(km, "F3", IN_TODAY), ACT_ONE);
    assert_int_equal(look(km, "x", IN_PEOPLE), ACT_HERE);
    buf_release(&b);
    keymap_free(&km);
}

static void conflicts_are_found(void **state)
{
    (void) state;
    static const struct action clash[] = {
        { ACTION_OWN + 50, "rival", NULL, "Wants b as well", "b", IN_EVERYWHERE, 0 },
        { ACTION_OWN + 51, "local", NULL, "Wants a in people and today", "a", IN_PEOPLE | IN_TODAY, 0 },
    };
    struct keymap *km = make();
    struct buf b = BUF_INIT;

    assert_int_equal(keymap_conflicts(km, &b), 0);
    keymap_add(km, clash, ARRAY_LEN(clash));
    assert_int_equal(keymap_conflicts(km, &b), 2);
    assert_string_equal(buf_text(&b), "b: two, rival\na: here, local\n");
    buf_release(&b);
    keymap_free(&km);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_go_both_ways),
        cmocka_unit_test(a_row_for_here_wins),
        cmocka_unit_test(keys_shown_are_keys_that_work),
        cmocka_unit_test(the_users_file_is_read_line_by_line),
        cmocka_unit_test(a_key_taken_over_leaves_its_old_row),
        cmocka_unit_test(f2_stays_with_something_serious),
        cmocka_unit_test(a_key_that_two_lines_want_is_named),
        cmocka_unit_test(conflicts_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
