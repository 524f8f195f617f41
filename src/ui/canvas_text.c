/* canvas_text.c - text on a canvas: tamed, measured, cut, wrapped. */
#include "dolen/ui/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "canvas_priv.h"
#include "dolen/base/banned.h"

#define FORMATTED_MAX 4096

/* A cluster at s, without asking the Unicode tables about plain ASCII: most of what is drawn. */
static size_t cluster(const char *s, int *w)
{
    unsigned char a = (unsigned char) s[0];

    if (a >= 0x20 && a < 0x7f && (unsigned char) s[1] < 0x80) {
        *w = 1;
        return 1;
    }
    return text_cluster(s, w);
}

static bool is_plain_ascii(const char *s)
{
    for (; *s; s++)
        if ((unsigned char) *s < 0x20 || (unsigned char) *s >= 0x7f)
            return false;
    return true;
}

/* s itself when it may stand as it is, else a copy in the canvas's own buffer: good until the next call. */
static const char *tamed(struct canvas *c, const char *s, bool keep_newlines)
{
    if (!s)
        return "";
    if (is_plain_ascii(s) || text_is_tame(s, keep_newlines))
        return s;
    struct buf blanks = BUF_INIT;

    for (const char *p = s; *p; p++)
        buf_add_char(&blanks, *p == '\t' || (*p == '\n' && !keep_newlines) ? ' ' : *p);
    buf_clear(&c->tamed);
    text_tame(&c->tamed, buf_text(&blanks), keep_newlines);
    buf_wipe(&blanks);
    return buf_text(&c->tamed);
}

/* Bytes of s, before end, that fit in cols. */
static size_t fit(const char *s, const char *end, int cols, int *used)
{
    const char *p = s;
    int w, total = 0;

    while (p < end) {
        size_t n = cluster(p, &w);

        if (n == 0 || total + w > cols)
            break;
        total += w;
        p += n;
    }
    *used = total;
    return (size_t) (p - s);
}

static void put_run(struct area a, int y, int x, unsigned style, const char *s, const char *end)
{
    int w;

    while (s < end) {
        size_t n = cluster(s, &w);

        if (n == 0)
            break;
        if (w > 0)
            canvas_put(a.canvas, a.y + y, a.x + x, s, n, w, style);
        x += w;
        s += n;
    }
}

static int put(struct area a, int y, int x, int cols, unsigned style, const char *s, const char *end, bool ellipsis)
{
    int used;

    if (y < 0 || y >= a.rows || x < 0 || x >= a.cols)
        return 0;
    if (cols < 0 || cols > a.cols - x)
        cols = a.cols - x;
    size_t n = fit(s, end, cols, &used);

    if (s + n < end && ellipsis && cols > 1) {
        n = fit(s, end, cols - 1, &used);
        put_run(a, y, x, style, s, s + n);
        const char *dots = area_glyph(a, GLYPH_ELLIPSIS);

        canvas_put(a.canvas, a.y + y, a.x + x + used, dots, strlen(dots), 1, style);
        return used + 1;
    }
    put_run(a, y, x, style, s, s + n);
    return used;
}

int area_text(struct area a, int y, int x, int cols, unsigned style, const char *text)
{
    const char *s = tamed(a.canvas, text, false);

    return put(a, y, x, cols, style, s, s + strlen(s), true);
}

/* Bytes up to the last blank of those that fit, without it; 0: the first word alone is too long. */
static size_t whole_words(const char *s, size_t fits)
{
    size_t n = fits;

    if (s[fits] == ' ')
        return fits;
    while (n > 0 && s[n - 1] != ' ')
        n--;
    while (n > 0 && s[n - 1] == ' ')
        n--;
    return n;
}

int area_words(struct area a, int y, int x, int cols, unsigned style, const char *text)
{
    static const char blank[] = " ";
    const char *s = tamed(a.canvas, text, false), *end = s + strlen(s);
    int used;

    if (cols < 0 || cols > a.cols - x)
        cols = a.cols - x;
    size_t n = fit(s, end, cols, &used);

    if (s + n == end || (n = whole_words(s, fit(s, end, cols - 2, &used))) == 0)
        return put(a, y, x, cols, style, s, end, true);
    used = put(a, y, x, cols, style, s, s + n, false);
    put_run(a, y, x + used, style, blank, blank + 1);
    return used + 1 + area_text_cut(a, y, x + used + 1, 1, style, area_glyph(a, GLYPH_ELLIPSIS));
}

#define BETWEEN " · "

/* Bytes of the text before the last " · " among its first n; 0: there is none. */
static size_t one_entry_less(const char *text, size_t n)
{
    size_t found = 0;

    for (const char *at = text; (at = strstr(at, BETWEEN)) && at < text + n; at += strlen(BETWEEN))
        found = (size_t) (at - text);
    return found;
}

