/* The workbook is made from the same CSV files that a program would get, kept in memory: what a person reads is
 * what a program reads, with words beside the codes. */
#include "dolen/exchange/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/csv_read.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/exchange/xlsx.h"
#include "parts.h"
#include "dolen/base/banned.h"

/* --- what codes mean -------------------------------------------------------------------------------------------- */

struct meaning {
    const char *list, *code, *label;        /* borrowed from the table */
};

struct meanings {
    struct csv_table table;                 /* codes/codelist.csv */
    struct meaning  *items;
    size_t           count;
};

static int by_code(const void *a, const void *b)
{
    const struct meaning *x = a, *y = b;
    int d = strcmp(x->list, y->list);

    return d ? d : strcmp(x->code, y->code);
}

/* Columns: list, code, label_en, label_cy. */
static void learn_meanings(struct meanings *m, enum lang l)
{
    m->items = xcalloc(m->table.count + 1, sizeof *m->items);
    for (size_t i = 0; i < m->table.count; i++)
        m->items[i] = (struct meaning) { csv_table_cell(&m->table, i, 0), csv_table_cell(&m->table, i, 1),
                                         csv_table_cell(&m->table, i, l == LANG_CY ? 3 : 2) };
    m->count = m->table.count;
    qsort(m->items, m->count, sizeof *m->items, by_code);
}

static const char *meaning_of(const struct meanings *m, const char *list, const char *code)
{
    const struct meaning key = { list, code, NULL };
    const struct meaning *found = m->count ? bsearch(&key, m->items, m->count, sizeof key, by_code) : NULL;

    return found ? found->label : code;
}

/* --- a sheet of a table ----------------------------------------------------------------------------------------- */

struct sheet {
    struct xlsx           *x;
    const struct meanings *meanings;
    const struct data_set *d;
    enum lang              l;
};

/* A column of the CSV: its item, or the state of one. */
struct source {
    const struct data_set_item *item;
    bool                        state;
};

static struct source source_of(const struct sheet *s, const char *table, const char *name)
{
    size_t n = strlen(name), end = strlen(MISSING_SUFFIX);
    bool state = n > end && strcmp(name + n - end, MISSING_SUFFIX) == 0;
    char *item = xstrndup(name, state ? n - end : n);
    struct source found = { data_set_find(s->d, table, item), state };

    free(item);
    return found;
}

static bool has_labels(const struct source *c)
{
    return c->item && !c->state && c->item->codes && (c->item->type == ITEM_CODE || c->item->type == ITEM_CODES);
}

static void head(const struct sheet *s, const struct source *c, const char *name)
{
    const char *label = c->item ? text2_in(&c->item->label, s->l) : name;
    char *text;

    if (c->state)
        text = xasprintf(tr_in(s->l, N_("%s: why there is no value")), label);
    else if (has_labels(c))
        text = xasprintf(tr_in(s->l, N_("%s (code)")), label);
    else
        text = xstrdup(label);
    xlsx_column(s->x, text, 0);
    if (has_labels(c))
        xlsx_column(s->x, label, 0);
    free(text);
}

static struct date day_of(const char *v)
{
    struct date d = { 0, 0, 0 };
    char first[11];

    if (strlen(v) == strlen("2026-04")) {
        memcpy(first, v, 7);
        memcpy(first + 7, "-01", 4);
        v = first;
    }
    return date_parse_iso(v, &d) ? d : (struct date) { 0, 0, 0 };
}

/* The labels of several codes, with "; " between them. */
static void labels(const struct sheet *s, const char *list, const char *codes)
{
    struct buf b = BUF_INIT;

    for (codes += strspn(codes, " "); *codes; codes += strspn(codes, " ")) {
        size_t n = strcspn(codes, " ");
        char *one = xstrndup(codes, n);

        if (b.len)
            buf_add(&b, "; ");
        buf_add(&b, str_eq(one, WITHHELD) ? tr_in(s->l, N_("kept back "
                                                           "by the policy")) : meaning_of(s->meanings, list, one));
        codes += n;
        free(one);
    }
    xlsx_text(s->x, buf_text(&b));
    buf_release(&b);
}

