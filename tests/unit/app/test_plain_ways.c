/* Line mode beside the screen: every action has its word there, or a sentence that says what there is instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "app/commands.h"
#include "app/plain/plain_priv.h"
#include "dolen/base/mem.h"
#include "dolen/ui/actions.h"
#include "dolen/base/banned.h"

static void has_a_way(const struct action *all, size_t n)
{
    size_t without = 0;

    for (size_t i = 0; i < n; i++) {
        const struct plain_way *w = plain_way_of(all[i].name);

        if (!w || !w->says || !*w->says || (w->place != INSTEAD) != (*w->says == ':')) {
            print_error("%s: neither a word in line mode nor a reason\n", all[i].name);
            without++;
        }
    }
    assert_int_equal(without, 0);
}

static void every_action_of_the_screen_has_a_word_or_a_reason(void **state)
{
    (void) state;
    has_a_way(nav_actions, nav_actions_count);
    has_a_way(actions, actions_count);
    has_a_way(drill_actions, drill_actions_count);
}

/* Of the actions of the screens these alone are no word in line mode. A new one has to get a word, or stand here with what a
 * listener does instead; plain_ways.c has the sentence that docs/keys.md gives them. */
static const struct {
    const char *action, *instead;
} without_a_word[] = {
    { "menu", "the main menu is the first list" }, { "command", "names of actions are words of the lists" },
    { "choose", "a number or a word chooses" }, { "next", "Enter goes on" }, { "no-answer", "- at a question" },
    { "prompts", "? at a question" }, { "add-another", "asked after each" }, { "seal", "the number of a destination" },
    { "host-key", "asked with the destination" }, { "new-policy", "asked with the destination" },
    { "write-note", "asked after the numbers" },
    { "restore", "the number of a line of the bin" }, { "most-urgent", "the number 1 of Today" },
    { "again", "the word of the step" }, { "take-words", "whole sentences" }, { "take-sentence", "its number" },
    { "file-words", "its number" }, { "suspend", "Ctrl-Z" },
    /* nothing instead but a command, or nothing to do where nothing is drawn */
    { "hand-over", "read it out" },
    { "privacy", "lock, and close the window" }, { "tip-away", "there are no tips" },
};

static void what_is_done_every_day_has_a_word(void **state)
{
    size_t instead = 0;

    (void) state;
    for (size_t i = 0; i < actions_count; i++) {
        const struct plain_way *w = plain_way_of(actions[i].name);
        bool listed = false;

        for (size_t k = 0; k < ARRAY_LEN(without_a_word); k++)
            listed = listed || str_eq(without_a_word[k].action, actions[i].name);
        if (w && (w->place == INSTEAD) != listed)
            fail_msg("%s: %s", actions[i].name, listed ? "has a word now; take it off the list" : "has no word");
        instead += listed;
    }
    assert_int_equal(instead, ARRAY_LEN(without_a_word));
}

static void words_are_in_the_menus_they_are_said_to_be_in(void **state)
{
    (void) state;
    for (size_t i = 0; i < plain_ways_count; i++) {
        const struct plain_way *w = &plain_ways[i];

        if ((w->place == AT_MENU && !menu_has(w->says)) || (w->place == AT_PERSON && !person_menu_has(w->says)))
            fail_msg("%s is not in its menu", w->says);
    }
    assert_false(menu_has(":no-such-word"));
    assert_false(person_menu_has(":no-such-word"));
}

static bool is_there(const struct action *all, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].name, name))
            return true;
    return false;
}

static void no_row_is_about_an_action_that_is_gone_and_none_stands_twice(void **state)
{
    (void) state;
    for (size_t i = 0; i < plain_ways_count; i++) {
        const char *name = plain_ways[i].action;

        if (!is_there(nav_actions, nav_actions_count, name) && !is_there(actions, actions_count, name) &&
            !is_there(drill_actions, drill_actions_count, name))
            fail_msg("%s is no action", name);
        assert_ptr_equal(plain_way_of(name), &plain_ways[i]);
    }
}

static void assert_apart(const char *(*word)(size_t i))
{
    for (size_t i = 0; word(i); i++)
        for (size_t j = 0; j < i; j++)
            if (str_eq(tr(word(i)), tr(word(j))))
                fail_msg("%s and %s are both %s", word(i), word(j), tr(word(i)));
}

static void a_word_means_one_thing_in_its_menu_in_either_language(void **state)
{
    (void) state;
    setenv("DOLEN_SHARE", getenv("BUILD") ? getenv("BUILD") : "build", 1);
    lang_start();
    for (int l = 0; l < LANG_COUNT; l++) {
        lang_set((enum lang) l);
        assert_apart(menu_word);
        assert_apart(person_menu_word);
    }
    lang_set(LANG_CY);
    assert_string_equal(tr(":today"), ":heddiw");
    lang_set(LANG_EN);
}

static void a_command_is_one_row(void **state)
{
    (void) state;
    for (size_t t = 0; command_tables[t]; t++)
        for (const struct command *c = command_tables[t]; c->noun; c++)
            for (size_t u = 0; u <= t; u++)
                for (const struct command *d = command_tables[u]; d->noun && d != c; d++)
                    if (str_eq(c->noun, d->noun) && str_eq(c->verb ? c->verb : "", d->verb ? d->verb : ""))
                        fail_msg("two commands are called %s %s", c->noun, c->verb ? c->verb : "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_action_of_the_screen_has_a_word_or_a_reason),
        cmocka_unit_test(what_is_done_every_day_has_a_word),
        cmocka_unit_test(words_are_in_the_menus_they_are_said_to_be_in),
        cmocka_unit_test(a_word_means_one_thing_in_its_menu_in_either_language), cmocka_unit_test(a_command_is_one_row),
        cmocka_unit_test(no_row_is_about_an_action_that_is_gone_and_none_stands_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
