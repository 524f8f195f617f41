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

static void drills_are_named_apart_from_everything_else(void **state)
{
    (void) state;
    for (size_t i = 0; i < drill_actions_count; i++)
        for (size_t j = 0; j < actions_count; j++)
            assert_string_not_equal(drill_actions[i].name, actions[j].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_key_means_two_things),
        cmocka_unit_test(drills_are_named_apart_from_everything_else),
        cmocka_unit_test(every_name_is_used_once_and_every_key_is_a_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
