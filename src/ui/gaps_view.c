/* gaps_view.c - unmet need, written down: what was needed, where, and why there was nothing; all of it, or what one
 * count of the table by quarter is made of. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "lazy.h"
#include "dolen/base/banned.h"

#define DATE_COLS 12

struct gaps_view {
    struct view    view;
    struct ui     *u;
    struct list    list;
    struct lazy    all;
    struct gap_count counted;           /* quarter "": all gaps there are */
};

static struct gaps_view *of(struct view *v)
{
    return (struct gaps_view *) v;
}

static bool is_counted(const struct gaps_view *v)
{
    return v->counted.quarter[0];
}

static enum status load_counted(struct gaps_view *v, struct err *err)
{
    struct id *ids = NULL;
    size_t n = 0;
    enum status st = gaps_counted(v->u->store, &v->counted, &ids, &n, err);

    lazy_take(&v->all, v->u->store, T_GAP, ids, n);
    return st;
}

static enum status gaps_load(struct view *view, struct err *err)
{
    struct gaps_view *v = of(view);
    enum status st = is_counted(v) ? load_counted(v, err) : lazy_load(&v->all, v->u->store, LIST_GAPS, T_GAP, err);

    list_set_count(&v->list, v->all.count);
    return st;
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct gaps_view *v = ctx;
    const struct record *g = lazy_at(&v->all, i);
    int place = row.cols >= 90 ? 18 : 0, reason = row.cols >= 60 ? 28 : 0, right = row.cols;

    if (!g)
        return;
    if (reason) {
        right -= reason;
        area_text(row, 0, right, reason, STYLE_TEXT, word_of(v->u, "gap_reason", record_text(g, GAP_reason)));
        right--;
    }
    if (place) {
        right -= place;
        area_text(row, 0, right, place, STYLE_TEXT, record_or(g, GAP_place, ""));
        right--;
    }
    area_text(row, 0, 0, DATE_COLS, STYLE_LABEL, date_show(record_date(g, GAP_noted_on)).s);
    area_text(row, 0, DATE_COLS + 1, right - DATE_COLS - 1, STYLE_VALUE, record_or(g, GAP_needed, ""));
}

static struct list_source source_of(struct gaps_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v,
                                  .empty = is_counted(v)
                                         ? _("No gap of this kind is left in this quarter. Esc goes back to the table.")
                                         : _("No gap written down. On a person or in the directory, U records what "
                                             "was needed and is not there.") };
}

/* Which count of the table these are. */
static int draw_counted(struct gaps_view *v, struct area a)
{
    struct buf b = BUF_INIT;
    int rows;

    if (!is_counted(v))
        return 0;
    buf_add(&b, date_show_quarter(v->counted.quarter).s);
    words_add(&b, code_or_not_said(v->u, "asset_category", v->counted.category));
    words_add(&b, code_or_not_said(v->u, "gap_reason", v->counted.reason));
    rows = area_wrap(area_sub(a, 0, 0, 2, -1), 0, 0, -1, STYLE_HEADING, buf_text(&b));
    buf_release(&b);
    return rows;
}

static int draw_detail(struct gaps_view *v, struct area a)
{
    int rows = a.rows > 14 ? 4 : a.rows > 8 ? 3 : 0;
    const struct record *g;
    struct buf b = BUF_INIT;

    g = lazy_at(&v->all, v->list.selected);
    if (!g || rows == 0)
        return 0;
    words_add(&b, record_text(g, GAP_needed));
    words_add(&b, word_of(v->u, "asset_category", record_text(g, GAP_category)));
    words_add(&b, record_text(g, GAP_place));
    words_add(&b, word_of(v->u, "local_authority", record_text(g, GAP_local_authority)));
    words_add(&b, word_of(v->u, "gap_reason", record_text(g, GAP_reason)));
    words_add(&b, word_of(v->u, "language_preference", record_text(g, GAP_language)));
    if (str_eq(record_text(g, GAP_transport), "YES"))
        words_add(&b, _("transport would have solved it"));
    struct area foot = area_sub(a, a.rows - rows, 0, rows, -1);

    area_hline(foot, 0, 0, -1, STYLE_LINE);
    area_wrap(area_sub(foot, 1, 0, -1, -1), 0, 0, -1, STYLE_TEXT, buf_text(&b));
    buf_wipe(&b);
    return rows;
}

static void gaps_draw(struct view *view, struct area body)
{
    struct gaps_view *v = of(view);
    struct list_source src = source_of(v);
    int above = draw_counted(v, body), below = draw_detail(v, body);

    list_draw(&v->list, &src, area_sub(body, above, 0, body.rows - above - below, -1));
}

static unsigned gaps_act(struct view *view, int action)
{
    struct gaps_view *v = of(view);
    struct list_source src = source_of(v);

    return list_act(&v->list, &src, action);
}

static struct focus gaps_focus(struct view *view)
{
    struct gaps_view *v = of(view);

    const struct record *g = lazy_at(&v->all, v->list.selected);

    if (!g)
        return (struct focus) { .kind = FOCUS_NONE };
    return (struct focus) { .person = record_id(g, GAP_person), .episode = record_id(g, GAP_episode), .subject = g->id,
                            .kind = FOCUS_GAP };
}

static void gaps_title(struct view *view, struct buf *out)
{
    buf_addf(out, "%s (%zu)", _("Gaps"), of(view)->all.count);
}

static void gaps_close(struct view *view)
{
    lazy_release(&of(view)->all);
    free(view);
}

static const int bar[] = { NAV_OPEN, ACT_GAP_TABLE, NAV_BACK, ACT_DIRECTORY, ACT_TODAY, 0 };

static const int counted_bar[] = { NAV_OPEN, NAV_BACK, ACT_DIRECTORY, ACT_TODAY, 0 };

#define OPS(called, keys) { \
    .name = called, .context = IN_GAPS | IN_LIST, .stale_on = CHANGED(GAP), .bar = keys, .load = gaps_load, \
    .draw = gaps_draw, .act = gaps_act, .focus = gaps_focus, .title = gaps_title, .close = gaps_close, \
}

static const struct view_ops ops = OPS("gaps", bar), counted_ops = OPS("gaps-counted", counted_bar);

struct view *gaps_view_new(struct ui *u)
{
    struct gaps_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    return &v->view;
}

struct view *gaps_counted_view_new(struct ui *u, const struct gap_count *of_count)
{
    struct view *view = gaps_view_new(u);

    view->ops = &counted_ops;
    of(view)->counted = *of_count;
    return view;
}
