/* retention_view.c - whose records are past their time: nothing goes by itself, each is looked at by somebody. */
#include "dolen/ui/retention.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "person_priv.h"
#include "dolen/base/banned.h"

struct retention_view {
    struct view           view;
    struct ui            *u;
    struct list           list;
    struct retention_row *rows;
    int                   n, past;
};

static struct retention_view *of(struct view *v)
{
    return (struct retention_view *) v;
}

/* --- the rows ------------------------------------------------------------------------------------------------------ */

enum status retention_rows(struct ui *u, struct retention_row **rows, int *n, int *past, struct err *err)
{
    struct retention_policy policy = retention_policy(u->store);
    enum status st;

    *rows = xcalloc(RETENTION_MOST, sizeof **rows);
    *n = *past = 0;
    st = retention_due(u->store, date_add_months(u->today, -12 * policy.closed_years),
                       date_add_months(u->today, -12 * policy.declined_years), RETENTION_MOST, *rows, past, err);
    *n = *past;
    return st == ST_OK ? retention_held(u->store, RETENTION_MOST, *rows, n, err) : st;
}

void retention_rows_free(struct retention_row **rows)
{
    if (*rows)
        explicit_bzero(*rows, RETENTION_MOST * sizeof **rows);
    free(*rows);
    *rows = NULL;
}

void retention_words(struct ui *u, const struct retention_row *r, struct buf *out)
{
    char *why = NULL;

    if (date_is_set(r->since))
        words_add_date(out, r->declined ? _("came to nothing on %s") : _("closed on %s"), r->since);
    if (r->held && retention_hold(u->store, r->person, &why, NULL) == ST_OK && why)
        words_addf(out, "%s %s", _("held:"), why);
    free(why);
}

/* --- the view ------------------------------------------------------------------------------------------------------ */

static enum status load(struct view *view, struct err *err)
{
    struct retention_view *v = of(view);
    enum status st;

    retention_rows_free(&v->rows);
    st = retention_rows(v->u, &v->rows, &v->n, &v->past, err);
    list_set_count(&v->list, (size_t) v->n);
    return st;
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct retention_view *v = ctx;
    const struct retention_row *r = &v->rows[i];
    enum style style = r->held || (int) i >= v->past ? STYLE_TEXT : STYLE_OVERDUE;
    int name = row.cols >= 60 ? 26 : row.cols - 3;
    struct buf b = BUF_INIT;

    area_text(row, 0, 0, 1, style, style_mark(style));
    area_text(row, 0, 2, name, STYLE_VALUE, r->name);
    if (name + 4 < row.cols) {
        retention_words(v->u, r, &b);
        area_text(row, 0, name + 3, -1, style, buf_text(&b));
        buf_wipe(&b);
    }
}

static struct list_source source_of(struct retention_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v, .empty = _("Nobody's records are past their time.") };
}

/* The row in focus whole, and what can be done: as far as there is room. */
static int draw_foot(struct retention_view *v, struct area a)
{
    struct buf b = BUF_INIT;
    int rows = a.rows > 8 ? 4 : 0, used;

    if (!v->n || !rows)
        return 0;
    words_add(&b, v->rows[v->list.selected].name);
    retention_words(v->u, &v->rows[v->list.selected], &b);
    struct area foot = area_sub(a, a.rows - rows, 0, rows, -1);

    used = area_wrap(foot, 0, 0, -1, STYLE_TEXT, buf_text(&b));
    if (used < rows)
        area_wrap(area_sub(foot, used, 0, -1, -1), 0, 0, -1, STYLE_HINT,
                  _("Nothing goes by itself: at the person :forget forgets, :hold-records keeps."));
    buf_wipe(&b);
    return rows;
}

static void draw(struct view *view, struct area body)
{
    struct retention_view *v = of(view);
    struct list_source src = source_of(v);

    list_draw(&v->list, &src, area_sub(body, 0, 0, body.rows - draw_foot(v, body), -1));
}

static unsigned act(struct view *view, int action)
{
    struct retention_view *v = of(view);
    struct list_source src = source_of(v);

    return list_act(&v->list, &src, action);
}

static struct focus focus(struct view *view)
{
    struct retention_view *v = of(view);

    if (!v->n)
        return (struct focus) { .kind = FOCUS_NONE };
    return (struct focus) { .kind = FOCUS_PERSON, .person = v->rows[v->list.selected].person,
                            .subject = v->rows[v->list.selected].person };
}

static void title(struct view *view, struct buf *out)
{
    buf_addf(out, _("Past their time (%d)"), of(view)->past);
}

static void close_view(struct view *view)
{
    retention_rows_free(&of(view)->rows);
    free(view);
}

/* Nothing is begun for them from here. */
static bool idle(struct view *view, int action)
{
    const struct episode_facts over = { .has_referral = false };

    (void) view;
    return person_way_idle(&over, false, action);
}

static const int bar[] = { NAV_OPEN, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "retention", .context = IN_PEOPLE | IN_LIST, .stale_on = ~0u, .bar = bar, .load = load, .draw = draw,
    .act = act, .focus = focus, .idle = idle, .title = title, .close = close_view,
};

struct view *retention_view_new(struct ui *u)
{
    struct retention_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    return &v->view;
}
