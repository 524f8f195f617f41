/* gap_table_view.c - unmet need by quarter: how often which kind of asset was missing, and why. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "dolen/base/banned.h"

#define COUNT_COLS 5

/* A heading for a quarter (of: its first count), or one count. */
struct line_of {
    size_t of;
    long   sum;                         /* of the quarter, for its heading */
    bool   heading;
};

struct gap_table {
    struct view       view;
    struct ui        *u;
    struct list       list;
    struct gap_count *counts;
    struct line_of   *lines;
    size_t            count, line_count, cap;
    long              total;
};

static struct gap_table *of(struct view *v)
{
    return (struct gap_table *) v;
}

/* One past the last count of the quarter that ends before end; the newest quarter is shown first. */
static size_t quarter_start(const struct gap_table *v, size_t end)
{
    size_t first = end - 1;

    while (first > 0 && str_eq(v->counts[first - 1].quarter, v->counts[end - 1].quarter))
        first--;
    return first;
}

static void add_quarter(struct gap_table *v, size_t first, size_t end)
{
    long sum = 0;

    for (size_t i = first; i < end; i++)
        sum += v->counts[i].count;
    *ARRAY_ADD(v->lines, v->line_count, v->cap) = (struct line_of) { first, sum, true };
    for (size_t i = first; i < end; i++)
        *ARRAY_ADD(v->lines, v->line_count, v->cap) = (struct line_of) { i, 0, false };
    v->total += sum;
}

static enum status table_load(struct view *view, struct err *err)
{
    struct gap_table *v = of(view);
    const struct date open = { 0, 0, 0 };
    size_t selected = v->list.selected;
    enum status st;

    free(v->counts);
    v->total = 0;
    v->line_count = 0;
    st = gap_counts(v->u->store, open, open, &v->counts, &v->count, err);
    for (size_t end = v->count, first; end > 0; end = first) {
        first = quarter_start(v, end);
        add_quarter(v, first, end);
    }
    list_set_count(&v->list, v->line_count);
    list_select(&v->list, selected ? selected : 1);
    return st;
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct gap_table *v = ctx;
    const struct gap_count *c = &v->counts[v->lines[i].of];
    int category = (row.cols - COUNT_COLS - 2) / 2;

    if (v->lines[i].heading) {
        area_textf(row, 0, 0, -1, STYLE_HEADING, "%s  %ld", date_show_quarter(c->quarter).s, v->lines[i].sum);
        return;
    }
    area_textf(row, 0, 0, COUNT_COLS, STYLE_VALUE, "%*ld", COUNT_COLS - 1, c->count);
    area_words(row, 0, COUNT_COLS + 1, category, STYLE_VALUE, code_or_not_said(v->u, "asset_category", c->category));
    area_words(row, 0, COUNT_COLS + 2 + category, -1, STYLE_TEXT, code_or_not_said(v->u, "gap_reason", c->reason));
}

static bool is_heading(void *ctx, size_t i)
{
    return ((struct gap_table *) ctx)->lines[i].heading;
}

static struct list_source source_of(struct gap_table *v)
{
    return (struct list_source) { .row = draw_row, .is_heading = is_heading, .ctx = v,
                                  .empty = _("No gap written down. On a person or in the directory, U records what "
                                             "was needed and is not there.") };
}

/* Narrow rows cut the words; the selected one stands whole below, where there is room. */
static int draw_detail(struct gap_table *v, struct area a)
{
    const struct gap_count *c;
    struct buf b = BUF_INIT;

    if (v->line_count == 0 || a.rows < 7 || v->lines[v->list.selected].heading)
        return 0;
    c = &v->counts[v->lines[v->list.selected].of];
    buf_addf(&b, "%s: %ld", date_show_quarter(c->quarter).s, c->count);
    words_add(&b, code_or_not_said(v->u, "asset_category", c->category));
    words_add(&b, code_or_not_said(v->u, "gap_reason", c->reason));
    area_wrap(area_sub(a, a.rows - 2, 0, 2, -1), 0, 0, -1, STYLE_HINT, buf_text(&b));
    buf_release(&b);
    return 2;
}

static void table_draw(struct view *view, struct area body)
{
    struct gap_table *v = of(view);
    struct list_source src = source_of(v);

    list_draw(&v->list, &src, area_sub(body, 0, 0, body.rows - draw_detail(v, body), -1));
}

static unsigned table_act(struct view *view, int action)
{
    struct gap_table *v = of(view);
    struct list_source src = source_of(v);

    if (action != NAV_OPEN || v->line_count == 0)
        return list_act(&v->list, &src, action);
    screen_push(view->screen, gaps_counted_view_new(v->u, &v->counts[v->lines[v->list.selected].of]));
    return REACT_LAYOUT | REACT_RELOAD;
}

/* A row is a sum: Enter shows the gaps that it is made of. */
static struct focus table_focus(struct view *view)
{
    return of(view)->line_count ? (struct focus) { .kind = FOCUS_COMMAND, .question = "gaps" }
                                : (struct focus) { .kind = FOCUS_NONE };
}

static void table_title(struct view *view, struct buf *out)
{
    buf_addf(out, "%s (%ld)", _("Gaps by quarter"), of(view)->total);
}

static void table_close(struct view *view)
{
    struct gap_table *v = of(view);

    free(v->counts);
    free(v->lines);
    free(v);
}

static const int bar[] = { NAV_OPEN, NAV_BACK, ACT_GAPS, ACT_DIRECTORY, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "gap-table", .context = IN_GAPS | IN_LIST, .stale_on = CHANGED(GAP), .bar = bar, .load = table_load,
    .draw = table_draw, .act = table_act, .focus = table_focus, .title = table_title, .close = table_close,
};

struct view *gap_table_view_new(struct ui *u)
{
    struct gap_table *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    return &v->view;
}
