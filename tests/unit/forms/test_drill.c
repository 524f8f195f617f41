/* test_drill.c - drills: every shipped one lints clean; what lint sees by walking; trust, facts, events, one step
 * at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/forms/catalog.h"
#include "dolen/forms/drill_state.h"
#include "dolen/forms/lint.h"

static struct catalog *cat;

static int open_catalog(void **state)
{
    (void) state;
    lang_set(LANG_EN);
    cat = catalog_new("forms", NULL);
    return 0;
}

static int close_catalog(void **state)
{
    (void) state;
    catalog_free(&cat);
    return 0;
}

static void print_findings(const struct findings *f)
{
    for (size_t i = 0; i < f->count; i++) {
        struct buf b = BUF_INIT;

        finding_print(&b, &f->items[i]);
        print_error("%s\n", buf_text(&b));
        buf_release(&b);
    }
}

static void shipped_drills_lint_clean(void **state)
{
    size_t n;
    const char *const *ids = catalog_list(cat, DEF_DRILL, &n);

    (void) state;
    assert_true(n >= 1);
    for (size_t i = 0; i < n; i++) {
        struct findings f = FINDINGS_INIT;
        struct err err = { .st = ST_OK };
        char *path = catalog_path(cat, DEF_DRILL, ids[i]);

        assert_int_equal(lint_file(path, cat, &f, &err), ST_OK);
        print_findings(&f);
        assert_int_equal(f.count, 0);
        assert_non_null(catalog_drill(cat, ids[i], &err));
        findings_release(&f);
        free(path);
    }
}

static bool has_finding(const struct findings *f, int line, const char *what, const char *why)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->items[i].line == line && str_eq(f->items[i].what, what) && strstr(f->items[i].why, why))
            return true;
    return false;
}

static void lint_finds_what_walking_shows(void **state)
{
    static const struct { int line; const char *what, *why; } expected[] = {
        { 19, "stuck", "stuck" },                   { 27, "island", "never reached" },
        { 25, "tip", "uncovers nothing" },          { 35, "untold", "nobody tells" },
        { 39, "one_language", "one language" },     { 44, "never", "never earned" },
        { 49, "always", "always earned" },          { 54, "count.opne", "not known" },
        { 55, "YESS", "not among the choices" },    { 56, "surgeries", "no question of this name" },
        { 12, "referral", "not one of the choices" }, { 57, "arrived", "what arrives answers it already" },
    };
    struct findings f = FINDINGS_INIT;
    struct err err = { .st = ST_OK };
    (void) state;

    assert_int_equal(lint_file("tests/data/forms/drill_findings.yaml", cat, &f, &err), ST_OK);
    for (size_t i = 0; i < ARRAY_LEN(expected); i++)
        if (!has_finding(&f, expected[i].line, expected[i].what, expected[i].why)) {
            print_findings(&f);
            fail_msg("line %d: %s: %s is not found", expected[i].line, expected[i].what, expected[i].why);
        }
    assert_int_equal(f.count, ARRAY_LEN(expected));
    findings_release(&f);
}

static const struct drill *bereavement(void)
{
    struct err err = { .st = ST_OK };
    const struct drill *d = catalog_drill(cat, "bereavement", &err);

    assert_non_null(d);
    return d;
}

static void say(const struct drill *d, struct drill_state *s, const char *offer, struct drill_outcome *out)
{
    int at = drill_offer_index(&d->turns[s->turn], offer);

    assert_true(at >= 0);
    assert_true(drill_open(d, s, at));
    drill_say(d, s, at, NULL, NULL, out);
}

static void a_fact_waits_for_trust(void **state)
{
    const struct drill *d = bereavement();
    struct drill_state s;
    struct drill_outcome out;

    (void) state;
    drill_begin(d, &s);
    say(d, &s, "coffee", &out);                     /* advice at the door: trust 2 falls to 0 */
    assert_int_equal(s.trust, 0);
    say(d, &s, "tell_me", &out);                    /* up to 2: the allotment needs 3 */
    assert_int_equal(out.told_count, 0);
    assert_true(out.held_back);
    drill_begin(d, &s);
    say(d, &s, "lists", &out);
    assert_int_equal(out.told_count, 1);
    assert_string_equal(d->facts[out.told[0]].id, "pushed");
    say(d, &s, "tell_me", &out);
    assert_string_equal(d->facts[out.told[0]].id, "allotment");
    assert_int_equal(s.minutes, 6);
}

static void what_stays_is_said_once_a_visit(void **state)
{
    const struct drill *d = bereavement();
    struct drill_state s;
    struct drill_outcome out;
    int wait;

    (void) state;
    drill_begin(d, &s);
    say(d, &s, "matters", &out);
    say(d, &s, "wait", &out);
    wait = drill_offer_index(&d->turns[s.turn], "wait");
    assert_false(drill_open(d, &s, wait));
}

static void an_event_comes_at_its_minute_and_once(void **state)
{
    const struct drill *d = bereavement();
    struct drill_state s;
    struct drill_outcome out;
    int rung = 0;
    static const char *const words[] = { "matters", "tell_me", "miss", "evenings", "what_like", "own_morning",
                                         "get_about" };

    (void) state;
    drill_begin(d, &s);
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        say(d, &s, words[i], &out);
        rung += out.event == 0;
        if (s.minutes < 14)
            assert_int_equal(rung, 0);
    }
    assert_int_equal(rung, 1);
}

static void an_offer_waits_for_its_condition(void **state)
{
    const struct drill *d = bereavement();
    struct drill_state s;
    struct drill_outcome out;
    static const char *const words[] = { "coffee", "first_year", "routine", "again", "refer", "sort_it" };

    (void) state;
    drill_begin(d, &s);
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        say(d, &s, words[i], &out);
    assert_string_equal(d->turns[s.turn].id, "now");
    assert_false(drill_open(d, &s, drill_offer_index(&d->turns[s.turn], "in_your_words")));
}

static void days_and_ages_are_of_the_day_it_begins(void **state)
{
    const struct drill *d = bereavement();
    struct date today = { 2028, 2, 29 }, birth;
    struct json *person = drill_answers(&d->papers[0], LANG_CY, today);
    struct json *referral = drill_answers(&d->papers[2], LANG_CY, today);

    (void) state;
    assert_true(date_parse_iso(json_get_text(person, "birth_date"), &birth));
    assert_int_equal(date_age(birth, today), 71);
    assert_string_equal(json_get_text(referral, "received_on"), "2028-02-25");
    assert_string_equal(json_get_text(referral, "referrer_role"), "Meddyg teulu");
    json_free(&person);
    json_free(&referral);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_drills_lint_clean),
        cmocka_unit_test(lint_finds_what_walking_shows),
        cmocka_unit_test(a_fact_waits_for_trust),
        cmocka_unit_test(what_stays_is_said_once_a_visit),
        cmocka_unit_test(an_event_comes_at_its_minute_and_once),
        cmocka_unit_test(an_offer_waits_for_its_condition),
        cmocka_unit_test(days_and_ages_are_of_the_day_it_begins),
    };

    return cmocka_run_group_tests(tests, open_catalog, close_catalog);
}
