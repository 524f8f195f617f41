/* call_list_view.c - whom to ring today: the assets in use, the one out of date longest first. */
#include "dolen/ui/call.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "person_priv.h"
#include "dolen/base/banned.h"

#define KEPT 64                         /* rows held, by place modulo this */

struct call_list {
    struct view      view;
    struct ui       *u;
    struct list      list;
    struct id       *all;                /* in the order of the list */
    size_t           n;
    struct asset_row rows[KEPT];         /* what is in sight */
    size_t           row_of[KEPT];       /* which place, from 1 */
};

static struct call_list *of(struct view *v)
{
    return (struct call_list *) v;
}

static enum status load(struct view *view, struct err *err)
{
    struct call_list *v = of(view);
    enum status st;

    free(v->all);
    st = call_order(v->u, &v->all, &v->n, err);
    memset(v->row_of, 0, sizeof v->row_of);
    list_set_count(&v->list, v->n);
    return st;
}

static const struct asset_row *row_at(struct call_list *v, size_t i)
{
    size_t at = i % KEPT;

    if (v->row_of[at] != i + 1)
        v->row_of[at] = asset_row_get(v->u->store, v->all[i], &v->rows[at], NULL) == ST_OK ? i + 1 : 0;
    return v->row_of[at] ? &v->rows[at] : NULL;
}

static enum style style_of(const struct call_list *v, const struct asset_row *a)
{
    static const enum style styles[] = { [FRESHNESS_FRESH] = STYLE_GOOD, [FRESHNESS_DUE] = STYLE_REQUIRED,
                                         [FRESHNESS_STALE] = STYLE_WARN };

    return styles[freshness_of(a->verified_on, asset_months(v->u, a->category), v->u->today)];
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct call_list *v = ctx;
    const struct asset_row *a = row_at(v, i);
    enum style style = a ? style_of(v, a) : STYLE_TEXT;
    int name = row.cols >= 90 ? 34 : row.cols >= 60 ? 26 : row.cols - 3;
    struct buf b = BUF_INIT;

    if (!a)
        return;
    if (a->waiting > 0)
        buf_addf(&b, tr_n("%d waiting, ", "%d waiting, ", (unsigned long) a->waiting), a->waiting);
    freshness_why(&b, a->verified_on, asset_months(v->u, a->category), v->u->today);
    area_text(row, 0, 0, 1, style, style_mark(style));
    area_text(row, 0, 2, name, STYLE_VALUE, a->name);
    if (name + 4 < row.cols)
        area_text(row, 0, name + 3, -1, style == STYLE_GOOD ? STYLE_TEXT : style, buf_text(&b));
    buf_release(&b);
}

static struct list_source source_of(struct call_list *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v,
                                  .empty = _("Nobody waits on an entry of the directory: there is nobody to ring.") };
}

/* Whole, where the row had no room. */
static int draw_detail(struct call_list *v, struct area a)
{
    const struct asset_row *r = v->n > 0 ? row_at(v, v->list.selected) : NULL;
    struct buf b = BUF_INIT;

    if (!r || a.rows <= 7)
        return 0;
    words_add(&b, r->name);
    words_add(&b, word_of(v->u, "asset_category", r->category));
    words_add(&b, r->area);
    buf_add(&b, " · ");
    freshness_why(&b, r->verified_on, asset_months(v->u, r->category), v->u->today);
    area_wrap(area_sub(a, a.rows - 2, 0, 2, -1), 0, 0, -1, STYLE_HINT, buf_text(&b));
    buf_release(&b);
    return 2;
}

static void draw(struct view *view, struct area body)
{
    struct call_list *v = of(view);
    struct list_source src = source_of(v);

    list_draw(&v->list, &src, area_sub(body, 0, 0, body.rows - draw_detail(v, body), -1));
}

static unsigned act(struct view *view, int action)
{
    struct call_list *v = of(view);
    struct list_source src = source_of(v);

    if (action == ACT_FILTER) {
        screen_message(v->view.screen, STYLE_HINT, "%s",
                       _("The directory finds by need, place, day and cost: A shows it."));
        return REACT_DRAW;
    }
    return list_act(&v->list, &src, action);
}

static struct focus focus(struct view *view)
{
    struct call_list *v = of(view);

    if (v->n == 0)
        return (struct focus) { .kind = FOCUS_NONE };
    return (struct focus) { .kind = FOCUS_CALL, .subject = v->all[v->list.selected] };
}

static bool idle(struct view *view, int action)
{
    (void) view;
    return action == ACT_FILTER;
}

static void title(struct view *view, struct buf *out)
{
    buf_addf(out, "%s (%zu)", _("Call list"), of(view)->n);
}

static void close_view(struct view *view)
{
    free(of(view)->all);
    free(view);
}

static const int bar[] = { NAV_OPEN, NAV_BACK, ACT_EDIT, ACT_DIRECTORY, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "call-list", .context = IN_DIRECTORY | IN_LIST,
    .stale_on = CHANGED(ASSET) | CHANGED(CONNECTION), .bar = bar,
    .load = load, .draw = draw, .act = act, .focus = focus, .idle = idle, .title = title, .close = close_view,
};

struct view *call_list_view_new(struct ui *u)
{
    struct call_list *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    return &v->view;
}
