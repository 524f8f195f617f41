/* test_session.c - a form being filled in: rules, repeats, choices, typing, and answer files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/forms/answers_json.h"
#include "dolen/forms/catalog.h"
#include "dolen/forms/session.h"

#define DATA "tests/data/forms/catalog"

static const struct date today = { 2026, 3, 9 };
static struct catalog *cat;
static struct session *s;
static struct err err;

static int open_one(void **state)
{
    static const struct fact facts[] = { { "person_age", "70" } };

    (void) state;
    lang_set(LANG_EN);
    cat = catalog_new(DATA, NULL);
    const struct form *f = catalog_form(cat, "journey", &err);
    if (!f)
        fail_msg("%s", err_text(&err));
    s = session_new(f, NULL, facts, 1, today);
    return 0;
}

static int close_one(void **state)
{
    (void) state;
    session_free(&s);
    catalog_free(&cat);
    lang_set(LANG_EN);
    return 0;
}

static const struct question *q(const char *name)
{
    const struct question *found = form_question(session_form(s), name);

    assert_non_null(found);
    return found;
}

static void set(const char *name, int repeat, const char *typed)
{
    if (session_set(s, q(name), repeat, typed, &err) != ST_OK)
        fail_msg("%s: %s: %s", name, typed, err_text(&err));
}

static void refuse(const char *name, const char *typed, const char *part)
{
    assert_int_equal(session_set(s, q(name), 0, typed, &err), ST_INVALID);
    if (!strstr(err_text(&err), part))
        fail_msg("%s: %s: %s", name, typed, err_text(&err));
}

static void assert_value(const char *name, int repeat, const char *value)
{
    const char *now = session_value(s, q(name), repeat);

    assert_non_null(now);
    assert_string_equal(now, value);
}

static void assert_shown(const char *name, const char *text)
{
    struct buf b = BUF_INIT;

    session_show(s, q(name), 0, &b);
    assert_string_equal(buf_text(&b), text);
    buf_release(&b);
}

static void opening_changes_nothing(void **state)
{
    (void) state;
    assert_false(session_dirty(s));
    assert_value("held_on", 0, "2026-03-09");
    assert_int_equal(session_find_row(s, "kind", 0), -1);
    assert_int_equal(session_to_go(s), 1);
}

static void typing_is_understood(void **state)
{
    (void) state;
    set("held_on", 0, "3/2/26");
    assert_value("held_on", 0, "2026-02-03");
    refuse("held_on", "10/3/2026", "not come yet");
    refuse("held_on", "soon", "day first");
    assert_value("held_on", 0, "2026-02-03");
    set("mood", 0, "07");
    assert_value("mood", 0, "7");
    refuse("mood", "11", "from 0 to 10");
    refuse("mood", "7.5", "from 0 to 10");
    set("nhs", 0, "999 000 0018");
    refuse("nhs", "999 000 0019", "NHS number");
    set("agreed", 0, "Ie");
    assert_value("agreed", 0, "1");
    set("mood", 0, "  ");
    assert_null(session_value(s, q("mood"), 0));
    assert_true(session_dirty(s));
}

static void choices_by_code_number_and_beginning(void **state)
{
    (void) state;
    set("travels", 0, "nac");
    assert_value("travels", 0, "NO");
    set("travels", 0, "1");
    assert_value("travels", 0, "YES");
    set("means", 0, "bus, Trên");
    assert_value("means", 0, "BUS TRAIN");
    set("means", 0, "car");
    assert_value("means", 0, "CAR");
    set("means", 0, "carri");
    assert_value("means", 0, "CARRIER");
    refuse("means", "b t", "one of the choices");
    refuse("means", "horse", "one of the choices");
    refuse("means", "tr, x", "one of the choices");
    refuse("means", "c", "More than one");
    assert_value("means", 0, "CARRIER");
}

static void a_rule_hides_and_shows(void **state)
{
    struct answers out = ANSWERS_INIT;

    (void) state;
    set("travels", 0, "yes");
    assert_true(session_find_row(s, "kind", 0) > 0);
    set("kind", 0, "OWN");
    set("minutes", 0, "20");
    set("travels", 0, "no");
    assert_int_equal(session_find_row(s, "kind", 0), -1);
    assert_int_equal(session_state(s, q("minutes"), 0), MISSING_SKIPPED);
    session_finish(s, &out);
    assert_int_equal(answers_missing(&out, "minutes", 0), MISSING_SKIPPED);
    assert_int_equal(answers_missing(&out, "mood", 0), MISSING_NOT_REACHED);
    assert_string_equal(answers_value(&out, "travels", 0), "NO");
    answers_release(&out);
    set("travels", 0, "yes");
    assert_value("minutes", 0, "20");
}

static void the_filter_follows_its_question(void **state)
{
    const struct code *offered[8];

    (void) state;
    set("travels", 0, "yes");
    assert_int_equal(session_choices(s, q("means"), 0, offered, 8), 4);
    set("kind", 0, "PUBLIC");
    assert_int_equal(session_choices(s, q("means"), 0, offered, 8), 2);
    assert_string_equal(offered[1]->code, "TRAIN");
    assert_true(session_required(s, q("minutes"), 0));
    assert_int_equal(session_toggle(s, q("means"), 0, "CAR", &err), ST_INVALID);
}

static void ranks_move(void **state)
{
    (void) state;
    set("travels", 0, "yes");
    assert_int_equal(session_toggle(s, q("means"), 0, "CAR", &err), ST_OK);
    assert_int_equal(session_toggle(s, q("means"), 0, "BUS", &err), ST_OK);
    assert_value("means", 0, "CAR BUS");
    assert_true(session_move_rank(s, q("means"), 0, "BUS", -1));
    assert_value("means", 0, "BUS CAR");
    assert_shown("means", "1. Bus, 2. Car");
    lang_set(LANG_CY);
    assert_shown("means", "1. Bws, 2. Car");
    assert_false(session_move_rank(s, q("means"), 0, "BUS", -1));
    assert_int_equal(session_toggle(s, q("means"), 0, "BUS", &err), ST_OK);
    assert_value("means", 0, "CAR");
}

static void the_message_is_in_the_language_of_now(void **state)
{
    (void) state;
    set("travels", 0, "yes");
    refuse("minutes", "601", "At most ten hours.");
    lang_set(LANG_CY);
    refuse("minutes", "601", "Dim mwy na deng awr.");
}

static void repeats_come_and_go(void **state)
{
    struct answers out = ANSWERS_INIT;

    (void) state;
    for (int i = 1; i <= 4; i++)
        assert_int_equal(session_add_instance(s, q("stops")), i);
    set("place", 1, "Tywyn");
    set("wait", 1, "2,5");
    set("place", 2, "Bala");
    set("wait", 2, "12");
    set("place", 4, "Rhyl");
    assert_int_equal(session_find_row(s, "long_wait", 1), -1);
    assert_true(session_find_row(s, "long_wait", 2) > 0);
    assert_value("waited", 0, "14.5");
    session_remove_instance(s, q("stops"), 1);
    assert_value("place", 1, "Bala");
    assert_value("waited", 0, "12");
    assert_int_equal(session_set(s, q("place"), 9, "x", &err), ST_INVALID);
    session_finish(s, &out);
    assert_string_equal(answers_value(&out, "place", 2), "Rhyl");
    assert_int_equal(answers_repeats(&out, "place"), 2);
    answers_release(&out);
}

static void missing_states_count_as_answers(void **state)
{
    struct problems p = { NULL, 0, 0 };

    (void) state;
    session_problems(s, &p);
    assert_int_equal(p.count, 1);
    assert_true(p.items[0].open);
    assert_int_equal(p.items[0].row, session_find_row(s, "travels", 0));
    problems_release(&p);
    assert_int_equal(session_set_missing(s, q("travels"), 0, MISSING_PREFER_NOT, &err), ST_OK);
    assert_int_equal(session_to_go(s), 0);
    assert_int_equal(session_find_row(s, "kind", 0), -1);
    assert_int_equal(session_set_missing(s, q("travels"), 0, MISSING_SKIPPED, &err), ST_INVALID);
}

static void old_answers_are_kept(void **state)
{
    struct answers a = ANSWERS_INIT, out = ANSWERS_INIT;
    const struct answer *orphan;

    (void) state;
    answers_set(&a, "gone", 0, "still here");
    answers_set(&a, "place", 2, "Bala");
    struct session *again = session_new(session_form(s), &a, NULL, 0, today);
    assert_int_equal(session_orphans(again, &orphan, 1), 1);
    assert_string_equal(orphan->value, "still here");
    assert_null(session_value(again, q("held_on"), 0));
    assert_int_equal(session_instances(again, q("stops")), 2);
    session_finish(again, &out);
    assert_string_equal(answers_value(&out, "gone", 0), "still here");
    assert_string_equal(answers_value(&out, "place", 1), "Bala");
    session_free(&again);
    answers_release(&a);
    answers_release(&out);
}

static enum status json_in(const char *text)
{
    struct json *j = NULL;
    struct err bad = { .st = ST_OK };

    assert_int_equal(json_parse(&j, text, strlen(text), &bad), ST_OK);
    memset(&err, 0, sizeof err);
    enum status st = answers_json_in(s, j, &err);
    json_free(&j);
    return st;
}

static void answer_files_go_round(void **state)
{
    static const char text[] =
        "{\"held_on\":\"2026-03-01\",\"travels\":\"YES\",\"kind\":{\"missing\":\"not_known\"},\"means\":[\"CAR\",\"BUS\"],"
        "\"minutes\":25,\"mood\":7,\"stops\":[{\"place\":\"Bala\",\"wait\":2.5},{\"place\":\"Rhyl\"}],\"waited\":2.5,"
        "\"agreed\":true}";
    struct answers out = ANSWERS_INIT;
    struct buf b = BUF_INIT;

    (void) state;
    if (json_in(text) != ST_OK)
        fail_msg("%s", err_text(&err));
    session_finish(s, &out);
    answers_remove(&out, "long_wait", 1);
    answers_remove(&out, "long_wait", 2);
    struct json *j = answers_json_out(session_form(s), &out);
    json_write(&b, j);
    assert_string_equal(b.s, text);
    json_free(&j);
    buf_release(&b);
    answers_release(&out);
}

static void an_edit_may_hide_what_was_there(void **state)
{
    (void) state;
    assert_int_equal(json_in("{\"travels\":\"YES\",\"minutes\":5}"), ST_OK);
    assert_int_equal(json_in("{\"travels\":\"NO\"}"), ST_OK);
    assert_int_equal(session_state(s, q("minutes"), 0), MISSING_SKIPPED);
}

static void bad_answer_files_are_refused(void **state)
{
    static const struct {
        const char *text, *part;
    } cases[] = {
        { "[]", "one JSON object" }, { "{\"travls\":\"YES\"}", "did you mean travels?" }, { "{\"place\":\"Bala\"}", "place" },
        { "{\"travels\":\"PERHAPS\"}", "travels was not taken, and nothing was saved: This is not one" }, { "{\"mood\":true}", "true and false are for" },
        { "{\"travels\":[\"YES\"]}", "A list is for" }, { "{\"stops\":[{\"plaice\":1}]}", "did you mean place?" },
        { "{\"stops\":{\"place\":1}}", "list of objects" }, { "{\"mood\":{\"missing\":\"lost\"}}", "missing state" },
        { "{\"travels\":\"NO\",\"minutes\":5}", "minutes is not asked here" }, { "{\"mood\":1e300}", "too large" },
        { "{\"travels\":\"YES\",\"minutes\":700}", "At most ten hours" }, { "{\"held_on\":\"1/2/2026\"}", "not a date" },
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        close_one(state);
        open_one(state);
        assert_int_equal(json_in(cases[i].text), ST_INVALID);
        if (!strstr(err_text(&err), cases[i].part))
            fail_msg("%s: %s", cases[i].text, err_text(&err));
    }
}

/* The note about something serious: the time is now, as long as the day is today and nobody has typed another. */
static void a_default_follows_what_it_was_worked_out_from(void **state)
{
    struct catalog *shipped = catalog_new("forms", NULL);
    const struct form *f = catalog_form(shipped, "concern", &err);
    struct session *note;
    const struct question *day, *at;

    (void) state;
    assert_non_null(f);
    clock_freeze(today);
    note = session_new(f, NULL, NULL, 0, today);
    day = form_question(f, "noted_on");
    at = form_question(f, "seen_at");
    assert_string_equal(session_value(note, at, 0), "12:00");
    assert_false(session_dirty(note));
    assert_int_equal(session_set(note, day, 0, "-1", &err), ST_OK);
    assert_null(session_value(note, at, 0));
    assert_int_equal(session_set(note, day, 0, "today", &err), ST_OK);
    assert_string_equal(session_value(note, at, 0), "12:00");
    assert_int_equal(session_set(note, at, 0, "9.30", &err), ST_OK);
    assert_int_equal(session_set(note, day, 0, "-1", &err), ST_OK);
    assert_string_equal(session_value(note, at, 0), "9.30");
    assert_int_equal(session_set(note, at, 0, "25:00", &err), ST_INVALID);
    session_free(&note);
    catalog_free(&shipped);
}

