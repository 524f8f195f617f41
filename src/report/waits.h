/* waits.h - lengths of time as counted values, and their percentiles. */
#ifndef DOLEN_REPORT_WAITS_H
#define DOLEN_REPORT_WAITS_H

#include "build.h"

struct waits {
    struct stat_tally *items;
    size_t             count, cap;
    long               n;
};
void   waits_add(struct waits *w, double days, long times);
double waits_quantile(struct waits *w, double p);
/* Rows of a query (key, days, n), one struct waits a class. */
enum status waits_by(struct making *m, const char *sql, const struct classes *c, struct waits *out, struct err *err);
/* Median and 90th percentile as two new last columns; each stands on so many people as its row has waits. */
void   add_waits(struct making *m, struct report_table *t, const struct classes *c, struct waits *w);
void   waits_release(struct waits *w);
bool   days_between(const char *from, const char *until, long *days);      /* false unless both are whole days */

#endif
