/* list.c - the window over a list: which rows are in sight, and which one is selected. */
#include "dolen/ui/list.h"

#include "dolen/ui/keymap.h"
#include "dolen/base/banned.h"

#define ROW_X 2                         /* focus mark and a blank before the row */

void list_set_count(struct list *l, size_t count)
{
    l->count = count;
    if (l->selected >= count)
        l->selected = count ? count - 1 : 0;
    if (l->top > l->selected)
        l->top = l->selected;
}

bool list_select(struct list *l, size_t i)
{
    size_t before = l->selected;

    if (l->count == 0)
        return false;
    l->selected = i < l->count ? i : l->count - 1;
    return l->selected != before;
}

static bool is_note(const struct list_source *src, size_t i)
{
    return src && src->is_note && src->is_note(src->ctx, i);
}

/* Cannot be selected. */
static bool is_heading(const struct list_source *src, size_t i)
{
    return is_note(src, i) || (src && src->is_heading && src->is_heading(src->ctx, i));
}

/* The nearest row that can be selected: in the direction of travel, else the other way, else i itself. */
static size_t step_over_headings(const struct list *l, const struct list_source *src, size_t i, bool down)
{
    for (int turn = 0; turn < 2; turn++, down = !down) {
        size_t at = i;

        while (is_heading(src, at)) {
            if (down ? at + 1 >= l->count : at == 0)
                break;
            at += down ? 1 : (size_t) -1;
        }
        if (!is_heading(src, at))
            return at;
    }
    return i;
}

static size_t target(const struct list *l, int action, bool *down, bool *known)
{
    size_t last = l->count ? l->count - 1 : 0, page = l->height > 1 ? (size_t) l->height - 1 : 1;

    *known = true;
    *down = action == NAV_DOWN || action == NAV_PAGE_DOWN || action == NAV_FIRST;
    switch (action) {
    case NAV_UP:        return l->selected > 0 ? l->selected - 1 : 0;
    case NAV_DOWN:      return l->selected < last ? l->selected + 1 : last;
    case NAV_PAGE_UP:   return l->selected > page ? l->selected - page : 0;
    case NAV_PAGE_DOWN: return last - l->selected > page ? l->selected + page : last;
    case NAV_FIRST:     return 0;
    case NAV_LAST:      return last;
    default:            *known = false; return l->selected;
    }
}

unsigned list_act(struct list *l, const struct list_source *src, int action)
{
    bool down, known;
    size_t before = l->selected, top = l->top, to = target(l, action, &down, &known);

    if (!known)
        return REACT_PASS;
    if (l->count > 0)
        l->selected = step_over_headings(l, src, to, down);
    if (l->selected == before && l->selected != to)
        l->top = to < l->top ? to : l->top;             /* nothing above but headings: show them */
    return l->selected != before || l->top != top ? REACT_DRAW : REACT_NONE;
}

static void keep_in_sight(struct list *l, const struct list_source *src)
{
    size_t height = l->height > 0 ? (size_t) l->height : 1, most = l->count > height ? l->count - height : 0;

    if (l->selected < l->top)
        l->top = l->selected;
    if (l->selected >= l->top + height)
        l->top = l->selected - height + 1;
    /* The heading of the first row is worth a line. */
    while (l->top > 0 && l->top == l->selected && height > 1 && is_heading(src, l->top - 1) &&
           !is_note(src, l->top - 1))
        l->top--;
    if (l->selected >= l->top + height)
        l->top = l->selected - height + 1;
    if (height > 1 && l->selected + 1 == l->top + height && l->selected + 1 < l->count &&
        is_note(src, l->selected + 1))
        l->top++;
    if (l->top > most)
        l->top = most;
}

static void draw_row(const struct list *l, const struct list_source *src, struct area a, int y)
{
    size_t i = l->top + (size_t) y;

    src->row(src->ctx, i, area_sub(a, y, ROW_X, 1, a.cols - ROW_X - 1));
    if (i == l->selected && !is_heading(src, i)) {
        area_text(a, y, 0, 1, STYLE_TEXT, style_mark(STYLE_FOCUS));
        area_focus(a, y, 0, a.cols - 1);
    }
}

void list_draw(struct list *l, const struct list_source *src, struct area a)
{
    l->height = a.rows;
    if (a.rows < 1 || a.cols < ROW_X + 2)
        return;
    if (l->count == 0) {
        area_wrap(a, 0, ROW_X, -1, STYLE_DIM, src->empty ? src->empty : "");
        area_cursor(a, 0, ROW_X, false);
        return;
    }
    l->selected = step_over_headings(l, src, l->selected, true);
    keep_in_sight(l, src);
    size_t in_sight = l->count - l->top < (size_t) a.rows ? l->count - l->top : (size_t) a.rows;

    if (src->window)
        src->window(src->ctx, l->top, in_sight);
    for (size_t y = 0; y < in_sight; y++)
        draw_row(l, src, a, (int) y);
    if (l->top > 0)
        area_text(a, 0, a.cols - 1, 1, STYLE_DIM, area_glyph(a, GLYPH_UP));
    if (l->top + in_sight < l->count)
        area_text(a, a.rows - 1, a.cols - 1, 1, STYLE_DIM, area_glyph(a, GLYPH_DOWN));
    area_cursor(a, (int) (l->selected - l->top), ROW_X, false);
}
