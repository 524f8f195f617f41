/* rows.c - columns of a statement as values, and pages of a long list.
 *
 * A page starts at a row's key, never at a number, and both directions walk the partial index on (sort_key, id), so the
 * thousandth page costs what the first does. */
#include "rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define SWAP_BYTES 1024

struct date row_date(struct stmt *q, int col)
{
    struct date d = { 0, 0, 0 };
    const char *s = stmt_text(q, col);

    if (s)
        date_parse_iso(s, &d);
    return d;
}

void row_text(struct stmt *q, int col, char *out, size_t size)
{
    const char *s = stmt_text(q, col);

    str_copy(out, size, s ? s : "");
}

/* --- pages ------------------------------------------------------------------------------------------------------ */

/* A key that may have been cut: the row's own, when the row is still there. Caller frees. */
static enum status key_whole(struct store *s, const char *sql, const char *key, size_t size, struct id id,
                             char **whole, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st;

    *whole = xstrdup(key);
    if (strlen(key) + 4 < size)
        return ST_OK;
    st = db_use(s->db, &q, sql, err);
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row && stmt_text(q, 0)) {
        free(*whole);
        *whole = xstrdup(stmt_text(q, 0));
    }
    stmt_done(q);
    return st;
}

static enum status keyset_use(struct store *s, const struct keyset *k, const char *key, struct id id, bool forward,
                              int limit, struct stmt **q, struct err *err)
{
    const char *sql = forward ? (key ? k->after : k->first) : (key ? k->before : k->last);
    enum status st = db_use(s->db, q, sql, err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(*q, 1, limit);
    if (!key)
        return ST_OK;
    stmt_bind_text(*q, 2, key);
    stmt_bind_blob(*q, 3, id.b, sizeof id.b);       /* an unset id comes before every row of the same key */
    return ST_OK;
}

static void turn_round(void *rows, int n, size_t each)
{
    char *a = rows, swap[SWAP_BYTES];

    for (int i = 0, k = n - 1; i < k; i++, k--) {
        memcpy(swap, a + (size_t) i * each, each);
        memcpy(a + (size_t) i * each, a + (size_t) k * each, each);
        memcpy(a + (size_t) k * each, swap, each);
    }
}
enum status keyset_page(struct store *s, const struct keyset *k, const char *key, struct id id, bool forward, int limit,
                        void *rows, int *n, struct err *err)
{
    struct stmt *q = NULL;
    char *whole = NULL;
    bool row = false;
    enum status st = ST_OK;

    assert(k->each <= SWAP_BYTES);
    *n = 0;
    if (key)
        st = key_whole(s, k->key, key, k->key_size, id, &whole, err);
    if (st == ST_OK)
        st = keyset_use(s, k, whole, id, forward, limit, &q, err);
    if (st == ST_OK && k->bind)
        k->bind(q);
    if (st == ST_OK && k->owned)
        stmt_bind_id(q, 4, k->owner);
    while (st == ST_OK && (st = stmt_step(q, &row, err)) == ST_OK && row && *n < limit)
        k->read(q, (char *) rows + (size_t) (*n)++ * k->each);
    if (q)
        stmt_done(q);
    if (!forward)
        turn_round(rows, *n, k->each);
    free(whole);
    return st;
}
