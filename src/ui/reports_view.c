/* reports_view.c - the reports there are, for one year; Enter shows one. */
#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "dolen/ui/reports.h"
#include "dolen/base/banned.h"

enum { NAME_COLS = 24, FIRST_YEAR = 1990 };

struct reports_view {
    struct view           view;
    struct ui            *u;
    struct reports_source src;
    struct list           list;
    int                   year;
};

static struct reports_view *of(struct view *v)
{
    return (struct reports_view *) v;
}

static int year_of(struct date d)
{
    return d.month >= 4 ? d.year : d.year - 1;
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct reports_view *v = ctx;

    area_text(row, 0, 0, NAME_COLS, STYLE_VALUE, v->src.name(v->src.ctx, i));
    if (row.cols > NAME_COLS * 2)
        area_text(row, 0, NAME_COLS + 1, -1, STYLE_LABEL, v->src.help(v->src.ctx, i));
}

static struct list_source source_of(struct reports_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v, .empty = "" };
}

static void reports_draw(struct view *view, struct area body)
{
    struct reports_view *v = of(view);
    struct list_source src = source_of(v);
    struct buf b = BUF_INIT;
    int top, foot;

    buf_addf(&b, _("1 April %d to 31 March %d. Left and right turn the year."), v->year, v->year + 1);
    top = area_wrap(body, 0, 0, -1, STYLE_HINT, buf_text(&b));
    foot = body.cols > NAME_COLS * 2 || body.rows < top + 10 ? 0 : 3;
    if (foot)
        area_wrap(area_sub(body, body.rows - foot, 0, foot, -1), 0, 0, -1, STYLE_HINT,
                  v->src.help(v->src.ctx, v->list.selected));
    list_draw(&v->list, &src, area_sub(body, top, 0, body.rows - top - foot, -1));
    buf_release(&b);
}

static unsigned turn(struct reports_view *v, int by)
{
    int year = v->year + by;

    if (year < FIRST_YEAR || year > year_of(v->u->today))
        return REACT_NONE;
    v->year = year;
    return REACT_DRAW;
}

static unsigned reports_act(struct view *view, int action)
{
    struct reports_view *v = of(view);
    struct list_source src = source_of(v);

    switch (action) {
    case NAV_OPEN:  return v->src.open(v->src.ctx, v->list.selected, v->year);
    case NAV_LEFT:  return turn(v, -1);
    case NAV_RIGHT: return turn(v, 1);
    default:        break;
    }
    return list_act(&v->list, &src, action);
}

static void reports_title(struct view *view, struct buf *out)
{
    (void) view;
    buf_add(out, _("Reports"));
}

static void reports_place(struct view *view, struct buf *out)
{
    buf_addf(out, "%d %zu", of(view)->year, of(view)->list.selected);
}

void reports_view_turn(struct view *view, int year, size_t selected)
{
    struct reports_view *v = of(view);

    turn(v, year - v->year);
    list_select(&v->list, selected);
}

static void reports_close(struct view *view)
{
    free(of(view));
}

static const int bar[] = { NAV_OPEN, NAV_BACK, ACT_GAP_TABLE, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "reports", .context = IN_LIST, .bar = bar, .draw = reports_draw, .act = reports_act, .title = reports_title,
    .place = reports_place, .close = reports_close,
};

struct view *reports_view_new(struct ui *u, const struct reports_source *source)
{
    struct reports_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->src = *source;
    v->year = year_of(u->today);
    list_set_count(&v->list, source->count);
    return &v->view;
}
