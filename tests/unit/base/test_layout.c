/* test_layout.c - padding and wrapping count what is seen, in columns: Welsh letters, marks of their own, wide ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "dolen/base/layout.h"

static struct buf out;

static const char *padded(const char *s, int cols)
{
    buf_clear(&out);
    layout_pad(&out, s, cols);
    buf_add(&out, "|");
    return buf_text(&out);
}

static const char *wrapped(const char *s, int cols)
{
    buf_clear(&out);
    layout_wrap(&out, s, cols);
    return buf_text(&out);
}

static void pads_by_what_is_seen(void **state)
{
    (void) state;
    assert_string_equal(padded("Ty", 5), "Ty   |");
    assert_string_equal(padded("Tŷ", 5), "Tŷ   |");
    assert_string_equal(padded("Ŵyn", 5), "Ŵyn  |");
    assert_string_equal(padded("w\u0302y\u0302", 5), "w\u0302y\u0302   |");     /* the same letters, typed in two parts */
    assert_string_equal(padded("漢字", 5), "漢字 |");
    assert_string_equal(padded("Tŷ Haf", 4), "Tŷ Haf|");
    assert_string_equal(padded("", 2), "  |");
}

static void breaks_between_words_only(void **state)
{
    (void) state;
    assert_string_equal(wrapped("Number or word, < goes back: ", 20), "Number or word, <\ngoes back: ");
    assert_string_equal(wrapped("one two three", 13), "one two three");
    assert_string_equal(wrapped("one two three", 12), "one two\nthree");
    assert_string_equal(wrapped("Llanfairpwllgwyngyll is far", 10), "Llanfairpwllgwyngyll\nis far");
    assert_string_equal(wrapped("to Llanfairpwllgwyngyll", 10), "to\nLlanfairpwllgwyngyll");
}

static void counts_columns_when_it_breaks(void **state)
{
    (void) state;
    assert_string_equal(wrapped("ŵŷŵŷŵ ŷŵŷŵ", 10), "ŵŷŵŷŵ ŷŵŷŵ");
    assert_string_equal(wrapped("w\u0302y\u0302w\u0302y\u0302w\u0302 y\u0302w\u0302y\u0302w\u0302", 10),
                        "w\u0302y\u0302w\u0302y\u0302w\u0302 y\u0302w\u0302y\u0302w\u0302");
    assert_string_equal(wrapped("漢字漢 字漢字", 12), "漢字漢\n字漢字");
}

/* Letters and notes were laid out by somebody: what fits is not touched, and a paragraph set in stays set in. */
static void leaves_alone_what_fits(void **state)
{
    (void) state;
    assert_string_equal(wrapped("a  b\n\n  c   d \n", 10), "a  b\n\n  c   d \n");
    assert_string_equal(wrapped("  in the choir she sang", 14), "  in the choir\n  she sang");
    assert_string_equal(wrapped("first\nsecond one is long", 12), "first\nsecond one\nis long");
    assert_string_equal(wrapped("              ", 10), "              ");
    assert_string_equal(wrapped("a b c d e f", 3), "a b c d e f");      /* a window of three columns: as it is */
    assert_string_equal(wrapped("a b c d e f", 0), "a b c d e f");      /* no terminal */
    assert_string_equal(wrapped("", 20), "");
}

static void asks_the_terminal_each_time(void **state)
{
    int pair[2], a = posix_openpt(O_RDWR | O_NOCTTY), b;
    struct winsize w = { .ws_row = 24, .ws_col = 40 };

    (void) state;
    assert_true(a >= 0 && grantpt(a) == 0 && unlockpt(a) == 0);
    b = open(ptsname(a), O_RDWR | O_NOCTTY);
    assert_true(b >= 0);
    assert_int_equal(ioctl(a, TIOCSWINSZ, &w), 0);
    assert_int_equal(layout_columns(b), 40);
    w.ws_col = 72;
    assert_int_equal(ioctl(a, TIOCSWINSZ, &w), 0);
    assert_int_equal(layout_columns(b), 72);
    close(a);
    close(b);
    assert_int_equal(pipe(pair), 0);
    assert_int_equal(layout_columns(pair[1]), 0);
    close(pair[0]);
    close(pair[1]);
}

static int release(void **state)
{
    (void) state;
    buf_release(&out);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pads_by_what_is_seen),
        cmocka_unit_test(breaks_between_words_only),
        cmocka_unit_test(counts_columns_when_it_breaks),
        cmocka_unit_test(leaves_alone_what_fits),
        cmocka_unit_test(asks_the_terminal_each_time),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, release);
}
