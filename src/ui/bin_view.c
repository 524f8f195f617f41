/* bin_view.c - what was put in the bin in the last 30 days: what, whose, who did it and why. Enter takes a row out
 * again. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/drill.h"
#include "dolen/ui/call.h"
#include "dolen/ui/list.h"
#include "dolen/ui/worklist_load.h"
#include "dolen/base/banned.h"

#define SHOWN     500
#define DATE_COLS 12
#define KIND_COLS 18

struct bin_view {
    struct view     view;
    struct ui      *u;
    struct list     list;
    struct bin_row *rows;
};

static struct bin_view *of(struct view *v)
{
    return (struct bin_view *) v;
}

void bin_left_words(int left, struct buf *out)
{
    if (left > 0)
        buf_addf(out, tr_n("%d day left", "%d days left", (unsigned long) left), left);
    else
        buf_add(out, _("stays: a period of support is open"));
}

const char *bin_kind_label(enum table_id t)
{
    return table_label(t);
}

static enum status bin_load(struct view *view, struct err *err)
{
    struct bin_view *v = of(view);
    int n = 0;
    enum status st = bin_list(v->u->store, clock_now() - BIN_DAYS * 86400, 0, SHOWN, v->rows, &n, err);

    list_set_count(&v->list, st == ST_OK ? (size_t) n : 0);
    return st;
}

/* Dates as people read them, forms and drills by their titles, anything else as it stands. */
static void what_words(struct catalog *c, const struct bin_row *r, struct buf *out)
{
    const struct form *form = r->table == T_DRAFT ? catalog_form(c, r->what, NULL) : NULL;
    const struct drill *drill = r->table == T_DRILL ? catalog_drill(c, r->what, NULL) : NULL;
    struct date d;

    if (form)
        buf_add(out, form_in_lists(c, r->what));
    else if (drill)
        buf_add(out, text2_now(&drill->title));
    else if (r->table == T_DRAFT && str_eq(r->what, CALL_DRAFT))
        buf_add(out, _("Phone call"));
    else if (date_parse_iso(r->what, &d))
        buf_add(out, date_show(d).s);
    else if (!str_eq(r->what, r->name))
        buf_add(out, r->what);
}

void bin_row_words(struct catalog *c, const struct bin_row *r, const char *between, struct buf *out)
{
    struct buf what = BUF_INIT;

    what_words(c, r, &what);
    buf_add(out, r->name);
    if (r->name[0] && what.len)
        buf_add(out, between);
    buf_add(out, buf_text(&what));
    buf_wipe(&what);
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct bin_view *v = ctx;
    const struct bin_row *r = &v->rows[i];
    int kind = row.cols >= 60 ? KIND_COLS : 10, x = DATE_COLS + 1;
    struct buf b = BUF_INIT;

    bin_row_words(v->u->catalog, r, " · ", &b);
    area_text(row, 0, 0, DATE_COLS, STYLE_LABEL, date_show(instant_date(r->at)).s);
    area_text(row, 0, x, kind, STYLE_TEXT, bin_kind_label(r->table));
    area_text(row, 0, x + kind + 1, -1, STYLE_VALUE, buf_text(&b));
    buf_wipe(&b);
}

static struct list_source source_of(struct bin_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v,
                                  .empty = _("The bin is empty. What d puts in it stays here for 30 days.") };
}

static int draw_detail(struct bin_view *v, struct area a)
{
    int rows = a.rows > 14 ? 4 : a.rows > 8 ? 3 : 0;
    const struct bin_row *r;
    struct record who;
    struct buf b = BUF_INIT, why = BUF_INIT;
    struct area foot;
    int left;

    if (v->list.count == 0 || rows == 0)
        return 0;
    r = &v->rows[v->list.selected];
    left = bin_days_left(r->at, clock_now());
    change_why_words(r->why, &why);
    bin_left_words(left, &b);
    if (why.len)                        /* none where taking something out was itself taken back */
        words_addf(&b, "%s: %s", _("Reason"), buf_text(&why));
    record_init(&who, T_PRACTITIONER);
    if (id_is_set(r->by) && store_get(v->u->store, T_PRACTITIONER, r->by, &who, NULL) == ST_OK)
        words_add(&b, record_text(&who, PRACTITIONER_name));
    record_release(&who);
    words_add(&b, instant_show(r->at).s);
    foot = area_sub(a, a.rows - rows, 0, rows, -1);
    area_hline(foot, 0, 0, -1, STYLE_LINE);
    area_wrap(area_sub(foot, 1, 0, -1, -1), 0, 0, -1, STYLE_TEXT, buf_text(&b));
    buf_wipe(&b);
    buf_wipe(&why);
    return rows;
}

static void bin_draw(struct view *view, struct area body)
{
    struct bin_view *v = of(view);
    struct list_source src = source_of(v);
    int rows = draw_detail(v, body);

    list_draw(&v->list, &src, area_sub(body, 0, 0, body.rows - rows, -1));
}

static unsigned bin_act(struct view *view, int action)
{
    struct bin_view *v = of(view);
    struct list_source src = source_of(v);

    return list_act(&v->list, &src, action);
}

static struct focus bin_focus(struct view *view)
{
    struct bin_view *v = of(view);
    const struct bin_row *r;

    if (v->list.count == 0)
        return (struct focus) { .kind = FOCUS_NONE };
    r = &v->rows[v->list.selected];
    return (struct focus) { .subject = r->id, .kind = FOCUS_BINNED, .question = table_name(r->table) };
}

static void bin_title(struct view *view, struct buf *out)
{
    buf_addf(out, "%s (%zu)", _("Bin"), of(view)->list.count);
}

static void bin_close(struct view *view)
{
    struct bin_view *v = of(view);

    explicit_bzero(v->rows, SHOWN * sizeof *v->rows);
    free(v->rows);
    free(v);
}

static const int bar[] = { ACT_RESTORE, NAV_BACK, ACT_UNDO, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "bin", .context = IN_BIN | IN_LIST,
    .stale_on = ~0u, .bar = bar, .load = bin_load, .draw = bin_draw,
    .act = bin_act, .focus = bin_focus, .title = bin_title, .close = bin_close,
};

struct view *bin_view_new(struct ui *u)
{
    struct bin_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->rows = xcalloc(SHOWN, sizeof *v->rows);
    return &v->view;
}
