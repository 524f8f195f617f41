/* a report as CSV, one line a figure: what statistical programs and spreadsheets read without being told anything. */
#include "dolen/report/render.h"

#include <stdlib.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const char *const kinds[] = { [ROW_PLAIN] = "plain", [ROW_SUBTOTAL] = "subtotal", [ROW_TOTAL] = "total" };

static void line(struct buf *out, const char *const *cells, size_t n)
{
    struct csv_row row = { .cells = NULL };

    for (size_t i = 0; i < n; i++)
        csv_row_add(&row, cells[i]);
    csv_row_write(out, &row);
    for (size_t i = 0; i < row.count; i++)
        free(row.cells[i]);
    free(row.cells);
}

static void put_figure(struct buf *out, const struct report *r, const struct report_table *t,
                       const struct report_row *row, size_t column)
{
    const struct report_column *c = &t->columns[column];
    struct report_cell v = row->cells[column];
    struct date_text from = date_iso(r->from), until = date_iso(r->until);
    char *value = v.state == CELL_SHOWN ? xasprintf("%.*f", c->share ? 2 : c->decimals, v.value) : xstrdup("");
    const char *const cells[] = { report_word(r->id), from.s, until.s, t->id, row->code, row->label, kinds[row->kind],
                                  c->code, c->label, value, cell_sign(v.state) };

    line(out, cells, ARRAY_LEN(cells));
    free(value);
}

void report_csv(const struct report *r, struct buf *out)
{
    static const char *const head[] = { "report", "period_from", "period_until", "table", "row", "row_label",
                                        "row_kind",
                                        "column", "column_label", "value", "state" };

    line(out, head, ARRAY_LEN(head));
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < r->tables[i].row_count; k++)
            for (size_t c = 0; c < r->tables[i].column_count; c++)
                put_figure(out, r, &r->tables[i], &r->tables[i].rows[k], c);
}
