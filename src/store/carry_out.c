/* store/carry_out.c - everything about some people, as it goes over to another laptop. */
#include "carry_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

struct packing {
    struct store *s;
    const struct lineages *lineages;
    struct json  *records, *definitions, *there;        /* there: ids and hashes that are in already */
};

static bool is_new(struct packing *p, const char *key)
{
    if (json_get(p->there, key))
        return false;
    json_set_bool(p->there, key, true);
    return true;
}

static enum status definition_out(struct packing *p, const char *form, const char *hash, struct err *err)
{
    struct definition_row *rows = NULL;
    char *yaml = NULL;
    size_t bytes = 0, n = 0;
    enum status st;

    if (!is_new(p, hash) || store_definition(p->s, hash, &yaml, &bytes, NULL) != ST_OK)
        return ST_OK;                   /* a record of a form that was never kept */
    st = store_definitions(p->s, form, &rows, &n, err);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].hash, hash)) {
            struct json *j = json_new_map();

            json_set_text(j, "hash", hash);
            json_set_text(j, "form", form);
            json_set_int(j, "version", rows[i].version);
            json_set_text(j, "yaml", yaml);
            json_append(p->definitions, j);
        }
    free(rows);
    free(yaml);
    return st;
}

struct defs {
    struct packing *p;
    enum status     st;
    struct err     *err;
};

static void def_out(void *ctx, const char *field, struct json *value)
{
    struct defs *d = ctx;

    if (d->st == ST_OK && str_starts(field, "def."))
        d->st = definition_out(d->p, field + strlen("def."), json_text(value), d->err);
}

static enum status definitions_out(struct packing *p, const struct carried *c, struct err *err)
{
    struct defs d = { p, ST_OK, err };

    if (c->table == T_RESPONSE && record_text(&c->record, RESPONSE_def_hash))
        d.st = definition_out(p, record_or(&c->record, RESPONSE_form, ""), record_text(&c->record, RESPONSE_def_hash),
                              err);
    json_each(c->fields, def_out, &d);
    return d.st;
}

/* Whether a record lies in the bin waits here until somebody has settled it. */
static enum status leave_unsettled(struct packing *p, struct carried *c, struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum status st = store_list(p->s, LIST_DIFFERENCES_OF, c->id, 0, &open, err);

    for (size_t i = 0; i < open.count; i++)
        if (str_eq(record_text(&open.items[i], DIFFERENCE_field), "binned")) {
            json_remove(c->fields, "binned");
            json_remove(c->versions, "binned");
        }
    records_release(&open);
    return st;
}

static enum status record_out(struct packing *p, enum table_id t, struct id id, struct err *err);

/* What a record names and could not be shown without: directory entries, and who the practitioners are. */
static enum status named_out(struct packing *p, const struct carried *c, struct err *err)
{
    static const struct { enum table_id from; const char *column; enum table_id to; } names[] = {
        { T_CONNECTION, "asset", T_ASSET }, { T_EPISODE, "practitioner", T_PRACTITIONER },
    };
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(names); i++) {
        struct id id = names[i].from == c->table ?
                           record_id(&c->record, table_column_by_name(c->table, names[i].column)) :
                           ID_NONE;

        if (id_is_set(id))
            st = record_out(p, names[i].to, id, err);
    }
    return st;
}

static enum status record_out(struct packing *p, enum table_id t, struct id id, struct err *err)
{
    struct carried c = { .fields = NULL };
    enum status st;

    if (!is_carried(t) || !is_new(p, id_show(id).s))
        return ST_OK;
    st = carried_read(p->s, t, id, &c, err);
    if (st == ST_OK)
        st = leave_unsettled(p, &c, err);
    if (st == ST_OK)
        st = named_out(p, &c, err);     /* first: who opens the file puts it in before what names it */
    if (st == ST_OK)
        st = definitions_out(p, &c, err);
    if (st == ST_OK) {
        struct json *j = json_new_map();

        json_set_text(j, "table", table_name(t));
        json_set_text(j, "id", id_show(id).s);
        json_set(j, "fields", json_copy(c.fields));
        json_set(j, "versions", json_copy(c.versions));
        st = past_out(p->s, p->lineages, t, id, j, err);
        json_append(p->records, j);
    }
    carried_release(&c);
    return st;
}

static enum status person_out(struct packing *p, struct id person, struct err *err)
{
    struct holding *all = NULL;
    size_t n = 0;
    enum status st = store_holdings(p->s, person, &all, &n, err);

    for (size_t i = 0; st == ST_OK && i < n; i++)
        st = record_out(p, all[i].table, all[i].id, err);
    free(all);
    return st;
}

enum status store_carry_out(struct store *s, const struct id *people, size_t n, struct json **out, struct err *err)
{
    struct lineages l = { NULL, 0, 0 };
    struct packing p = { s, &l, json_new_list(), json_new_list(), json_new_map() };
    enum status st = lineages_read(s, &l, err);

    for (size_t i = 0; st == ST_OK && i < n; i++)
        st = person_out(&p, people[i], err);
    lineages_release(&l);
    json_free(&p.there);
    if (st != ST_OK) {
        json_free(&p.records);
        json_free(&p.definitions);
        return st;
    }
    *out = json_new_map();
    json_set(*out, "definitions", p.definitions);
    json_set(*out, "records", p.records);
    return ST_OK;
}
