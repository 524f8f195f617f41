/* making and opening a warehouse, whichever engine holds it; its settings and the meanings of codes. */
#include "warehouse.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "merge.h"
#include "shards.h"
#include "dolen/base/banned.h"

#define FORMAT "1"

bool warehouse_is_url(const char *into)
{
    return str_starts(into, "postgresql://") || str_starts(into, "postgres://");
}

enum status warehouse_do(struct warehouse *w, enum status (*fn)(struct warehouse *w, void *ctx, struct err *err),
                         void *ctx, struct err *err)
{
    enum status st = w->ops->begin(w, err);

    if (st == ST_OK)
        st = fn(w, ctx, err);
    if (st == ST_OK)
        st = w->ops->commit(w, err);
    if (st != ST_OK)
        w->ops->rollback(w);
    return st;
}

/* --- settings --------------------------------------------------------------------------------------------------- */

enum status warehouse_setting(struct warehouse *w, const char *name, char **out, struct err *err)
{
    const struct query_value v = query_text(name);
    struct query *q = NULL;
    bool row = false;
    enum status st = query_ask(&q, &w->engine, "SELECT value FROM hub_setting WHERE name = ?1", &v, 1, err);

    *out = NULL;
    if (st == ST_OK)
        st = query_next(q, &row, err);
    if (st == ST_OK && row)
        *out = xstrdup(query_string(q, 0));
    query_end(&q);
    return st;
}

enum status warehouse_set(struct warehouse *w, const char *name, const char *value, struct err *err)
{
    const struct query_value v[] = { query_text(name), query_text(value) };

    return query_run(&w->engine, "INSERT INTO hub_setting (name, value) VALUES (?1, ?2) "
                                 "ON CONFLICT (name) DO UPDATE SET value = excluded.value", v, ARRAY_LEN(v), err);
}

enum status warehouse_number(struct warehouse *w, const char *sql, const struct query_value *v, size_t n, int64_t *out,
                             struct err *err)
{
    struct query *q = NULL;
    bool row = false;
    enum status st = query_ask(&q, &w->engine, sql, v, n, err);

    *out = 0;
    if (st == ST_OK)
        st = query_next(q, &row, err);
    if (st == ST_OK && row)
        *out = query_integer(q, 0);
    query_end(&q);
    return st;
}

void warehouse_into(struct buf *sql, const struct wh_table *t, bool straight)
{
    if (!t) {
        buf_add(sql, STAGE "tombstone (source_id, table_name, row_id, row_version)");
        return;
    }
    buf_addf(sql, "%s%s (", straight ? "" : STAGE, t->name);
    for (size_t i = 0; i < t->count; i++)
        buf_addf(sql, "%s%s", i ? ", " : "", t->columns[i].name);
    buf_add_char(sql, ')');
}

/* --- the meanings of codes -------------------------------------------------------------------------------------- */

static enum status put_code(struct warehouse *w, const char *list, const struct code *c, struct err *err)
{
    const struct query_value v[] = {
        query_text(list), query_text(c->code), query_text(text2_in(&c->label, LANG_EN)),
        query_text(text2_in(&c->label, LANG_CY)), query_text(date_is_set(c->until) ? date_iso(c->until).s : NULL),
        query_int(c->sensitive),
    };

    return query_run(&w->engine, "INSERT INTO hub_code (list, code, label_en, label_cy, valid_until, sensitive) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (list, code) DO UPDATE SET "
                                 "label_en = excluded.label_en, label_cy = excluded.label_cy, "
                                 "valid_until = excluded.valid_until, sensitive = excluded.sensitive", v,
                                 ARRAY_LEN(v), err);
}

static enum status put_codes(struct warehouse *w, struct catalog *c, struct err *err)
{
    enum status st = ST_OK;

    for (size_t t = 0; t < w->schema->count; t++)
        for (size_t i = 0; i < w->schema->tables[t].count && st == ST_OK; i++) {
            const struct wh_column *column = &w->schema->tables[t].columns[i];
            struct codelist *list;

            if (column->role != COLUMN_ITEM || !column->item->codes)
                continue;
            list = catalog_codes(c, column->item->codes, err);
            st = list ? ST_OK : ST_INVALID;
            for (size_t k = 0; list && k < list->count && st == ST_OK; k++)
                st = put_code(w, list->id, &list->items[k], err);
        }
    return st;
}

/* --- making and opening ----------------------------------------------------------------------------------------- */

static enum status connect_to(struct warehouse **out, const char *into, const struct vault *v, bool make,
                              struct err *err)
{
    struct warehouse *w = xcalloc(1, sizeof *w);
    enum status st = warehouse_is_url(into) ? warehouse_postgresql(w, into, err) :
                                              warehouse_sqlite(w, into, v, make, err);

    *out = w;
    return st;
}

static enum status find_schema(struct warehouse *w, struct catalog *c, const char *data_set, struct err *err)
{
    const struct data_set *d = catalog_data_set(c, data_set, err);

    return d ? schema_new(&w->schema, d, err) : ST_NOTFOUND;
}

/* Whether the tables of a hub are there; a new file has none by nature. */
static enum status has_hub(struct warehouse *w, bool *there, struct err *err)
{
    static const char *const ask[] = {
        [DIALECT_SQLITE] = "SELECT count(*) FROM sqlite_schema WHERE name = 'hub_setting'",
        [DIALECT_POSTGRESQL] = "SELECT count(*) FROM information_schema.tables WHERE table_name = 'hub_setting' "
                               "AND table_schema = current_schema()",
    };
    int64_t n = 0;
    enum status st = warehouse_number(w, ask[w->dialect], NULL, 0, &n, err);

    *there = n > 0;
    return st;
}

