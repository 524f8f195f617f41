/* dolen/report/memory.h - a warehouse in memory, for reports on the rows of one case file: filled cell by cell as an
 * export would write them, as source 1. Nothing of it reaches a disk. */
#ifndef DOLEN_REPORT_MEMORY_H
#define DOLEN_REPORT_MEMORY_H

#include "dolen/exchange/rows.h"
#include "dolen/report/query.h"

struct memory;
enum status          memory_new(struct memory **out, const struct data_set *d, struct err *err);
void                 memory_free(struct memory **wp);
/* Where export_rows puts the rows. A policy that drops columns has no place here. */
struct row_sink      memory_sink(struct memory *w);
/* After the last row. */
enum status          memory_ready(struct memory *w, struct err *err);
const struct engine *memory_engine(const struct memory *w);

#endif
