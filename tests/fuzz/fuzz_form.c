/* fuzz_form.c - hostile definitions and expressions. First byte: even = a file, odd = an expression.
 *
 * With clang: -fsanitize=fuzzer,address,undefined. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/forms/answers_json.h"
#include "dolen/forms/lint.h"
#include "dolen/forms/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fill(const struct form *f)
{
    struct session *s = session_new(f, NULL, NULL, 0, (struct date) { 2026, 3, 9 });
    struct answers out = ANSWERS_INIT;
    size_t n;

    for (size_t i = 0; i < f->count && i < 40; i++) {
        session_add_instance(s, &f->questions[i]);
        session_set(s, &f->questions[i], f->questions[i].repeat >= 0, "1", NULL);
    }
    session_rows(s, &n);
    session_finish(s, &out);
    struct json *j = answers_json_out(f, &out);
    json_free(&j);
    answers_release(&out);
    session_free(&s);
}

static void one_file(const char *text, size_t n)
{
    struct catalog *cat = catalog_new("tests/data/forms/catalog", NULL);
    struct findings found = FINDINGS_INIT;
    struct form *f = NULL;

    lint_bytes("fuzz.yaml", text, n, cat, &found);
    if (form_parse(&f, "fuzz.yaml", text, n, cat, NULL) == ST_OK)
        fill(f);
    form_free(&f);
    findings_release(&found);
    catalog_free(&cat);
}

static void one_expression(const char *text)
{
    struct expr_env env = { .today = { 2026, 3, 9 } };
    struct expr *e = NULL;

    if (expr_parse(&e, text, NULL, NULL) == ST_OK) {
        struct value v = expr_eval(e, &env);
        value_release(&v);
    }
    expr_free(&e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    char *text = xstrndup((const char *) data + 1, size - 1);
    if (data[0] % 2)
        one_expression(text);
    else
        one_file((const char *) data + 1, size - 1);
    free(text);
    return 0;
}