struct making {
    struct catalog *c;
};

static enum status make_tables(struct warehouse *w, void *ctx, struct err *err)
{
    struct making *m = ctx;
    enum status st = schema_make(w->schema, &w->engine, w->dialect, err);

    if (st == ST_OK)
        st = put_codes(w, m->c, err);
    if (st == ST_OK)
        st = warehouse_set(w, "format", FORMAT, err);
    if (st == ST_OK)
        st = warehouse_set(w, "data_set", w->schema->data_set->id, err);
    return st == ST_OK ? warehouse_set(w, "data_set_version", w->schema->data_set->version, err) : st;
}

enum status warehouse_make(struct warehouse **out, const char *into, const struct vault *v, struct catalog *c,
                           const char *data_set, struct err *err)
{
    struct making m = { c };
    bool there = false;
    enum status st = connect_to(out, into, v, true, err);

    if (st == ST_OK)
        st = has_hub(*out, &there, err);
    if (st == ST_OK && there)
        st = err_set(err, ST_REFUSED,
                     _("There is a hub in this database already. Nothing was changed. Choose another one."));
    if (st == ST_OK)
        st = find_schema(*out, c, data_set, err);
    if (st == ST_OK)
        st = warehouse_do(*out, make_tables, &m, err);
    if (st == ST_OK)
        st = merge_prepare(*out, err);
    if (st != ST_OK)
        warehouse_close(out);
    return st;
}

/* Whether each table of the data set is there. */
static enum status has_tables(struct warehouse *w, bool *all, struct err *err)
{
    static const char *const ask[] = {
        [DIALECT_SQLITE] = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN (",
        [DIALECT_POSTGRESQL] = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() "
                               "AND table_name IN (",
    };
    struct buf sql = BUF_INIT;
    int64_t n = 0;
    enum status st;

    buf_add(&sql, ask[w->dialect]);
    for (size_t i = 0; i < w->schema->count; i++)
        buf_addf(&sql, "%s'%s'", i ? ", " : "", w->schema->tables[i].name);
    buf_add_char(&sql, ')');
    st = warehouse_number(w, buf_text(&sql), NULL, 0, &n, err);
    *all = n == (int64_t) w->schema->count;
    buf_release(&sql);
    return st;
}

/* A newer definition of the same data set may have more tables and columns: they are added, and old rows have none. */
static enum status grow(struct warehouse *w, struct catalog *c, struct err *err)
{
    struct making m = { c };
    char *version = NULL;
    bool all = true;
    enum status st = warehouse_setting(w, "data_set_version", &version, err);

    if (st == ST_OK)
        st = has_tables(w, &all, err);
    if (st == ST_OK && (!all || !str_eq(version, w->schema->data_set->version))) {
        st = schema_make(w->schema, &w->engine, w->dialect, err);
        if (st == ST_OK)
            st = schema_extend(w->schema, &w->engine, w->dialect, err);
        if (st == ST_OK)
            st = warehouse_do(w, make_tables, &m, err);
    }
    free(version);
    return st;
}

static enum status open_hub(struct warehouse *w, struct catalog *c, struct err *err)
{
    char *format = NULL, *data_set = NULL;
    bool there = false;
    enum status st = has_hub(w, &there, err);

    if (st == ST_OK && !there)
        st = err_set(err, ST_NOTFOUND,
                     _("There is no hub in this database. Nothing was changed. Make one with: dolen-hub init"));
    if (st == ST_OK)
        st = warehouse_setting(w, "format", &format, err);
    if (st == ST_OK && !str_eq(format, FORMAT))
        st = err_set(err, ST_NEWER,
                     _("This hub was made by a newer version. Nothing was changed. Install that version."));
    if (st == ST_OK)
        st = warehouse_setting(w, "data_set", &data_set, err);
    if (st == ST_OK)
        st = find_schema(w, c, data_set ? data_set : "", err);
    if (st == ST_OK)
        st = grow(w, c, err);
    free(format);
    free(data_set);
    return st;
}

enum status warehouse_open(struct warehouse **out, const char *into, const struct vault *v, struct catalog *c,
                           struct err *err)
{
    enum status st = connect_to(out, into, v, false, err);

    if (st == ST_OK)
        st = open_hub(*out, c, err);
    if (st == ST_OK)
        st = shards_open(*out, v, err);
    if (st == ST_OK && !(*out)->shards)
        st = merge_prepare(*out, err);
    if (st != ST_OK)
        warehouse_close(out);
    return st;
}

enum status warehouse_open_shard(struct warehouse **out, const char *url, const struct vault *v,
                                 struct warehouse *coordinator, struct err *err)
{
    bool there = false;
    enum status st = connect_to(out, url, v, false, err);

    (*out)->schema = coordinator->schema;
    (*out)->is_shard = true;
    if (st == ST_OK)
        st = has_hub(*out, &there, err);
    if (st == ST_OK && !there)
        st = err_set(err, ST_NOTFOUND,
                     _("There is no hub in this database. Nothing was changed. Make one with: dolen-hub init"));
    if (st == ST_OK)
        st = schema_make((*out)->schema, &(*out)->engine, (*out)->dialect, err);
    if (st == ST_OK)
        st = schema_extend((*out)->schema, &(*out)->engine, (*out)->dialect, err);
    return st == ST_OK ? merge_prepare(*out, err) : st;
}

void warehouse_close(struct warehouse **wp)
{
    if (!wp || !*wp)
        return;
    shards_close(*wp);
    if ((*wp)->ops)
        (*wp)->ops->close(*wp);
    if (!(*wp)->is_shard)
        schema_free(&(*wp)->schema);
    free(*wp);
    *wp = NULL;
}
