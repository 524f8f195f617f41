/* Answers and their missing states. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/core/answer.h"
#include "fix_answers.h"

static void missing_is_neither_blank_nor_zero(void **state)
{
    struct answers a = ANSWERS_INIT;

    (void)state;
    assert_int_equal(answers_missing(&a, "worth", 0), MISSING_NOT_REACHED);
    answers_set(&a, "worth", 0, "0");
    assert_int_equal(answers_missing(&a, "worth", 0), MISSING_NONE);
    assert_string_equal(answers_value(&a, "worth", 0), "0");
    answers_set_missing(&a, "worth", 0, MISSING_PREFER_NOT);
    assert_null(answers_value(&a, "worth", 0));
    assert_int_equal(answers_missing(&a, "worth", 0), MISSING_PREFER_NOT);
    answers_set(&a, "worth", 0, "");
    assert_null(answers_find(&a, "worth", 0));
    answers_set_missing(&a, "worth", 0, MISSING_NOT_REACHED);
    assert_int_equal(a.count, 0);
    answers_release(&a);
}

static void a_value_may_be_set_from_itself(void **state)
{
    struct answers a = ANSWERS_INIT;

    (void)state;
    answers_set(&a, "note", 0, "Llanrwst");
    answers_set(&a, "note", 0, answers_value(&a, "note", 0) + 4);
    assert_string_equal(answers_value(&a, "note", 0), "rwst");
    answers_release(&a);
}

static void instances_move_up(void **state)
{
    static const char *const names[] = { "action", "who" };
    struct answers           a = ANSWERS_INIT;

    (void)state;
    answers_set(&a, "action", 1, "one");
    answers_set(&a, "action", 2, "two");
    answers_set(&a, "who", 2, "Nia");
    answers_set(&a, "action", 3, "three");
    answers_set(&a, "who", 3, "Huw");
    answers_set(&a, "other", 3, "stays");
    assert_int_equal(answers_repeats(&a, "action"), 3);
    answers_remove_instance(&a, names, 2, 2);
    assert_int_equal(answers_repeats(&a, "action"), 2);
    assert_string_equal(answers_value(&a, "action", 1), "one");
    assert_string_equal(answers_value(&a, "action", 2), "three");
    assert_string_equal(answers_value(&a, "who", 2), "Huw");
    assert_string_equal(answers_value(&a, "other", 3), "stays");
    answers_release(&a);
}

static void drafts_come_back_the_same(void **state)
{
    struct answers a = ANSWERS_INIT, b = ANSWERS_INIT, c = ANSWERS_INIT;
    struct json   *j;

    (void)state;
    answers_set(&a, "name", 0, "Siân \"Ŵ\"\nO'Brien");
    answers_set(&a, "action", 2, "walk");
    answers_set_missing(&a, "age", 0, MISSING_NOT_KNOWN);
    j = answers_to_json(&a);
    assert_non_null(json_get(j, "action#2"));
    assert_string_equal(json_get_text(json_get(j, "age"), "missing"), "not_known");
    assert_true(answers_from_json(&b, j));
    assert_true(answers_equal(&a, &b));
    answers_copy(&c, &b);
    answers_remove(&b, "age", 0);
    assert_false(answers_equal(&a, &b));
    assert_true(answers_equal(&a, &c));
    json_free(&j);
    answers_release(&a);
    answers_release(&b);
    answers_release(&c);
}

static void a_spoiled_draft_changes_nothing(void **state)
{
    static const char *const bad[] = {
        "[]", "{\"a\": 1}", "{\"a#0\": \"x\"}", "{\"a#x\": \"x\"}", "{\"#1\": \"x\"}", "{\"\": \"x\"}",
        "{\"a\": {\"missing\": \"mislaid\"}}", "{\"a\": {}}", "{\"a#2x\": \"x\"}",
    };
    struct answers a = ANSWERS_INIT;

    (void)state;
    answers_set(&a, "kept", 0, "1");
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct json *j = NULL;

        assert_int_equal(json_parse(&j, bad[i], strlen(bad[i]), NULL), ST_OK);
        if (answers_from_json(&a, j))
            fail_msg("%s was taken", bad[i]);
        json_free(&j);
    }
    assert_string_equal(answers_value(&a, "kept", 0), "1");
    answers_release(&a);
}

static void missing_states_are_read_in_both_spellings(void **state)
{
    enum missing m = MISSING_NONE;

    (void)state;
    assert_true(missing_parse("PNTS", &m) && m == MISSING_PREFER_NOT);
    assert_true(missing_parse("no_answer", &m) && m == MISSING_NO_ANSWER);
    assert_false(missing_parse("", &m));
    assert_false(missing_parse(NULL, &m));
    assert_string_equal(missing_csv(MISSING_SKIPPED), "SKIP");
    assert_string_equal(missing_label(MISSING_NOT_KNOWN), "Not known");
    assert_string_equal(missing_label(MISSING_NONE), "");
}

static void expect_toggle(const char *codes, const char *code, const char *want)
{
    char *s = codes_toggle(codes, code);

    assert_string_equal(s, want);
    free(s);
}

static void codes_are_whole_words(void **state)
{
    (void)state;
    assert_true(codes_has("WALK GARDEN", "GARDEN"));
    assert_false(codes_has("WALKING", "WALK"));
    assert_false(codes_has("WALK", "WALKING"));
    assert_false(codes_has(NULL, "WALK"));
    assert_false(codes_has("WALK", ""));
    expect_toggle(NULL, "A", "A");
    expect_toggle("A B", "C", "A B C");
    expect_toggle("A B C", "B", "A C");
    expect_toggle("A", "A", "");
    expect_toggle("AB A", "A", "AB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_is_neither_blank_nor_zero),
        cmocka_unit_test(a_value_may_be_set_from_itself),
        cmocka_unit_test(instances_move_up),
        cmocka_unit_test(drafts_come_back_the_same),
        cmocka_unit_test(a_spoiled_draft_changes_nothing),
        cmocka_unit_test(missing_states_are_read_in_both_spellings),
        cmocka_unit_test(codes_are_whole_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
