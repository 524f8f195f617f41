/* the rows of a bundle: checked one by one on their way into the warehouse, all errors listed. */
#include "incoming.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define CODES_MEMBER "codes/codelist.csv"
#define TOMBSTONES   "tombstone"

/* What the reading of one table of a bundle shares. */
struct rows {
    struct incoming       *in;
    struct warehouse      *w;
    const struct wh_table *t;
    struct csv_table       codes;       /* of the bundle itself: a service may have lists of its own */
    bool                   codes_read;
    int64_t                count;
    enum status            engine;      /* what the engine said: no fault of the bundle */
};

static const char *member(const struct incoming *in, const char *table, size_t *n)
{
    char *name = xasprintf("%s.csv", table);
    const char *bytes = bundle_bytes(in->opened, name, n);

    free(name);
    return bytes;
}

bool incoming_has(const struct incoming *in, const struct wh_table *t)
{
    size_t n;

    return member(in, t ? t->name : TOMBSTONES, &n) != NULL;
}

/* --- checking --------------------------------------------------------------------------------------------------- */

/* Asked only about codes that the hub's own lists do not have. */
static bool bundle_knows(void *ctx, const char *list, const char *code)
{
    struct rows *r = ctx;
    int lists, codes;
    size_t n;
    const char *bytes;

    if (!r->codes_read && (bytes = bundle_bytes(r->in->opened, CODES_MEMBER, &n)))
        csv_table_read(&r->codes, bytes, n, NULL);
    r->codes_read = true;
    if (!r->codes.count)
        return false;
    lists = csv_table_column(&r->codes, "list");
    codes = csv_table_column(&r->codes, "code");
    for (size_t i = 0; i < r->codes.count; i++)
        if (str_eq(csv_table_cell(&r->codes, i, lists), list) && str_eq(csv_table_cell(&r->codes, i, codes), code))
            return true;
    return false;
}

static void wrong(void *ctx, const char *table, const char *id, const char *item, enum row_rule rule)
{
    struct rows *r = ctx;

    receipt_add_error(&r->in->r, table, id, item, row_rule_word(rule));
}

/* --- staging ---------------------------------------------------------------------------------------------------- */

static enum status put_row(void *ctx, const struct wh_cell *cells, struct err *err)
{
    struct rows *r = ctx;

    r->count++;
    if (r->in->r.rows_wrong)            /* it is rejected as a whole: only its errors are still looked for */
        return ST_OK;
    return r->engine = r->w->ops->stage_row(r->w, cells, r->t->count, err);
}

static enum status put_tombstone(void *ctx, const struct tombstone *t, struct err *err)
{
    struct rows *r = ctx;
    struct wh_cell cells[] = {
        { .kind = CELL_INT, .n = r->in->source->source_id },
        { .kind = CELL_TEXT, .text = t->table->name, .len = strlen(t->table->name) }, { .kind = CELL_ID },
        { .kind = CELL_INT, .n = t->version },
    };

    memcpy(cells[2].id, t->id, sizeof cells[2].id);
    return r->engine = r->w->ops->stage_row(r->w, cells, ARRAY_LEN(cells), err);
}

enum status incoming_stage(struct incoming *in, struct reception *rc, const struct wh_table *t, int64_t *rows,
                           struct err *err)
{
    struct rows r = { .in = in, .w = rc->w, .t = t, .engine = ST_OK };
    struct load_job job = { .table = t, .source_id = in->source->source_id, .to_version = in->m.to_version,
                            .catalog = rc->catalog, .knows = bundle_knows, .row = put_row, .wrong = wrong, .ctx = &r };
    size_t n = 0;
    const char *name = t ? t->name : TOMBSTONES, *bytes = member(in, name, &n);
    struct err why = { .st = ST_OK };
    enum status st = ST_OK;

    if (bytes)
        st = t ? load_csv(&job, bytes, n, &why) : load_tombstones(rc->w->schema, &job, bytes, n, put_tombstone, &why);
    if (st == ST_INVALID && r.engine == ST_OK) {        /* no CSV at all */
        receipt_add_error(&in->r, name, "", "", "csv");
        st = ST_OK;
    }
    *rows += r.count;
    csv_table_release(&r.codes);
    return st == ST_OK ? ST_OK : err_set(err, st, "%s", err_text(&why));
}
