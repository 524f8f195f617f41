/* rows straight into a SQLite warehouse. */
#include "dolen/report/load.h"

#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/db/db.h"
#include "dolen/base/banned.h"

void load_bind(struct stmt *s, const struct wh_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct wh_cell *c = &cells[i];
        int at = (int) i + 1;

        switch (c->kind) {
        case CELL_NULL:
            stmt_bind_null(s, at);
            break;
        case CELL_TEXT:
            stmt_bind_text_n(s, at, c->text, c->len);
            break;
        case CELL_INT:
            stmt_bind_int(s, at, c->n);
            break;
        case CELL_REAL:
            stmt_bind_real(s, at, c->d);
            break;
        case CELL_ID:
            stmt_bind_blob(s, at, c->id, sizeof c->id);
            break;
        }
    }
}

struct into {
    const struct wh_table *t;
    struct stmt           *s;
    int64_t                wrong;
};

static enum status put(void *ctx, const struct wh_cell *cells, struct err *err)
{
    struct into *x = ctx;

    load_bind(x->s, cells, x->t->count);
    return stmt_run(x->s, err);
}

static void count_wrong(void *ctx, const char *table, const char *id, enum row_rule rule)
{
    struct into *x = ctx;

    (void) table;
    (void) id;
    (void) rule;
    x->wrong++;
}

enum status load_csv_into(struct db *d, const struct wh_table *t, int64_t source_id, const char *bytes, size_t n,
                          int64_t *wrong, struct err *err)
{
    struct into x = { .t = t };
    struct load_job job = { .table = t, .source_id = source_id, .row = put, .wrong = count_wrong, .ctx = &x };
    struct buf sql = BUF_INIT;
    enum status st;

    buf_addf(&sql, "INSERT OR REPLACE INTO %s VALUES (", t->name);
    for (size_t i = 0; i < t->count; i++)
        buf_addf(&sql, "%s?%zu", i ? ", " : "", i + 1);
    buf_add_char(&sql, ')');
    st = db_prepare(d, &x.s, buf_text(&sql), err);
    if (st == ST_OK)
        st = load_csv(&job, bytes, n, err);
    stmt_free(&x.s);
    buf_release(&sql);
    if (wrong)
        *wrong = x.wrong;
    return st;
}
