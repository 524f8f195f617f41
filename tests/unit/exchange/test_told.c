/* How many reports were made: only where the policy says so, no small number, and each number once. */
#include "fixture.h"

#include "dolen/exchange/policy_file.h"
#include "dolen/exchange/shape.h"
#include "dolen/base/banned.h"

#define FILE_NAME SAFEGUARDING_TABLE ".csv"

static void reports(struct fixture *f, struct id person, int n, const char *on)
{
    while (n-- > 0)
        add(f->store, T_CONCERN, "person", ID(person), "noted_on", on, "reported_on", on, NULL);
}

/* 7 in the third quarter of 2025, 3 in the fourth, none in the first of 2026; the second is not over. */
static struct id begin(struct fixture *f, struct policy *p)
{
    struct id person = person_with_notice(f->store, "CANARY", "1990-01-01", "NO");

    *p = *f->job.policy;
    p->safeguarding = true;
    f->job.policy = p;
    f->job.from = (struct date) { 2025, 7, 1 };
    reports(f, person, 7, "2025-08-01");
    reports(f, person, 3, "2025-12-31");
    reports(f, person, 9, "2026-04-01");
    return person;
}

static void assert_told(struct fixture *f, int row, const char *quarter, const char *n)
{
    assert_cell(f, FILE_NAME, row, "quarter", quarter);
    assert_cell(f, FILE_NAME, row, "reports", n);
    assert_cell(f, FILE_NAME, row, "reports__missing", *n ? "" : WITHHELD);
    assert_cell(f, FILE_NAME, row, "row_version", "");
}

static void nothing_leaves_without_a_word(void **state)
{
    struct fixture *f = *state;
    struct policy p;
    char *path, *package;

    begin(f, &p);
    p.safeguarding = false;
    export_again(f);
    path = path_join(f->to, FILE_NAME);
    package = file_text(f->to, "datapackage.json", NULL);
    assert_false(file_exists(path));
    assert_null(strstr(package, SAFEGUARDING_TABLE));
    assert_null(told_text(&f->done.told));
    free(package);
    free(path);
}

static void numbers_leave_rounded_and_small_ones_stay(void **state)
{
    struct fixture *f = *state;
    struct policy p;
    char *text, *dictionary, *package;

    begin(f, &p);
    export_again(f);
    assert_told(f, 1, "2025-Q3", "5");
    assert_told(f, 2, "2025-Q4", "");
    assert_told(f, 3, "2026-Q1", "0");
    assert_int_equal(rows_of(f, SAFEGUARDING_TABLE), 3);
    assert_int_equal(f->done.people, 0);
    text = file_text(f->to, FILE_NAME, NULL);
    assert_null(strstr(text, "CANARY"));
    dictionary = file_text(f->to, "dictionary.csv", NULL);
    assert_non_null(strstr(dictionary, "safeguarding,reports,21,integer,"));
    assert_non_null(strstr(dictionary, "safeguarding,quarter,21,quarter,"));
    package = file_text(f->to, "datapackage.json", NULL);
    assert_non_null(strstr(package, FILE_NAME));
    assert_non_null(strstr(package, "^[0-9]{4}-Q[1-4]$"));
    free(text);
    free(dictionary);
    free(package);
}

static void a_policy_may_be_stricter_not_laxer(void **state)
{
    static char strict[] = "strict", lax[] = "lax";
    struct fixture *f = *state;
    struct policy p;
    struct id person = begin(f, &p);

    reports(f, person, 10, "2025-12-30");
    p.id = strict;
    p.suppress_below = p.round_to = 10;
    export_again(f);
    assert_told(f, 1, "2025-Q3", "");
    assert_told(f, 2, "2025-Q4", "10");
    p.id = lax;
    p.suppress_below = p.round_to = 0;
    export_again(f);
    assert_told(f, 1, "2025-Q3", "5");
    assert_told(f, 2, "2025-Q4", "15");
}

static void a_number_is_told_once(void **state)
{
    static char other[] = "other";
    struct fixture *f = *state;
    struct policy p;
    struct id person = begin(f, &p);
    char *key = told_key(p.id), *text;

    export_again(f);
    text = told_text(&f->done.told);
    assert_string_equal(text, "2025-Q3=5;2025-Q4=c;2026-Q1=0;");
    assert_ok(store_set_setting(f->store, key, text, &err_));
    reports(f, person, 10, "2025-09-30");
    reports(f, person, 10, "2025-10-01");
    reports(f, person, 10, "2026-03-31");
    export_again(f);
    assert_told(f, 1, "2025-Q3", "5");
    assert_told(f, 2, "2025-Q4", "");
    assert_told(f, 3, "2026-Q1", "0");
    f->job.from = (struct date) { 2026, 1, 1 };             /* what is not in the period is not forgotten */
    export_again(f);
    assert_told(f, 1, "2026-Q1", "0");
    free(text);
    text = told_text(&f->done.told);
    assert_string_equal(text, "2025-Q3=5;2025-Q4=c;2026-Q1=0;");
    p.id = other;                                           /* somebody who was told nothing yet */
    export_again(f);
    assert_told(f, 1, "2026-Q1", "10");
    free(text);
    free(key);
}

static void what_was_remembered_is_read_strictly(void **state)
{
    struct told_numbers t;
    char *text;

    (void) state;
    told_read(&t, "2026-Q5=5;x;2026-Q1=5x;2026-Q2=c;2026-Q2=5;2026-Q3=-5;2026-Q4=10");
    text = told_text(&t);
    assert_string_equal(text, "2026-Q2=c;2026-Q4=10;");
    free(text);
    told_read(&t, "");
    assert_int_equal(t.count, 0);
}

static void a_signed_policy_says_it_by_naming_the_table(void **state)
{
    struct fixture *f = *state;
    struct policy_file *p = policy_file_new("w-hub", f->job.data_set);
    struct policy *rules = policy_file_rules(p, f->job.data_set);

    assert_false(policy_file_has(p, SAFEGUARDING_TABLE));
    assert_false(rules->safeguarding);
    policy_free(&rules);
    assert_true(policy_file_allow_table(p, f->job.data_set, SAFEGUARDING_TABLE));
    assert_false(policy_file_allow_table(p, f->job.data_set, "nothing"));
    assert_ok(policy_file_fits(p, f->job.data_set, &err_));
    rules = policy_file_rules(p, f->job.data_set);
    assert_true(rules->safeguarding);
    policy_free(&rules);
    policy_file_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_leaves_without_a_word, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(numbers_leave_rounded_and_small_ones_stay, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_policy_may_be_stricter_not_laxer, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_number_is_told_once, fixture_open, fixture_close),
        cmocka_unit_test(what_was_remembered_is_read_strictly),
        cmocka_unit_test_setup_teardown(a_signed_policy_says_it_by_naming_the_table, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
