/* rows into a warehouse in memory. */
#include "dolen/report/memory.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/db/db.h"
#include "dolen/exchange/shape.h"
#include "dolen/report/schema.h"
#include "dolen/base/banned.h"

#define CELLS_MAX 256

struct memory {
    struct db         *db;
    struct engine      engine;
    struct wh_schema  *schema;
    struct stmt       *insert;
    const char        *table;               /* that insert is for */
    struct buf         text;                /* the row's cells, each ended by NUL */
    size_t             at[CELLS_MAX], cells;
};

enum status memory_new(struct memory **out, const struct data_set *d, struct err *err)
{
    struct memory *w = xcalloc(1, sizeof *w);
    enum status       st = schema_new(&w->schema, d, err);

    if (st == ST_OK)
        st = db_open_memory(&w->db, err);
    if (st == ST_OK) {
        w->engine = engine_sqlite(w->db);
        st = schema_make(w->schema, &w->engine, DIALECT_SQLITE, err);
    }
    if (st == ST_OK)
        st = db_begin(w->db, err);
    if (st == ST_OK)
        *out = w;
    else
        memory_free(&w);
    return st;
}

void memory_free(struct memory **wp)
{
    struct memory *w = wp ? *wp : NULL;

    if (!w)
        return;
    stmt_free(&w->insert);
    db_close(&w->db, NULL);
    schema_free(&w->schema);
    buf_wipe(&w->text);
    free(w);
    *wp = NULL;
}

const struct engine *memory_engine(const struct memory *w)
{
    return &w->engine;
}

static void cell(void *ctx, const char *text, size_t n)
{
    struct memory *w = ctx;

    if (w->cells < CELLS_MAX)
        w->at[w->cells++] = w->text.len;
    buf_add_mem(&w->text, text, n);
    buf_add_char(&w->text, '\0');
}

static enum status prepare(struct memory *w, const struct wh_table *t, struct err *err)
{
    struct buf  sql = BUF_INIT;
    enum status st;

    stmt_free(&w->insert);
    buf_addf(&sql, "INSERT OR REPLACE INTO %s VALUES (1", t->name);
    for (size_t i = 1; i < t->count; i++)
        buf_addf(&sql, ", ?%zu", i);
    buf_add(&sql, ")");
    st = db_prepare(w->db, &w->insert, buf_text(&sql), err);
    buf_release(&sql);
    w->table = t->name;
    return st;
}

static int hex(char c)
{
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

/* A letter and 32 digits: the 16 bytes after the letter. */
static void bind_key(struct stmt *s, int at, const char *v)
{
    unsigned char b[16];

    for (size_t i = 0; i < sizeof b; i++)
        b[i] = (unsigned char)(hex(v[1 + 2 * i]) << 4 | hex(v[2 + 2 * i]));
    stmt_bind_blob(s, at, b, sizeof b);
}

/* What is missing in a key is the empty text. */
static void bind(struct stmt *s, int at, enum item_type type, const char *v, bool key)
{
    if (!*v || (str_eq(v, WITHHELD) && type != ITEM_CODE)) {
        if (key)
            stmt_bind_text(s, at, "");
        else
            stmt_bind_null(s, at);
        return;
    }
    switch (type) {
    case ITEM_ID:
        bind_key(s, at, v);
        break;
    case ITEM_INTEGER: case ITEM_FLAG:
        stmt_bind_int(s, at, strtoll(v, NULL, 10));
        break;
    case ITEM_DECIMAL:
        stmt_bind_real(s, at, strtod(v, NULL));
        break;
    default:
        stmt_bind_text(s, at, v);
        break;
    }
}

static bool in_key(const struct wh_table *t, size_t column)
{
    for (size_t i = 0; i < t->keys; i++)
        if (t->key[i] == column)
            return true;
    return false;
}

static enum status row(void *ctx, const struct data_set_table *table, struct err *err)
{
    struct memory      *w = ctx;
    const struct wh_table *t = schema_table(w->schema, table->table);
    enum status            st = str_eq(w->table, t->name) ? ST_OK : prepare(w, t, err);

    if (st == ST_OK && w->cells + 1 != t->count)
        st = err_set(err, ST_INVALID, _("The table %s has other columns than the data set says. No report was made."
                                        " Update Dolen, and make it again."),
                     t->name);
    for (size_t i = 0; i < w->cells && st == ST_OK; i++)
        bind(w->insert, (int)i + 1, t->columns[i + 1].type, w->text.s + w->at[i], in_key(t, i + 1));
    if (st == ST_OK)
        st = stmt_run(w->insert, err);
    w->cells = 0;
    buf_clear(&w->text);
    return st;
}

struct row_sink memory_sink(struct memory *w)
{
    return (struct row_sink){ w, cell, row };
}

enum status memory_ready(struct memory *w, struct err *err)
{
    stmt_free(&w->insert);
    w->table = NULL;
    return db_commit(w->db, err);
}
