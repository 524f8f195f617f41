/* CSV in and out again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static struct csv_table t;
static struct err err;

static enum status take(const char *text)
{
    return csv_table_read(&t, text, strlen(text), &err);
}

static void cells_come_out_as_they_went_in(void **state)
{
    struct buf b = BUF_INIT;

    (void) state;
    assert_int_equal(take("\xef\xbb\xbfName,Note\r\n\"Côr, y \"\"Bont\"\"\",\"two\nlines\"\r\n,\r\nshort\n"), ST_OK);
    assert_int_equal(t.count, 2);
    assert_int_equal(csv_table_column(&t, " NAME"), 0);
    assert_int_equal(csv_table_column(&t, "other"), -1);
    assert_string_equal(csv_table_cell(&t, 0, 0), "Côr, y \"Bont\"");
    assert_string_equal(csv_table_cell(&t, 0, 1), "two\nlines");
    assert_string_equal(csv_table_cell(&t, 1, 1), "");
    csv_row_write(&b, &t.head);
    csv_row_write(&b, &t.rows[0]);
    assert_string_equal(buf_text(&b), "Name,Note\r\n\"Côr, y \"\"Bont\"\"\",\"two\nlines\"\r\n");
    csv_table_release(&t);
    buf_release(&b);
    assert_int_equal(take("a;b\n1;2,5\n"), ST_OK);
    assert_string_equal(csv_table_cell(&t, 0, 1), "2,5");
    csv_row_write_with(&b, &t.rows[0], t.delimiter);
    assert_string_equal(buf_text(&b), "1;\"2,5\"\r\n");
    buf_release(&b);
    csv_table_release(&t);
    assert_int_equal(take("\"a, b, c\"\td\n1\t2\n"), ST_OK);
    assert_string_equal(csv_table_cell(&t, 0, 1), "2");
    csv_table_release(&t);
}

static void rows_keep_the_number_that_the_sheet_shows(void **state)
{
    (void) state;
    assert_int_equal(take("A title,\n,\na,b\n,\n1,2\n"), ST_OK);
    assert_int_equal(csv_row_column(&t.rows[0], "B"), 1);
    assert_int_equal(csv_table_number(&t, 0), 3);
    csv_table_head_is(&t, 0);
    assert_int_equal(csv_table_column(&t, "b"), 1);
    assert_int_equal(t.count, 1);
    assert_int_equal(csv_table_number(&t, 0), 5);
    assert_string_equal(csv_table_cell(&t, 0, 1), "2");
    csv_table_release(&t);
}

static void what_is_no_csv_is_refused(void **state)
{
    static const char *const bad[] = { "", "\n\n", "a,b\n\"open", "a,b\n\"x\"y,1\n", "a\n\xff\n", "PK\3\4a\nb\n" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (take(bad[i]) != ST_INVALID)
            fail_msg("taken: %zu", i);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(cells_come_out_as_they_went_in),
                                        cmocka_unit_test(rows_keep_the_number_that_the_sheet_shows),
                                        cmocka_unit_test(what_is_no_csv_is_refused) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
