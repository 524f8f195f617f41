/* The program's own table of actions: no clash, every name once, every action reachable. */
#include "ui_test.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/ui/actions.h"
#include "dolen/base/banned.h"

static void no_key_means_two_things(void **state)
{
    (void) state;
    struct keymap *km = keymap_new();
    struct buf b = BUF_INIT;

    keymap_add(km, actions, actions_count);
    keymap_add(km, drill_actions, drill_actions_count);
    if (keymap_conflicts(km, &b) > 0)
        fail_msg("%s", buf_text(&b));
    buf_release(&b);
    keymap_free(&km);
}

static void every_name_is_used_once_and_every_key_is_a_key(void **state)
{
    (void) state;
    for (size_t i = 0; i < actions_count; i++) {
        const char *p = actions[i].keys;

        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(actions[i].name, actions[j].name);
        assert_non_null(actions[i].help);
        while (*p) {
            struct key k;
            size_t n = strcspn(p, " ");

            assert_true(key_parse(p, n, &k));
            p += n + strspn(p + n, " ");
        }
    }
}

/* Moves, actions and drills together: a name typed after ':' or written into a key map file means one thing. */
static void a_name_means_one_thing_in_the_whole_program(void **state)
{
    (void) state;
    struct keymap *km = keymap_new();

    keymap_add(km, actions, actions_count);
    keymap_add(km, drill_actions, drill_actions_count);
    for (size_t i = 0; i < keymap_count(km); i++) {
        assert_ptr_equal(keymap_find(km, keymap_at(km, i)->name), keymap_at(km, i));
        for (size_t j = 0; j < i; j++)
            if (!strcmp(keymap_at(km, i)->name, keymap_at(km, j)->name))
                fail_msg(":%s names two actions", keymap_at(km, i)->name);
    }
    keymap_free(&km);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_key_means_two_things),
        cmocka_unit_test(a_name_means_one_thing_in_the_whole_program),
        cmocka_unit_test(every_name_is_used_once_and_every_key_is_a_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
