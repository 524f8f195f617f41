/* JSON: order kept, duplicates and bad bytes refused with a place, our names apart from the library's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/json.h"
#include "dolen/base/mem.h"

static enum status parse(struct json **out, const char *s, struct err *err)
{
    return json_parse(out, s, strlen(s), err);
}

static void keeps_the_order_of_keys(void **state)
{
    struct json *j = NULL, *copy;
    struct buf   b = BUF_INIT;
    const char  *s = "{\"z\":1,\"a\":[true,null,\"ŵ\",0.1,2.5],\"m\":{}}";

    (void)state;
    assert_int_equal(parse(&j, s, NULL), ST_OK);
    json_set_text(j, "a2", "x");
    json_set_int(j, "z", 1);
    json_remove(j, "a2");
    json_write(&b, j);
    assert_string_equal(buf_text(&b), s);
    copy = json_copy(j);
    assert_true(json_equal(copy, j));
    json_set_bool(copy, "z", true);
    assert_false(json_equal(copy, j));
    json_free(&copy);
    json_free(&j);
    assert_null(j);
    buf_release(&b);
}

static void reads_values(void **state)
{
    struct json *j = NULL;

    (void)state;
    assert_int_equal(parse(&j, "{\"n\": 7, \"r\": 2.5, \"t\": \"Siân\", \"b\": false, \"l\": [1, 2]}", NULL), ST_OK);
    assert_int_equal(json_kind(j), JSON_MAP_);
    assert_int_equal(json_count(j), 5);
    assert_int_equal(json_int(json_get(j, "n")), 7);
    assert_true(fabs(json_real(json_get(j, "n")) - 7) < 1e-9);
    assert_true(fabs(json_real(json_get(j, "r")) - 2.5) < 1e-9);
    assert_string_equal(json_get_text(j, "t"), "Siân");
    assert_null(json_get_text(j, "n"));
    assert_null(json_get(j, "absent"));
    assert_string_equal(json_text(json_get(j, "n")), "");
    assert_false(json_bool(json_get(j, "b")));
    assert_int_equal(json_int(json_at(json_get(j, "l"), 1)), 2);
    assert_null(json_at(json_get(j, "l"), 2));
    assert_int_equal(json_kind(NULL), JSON_NULL_);
    json_free(&j);
}

static void refuses_with_line_and_column(void **state)
{
    static const char *const bad[] = {
        "", "{", "{\"a\":1,\"a\":2}", "[1,]", "\"\xFF\"", "{\"a\":1} x", "nul", "\"\\u0000\"", "[1e999]",
    };
    struct json *j = NULL;
    struct err   err = { .st = ST_OK };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (parse(&j, bad[i], &err) != ST_INVALID)
            fail_msg("%s was taken", bad[i]);
    assert_null(j);
    assert_int_equal(parse(&j, "{\n  \"a\": 1,\n  \"a\": 2\n}", &err), ST_INVALID);
    assert_non_null(strstr(err_text(&err), "line 3"));
    assert_non_null(strstr(err_text(&err), "column"));
}

static void makes_values_of_anything(void **state)
{
    struct json *list = json_new_list();
    struct buf   b = BUF_INIT;

    (void)state;
    json_append(list, json_new_text("a\xFF" "b"));
    json_append(list, json_new_text(NULL));
    json_append(list, json_new_real(NAN));
    json_append(list, json_new_int(INT64_MAX));
    json_write(&b, list);
    assert_string_equal(buf_text(&b), "[\"a�b\",null,null,9223372036854775807]");
    buf_release(&b);
    json_free(&list);
    json_free(NULL);
}

static void reads_a_file_up_to_a_limit(void **state)
{
    char         path[] = "/tmp/dolen-json-XXXXXX";
    FILE        *f = fdopen(mkstemp(path), "w");
    struct json *j = NULL;
    struct err   err = { .st = ST_OK };

    (void)state;
    fputs("[1, 2, x]", f);
    fclose(f);
    assert_int_equal(json_read_file(&j, path, 4, &err), ST_INVALID);
    assert_int_equal(json_read_file(&j, path, 100, &err), ST_INVALID);
    assert_true(str_starts(err_text(&err), path));
    remove(path);
    assert_int_equal(json_read_file(&j, path, 100, &err), ST_NOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_order_of_keys),
        cmocka_unit_test(reads_values),
        cmocka_unit_test(refuses_with_line_and_column),
        cmocka_unit_test(makes_values_of_anything),
        cmocka_unit_test(reads_a_file_up_to_a_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
