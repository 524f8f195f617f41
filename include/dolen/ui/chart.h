/* dolen/ui/chart.h - charts in cells: a measure over time, counts a month, one bar a row. Geometry is core's
 * (dolen/core/chart.h); here are signs, edges and labels. Every number drawn as a shape stands as digits too. */
#ifndef DOLEN_UI_CHART_H
#define DOLEN_UI_CHART_H

#include <stddef.h>

#include "dolen/core/chart.h"
#include "dolen/ui/canvas.h"

struct chart_plot {
    const struct chart_value *values;         /* in order of time; NAN: missing, the line is broken there */
    size_t                    count;
    double                    low, high;      /* ends of the scale */
    const char               *first_label, *last_label;     /* under the ends (dates); NULL none */
};

/* Scale at the left, line and points, labels below, the last value beside its point. Needs 4 rows and 16 columns;
 * smaller: the values as digits in one row. */
void chart_draw_line(struct area a, const struct chart_plot *p);
/* Upright bars with their values above and labels below, every second one where that is what there is room for. Where
 * they do not fit, lying ones, a row each, as many as there are rows. labels may be NULL. */
void chart_draw_bars(struct area a, const double *values, const char *const *labels, size_t n);

#endif
