/* line.c - the one-line editor. */
#include "dolen/ui/line.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "edit_text.h"
#include "dolen/base/banned.h"

struct line {
    struct edit edit;
    unsigned    flags;
    size_t      scroll;                 /* first byte in sight */
    bool        offered;                /* the first letter typed replaces it all */
};

struct line *line_new(size_t max_bytes, unsigned flags)
{
    struct line *l = xcalloc(1, sizeof *l);

    l->flags = flags;
    edit_start(&l->edit, max_bytes);
    return l;
}

void line_free(struct line **lp)
{
    if (!lp || !*lp)
        return;
    edit_release(&(*lp)->edit);
    free(*lp);
    *lp = NULL;
}

void line_set(struct line *l, const char *text)
{
    edit_set(&l->edit, text);
    l->scroll = 0;
    l->offered = false;
}

void line_offer(struct line *l)
{
    l->offered = l->edit.len > 0;
}

const char *line_text(const struct line *l)
{
    return l->edit.s;
}

bool line_is_empty(const struct line *l)
{
    return l->edit.len == 0;
}

size_t line_caret(const struct line *l)
{
    return l->edit.at;
}

enum edited line_key(struct line *l, const struct key *k)
{
    enum edited r;

    if (l->offered && key_is_text(k))
        line_set(l, "");
    r = edit_key(&l->edit, k);
    if (r != EDIT_PASS)
        l->offered = false;
    return r;
}

static int width_between(const char *s, size_t from, size_t to)
{
    int w, total = 0;

    while (from < to) {
        size_t n = text_cluster(s + from, &w);

        if (n == 0)
            break;
        total += w;
        from += n;
    }
    return total;
}

/* Scrolls so that the caret is in sight with, where possible, a little text before it. */
static void scroll_to_caret(struct line *l, int cols)
{
    const struct edit *e = &l->edit;
    int w;

    if (l->scroll > e->len)
        l->scroll = e->len;
    if (e->at <= l->scroll) {
        int back = cols / 3;

        for (l->scroll = e->at; l->scroll > 0 && back > 0; back--)
            l->scroll -= text_cluster_before(e->s, l->scroll);
    }
    while (l->scroll < e->at && width_between(e->s, l->scroll, e->at) >= cols)
        l->scroll += text_cluster(e->s + l->scroll, &w);
}

void line_draw(struct line *l, struct area a, int y, int x, int cols, bool focused)
{
    int caret = 0;

    if (cols < 0 || cols > a.cols - x)
        cols = a.cols - x;
    if (cols < 1)
        return;
    area_repeat(a, y, x, cols, STYLE_FIELD, " ");
    if (l->flags & LINE_MASKED) {
        if (l->edit.len > 0)
            caret = area_text_cut(a, y, x, cols, STYLE_FIELD, area_glyph(a, GLYPH_HIDDEN));
    } else {
        scroll_to_caret(l, cols);
        int used = area_text_cut(a, y, x, cols, STYLE_FIELD, l->edit.s + l->scroll);

        if (focused && l->offered)
            area_restyle(a, y, x, used, STYLE_FOCUS);
        caret = width_between(l->edit.s, l->scroll, l->edit.at);
    }
    if (focused)
        area_cursor(a, y, x + (caret < cols ? caret : cols - 1), true);
}
