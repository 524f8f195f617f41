/* reports as they are kept while they are made: names, growing, freeing. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const struct { const char *word, *title, *help; } reports[REPORT_COUNT] = {
#define X(name, word, title, help) { word, title, help },
    REPORT_LIST(X)
#undef X
};

const char *report_word(enum report_id id)
{
    return reports[id].word;
}

const char *report_name(enum report_id id)
{
    return _(reports[id].title);
}

const char *report_help(enum report_id id)
{
    return _(reports[id].help);
}

bool report_find(const char *word, enum report_id *out)
{
    for (int i = 0; i < REPORT_COUNT; i++) {
        if (str_eq(reports[i].word, word)) {
            *out = (enum report_id)i;
            return true;
        }
    }
    return false;
}

const char *cell_sign(enum cell_state s)
{
    static const char *const signs[] = { "", "c", "x", "z" };

    return signs[s];
}

struct report_table *add_table(struct report *r, const char *id, const char *title, const char *row_title,
                               const char *note)
{
    struct report_table *t = ARRAY_ADD(r->tables, r->count, r->cap);

    t->id = xstrdup(id);
    t->title = xstrdup(title);
    t->row_title = xstrdup(row_title);
    t->note = xstrdup(note);
    return t;
}

struct report_column *add_column(struct report_table *t, const char *code, const char *label)
{
    struct report_column *c = ARRAY_ADD(t->columns, t->column_count, t->column_cap);

    c->code = xstrdup(code);
    c->label = xstrdup(label);
    return c;
}

size_t column_of(const struct report_table *t, const char *code)
{
    size_t i = 0;

    while (i < t->column_count && !str_eq(t->columns[i].code, code))
        i++;
    return i;
}

struct report_row *add_row(struct report_table *t, const char *code, const char *label, enum report_row_kind kind)
{
    struct report_row *row = ARRAY_ADD(t->rows, t->row_count, t->row_cap);

    row->code = xstrdup(code);
    row->label = xstrdup(label);
    row->kind = kind;
    row->cells = xcalloc(t->column_count, sizeof *row->cells);
    for (size_t i = 0; i < t->column_count; i++)
        row->cells[i].state = CELL_NOT_APPLICABLE;
    return row;
}

struct report_column *append_column(struct report_table *t, const char *code, const char *label)
{
    struct report_column *c = add_column(t, code, label);

    for (size_t i = 0; i < t->row_count; i++) {
        t->rows[i].cells = xgrow(t->rows[i].cells, t->column_count, sizeof *t->rows[i].cells);
        t->rows[i].cells[t->column_count - 1] = cell_state(CELL_NOT_APPLICABLE);
    }
    return c;
}

void add_note(struct report *r, const char *text)
{
    *ARRAY_ADD(r->notes, r->note_count, r->note_cap) = xstrdup(text);
}

static void table_release(struct report_table *t)
{
    for (size_t i = 0; i < t->column_count; i++) {
        free(t->columns[i].code);
        free(t->columns[i].label);
    }
    for (size_t i = 0; i < t->row_count; i++) {
        free(t->rows[i].code);
        free(t->rows[i].label);
        free(t->rows[i].cells);
    }
    free(t->columns);
    free(t->rows);
    free(t->id);
    free(t->title);
    free(t->note);
    free(t->row_title);
}

void report_free(struct report **rp)
{
    struct report *r = rp ? *rp : NULL;

    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++)
        table_release(&r->tables[i]);
    for (size_t i = 0; i < r->note_count; i++)
        free(r->notes[i]);
    free(r->tables);
    free(r->notes);
    free(r->title);
    free(r->scope);
    free(r);
    *rp = NULL;
}
