/* export.c - an export from beginning to end: the private folder, the tables, the papers beside them. */
#include "dolen/exchange/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/exchange/folder.h"
#include "dolen/vault/hash.h"
#include "parts.h"
#include "dolen/base/banned.h"

enum { ROWS_PER_SIGN = 256 };

bool table_leaves(const struct export_job *job, const char *table)
{
    return (job->policy->safeguarding || !table_needs_a_word(table)) && !policy_drops(job->policy, table, "*");
}

enum item_type type_that_leaves(const struct export_job *job, enum item_type t)
{
    return t == ITEM_DATE && job->policy->dates == DATES_MONTH ? ITEM_MONTH : t;
}

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

enum status part_whole(struct export *e, const char *path, const char *bytes, size_t n, struct err *err)
{
    struct csv csv;
    enum status st = part_open(e, &csv, path, false, err);

    if (st != ST_OK)
        return st;
    csv_raw(&csv, bytes, n);
    return part_close(e, &csv, path, ST_OK, err);
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

/* The column that names the row itself; NULL: the table has none (a need is named with its referral, a count of
 * assets by what it counts). */
static struct column *own_column(struct rows *r)
{
    const struct table_keys *k = table_keys(r->table->table);

    for (size_t i = 0; k && k->primary[0] && !k->primary[1] && i < r->count; i++)
        if (str_eq(r->columns[i].item->item, k->primary[0]) && r->columns[i].item->type == ITEM_ID)
            return &r->columns[i];
    return NULL;
}

static uint8_t hex_digit(char c)
{
    return (uint8_t) (c <= '9' ? c - '0' : c - 'a' + 10);
}

static void tell(struct export *e, struct rows *r, struct column *own, int64_t version, bool written)
{
    struct export_row row = { .person = r->person ? r->person->id : ID_NONE, .version = version, .written = written };
    enum missing why = MISSING_NONE;
    const char *v = own->value(r, own, &why);

    if (!v || strlen(v) != 33)
        return;
    row.key[0] = (uint8_t) v[0];
    for (size_t i = 0; i < 16; i++)
        row.key[i + 1] = (uint8_t) (hex_digit(v[2 * i + 1]) << 4 | hex_digit(v[2 * i + 2]));
    e->job->watch->row(e->job->watch->ctx, &row);
}

/* A row without a version (a count) goes every time. */
static bool is_wanted(struct export *e, struct rows *r, struct column *own, int version_column)
{
    const char *n = extract_value(r->x, version_column);
    int64_t version = n ? strtoll(n, NULL, 10) : 0;
    bool written;

    if (e->job->epoch)
        version = version_of(e->job->epoch, version);
    written = version_column < 0 || version > e->job->after;
    if (e->job->watch && own)
        tell(e, r, own, version, written);
    return written;
}

/* --- one table, some rows at a time ------------------------------------------------------------------------------- */

/* What was told before is told again. */
static enum status recall_told(struct export *e, struct err *err)
{
    char *key = told_key(e->job->policy->id), *text;
    enum status st = store_setting_read(e->s, key, &text, err);

    told_read(&e->result->told, text ? text : "");
    free(text);
    free(key);
    return st;
}

static enum status table_begin(struct export *e, const struct data_set_table *t, struct err *err)
{
    struct table_walk *w = &e->walk;
    struct rows *r = &w->rows;
    enum status st = ST_OK;

    *r = (struct rows) { .job = e->job, .s = e->s, .table = t, .csv = &w->csv, .people = &e->people };
    if (!extract_by_name(t->table, &r->which) || e->result->tables + 2 >= EXPORT_TABLES_MAX)
        return err_set(err, ST_INVALID, _("The data set has a table that this program does not know: %s. Nothing was "
                                          "written. Check the definition."), t->table);
    if (r->which == EXTRACT_SAFEGUARDING) {
        st = recall_told(e, err);
        r->told = &e->result->told;
    }
    str_copy(w->path, sizeof w->path - 4, t->table);
    memcpy(w->path + strlen(w->path), ".csv", sizeof ".csv");
    if (st == ST_OK)
        st = extract_open(&r->x, e->s, r->which, e->job->from, e->job->until, err);
    if (st == ST_OK)
        st = columns_find(r, err);
    if (st == ST_OK)
        st = part_open(e, &w->csv, w->path, e->job->excel, err);
    w->open = st == ST_OK;
    if (st != ST_OK)
        return st;
    w->own = own_column(r);
    w->person = extract_column(r->x, "id.person");
    w->version = extract_column(r->x, "derive.row_version");
    if (r->which == EXTRACT_EPISODE)
        risk_columns(&e->risk, r);
    cells_header(r->csv, r);
    return ST_OK;
}

static enum status table_end(struct export *e, enum status st, struct err *err)
{
    struct table_walk *w = &e->walk;
    struct rows *r = &w->rows;

