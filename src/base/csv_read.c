/* base/csv_read.c - CSV through libcsv: quoting, line ends and doubled quotes are its business. */
#include "dolen/base/csv_read.h"

#include <csv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

struct reading {
    struct csv_table *t;
    struct csv_row    row;
    size_t            at;
    bool              headed, too_wide;
};

void csv_row_add(struct csv_row *row, const char *text)
{
    *ARRAY_ADD(row->cells, row->count, row->cap) = xstrdup(text);
}

static void row_release(struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        explicit_bzero(row->cells[i], strlen(row->cells[i]));
        free(row->cells[i]);
    }
    free(row->cells);
    *row = (struct csv_row) { .cells = NULL };
}

void csv_table_release(struct csv_table *t)
{
    row_release(&t->head);
    for (size_t i = 0; i < t->count; i++)
        row_release(&t->rows[i]);
    free(t->rows);
    *t = (struct csv_table) { .rows = NULL };
}

static void cell_read(void *bytes, size_t n, void *ctx)
{
    struct reading *r = ctx;

    r->too_wide = r->too_wide || r->row.count >= CSV_MAX_CELLS;
    if (!r->too_wide)
        *ARRAY_ADD(r->row.cells, r->row.count, r->row.cap) = xstrndup(bytes ? bytes : "", n);
}

/* A row of empty cells is what a spreadsheet leaves below its last one. */
static bool row_is_empty(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i][strspn(row->cells[i], " \t\r\n")])
            return false;
    return true;
}

static void row_read(int end, void *ctx)
{
    struct reading *r = ctx;

    (void) end;
    r->row.at = ++r->at;
    if (row_is_empty(&r->row))
        row_release(&r->row);
    else if (!r->headed)
        r->t->head = r->row;
    else
        *ARRAY_ADD(r->t->rows, r->t->count, r->t->cap) = r->row;
    r->headed = r->headed || r->t->head.count > 0;
    r->row = (struct csv_row) { .cells = NULL };
}

/* The first line that has any decides, outside quotes: a title above the columns has one for each empty cell, or none. */
static char delimiter_of(const char *s, size_t n)
{
    static const char kinds[] = ",;\t";
    size_t count[sizeof kinds] = { 0 }, best = 0;
    bool quoted = false, any = false;

    for (size_t i = 0; i < n && (quoted || !any || s[i] != '\n'); i++) {
        const char *kind = quoted || !s[i] ? NULL : strchr(kinds, s[i]);

        quoted ^= s[i] == '"';
        any = any || kind;
        if (kind)
            count[kind - kinds]++;
    }
    for (size_t i = 1; i + 1 < sizeof kinds; i++)
        if (count[i] > count[best])
            best = i;
    return kinds[best];
}

static enum status parse(struct reading *r, const char *s, size_t n, struct err *err)
{
    struct csv_parser p;
    enum status st = ST_OK;

    if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return err_set(err, ST_NOMEM, _("There is not enough memory. Nothing was changed."
                                        " Close other programs and try again."));
    r->t->delimiter = delimiter_of(s, n);
    csv_set_delim(&p, (unsigned char) r->t->delimiter);
    if (csv_parse(&p, s, n, cell_read, row_read, r) != n || csv_fini(&p, cell_read, row_read, r) != 0)
        st = err_set(err, ST_INVALID,
                     _("The file is not good CSV after its row %zu: a quotation mark stands where none may, or is "
                       "missing. Nothing was changed. Save it as CSV again."),
                     r->at);
    csv_free(&p);
    return st;
}

enum status csv_table_read(struct csv_table *out, const char *bytes, size_t n, struct err *err)
{
    struct reading r = { .t = out };
    enum status st;

    *out = (struct csv_table) { .rows = NULL };
    if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        bytes += 3, n -= 3;
    if (n >= 4 && memcmp(bytes, "PK\3\4", 4) == 0)
        return err_set(err, ST_INVALID,
                       _("The file is a workbook, not CSV. Nothing was changed. Save the sheet as \"CSV UTF-8\" in the "
                         "spreadsheet."));
    if (!utf8_valid(bytes, n))
        return err_set(err, ST_INVALID,
                       _("The file is not UTF-8 text. Nothing was changed. Save it as \"CSV UTF-8\" in the "
                         "spreadsheet."));
    st = parse(&r, bytes, n, err);
    row_release(&r.row);
    if (st == ST_OK && r.too_wide)
        st = err_set(err, ST_INVALID, _("The file has more than %d columns. Nothing was changed."
                                        " Take out the columns that are not needed."), CSV_MAX_CELLS);
    if (st == ST_OK && !out->head.count)
        st = err_set(err, ST_INVALID, _("The file is empty. Nothing was changed. Its first row names the columns."));
    if (st != ST_OK)
        csv_table_release(out);
    return st;
}

size_t csv_table_number(const struct csv_table *t, size_t row)
{
    return t->rows[row].at ? t->rows[row].at : row + 2;
}

void csv_table_head_is(struct csv_table *t, size_t row)
{
    row_release(&t->head);
    t->head = t->rows[row];
    for (size_t i = 0; i < row; i++)
        row_release(&t->rows[i]);
    t->count -= row + 1;
    memmove(t->rows, t->rows + row + 1, t->count * sizeof *t->rows);
}

