/* page_view.c - lines of text as they were made for this width, scrolled. */
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/reports.h"
#include "dolen/base/banned.h"

struct line {
    const char *start;
    size_t      bytes;
};

struct page_view {
    struct view        view;
    struct page_source src;
    struct buf         text;
    struct line       *lines;
    size_t             count, cap, top;
    int                cols, height;    /* cols 0: to be made again */
    bool               ascii;
};

static struct page_view *of(struct view *v)
{
    return (struct page_view *) v;
}

static enum status page_load(struct view *view, struct err *err)
{
    struct page_view *v = of(view);

    v->cols = 0;
    return v->src.load ? v->src.load(v->src.ctx, err) : ST_OK;
}

static void make(struct page_view *v, int cols, bool ascii)
{
    const char *p;

    if (v->cols == cols && v->ascii == ascii)
        return;
    buf_clear(&v->text);
    v->count = 0;
    v->src.text(v->src.ctx, cols, ascii, &v->text);
    for (p = buf_text(&v->text); *p;) {
        size_t n = strcspn(p, "\n");

        *ARRAY_ADD(v->lines, v->count, v->cap) = (struct line) { p, n };
        p += n + (p[n] == '\n');
    }
    v->cols = cols;
    v->ascii = ascii;
}

static size_t last_top(const struct page_view *v)
{
    size_t height = v->height > 0 ? (size_t) v->height : 1;

    return v->count > height ? v->count - height : 0;
}

static void draw_line(struct area a, int y, const struct line *l)
{
    char *s = xstrndup(l->start, l->bytes);

    area_text(a, y, 0, -1, STYLE_TEXT, s);
    free(s);
}

static void page_draw(struct view *view, struct area body)
{
    struct page_view *v = of(view);
    struct area text = area_sub(body, 0, 0, -1, body.cols - 2);

    v->height = body.rows;
    make(v, text.cols, !str_eq(area_glyph(body, GLYPH_DASH), glyph_in(GLYPHS_UNICODE, GLYPH_DASH)));
    if (v->top > last_top(v))
        v->top = last_top(v);
    for (int y = 0; y < body.rows && v->top + (size_t) y < v->count; y++)
        draw_line(text, y, &v->lines[v->top + (size_t) y]);
    if (v->top > 0)
        area_text(body, 0, body.cols - 1, 1, STYLE_HINT, area_glyph(body, GLYPH_UP));
    if (v->top < last_top(v))
        area_text(body, body.rows - 1, body.cols - 1, 1, STYLE_HINT, area_glyph(body, GLYPH_DOWN));
    area_cursor(body, 0, 0, false);
}

static bool scroll(struct page_view *v, int action)
{
    size_t page = v->height > 1 ? (size_t) v->height - 1 : 1, last = last_top(v);

    switch (action) {
    case NAV_UP:        v->top -= v->top > 0; break;
    case NAV_DOWN:      v->top++; break;
    case NAV_PAGE_UP:   v->top = v->top > page ? v->top - page : 0; break;
    case NAV_PAGE_DOWN: v->top += page; break;
    case NAV_FIRST:     v->top = 0; break;
    case NAV_LAST:      v->top = last; break;
    default:            return false;
    }
    v->top = v->top > last ? last : v->top;
    return true;
}

static unsigned page_act(struct view *view, int action)
{
    struct page_view *v = of(view);

    if (scroll(v, action))
        return REACT_DRAW;
    return v->src.act ? v->src.act(v->src.ctx, action) : (unsigned) REACT_PASS;
}

static void page_title(struct view *view, struct buf *out)
{
    struct page_view *v = of(view);

    if (v->src.title)
        v->src.title(v->src.ctx, out);
}

static void page_close(struct view *view)
{
    struct page_view *v = of(view);

    if (v->src.close)
        v->src.close(v->src.ctx);
    buf_wipe(&v->text);
    free(v->lines);
    free(v);
}

static void page_banner(struct view *view, struct buf *out)
{
    struct page_view *v = of(view);

    if (v->src.banner)
        v->src.banner(v->src.ctx, out);
}

static void page_place(struct view *view, struct buf *out)
{
    struct page_view *v = of(view);

    if (v->src.place)
        v->src.place(v->src.ctx, out);
}

static struct focus page_focus(struct view *view)
{
    return (struct focus) { .person = of(view)->src.person };
}

static const int bar[] = { NAV_PAGE_DOWN, ACT_REPORT_SAVE, ACT_REPORT_EXACT, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "report", .context = IN_REPORTS | IN_TEXT, .bar = bar, .stale_on = ~0u, .load = page_load,
    .draw = page_draw,
    .act = page_act, .title = page_title, .place = page_place, .close = page_close,
};

static const int paper_bar[] = { ACT_PAPER_SAVE, NAV_PAGE_DOWN, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops paper_ops = {
    .name = "paper", .context = IN_PAPER | IN_TEXT, .bar = paper_bar, .stale_on = ~0u, .load = page_load,
    .draw = page_draw,
    .act = page_act, .focus = page_focus, .title = page_title, .banner = page_banner, .close = page_close,
};

static const int own_bar[] = { ACT_PAPERWORK_FORGET, NAV_PAGE_DOWN, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops own_ops = {
    .name = "paperwork", .context = IN_PAPERWORK | IN_TEXT, .bar = own_bar, .stale_on = ~0u, .load = page_load,
    .draw = page_draw,
    .act = page_act, .title = page_title, .close = page_close,
};

static const int about_bar[] = { NAV_PAGE_DOWN, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops about_ops = {
    .name = "kept", .context = IN_TEXT, .bar = about_bar, .stale_on = ~0u, .load = page_load, .draw = page_draw,
    .act = page_act, .focus = page_focus, .title = page_title, .banner = page_banner, .close = page_close,
};

struct view *page_view_new(struct ui *u, const struct page_source *take)
{
    struct page_view *v = xcalloc(1, sizeof *v);

    (void) u;
    v->view.ops = take->own ? &own_ops : take->paper ? &paper_ops : take->about ? &about_ops : &ops;
    v->src = *take;
    return &v->view;
}
