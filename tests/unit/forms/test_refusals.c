/* test_refusals.c - whatever a shipped form refuses, it says what to do about it, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/json.h"
#include "dolen/base/mem.h"
#include "dolen/forms/answers_json.h"
#include "dolen/forms/catalog.h"
#include "dolen/forms/session.h"

static const struct date today = { 2026, 3, 9 };
static struct catalog *cat;
static struct err err;
static int bad, refused;

/* Words that tell somebody to do something; a refusal without any of them leaves its reader alone. */
static const char *const to_do[LANG_COUNT][24] = {
    [LANG_EN] = { "Give ", "give ", "Write ", "Take ", "Check ", "Type ", "Record ", "Choose ", "Shorten ", "Go on ", "Read ", "Compare ",
                  "correct ", "Add ", "Leave ", "Look at " },
    [LANG_CY] = { "Rhowch ", "rhowch ", "Ysgrifennwch ", "Tynnwch ", "Gwiriwch ", "Teipiwch ", "Cofnodwch ", "Dewiswch ", "Byrhewch ",
                  "Ewch ", "Darllenwch ", "Cymharwch ", "cywirwch ", "Ychwanegwch ", "Gadewch ", "Edrychwch " },
};

static bool says_what_to_do(const char *sentence, enum lang l)
{
    for (size_t i = 0; to_do[l][i]; i++)
        if (strstr(sentence, to_do[l][i]))
            return true;
    return false;
}

static void check_sentence(const char *form, const char *question, const char *sentence, enum lang l)
{
    refused++;
    if (says_what_to_do(sentence, l))
        return;
    fprintf(stderr, "%s.%s (%s): %s\n", form, question, lang_code(l), sentence);
    bad++;
}

/* Every kind of nonsense, typed and as an answer file would have it. */
static void refuse_all(struct session *s, const struct question *q, int repeat, enum lang l)
{
    static const char *const nonsense[] = { "?!", "-7", "99999999999", "1.5", "32/13/2026", "2199-01-01", "1800-01-01", "a@b", "NO_SUCH" };
    const char *form = session_form(s)->id;
    struct buf long_text = BUF_INIT;

    for (size_t i = 0; i < ARRAY_LEN(nonsense); i++) {
        if (session_set_canonical(s, q, repeat, nonsense[i], &err) != ST_OK)
            check_sentence(form, q->name, err_text(&err), l);
        if (session_set(s, q, repeat, nonsense[i], &err) != ST_OK)
            check_sentence(form, q->name, err_text(&err), l);
    }
    for (int i = 0; i < 70000; i++)
        buf_add_char(&long_text, 'x');
    if (session_set(s, q, repeat, buf_text(&long_text), &err) != ST_OK)
        check_sentence(form, q->name, err_text(&err), l);
    buf_release(&long_text);
    session_clear(s, q, repeat);
}

static void refuse_form(const struct form *f, enum lang l)
{
    struct session *s = session_new(f, NULL, NULL, 0, today);

    for (size_t i = 0; i < f->count; i++) {
        const struct question *q = &f->questions[i];
        int repeat = 0;

        if (q->repeat >= 0) {
            const struct question *group = &f->questions[q->repeat];

            repeat = session_instances(s, group) ? 1 : session_add_instance(s, group);
        }
        if (q->constraint)
            check_sentence(f->id, q->name, text2_now(&q->constraint_message), l);
        if (qtype_asked(q->type))
            refuse_all(s, q, repeat, l);
    }
    session_free(&s);
}

static void every_refusal_of_every_form_says_what_to_do(void **state)
{
    static const char *const forms[] = {
        "asset", "closure", "concern", "connection", "consent", "contact", "conversation", "decision", "episode", "equality", "gap",
        "language", "note", "ons-loneliness", "ons4", "person", "plan", "referral", "review", "supervision", "swemwbs", "wemwbs",
    };

    (void) state;
    bad = refused = 0;
    for (int l = 0; l < LANG_COUNT; l++) {
        lang_set((enum lang) l);
        for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
            const struct form *f = catalog_form(cat, forms[i], &err);

            if (!f)
                fail_msg("%s", err_text(&err));
            refuse_form(f, (enum lang) l);
        }
    }
    assert_true(refused > 500);
    assert_int_equal(bad, 0);
}

/* The sentence about an answer file: its question, that nothing was saved, and the choices. */
static void assert_file_refused(const char *form, const char *text, const char *const parts[])
{
    struct session *s = session_new(catalog_form(cat, form, &err), NULL, NULL, 0, today);
    struct json *j = NULL;

    assert_int_equal(json_parse(&j, text, strlen(text), &err), ST_OK);
    assert_int_equal(answers_json_in(s, j, &err), ST_INVALID);
    for (size_t i = 0; parts[i]; i++)
        if (!strstr(err_text(&err), parts[i]))
            fail_msg("\"%s\" is not in: %s", parts[i], err_text(&err));
    json_free(&j);
    session_free(&s);
}

static void an_answer_file_hears_what_can_be_chosen(void **state)
{
    (void) state;
    lang_set(LANG_EN);
    assert_file_refused("consent", "{\"purpose\":\"DOCTOR\"}",
                        (const char *const[]) { "purpose was not taken, and nothing was saved:", "not one of the choices", "REFER, FEEDBACK",
                                                NULL });
    assert_file_refused("person", "{\"speak_language\":[\"CY\"]}", (const char *const[]) { "nothing was saved", "Write one value", NULL });
    assert_file_refused("plan", "{\"goals\":{}}", (const char *const[]) { "nothing was saved", "[{…}, {…}]", NULL });
    assert_file_refused("plan", "[]", (const char *const[]) { "Nothing was saved", "dolen form preview plan --names", NULL });
    lang_set(LANG_CY);
    assert_file_refused("consent", "{\"purpose\":\"DOCTOR\"}",
                        (const char *const[]) { "Ni chymerwyd purpose, ac ni chadwyd dim:", "Dewiswch o blith", "REFER, FEEDBACK", NULL });
}

/* A spreadsheet has words where a form has a list: the sentence names it. */
static void words_that_are_no_choice_hear_the_choices(void **state)
{
    struct session *s = session_new(catalog_form(cat, "consent", &err), NULL, NULL, 0, today);
    const struct question *purpose = form_question(session_form(s), "purpose");

    (void) state;
    lang_set(LANG_EN);
    assert_int_equal(session_set(s, purpose, 0, "the doctor", &err), ST_INVALID);
    assert_non_null(strstr(err_text(&err), "To tell the referrer what happened"));
    lang_set(LANG_CY);
    assert_int_equal(session_set(s, purpose, 0, "y meddyg", &err), ST_INVALID);
    assert_null(strstr(err_text(&err), "To tell"));
    session_free(&s);
}

static int open_catalog(void **state)
{
    (void) state;
    setenv("DOLEN_SHARE", getenv("BUILD") ? getenv("BUILD") : "build", 0);
    lang_start();
    cat = catalog_new("forms", NULL);
    return 0;
}

static int close_catalog(void **state)
{
    (void) state;
    catalog_free(&cat);
    lang_set(LANG_EN);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_refusal_of_every_form_says_what_to_do), cmocka_unit_test(an_answer_file_hears_what_can_be_chosen),
        cmocka_unit_test(words_that_are_no_choice_hear_the_choices),
    };

    return cmocka_run_group_tests(tests, open_catalog, close_catalog);
}
