/* dolen/exchange/rows.h - the rows of a data set given to a function in place of a file: for reports on one's own
 * caseload.
 *
 * Cells are the text that an export would have in the same place, item by item with NAME__missing beside it. */
#ifndef DOLEN_EXCHANGE_ROWS_H
#define DOLEN_EXCHANGE_ROWS_H

#include "dolen/exchange/export.h"

struct row_sink {
    void *ctx;
    /* Of the row being given; text is borrowed for the call. */
    void        (*cell)(void *ctx, const char *text, size_t n);
    /* The row is whole. A failure ends the reading and is handed back. */
    enum status (*row)(void *ctx, const struct data_set_table *table, struct err *err);
};

/* Every row of the job's period. Its folder is not used. */
enum status export_rows(struct store *s, const struct export_job *job, const struct row_sink *sink, struct err *err);

#endif
