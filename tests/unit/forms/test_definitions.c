/* test_definitions.c - catalogue, code lists, measures, data sets, policies, protocols, diff. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/forms/catalog.h"
#include "dolen/forms/diff.h"
#include "dolen/forms/measure.h"

#define DATA "tests/data/forms/"

static struct catalog *cat;
static struct err err;

static int open_catalog(void **state)
{
    (void) state;
    lang_set(LANG_EN);
    cat = catalog_new(DATA "catalog", NULL);
    return 0;
}

static int close_catalog(void **state)
{
    (void) state;
    catalog_free(&cat);
    return 0;
}

static void own_folder_takes_the_place(void **state)
{
    struct catalog *own = catalog_new(DATA "catalog", DATA "own");
    size_t n;

    (void) state;
    assert_non_null(codelist_find(catalog_codes(own, "transport", &err), "BOAT"));
    assert_null(codelist_find(catalog_codes(cat, "transport", &err), "BOAT"));
    assert_non_null(catalog_form(own, "journey", &err));
    catalog_list(own, DEF_CODES, &n);
    assert_int_equal(n, 1);
    catalog_free(&own);
}

static void names_cannot_leave_the_folder(void **state)
{
    (void) state;
    assert_null(catalog_form(cat, "../catalog/journey", &err));
    assert_int_equal(err.st, ST_NOTFOUND);
    assert_null(catalog_path(cat, DEF_CODES, "../journey"));
    assert_null(catalog_measure(cat, "journey", &err));
    assert_int_equal(err.st, ST_NOTFOUND);
    assert_ptr_equal(catalog_form(cat, "journey", &err), catalog_form(cat, "journey", &err));
}

static void codes_end_on_their_day(void **state)
{
    const struct codelist *l = catalog_codes(cat, "transport", &err);
    const struct code *horse = codelist_find(l, "HORSE");

    (void) state;
    assert_true(code_offered(horse, (struct date) { 2020, 12, 31 }));
    assert_false(code_offered(horse, (struct date) { 2021, 1, 1 }));
    assert_string_equal(codelist_label(l, "HORSE"), "Horse");
    assert_string_equal(codelist_label(l, "SLEIGH"), "SLEIGH");
    assert_string_equal(code_field(horse, "group"), "OWN");
    assert_false(code_shape_ok("bus"));
    assert_false(code_shape_ok("BUS STOP"));
}

static void one_item_missing_no_score(void **state)
{
    const struct form *f = catalog_measure(cat, "cheer", &err);
    struct answers a = ANSWERS_INIT;
    struct score_result r[2];

    (void) state;
    assert_non_null(f);
    answers_set(&a, "alone", 0, "OFTEN");
    answers_set_missing(&a, "left_out", 0, MISSING_PREFER_NOT);
    answers_set(&a, "happy", 0, "0");
    assert_int_equal(measure_score(f, &a, r, 2), 2);
    assert_false(r[0].has_value);
    assert_true(r[1].has_value);
    assert_true(r[1].value == 0);
    assert_null(r[1].band);
    answers_set(&a, "left_out", 0, "NEVER");
    measure_score(f, &a, r, 2);
    assert_true(r[0].has_value && r[0].value == 4);
    assert_string_equal(text2_in(&r[0].band->label, LANG_CY), "Uchel");
    assert_true(r[0].score->lower_is_better);
    answers_release(&a);
}

static void ons4_is_never_summed(void **state)
{
    struct catalog *shipped = catalog_new("forms", NULL);
    const struct form *f = catalog_measure(shipped, "ons4", &err);

    (void) state;
    if (f) {
        assert_int_equal(f->measure.score_count, 4);
        for (size_t i = 0; i < f->measure.score_count; i++)
            assert_int_equal(f->measure.scores[i].item_count, 1);
    } else {
        assert_int_equal(err.st, ST_NOTFOUND);
    }
    catalog_free(&shipped);
}

/* The total typed in, and the total of seven numbers, through the shipped form. */
static void a_score_is_looked_up_in_its_table(void **state)
{
    struct catalog *shipped = catalog_new(DOLEN_SHARE_DEFAULT "/forms", NULL);
    const struct form *f = catalog_measure(shipped, "swemwbs", &err);
    struct answers a = ANSWERS_INIT;
    struct score_result r[2];

    (void) state;
    assert_non_null(f);
    assert_int_equal(f->measure.scores[1].table_count, 29);
    answers_set(&a, "raw", 0, "24");
    assert_int_equal(measure_score(f, &a, r, 2), 2);
    assert_true(r[0].has_value && r[0].value == 24);
    assert_true(r[1].has_value && r[1].value == 21.54);
    answers_set(&a, "raw", 0, "6");
    measure_score(f, &a, r, 2);
    assert_false(r[1].has_value);
    answers_release(&a);
    a = (struct answers) ANSWERS_INIT;
    measure_score(f, &a, r, 2);
    assert_false(r[0].has_value || r[1].has_value);
    catalog_free(&shipped);
}