    if (w->open) {
        if (r->which == EXTRACT_EPISODE)
            risk_count(&e->risk, r, &e->result->risk);
        e->result->table[e->result->tables++] = (struct export_table) { r->table->table, w->csv.rows };
        e->result->unusable += r->unusable;
        st = part_close(e, &w->csv, w->path, st, err);
    }
    columns_release(r);
    extract_close(&r->x);
    w->open = false;
    return st;
}

static void one_row(struct export *e, struct rows *r)
{
    struct table_walk *w = &e->walk;
    bool plain = !e->job->watch && e->job->after <= 0;      /* every row, untold */

    if (!leaves(e, r, w->person))
        return;
    if (r->which == EXTRACT_EPISODE)
        risk_add(&e->risk, r);
    if (plain || is_wanted(e, r, w->own, w->version))
        cells_row(r);
}

static enum status table_rows(struct export *e, int most, bool *row, struct err *err)
{
    struct rows *r = &e->walk.rows;
    enum status st = ST_OK;

    if (e->job->progress && !e->job->progress(e->job->progress_ctx, r->table->table, r->csv->rows))
        return err_set(err, ST_INTERRUPTED, _("The export was stopped. Nothing was written, and the case file is as it "
                                              "was. Start it again when you like."));
    *row = true;
    while (most-- > 0 && r->csv->st == ST_OK && (st = extract_next(r->x, row, err)) == ST_OK && *row)
        one_row(e, r);
    *row = *row && st == ST_OK && r->csv->st == ST_OK;
    return st;
}

/* Some rows of the table under way, or the beginning of the next; over: there is none left. */
static enum status tables_step(struct export *e, bool *over, struct err *err)
{
    const struct data_set *d = e->job->data_set;
    struct table_walk *w = &e->walk;
    bool row = true;
    enum status st = ST_OK;

    if (!w->begun) {
        extracts_begin(e->s);
        w->begun = true;
    }
    while (!w->open && w->next < d->count && !table_leaves(e->job, d->tables[w->next].table))
        w->next++;
    *over = !w->open && w->next == d->count;
    if (*over)
        return ST_OK;
    if (!w->open)
        st = table_begin(e, &d->tables[w->next++], err);
    if (st == ST_OK)
        st = table_rows(e, ROWS_PER_SIGN, &row, err);
    return st == ST_OK && row ? ST_OK : table_end(e, st, err);
}

/* Of the names that the rows of a table have; 0: they have none of their own. */
static char row_letter(const struct data_set *d, const char *table)
{
    const struct table_keys *k = table_keys(table);
    const struct data_set_item *item = k && k->primary[0] && !k->primary[1] ? data_set_find(d, table, k->primary[0]) :
                                                                              NULL;
    const struct rule *rule = item && item->rule ? rule_find(item->rule) : NULL;

    return rule ? rule->letter : '\0';
}

static const char *table_of_letter(const struct export *e, char letter)
{
    for (size_t t = 0; t < e->job->data_set->count; t++) {
        const char *table = e->job->data_set->tables[t].table;

        if (row_letter(e->job->data_set, table) == letter)
            return table;
    }
    return "";
}

static void write_gone(struct export *e, struct csv *csv)
{
    const struct export_row *rows = NULL;
    size_t n = e->job->watch ? e->job->watch->gone(e->job->watch->ctx, &rows) : 0;

    for (size_t i = 0; i < n; i++) {
        char id[34] = { (char) rows[i].key[0] }, version[24];

        hex_of(id + 1, rows[i].key + 1, 16);
        snprintf(version, sizeof version, "%lld", (long long) rows[i].version);
        csv_text(csv, table_of_letter(e, id[0]));
        csv_plain(csv, id, strlen(id));
        csv_plain(csv, version, strlen(version));
        csv_end_row(csv);
    }
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
    write_gone(e, &csv);
    e->result->table[e->result->tables++] = (struct export_table) { TOMBSTONE, csv.rows };
    return part_close(e, &csv, TOMBSTONE ".csv", ST_OK, err);
}

/* A file that nobody can overlook: these people are invented. */
static enum status write_training_mark(struct export *e, struct err *err)
{
    static const char words[] = "TRAINING\r\nYMARFER\r\n";

