/* the rows of a data set, cell by cell, to whoever asks: what cells.c writes into files goes to a sink. */
#include "dolen/exchange/rows.h"

#include "parts.h"
#include "dolen/base/banned.h"

static bool counts(struct rows *r, const struct export_job *job, int person_column)
{
    struct id id = extract_id_value(r->x, person_column);

    r->person = id_is_set(id) ? people_at(r->people, job, r->x, id) : NULL;
    return !r->person || r->person->why == LEFT_COUNT;
}

static enum status give_rows(struct rows *r, const struct row_sink *sink, struct err *err)
{
    int         person = extract_column(r->x, "id.person");
    bool        row = true;
    enum status st;

    while ((st = extract_next(r->x, &row, err)) == ST_OK && row) {
        if (!counts(r, r->job, person))
            continue;
        cells_row(r);
        st = sink->row(sink->ctx, r->table, err);
        if (st != ST_OK)
            return st;
    }
    return st;
}

static enum status give_table(struct store *s, const struct export_job *job, const struct data_set_table *t,
                              struct people *people, const struct row_sink *sink, struct err *err)
{
    struct csv  csv = { .sink = sink };
    struct rows r = { .job = job, .table = t, .csv = &csv, .people = people };
    enum status st;

    if (!extract_by_name(t->table, &r.which))
        return ST_OK;
    st = extract_open(&r.x, s, r.which, job->from, job->until, err);
    if (st == ST_OK)
        st = columns_find(&r, err);
    if (st == ST_OK)
        st = give_rows(&r, sink, err);
    columns_release(&r);
    extract_close(&r.x);
    return st;
}

enum status export_rows(struct store *s, const struct export_job *job, const struct row_sink *sink, struct err *err)
{
    struct people people = { .items = NULL };
    enum status   st = ST_OK;

    extracts_begin(s);
    for (size_t t = 0; t < job->data_set->count && st == ST_OK; t++)
        if (table_leaves(job, job->data_set->tables[t].table))
            st = give_table(s, job, &job->data_set->tables[t], &people, sink, err);
    extracts_end(s);
    people_release(&people);
    return st;
}
