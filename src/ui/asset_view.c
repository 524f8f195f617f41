/* asset_view.c - one entry of the directory: whether it can be trusted comes first (three dates), then what it is. */
#include "change_words.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/session.h"
#include "dolen/ui/places.h"
#include "dolen/base/banned.h"

#define LINKS_SHOWN 100

struct asset_view {
    struct view   view;
    struct ui    *u;
    struct id     id;
    struct record asset;
    struct sheet  sheet;
};

static struct asset_view *of(struct view *v)
{
    return (struct asset_view *) v;
}

static struct focus form_focus(const struct asset_view *v, const char *question)
{
    return (struct focus) { .subject = v->id, .kind = FOCUS_FORM, .form = "asset", .question = question };
}

/* --- the three dates -------------------------------------------------------------------------------------------- */

#define CHANGES_LOOKED_AT 100

static bool sets(const struct change_row *c, const char *column)
{
    struct json *body = NULL;
    bool does = c->body && json_parse(&body, c->body, strlen(c->body), NULL) == ST_OK && json_get(body, column);

    json_free(&body);
    return does;
}

/* Who wrote down what stands in this column now; NULL: the newest change of any. */
static void add_who(struct asset_view *v, const char *column, struct buf *out)
{
    struct change_row *rows = xcalloc(CHANGES_LOOKED_AT, sizeof *rows);
    struct buf who = BUF_INIT;
    int n = 0;
    bool found = false;

    if (store_changes(v->u->store, v->id, INT64_MAX, CHANGES_LOOKED_AT, rows, &n, NULL) != ST_OK)
        n = 0;
    for (int i = 0; i < n; i++) {
        if (!found && (!column || sets(&rows[i], column))) {
            change_who_words(v->u, &rows[i], &who);
            found = true;
        }
        change_row_release(&rows[i]);
    }
    words_add(out, buf_text(&who));
    buf_release(&who);
    free(rows);
}

static void date_row(struct asset_view *v, const char *question, const char *column, const char *label, struct date d)
{
    struct buf b = BUF_INIT;

    if (date_is_set(d)) {
        buf_addf(&b, "%s, ", date_show(d).s);
        words_days(&b, d, v->u->today);
        add_who(v, column, &b);
    } else {
        buf_add(&b, _("never"));
    }
    sheet_row(&v->sheet, form_focus(v, question), label, buf_text(&b));
    buf_release(&b);
}

/* The only one of the three that says whether the entry can be trusted. */
static void verified_row(struct asset_view *v)
{
    static const enum style styles[] = { [FRESHNESS_FRESH] = STYLE_GOOD, [FRESHNESS_DUE] = STYLE_REQUIRED,
                                         [FRESHNESS_STALE] = STYLE_WARN };
    struct date d = record_date(&v->asset, ASSET_verified_on);
    int months = asset_months(v->u, record_text(&v->asset, ASSET_category));
    struct sheet_item *item;
    struct buf b = BUF_INIT;

    if (date_is_set(d))
        words_add(&b, date_show(d).s);
    else
        words_add(&b, _("never"));
    buf_add(&b, ", ");
    freshness_why(&b, d, months, v->u->today);
    item = sheet_row(&v->sheet, form_focus(v, "verified_on"), _("We talked to them"), buf_text(&b));
    item->style = styles[freshness_of(d, months, v->u->today)];
    buf_clear(&b);
    words_add(&b, record_or(&v->asset, ASSET_verified_how, ""));
    if (date_is_set(d))
        add_who(v, "verified_on", &b);
    if (b.len > 0)
        sheet_note(item, buf_text(&b));
    buf_release(&b);
}

static void dates(struct asset_view *v)
{
    const struct record *a = &v->asset;
    struct date full = record_date(a, ASSET_full_until);

    if (date_is_set(full) && date_compare(full, v->u->today) >= 0) {
        struct buf b = BUF_INIT;

        words_add_date(&b, _("Full until %s"), full);
        sheet_row(&v->sheet, form_focus(v, "full_until"), NULL, buf_text(&b))->style = STYLE_WARN;
        buf_release(&b);
    }
    if (str_eq(record_text(a, ASSET_do_not_advertise), "YES"))
        sheet_row(&v->sheet, form_focus(v, "do_not_advertise"), NULL,
                  _("Asks not to be listed or advertised"))->style = STYLE_WARN;
    if (str_eq(record_text(a, ASSET_do_not_advertise), "LOCAL"))
        sheet_row(&v->sheet, form_focus(v, "do_not_advertise"), NULL,
                  _("Local people only; not to be advertised elsewhere"))->style = STYLE_WARN;
    verified_row(v);
    date_row(v, "told_on", "told_on", _("Somebody told us"), record_date(a, ASSET_told_on));
    date_row(v, "name_en", NULL, _("Edited here"), instant_date(a->updated_at));
}

/* --- the rest --------------------------------------------------------------------------------------------------- */

static bool stands_above(const char *question)
{
    static const char *const above[] = { "verified_on", "verified_how", "told_on", "full_until", "do_not_advertise" };

    for (size_t i = 0; i < ARRAY_LEN(above); i++)
        if (str_eq(above[i], question))
            return true;
    return false;
}

static enum status answers(struct asset_view *v, struct err *err)
{
    const struct form *form = catalog_form(v->u->catalog, "asset", err);
    struct answers a = ANSWERS_INIT;
    struct session *s;
    const struct row *rows;
    enum status st;
    size_t n;

