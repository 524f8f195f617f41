/* app/measure_values.h - a filed measure as rows of the table "measure": one for every item answered and every score.
 * What was answered before and is not any more goes to the bin. In the filing's own transaction. */
#ifndef DOLEN_APP_MEASURE_VALUES_H
#define DOLEN_APP_MEASURE_VALUES_H

#include "filing.h"

/* f: of a form that is a measure, with its record and episode; a: its answers; on: the day it was taken. */
enum status measure_values(struct filling *f, const struct answers *a, struct date on, struct err *err);

#endif
