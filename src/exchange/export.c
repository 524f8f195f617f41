/* export.c - an export from beginning to end: the private folder, the tables, the papers beside them. */
#include "dolen/exchange/export.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/folder.h"
#include "parts.h"
#include "dolen/base/banned.h"

enum { ROWS_PER_SIGN = 256 };

enum status part_open(struct export *e, struct csv *c, const char *path, bool excel, struct err *err)
{
    return csv_open(c, e->folder, path, excel, err);
}

enum status part_close(struct export *e, struct csv *c, const char *path, enum status so_far, struct err *err)
{
    struct csv_made *made = &e->made[e->made_count];
    enum status st = so_far;

    if (st != ST_OK) {
        csv_drop(c);
        return st;
    }
    str_copy(made->path, sizeof made->path, path);
    st = csv_close(c, made, err);
    if (st == ST_OK)
        e->made_count++;
    return st;
}

const struct csv_made *part_made(const struct export *e, const char *path)
{
    for (size_t i = 0; i < e->made_count; i++)
        if (str_eq(e->made[i].path, path))
            return &e->made[i];
    return NULL;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

static bool leaves(struct export *e, struct rows *r, int person_column)
{
    struct id id = extract_id_value(r->x, person_column);

    r->person = NULL;
    if (!id_is_set(id))
        return true;
    r->person = people_at(&e->people, e->job, r->x, id);
    return r->person->why == LEFT_COUNT;
}

static bool may_go_on(const struct export *e, const struct rows *r, int64_t seen)
{
    return !e->job->progress || seen % ROWS_PER_SIGN != 0 ||
           e->job->progress(e->job->progress_ctx, r->table->table, r->csv->rows);
}

static enum status write_rows(struct export *e, struct rows *r, struct err *err)
{
    int person = extract_column(r->x, "id.person");
    int64_t seen = 0;
    enum status st;
    bool row;

    cells_header(r->csv, r);
    while ((st = extract_next(r->x, &row, err)) == ST_OK && row && r->csv->st == ST_OK) {
        if (!may_go_on(e, r, seen++))
            return err_set(err, ST_INTERRUPTED, _("The export was stopped. Nothing was written, and the case file is as it was. "
                                                  "Start it again when you like."));
        if (leaves(e, r, person))
            cells_row(r);
    }
    return st;
}

static enum status write_table(struct export *e, const struct data_set_table *t, struct err *err)
{
    struct csv csv;
    struct rows r = { .job = e->job, .s = e->s, .table = t, .csv = &csv, .people = &e->people };
    struct export_table *count = &e->result->table[e->result->tables];
    char path[CSV_PATH_MAX];
    enum status st;

    if (!extract_by_name(t->table, &r.which) || e->result->tables + 2 >= EXPORT_TABLES_MAX)
        return err_set(err, ST_INVALID, _("The data set has a table that this program does not know: %s. Nothing was written. "
                                          "Check the definition."), t->table);
    str_copy(path, sizeof path - 4, t->table);
    memcpy(path + strlen(path), ".csv", sizeof ".csv");
    st = extract_open(&r.x, e->s, r.which, e->job->from, e->job->until, err);
    if (st == ST_OK)
        st = columns_find(&r, err);
    if (st == ST_OK && (st = part_open(e, &csv, path, e->job->excel, err)) == ST_OK) {
        st = write_rows(e, &r, err);
        *count = (struct export_table) { t->table, csv.rows };
        st = part_close(e, &csv, path, st, err);
        e->result->tables++;
        e->result->unusable += r.unusable;
    }
    columns_release(&r);
    extract_close(&r.x);
    return st;
}

/* Rows that were taken back. A first copy has none, but a reader's program looks for the file. */
static enum status write_tombstones(struct export *e, struct err *err)
{
    struct csv csv;
    enum status st = part_open(e, &csv, TOMBSTONE ".csv", e->job->excel, err);

    if (st != ST_OK)
        return st;
    for (const struct plain_column *c = tombstone_columns; c->name; c++)
        csv_plain(&csv, c->name, strlen(c->name));
    csv_end_row(&csv);
    csv.rows = 0;
    e->result->table[e->result->tables++] = (struct export_table) { TOMBSTONE, 0 };
    return part_close(e, &csv, TOMBSTONE ".csv", ST_OK, err);
}

enum status write_tables(struct export *e, struct err *err)
{
    enum status st = ST_OK;

    for (size_t t = 0; t < e->job->data_set->count && st == ST_OK; t++)
        st = write_table(e, &e->job->data_set->tables[t], err);
    if (st == ST_OK)
        st = write_tombstones(e, err);
    people_count(&e->people, e->result);
    return st;
}

/* A file that nobody can overlook: these people are invented. */
static enum status write_training_mark(struct export *e, struct err *err)
{
    static const char words[] = "TRAINING\r\nYMARFER\r\n";
    struct csv csv;
    enum status st = part_open(e, &csv, "TRAINING.txt", false, err);

    if (st != ST_OK)
        return st;
    csv_raw(&csv, words, strlen(words));
    return csv_close(&csv, NULL, err);
}

enum status export_write(struct store *s, const struct export_job *job, struct export_result *out, struct err *err)
{
    struct new_folder folder;
    struct export e = { .s = s, .job = job, .result = out };
    enum status st;

    memset(out, 0, sizeof *out);
    st = new_folder_begin(&folder, job->folder, err);
    if (st != ST_OK)
        return st;
    e.folder = folder.temp;
    st = write_tables(&e, err);
    if (st == ST_OK)
        st = write_codelist(&e, err);
    if (st == ST_OK)
        st = write_dictionary(&e, err);
    if (st == ST_OK)
        st = write_readme(&e, err);
    if (st == ST_OK && job->training)
        st = write_training_mark(&e, err);
    if (st == ST_OK)
        st = write_package(&e, err);
    people_release(&e.people);
    if (st != ST_OK) {
        new_folder_drop(&folder);
        return st;
    }
    return new_folder_commit(&folder, err);
}
