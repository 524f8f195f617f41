/* test_lint.c - every finding, at its line and column, and the YAML that is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/forms/lint.h"
#include "dolen/forms/yaml.h"

#define DATA "tests/data/forms/"

struct expected {
    const char *file;
    int         line, column;
    const char *what, *fix;         /* fix: a part of it */
};

static const struct expected expected[] = {
    { "alias", 3, 4, "a", "remove the anchor" },
    { "bands", 6, 5, "one", "score:" },
    { "bands", 18, 20, "onne", "one?" },
    { "bands", 19, 13, "summ", "sum?" },
    { "kind", 1, 1, "fomr", "form?" },
    { "letter", 5, 16, "referrer", "both" },
    { "letter", 5, 20, "refferer", "referrer?" },
    { "letter", 6, 41, "ended_on", "both" },
    { "letter", 8, 26, "ACEPTED", "ACCEPTED?" },
    { "letter", 9, 5, "wen", "when?" },
    { "letter", 11, 12, "seen", "text:" },
    { "retired", 3, 9, "officiel", "official?" },
    { "retired", 5, 5, "CAT", "new code" },
    { "table", 16, 7, "converted", "one row" },
    { "rules", 3, 1, "titel", "title?" },
    { "rules", 4, 8, "cy", "cy:" },
    { "rules", 8, 14, "transprot", "transport?" },
    { "rules", 11, 11, "integr", "integer?" },
    { "rules", 15, 5, "constraint", "constraint_message:" },
    { "rules", 17, 16, "fisrt", "first?" },
    { "rules", 21, 16, "1 = 2", "remove the question" },
    { "rules", 27, 16, "ONE", "line 26" },
    { "rules", 28, 16, "three", "NO_ANSWER" },
    { "rules", 32, 27, "ONNE", "ONE?" },
    { "rules", 36, 16, "eighth", "move that question up" },
    { "rules", 40, 16, "ninth", "move that question up" },
    { "rules", 44, 16, "eighth", "take one of the rules out" },
    { "rules", 48, 9, "to", "to: 10" },
    { "rules", 54, 9, "inner", "group" },
    { "rules", 59, 11, "first", "line 6" },
    { "rules", 62, 33, "${leaf} = 'x' and", "docs/forms.md" },
    { "rules", 66, 16, "last", "move that question up" },
    { "rules", 69, 12, "Plain", "{en: …, cy: …}" },
    { "rules", 70, 5, "calculation", "remove it" },
    { "rules", 71, 16, "leaf", "sum()" },
    { "numbers", 13, 14, "stop", "name a repeat above it" },
    { "set", 8, 9, "journey.held_no", "held_on?" },
    { "set", 9, 9, "jorney.held_on", "journey?" },
    { "set", 10, 27, "nothing", "person.birth_date" },
    { "set", 11, 9, "transprt", "transport?" },
    { "set", 11, 16, "a", "line 8" },
    { "set", 11, 74, "cy", "cy:" },
};

static void lint_named(const char *file, struct findings *f)
{
    struct catalog *cat = catalog_new(DATA "catalog", NULL);
    char *path = xasprintf(DATA "bad/%s.yaml", file);
    struct err err = { .st = ST_OK };

    if (lint_file(path, cat, f, &err) != ST_OK)
        fail_msg("%s", err_text(&err));
    free(path);
    catalog_free(&cat);
}

static void every_finding_has_its_place(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(expected);) {
        struct findings f = FINDINGS_INIT;
        const char *file = expected[i].file;
        lint_named(file, &f);
        for (size_t n = 0; n < f.count; n++, i++) {
            struct buf line = BUF_INIT;
            finding_print(&line, &f.items[n]);
            if (i == ARRAY_LEN(expected) || strcmp(expected[i].file, file) != 0 || f.items[n].line != expected[i].line ||
                f.items[n].column != expected[i].column || strcmp(f.items[n].what, expected[i].what) != 0 ||
                !strstr(f.items[n].fix, expected[i].fix))
                fail_msg("not expected: %s", buf_text(&line));
            buf_release(&line);
        }
        if (i < ARRAY_LEN(expected) && strcmp(expected[i].file, file) == 0)
            fail_msg("not found: %s:%d:%d", file, expected[i].line, expected[i].column);
        findings_release(&f);
    }
}