    return part_whole(e, "TRAINING.txt", words, strlen(words), err);
}

/* What stands beside the tables; the package last. */
static enum status write_rest(struct export *e, struct err *err)
{
    enum status st = write_tombstones(e, err);

    people_count(&e->people, e->result);
    if (st == ST_OK)
        st = write_codelist(e, err);
    if (st == ST_OK)
        st = write_dictionary(e, err);
    if (st == ST_OK)
        st = write_readme(e, err);
    if (st == ST_OK && e->job->training)
        st = write_training_mark(e, err);
    return st == ST_OK ? write_package(e, err) : st;
}

static enum status step(struct export *e, bool *over, struct err *err)
{
    enum status st = tables_step(e, over, err);

    return st == ST_OK && *over ? write_rest(e, err) : st;
}

static void finish(struct export *e)
{
    if (e->walk.open)
        table_end(e, ST_INTERRUPTED, NULL);
    if (e->walk.begun)
        extracts_end(e->s);
    people_release(&e->people);
    risk_release(&e->risk);
}

static enum status write_all(struct export *e, struct err *err)
{
    bool over = false;
    enum status st = ST_OK;

    while (st == ST_OK && !over)
        st = step(e, &over, err);
    finish(e);
    return st;
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
    st = write_all(&e, err);
    if (st != ST_OK) {
        new_folder_fail(&folder, err);
        return st;
    }
    return new_folder_commit(&folder, err);
}

/* --- in memory -------------------------------------------------------------------------------------------------- */

static const char *member_name(const char *path)
{
    for (size_t i = 0; bundle_names[i]; i++)
        if (str_eq(bundle_names[i], path))
            return bundle_names[i];
    return NULL;
}

struct export_keeping {
    struct export     e;
    struct export_job job;
};

void export_keep_begin(struct export_keeping **out, struct store *s, const struct export_job *job,
                       struct export_result *result)
{
    struct export_keeping *k = xcalloc(1, sizeof *k);

    memset(result, 0, sizeof *result);
    k->job = *job;
    k->e = (struct export) { .s = s, .job = &k->job, .result = result };
    *out = k;
}

enum status export_keep_step(struct export_keeping *k, bool *over, struct err *err)
{
    return step(&k->e, over, err);
}

enum status export_keep_end(struct export_keeping **kp, struct export_files *files, struct err *err)
{
    struct export_keeping *k = *kp;
    struct export *e = &k->e;
    enum status st = ST_OK;

    finish(e);
    files->items = xcalloc(e->made_count + 1, sizeof *files->items);
    files->kept = xcalloc(e->made_count + 1, sizeof *files->kept);
    files->count = 0;
    for (size_t i = 0; i < e->made_count; i++) {
        struct bundle_member *m = &files->items[files->count];

        files->kept[files->count] = e->made[i].kept;
        *m = (struct bundle_member) { member_name(e->made[i].path), NULL, buf_text(&files->kept[files->count]),
                                      e->made[i].kept.len };
        files->count++;
        if (st == ST_OK && !m->name)
            st = err_set(err, ST_INVALID, _("A bundle cannot hold %s. Nothing was written. Check the data set."),
                         e->made[i].path);
    }
    wipe(&k->job, sizeof k->job);
    free(k);
    *kp = NULL;
    return st;
}

enum status export_keep(struct store *s, const struct export_job *job, struct export_result *out,
                        struct export_files *files, struct err *err)
{
    struct export_keeping *k = NULL;
    bool over = false;
    enum status st = ST_OK, kept;

    export_keep_begin(&k, s, job, out);
    while (st == ST_OK && !over)
        st = export_keep_step(k, &over, err);
    kept = export_keep_end(&k, files, st == ST_OK ? err : NULL);
    return st == ST_OK ? kept : st;
}

void export_files_release(struct export_files *f)
{
    for (size_t i = 0; i < f->count; i++)
        buf_wipe(&f->kept[i]);
    free(f->kept);
    free(f->items);
    *f = (struct export_files) { NULL, NULL, 0 };
}
