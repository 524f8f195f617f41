/* a report as a workbook: a sheet a table, and one that says what the figures are. */
#include "dolen/report/render.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/xlsx.h"
#include "dolen/base/banned.h"

enum { LABEL_WIDTH = 34, NOTE_WIDTH = 100 };

static void put_cell(struct xlsx *x, const struct report_column *c, struct report_cell v)
{
    if (v.state != CELL_SHOWN)
        xlsx_text(x, cell_sign(v.state));
    else if (c->share)
        xlsx_percent(x, v.value, 0);
    else
        xlsx_number(x, v.value, c->decimals);
}

static void put_sheet(struct xlsx *x, const struct report_table *t)
{
    xlsx_sheet(x, t->title);
    xlsx_title(x, t->title);
    xlsx_line(x, t->note);
    xlsx_gap(x);
    xlsx_column(x, t->row_title, LABEL_WIDTH);
    for (size_t i = 0; i < t->column_count; i++)
        xlsx_column(x, t->columns[i].label, 0);
    for (size_t r = 0; r < t->row_count; r++) {
        if (t->rows[r].kind == ROW_PLAIN)
            xlsx_text(x, t->rows[r].label);
        else
            xlsx_bold(x, t->rows[r].label);
        for (size_t i = 0; i < t->column_count; i++)
            put_cell(x, &t->columns[i], t->rows[r].cells[i]);
        xlsx_row_end(x);
    }
}

static void put_about(struct xlsx *x, const struct report *r)
{
    struct date_text from = date_show(r->from), until = date_show(r->until);
    char *line = xasprintf(_("%s to %s"), from.s, until.s);

    xlsx_sheet(x, _("About these figures"));
    xlsx_title(x, r->title);
    xlsx_line(x, line);
    if (r->scope)
        xlsx_line(x, r->scope);
    if (r->training)
        xlsx_line(x, _("TRAINING: invented people."));
    if (r->draft)
        xlsx_line(x, _("DRAFT: not released."));
    xlsx_gap(x);
    xlsx_column(x, _("About these figures"), NOTE_WIDTH);
    for (size_t i = 0; i < r->note_count; i++) {
        xlsx_text(x, r->notes[i]);
        xlsx_row_end(x);
    }
    free(line);
}

enum status report_xlsx(const struct report *r, const char *path, struct err *err)
{
    struct xlsx *x = NULL;
    enum status  st = xlsx_new(&x, path, false, r->title, err);

    if (st != ST_OK)
        return st;
    put_about(x, r);
    for (size_t i = 0; i < r->count; i++)
        put_sheet(x, &r->tables[i]);
    return xlsx_done(&x, err);
}
