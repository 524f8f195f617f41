/* the warehouse: tables and columns from the definition of a data set, and the statements that make them. */
#include "dolen/report/schema.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/shape.h"
#include "dolen/base/banned.h"

static const char *const type_sql[ITEM_COUNT][2] = {
    [ITEM_ID] = { "BLOB", "uuid" },
    [ITEM_CODE] = { "TEXT", "text COLLATE \"C\"" },
    [ITEM_CODES] = { "TEXT", "text COLLATE \"C\"" },
    [ITEM_DATE] = { "TEXT", "text COLLATE \"C\"" },
    [ITEM_MONTH] = { "TEXT", "text COLLATE \"C\"" },
    [ITEM_QUARTER] = { "TEXT", "text COLLATE \"C\"" },
    [ITEM_INTEGER] = { "INTEGER", "bigint" },
    [ITEM_DECIMAL] = { "REAL", "double precision" },
    [ITEM_FLAG] = { "INTEGER", "bigint" },
    [ITEM_TEXT_NONE] = { "TEXT", "text COLLATE \"C\"" },
};

/* Type letters of HUB_TABLES. */
static const struct { char letter; enum item_type type; } letters[] = {
    { 'i', ITEM_INTEGER }, { 't', ITEM_CODE }, { 'b', ITEM_ID },
};

static const struct { const char *name, *columns; } hub_tables[] = {
#define X(name, columns) { #name, columns },
    HUB_TABLES(X)
#undef X
};

/* Tables whose rows are true only together. */
static const struct { const char *table, *column; } groups[] = { { "need", "referral_id" }, { "capacity", "month" } };

/* --- from the definition ---------------------------------------------------------------------------------------- */

static void add_column(struct wh_table *t, char *take, enum item_type type, enum column_role role,
                       const struct data_set_item *item)
{
    t->columns[t->count++] = (struct wh_column) { take, type, role, item };
}

int schema_column(const struct wh_table *t, const char *name)
{
    for (size_t i = 0; i < t->count; i++)
        if (str_eq(t->columns[i].name, name))
            return (int) i;
    return -1;
}

static enum status find_key(struct wh_table *t, const struct table_keys *k, struct err *err)
{
    t->key[t->keys++] = 0;
    for (size_t i = 0; k && k->primary[i]; i++) {
        int at = schema_column(t, k->primary[i]);

        if (at >= 0)
            t->key[t->keys++] = (size_t) at;
    }
    if (t->keys < 2 || t->version < 0)
        return err_set(err, ST_INVALID,
                       _("The table %s of the data set has no key that this program knows, or no row_version. "
                         "Nothing was changed. Check the definition."),
                       t->name);
    t->own_id = t->keys == 2 && t->columns[t->key[1]].type == ITEM_ID ? (int) t->key[1] : -1;
    return ST_OK;
}

static enum status build_table(struct wh_table *t, const struct data_set_table *d, struct err *err)
{
    const struct table_keys *k = table_keys(d->table);

    t->name = d->table;
    t->columns = xcalloc(2 * d->count + 1, sizeof *t->columns);
    add_column(t, xstrdup("source_id"), ITEM_INTEGER, COLUMN_SOURCE, NULL);
    for (size_t i = 0; i < d->count; i++) {
        const struct data_set_item *item = &d->items[i];

        add_column(t, xstrdup(item->item), item->type, COLUMN_ITEM, item);
        if (item_has_state(item))
            add_column(t, xasprintf("%s" MISSING_SUFFIX, item->item), ITEM_CODE, COLUMN_STATE, item);
    }
    t->version = schema_column(t, "row_version");
    t->parent.column = t->group = -1;
    if (k && k->foreign[0].column) {
        t->parent.column = schema_column(t, k->foreign[0].column);
        t->parent.table = k->foreign[0].table;
    }
    for (size_t i = 0; i < ARRAY_LEN(groups); i++)
        if (str_eq(groups[i].table, t->name))
            t->group = schema_column(t, groups[i].column);
    return find_key(t, k, err);
}

enum status schema_new(struct wh_schema **out, const struct data_set *d, struct err *err)
{
    struct wh_schema *s = xcalloc(1, sizeof *s);
    enum status st = ST_OK;

    s->data_set = d;
    s->count = d->count;
    s->tables = xcalloc(d->count + 1, sizeof *s->tables);
    for (size_t i = 0; i < d->count && st == ST_OK; i++)
        st = build_table(&s->tables[i], &d->tables[i], err);
    if (st == ST_OK)
        *out = s;
    else
        schema_free(&s);
    return st;
}

void schema_free(struct wh_schema **sp)
{
    struct wh_schema *s = sp ? *sp : NULL;

    if (!s)
        return;
    for (size_t t = 0; t < s->count; t++) {
        for (size_t i = 0; i < s->tables[t].count; i++)
            free(s->tables[t].columns[i].name);
        free(s->tables[t].columns);
    }
    free(s->tables);
    free(s);
    *sp = NULL;
}