static void the_weakest_wording_counts(void **state)
{
    const struct form *f = catalog_form(cat, "cheer", &err);

    (void) state;
    assert_int_equal(form_wording(f, LANG_EN), WORDING_OFFICIAL);
    assert_int_equal(form_wording(f, LANG_CY), WORDING_EN_SHOWN);
    assert_int_equal(form_question(f, "alone")->wording, WORDING_DRAFT);
    assert_int_equal(form_wording(catalog_form(cat, "journey", &err), LANG_CY), WORDING_OFFICIAL);
}

static const char *fact(void *ctx, const char *source, enum missing *why)
{
    (void) ctx;
    if (strcmp(source, "journey.means") == 0) {
        *why = MISSING_PREFER_NOT;
        return NULL;
    }
    *why = MISSING_NOT_REACHED;
    return strcmp(source, "derive.age_band") == 0 ? "18" : NULL;
}

static void to_go_counts_not_reached_only(void **state)
{
    const struct data_set *d = catalog_data_set(cat, "small", &err);
    const struct data_set_item *missing[4];
    struct facts facts = { NULL, fact };

    (void) state;
    assert_non_null(d);
    assert_int_equal(dataset_missing(d, NULL, &facts, missing, 4), 1);
    assert_string_equal(missing[0]->item, "held_on");
    assert_string_equal(missing[0]->form, "journey");
    assert_string_equal(missing[0]->question, "held_on");
    assert_int_equal(dataset_missing(d, "asset", &facts, NULL, 0), 0);
    assert_string_equal(data_set_find(d, "episode", "age_band")->rule, "age_band");
}

static void policy_decides(void **state)
{
    const struct policy *p = catalog_policy(cat, "near", &err);
    char band[16];

    (void) state;
    assert_non_null(p);
    assert_true(policy_allows_sensitive(p, "episode", "mood"));
    assert_false(policy_allows_sensitive(p, "asset", "mood"));
    assert_true(policy_drops(p, "episode", "held_on"));
    policy_age_band(p, 17, band, sizeof band);
    assert_string_equal(band, "0-17");
    policy_age_band(p, 65, band, sizeof band);
    assert_string_equal(band, "65+");
    policy_age_band(p, -1, band, sizeof band);
    assert_string_equal(band, "");
}

static void protocols_in_their_order(void **state)
{
    size_t n;
    const struct protocol *const *p = catalog_protocols(cat, &n);

    (void) state;
    assert_int_equal(n, 2);
    assert_string_equal(p[0]->id, "first");
    assert_false(protocol_number_is_stale(&p[0]->numbers[0], (struct date) { 2026, 7, 14 }));
    assert_true(protocol_number_is_stale(&p[0]->numbers[0], (struct date) { 2026, 7, 15 }));
    assert_string_equal(p[1]->approved_by, "");
}

static struct form *parse(const char *text)
{
    struct form *f = NULL;

    if (form_parse(&f, "x.yaml", text, strlen(text), cat, &err) != ST_OK)
        fail_msg("%s", err_text(&err));
    return f;
}

#define HEAD "form: x\nversion: 1\ntitle: {en: X, cy: X}\nquestions:\n"
#define Q(name, type, label, more) "  - {name: " name ", type: " type ", label: {en: " label ", cy: " label "}" more "}\n"

