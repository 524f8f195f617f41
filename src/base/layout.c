/* base/layout.c - text for a terminal without a screen of ours: padded columns, lines broken between words. */
#include "dolen/base/layout.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define LEAST_COLS 10                   /* narrower than that every word would stand alone */

void layout_pad(struct buf *out, const char *s, int cols)
{
    int w = text_width(s);

    buf_add(out, s);
    for (; w < cols; w++)
        buf_add_char(out, ' ');
}

void layout_put(const char *s, int cols)
{
    struct buf b = BUF_INIT;

    layout_pad(&b, s, cols);
    fputs(buf_text(&b), stdout);
    buf_wipe(&b);
}

int layout_columns(int fd)
{
    struct winsize w = { .ws_col = 0 };

    return ioctl(fd, TIOCGWINSZ, &w) == 0 ? w.ws_col : 0;
}

/* --- between words ------------------------------------------------------------------------------------------------ */

static int width_of(const char *s, size_t n)
{
    int all = 0, w;

    for (size_t at = 0, len; at < n && (len = text_cluster(s + at, &w)) > 0; at += len)
        all += w;
    return all;
}

/* The n bytes at s: one line, without its end. */
static void wrap_line(struct buf *out, const char *s, size_t n, int cols)
{
    size_t at = strspn(s, " "), indent = at < (size_t) cols / 2 ? at : 0;
    int used = (int) at;

    if (at >= n || width_of(s, n) <= cols) {
        buf_add_mem(out, s, n);
        return;
    }
    buf_add_mem(out, s, at);
    while (at < n) {
        size_t word = strcspn(s + at, " \n"), blanks = strspn(s + at + word, " "), next = at + word + blanks;

        buf_add_mem(out, s + at, word);
        used += width_of(s + at, word);
        if (used + (int) blanks + width_of(s + next, strcspn(s + next, " \n")) <= cols) {
            buf_add_mem(out, s + at + word, blanks);
            used += (int) blanks;
        } else if (next < n) {
            buf_addf(out, "\n%*s", (int) indent, "");
            used = (int) indent;
        }
        at = next;
    }
}

void layout_wrap(struct buf *out, const char *s, int cols)
{
    for (;;) {
        size_t n = strcspn(s, "\n");

        if (cols < LEAST_COLS)
            buf_add_mem(out, s, n);
        else
            wrap_line(out, s, n, cols);
        if (s[n] == '\0')
            return;
        buf_add_char(out, '\n');
        s += n + 1;
    }
}