static void shipped_definitions_are_clean(void **state)
{
    struct catalog *cat = catalog_new("forms", NULL);
    struct findings f = FINDINGS_INIT;
    struct err err = { .st = ST_OK };

    (void) state;
    for (int k = 0; k < DEF_COUNT; k++) {
        size_t n;
        const char *const *ids = catalog_list(cat, (enum def_kind) k, &n);
        for (size_t i = 0; i < n; i++) {
            char *path = catalog_path(cat, (enum def_kind) k, ids[i]);
            assert_int_equal(lint_file(path, cat, &f, &err), ST_OK);
            free(path);
        }
    }
    for (size_t i = 0; i < f.count; i++) {
        struct buf line = BUF_INIT;
        finding_print(&line, &f.items[i]);
        print_error("%s\n", buf_text(&line));
        buf_release(&line);
    }
    assert_int_equal(f.count, 0);
    findings_release(&f);
    catalog_free(&cat);
}

static void assert_refused(const char *yaml, size_t n, int line, int column)
{
    struct findings f = FINDINGS_INIT;
    struct node *root = node_parse("x.yaml", yaml, n, &f);

    assert_null(root);
    assert_int_equal(f.count, 1);
    assert_true(f.items[0].fatal);
    if (f.items[0].line != line || f.items[0].column != column)
        fail_msg("%.30s: at %d:%d (%s)", yaml, f.items[0].line, f.items[0].column, f.items[0].why);
    findings_release(&f);
}

static void unsafe_yaml_is_refused(void **state)
{
    static const struct {
        const char *yaml;
        int         line, column;
    } cases[] = {
        { "a: &x 1\n", 1, 4 }, { "a: *x\n", 1, 4 }, { "a: !!int 1\n", 1, 4 }, { "a: !x {b: 1}\n", 1, 4 },
        { "a: 1\na: 2\n", 2, 1 }, { "a: 1\n---\nb: 2\n", 2, 1 }, { "[a, b]\n", 1, 1 }, { "", 1, 1 },
        { "<<: {a: 1}\n", 1, 1 }, { "? [a]\n: 1\n", 1, 3 }, { "a: \"\\0\"\n", 1, 4 }, { "a: \"\\e[2J\"\n", 1, 4 },
        { "%YAML 1.1\n---\na: 1\n", 1, 1 }, { "a: [1\nb: 2\n", 2, 2 },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_refused(cases[i].yaml, strlen(cases[i].yaml), cases[i].line, cases[i].column);
}

static void alias_bomb_is_refused_at_once(void **state)
{
    struct buf b = BUF_INIT;

    (void) state;
    buf_add(&b, "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++)
        buf_addf(&b, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    assert_refused(b.s, b.len, 1, 5);
    buf_release(&b);
}

static void size_depth_and_count_are_bounded(void **state)
{
    struct buf b = BUF_INIT;
    struct findings f = FINDINGS_INIT;

    (void) state;
    buf_add(&b, "a: ");
    for (int i = 0; i < 15; i++)
        buf_add(&b, "[");
    for (int i = 0; i < 15; i++)
        buf_add(&b, "]");
    struct node *root = node_parse("x", b.s, b.len, &f);
    assert_non_null(root);
    node_free(&root);
    buf_insert(&b, 3, "[", 1);
    buf_add(&b, "]");
    assert_refused(b.s, b.len, 1, 19);
    buf_clear(&b);
    buf_add(&b, "a: [");
    for (int i = 0; i < 20001; i++)
        buf_add(&b, "1,");
    buf_add(&b, "1]");
    root = node_parse("x", b.s, b.len, &f);
    assert_null(root);
    buf_clear(&b);
    for (size_t i = 0; i < YAML_MAX_BYTES + 1; i++)
        buf_add_char(&b, '#');
    assert_refused(b.s, b.len, 1, 1);
    buf_release(&b);
    findings_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_finding_has_its_place),
        cmocka_unit_test(shipped_definitions_are_clean),
        cmocka_unit_test(unsafe_yaml_is_refused),
        cmocka_unit_test(alias_bomb_is_refused_at_once),
        cmocka_unit_test(size_depth_and_count_are_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
