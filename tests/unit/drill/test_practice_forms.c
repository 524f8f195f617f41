/* What the practice caseload says is what the shipped forms could have been answered with: known questions, known codes,
 * values that pass. */
#include "fixture.h"

#include "dolen/forms/catalog.h"
#include "dolen/forms/session.h"

#include "dolen/base/banned.h"

static struct catalog *catalog;

static struct practice_form shipped(void *ctx, const char *id)
{
    const struct form *f = catalog_form(catalog, id, &err);
    struct practice_form out = { .hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" };

    (void) ctx;
    if (!f)
        fail_msg("%s: %s", id, err_text(&err));
    out.version = f->version;
    out.yaml = form_source(f, &out.yaml_bytes);
    return out;
}

static void codes_are_known(const struct form *form, const struct question *q, const char *value)
{
    char code[80];

    for (const char *p = value; *p; p += strcspn(p, " "), p += strspn(p, " ")) {
        snprintf(code, sizeof code, "%.*s", (int) strcspn(p, " "), p);
        if (!codelist_find(q->choices, code))
            fail_msg("%s.%s: no such code: %s", form->id, q->name, code);
    }
}

static void check(const struct form *form, const struct answers *a, int age)
{
    char years[16];
    struct fact facts[] = { { "person_age", years }, { "person_under_16", age < 16 ? "1" : "0" } };
    struct problems problems = { NULL, 0, 0 };
    struct session *s;

    snprintf(years, sizeof years, "%d", age);
    s = session_new(form, a, facts, ARRAY_LEN(facts), today);
    session_problems(s, &problems);
    for (size_t i = 0; i < problems.count; i++)
        if (!problems.items[i].open)
            fail_msg("%s: %s", form->id, text2_now(&problems.items[i].sentence));
    for (size_t i = 0; i < a->count; i++) {
        const struct question *q = form_question(form, a->items[i].name);

        if (q && q->choices && a->items[i].value)
            codes_are_known(form, q, a->items[i].value);
    }
    problems_release(&problems);
    session_free(&s);
}

static void check_all(struct case_file *f, const char *form_id, enum table_id t, const char *sql)
{
    const struct form *form = catalog_form(catalog, form_id, &err);
    struct stmt *q = NULL;
    bool row = false;
    int seen = 0;

    assert_non_null(form);
    assert_ok(db_prepare(f->store->db, &q, sql, &err));
    while (stmt_step(q, &row, &err) == ST_OK && row) {
        struct answers a = ANSWERS_INIT;

        assert_ok(store_answers(f->store, t, stmt_id(q, 0), &a, &err));
        check(form, &a, stmt_columns(q) > 1 ? (int) stmt_int(q, 1) : 40);
        answers_release(&a);
        seen++;
    }
    stmt_free(&q);
    if (!seen)
        fail_msg("no %s", form_id);
}

#define AGE "(SELECT coalesce(2026 - CAST(birth_date AS INTEGER), 40) FROM person p WHERE p.id = person)"

static void answers_fit_the_forms(void **state)
{
    struct case_file f = made(250, 11, 0, shipped);

    (void) state;
    check_all(&f, "person", T_PERSON, "SELECT id FROM person");
    check_all(&f, "language", T_PERSON, "SELECT id FROM person");
    check_all(&f, "equality", T_EQUALITY, "SELECT id, " AGE " FROM equality");
    check_all(&f, "referral", T_REFERRAL, "SELECT id FROM referral");
    check_all(&f, "decision", T_REFERRAL, "SELECT id FROM referral WHERE decision IS NOT NULL");
    check_all(&f, "episode", T_EPISODE, "SELECT id FROM episode");
    check_all(&f, "closure", T_EPISODE, "SELECT id FROM episode WHERE closed_on IS NOT NULL");
    check_all(&f, "contact", T_CONTACT, "SELECT id FROM contact");
    check_all(&f, "consent", T_CONSENT, "SELECT id FROM consent");
    check_all(&f, "gap", T_GAP, "SELECT id FROM gap");
    check_all(&f, "connection", T_CONNECTION, "SELECT id FROM connection");
    check_all(&f, "asset", T_ASSET, "SELECT id FROM asset");
    check_all(&f, "conversation", T_RESPONSE, "SELECT id, " AGE " FROM response WHERE form = 'conversation'");
    check_all(&f, "plan", T_RESPONSE, "SELECT id FROM response WHERE form = 'plan'");
    check_all(&f, "review", T_RESPONSE, "SELECT id FROM response WHERE form = 'review'");
    check_all(&f, "ons4", T_RESPONSE, "SELECT id FROM response WHERE form = 'ons4'");
    check_all(&f, "ons-loneliness", T_RESPONSE, "SELECT id FROM response WHERE form = 'ons-loneliness'");
    gone(&f);
}

/* Opened and filed again, a plan loses no word of its lines. */
static void the_paper_of_a_plan_has_its_lines(void **state)
{
    static const char *const asked[] = { "who", "by_when", "confidence" };
    struct case_file f = made(60, 5, 0, shipped);
    struct stmt *q = NULL;
    bool row = false;
    int seen = 0;

    (void) state;
    assert_ok(db_prepare(f.store->db, &q, "SELECT r.id, a.who, a.by_when, a.confidence FROM action a "
                         "JOIN response r ON r.episode = a.episode AND r.form = 'plan'", &err));
    for (; stmt_step(q, &row, &err) == ST_OK && row; seen++) {
        struct answers a = ANSWERS_INIT;

        assert_ok(store_answers(f.store, T_RESPONSE, stmt_id(q, 0), &a, &err));
        for (int i = 0; i < (int) ARRAY_LEN(asked); i++) {
            assert_non_null(answers_value(&a, asked[i], 1));
            assert_string_equal(answers_value(&a, asked[i], 1), stmt_text(q, i + 1));
        }
        answers_release(&a);
    }
    assert_true(seen > 5);
    stmt_free(&q);
    gone(&f);
}

static void nobody_under_16_is_measured(void **state)
{
    struct case_file f = made(400, 2, 0, shipped);

    (void) state;
    assert_true(ask(&f, "SELECT count(*) FROM person WHERE birth_date > '2010-03-02'") > 0);
    assert_int_equal(ask(&f, "SELECT count(*) FROM measure m JOIN person p ON p.id = m.person "
                             "WHERE p.birth_date > '2010-03-02' AND p.birth_precision = 'DAY'"), 0);
    gone(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_fit_the_forms),
        cmocka_unit_test(the_paper_of_a_plan_has_its_lines),
        cmocka_unit_test(nobody_under_16_is_measured),
    };
    int failed;

    catalog = catalog_new("forms", NULL);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    catalog_free(&catalog);
    return failed;
}
