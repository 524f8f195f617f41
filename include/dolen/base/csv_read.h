/* dolen/base/csv_read.h - a CSV file as rows of cells (libcsv lives here), and cells on their way back.
 *
 * The first row that is not empty names the columns. A byte order mark is passed over; cells are parted by the one of
 * ',' ';' and tab that the first line has most of, as spreadsheets of other countries write it. What is not UTF-8 is
 * refused, and so is a workbook: nothing is guessed. */
#ifndef DOLEN_BASE_CSV_READ_H
#define DOLEN_BASE_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"

#define CSV_MAX_BYTES ((size_t) 32 << 20)
#define CSV_MAX_CELLS 400                   /* a row */

struct csv_row {
    char **cells;
    size_t count, cap;
    size_t at;                              /* which row of the file it was, from 1; 0: of none */
};

struct csv_table {                          /* a value: { 0 } is an empty one */
    struct csv_row  head;
    struct csv_row *rows;
    size_t          count, cap;
    char            delimiter;              /* '\0': a comma */
};

enum status csv_table_read(struct csv_table *out, const char *bytes, size_t n, struct err *err);
void        csv_table_release(struct csv_table *t);     /* wiped */
/* What number a spreadsheet shows beside that row: empty rows and titles above it count. */
size_t      csv_table_number(const struct csv_table *t, size_t row);
/* A sheet may begin with a title: that row names the columns instead, and what stood above it is dropped. */
void        csv_table_head_is(struct csv_table *t, size_t row);
int         csv_row_column(const struct csv_row *head, const char *name);       /* as csv_table_column */
/* Column number of a name, however it is written in capitals and blanks; -1 when there is none. */
int         csv_table_column(const struct csv_table *t, const char *name);
const char *csv_table_cell(const struct csv_table *t, size_t row, int column);     /* "" where the row is short */
/* Row after row, the first one too, keeping one at a time: for files of programs (comma, no byte order mark). Cells
 * end with a zero; row counts from 0. The function's failure ends the reading. ST_INVALID: not good CSV, or not
 * UTF-8. */
struct csv_cells {
    const char **cell;
    size_t      *len;
    size_t       count, row;
};
enum status csv_each(const char *bytes, size_t n,
                     enum status (*fn)(void *ctx, const struct csv_cells *row, struct err *err), void *ctx,
                     struct err *err);
/* Adds a cell to a row; the copy is the row's. */
void        csv_row_add(struct csv_row *row, const char *text);
/* A text that a spreadsheet might take for a formula; "--csv excel" puts a ' before it. Of text cells only, never of
 * numbers. */
bool        csv_is_guarded(const char *text);
/* Adds a cell as a spreadsheet may safely open it. */
void        csv_row_add_guarded(struct csv_row *row, const char *text);
#define CSV_BYTE_ORDER_MARK "\xef\xbb\xbf"          /* by which Excel sees that it is UTF-8 */
/* One line, quoted where it must be, ended by CR LF. */
void        csv_row_write(struct buf *out, const struct csv_row *row);
void        csv_row_write_with(struct buf *out, const struct csv_row *row, char delimiter);     /* '\0': a comma */

#endif