static void cell(const struct sheet *s, const struct source *c, const char *v)
{
    enum item_type t = c->item ? c->item->type : ITEM_TEXT_NONE;
    struct date d;

    if (c->state) {
        labels(s, "missing", v);
    } else if (!*v || str_eq(v, WITHHELD)) {
        xlsx_text(s->x, v);
        if (has_labels(c))
            labels(s, c->item->codes, v);
    } else if (t == ITEM_DATE || t == ITEM_MONTH) {
        d = day_of(v);
        if (!date_is_set(d))
            xlsx_text(s->x, v);
        else if (strlen(v) == strlen("2026-04"))
            xlsx_month(s->x, d);
        else
            xlsx_date(s->x, d);
    } else if (t == ITEM_INTEGER) {
        xlsx_int(s->x, strtoll(v, NULL, 10));
    } else if (t == ITEM_DECIMAL) {
        xlsx_number(s->x, strtod(v, NULL), 2);
    } else if (t == ITEM_FLAG) {
        xlsx_text(s->x, str_eq(v, "1") ? tr_in(s->l, N_("Yes")) : tr_in(s->l, N_("No")));
    } else {
        xlsx_text(s->x, v);
        if (has_labels(c))
            labels(s, c->item->codes, v);
    }
}

static void write_sheet(const struct sheet *s, const char *table, const struct csv_table *rows)
{
    struct source *sources = xcalloc(rows->head.count + 1, sizeof *sources);

    xlsx_sheet(s->x, table);
    for (size_t c = 0; c < rows->head.count; c++) {
        sources[c] = source_of(s, table, rows->head.cells[c]);
        head(s, &sources[c], rows->head.cells[c]);
    }
    for (size_t i = 0; i < rows->count; i++) {
        for (size_t c = 0; c < rows->head.count; c++)
            cell(s, &sources[c], csv_table_cell(rows, i, (int) c));
        xlsx_row_end(s->x);
    }
    free(sources);
}

/* --- the other sheets ------------------------------------------------------------------------------------------- */

/* Dictionary and codes, as they are, under headings in words. */
static void write_plain(const struct sheet *s, const char *name, const struct plain_column *columns,
                        const struct csv_table *rows)
{
    size_t count = 0;

    xlsx_sheet(s->x, name);
    for (; columns[count].name; count++)
        xlsx_column(s->x, tr_in(s->l, columns[count].label), 0);
    for (size_t i = 0; i < rows->count; i++) {
        for (size_t c = 0; c < count; c++) {
            const char *v = csv_table_cell(rows, i, (int) c);

            if (columns[c].type == ITEM_DATE)
                xlsx_date(s->x, day_of(v));
            else if (columns[c].type == ITEM_FLAG)
                xlsx_text(s->x, str_eq(v, "1") ? tr_in(s->l, N_("Yes")) : "");
            else
                xlsx_text(s->x, v);
        }
        xlsx_row_end(s->x);
    }
}

/* A heading in bold, and what it says in lines that fit a screen. */
static void add_line(void *ctx, const char *start, size_t n)
{
    char *text = xstrndup(start, n);

    xlsx_line(ctx, text);
    free(text);
}

static void paragraph(const struct sheet *s, enum paper which)
{
    const char *words = tr_in(s->l, paper_words[which]), *end = strchr(words, '\n');
    char *heading = xstrndup(words, end ? (size_t) (end - words) : strlen(words));

    xlsx_bold(s->x, heading);
    xlsx_row_end(s->x);
    text_wrap(end ? end + 1 : "", 100, add_line, s->x);
    xlsx_gap(s->x);
    free(heading);
}

