/* record_history_view.c - the history of one record that is no person's: an entry of the directory, a supervision. */
#include "change_words.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define CHANGES_FIRST 50

struct record_history_view {
    struct view  view;
    struct ui   *u;
    struct id    record;
    struct sheet sheet;
    int          limit;
    bool         more;
};

static struct record_history_view *of(struct view *v)
{
    return (struct record_history_view *) v;
}

static enum status history_load(struct view *view, struct err *err)
{
    struct record_history_view *v = of(view);
    struct history_of h = { v->u, NULL, ID_NONE };
    struct change_row *rows = xcalloc((size_t) v->limit, sizeof *rows);
    int n = 0;
    enum status st = store_changes(v->u->store, v->record, 0, v->limit, rows, &n, err);

    sheet_begin(&v->sheet);
    for (int i = 0; i < n; i++) {
        history_row(&h, &v->sheet, &rows[i]);
        change_row_release(&rows[i]);
    }
    if (n == 0)
        sheet_text(&v->sheet, STYLE_HINT, _("No change is written down."));
    sheet_end(&v->sheet);
    v->more = n == v->limit;
    free(rows);
    return st;
}

static void history_draw(struct view *view, struct area body)
{
    sheet_draw(&of(view)->sheet, body);
}

static unsigned history_act(struct view *view, int action)
{
    struct record_history_view *v = of(view);
    unsigned react = sheet_act(&v->sheet, action);

    if (react == REACT_PASS || !v->more || !sheet_at_end(&v->sheet))
        return react;
    v->limit *= 2;
    v->view.stale = true;
    return REACT_RELOAD;
}

static struct focus history_focus(struct view *view)
{
    return sheet_focus(&of(view)->sheet);
}

static void history_title(struct view *view, struct buf *out)
{
    (void) view;
    buf_add(out, _("History"));
}

static void history_close(struct view *view)
{
    sheet_release(&of(view)->sheet);
    free(view);
}

static void history_place(struct view *view, struct buf *out)
{
    buf_add(out, id_show(of(view)->record).s);
}

static const int bar[] = { NAV_OPEN, ACT_UNDO, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "record-history", .context = IN_LIST, .stale_on = CHANGED(ASSET) | CHANGED(SUPERVISION), .bar = bar,
    .load = history_load, .draw = history_draw, .act = history_act, .focus = history_focus, .title = history_title,
    .place = history_place, .close = history_close,
};

struct view *record_history_view_new(struct ui *u, struct id record)
{
    struct record_history_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->record = record;
    v->limit = CHANGES_FIRST;
    return &v->view;
}
