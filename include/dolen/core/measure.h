/* dolen/core/measure.h - what two values of a measure say. Missing is NAN: it is left out and counted, never taken
 * for 0. */
#ifndef DOLEN_CORE_MEASURE_H
#define DOLEN_CORE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

enum change { CHANGE_NONE, CHANGE_BETTER, CHANGE_SAME, CHANGE_WORSE };      /* NONE: one of the two is missing */

enum change measure_change(double before, double after, bool higher_is_better);
const char *change_label(enum change c);                 /* translated */

#endif