static void diff_tells_what_changed(void **state)
{
    static const enum diff_kind kinds[] = { DIFF_KEPT, DIFF_TYPE, DIFF_RENAMED, DIFF_REMOVED, DIFF_CHOICES, DIFF_CHOICES,
                                            DIFF_RULES, DIFF_ADDED };
    struct form *a = parse(HEAD Q("same", "text", "Same", "") Q("typed", "integer", "Typed", "") Q("old", "text", "Name", "")
                           Q("gone", "date", "Gone", "")
                           Q("pick", "select_one", "Pick", ", choices: [{code: A, label: {en: A, cy: A}}]")
                           Q("ruled", "text", "Ruled", ""));
    struct form *b = parse(HEAD Q("same", "text", "Same", "") Q("typed", "decimal", "Typed", "") Q("new", "text", "Name", "")
                           Q("pick", "select_one", "Pick", ", choices: [{code: B, label: {en: B, cy: B}}]")
                           Q("ruled", "text", "Ruled", ", required: true") Q("fresh", "date", "Fresh", ""));
    struct diff d = { NULL, 0, 0 };

    (void) state;
    form_diff(a, b, &d);
    assert_int_equal(d.count, ARRAY_LEN(kinds));
    for (size_t i = 0; i < d.count; i++)
        if (d.rows[i].kind != kinds[i])
            fail_msg("row %zu: %s", i, d.rows[i].text);
    diff_release(&d);
    form_free(&a);
    form_free(&b);
}

/* "A oes …?" is answered Oes, "A yw …?" Ydy: one pair for all questions would be wrong Welsh under most of them. */
static void welsh_yes_and_no_follow_the_verb(void **state)
{
    struct catalog *shipped = catalog_new(DOLEN_SHARE_DEFAULT "/forms", NULL);
    size_t n, pairs = 0;
    const char *const *ids = catalog_list(shipped, DEF_FORM, &n);

    (void) state;
    for (size_t i = 0; i < n; i++) {
        const struct form *f = catalog_form(shipped, ids[i], &err);

        assert_non_null(f);
        for (size_t j = 0; j < f->count; j++) {
            const struct code *yes = f->questions[j].choices ? codelist_find(f->questions[j].choices, "YES") : NULL;

            if (yes && strcmp(yes->label.t[LANG_CY], "Ie") == 0)
                fail_msg("%s.%s is answered Ie in Welsh, whatever its verb", ids[i], f->questions[j].name);
            pairs += yes != NULL;
        }
    }
    assert_true(pairs > 8);
    catalog_free(&shipped);
}

static void source_is_the_same_with_any_line_ends(void **state)
{
    struct form *a = parse(HEAD Q("same", "text", "Same", ""));
    struct form *b = parse("form: x\r\nversion: 1\r\ntitle: {en: X, cy: X}\r\nquestions:\r\n"
                           "  - {name: same, type: text, label: {en: Same, cy: Same}}\r\n");
    size_t na, nb;

    (void) state;
    const char *sa = form_source(a, &na), *sb = form_source(b, &nb);
    assert_int_equal(na, nb);
    assert_memory_equal(sa, sb, na);
    form_free(&a);
    form_free(&b);
}

/* A service's own form whose Welsh is not there yet can be used: lint complains, loading does not. */
static void a_missing_language_is_shown_in_the_other_and_marked(void **state)
{
    struct form *f = parse("form: x\nversion: 1\ntitle: {en: Shoes}\nquestions:\n"
                           "  - {name: size, type: text, label: {en: Shoe size}, hint: {cy: Mewn esgidiau}}\n"
                           "  - {name: plain, type: text, label: Colour}\n"
                           "  - {name: bare, type: text}\n");

    (void) state;
    assert_string_equal(text2_in(&f->title, LANG_EN), "Shoes");
    assert_string_equal(text2_in(&f->title, LANG_CY), "[en] Shoes");
    assert_string_equal(text2_in(&f->questions[0].label, LANG_CY), "[en] Shoe size");
    assert_string_equal(text2_in(&f->questions[0].hint, LANG_EN), "[cy] Mewn esgidiau");
    assert_string_equal(text2_in(&f->questions[0].hint, LANG_CY), "Mewn esgidiau");
    assert_string_equal(text2_in(&f->questions[1].label, LANG_CY), "[en] Colour");
    assert_string_equal(text2_in(&f->questions[2].label, LANG_CY), "[bare]");
    form_free(&f);
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_catalog, close_catalog)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(own_folder_takes_the_place), T(names_cannot_leave_the_folder), T(codes_end_on_their_day),
        T(one_item_missing_no_score), T(ons4_is_never_summed), T(a_score_is_looked_up_in_its_table), T(the_weakest_wording_counts),
        T(to_go_counts_not_reached_only), T(policy_decides), T(protocols_in_their_order), T(diff_tells_what_changed),
        T(source_is_the_same_with_any_line_ends), T(welsh_yes_and_no_follow_the_verb),
        T(a_missing_language_is_shown_in_the_other_and_marked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
