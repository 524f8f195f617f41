/* multi.c - the multi-line editor: an edit buffer and the screen lines it wraps into. */
#include "dolen/ui/multi.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "edit_text.h"
#include "dolen/base/banned.h"

#define COLS_BEFORE_DRAWN 60

struct screen_line {
    size_t start, bytes;
};

struct multi {
    struct edit         edit;
    struct screen_line *lines;
    size_t              count, cap;
    bool                wrapped;        /* lines fit text and cols */
    int                 cols, height;
    int                 goal;           /* the column Up and Down try to keep; -1 the caret's own */
    size_t              top;
    struct multi_span  *spans;
    size_t              span_count;
};

struct multi *multi_new(size_t max_bytes)
{
    struct multi *m = xcalloc(1, sizeof *m);

    edit_start(&m->edit, max_bytes);
    m->cols = COLS_BEFORE_DRAWN;
    m->height = 1;
    m->goal = -1;
    return m;
}

void multi_free(struct multi **mp)
{
    if (!mp || !*mp)
        return;
    edit_release(&(*mp)->edit);
    free((*mp)->lines);
    free((*mp)->spans);
    free(*mp);
    *mp = NULL;
}

void multi_set(struct multi *m, const char *text)
{
    edit_set(&m->edit, text);
    m->wrapped = false;
    m->top = 0;
    m->goal = -1;
    multi_spans(m, NULL, 0);
}

void multi_go(struct multi *m, size_t at)
{
    size_t here = 0, step;
    int w;

    while ((step = text_cluster(m->edit.s + here, &w)) > 0 && here + step <= at)
        here += step;
    m->edit.at = here;
    m->goal = -1;
}

void multi_spans(struct multi *m, const struct multi_span *spans, size_t n)
{
    free(m->spans);
    m->spans = n > 0 ? xcalloc(n, sizeof *m->spans) : NULL;
    m->span_count = n;
    for (size_t i = 0; i < n; i++)
        m->spans[i] = spans[i];
}

const char *multi_text(const struct multi *m)
{
    return m->edit.s;
}

bool multi_is_empty(const struct multi *m)
{
    return m->edit.len == 0;
}

size_t multi_caret(const struct multi *m)
{
    return m->edit.at;
}

static void add_line(void *ctx, const char *start, size_t bytes)
{
    struct multi *m = ctx;
    struct screen_line *line = ARRAY_ADD(m->lines, m->count, m->cap);

    line->start = (size_t) (start - m->edit.s);
    line->bytes = bytes;
}

/* One column stays free for the caret behind a full line. */
static void wrap(struct multi *m, int cols)
{
    if (m->wrapped && m->cols == cols)
        return;
    m->count = 0;
    m->cols = cols;
    text_wrap(m->edit.s, cols > 1 ? cols - 1 : 1, add_line, m);
    m->wrapped = true;
}

int multi_rows(struct multi *m, int cols)
{
    wrap(m, cols);
    return (int) m->count;
}

static size_t line_of(const struct multi *m, size_t at)
{
    size_t low = 0, high = m->count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (m->lines[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static int column_of(const struct multi *m, size_t line, size_t at)
{
    size_t from = m->lines[line].start;
    int w, total = 0;

    while (from < at) {
        size_t n = text_cluster(m->edit.s + from, &w);

        if (n == 0 || m->edit.s[from] == '\n')
            break;
        total += w;
        from += n;
    }
    return total < m->cols ? total : m->cols - 1;
}

/* Moves by n screen lines, keeping the column one started from. */
static enum edited move_lines(struct multi *m, long n)
{
    long line = (long) line_of(m, m->edit.at), last = (long) m->count - 1;
    long to = line + n < 0 ? 0 : line + n > last ? last : line + n;

    if (to == line)
        return EDIT_PASS;
    if (m->goal < 0)
        m->goal = column_of(m, (size_t) line, m->edit.at);
    const struct screen_line *l = &m->lines[to];
    size_t at = l->start, end = l->start + l->bytes;
    int w, used = 0;

    while (at < end) {
        size_t step = text_cluster(m->edit.s + at, &w);

        if (step == 0 || used + w > m->goal)
            break;
        used += w;
        at += step;
    }
    m->edit.at = at;
    return EDIT_MOVED;
}

static enum edited edit_or_newline(struct multi *m, const struct key *k)
{
    if (k->code == K_ENTER || k->code == K_LINE)
        return edit_insert(&m->edit, "\n") ? EDIT_CHANGED : EDIT_FULL;
    return edit_key(&m->edit, k);
}

enum edited multi_key(struct multi *m, const struct key *k)
{
    int page = m->height > 1 ? m->height - 1 : 1;

    wrap(m, m->cols);
    switch (k->code) {
    case K_UP:        return move_lines(m, -1);
    case K_DOWN:      return move_lines(m, 1);
    case K_PAGE_UP:   return move_lines(m, -page);
    case K_PAGE_DOWN: return move_lines(m, page);
    default:          break;
    }
    enum edited e = edit_or_newline(m, k);

    if (e == EDIT_CHANGED)
        m->wrapped = false;
    if (e != EDIT_PASS)
        m->goal = -1;
    return e;
}

static void draw_line(const struct multi *m, struct area a, int y, const struct screen_line *l)
{
    char *s = m->edit.s + l->start, end = s[l->bytes];

    s[l->bytes] = '\0';                 /* drawn in place: no copy of a note is left about */
    area_text_cut(a, y, 0, -1, STYLE_FIELD, s);
    s[l->bytes] = end;
}

/* The part of each span that stands on a line. */
static void draw_spans(const struct multi *m, struct area a, int y, size_t line)
{
    const struct screen_line *l = &m->lines[line];

    for (size_t i = 0; i < m->span_count; i++) {
        size_t from = m->spans[i].from, until = m->spans[i].until, end = l->start + l->bytes;

        from = from > l->start ? from : l->start;
        until = until < end ? until : end;
        if (from < until) {
            int x = column_of(m, line, from);

            area_restyle(a, y, x, column_of(m, line, until) - x, m->spans[i].style);
        }
    }
}

void multi_draw(struct multi *m, struct area a, bool focused)
{
    if (a.rows < 1 || a.cols < 1)
        return;
    wrap(m, a.cols);
    m->height = a.rows;
    size_t line = line_of(m, m->edit.at), height = (size_t) a.rows;

    if (line < m->top)
        m->top = line;
    if (line >= m->top + height)
        m->top = line - height + 1;
    if (m->top + height > m->count)
        m->top = m->count > height ? m->count - height : 0;
    area_fill(a, STYLE_FIELD, " ");
    for (size_t y = 0; y < height && m->top + y < m->count; y++)
        draw_line(m, a, (int) y, &m->lines[m->top + y]);
    for (size_t y = 0; y < height && m->top + y < m->count; y++)
        draw_spans(m, a, (int) y, m->top + y);
    if (focused)
        area_cursor(a, (int) (line - m->top), column_of(m, line, m->edit.at), true);
}
