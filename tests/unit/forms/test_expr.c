/* test_expr.c - the expression language: results, missing values, and where a mistake stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/forms/expr.h"

/* a = 4, b = 2.5, t = "cat", d = 2026-01-31, codes = "A B", list = 1, missing, 3; everything else is missing. */
static void name_value(void *ctx, const char *name, struct value *out)
{
    (void) ctx;
    if (strcmp(name, "a") == 0)
        *out = value_number(4);
    else if (strcmp(name, "b") == 0)
        *out = value_number(2.5);
    else if (strcmp(name, "t") == 0)
        *out = value_text("cat");
    else if (strcmp(name, "d") == 0)
        *out = value_text("2026-01-31");
    else if (strcmp(name, "codes") == 0)
        *out = value_text("A B");
    else if (strcmp(name, "list") == 0) {
        value_append(out, value_number(1));
        value_append(out, value_missing());
        value_append(out, value_number(3));
    } else if (strcmp(name, "nothing") == 0) {
        value_append(out, value_missing());
    }
}

static void self_value(void *ctx, struct value *out)
{
    (void) ctx;
    *out = value_number(7);
}

static char *result(const char *text)
{
    struct expr_env env = { .name = name_value, .self = self_value, .today = { 2026, 3, 1 }, .now = 1772373900 };
    struct expr *e = NULL;
    struct err err = { .st = ST_OK };
    size_t at = 0;

    if (expr_parse(&e, text, &at, &err) != ST_OK)
        fail_msg("%s: at %zu: %s", text, at, err_text(&err));
    struct value v = expr_eval(e, &env);
    char *s = value_canonical(&v);
    value_release(&v);
    expr_free(&e);
    return s ? s : xstrdup("missing");
}

static void results(void **state)
{
    static const struct {
        const char *text, *is;
    } cases[] = {
        { "1 + 2 * 3", "7" }, { "(1 + 2) * 3", "9" }, { "7 div 2", "3.5" }, { "7 mod 4", "3" }, { "-3 + 1", "-2" },
        { "0.1 + 0.2", "0.3" }, { "1 div 0", "missing" }, { ". = 7", "1" }, { "${a} > ${b}", "1" },
        { "${t} = 'cat'", "1" }, { "${t} = 1", "0" }, { "${t} != 1", "1" }, { "${t} < 1", "missing" },
        { "${d} <= today()", "1" }, { "date-diff-days(today(), ${d})", "29" }, { "age('1960-03-02')", "65" },
        { "time-now()", "14:05" }, { "age('2027-01-01')", "missing" }, { "selected(${codes}, 'B')", "1" }, { "selected(${codes}, 'C')", "0" },
        { "count-selected(${codes})", "2" }, { "if(${a} = 4, 'y', 'n')", "y" }, { "string-length('ŵyn')", "3" },
        { "regex(${t}, '[a-z]+')", "1" }, { "regex(${t}, 'a')", "0" }, { "sum(${list})", "4" }, { "count(${list})", "2" },
        { "sum(${nothing})", "missing" }, { "sum(1, ${x}, 2)", "3" }, { "not(1 = 2)", "1" },
        { "1 = 1 and 2 = 2 or 1 = 2", "1" },
        /* missing */
        { "${x} + 1", "missing" }, { "${x} = 'a'", "missing" }, { "${x} != 'a'", "missing" }, { "not(${x} = 1)", "missing" },
        { "${x} = 1 and 1 = 2", "0" }, { "${x} = 1 or 1 = 1", "1" }, { "${x} = 1 and 1 = 1", "missing" },
        { "missing(${x})", "1" }, { "missing(${a})", "0" }, { "coalesce(${x}, ${a})", "4" },
        { "if(${x} = 1, 'y', 'n')", "missing" }, { "if(1 = 1, ${x}, 2)", "missing" }, { "selected(${x}, 'A')", "missing" },
        { "missing(${nothing})", "1" }, { "count(${nothing})", "0" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *s = result(cases[i].text);
        if (strcmp(s, cases[i].is) != 0)
            fail_msg("%s is %s, not %s", cases[i].text, s, cases[i].is);
        free(s);
    }
}

static void mistakes_have_places(void **state)
{
    static const struct {
        const char *text;
        size_t      at;
    } cases[] = {
        { "", 0 }, { "1 +", 3 }, { "${A}", 0 }, { "'open", 0 }, { "${a} = 1 ${b}", 9 }, { "nope(1)", 0 }, { "1 + tody()", 4 },
        { "not(1, 2)", 0 }, { "1 < 2 < 3", 6 }, { "(1 + 2", 6 }, { "regex(${a}, ${b})", 12 }, { "regex(${a}, '(')", 12 },
        { "regex(${a}, '(a)\\1')", 12 }, { "regex(${a}, '((a{99}){99}){99}')", 12 }, { "1 + 99999999999999999", 4 },
        { "${a} and", 8 }, { "1 @ 2", 2 },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct expr *e = NULL;
        struct err err = { .st = ST_OK };
        size_t at = 999;
        assert_int_equal(expr_parse(&e, cases[i].text, &at, &err), ST_INVALID);
        if (at != cases[i].at)
            fail_msg("%s: at %zu, not %zu (%s)", cases[i].text, at, cases[i].at, err_text(&err));
        assert_true(err_text(&err)[0] != '\0');
    }
}

static void depth_and_length_are_bounded(void **state)
{
    char deep[400];
    char wide[1999];
    struct expr *e = NULL;

    (void) state;
    memset(deep, '(', 200);
    memset(deep + 200, ')', 199);
    deep[399] = '\0';
    assert_int_equal(expr_parse(&e, deep, NULL, NULL), ST_INVALID);
    memset(deep, '-', 399);
    assert_int_equal(expr_parse(&e, deep, NULL, NULL), ST_INVALID);
    for (size_t i = 0; i < sizeof wide - 1; i++)
        wide[i] = i % 2 ? '+' : '1';
    wide[sizeof wide - 2] = '1';
    wide[sizeof wide - 1] = '\0';
    assert_int_equal(expr_parse(&e, wide, NULL, NULL), ST_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results),
        cmocka_unit_test(mistakes_have_places),
        cmocka_unit_test(depth_and_length_are_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
