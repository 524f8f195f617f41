/* laptops_view.c - this laptop and the ones whose handovers it opens, each with the fingerprint that two people
 * compare. */
#include "dolen/ui/laptops.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "dolen/ui/screen.h"
#include "dolen/base/banned.h"

#define KIND_COLS 16                    /* "Y gliniadur hwn" */

struct laptops_view {
    struct view         view;
    struct ui          *u;
    struct list         list;
    struct laptops_host host;
    struct laptop_row  *rows;
    size_t              n;
};

static struct laptops_view *of(struct view *v)
{
    return (struct laptops_view *) v;
}

static enum status laptops_load(struct view *view, struct err *err)
{
    struct laptops_view *v = of(view);
    enum status st;

    free(v->rows);
    v->rows = NULL;
    v->n = 0;
    st = v->host.load(v->host.ctx, &v->rows, &v->n, err);
    list_set_count(&v->list, v->n);
    return st;
}

static const char *name_of(const struct laptop_row *r)
{
    return r->name[0] ? r->name : "?";
}

/* Beside the name where both fit; else below the list, of the row in focus. */
static bool is_wide(int cols)
{
    return cols >= 76;
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct laptops_view *v = ctx;
    const struct laptop_row *r = &v->rows[i];
    int name = is_wide(row.cols) ? row.cols - KIND_COLS - 3 - LAPTOP_FINGERPRINT : -1;

    area_text(row, 0, 2, KIND_COLS - 1, STYLE_LABEL, r->own ? _("This laptop") : _("Trusted"));
    area_text(row, 0, 2 + KIND_COLS, name, STYLE_VALUE, name_of(r));
    if (is_wide(row.cols))
        area_text(row, 0, row.cols - LAPTOP_FINGERPRINT + 1, -1, STYLE_TEXT, r->fingerprint);
}

static struct list_source source_of(struct laptops_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v, .empty = _("Nothing can be read here.") };
}

static void laptops_draw(struct view *view, struct area body)
{
    struct laptops_view *v = of(view);
    struct list_source src = source_of(v);
    int foot = is_wide(body.cols) || !v->n ? 0 : 1;
    int top = area_wrap(area_sub(body, 0, 0, body.rows - foot - 2, -1), 0, 0, -1, STYLE_HINT,
                        v->n && v->rows[v->list.selected].own
                            ? _("Enter saves this laptop's identity for another one; a trusts another one.")
                            : _("Handovers it signs are opened here. a trusts another one, d no longer this one."));

    list_draw(&v->list, &src, area_sub(body, top, 0, body.rows - top - foot, -1));
    if (foot)
        area_text(area_sub(body, body.rows - 1, 0, 1, -1), 0, 0, -1, STYLE_TEXT, v->rows[v->list.selected].fingerprint);
}

static unsigned own_stays(struct laptops_view *v)
{
    screen_message(v->view.screen, STYLE_HINT, "%s",
                   _("This laptop always stands here; nothing is trusted by it. Go down to another laptop: d there "
                     "refuses what it signs."));
    return REACT_DRAW;
}

static bool on_own(struct laptops_view *v)
{
    return v->n && v->rows[v->list.selected].own;
}

static bool laptops_idle(struct view *view, int action)
{
    return action == NAV_OPEN && !of(view)->n;
}

static const char *laptops_word(struct view *view, int action)
{
    return action == NAV_OPEN && on_own(of(view)) ? _("Save identity") : NULL;
}

static unsigned laptops_act(struct view *view, int action)
{
    struct laptops_view *v = of(view);
    struct list_source src = source_of(v);
    const struct laptop_row *at = v->n ? &v->rows[v->list.selected] : NULL;

    switch (action) {
    case NAV_OPEN:
        return !at ? (unsigned) REACT_NONE : at->own ? v->host.save(v->host.ctx) : v->host.about(v->host.ctx, at);
    case ACT_ADD:  return v->host.add(v->host.ctx);
    case ACT_BIN:  return at && !at->own ? v->host.remove(v->host.ctx, at) : own_stays(v);
    case ACT_EDIT: return REACT_NONE;
    default:       break;
    }
    return list_act(&v->list, &src, action);
}

static void laptops_title(struct view *view, struct buf *out)
{
    size_t n = of(view)->n;

    buf_addf(out, _("Trusted laptops (%zu)"), n ? n - 1 : 0);
}

static void laptops_close(struct view *view)
{
    free(of(view)->rows);
    free(view);
}

static const int bar[] = { NAV_OPEN, ACT_ADD, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "laptops", .context = IN_LIST, .stale_on = ~0u, .bar = bar, .load = laptops_load, .draw = laptops_draw,
    .act = laptops_act, .idle = laptops_idle, .bar_word = laptops_word, .title = laptops_title, .close = laptops_close,
};

struct view *laptops_view_new(struct ui *u, const struct laptops_host *host)
{
    struct laptops_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->host = *host;
    return &v->view;
}
