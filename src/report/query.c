/* questions to the warehouse: the engine does the work, and what every engine has alike is here. */
#include "dolen/report/query.h"

#include <math.h>
#include <stdlib.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

struct query {
    const struct engine_ops *ops;
    void                    *cursor;
};

enum status query_ask(struct query **out, const struct engine *e, const char *sql, const struct query_value *v,
                      size_t n, struct err *err)
{
    void       *cursor = NULL;
    enum status st = e->ops->ask(e->at, &cursor, sql, v, n, err);

    *out = NULL;
    if (st != ST_OK)
        return st;
    *out = xcalloc(1, sizeof **out);
    (*out)->ops = e->ops;
    (*out)->cursor = cursor;
    return ST_OK;
}

enum status query_next(struct query *q, bool *row, struct err *err)
{
    return q->ops->next(q->cursor, row, err);
}

bool query_is_null(struct query *q, int col)
{
    return q->ops->is_null(q->cursor, col);
}

int64_t query_integer(struct query *q, int col)
{
    return q->ops->integer(q->cursor, col);
}

double query_number(struct query *q, int col)
{
    return q->ops->is_null(q->cursor, col) ? NAN : q->ops->real(q->cursor, col);
}

const char *query_string(struct query *q, int col)
{
    return q->ops->is_null(q->cursor, col) ? NULL : q->ops->text(q->cursor, col);
}

void query_end(struct query **qp)
{
    if (!qp || !*qp)
        return;
    (*qp)->ops->end((*qp)->cursor);
    free(*qp);
    *qp = NULL;
}

enum status query_run(const struct engine *e, const char *sql, const struct query_value *v, size_t n, struct err *err)
{
    struct query *q = NULL;
    bool          row = true;
    enum status   st = query_ask(&q, e, sql, v, n, err);

    while (st == ST_OK && row)
        st = query_next(q, &row, err);
    query_end(&q);
    return st;
}