const struct wh_table *schema_table(const struct wh_schema *s, const char *name)
{
    for (size_t i = 0; i < s->count; i++)
        if (str_eq(s->tables[i].name, name))
            return &s->tables[i];
    return NULL;
}

/* --- statements ------------------------------------------------------------------------------------------------- */

static bool in_key(const struct wh_table *t, size_t column)
{
    for (size_t i = 0; i < t->keys; i++)
        if (t->key[i] == column)
            return true;
    return false;
}

/* A value of the key that is missing is the empty text: a key has no NULL. */
static void column_sql(struct buf *out, const char *name, enum item_type type, bool key, enum dialect d)
{
    buf_addf(out, "%s %s%s", name, type_sql[type][d], key ? " NOT NULL" : "");
}

static void table_end(struct buf *out, enum dialect d)
{
    buf_add(out, d == DIALECT_SQLITE ? ")) STRICT, WITHOUT ROWID" : "))");
}

void schema_table_sql(struct buf *out, const struct wh_table *t, enum dialect d)
{
    buf_addf(out, "CREATE TABLE IF NOT EXISTS %s (", t->name);
    for (size_t i = 0; i < t->count; i++) {
        column_sql(out, t->columns[i].name, t->columns[i].type, in_key(t, i), d);
        buf_add(out, ", ");
    }
    buf_add(out, "PRIMARY KEY (");
    for (size_t i = 0; i < t->keys; i++)
        buf_addf(out, "%s%s", i ? ", " : "", t->columns[t->key[i]].name);
    table_end(out, d);
}

static enum item_type type_of_letter(char letter)
{
    for (size_t i = 0; i < ARRAY_LEN(letters); i++)
        if (letters[i].letter == letter)
            return letters[i].type;
    return ITEM_TEXT_NONE;
}

/* "name t!, value t" */
static void hub_table_sql(struct buf *out, const char *table, const char *columns, enum dialect d)
{
    struct buf key = BUF_INIT;

    buf_addf(out, "CREATE TABLE IF NOT EXISTS %s (", table);
    while (*columns) {
        size_t n = strcspn(columns, " ");
        char *name = xstrndup(columns, n);
        bool is_key = columns[n + 2] == '!';

        column_sql(out, name, type_of_letter(columns[n + 1]), is_key, d);
        buf_add(out, ", ");
        if (is_key)
            buf_addf(&key, "%s%s", key.len ? ", " : "", name);
        free(name);
        columns += n + (is_key ? 3 : 2);
        columns += strspn(columns, ", ");
    }
    buf_addf(out, "PRIMARY KEY (%s", buf_text(&key));
    table_end(out, d);
    buf_release(&key);
}

enum status schema_make(const struct wh_schema *s, const struct engine *e, enum dialect d, struct err *err)
{
    struct buf sql = BUF_INIT;
    enum status st = ST_OK;

    for (size_t i = 0; i < ARRAY_LEN(hub_tables) && st == ST_OK; i++) {
        buf_clear(&sql);
        hub_table_sql(&sql, hub_tables[i].name, hub_tables[i].columns, d);
        st = query_run(e, buf_text(&sql), NULL, 0, err);
    }
    for (size_t i = 0; i < s->count && st == ST_OK; i++) {
        buf_clear(&sql);
        schema_table_sql(&sql, &s->tables[i], d);
        st = query_run(e, buf_text(&sql), NULL, 0, err);
    }
    buf_release(&sql);
    return st;
}

/* --- growing ---------------------------------------------------------------------------------------------------- */

static enum status has_column(const struct engine *e, enum dialect d, const char *table, const char *column,
                              bool *there, struct err *err)
{
    static const char *const ask[] = {
        [DIALECT_SQLITE] = "SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2",
        [DIALECT_POSTGRESQL] = "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() "
                               "AND table_name = ?1 AND column_name = ?2",
    };
    const struct query_value v[] = { query_text(table), query_text(column) };
    struct query *q = NULL;
    bool row = false;
    enum status st = query_ask(&q, e, ask[d], v, ARRAY_LEN(v), err);

    if (st == ST_OK)
        st = query_next(q, &row, err);
    *there = st == ST_OK && row && query_integer(q, 0) > 0;
    query_end(&q);
    return st;
}

static enum status extend_table(const struct wh_table *t, const struct engine *e, enum dialect d, struct err *err)
{
    struct buf sql = BUF_INIT;
    enum status st = ST_OK;
    bool there;

    for (size_t i = 0; i < t->count && st == ST_OK; i++) {
        st = has_column(e, d, t->name, t->columns[i].name, &there, err);
        if (st != ST_OK || there)
            continue;
        buf_clear(&sql);
        buf_addf(&sql, "ALTER TABLE %s ADD COLUMN ", t->name);
        column_sql(&sql, t->columns[i].name, t->columns[i].type, false, d);
        st = query_run(e, buf_text(&sql), NULL, 0, err);
    }
    buf_release(&sql);
    return st;
}

enum status schema_extend(const struct wh_schema *s, const struct engine *e, enum dialect d, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < s->count && st == ST_OK; i++)
        st = extend_table(&s->tables[i], e, d, err);
    return st;
}
