/* dolen/exchange/workbook.h - the rows of a data set as one workbook, for a person with a spreadsheet program. */
#ifndef DOLEN_EXCHANGE_WORKBOOK_H
#define DOLEN_EXCHANGE_WORKBOOK_H

#include "dolen/base/lang.h"
#include "dolen/base/status.h"
#include "dolen/exchange/export.h"

/* The rows of export_write, under the same policy, in the file job->folder (which must not be there): a sheet that
 * says what this is, a sheet a table, the data dictionary and the codes. Headings and labels are in l; each code
 * has its own column and a column with its label. Numbers and dates are such. ST_INVALID: more rows than a sheet
 * holds. */
enum status export_workbook(struct store *s, const struct export_job *job, enum lang l, struct export_result *out,
                            struct err *err);

#endif
