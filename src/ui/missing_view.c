/* missing_view.c - what is still to go for the core data set, each a key away from its question. */
#include "person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define ITEMS_MAX 200

struct missing_view {
    struct view   view;
    struct ui    *u;
    struct id     person, episode;
    struct person_row whose;
    struct sheet  sheet;
    size_t        n;
};

static struct missing_view *of(struct view *v)
{
    return (struct missing_view *) v;
}

/* The record that holds the answer; none yet is fine. */
static struct id subject_of(const struct missing_view *v, const char *form, struct id referral)
{
    struct records equality = { NULL, 0, 0 };
    struct id id = ID_NONE;

    if (str_eq(form, "person") || str_eq(form, "language"))
        return v->person;
    if (str_eq(form, "referral") || str_eq(form, "decision"))
        return referral;
    if (str_eq(form, "episode") || str_eq(form, "closure"))
        return v->episode;
    if (str_eq(form, "equality") && store_list(v->u->store, LIST_EQUALITY_OF_PERSON, v->person, 1, &equality,
                                               NULL) == ST_OK)
        id = equality.count ? equality.items[0].id : ID_NONE;
    records_release(&equality);
    return id;
}

static void item_row(struct missing_view *v, const struct data_set_item *item, struct id referral)
{
    const char *form_id, *question;
    struct focus f = { .person = v->person, .episode = v->episode };
    const struct form *form = NULL;
    const struct question *q = NULL;

    if (data_set_item_asks(item, &form_id, &question))
        form = catalog_form(v->u->catalog, form_id, NULL);
    if (form)
        q = form_question(form, question);
    if (form) {
        f.kind = FOCUS_FORM;
        f.form = form->id;
        f.question = q ? q->name : NULL;
        f.subject = subject_of(v, form->id, referral);
    }
    sheet_row(&v->sheet, f, text2_now(&item->label), form ? text2_now(&form->title) : "");
}

static enum status missing_load(struct view *view, struct err *err)
{
    struct missing_view *v = of(view);
    const struct data_set_item *items[ITEMS_MAX];
    struct record e;
    enum status st;

    record_init(&e, T_EPISODE);
    sheet_begin(&v->sheet);
    st = person_to_go(v->u, v->episode, items, ITEMS_MAX, &v->n, err);
    if (st == ST_OK)
        st = person_row_get(v->u->store, v->person, &v->whose, err);
    if (st == ST_OK && id_is_set(v->episode))
        st = store_get(v->u->store, T_EPISODE, v->episode, &e, err);
    for (size_t i = 0; st == ST_OK && i < v->n && i < ITEMS_MAX; i++)
        item_row(v, items[i], record_id(&e, EPISODE_referral));
    if (st == ST_OK && v->n == 0)
        sheet_text(&v->sheet, STYLE_GOOD, _("Nothing to go: everything the core data set asks for is there."));
    sheet_end(&v->sheet);
    record_release(&e);
    return st;
}

static void missing_draw(struct view *view, struct area body)
{
    int used = 0;

    if (body.rows > 12) {
        used = area_wrap(body, 0, 0, -1, STYLE_HINT,
                         _("Enter goes to the question. Not known and prefers not to say are answers too (- in the "
                           "form)."));
        used++;
    }
    sheet_draw(&of(view)->sheet, area_sub(body, used, 0, -1, -1));
}

static unsigned missing_act(struct view *view, int action)
{
    return sheet_act(&of(view)->sheet, action);
}

static struct focus missing_focus(struct view *view)
{
    struct focus f = sheet_focus(&of(view)->sheet);

    return f.kind ? f : (struct focus) { .person = of(view)->person, .episode = of(view)->episode };
}

static void missing_title(struct view *view, struct buf *out)
{
    buf_addf(out, tr_n("%zu to go", "%zu to go", of(view)->n), of(view)->n);
}

static void missing_banner(struct view *view, struct buf *out)
{
    person_banner_put(of(view)->u, &of(view)->whose, out);
}

static void missing_close(struct view *view)
{
    sheet_release(&of(view)->sheet);
    explicit_bzero(&of(view)->whose, sizeof of(view)->whose);
    free(view);
}

static const int bar[] = { NAV_OPEN, NAV_BACK, 0 };

static const struct view_ops ops = {
    .name = "missing", .context = IN_LIST, .bar = bar,
    .stale_on = CHANGED(PERSON) | CHANGED(EQUALITY) | CHANGED(REFERRAL) | CHANGED(EPISODE) | CHANGED(RESPONSE),
    .load = missing_load, .draw = missing_draw, .act = missing_act, .focus = missing_focus, .title = missing_title,
    .banner = missing_banner, .close = missing_close,
};

struct view *missing_view_new(struct ui *u, struct id person, struct id episode)
{
    struct missing_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->person = person;
    v->episode = episode;
    return &v->view;
}