static struct session *known_one(struct catalog *c, const char *form, const char *name, const char *value, const char *more, const char *is)
{
    const struct fact facts[] = { { name, value }, { more, is } };
    const struct form *f = catalog_form(c, form, &err);

    assert_non_null(f);
    return session_new(f, NULL, facts, 2, today);
}

/* What stands elsewhere is put in where nothing was said, with where from; what was said is left alone. */
static void no_fact_is_asked_twice(void **state)
{
    struct catalog *shipped = catalog_new("forms", NULL);
    struct session *gap = known_one(shipped, "gap", "person_local_authority", "W06000001", "person_speak_language", "CY"), *closing;
    const struct question *where = form_question(session_form(gap), "local_authority"), *told, *on;

    (void) state;
    assert_null(session_value(gap, where, 0));
    session_know(gap, true);
    assert_string_equal(session_value(gap, where, 0), "W06000001");
    assert_string_equal(session_value(gap, form_question(session_form(gap), "language"), 0), "CY");
    assert_false(session_dirty(gap));
    assert_non_null(strstr(session_known_from(gap, where, 0), "person's record"));
    assert_int_equal(session_set_canonical(gap, where, 0, "W06000002", &err), ST_OK);
    assert_null(session_known_from(gap, where, 0));
    session_know(gap, true);
    assert_string_equal(session_value(gap, where, 0), "W06000002");
    assert_int_equal(session_set_missing(gap, where, 0, MISSING_NOT_KNOWN, &err), ST_OK);
    session_know(gap, true);
    assert_null(session_value(gap, where, 0));
    assert_int_equal(session_state(gap, where, 0), MISSING_NOT_KNOWN);
    session_free(&gap);

    closing = known_one(shipped, "closure", "referral_route", "PROFESSIONAL", "referral_feedback_sent_on", "2026-02-03");
    told = form_question(session_form(closing), "feedback_to_referrer");
    on = form_question(session_form(closing), "feedback_sent_on");
    session_know(closing, true);
    assert_string_equal(session_value(closing, told, 0), "SENT");
    assert_string_equal(session_value(closing, on, 0), "2026-02-03");       /* not today, the default */
    assert_non_null(strstr(session_known_from(closing, told, 0), "referral"));
    session_free(&closing);
    closing = known_one(shipped, "closure", "referral_route", "SELF", "referral_source", "SELF");
    session_know(closing, true);
    assert_string_equal(session_value(closing, told, 0), "NO_REFERRER");
    session_free(&closing);
    closing = known_one(shipped, "closure", "referral_route", "PROFESSIONAL", "referral_source", "GPPR");
    session_know(closing, true);
    assert_null(session_value(closing, told, 0));
    session_free(&closing);
    catalog_free(&shipped);
}

