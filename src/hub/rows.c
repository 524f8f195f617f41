/* the rows of a bundle: checked, all errors listed; then staged. */
#include "incoming.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define CODES_MEMBER "codes/codelist.csv"
#define TOMBSTONES   "tombstone"

/* What the reading of one bundle shares. */
struct rows {
    struct incoming  *in;
    struct csv_table  codes;            /* of the bundle itself: a service may have lists of its own */
    bool              codes_read;
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

static void wrong(void *ctx, const char *table, const char *id, enum row_rule rule)
{
    struct rows *r = ctx;

    receipt_add_error(&r->in->r, table, id, row_rule_word(rule));
}

static struct load_job job_of(struct rows *r, struct reception *rc, const struct wh_table *t)
{
    return (struct load_job) { .table = t, .source_id = r->in->source->source_id, .to_version = r->in->m.to_version,
                               .catalog = rc->catalog, .knows = bundle_knows, .wrong = wrong, .ctx = r };
}

/* Of the shape that the row errors of a receipt take. */
static void not_csv(struct incoming *in, const char *table)
{
    receipt_add_error(&in->r, table, "", "csv");
}

enum status incoming_check_rows(struct incoming *in, struct reception *rc, struct err *err)
{
    struct rows r = { .in = in };
    const struct wh_schema *s = rc->w->schema;
    enum status st = ST_OK;
    const char *bytes;
    size_t n;

    for (size_t i = 0; i < s->count && st == ST_OK; i++) {
        struct load_job job = job_of(&r, rc, &s->tables[i]);

        if (!(bytes = member(in, s->tables[i].name, &n)))
            continue;
        st = load_csv(&job, bytes, n, err);
        if (st == ST_INVALID) {
            not_csv(in, s->tables[i].name);
            st = ST_OK;
        }
    }
    if (st == ST_OK && (bytes = member(in, TOMBSTONES, &n))) {
        struct load_job job = job_of(&r, rc, NULL);

        if (load_tombstones(s, &job, bytes, n, NULL, NULL) != ST_OK)
            not_csv(in, TOMBSTONES);
    }
    csv_table_release(&r.codes);
    if (st == ST_OK && in->r.rows_wrong)
        incoming_reject(in, REASON_ROWS);
    return st;
}

/* --- staging ---------------------------------------------------------------------------------------------------- */

struct stage_ctx {
    struct warehouse      *w;
    const struct wh_table *t;
    int64_t                source_id, count;
};

static enum status put_row(void *ctx, const struct wh_cell *cells, struct err *err)
{
    struct stage_ctx *s = ctx;

    s->count++;
    return s->w->ops->stage_row(s->w, cells, s->t->count, err);
}

static enum status put_tombstone(void *ctx, const struct tombstone *t, struct err *err)
{
    struct stage_ctx *s = ctx;
    struct wh_cell cells[] = {
        { .kind = CELL_INT, .n = s->source_id }, { .kind = CELL_TEXT, .text = t->table->name, .len = strlen(t->table->name) },
        { .kind = CELL_ID }, { .kind = CELL_INT, .n = t->version },
    };

    memcpy(cells[2].id, t->id, sizeof cells[2].id);
    return s->w->ops->stage_row(s->w, cells, ARRAY_LEN(cells), err);
}

enum status incoming_stage(struct incoming *in, struct reception *rc, const struct wh_table *t, int64_t *rows, struct err *err)
{
    struct stage_ctx s = { rc->w, t, in->source->source_id, 0 };
    struct load_job job = { .table = t, .source_id = s.source_id, .to_version = in->m.to_version, .row = put_row, .ctx = &s };
    size_t n = 0;
    const char *bytes = member(in, t ? t->name : TOMBSTONES, &n);
    enum status st = ST_OK;

    if (bytes)
        st = t ? load_csv(&job, bytes, n, err) : load_tombstones(rc->w->schema, &job, bytes, n, put_tombstone, err);
    *rows += s.count;
    return st;
}
