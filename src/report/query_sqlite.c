/* the warehouse in one SQLite file, or in memory. */
#include "dolen/report/query.h"

#include "dolen/db/db.h"
#include "dolen/base/banned.h"

static void bind(struct stmt *s, int at, const struct query_value *v)
{
    switch (v->type) {
    case QUERY_INT:
        stmt_bind_int(s, at, v->n);
        break;
    case QUERY_REAL:
        stmt_bind_real(s, at, v->d);
        break;
    case QUERY_TEXT:
        stmt_bind_text(s, at, v->s);
        break;
    case QUERY_NULL:
        stmt_bind_null(s, at);
        break;
    }
}

static enum status ask(void *at, void **cursor, const char *sql, const struct query_value *v, size_t n, struct err *err)
{
    struct stmt *s = NULL;
    enum status  st = db_prepare(at, &s, sql, err);

    if (st != ST_OK)
        return st;
    for (size_t i = 0; i < n; i++)
        bind(s, (int)i + 1, &v[i]);
    *cursor = s;
    return ST_OK;
}

static enum status next(void *cursor, bool *row, struct err *err)
{
    return stmt_step(cursor, row, err);
}

static bool is_null(void *cursor, int col)
{
    return stmt_is_null(cursor, col);
}

static int64_t integer(void *cursor, int col)
{
    return stmt_int(cursor, col);
}

static double real(void *cursor, int col)
{
    return stmt_real(cursor, col);
}

static const char *text(void *cursor, int col)
{
    return stmt_text(cursor, col);
}

static void end(void *cursor)
{
    struct stmt *s = cursor;

    stmt_free(&s);
}

struct engine engine_sqlite(struct db *d)
{
    static const struct engine_ops ops = { "sqlite", ask, next, is_null, integer, real, text, end };

    return (struct engine){ &ops, d };
}
