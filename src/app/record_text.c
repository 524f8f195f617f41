/* app/record_text.c - records as commands print them for people: whole, as one line of a list, and what changed. */
#include "record_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/day_text.h"
#include "dolen/ui/field_words.h"
#include "dolen/ui/views.h"
#include "dolen/base/banned.h"

#define VALUES_MOST 9

struct printing {
    struct ui       u;
    struct field_at at;
    bool            covered;        /* what the safe-contact rule covers is covered already, or was asked for */
};

static struct ui ui_of(struct casefile *cf)
{
    return (struct ui) { .store = cf->store, .catalog = cf->catalog, .today = clock_today() };
}

/* On one line: an address has several. */
static void put_on_a_line(struct buf *out, const char *value)
{
    struct buf joined = BUF_INIT;

    for (const char *c = value; *c; c++)
        if (*c == '\n')
            buf_add(&joined, ", ");
        else
            buf_add_char(&joined, *c);
    text_tame(out, buf_text(&joined), false);
    buf_wipe(&joined);
}

/* A value of the field at p->at, in words. */
static void value_put(struct printing *p, const struct question *q, const char *text, struct buf *out)
{
    struct buf words = BUF_INIT;
    struct json *j;

    if (q && q->type == Q_TEXT && q->appearance == APPEAR_WHEN) {
        day_text_show(text, lang_now(), &words);
    } else if (p->covered && field_is_covered(&p->u, &p->at)) {
        buf_add(&words, text);
    } else {
        j = json_new_text(text);
        field_value_put(&p->u, &p->at, j, &words);
        json_free(&j);
    }
    put_on_a_line(out, buf_text(&words));
    buf_wipe(&words);
}

static void label_put(struct printing *p, struct buf *out)
{
    struct buf b = BUF_INIT;

    field_label_put(&p->u, &p->at, &b);
    buf_addf(out, "%s%s ", buf_text(&b), text_colon(buf_text(&b)));
    buf_release(&b);
}

/* --- a whole record ----------------------------------------------------------------------------------------------- */

static void print_field(void *ctx, const char *key, struct json *v)
{
    struct printing *p = ctx;
    const char *value = json_text(v);
    struct buf b = BUF_INIT;

    if (json_kind(v) != JSON_TEXT_)
        return;
    p->at.name = key;
    if (str_eq(key, "id")) {
        buf_addf(&b, "id: %s", value);
    } else {
        label_put(p, &b);
        value_put(p, field_question(&p->u, &p->at), value, &b);
    }
    puts(buf_text(&b));
    buf_wipe(&b);
}

void print_record_text(struct casefile *cf, const struct json *j, const char *form)
{
    struct printing p = { ui_of(cf), { .table = T_COUNT }, true };
    const struct form *f = form ? catalog_form(cf->catalog, form, NULL) : NULL;

    if (f && f->binds)
        table_by_name(f->binds, &p.at.table);
    id_parse(json_get_text(j, "id") ? json_get_text(j, "id") : "", &p.at.record);
    json_each(j, print_field, &p);
}

/* --- one line of a list ------------------------------------------------------------------------------------------- */

/* Which form it was filled in with, and states of what is not answered: nothing for a list. */
static bool is_inner(const char *column)
{
    static const char *const inner[] = { "missing", "form_def", "def_hash", "version", "sort_key", "wording" };

    for (size_t i = 0; i < ARRAY_LEN(inner); i++)
        if (str_eq(inner[i], column))
            return true;
    return false;
}

static bool says_nothing_alone(const struct question *q, const char *text)
{
    struct date day;

    return date_parse_iso(text, &day) ||
           (q && (q->type == Q_INTEGER || q->type == Q_DECIMAL || q->type == Q_SCALE || q->type == Q_ACKNOWLEDGE)) ||
           str_eq(text, "YES") || str_eq(text, "NO");
}

/* bare: what it is is plain from where it stands. */
static void column_put(struct printing *p, const struct record *rec, int column, bool bare, struct buf *out)
{
    const char *text = record_text(rec, column);
    const struct question *q;

    p->at.name = table_column_name(rec->table, column);
    q = field_question(&p->u, &p->at);
    buf_add(out, "  ");
    if (!bare && says_nothing_alone(q, text))
        label_put(p, out);
    value_put(p, q, text, out);
}

static bool is_for_a_list(const struct record *rec, int column)
{
    const char *text = record_text(rec, column);
    struct id id;

    return text && *text && !is_inner(table_column_name(rec->table, column)) && !id_parse(text, &id);
}

void record_line_put(struct casefile *cf, const struct record *rec, bool whose, struct buf *out)
{
    struct printing p = { ui_of(cf), { .table = rec->table, .record = rec->id }, false };
    int columns = table_column_count(rec->table), first = -1, said = 0;
    struct date day;

    buf_add(out, id_show(rec->id).s);
    for (int c = 0; c < columns && whose; c++)
        if (str_eq(table_column_name(rec->table, c), "person") && record_text(rec, c))
            column_put(&p, rec, c, true, out);
    for (int c = 0; c < columns && first < 0; c++)
        if (record_text(rec, c) && date_parse_iso(record_text(rec, c), &day))
            first = c;
    if (first >= 0)
        column_put(&p, rec, first, true, out);
    for (int c = 0; c < columns && said < VALUES_MOST; c++)
        if (c != first && is_for_a_list(rec, c)) {
            column_put(&p, rec, c, false, out);
            said++;
        }
}

void asset_line_put(struct casefile *cf, const struct asset_row *row, struct buf *out)
{
    struct printing p = { ui_of(cf), { .table = T_ASSET, .record = row->id, .name = "category" }, false };
    const char *place = row->area[0] ? row->area : row->place;

    buf_addf(out, "%s  ", id_show(row->id).s);
    put_on_a_line(out, row->name);
    if (row->category[0]) {
        buf_add(out, "  ");
        value_put(&p, field_question(&p.u, &p.at), row->category, out);
    }
    if (place[0]) {
        buf_add(out, "  ");
        put_on_a_line(out, place);
    }
}

/* --- one change --------------------------------------------------------------------------------------------------- */

struct changing {
    struct printing p;
    struct buf     *out;
    int             said;
};

static void field_name_put(void *ctx, const char *name, struct json *v)
{
    struct changing *c = ctx;

    (void) v;
    if (is_inner(name))
        return;
    c->p.at.name = name;
    buf_add(c->out, c->said++ ? ", " : ": ");
    field_label_put(&c->p.u, &c->p.at, c->out);
}

void change_line_put(struct casefile *cf, const struct change_row *c, struct buf *out)
{
    struct changing x = { { ui_of(cf), { .table = T_COUNT, .record = c->entity_id }, false }, out, 0 };
    struct json *body = NULL;

    if (table_by_name(c->entity, &x.p.at.table))
        buf_add(out, bin_kind_label(x.p.at.table));
    else
        buf_add(out, c->entity);
    if (!c->body || json_parse(&body, c->body, strlen(c->body), NULL) != ST_OK)
        return;
    if (json_get(body, "id"))
        buf_addf(out, ": %s", _("new"));
    else
        json_each(body, field_name_put, &x);
    json_free(&body);
}