int area_entries(struct area a, int y, int x, int cols, unsigned style, const char *text, const char *rest)
{
    struct buf shown = BUF_INIT;
    size_t n = strlen(text);
    int used;

    if (cols < 0 || cols > a.cols - x)
        cols = a.cols - x;
    buf_add(&shown, text);
    while (text_width(buf_text(&shown)) > cols && (n = one_entry_less(text, n)) > 0) {
        buf_clear(&shown);
        buf_add_mem(&shown, text, n);
        if (rest)
            buf_addf(&shown, BETWEEN "%s", rest);
    }
    used = area_words(a, y, x, cols, style, buf_text(&shown));
    buf_wipe(&shown);
    return used;
}

int area_text_cut(struct area a, int y, int x, int cols, unsigned style, const char *text)
{
    const char *s = tamed(a.canvas, text, false);

    return put(a, y, x, cols, style, s, s + strlen(s), false);
}

int area_textf(struct area a, int y, int x, int cols, unsigned style, const char *fmt, ...)
{
    char line[FORMATTED_MAX];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    int used = area_text(a, y, x, cols, style, line);

    explicit_bzero(line, strlen(line));
    return used;
}

int area_text_right(struct area a, int y, int right, unsigned style, const char *text)
{
    const char *s = tamed(a.canvas, text, false);
    int x;

    if (right > a.cols)
        right = a.cols;
    fit(s, s + strlen(s), right, &x);
    x = right - x;
    put(a, y, x, right - x, style, s, s + strlen(s), true);
    return x;
}

int area_marked(struct area a, int y, int x, int cols, enum style style, const char *text)
{
    const char *mark = style_mark(style);
    int used = 0;

    if (cols < 0 || cols > a.cols - x)
        cols = a.cols - x;
    if (mark[0] && cols > 2) {
        used = area_text(a, y, x, cols, style, mark);
        used += area_text(a, y, x + used, 1, style, " ");
    }
    return used + area_words(a, y, x + used, cols - used, style, text);
}

struct wrapping {
    struct area a;
    int         y, x, cols, rows;
    unsigned    style;
};

static void wrap_line(void *ctx, const char *start, size_t bytes)
{
    struct wrapping *w = ctx;

    if (w->a.canvas)
        put(w->a, w->y + w->rows, w->x, w->cols, w->style, start, start + bytes, false);
    w->rows++;
}

/* What did not fit below is not simply gone: the last row says that there was more. */
static void end_in_ellipsis(const struct wrapping *w)
{
    const struct cell *row = canvas_row(w->a.canvas, w->a.y + w->a.rows - 1) + w->a.x;
    int x = w->x + w->cols, word;

    while (x > w->x && str_eq(row[x - 1].text, " "))
        x--;
    for (word = x; x + 2 > w->x + w->cols && word > w->x && !str_eq(row[word - 1].text, " ");)
        word--;
    if (x + 2 > w->x + w->cols && word > w->x) {         /* no room behind it: the last word goes */
        area_repeat(w->a, w->a.rows - 1, word, w->x + w->cols - word, w->style, " ");
        x = word - 1;
    }
    x = x + 1 < w->x + w->cols ? x + 1 : w->x + w->cols - 1;
    area_text_cut(w->a, w->a.rows - 1, x, 1, w->style, area_glyph(w->a, GLYPH_ELLIPSIS));
}

int area_wrap(struct area a, int y, int x, int cols, unsigned style, const char *text)
{
    if (cols < 0 || cols > a.cols - x)
        cols = a.cols - x;
    if (cols < 1)
        return 0;
    struct wrapping w = { a, y, x, cols, 0, style };

    text_wrap(tamed(a.canvas, text, true), cols, wrap_line, &w);
    if (y < a.rows && y + w.rows > a.rows)
        end_in_ellipsis(&w);
    return w.rows;
}

int text_wrapped_rows(const char *text, int cols)
{
    struct wrapping w = { .cols = cols };
    struct buf tame = BUF_INIT;

    if (cols < 1)
        return 0;
    text_tame(&tame, text ? text : "", true);
    text_wrap(buf_text(&tame), cols, wrap_line, &w);
    buf_wipe(&tame);
    return w.rows;
}

void area_repeat(struct area a, int y, int x, int cols, unsigned style, const char *s)
{
    int w = 1;
    size_t n = cluster(s, &w);

    if (y < 0 || y >= a.rows || x < 0 || n == 0 || w < 1)
        return;
    if (cols < 0 || cols > a.cols - x)
        cols = a.cols - x;
    for (int i = 0; i + w <= cols; i += w)
        canvas_put(a.canvas, a.y + y, a.x + x + i, s, n, w, style);
}

void area_fill(struct area a, unsigned style, const char *s)
{
    for (int y = 0; y < a.rows; y++)
        area_repeat(a, y, 0, -1, style, s);
}

void area_hline(struct area a, int y, int x, int cols, unsigned style)
{
    area_repeat(a, y, x, cols, style, area_glyph(a, GLYPH_HLINE));
}

void area_vline(struct area a, int y, int x, int rows, unsigned style)
{
    if (rows < 0)
        rows = a.rows - y;
    for (int i = 0; i < rows; i++)
        area_repeat(a, y + i, x, 1, style, area_glyph(a, GLYPH_VLINE));
}
