/* Workbooks, read back as what they are: a ZIP of XML. */
#include "transport_kit.h"

#include <math.h>

#include "dolen/base/date.h"
#include "dolen/exchange/xlsx.h"

/* One part of the workbook, as text. */
static void part(struct buf *out, const char *name)
{
    assert_int_equal(RUN("sh", "-c", "unzip -p \"$0\" \"$1\" > \"$2\"", kit_path("book.xlsx"), name, kit_path("part")), 0);
    read_whole(out, kit_path("part"));
}

static struct xlsx *book(void)
{
    struct xlsx *x = NULL;

    assert_ok(xlsx_new(&x, kit_path("book.xlsx"), false, "A title", &kit_err));
    return x;
}

static void assert_in(const char *text, const char *wanted)
{
    if (!strstr(text, wanted))
        fail_msg("%s\nis not in\n%.2000s", wanted, text);
}

static void text_stays_text(void **state)
{
    static const char *const texts[] = { "=1+1", "=HYPERLINK(\"http://x\")", "+441234", "-x", "@SUM(A1)", "{=1}", "0012", "1e5",
                                         "http://example.org", "mailto:a@b", "<b>&\"'", "ŵy" };
    struct xlsx *x = book();
    struct buf b = BUF_INIT;

    (void) state;
    xlsx_sheet(x, "s");
    xlsx_column(x, "=header", 0);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        xlsx_text(x, texts[i]);
        xlsx_row_end(x);
    }
    assert_ok(xlsx_done(&x, &kit_err));
    part(&b, "xl/sharedStrings.xml");
    assert_in(b.s, "<t>=1+1</t>");
    assert_in(b.s, "<t>0012</t>");
    assert_in(b.s, "<t>&lt;b&gt;&amp;");
    part(&b, "xl/worksheets/sheet1.xml");
    assert_null(strstr(b.s, "<f>"));
    assert_null(strstr(b.s, "<hyperlink"));
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        char cell[64];

        snprintf(cell, sizeof cell, "<c r=\"A%zu\" t=\"s\">", i + 2);
        assert_in(b.s, cell);
    }
    buf_release(&b);
}

/* 1 March 2026 is day 46082 of the format's calendar. */
static void dates_are_dates(void **state)
{
    struct xlsx *x = book();
    struct buf b = BUF_INIT;

    (void) state;
    xlsx_sheet(x, "s");
    xlsx_column(x, "when", 0);
    xlsx_date(x, (struct date) { 2026, 3, 1 });
    xlsx_row_end(x);
    xlsx_month(x, (struct date) { 2026, 3, 17 });
    xlsx_row_end(x);
    xlsx_date(x, (struct date) { 1899, 12, 31 });
    xlsx_row_end(x);
    xlsx_date(x, (struct date) { 0, 0, 0 });
    xlsx_text(x, "after it");
    xlsx_row_end(x);
    assert_ok(xlsx_done(&x, &kit_err));
    part(&b, "xl/worksheets/sheet1.xml");
    assert_in(b.s, "<c r=\"A2\" s=\"2\"><v>46082</v>");
    assert_in(b.s, "<c r=\"A3\" s=\"3\"><v>46082</v>");
    assert_in(b.s, "<c r=\"A4\" t=\"s\">");
    assert_null(strstr(b.s, "r=\"A5\""));
    assert_in(b.s, "r=\"B5\"");
    part(&b, "xl/styles.xml");
    assert_in(b.s, "yyyy\\-mm\\-dd");
    part(&b, "xl/sharedStrings.xml");
    assert_in(b.s, "<t>1899-12-31</t>");
    buf_release(&b);
}

static void numbers_keep_every_digit(void **state)
{
    struct xlsx *x = book();
    struct buf b = BUF_INIT;

    (void) state;
    xlsx_sheet(x, "s");
    xlsx_column(x, "n", 0);
    xlsx_int(x, 999999999999999);
    xlsx_row_end(x);
    xlsx_int(x, 1234567890123456789);
    xlsx_row_end(x);
    xlsx_number(x, 12.25, 2);
    xlsx_number(x, NAN, 2);
    xlsx_percent(x, 0.5, 1);
    xlsx_row_end(x);
    assert_ok(xlsx_done(&x, &kit_err));
    part(&b, "xl/worksheets/sheet1.xml");
    assert_in(b.s, "<v>999999999999999</v>");
    assert_in(b.s, "<c r=\"A3\" t=\"s\">");
    assert_in(b.s, "<v>12.25</v>");
    assert_null(strstr(b.s, "r=\"B4\""));
    assert_in(b.s, "<v>0.5</v>");
    part(&b, "xl/sharedStrings.xml");
    assert_in(b.s, "<t>1234567890123456789</t>");
    part(&b, "xl/styles.xml");
    assert_in(b.s, "0.0%");
    buf_release(&b);
}

