/* The calendar file: line ends, folding, escaping, one event a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/text.h"
#include "dolen/exchange/ics.h"
#include "dolen/base/banned.h"

static void lines_end_and_fold(void **state)
{
    struct buf out = BUF_INIT;
    struct buf title = BUF_INIT;
    size_t lines = 0;

    (void) state;
    for (int i = 0; i < 60; i++)
        buf_add(&title, "ŵŷ, ");
    ics_begin(&out);
    ics_event(&out, id_new(), (struct date) { 2026, 12, 31 }, buf_text(&title), 1772323200);
    ics_end(&out);
    for (const char *s = buf_text(&out), *end; *s; s = end + 2, lines++) {
        end = strstr(s, "\r\n");
        assert_non_null(end);
        assert_true(end - s <= 75);
        assert_null(memchr(s, '\n', (size_t) (end - s)));
        assert_true(utf8_valid(s, (size_t) (end - s)));
    }
    assert_true(lines > 15);
    assert_non_null(strstr(buf_text(&out), "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"));
    assert_non_null(strstr(buf_text(&out), "DTSTAMP:20260301T000000Z\r\n"));
    assert_non_null(strstr(buf_text(&out), "\\,"));
    buf_release(&title);
    buf_release(&out);
}

static void two_events_have_two_names_and_keep_them(void **state)
{
    struct buf a = BUF_INIT, again = BUF_INIT, b = BUF_INIT;
    struct id of = id_new();

    (void) state;
    ics_event(&a, of, (struct date) { 2026, 1, 1 }, "x", 0);
    ics_event(&again, of, (struct date) { 2026, 1, 1 }, "x", 0);
    ics_event(&b, id_new(), (struct date) { 2026, 1, 1 }, "x", 0);
    assert_string_equal(buf_text(&a), buf_text(&again));
    assert_string_not_equal(buf_text(&a), buf_text(&b));
    assert_null(strstr(buf_text(&a), id_show(of).s));
    buf_release(&a);
    buf_release(&again);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(lines_end_and_fold),
                                        cmocka_unit_test(two_events_have_two_names_and_keep_them) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
