/* the warehouse in a PostgreSQL database: rows by COPY, in its binary format (the manual, COPY, "Binary Format"). */
#include "warehouse.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "pq.h"
#include "dolen/base/banned.h"

enum { COPY_PIECE = 1 << 15 };

struct postgresql {
    struct pq *pq;
    struct buf out;                     /* rows on their way to COPY */
};

static struct postgresql *own(struct warehouse *w)
{
    return w->own;
}

static enum status begin(struct warehouse *w, struct err *err)
{
    return pq_run(own(w)->pq, "BEGIN", err);
}

static enum status commit(struct warehouse *w, struct err *err)
{
    return pq_run(own(w)->pq, "COMMIT", err);
}

/* A COPY that is under way ends first, as a failure. */
static void rollback(struct warehouse *w)
{
    buf_clear(&own(w)->out);
    if (!pq_in_transaction(own(w)->pq))
        return;
    pq_copy_stop(own(w)->pq);
    pq_run(own(w)->pq, "ROLLBACK", NULL);
}

/* Most cells are ids and numbers: as bytes they need not be written as text here and read there. */
static enum status stage_begin(struct warehouse *w, const struct wh_table *t, bool straight, struct err *err)
{
    static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";       /* no flags, no extension; 19 bytes */
    struct buf sql = BUF_INIT;
    enum status st;

    buf_add(&sql, "COPY ");
    warehouse_into(&sql, t, straight);
    buf_add(&sql, " FROM STDIN (FORMAT binary)");
    st = pq_copy_begin(own(w)->pq, buf_text(&sql), err);
    buf_release(&sql);
    buf_clear(&own(w)->out);
    buf_add_mem(&own(w)->out, head, sizeof head - 1);
    return st;
}

static enum status send_rows(struct warehouse *w, struct err *err)
{
    struct buf *b = &own(w)->out;
    enum status st = b->len ? pq_copy_add(own(w)->pq, b->s, b->len, err) : ST_OK;

    buf_clear(b);
    return st;
}

static char *put16(char *at, uint16_t n)
{
    n = htobe16(n);
    memcpy(at, &n, sizeof n);
    return at + sizeof n;
}

static char *put32(char *at, uint32_t n)
{
    n = htobe32(n);
    memcpy(at, &n, sizeof n);
    return at + sizeof n;
}

static char *put64(char *at, uint64_t n)
{
    n = htobe64(n);
    memcpy(at, &n, sizeof n);
    return at + sizeof n;
}

/* Its length and its bytes, as bigint, double precision, uuid or text takes them. */
static char *put_cell(char *at, const struct wh_cell *c)
{
    uint64_t bits;

    switch (c->kind) {
    case CELL_NULL:
        return put32(at, UINT32_MAX);
    case CELL_INT:
        return put64(put32(at, sizeof c->n), (uint64_t) c->n);
    case CELL_REAL:
        memcpy(&bits, &c->d, sizeof bits);
        return put64(put32(at, sizeof bits), bits);
    case CELL_ID:
        memcpy(put32(at, sizeof c->id), c->id, sizeof c->id);
        return at + 4 + sizeof c->id;
    case CELL_TEXT:
        break;
    }
    memcpy(put32(at, (uint32_t) c->len), c->text, c->len);
    return at + 4 + c->len;
}

static enum status stage_row(struct warehouse *w, const struct wh_cell *cells, size_t n, struct err *err)
{
    struct buf *b = &own(w)->out;
    size_t room = 2;
    char *at;

    for (size_t i = 0; i < n; i++)
        room += 4 + (cells[i].kind == CELL_TEXT ? cells[i].len : sizeof cells[i].id);
    buf_reserve(b, room);
    at = put16(b->s + b->len, (uint16_t) n);
    for (size_t i = 0; i < n; i++)
        at = put_cell(at, &cells[i]);
    b->len = (size_t) (at - b->s);
    return b->len >= COPY_PIECE ? send_rows(w, err) : ST_OK;
}

static enum status stage_end(struct warehouse *w, struct err *err)
{
    enum status st;

    buf_add_mem(&own(w)->out, "\377\377", 2);
    st = send_rows(w, err);
    return st == ST_OK ? pq_copy_end(own(w)->pq, err) : st;
}

/* Every report reads whole tables and counts what it finds in few groups. The planner cannot know: days are compared
 * as text that is put together, and that a row's id belongs to its source it takes for chance, so it expects a
 * handful of rows: looks them up one by one, or merges all rows of a source with all others of it, or sorts them for
 * counting. On a country's year that takes hours; hashing does not. More memory than the server's default, never less
 * than it was given. */
static const char for_reports[] =
    "SET default_transaction_isolation = 'repeatable read'; SET enable_nestloop = off; "
    "SET enable_mergejoin = off; SET enable_sort = off; "
    "DO $$ BEGIN IF (SELECT CAST(setting AS bigint) FROM pg_settings WHERE name = 'work_mem') < 65536 THEN "
    "PERFORM set_config('work_mem', '64MB', false); END IF; END $$";

/* Over several servers each has its own moment, taken here one after the other: what a report sees of a laptop is
 * whole, because a laptop lies on one server. Nothing is written there, and the connection's end is the end of it. */
enum status warehouse_for_reports(struct warehouse *w, struct err *err)
{
    enum status st = w->dialect == DIALECT_POSTGRESQL ? pq_run(own(w)->pq, for_reports, err) : ST_OK;

    for (size_t i = 0; i < w->shards && st == ST_OK; i++) {
        st = warehouse_for_reports(w->shard[i], err);
        if (st == ST_OK)
            st = pq_run(own(w->shard[i])->pq, "BEGIN TRANSACTION READ ONLY; SELECT count(*) FROM hub_setting", err);
    }
    return st;
}

static void close_(struct warehouse *w)
{
    if (!own(w))
        return;
    pq_close(&own(w)->pq);
    buf_wipe(&own(w)->out);
    free(w->own);
    w->own = NULL;
}

static const struct warehouse_ops ops = { begin, commit, rollback, stage_begin, stage_row, stage_end, NULL, close_ };

enum status warehouse_postgresql(struct warehouse *w, const char *url, struct err *err)
{
    struct postgresql *p = xcalloc(1, sizeof *p);
    enum status st;

    w->ops = &ops;
    w->own = p;
    w->dialect = DIALECT_POSTGRESQL;
    st = pq_open(&p->pq, url, err);
    if (st == ST_OK)
        w->engine = pq_engine(p->pq);
    return st;
}
