/* ui_test.h - what the tests of the kit share: cmocka, and a canvas compared as text. */
#ifndef UI_TEST_H
#define UI_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "dolen/base/buf.h"
#include "dolen/ui/canvas.h"
#include "dolen/ui/key.h"

static inline void assert_row(const struct canvas *c, int y, const char *want)
{
    struct buf b = BUF_INIT;

    canvas_row_text(c, y, &b);
    assert_string_equal(buf_text(&b), want);
    buf_release(&b);
}

static inline void assert_cursor(const struct canvas *c, int y, int x)
{
    struct spot at = canvas_cursor(c);

    assert_int_equal(at.y, y);
    assert_int_equal(at.x, x);
}

/* "Ctrl-A", "x", "Left": by name. */
static inline struct key press(const char *name)
{
    struct key k = { 0 };

    assert_true(key_parse(name, 0, &k));
    return k;
}

#endif
