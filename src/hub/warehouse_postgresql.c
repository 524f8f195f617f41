/* the warehouse in a PostgreSQL database: staging by COPY, in the text format. */
#include "warehouse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "pq.h"
#include "dolen/base/banned.h"

enum { COPY_PIECE = 1 << 18 };

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

static enum status stage_begin(struct warehouse *w, const struct wh_table *t, struct err *err)
{
    char *sql = xasprintf("COPY " STAGE "%s FROM STDIN", t ? t->name : "tombstone");
    enum status st = pq_copy_begin(own(w)->pq, sql, err);

    free(sql);
    return st;
}

static enum status send_rows(struct warehouse *w, struct err *err)
{
    struct buf *b = &own(w)->out;
    enum status st = b->len ? pq_copy_add(own(w)->pq, b->s, b->len, err) : ST_OK;

    buf_clear(b);
    return st;
}

/* Checked cells hold neither tabs nor line ends nor backslashes. */
static void add_cell(struct buf *b, const struct wh_cell *c)
{
    char text[40];

    switch (c->kind) {
    case CELL_NULL:
        buf_add_mem(b, "\\N", 2);
        break;
    case CELL_TEXT:
        buf_add_mem(b, c->text, c->len);
        break;
    case CELL_INT:
        snprintf(text, sizeof text, "%lld", (long long) c->n);
        buf_add(b, text);
        break;
    case CELL_REAL:
        snprintf(text, sizeof text, "%.17g", c->d);
        buf_add(b, text);
        break;
    case CELL_ID:
        hex_of(text, c->id, sizeof c->id);
        buf_add_mem(b, text, 2 * sizeof c->id);
        break;
    }
}

static enum status stage_row(struct warehouse *w, const struct wh_cell *cells, size_t n, struct err *err)
{
    struct buf *b = &own(w)->out;

    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_add_char(b, '\t');
        add_cell(b, &cells[i]);
    }
    buf_add_char(b, '\n');
    return b->len >= COPY_PIECE ? send_rows(w, err) : ST_OK;
}

static enum status stage_end(struct warehouse *w, struct err *err)
{
    enum status st = send_rows(w, err);

    return st == ST_OK ? pq_copy_end(own(w)->pq, err) : st;
}

/* Every report reads whole tables and counts what it finds in few groups. The planner cannot know: days are compared as text
 * that is put together, and that a row's id belongs to its source it takes for chance, so it expects a handful of rows: looks
 * them up one by one, or merges all rows of a source with all others of it, or sorts them for counting. On a country's year
 * that takes hours; hashing does not. More memory than the server's default, never less than it was given. */
static const char for_reports[] =
    "SET default_transaction_isolation = 'repeatable read'; SET enable_nestloop = off; "
    "SET enable_mergejoin = off; SET enable_sort = off; "
    "DO $$ BEGIN IF (SELECT CAST(setting AS bigint) FROM pg_settings WHERE name = 'work_mem') < 65536 THEN "
    "PERFORM set_config('work_mem', '64MB', false); END IF; END $$";

enum status warehouse_for_reports(struct warehouse *w, struct err *err)
{
    enum status st = w->dialect == DIALECT_POSTGRESQL ? pq_run(own(w)->pq, for_reports, err) : ST_OK;

    for (size_t i = 0; i < w->shards && st == ST_OK; i++)
        st = warehouse_for_reports(w->shard[i], err);
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
