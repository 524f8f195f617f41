/* a report as JSON: every table with its definitions, and why a figure is not there. */
#include "dolen/report/render.h"

#include <stdlib.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const char *const kinds[] = { [ROW_PLAIN] = "plain", [ROW_SUBTOTAL] = "subtotal", [ROW_TOTAL] = "total" };

static struct json *columns_of(const struct report_table *t)
{
    struct json *list = json_new_list();

    for (size_t i = 0; i < t->column_count; i++) {
        struct json *c = json_new_map();

        json_set_text(c, "column", t->columns[i].code);
        json_set_text(c, "label", t->columns[i].label);
        json_set_bool(c, "share", t->columns[i].share);
        json_append(list, c);
    }
    return list;
}

/* As exact as the CSV has it and no more: what a figure stands on could be worked out from further digits. */
static struct json *cell_of(struct report_cell cell, const struct report_column *c)
{
    struct json *j = json_new_map(), *value = NULL;
    int decimals = c->share ? 2 : c->decimals;
    char *text = xasprintf("%.*f", decimals, cell.value == 0 ? 0.0 : cell.value);

    if (cell.state != CELL_SHOWN)
        value = json_new_null();
    else
        value = decimals ? json_new_real(strtod(text, NULL)) : json_new_int(strtoll(text, NULL, 10));
    free(text);
    json_set(j, "value", value);
    json_set_text(j, "state", cell.state != CELL_SHOWN ? cell_sign(cell.state) : NULL);
    return j;
}

static struct json *row_of(const struct report_table *t, const struct report_row *row)
{
    struct json *j = json_new_map(), *cells = json_new_list();

    json_set_text(j, "row", row->code);
    json_set_text(j, "label", row->label);
    json_set_text(j, "kind", kinds[row->kind]);
    for (size_t i = 0; i < t->column_count; i++)
        json_append(cells, cell_of(row->cells[i], &t->columns[i]));
    json_set(j, "cells", cells);
    return j;
}

static struct json *table_of(const struct report_table *t)
{
    struct json *j = json_new_map(), *rows = json_new_list();

    json_set_text(j, "table", t->id);
    json_set_text(j, "title", t->title);
    json_set_text(j, "note", t->note);
    json_set_text(j, "row_title", t->row_title);
    json_set(j, "columns", columns_of(t));
    for (size_t i = 0; i < t->row_count; i++)
        json_append(rows, row_of(t, &t->rows[i]));
    json_set(j, "rows", rows);
    return j;
}

struct json *report_json(const struct report *r)
{
    struct json *j = json_new_map(), *tables = json_new_list(), *notes = json_new_list();

    json_set_text(j, "report", report_word(r->id));
    json_set_text(j, "from", date_iso(r->from).s);
    json_set_text(j, "until", date_iso(r->until).s);
    json_set_text(j, "scope", r->scope);
    json_set_bool(j, "training", r->training);
    json_set_bool(j, "draft", r->draft);
    for (size_t i = 0; i < r->count; i++)
        json_append(tables, table_of(&r->tables[i]));
    for (size_t i = 0; i < r->note_count; i++)
        json_append(notes, json_new_text(r->notes[i]));
    json_set(j, "tables", tables);
    json_set(j, "notes", notes);
    return j;
}
