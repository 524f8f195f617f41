/* fuzz_rows.c - hostile rows. First byte: which table of the data set, past the last one tombstones; then a CSV file. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/forms/catalog.h"
#include "dolen/report/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct catalog *catalog;
static struct wh_schema *schema;

/* What gets through must fit its column. */
static enum status row(void *ctx, const struct wh_cell *cells, struct err *err)
{
    const struct wh_table *t = ctx;

    (void) err;
    for (size_t i = 0; i < t->count; i++) {
        const struct wh_cell *c = &cells[i];

        if (c->kind == CELL_TEXT && (strlen(c->text) != c->len || strpbrk(c->text, "\t\r\n\\=+@'\"")))
            abort();
        if (t->columns[i].type == ITEM_ID && c->kind != CELL_NULL && c->kind != CELL_ID)
            abort();
    }
    for (size_t i = 0; i < t->keys; i++)
        if (cells[t->key[i]].kind == CELL_NULL)
            abort();
    return ST_OK;
}

static enum status grave(void *ctx, const struct tombstone *t, struct err *err)
{
    (void) ctx;
    (void) err;
    if (t->table->own_id < 0 || t->version <= 0)
        abort();
    return ST_OK;
}

static void wrong(void *ctx, const char *table, const char *id, const char *item, enum row_rule rule)
{
    (void) ctx;
    if (!*table || !*row_rule_word(rule) || (*id && strlen(id) != 33))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct load_job job = { .source_id = 1, .to_version = (int64_t) 1 << 41, .row = row, .wrong = wrong };

    if (size == 0)
        return 0;
    if (!schema) {
        catalog = catalog_open();
        if (schema_new(&schema, catalog_data_set(catalog, "provisional-wales", NULL), NULL) != ST_OK)
            abort();
    }
    job.catalog = catalog;
    if (data[0] % (schema->count + 1) == schema->count) {
        load_tombstones(schema, &job, (const char *) data + 1, size - 1, grave, NULL);
        return 0;
    }
    job.table = &schema->tables[data[0] % (schema->count + 1)];
    job.ctx = &schema->tables[data[0] % (schema->count + 1)];
    load_csv(&job, (const char *) data + 1, size - 1, NULL);
    return 0;
}