int csv_row_column(const struct csv_row *head, const char *name)
{
    struct buf want = BUF_INIT, have = BUF_INIT;
    int found = -1;

    text_fold(&want, name);
    for (size_t i = 0; i < head->count && found < 0; i++) {
        buf_clear(&have);
        text_fold(&have, head->cells[i]);
        if (strcmp(buf_text(&have), buf_text(&want)) == 0)
            found = (int) i;
    }
    buf_release(&want);
    buf_release(&have);
    return found;
}

int csv_table_column(const struct csv_table *t, const char *name)
{
    return csv_row_column(&t->head, name);
}

const char *csv_table_cell(const struct csv_table *t, size_t row, int column)
{
    const struct csv_row *r = &t->rows[row];

    return column >= 0 && (size_t) column < r->count ? r->cells[column] : "";
}

bool csv_is_guarded(const char *text)
{
    return *text && strchr("=+-@\t\r\n", *text);
}

void csv_row_add_guarded(struct csv_row *row, const char *text)
{
    char *guarded = csv_is_guarded(text) ? xasprintf("'%s", text) : NULL;

    csv_row_add(row, guarded ? guarded : text);
    free(guarded);
}

void csv_row_write(struct buf *out, const struct csv_row *row)
{
    csv_row_write_with(out, row, ',');
}

void csv_row_write_with(struct buf *out, const struct csv_row *row, char delimiter)
{
    for (size_t i = 0; i < row->count; i++) {
        const char *cell = row->cells[i];
        size_t n = strlen(cell);
        char *quoted;

        if (i)
            buf_add_char(out, delimiter ? delimiter : ',');
        if (!cell[strcspn(cell, ",\"\r\n;\t")] && cell[0] != ' ' && (!n || cell[n - 1] != ' ')) {
            buf_add(out, cell);
            continue;
        }
        quoted = xmalloc(2 * n + 2);
        buf_add_mem(out, quoted, csv_write(quoted, 2 * n + 2, cell, n));
        explicit_bzero(quoted, 2 * n + 2);
        free(quoted);
    }
    buf_add(out, "\r\n");
}

/* --- row after row ---------------------------------------------------------------------------------------------- */

struct walk {
    struct buf       text;                  /* the cells of this row, each with a zero behind it */
    size_t           at[CSV_MAX_CELLS];     /* where each begins: the text may move while it grows */
    size_t           len[CSV_MAX_CELLS];
    const char      *cell[CSV_MAX_CELLS];
    struct csv_cells cells;
    enum status    (*fn)(void *ctx, const struct csv_cells *row, struct err *err);
    void            *ctx;
    enum status      st;
    struct err      *err;
};

static void walk_cell(void *bytes, size_t n, void *ctx)
{
    struct walk *w = ctx;

    if (w->st != ST_OK)
        return;
    if (w->cells.count == CSV_MAX_CELLS || memchr(bytes ? bytes : "", 0, n)) {
        w->st = err_set(w->err, ST_INVALID,
                        _("The file has more than %d columns, or bytes that are no text. Nothing was changed."
                          " Save it again as CSV (UTF-8), with fewer columns."),
                        CSV_MAX_CELLS);
        return;
    }
    w->at[w->cells.count] = w->text.len;
    w->len[w->cells.count++] = n;
    buf_add_mem(&w->text, bytes ? bytes : "", n);
    buf_add_char(&w->text, '\0');
}

static void walk_row(int end, void *ctx)
{
    struct walk *w = ctx;

    (void) end;
    for (size_t i = 0; i < w->cells.count; i++)
        w->cell[i] = w->text.s + w->at[i];
    if (w->st == ST_OK)
        w->st = w->fn(w->ctx, &w->cells, w->err);
    w->cells.row++;
    w->cells.count = 0;
    buf_clear(&w->text);
}

enum status csv_each(const char *bytes, size_t n,
                     enum status (*fn)(void *ctx, const struct csv_cells *row, struct err *err), void *ctx,
                     struct err *err)
{
    struct walk *w = xcalloc(1, sizeof *w);
    struct csv_parser p;
    enum status st;

    if (!utf8_valid(bytes, n) || csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        free(w);
        return err_set(err, ST_INVALID,
                       _("The file is not UTF-8 text. Nothing was changed. Save it as \"CSV UTF-8\" in the "
                         "spreadsheet."));
    }
    w->fn = fn;
    w->ctx = ctx;
    w->err = err;
    w->cells.cell = w->cell;
    w->cells.len = w->len;
    if (csv_parse(&p, bytes, n, walk_cell, walk_row, w) != n || csv_fini(&p, walk_cell, walk_row, w) != 0)
        w->st = err_set(err, ST_INVALID,
                        _("The file is not good CSV after its row %zu: a quotation mark stands where none may, or is "
                          "missing. Nothing was changed. Save it as CSV again."),
                        w->cells.row);
    csv_free(&p);
    st = w->st;
    buf_wipe(&w->text);
    free(w);
    return st;
}
