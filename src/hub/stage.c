/* the staging tables: of one connection alone, emptied for every wave. */
#include "merge.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* The text is schema.c's, but for the name. PostgreSQL joins such a table by hashing and needs no key in it. */
static enum status make_temp(struct warehouse *w, const char *sql, struct err *err)
{
    static const char made[] = "CREATE TABLE IF NOT EXISTS ", key[] = ", PRIMARY KEY (";
    const char *end = w->dialect == DIALECT_POSTGRESQL ? strstr(sql, key) : NULL;
    char *columns = end ? xasprintf("%.*s)", (int) (end - sql), sql) : xstrdup(sql);
    char *temp = xasprintf("CREATE TEMP TABLE IF NOT EXISTS " STAGE "%s", columns + sizeof made - 1);
    enum status st = query_run(&w->engine, temp, NULL, 0, err);

    free(columns);
    free(temp);
    return st;
}

enum status merge_prepare(struct warehouse *w, struct err *err)
{
    const char *id = w->dialect == DIALECT_SQLITE ? "BLOB" : "uuid",
               *big = w->dialect == DIALECT_SQLITE ? "INTEGER" : "bigint";
    struct buf sql = BUF_INIT;
    enum status st = ST_OK;

    for (size_t i = 0; i < w->schema->count && st == ST_OK; i++) {
        buf_clear(&sql);
        schema_table_sql(&sql, &w->schema->tables[i], w->dialect);
        st = make_temp(w, buf_text(&sql), err);
    }
    buf_clear(&sql);
    buf_addf(&sql, "CREATE TEMP TABLE IF NOT EXISTS " STAGE "tombstone (source_id %s, table_name text, row_id %s, "
                   "row_version %s)",
             big, id, big);
    if (st == ST_OK)
        st = query_run(&w->engine, buf_text(&sql), NULL, 0, err);
    buf_clear(&sql);
    buf_addf(&sql, "CREATE TEMP TABLE IF NOT EXISTS " STAGE "wave (source_id %s, snapshot %s, to_version %s, horizon "
                   "%s, cut text)",
             big, big, big, big);
    if (st == ST_OK)
        st = query_run(&w->engine, buf_text(&sql), NULL, 0, err);
    buf_release(&sql);
    return st;
}

static enum status run(struct warehouse *w, struct buf *sql, struct err *err)
{
    enum status st = query_run(&w->engine, buf_text(sql), NULL, 0, err);

    buf_clear(sql);
    return st;
}

static enum status empty(struct warehouse *w, const char *table, struct err *err)
{
    struct buf sql = BUF_INIT;
    enum status st;

    buf_addf(&sql, "DELETE FROM " STAGE "%s", table);
    st = run(w, &sql, err);
    buf_release(&sql);
    return st;
}

enum status merge_clear(struct warehouse *w, struct err *err)
{
    enum status st = empty(w, "wave", err);

    if (st == ST_OK)
        st = empty(w, "tombstone", err);
    for (size_t i = 0; i < w->schema->count && st == ST_OK; i++)
        st = empty(w, w->schema->tables[i].name, err);
    return st;
}

enum status merge_drop(struct warehouse *w, int64_t source_id, bool straight, struct err *err)
{
    static const char *const others[] = { "tombstone", "wave" };
    struct buf sql = BUF_INIT;
    enum status st = ST_OK;

    for (size_t i = 0; i < w->schema->count + ARRAY_LEN(others) && st == ST_OK; i++) {
        bool rows = i < w->schema->count;

        buf_addf(&sql, "DELETE FROM %s%s WHERE source_id = %lld", rows && straight ? "" : STAGE,
                 rows ? w->schema->tables[i].name : others[i - w->schema->count], (long long) source_id);
        st = run(w, &sql, err);
    }
    buf_release(&sql);
    return st;
}
