/* an engine over counts that are in memory. */
#include "crowd.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static char *copy(const char *s)
{
    return s ? xstrdup(s) : NULL;
}

enum status crowd_ask(struct crowd *out, const struct engine *e, const char *sql, const struct query_value *v, size_t n,
                      struct err *err)
{
    struct query *q = NULL;
    bool          row = true;
    enum status   st;

    *out = (struct crowd) { NULL, 0, 0 };
    st = query_ask(&q, e, sql, v, n, err);
    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        struct crowd_row *r = ARRAY_ADD(out->rows, out->count, out->cap);

        *r = (struct crowd_row) { copy(query_string(q, 0)), copy(query_string(q, 1)), copy(query_string(q, 2)),
                                  query_integer(q, 3) };
    }
    query_end(&q);
    return st;
}

void crowd_release(struct crowd *c)
{
    for (size_t i = 0; i < c->count; i++) {
        free(c->rows[i].cut);
        free(c->rows[i].a);
        free(c->rows[i].b);
    }
    free(c->rows);
    *c = (struct crowd) { NULL, 0, 0 };
}

/* --- the engine ------------------------------------------------------------------------------------------------- */

struct cursor {
    const struct crowd *c;
    char               *cut;
    bool                both;           /* (a, b, n) */
    size_t              next;           /* the row after the one that is read */
};

static enum status ask(void *at, void **cursor, const char *sql, const struct query_value *v, size_t n, struct err *err)
{
    struct cursor *k = xcalloc(1, sizeof *k);
    size_t         name = strcspn(sql, "/");

    (void) v;
    (void) n;
    (void) err;
    *k = (struct cursor) { at, xstrndup(sql, name), sql[name] == '/', 0 };
    *cursor = k;
    return ST_OK;
}

static enum status next(void *cursor, bool *row, struct err *err)
{
    struct cursor *k = cursor;

    (void) err;
    while (k->next < k->c->count && !str_eq(k->c->rows[k->next].cut, k->cut))
        k->next++;
    *row = k->next < k->c->count;
    k->next += *row;
    return ST_OK;
}

static const char *text(void *cursor, int col)
{
    const struct cursor    *k = cursor;
    const struct crowd_row *r = &k->c->rows[k->next - 1];

    return k->both && col == 0 ? r->a : r->b;
}

static bool is_null(void *cursor, int col)
{
    const struct cursor *k = cursor;

    return col < (k->both ? 2 : 1) && !text(cursor, col);
}

static int64_t integer(void *cursor, int col)
{
    const struct cursor *k = cursor;

    (void) col;
    return k->c->rows[k->next - 1].n;
}

static double real(void *cursor, int col)
{
    return (double) integer(cursor, col);
}

static void end(void *cursor)
{
    struct cursor *k = cursor;

    free(k->cut);
    free(k);
}

struct engine engine_crowd(struct crowd *c)
{
    static const struct engine_ops ops = { "crowd", ask, next, is_null, integer, real, text, end };

    return (struct engine) { &ops, c };
}
