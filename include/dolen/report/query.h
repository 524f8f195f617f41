/* dolen/report/query.h - questions to the warehouse, in SQL that SQLite and PostgreSQL 15 both understand.
 *
 * What both understand, and reports keep to: placeholders ?1, ?2 … (the PostgreSQL engine writes $1, $2 …); days,
 * months and codes are text ('2026-04-01', '2026-04', 'GPPR'), compared and cut as text; flags are integers 1 and 0;
 * CAST(x AS integer | double precision | text); substr, coalesce, nullif, CASE, CTEs, window functions, GROUP BY,
 * "||"; no date functions, no upsert, no division of integers, sums of integers below 2^53. Rows come in an order
 * only with ORDER BY. */
#ifndef DOLEN_REPORT_QUERY_H
#define DOLEN_REPORT_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/status.h"

enum query_type { QUERY_NULL, QUERY_INT, QUERY_REAL, QUERY_TEXT };

/* One parameter. Text is copied by the call. */
struct query_value {
    enum query_type type;
    int64_t         n;
    double          d;
    const char     *s;              /* NULL is asked as SQL's NULL */
};

static inline struct query_value query_text(const char *s)
{
    return (struct query_value){ .type = s ? QUERY_TEXT : QUERY_NULL, .s = s };
}

static inline struct query_value query_int(int64_t n)
{
    return (struct query_value){ .type = QUERY_INT, .n = n };
}

static inline struct query_value query_real(double d)
{
    return (struct query_value){ .type = QUERY_REAL, .d = d };
}

/* What an engine does. at: the engine's own handle; cursor: one answer being read. Columns are 0-based; text lives
 * until the next step. Reading a column as another type converts; NULL reads as 0, 0.0, NULL. */
struct engine_ops {
    const char *name;               /* "sqlite", "postgresql" */
    /* Starts a statement; *cursor is set on ST_OK alone. Several may be open at once. */
    enum status (*ask)(void *at, void **cursor, const char *sql, const struct query_value *v, size_t n,
                       struct err *err);
    enum status (*next)(void *cursor, bool *row, struct err *err);
    bool        (*is_null)(void *cursor, int col);
    int64_t     (*integer)(void *cursor, int col);
    double      (*real)(void *cursor, int col);
    const char *(*text)(void *cursor, int col);
    void        (*end)(void *cursor);
};

struct engine {
    const struct engine_ops *ops;
    void                    *at;    /* borrowed; outlives the engine */
};

struct query;

/* Begins a question; query_end in any case, also after a failure. */
enum status query_ask(struct query **out, const struct engine *e, const char *sql, const struct query_value *v,
                      size_t n, struct err *err);
enum status query_next(struct query *q, bool *row, struct err *err);
bool        query_is_null(struct query *q, int col);
int64_t     query_integer(struct query *q, int col);
double      query_number(struct query *q, int col);         /* NAN for NULL */
const char *query_string(struct query *q, int col);         /* NULL for NULL */
void        query_end(struct query **qp);
/* A statement without rows. */
enum status query_run(const struct engine *e, const char *sql, const struct query_value *v, size_t n, struct err *err);

/* The engine over one SQLite handle. */
struct db;
struct engine engine_sqlite(struct db *d);

#endif
