/* text_view.c - paragraphs, wrapped to the width they are drawn at; what goes on of a list's entry stands below it. */
#include "dolen/ui/text_view.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/keymap.h"
#include "dolen/base/banned.h"

#define FORMATTED_MAX 4096

struct paragraph {
    enum style style;
    char      *text;                    /* tamed, the mark in front */
};

struct wrapped {
    const char *start;
    size_t      bytes;
    int         indent;
    enum style  style;
};

struct text_view {
    struct paragraph *paragraphs;
    size_t            count, cap;
    struct wrapped   *lines;
    size_t            line_count, line_cap;
    int               cols, height;     /* cols 0: to be wrapped again */
    size_t            top;
    enum style        wrapping;         /* of the paragraph being wrapped */
};

void text_view_text(const struct text_view *t, struct buf *out)
{
    for (size_t i = 0; i < t->count; i++)
        buf_addf(out, "%s\n", t->paragraphs[i].text);
}

struct text_view *text_view_new(void)
{
    return xcalloc(1, sizeof(struct text_view));
}

void text_view_clear(struct text_view *t)
{
    for (size_t i = 0; i < t->count; i++) {
        explicit_bzero(t->paragraphs[i].text, strlen(t->paragraphs[i].text));
        free(t->paragraphs[i].text);
    }
    t->count = t->line_count = 0;
    t->cols = 0;
}

void text_view_free(struct text_view **tp)
{
    if (!tp || !*tp)
        return;
    text_view_clear(*tp);
    free((*tp)->paragraphs);
    free((*tp)->lines);
    free(*tp);
    *tp = NULL;
}

void text_view_add(struct text_view *t, enum style style, const char *text)
{
    struct paragraph *p = ARRAY_ADD(t->paragraphs, t->count, t->cap);
    struct buf b = BUF_INIT;

    if (style_mark(style)[0])
        buf_addf(&b, "%s ", style_mark(style));
    text_tame(&b, text ? text : "", true);
    p->style = style;
    p->text = buf_steal(&b);
    t->cols = 0;
}

void text_view_addf(struct text_view *t, enum style style, const char *fmt, ...)
{
    char text[FORMATTED_MAX];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    text_view_add(t, style, text);
    explicit_bzero(text, strlen(text));
}

static void add_line(void *ctx, int indent, const char *start, size_t bytes)
{
    struct text_view *t = ctx;
    struct wrapped *w = ARRAY_ADD(t->lines, t->line_count, t->line_cap);

    *w = (struct wrapped) { start, bytes, indent, t->wrapping };
}

static void wrap(struct text_view *t, int cols)
{
    if (t->cols == cols)
        return;
    t->line_count = 0;
    for (size_t i = 0; i < t->count; i++) {
        t->wrapping = t->paragraphs[i].style;
        text_wrap_hung(t->paragraphs[i].text, cols, add_line, t);
    }
    t->cols = cols;
}

int text_view_rows(struct text_view *t, int cols)
{
    wrap(t, cols > 2 ? cols - 2 : 1);
    return (int) t->line_count;
}

static size_t last_top(const struct text_view *t)
{
    size_t height = t->height > 0 ? (size_t) t->height : 1;

    return t->line_count > height ? t->line_count - height : 0;
}

unsigned text_view_act(struct text_view *t, int action)
{
    size_t before = t->top, page = t->height > 1 ? (size_t) t->height - 1 : 1, last = last_top(t);

    switch (action) {
    case NAV_UP:        t->top -= t->top > 0; break;
    case NAV_DOWN:      t->top += 1; break;
    case NAV_PAGE_UP:   t->top = t->top > page ? t->top - page : 0; break;
    case NAV_PAGE_DOWN: t->top += page; break;
    case NAV_FIRST:     t->top = 0; break;
    case NAV_LAST:      t->top = last; break;
    default:            return REACT_PASS;
    }
    if (t->top > last)
        t->top = last;
    return t->top != before ? REACT_DRAW : REACT_NONE;
}

void text_view_draw(struct text_view *t, struct area a)
{
    char line[FORMATTED_MAX];

    if (a.rows < 1 || a.cols < 3)
        return;
    wrap(t, a.cols - 2);
    t->height = a.rows;
    if (t->top > last_top(t))
        t->top = last_top(t);
    for (int y = 0; y < a.rows && t->top + (size_t) y < t->line_count; y++) {
        const struct wrapped *w = &t->lines[t->top + (size_t) y];
        size_t n = w->bytes < sizeof line ? w->bytes : sizeof line - 1;

        memcpy(line, w->start, n);
        line[n] = '\0';
        area_text_cut(a, y, w->indent, a.cols - 2 - w->indent, w->style, line);
    }
    if (t->top > 0)
        area_text(a, 0, a.cols - 1, 1, STYLE_DIM, area_glyph(a, GLYPH_UP));
    if (t->top < last_top(t))
        area_text(a, a.rows - 1, a.cols - 1, 1, STYLE_DIM, area_glyph(a, GLYPH_DOWN));
    area_cursor(a, 0, 0, false);
}
