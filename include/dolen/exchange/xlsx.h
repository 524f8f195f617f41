/* dolen/exchange/xlsx.h - a workbook for people (libxlsxwriter lives here): sheets of typed cells.
 *
 * Text stays text, whatever it begins with; there is no way to write a formula or a link. Dates are real dates,
 * shown as year-month-day. The header row is bold, stays in view and has filters. A failure is kept and told by
 * xlsx_done, so that a row is written without asking after every cell. */
#ifndef DOLEN_EXCHANGE_XLSX_H
#define DOLEN_EXCHANGE_XLSX_H

#include <stdbool.h>
#include <stdint.h>

#include "dolen/base/date.h"
#include "dolen/base/status.h"

#define XLSX_ROWS_MAX 1048576           /* a sheet, with its header: what the format holds */
#define XLSX_TEXT_MAX 32767             /* characters in a cell; longer text is cut, and ends with … */

struct xlsx;

/* A new file: ST_REFUSED when path is there and replace is false. Written beside it in a private folder and put in
 * place by xlsx_done. title stands in the file's properties; may be NULL. */
enum status xlsx_new(struct xlsx **out, const char *path, bool replace, const char *title, struct err *err);

/* A new sheet, to which everything below belongs. A name is made to fit (31 characters, none of []:*?/\, no name
 * twice). */
void xlsx_sheet(struct xlsx *x, const char *name);
/* Above the table, before its columns: a title in large letters, a line of ordinary text, an empty line. */
void xlsx_title(struct xlsx *x, const char *text);
void xlsx_line(struct xlsx *x, const char *text);
void xlsx_gap(struct xlsx *x);

/* The header row, one call a column; the first cell ends it. width in characters, 0: as wide as the header. */
void xlsx_column(struct xlsx *x, const char *header, int width);

/* Cells from left to right. */
void xlsx_text(struct xlsx *x, const char *s);          /* NULL and "" leave the cell empty */
void xlsx_int(struct xlsx *x, int64_t n);             /* beyond 15 digits it is written as text, so that none is lost */
void xlsx_number(struct xlsx *x, double d, int decimals);   /* shown with that many places; NaN leaves the cell empty */
void xlsx_percent(struct xlsx *x, double share, int decimals);      /* 0.25 is shown as 25% */
/* not set: empty; before 1900-03-01: text (the format has no such day) */
void xlsx_date(struct xlsx *x, struct date d);
void xlsx_month(struct xlsx *x, struct date d);         /* shown as year-month */
void xlsx_bold(struct xlsx *x, const char *s);          /* a total's label */
void xlsx_row_end(struct xlsx *x);

/* Writes, fsyncs, puts in place; frees in any case. ST_NOSPACE, ST_IO; ST_INVALID: more rows than a sheet holds. */
enum status xlsx_done(struct xlsx **xp, struct err *err);
void        xlsx_drop(struct xlsx **xp);

#endif