/* A value that the form would not take is none. */
static void what_does_not_fit_is_not_put_in(void **state)
{
    struct catalog *shipped = catalog_new("forms", NULL);
    struct session *gap = known_one(shipped, "gap", "person_local_authority", "NOWHERE", "person_speak_language", NULL);

    (void) state;
    session_know(gap, true);
    assert_null(session_value(gap, form_question(session_form(gap), "local_authority"), 0));
    assert_null(session_value(gap, form_question(session_form(gap), "language"), 0));
    session_free(&gap);
    catalog_free(&shipped);
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_one, close_one)

static void what_is_known_without_asking_is_filed(void **state)
{
    struct answers out = ANSWERS_INIT;
    struct catalog *c = catalog_new(DOLEN_SHARE_DEFAULT "/forms", NULL);
    const struct form *form = catalog_form(c, "referral", &err);

    (void) state;
    assert_non_null(form);
    session_free(&s);
    s = session_new(form, NULL, NULL, 0, (struct date) { 2026, 3, 9 });
    assert_int_equal(session_set(s, form_question(form, "source"), 0, "SELF", &err), ST_OK);
    assert_false(session_relevant(s, form_question(form, "route"), 0));
    assert_false(session_relevant(s, form_question(form, "referrer_name"), 0));
    session_finish(s, &out);
    assert_string_equal(answers_value(&out, "route", 0), "SELF");
    assert_string_equal(answers_value(&out, "source", 0), "SELF");

    assert_int_equal(session_set(s, form_question(form, "source"), 0, "GPPR", &err), ST_OK);
    assert_true(session_relevant(s, form_question(form, "route"), 0));
    assert_true(session_relevant(s, form_question(form, "referrer_name"), 0));
    assert_int_equal(session_set(s, form_question(form, "route"), 0, "SELF", &err), ST_INVALID);
    answers_release(&out);
    session_finish(s, &out);
    assert_null(answers_value(&out, "route", 0));
    answers_release(&out);
    session_free(&s);
    catalog_free(&c);
}