static void write_about(const struct sheet *s, const struct export_job *job, const struct export_result *done)
{
    char *period = xasprintf(tr_in(s->l, N_("Period %s to %s. "
                                            "Made on %s.")), date_iso(job->from).s, date_iso(job->until).s,
                             date_iso(job->today).s);

    xlsx_sheet(s->x, tr_in(s->l, N_("About")));
    xlsx_title(s->x, text2_in(&job->data_set->title, s->l));
    xlsx_line(s->x, period);
    xlsx_gap(s->x);
    if (job->training)
        paragraph(s, PAPER_TRAINING);
    if (str_eq(job->data_set->status, "provisional"))
        paragraph(s, PAPER_PROVISIONAL);
    paragraph(s, PAPER_PERSONAL);
    xlsx_column(s->x, tr_in(s->l, N_("People")), 44);
    xlsx_column(s->x, tr_in(s->l, N_("Number")), 0);
    xlsx_text(s->x, tr_in(s->l, N_("in the rows")));
    xlsx_int(s->x, done->people);
    xlsx_row_end(s->x);
    for (int i = 0; i < LEFT_COUNT; i++)
        if (done->left_out[i]) {
            xlsx_text(s->x, left_out_label((enum left_out) i));
            xlsx_int(s->x, done->left_out[i]);
            xlsx_row_end(s->x);
        }
    free(period);
}

/* --- the workbook ----------------------------------------------------------------------------------------------- */

static const struct bundle_member *file_of(const struct export_files *files, const char *name)
{
    for (size_t i = 0; i < files->count; i++)
        if (str_eq(files->items[i].name, name))
            return &files->items[i];
    return NULL;
}

/* A table that does not leave has no file, and gives no rows. */
static enum status read_table(struct csv_table *out, const struct export_files *files, const char *name,
                              struct err *err)
{
    const struct bundle_member *m = file_of(files, name);

    *out = (struct csv_table) { .count = 0 };
    if (m && m->n > CSV_MAX_BYTES)
        return err_set(err, ST_INVALID, _("There are too many rows for a workbook. Nothing was written. Export with "
                                          "--csv strict, or a shorter period."));
    return m ? csv_table_read(out, m->bytes, m->n, err) : ST_OK;
}

static enum status write_tables_of(const struct sheet *s, const struct export_files *files, struct err *err)
{
    enum status st = ST_OK;

    for (size_t t = 0; t < s->d->count && st == ST_OK; t++) {
        char *name = xasprintf("%s.csv", s->d->tables[t].table);
        struct csv_table rows;

        st = read_table(&rows, files, name, err);
        if (st == ST_OK && rows.head.count)
            write_sheet(s, s->d->tables[t].table, &rows);
        csv_table_release(&rows);
        free(name);
    }
    return st;
}

static enum status write_book(struct xlsx *x, const struct export_job *job, enum lang l,
                              const struct export_files *files, const struct export_result *done, struct err *err)
{
    struct meanings meanings = { .count = 0 };
    struct csv_table dictionary = { .count = 0 };
    const struct sheet s = { x, &meanings, job->data_set, l };
    enum status st = read_table(&meanings.table, files, "codes/codelist.csv", err);

    if (st == ST_OK)
        st = read_table(&dictionary, files, "dictionary.csv", err);
    if (st == ST_OK) {
        learn_meanings(&meanings, l);
        write_about(&s, job, done);
        st = write_tables_of(&s, files, err);
    }
    if (st == ST_OK) {
        write_plain(&s, tr_in(l, N_("Data dictionary")), dictionary_columns, &dictionary);
        write_plain(&s, tr_in(l, N_("Codes")), codelist_columns, &meanings.table);
    }
    free(meanings.items);
    csv_table_release(&meanings.table);
    csv_table_release(&dictionary);
    return st;
}

enum status export_workbook(struct store *s, const struct export_job *job, enum lang l, struct export_result *out,
                            struct err *err)
{
    struct export_files files = { NULL, NULL, 0 };
    struct xlsx *x = NULL;
    enum status st = xlsx_new(&x, job->folder, false, text2_in(&job->data_set->title, l), err);

    if (st != ST_OK)
        return st;
    st = export_keep(s, job, out, &files, err);
    if (st == ST_OK)
        st = write_book(x, job, l, &files, out, err);
    if (st == ST_OK)
        st = xlsx_done(&x, err);
    xlsx_drop(&x);
    export_files_release(&files);
    return st;
}
