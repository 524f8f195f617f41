/* drills_view.c - the drills: what is proposed and why, how each went, and a chart of the one in focus. */
#include "dolen/ui/drills.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "dolen/base/banned.h"

#define CHART_ROWS 6
#define CHART_MIN  2                    /* fewer points are no line */

struct drills_view {
    struct view         view;           /* first */
    struct ui          *ui;
    struct drills_host  host;
    struct drills_model model;
    struct list         list;
};

static struct drills_view *of(struct view *v)
{
    return (struct drills_view *) v;
}

static enum status drills_load(struct view *view, struct err *err)
{
    struct drills_view *v = of(view);
    enum status st;

    free(v->model.rows);
    v->model = (struct drills_model) { .count = 0 };
    st = v->host.load(v->host.ctx, &v->model, err);
    list_set_count(&v->list, v->model.count);
    return st;
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    const struct drills_view *v = ctx;
    const struct drill_row *r = &v->model.rows[i];
    int name = row.cols >= 70 ? 30 : row.cols, x = name + 1;

    area_text(row, 0, 0, name, r->running ? STYLE_HEADING : STYLE_VALUE, r->title);
    if (x < row.cols)
        area_text(row, 0, x, -1, STYLE_TEXT, r->how);
}

static struct list_source source_of(struct drills_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v, .empty = _("There are no drills in forms/drills.") };
}

static int draw_chart(const struct drill_row *r, struct area a)
{
    struct chart_plot p = { .values = r->past, .count = r->past_count, .low = 0, .high = 100 };

    if (r->past_count < CHART_MIN || a.rows < CHART_ROWS)
        return 0;
    chart_draw_line(area_sub(a, a.rows - CHART_ROWS, 0, CHART_ROWS, a.cols < 60 ? a.cols : 60), &p);
    return CHART_ROWS;
}

/* Below the list: what the drill is about, how it stands, the chart. Returns the rows it takes. */
static int draw_detail(struct drills_view *v, struct area a)
{
    const struct drill_row *r = v->model.count ? &v->model.rows[v->list.selected] : NULL;
    int want, y = 1;
    struct area foot;

    if (!r || a.rows < 3)
        return 0;
    if (a.rows < 8) {                   /* no room for what it is about; how it stands no list this narrow says */
        area_text(a, a.rows - 1, 0, -1, STYLE_LABEL, r->how);
        return 1;
    }
    want = 1 + text_wrapped_rows(r->about, a.cols) + text_wrapped_rows(r->how, a.cols) + (r->approval[0] != '\0');
    want += r->past_count >= CHART_MIN && a.rows >= 18 ? CHART_ROWS : 0;
    if (want > a.rows / 2)
        want = a.rows / 2;
    foot = area_sub(a, a.rows - want, 0, want, -1);
    area_hline(foot, 0, 0, -1, STYLE_LINE);
    if (r->approval[0] && y < foot.rows)
        area_marked(foot, y++, 0, -1, STYLE_WARN, r->approval);
    if (y < foot.rows)
        y += area_wrap(area_sub(foot, y, 0, -1, -1), 0, 0, -1, STYLE_LABEL, r->how);
    if (y < foot.rows)
        y += area_wrap(area_sub(foot, y, 0, -1, -1), 0, 0, -1, STYLE_TEXT, r->about);
    if (y < foot.rows)
        draw_chart(r, area_sub(foot, y, 0, -1, -1));
    return want;
}

static void drills_draw(struct view *view, struct area body)
{
    struct drills_view *v = of(view);
    struct list_source src = source_of(v);
    int top = v->model.next[0] ? text_wrapped_rows(v->model.next, body.cols) : 0, rows;

    top = top > 3 ? 3 : top;
    if (top)
        area_wrap(area_sub(body, 0, 0, top, -1), 0, 0, -1, STYLE_HINT, v->model.next);
    rows = draw_detail(v, area_sub(body, top, 0, -1, -1));
    list_draw(&v->list, &src, area_sub(body, top, 0, body.rows - top - rows, -1));
}

static unsigned drills_act(struct view *view, int action)
{
    struct drills_view *v = of(view);
    struct list_source src = source_of(v);

    return list_act(&v->list, &src, action);
}

static struct focus drills_focus(struct view *view)
{
    struct drills_view *v = of(view);

    if (!v->model.count)
        return (struct focus) { .kind = FOCUS_NONE };
    return (struct focus) { .kind = FOCUS_DRILL, .question = v->model.rows[v->list.selected].id };
}

static void drills_title(struct view *view, struct buf *out)
{
    buf_addf(out, "%s (%zu)", _("Drills"), of(view)->model.count);
}

static void drills_close(struct view *view)
{
    struct drills_view *v = of(view);

    if (v->host.release)
        v->host.release(v->host.ctx);
    free(v->model.rows);
    free(v);
}

static const int bar[] = { NAV_OPEN, ACT_DRILL_DEBRIEF, ACT_DRILL_REPLAY, ACT_DRILL_TALK, ACT_DRILL_SET,
                           ACT_DRILL_GROUP, NAV_BACK, 0 };

static const struct view_ops ops = {
    .name = "drills", .context = IN_DRILLS | IN_LIST, .stale_on = CHANGED(DRILL) | CHANGED(DRILL_STEP), .bar = bar,
    .load = drills_load, .draw = drills_draw, .act = drills_act, .focus = drills_focus, .title = drills_title,
    .close = drills_close,
};

struct view *drills_view_new(struct ui *u, const struct drills_host *host)
{
    struct drills_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->ui = u;
    v->host = *host;
    return &v->view;
}
