/* supervision_view.c - the practitioner's own supervision: when, with whom, which topics, and when the next one is. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "dolen/base/banned.h"

#define SHOWN     1000
#define DATE_COLS 12
#define WHOM_COLS 22

struct supervision_view {
    struct view    view;
    struct ui     *u;
    struct list    list;
    struct records all;
};

static struct supervision_view *of(struct view *v)
{
    return (struct supervision_view *) v;
}

static enum status supervision_load(struct view *view, struct err *err)
{
    struct supervision_view *v = of(view);
    enum status st;

    records_release(&v->all);
    st = store_list(v->u->store, LIST_SUPERVISIONS, ID_NONE, SHOWN, &v->all, err);
    list_set_count(&v->list, v->all.count);
    return st;
}

static void topic_words(struct supervision_view *v, const struct record *r, struct buf *out)
{
    struct buf codes = BUF_INIT;

    words_of(v->u, "supervision_topic", record_text(r, SUPERVISION_topics), &codes);
    words_add(out, buf_text(&codes));
    words_add(out, record_text(r, SUPERVISION_other_topics));
    buf_wipe(&codes);
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct supervision_view *v = ctx;
    const struct record *r = &v->all.items[i];
    int whom = row.cols >= 60 ? WHOM_COLS : 0, next = row.cols >= 80 ? DATE_COLS : 0, x = DATE_COLS + 1;
    struct buf b = BUF_INIT;

    topic_words(v, r, &b);
    area_text(row, 0, 0, DATE_COLS, STYLE_LABEL, date_show(record_date(r, SUPERVISION_held_on)).s);
    if (whom) {
        area_text(row, 0, x, whom, STYLE_VALUE, record_or(r, SUPERVISION_with_whom, ""));
        x += whom + 1;
    }
    area_words(row, 0, x, row.cols - x - (next ? next + 1 : 0), STYLE_TEXT, buf_text(&b));
    if (next && date_is_set(record_date(r, SUPERVISION_next_on)))
        area_text(row, 0, row.cols - next, next, STYLE_LABEL, date_show(record_date(r, SUPERVISION_next_on)).s);
    buf_wipe(&b);
}

static struct list_source source_of(struct supervision_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v,
                                  .empty = _("No supervision written down yet. a adds one: the date, with whom, the "
                                             "topics; no detail of anybody's case.") };
}

static int draw_detail(struct supervision_view *v, struct area a)
{
    int rows = a.rows > 14 ? 4 : a.rows > 8 ? 3 : 0;
    const struct record *r;
    struct buf b = BUF_INIT;
    struct area foot;

    if (v->all.count == 0 || rows == 0)
        return 0;
    r = &v->all.items[v->list.selected];
    words_add(&b, record_text(r, SUPERVISION_with_whom));
    topic_words(v, r, &b);
    if (record_int(r, SUPERVISION_minutes, -1) >= 0)
        words_addf(&b, tr_n("%ld minute", "%ld minutes", (unsigned long) record_int(r, SUPERVISION_minutes, 0)),
                   record_int(r, SUPERVISION_minutes, 0));
    words_add_date(&b, _("next on %s"), record_date(r, SUPERVISION_next_on));
    foot = area_sub(a, a.rows - rows, 0, rows, -1);
    area_hline(foot, 0, 0, -1, STYLE_LINE);
    area_wrap(area_sub(foot, 1, 0, -1, -1), 0, 0, -1, STYLE_TEXT, buf_text(&b));
    buf_wipe(&b);
    return rows;
}

/* The one question asked of a log like this: how long ago was the last one? */
static void draw_last(struct supervision_view *v, struct area row)
{
    struct date last = v->all.count ? record_date(&v->all.items[0], SUPERVISION_held_on) : (struct date) { 0, 0, 0 };
    struct buf ago = BUF_INIT, b = BUF_INIT;

    if (date_is_set(last)) {
        words_days(&ago, last, v->u->today);
        buf_addf(&b, _("Last supervision: %s"), buf_text(&ago));
        area_words(row, 0, 0, -1, STYLE_HEADING, buf_text(&b));
    }
    buf_release(&ago);
    buf_release(&b);
}

static void supervision_draw(struct view *view, struct area body)
{
    struct supervision_view *v = of(view);
    struct list_source src = source_of(v);
    int top = v->all.count > 0, rows = draw_detail(v, body);

    if (top)
        draw_last(v, area_sub(body, 0, 0, 1, -1));
    list_draw(&v->list, &src, area_sub(body, top, 0, body.rows - top - rows, -1));
}

static unsigned supervision_act(struct view *view, int action)
{
    struct supervision_view *v = of(view);
    struct list_source src = source_of(v);

    return list_act(&v->list, &src, action);
}

static struct focus supervision_focus(struct view *view)
{
    struct supervision_view *v = of(view);

    if (v->all.count == 0)
        return (struct focus) { .kind = FOCUS_NONE };
    return (struct focus) { .subject = v->all.items[v->list.selected].id, .kind = FOCUS_SUPERVISION };
}

static void supervision_title(struct view *view, struct buf *out)
{
    buf_addf(out, "%s (%zu)", _("Supervision"), of(view)->all.count);
}

static void supervision_close(struct view *view)
{
    records_release(&of(view)->all);
    free(view);
}

static const int bar[] = { NAV_OPEN, ACT_ADD, ACT_HISTORY, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "supervision", .context = IN_SUPERVISION | IN_LIST,
    .stale_on = CHANGED(SUPERVISION), .bar = bar,
    .load = supervision_load, .draw = supervision_draw, .act = supervision_act, .focus = supervision_focus,
    .title = supervision_title, .close = supervision_close,
};

struct view *supervision_view_new(struct ui *u)
{
    struct supervision_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    return &v->view;
}
