/* dolen/report/memory.h - a warehouse in memory, for reports on the rows of one case file: filled cell by cell as an export
 * would write them, as source 1. Nothing of it reaches a disk. */
#ifndef DOLEN_REPORT_MEMORY_H
#define DOLEN_REPORT_MEMORY_H

#include "dolen/exchange/rows.h"
#include "dolen/report/query.h"

struct warehouse;
enum status           warehouse_new(struct warehouse **out, const struct data_set *d, struct err *err);
void                  warehouse_free(struct warehouse **wp);
/* Where export_rows puts the rows. A policy that drops columns has no place here. */
struct row_sink       warehouse_sink(struct warehouse *w);
/* After the last row. */
enum status           warehouse_ready(struct warehouse *w, struct err *err);
const struct engine  *warehouse_engine(const struct warehouse *w);

#endif
