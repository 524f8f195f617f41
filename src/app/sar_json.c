/* app/sar_json.c - record.json: every row and every change as they are kept, schema dolen/sar/1. */
#include "sar.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "training.h"
#include "dolen/base/banned.h"

/* Columns that hold other columns' names or values. */
static bool may_tell(const char *column)
{
    return str_eq(column, "missing") || str_eq(column, "moved") || str_eq(column, "sort_key") ||
           str_eq(column, "answers");
}

struct copying {
    struct sar  *s;
    struct json *to;
};

static void copy_held(void *ctx, const char *name, struct json *value)
{
    struct copying *c = ctx;

    if (sar_holds_name(c->s, name) && (c->s->reviewed || !may_tell(name)))
        json_set(c->to, name, json_copy(value));
}

/* A JSON object kept as text, without the names that wait. */
static struct json *held(struct sar *s, const char *text)
{
    struct copying c = { s, json_new_map() };
    struct json *j = NULL;

    if (text && json_parse(&j, text, strlen(text), NULL) == ST_OK && json_kind(j) == JSON_MAP_)
        json_each(j, copy_held, &c);
    json_free(&j);
    return c.to;
}

static void put_missing(struct sar *s, struct json *row, const struct record *r)
{
    struct json *missing = json_new_map();

    for (int c = 0; c < table_column_count(r->table); c++) {
        const char *name = table_column_name(r->table, c);
        enum missing m = record_text(r, c) ? MISSING_NONE : record_missing(r, name);

        if (m != MISSING_NONE && m != MISSING_NOT_REACHED && sar_holds_name(s, name))
            json_set_text(missing, name, missing_word(m));
    }
    if (json_count(missing))
        json_set(row, "missing", missing);
    else
        json_free(&missing);
}

static void put_answers(struct sar *s, struct json *row, const struct record *r, const struct answers *a)
{
    struct json *list = json_new_list();

    for (size_t i = 0; i < a->count; i++) {
        const struct answer *one = &a->items[i];
        struct json *j;

        if (table_column_by_name(r->table, one->name) >= 0 || !sar_holds_name(s, one->name))
            continue;
        j = json_new_map();
        json_set_text(j, "question", one->name);
        json_set_int(j, "repeat", one->repeat);
        if (one->value)
            json_set_text(j, "value", one->value);
        else
            json_set_text(j, "missing", missing_word(one->missing));
        json_append(list, j);
    }
    if (json_count(list))
        json_set(row, "answers", list);
    else
        json_free(&list);
}

static bool is_code(const char *value)
{
    return value[0] >= 'A' && value[0] <= 'Z' && value[strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ ")] == '\0';
}

/* What a code means, beside it: "words": {"decision": "Accepted"}. */
static void put_words(struct sar *s, struct json *words, const struct record *r, const char *name, const char *value)
{
    const struct question *q = sar_column_question(s, r->table, r->id, name);
    struct buf b = BUF_INIT;

    if (is_code(value) && (!q || q->choices))
        sar_value_words(s, q, &(struct field_at) { r->table, r->id, s->person, name, false }, value, &b);
    if (b.len && !str_eq(buf_text(&b), value))
        json_set_text(words, name, buf_text(&b));
    buf_wipe(&b);
}

static struct json *row_json(struct sar *s, const struct record *r, const struct answers *a)
{
    struct json *j = json_new_map(), *words = json_new_map();

    json_set_text(j, "table", table_name(r->table));
    json_set_text(j, "table_label", sar_kind(r->table));
    json_set_text(j, "id", id_show(r->id).s);
    json_set_text(j, "created_at", instant_iso(r->created_at).s);
    json_set_text(j, "updated_at", instant_iso(r->updated_at).s);
    json_set_bool(j, "in_bin", r->binned);
    for (int c = 0; c < table_column_count(r->table); c++) {
        const char *name = table_column_name(r->table, c), *value = record_text(r, c);

        if (!value || !sar_holds_name(s, name) || str_eq(name, "missing") || str_eq(name, "sort_key"))
            continue;
        if (r->table == T_DRAFT && c == DRAFT_answers)
            json_set(j, name, held(s, value));
        else if (s->reviewed || !may_tell(name)) {
            json_set_text(j, name, value);
            put_words(s, words, r, name, value);
        }
    }
    if (json_count(words))
        json_set(j, "words", words);
    else
        json_free(&words);
    put_missing(s, j, r);
    put_answers(s, j, r, a);
    return j;
}

static enum status rows_out(struct sar *s, struct json *list, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < s->count; i++) {
        struct record r = { .text = NULL };
        struct answers a = ANSWERS_INIT;

        st = store_get(s->cf->store, s->all[i].table, s->all[i].id, &r, err);
        if (st == ST_OK && sar_holds_row(s, &r) && r.table != T_DRAFT)     /* those of a draft are how its record was */
            st = store_answers(s->cf->store, r.table, r.id, &a, err);
        if (st == ST_OK && sar_holds_row(s, &r))
            json_append(list, row_json(s, &r, &a));
        answers_release(&a);
        record_release(&r);
    }
    return st;
}

static struct json *change_json(struct sar *s, const struct change_row *c)
{
    struct json *j = json_new_map();

    if (c->elsewhere)
        json_set_text(j, "on_laptop", c->on);
    else
        json_set_int(j, "seq", c->seq);
    if (c->elsewhere && c->who[0])
        json_set_text(j, "by_name", c->who);
    json_set_text(j, "at", instant_iso(c->at).s);
    json_set_text(j, "table", c->entity);
    json_set_text(j, "id", id_show(c->entity_id).s);
    if (id_is_set(c->by))
        json_set_text(j, "by", id_show(c->by).s);
    if (c->why[0])
        json_set_text(j, "why", c->why);
    if (c->body)
        json_set(j, "changed", held(s, c->body));
    return j;
}

enum status sar_json(struct sar *s, struct err *err)
{
    struct json *j = json_new_map(), *rows = json_new_list(), *history = json_new_list();
    enum status st = rows_out(s, rows, err);

    for (size_t i = 0; i < s->change_count; i++)
        json_append(history, change_json(s, &s->changes[i]));
    json_set_text(j, "schema", "dolen/sar/1");
    json_set_text(j, "lang", lang_code(lang_now()));
    json_set_text(j, "person", id_show(s->person).s);
    json_set_text(j, "made_on", date_iso(clock_today()).s);
    json_set_bool(j, "reviewed", s->reviewed);
    json_set_bool(j, "training", training_is(s->cf));
    json_set(j, "rows", rows);
    json_set(j, "history", history);
    json_write_pretty(&s->json, j);
    buf_add_char(&s->json, '\n');
    json_free(&j);
    return st;
}