    if (!form)
        return err ? err->st : ST_NOTFOUND;
    st = store_answers(v->u->store, T_ASSET, v->id, &a, err);
    s = session_new(form, &a, NULL, 0, v->u->today);
    rows = session_rows(s, &n);
    for (size_t i = 0; st == ST_OK && i < n; i++) {
        struct buf text = BUF_INIT;

        if (rows[i].kind == ROW_HEADING)
            sheet_heading(&v->sheet, text2_now(&rows[i].q->label));
        if (rows[i].kind == ROW_QUESTION && !stands_above(rows[i].q->name))
            session_show(s, rows[i].q, rows[i].repeat, &text);
        if (text.len > 0)
            sheet_row(&v->sheet, form_focus(v, rows[i].q->name), text2_now(&rows[i].q->label), buf_text(&text));
        buf_wipe(&text);
    }
    session_free(&s);
    answers_release(&a);
    return st;
}

/* Headings that nothing stands under are taken out again. */
static void drop_empty_headings(struct sheet *s)
{
    size_t kept = 0;

    for (size_t i = 0; i < s->count; i++) {
        bool alone = s->items[i].kind == SHEET_HEADING && (i + 1 == s->count || s->items[i + 1].kind == SHEET_HEADING);

        if (alone)
            free(s->items[i].text);
        else
            s->items[kept++] = s->items[i];
    }
    s->count = kept;
}

/* Enter goes there. */
static enum status places(struct asset_view *v, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = places_of_offer(v->u->store, &v->asset, &all, err);

    if (st == ST_OK && all.count > 0)
        sheet_heading(&v->sheet, _("The same offer at other places"));
    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        struct focus f = { .subject = all.items[i].id, .kind = FOCUS_ASSET };
        struct buf b = BUF_INIT;

        place_where_put(&all.items[i], &b);
        sheet_row(&v->sheet, f, place_name(&all.items[i], ""), buf_text(&b));
        buf_release(&b);
    }
    records_release(&all);
    return st;
}

static enum status links(struct asset_view *v, struct err *err)
{
    struct connected_row all[LINKS_SHOWN];
    int n = 0;
    enum status st = asset_people(v->u->store, v->id, LINKS_SHOWN, all, &n, err);

    if (st == ST_OK && n > 0)
        sheet_heading(&v->sheet, _("People connected"));
    for (int i = 0; st == ST_OK && i < n; i++) {
        struct focus f = { .person = all[i].person, .episode = all[i].episode, .subject = all[i].connection,
                           .kind = FOCUS_CONNECTION };
        struct buf b = BUF_INIT;

        words_add(&b, word_of(v->u, "connection_status", all[i].status));
        words_add_date(&b, "%s", all[i].on);
        sheet_row(&v->sheet, f, all[i].name, buf_text(&b));
        buf_release(&b);
    }
    explicit_bzero(all, sizeof all);
    return st;
}

static enum status asset_load(struct view *view, struct err *err)
{
    struct asset_view *v = of(view);
    enum status st = store_get(v->u->store, T_ASSET, v->id, &v->asset, err);

    sheet_begin(&v->sheet);
    if (st == ST_OK) {
        dates(v);
        st = answers(v, err);
        drop_empty_headings(&v->sheet);
    }
    if (st == ST_OK)
        st = places(v, err);
    if (st == ST_OK)
        st = links(v, err);
    sheet_end(&v->sheet);
    return st;
}

static void asset_draw(struct view *view, struct area body)
{
    sheet_draw(&of(view)->sheet, body);
}

static unsigned asset_act(struct view *view, int action)
{
    if (action == ACT_HISTORY) {                /* of the entry, also from a row that is about a person */
        screen_push(view->screen, record_history_view_new(of(view)->u, of(view)->id));
        return REACT_LAYOUT | REACT_RELOAD;
    }
    return sheet_act(&of(view)->sheet, action);
}

/* A connection's row is about its person; the others are the asset's, opened as a form at that question. */
static struct focus asset_focus(struct view *view)
{
    struct focus f = sheet_focus(&of(view)->sheet);

    return f.kind ? f : (struct focus) { .subject = of(view)->id, .kind = FOCUS_ASSET };
}

static void asset_title(struct view *view, struct buf *out)
{
    const struct record *a = &of(view)->asset;

    if (id_is_set(a->id))
        buf_add(out, place_name(a, _("Directory")));
}

static void asset_close(struct view *view)
{
    struct asset_view *v = of(view);

    sheet_release(&v->sheet);
    record_release(&v->asset);
    free(v);
}

static void asset_place(struct view *view, struct buf *out)
{
    buf_add(out, id_show(of(view)->id).s);
}

static const int bar[] = {
    ACT_EDIT, ACT_CALL, ACT_ANOTHER_PLACE, NAV_OPEN, NAV_BACK, ACT_HISTORY, ACT_ONE_OFFER, ACT_DIRECTORY, 0
};

static const struct view_ops ops = {
    .name = "asset", .context = IN_ASSET | IN_LIST, .stale_on = CHANGED(ASSET) | CHANGED(CONNECTION), .bar = bar,
    .load = asset_load, .draw = asset_draw, .act = asset_act, .focus = asset_focus, .title = asset_title,
    .place = asset_place, .close = asset_close,
};

struct view *asset_view_new(struct ui *u, struct id asset)
{
    struct asset_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->id = asset;
    record_init(&v->asset, T_ASSET);
    return &v->view;
}