/* The year of a birth is enough, and is not taken for a day. */
static void a_year_alone_says_how_exact_a_birth_is(void **state)
{
    struct catalog *shipped = catalog_new("forms", NULL);
    struct session *person = session_new(catalog_form(shipped, "person", &err), NULL, NULL, 0, today);
    const struct question *born = form_question(session_form(person), "birth_date"),
                          *how = form_question(session_form(person), "birth_precision");
    struct buf shown = BUF_INIT;

    (void) state;
    assert_int_equal(session_set(person, born, 0, "3/2/1950", &err), ST_OK);
    assert_string_equal(session_value(person, how, 0), "DAY");
    assert_int_equal(session_set(person, born, 0, "1950", &err), ST_OK);
    assert_string_equal(session_value(person, born, 0), "1950-07-01");
    assert_string_equal(session_value(person, how, 0), "YEAR");
    session_show(person, born, 0, &shown);
    assert_string_equal(buf_text(&shown), "1950");
    buf_release(&shown);
    assert_int_equal(session_set(person, born, 0, "Mawrth 1950", &err), ST_OK);
    assert_string_equal(session_value(person, born, 0), "1950-03-01");
    assert_string_equal(session_value(person, how, 0), "MONTH");
    assert_int_equal(session_set(person, born, 0, "2027", &err), ST_INVALID);
    assert_string_equal(session_value(person, how, 0), "MONTH");
    session_free(&person);
    catalog_free(&shipped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(opening_changes_nothing), T(typing_is_understood), T(choices_by_code_number_and_beginning),
        T(a_rule_hides_and_shows), T(the_filter_follows_its_question), T(ranks_move),
        T(the_message_is_in_the_language_of_now), T(repeats_come_and_go), T(missing_states_count_as_answers),
        T(old_answers_are_kept), T(answer_files_go_round), T(an_edit_may_hide_what_was_there), T(a_default_follows_what_it_was_worked_out_from), T(bad_answer_files_are_refused),
        T(no_fact_is_asked_twice), T(what_does_not_fit_is_not_put_in),
        T(what_is_known_without_asking_is_filed),
        T(a_year_alone_says_how_exact_a_birth_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
