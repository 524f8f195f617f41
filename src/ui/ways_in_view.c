/* ways_in_view.c - who and what can open the case file, since when, and whether the recovery code was ever tried. */
#include "dolen/ui/ways_in.h"

#include <stdlib.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/list.h"
#include "dolen/ui/screen.h"
#include "dolen/base/banned.h"

#define KIND_COLS   21                  /* "allwedd sefydliad" and room */
#define KIND_NARROW 18

struct ways_in_view {
    struct view         view;
    struct ui          *u;
    struct list         list;
    struct ways_in_host host;
    struct way_row     *rows;
    size_t              n;
};

static struct ways_in_view *of(struct view *v)
{
    return (struct ways_in_view *) v;
}

static const struct way_row *at(struct view *v)
{
    return of(v)->n ? &of(v)->rows[of(v)->list.selected] : NULL;
}

static enum status ways_load(struct view *view, struct err *err)
{
    struct ways_in_view *v = of(view);
    enum status st;

    free(v->rows);
    v->rows = NULL;
    v->n = 0;
    st = v->host.load(v->host.ctx, &v->rows, &v->n, err);
    list_set_count(&v->list, v->n);
    return st;
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    const struct way_row *r = &((struct ways_in_view *) ctx)->rows[i];
    bool wide = row.cols >= 60;
    int x = wide ? 2 + KIND_COLS : 2 + KIND_NARROW;
    struct buf whose = BUF_INIT;

    buf_add(&whose, r->label);
    if (r->own && wide)                 /* else below, when it has the focus */
        buf_addf(&whose, "%s(%s)", whose.len ? " " : "", _("in use"));
    area_text(row, 0, 2, x - 3, STYLE_LABEL, tr(r->kind));
    area_text(row, 0, x, -1, STYLE_VALUE, buf_text(&whose));
    buf_release(&whose);
}

/* Of the row in focus: since when, tried when, and what can be done with it. */
static void say_row(const struct way_row *r, struct buf *out)
{
    buf_addf(out, _("Number %d, since %s."), r->number, date_show(instant_date(r->added)).s);
    buf_add(out, " ");
    if (!r->passphrase && r->tried)
        buf_addf(out, _("Last tried %s."), date_show(instant_date(r->tried)).s);
    else if (!r->passphrase)
        buf_add(out, _("Never tried."));
    if (!r->passphrase)
        buf_add(out, " ");
    if (r->own && r->passphrase)
        buf_add(out, _("It opened the case file just now. Enter changes it."));
    else if (r->own)
        buf_add(out, _("It opened the case file just now."));
    else if (r->changes)
        buf_add(out, _("Forgotten? Enter gives it new words; d takes it away."));
    else if (r->recovery)
        buf_add(out, _("Enter tries the code from the paper on a copy."));
    else
        buf_add(out, _("d takes it away."));
}

static void ways_draw(struct view *view, struct area body)
{
    struct ways_in_view *v = of(view);
    struct list_source src = { .row = draw_row, .ctx = v, .empty = _("Nothing can be read here.") };
    struct buf foot = BUF_INIT;
    int top = 0, below;

    if (at(view))
        say_row(at(view), &foot);
    below = foot.len ? text_wrapped_rows(buf_text(&foot), body.cols - 2) : 0;
    if (body.rows > 12)
        top = 1 + area_wrap(body, 0, 0, -1, STYLE_HINT,
                            _("This opens the case file; everybody who can open it sees all of it. a gives a colleague "
                              "a passphrase of their own, so that the history knows who wrote what."));
    list_draw(&v->list, &src, area_sub(body, top, 0, body.rows - top - below, -1));
    area_wrap(area_sub(body, body.rows - below, 0, below, -1), 0, 2, -1, STYLE_HINT, buf_text(&foot));
    buf_release(&foot);
}

static bool opens(const struct way_row *r)
{
    return r && (r->recovery || r->changes);
}

static bool ways_idle(struct view *view, int action)
{
    return (action == NAV_OPEN && !opens(at(view))) || (action == ACT_BIN && (!at(view) || at(view)->own));
}

static const char *ways_word(struct view *view, int action)
{
    switch (action) {
    case NAV_OPEN: return !opens(at(view)) ? NULL : at(view)->recovery ? _("Try it") : _("Change");
    case ACT_ADD:  return _("Colleague");
    case ACT_BIN:  return _("Take away");
    default:       return NULL;
    }
}

static unsigned not_ours(struct ways_in_view *v)
{
    screen_message(v->view.screen, STYLE_HINT, "%s", _("Whoever has it changes it, nobody else; d takes it away."));
    return REACT_DRAW;
}

static unsigned ways_act(struct view *view, int action)
{
    struct ways_in_view *v = of(view);
    struct list_source src = { .row = draw_row, .ctx = v };
    const struct way_row *r = at(view);

    switch (action) {
    case NAV_OPEN: case ACT_EDIT:
        return !opens(r) ? not_ours(v) : r->recovery ? v->host.test(v->host.ctx) : v->host.change(v->host.ctx, r);
    case ACT_ADD:  return v->host.add(v->host.ctx);
    case ACT_BIN:  return r ? v->host.remove(v->host.ctx, r) : (unsigned) REACT_NONE;
    default:       return list_act(&v->list, &src, action);
    }
}

static void ways_title(struct view *view, struct buf *out)
{
    buf_addf(out, _("Ways in (%zu)"), of(view)->n);
}

static void ways_close(struct view *view)
{
    free(of(view)->rows);
    free(view);
}

static const int bar[] = { NAV_OPEN, ACT_ADD, ACT_BIN, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "ways-in", .context = IN_LIST, .stale_on = ~0u, .bar = bar, .load = ways_load, .draw = ways_draw,
    .act = ways_act, .idle = ways_idle, .bar_word = ways_word, .title = ways_title, .close = ways_close,
};

struct view *ways_in_view_new(struct ui *u, const struct ways_in_host *host)
{
    struct ways_in_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->host = *host;
    return &v->view;
}