static void the_header_stays_in_view_below_what_stands_above(void **state)
{
    struct xlsx *x = book();
    struct buf b = BUF_INIT;

    (void) state;
    xlsx_sheet(x, "s");
    xlsx_title(x, "Report");
    xlsx_line(x, "From a to b");
    xlsx_gap(x);
    xlsx_column(x, "one", 0);
    xlsx_column(x, "two", 30);
    xlsx_text(x, "a");
    xlsx_text(x, "b");
    xlsx_row_end(x);
    assert_ok(xlsx_done(&x, &kit_err));
    part(&b, "xl/worksheets/sheet1.xml");
    assert_in(b.s, "ySplit=\"4\"");
    assert_in(b.s, "<autoFilter ref=\"A4:B5\"/>");
    assert_in(b.s, "<c r=\"A5\" t=\"s\">");
    part(&b, "docProps/core.xml");
    assert_in(b.s, "A title");
    buf_release(&b);
}

static void sheet_names_are_made_to_fit(void **state)
{
    static const char *const wanted[] = { "a/b:c", "A-B-C", "", "a name that is longer than thirty-one characters",
                                          "a name that is longer than thirty-one characters", "ŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵ" };
    struct xlsx *x = book();
    struct buf b = BUF_INIT;

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
        xlsx_sheet(x, wanted[i]);
        xlsx_column(x, "c", 0);
    }
    assert_ok(xlsx_done(&x, &kit_err));
    part(&b, "xl/workbook.xml");
    assert_in(b.s, "name=\"a-b-c\"");
    assert_in(b.s, "name=\"A-B-C 2\"");
    assert_in(b.s, "name=\"-\"");
    assert_in(b.s, "name=\"a name that is longer than thir\"");
    assert_in(b.s, "name=\"a name that is longer than 2\"");
    assert_in(b.s, "name=\"ŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵŵ\"");
    buf_release(&b);
}

static void control_characters_and_endless_text_do_no_harm(void **state)
{
    struct xlsx *x = book();
    struct buf b = BUF_INIT;
    char *longest = malloc(40001);

    (void) state;
    memset(longest, 'x', 40000);
    longest[40000] = '\0';
    xlsx_sheet(x, "s");
    xlsx_column(x, "c", 0);
    xlsx_text(x, "a\x01" "b\x1b[2J\xff");
    xlsx_row_end(x);
    xlsx_text(x, longest);
    xlsx_row_end(x);
    assert_ok(xlsx_done(&x, &kit_err));
    part(&b, "xl/sharedStrings.xml");
    assert_in(b.s, "a\xef\xbf\xbd" "b");
    assert_null(strchr(b.s, '\x1b'));
    assert_in(b.s, "x…</t>");
    free(longest);
    buf_release(&b);
}

static void a_file_that_is_there_is_not_written_over(void **state)
{
    struct xlsx *x = NULL;
    struct buf b = BUF_INIT;

    (void) state;
    write_file(kit_path("book.xlsx"), "mine", 4);
    assert_int_equal(xlsx_new(&x, kit_path("book.xlsx"), false, NULL, &kit_err), ST_REFUSED);
    unlink(kit_path("book.xlsx"));
    x = book();
    xlsx_sheet(x, "s");
    write_file(kit_path("book.xlsx"), "came in between", 15);
    assert_int_equal(xlsx_done(&x, &kit_err), ST_REFUSED);
    read_whole(&b, kit_path("book.xlsx"));
    assert_string_equal(b.s, "came in between");
    assert_ok(xlsx_new(&x, kit_path("book.xlsx"), true, NULL, &kit_err));
    xlsx_sheet(x, "s");
    assert_ok(xlsx_done(&x, &kit_err));
    read_whole(&b, kit_path("book.xlsx"));
    assert_memory_equal(b.s, "PK", 2);
    buf_release(&b);
}

/* Nothing else is left beside it, and only we can read it. */
static void nothing_is_left_behind(void **state)
{
    struct xlsx *x = book();
    struct stat info;

    (void) state;
    xlsx_sheet(x, "s");
    xlsx_column(x, "c", 0);
    assert_ok(xlsx_done(&x, &kit_err));
    assert_int_equal(stat(kit_path("book.xlsx"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    unlink(kit_path("book.xlsx"));
    x = book();
    xlsx_sheet(x, "s");
    xlsx_drop(&x);
    assert_false(file_exists(kit_path("book.xlsx")));
    assert_int_equal(RUN("sh", "-c", "! find \"$0\" -name '.book*' | grep -q .", kit_dir), 0);
    assert_int_equal(xlsx_new(&x, kit_path("none/book.xlsx"), false, NULL, &kit_err), ST_IO);
    assert_null(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        kit_test(text_stays_text),
        kit_test(dates_are_dates),
        kit_test(numbers_keep_every_digit),
        kit_test(the_header_stays_in_view_below_what_stands_above),
        kit_test(sheet_names_are_made_to_fit),
        kit_test(control_characters_and_endless_text_do_no_harm),
        kit_test(a_file_that_is_there_is_not_written_over),
        kit_test(nothing_is_left_behind),
    };

    return cmocka_run_group_tests_name("xlsx", tests, NULL, NULL);
}
