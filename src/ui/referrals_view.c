/* referrals_view.c - the inbox: referrals that wait for a decision, oldest first. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/list.h"
#include "lazy.h"
#include "dolen/base/banned.h"

#define DAYS_COLS  11         /* "125 diwrnod" */

struct referrals_view {
    struct view       view;
    struct ui        *u;
    struct list       list;
    struct lazy       all;
    struct person_row people[LAZY_KEPT];     /* of each referral, once drawn: by place modulo LAZY_KEPT */
    size_t            person_at[LAZY_KEPT];  /* which place, from 1 */
};

static struct referrals_view *of(struct view *v)
{
    return (struct referrals_view *) v;
}

static void release(struct referrals_view *v)
{
    explicit_bzero(v->people, sizeof v->people);
    memset(v->person_at, 0, sizeof v->person_at);
    lazy_release(&v->all);
}

static enum status referrals_load(struct view *view, struct err *err)
{
    struct referrals_view *v = of(view);
    enum status st;

    release(v);
    st = lazy_load(&v->all, v->u->store, LIST_REFERRALS_WAITING, T_REFERRAL, err);
    list_set_count(&v->list, v->all.count);
    return st;
}

static const struct person_row *person_of(struct referrals_view *v, size_t i, const struct record *r)
{
    size_t at = i % LAZY_KEPT;

    if (v->person_at[at] != i + 1)
        v->person_at[at] = person_row_get(v->u->store, record_id(r, REFERRAL_person), &v->people[at], NULL) == ST_OK ?
                               i + 1 :
                               0;
    return v->person_at[at] ? &v->people[at] : NULL;
}

static long days_waited(const struct referrals_view *v, const struct record *r)
{
    struct date on = record_date(r, REFERRAL_received_on);

    return date_is_set(on) ? date_days(v->u->today) - date_days(on) : 0;
}

static const struct code *urgency_of(const struct referrals_view *v, const struct record *r)
{
    return codelist_find(catalog_codes(v->u->catalog, "urgency", NULL), record_text(r, REFERRAL_urgency));
}

/* Past the days that its own urgency allows. */
static bool is_late(const struct referrals_view *v, const struct record *r)
{
    const struct code *c = urgency_of(v, r);

    return c && c->days > 0 && days_waited(v, r) > c->days;
}

static void draw_referral(struct referrals_view *v, const struct record *r, const struct person_row *p, struct area row)
{
    const char *urgency = record_text(r, REFERRAL_urgency);
    const struct code *c = urgency_of(v, r);
    bool routine = !c || c->weight == 0;
    enum style style = is_late(v, r) ? STYLE_OVERDUE : routine ? STYLE_TEXT : STYLE_WARN;
    int name = row.cols >= 70 ? 22 : row.cols >= 55 ? 18 : row.cols - DAYS_COLS - 4, x = 2 + DAYS_COLS + 1 + name + 1;
    int urgency_cols = row.cols >= 100 ? 24 : row.cols >= 70 ? 16 : 0;
    long days = days_waited(v, r);

    if (!routine || is_late(v, r))
        area_text(row, 0, 0, 1, style, style_mark(style));
    if (days == 0)
        area_text(row, 0, 2, DAYS_COLS, style, _("today"));
    else
        area_textf(row, 0, 2, DAYS_COLS, style, tr_n("%ld day", "%ld days", (unsigned long) days), days);
    area_text(row, 0, 2 + DAYS_COLS + 1, name, STYLE_VALUE, p ? p->name : "");
    if (row.cols < 55)
        return;
    area_text(row, 0, x, row.cols - x - urgency_cols - (urgency_cols ? 1 : 0), STYLE_TEXT,
              word_of(v->u, "referral_source", record_text(r, REFERRAL_source)));
    if (urgency_cols)
        area_text(row, 0, row.cols - urgency_cols, urgency_cols, style, word_of(v->u, "urgency", urgency));
}

static void draw_row(void *ctx, size_t i, struct area row)
{
    struct referrals_view *v = ctx;
    const struct record *r = lazy_at(&v->all, i);

    if (r)
        draw_referral(v, r, person_of(v, i, r), row);
}

static struct list_source source_of(struct referrals_view *v)
{
    return (struct list_source) { .row = draw_row, .ctx = v,
                                  .empty = _("No referral waits for a decision. a adds one, t goes back to Today.") };
}

/* Below the list: what the selected one is about, as far as there is room. */
static int draw_detail(struct referrals_view *v, struct area a)
{
    const struct record *r;
    struct buf b = BUF_INIT;
    int rows = a.rows > 14 ? 4 : a.rows > 8 ? 3 : 0;

    r = lazy_at(&v->all, v->list.selected);
    if (!r || rows == 0)
        return 0;
    words_add(&b, word_of(v->u, "referral_source", record_text(r, REFERRAL_source)));
    words_add(&b, record_text(r, REFERRAL_referrer_org));
    words_add(&b, record_text(r, REFERRAL_referrer_name));
    words_add_date(&b, _("received %s"), record_date(r, REFERRAL_received_on));
    words_add(&b, word_of(v->u, "urgency", record_text(r, REFERRAL_urgency)));
    if (record_text(r, REFERRAL_referrer_words))
        buf_addf(&b, "\n%s", record_text(r, REFERRAL_referrer_words));
    struct area foot = area_sub(a, a.rows - rows, 0, rows, -1);

    area_hline(foot, 0, 0, -1, STYLE_LINE);
    area_wrap(area_sub(foot, 1, 0, -1, -1), 0, 0, -1, STYLE_TEXT, buf_text(&b));
    buf_wipe(&b);
    return rows;
}

static void referrals_draw(struct view *view, struct area body)
{
    struct referrals_view *v = of(view);
    struct list_source src = source_of(v);
    int rows = draw_detail(v, body);

    list_draw(&v->list, &src, area_sub(body, 0, 0, body.rows - rows, -1));
}

static unsigned referrals_act(struct view *view, int action)
{
    struct referrals_view *v = of(view);
    struct list_source src = source_of(v);

    return list_act(&v->list, &src, action);
}

static struct focus referrals_focus(struct view *view)
{
    struct referrals_view *v = of(view);
    const struct record *r = lazy_at(&v->all, v->list.selected);

    if (!r)
        return (struct focus) { .kind = FOCUS_NONE };
    return (struct focus) { .person = record_id(r, REFERRAL_person), .subject = r->id, .kind = FOCUS_REFERRAL };
}

static void referrals_title(struct view *view, struct buf *out)
{
    buf_addf(out, "%s (%zu)", _("Referrals waiting"), of(view)->all.count);
}

static bool referrals_idle(struct view *view, int action)
{
    struct referrals_view *v = of(view);
    const struct record *r = lazy_at(&v->all, v->list.selected);
    const struct person_row *p = r ? person_of(v, v->list.selected, r) : NULL;

    return p && person_row_idle(v->u, p, action);
}

static void referrals_close(struct view *view)
{
    release(of(view));
    free(view);
}

static const int bar[] = { ACT_DECIDE, NAV_OPEN, ACT_ADD, ACT_CONTACT, NAV_BACK, 0 };

static const struct view_ops ops = {
    .name = "referrals", .context = IN_REFERRALS | IN_LIST,
    .stale_on = CHANGED(REFERRAL) | CHANGED(PERSON), .bar = bar,
    .load = referrals_load, .draw = referrals_draw, .act = referrals_act, .focus = referrals_focus,
    .title = referrals_title, .idle = referrals_idle,
    .close = referrals_close,
};

struct view *referrals_view_new(struct ui *u)
{
    struct referrals_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    return &v->view;
}
