/* dolen/report/render.h - a report as text, CSV, a workbook, or one page of HTML. Each carries its definitions. */
#ifndef DOLEN_REPORT_RENDER_H
#define DOLEN_REPORT_RENDER_H

#include <stdbool.h>

#include "dolen/base/buf.h"
#include "dolen/base/json.h"
#include "dolen/report/report.h"

#define REPORT_FORMAT_LIST(X) X(TEXT, "text") X(CSV, "csv") X(XLSX, "xlsx") X(HTML, "html")

enum report_format {
#define X(name, word) REPORT_AS_##name,
    REPORT_FORMAT_LIST(X)
#undef X
    REPORT_FORMATS
};
bool report_format_find(const char *word, enum report_format *out);

/* A figure as people read it: "15", "1.5", "45%", "c". */
void report_figure(struct buf *out, const struct report_column *c, struct report_cell cell);

/* Lines of at most cols columns; tables too wide for that go on below. ascii: bars of '#'. */
void report_text(const struct report *r, int cols, bool ascii, struct buf *out);
/* For the ear, in sentences without columns: whose figures of which days; a table row by row, each figure after its
 * name, what is kept back in words, the chart as a sentence, the definition last; what the figures are. */
void report_say_opening(const struct report *r, struct buf *out);
void report_say_table(const struct report_table *t, struct buf *out);
void report_say_notes(const struct report *r, struct buf *out);
/* report, from, until, scope, training, draft, tables (table, title, note, row_title, columns, rows with their cells)
 * and notes; a cell has a value (null when it is not shown; shares as parts of 1) and a state (null, c, x or z). */
struct json *report_json(const struct report *r);
/* One line a figure: report, period_from, period_until, table, row, row_label, row_kind, column, column_label, value,
 * state (c, x, z; empty when there is a value). RFC 4180, UTF-8, CRLF; shares as parts of 1. */
void report_csv(const struct report *r, struct buf *out);
/* One self-contained page: no script, nothing from elsewhere; prints on A4. */
void report_html(const struct report *r, struct buf *out);
/* A new file; a sheet a table, and one that says what the figures are. */
enum status report_xlsx(const struct report *r, const char *path, struct err *err);

/* ST_REFUSED when path ends like another format than f, which its program would not open; NULL always fits. */
enum status report_path_fits(enum report_format f, const char *path, struct err *err);
/* Into a new file that fits (ST_REFUSED when there is one), or, path NULL, to standard output. ST_USAGE: a workbook
 * needs a file. */
enum status report_give(const struct report *r, enum report_format f, const char *path, struct err *err);

/* The chart of a table, for a page of HTML; nothing when it has none. */
void report_svg(const struct report_table *t, struct buf *out);
/* Text with & < > " escaped. */
void html_text(struct buf *out, const char *s);

#endif
