/* dolen/core/chart.h - the shape of a text chart: which sign goes in which cell. The screen has a Unicode and an ASCII
 * sign for each; nothing here knows either.
 *
 * Cells are rows × cols bytes, row 0 at the top; the caller owns them. */
#ifndef DOLEN_CORE_CHART_H
#define DOLEN_CORE_CHART_H

#include <stddef.h>

enum chart_glyph {
    CHART_BLANK,
    CHART_POINT,                         /* a value */
    CHART_FLAT, CHART_RISE, CHART_FALL, CHART_STEEP,    /* the way from one value to the next */
    CHART_EIGHTH_1, CHART_EIGHTH_2, CHART_EIGHTH_3, CHART_EIGHTH_4,
    CHART_EIGHTH_5, CHART_EIGHTH_6, CHART_EIGHTH_7, CHART_EIGHTH_8,     /* of a cell, filled from below (or the left) */
    CHART_GLYPH_COUNT
};

struct chart_value {
    long   at;                           /* a day number, or a place 0, 1, 2 … */
    double value;                        /* NAN: missing, and the line is broken there */
};

struct chart_range {
    long   first, last;                  /* left and right edge */
    double low, high;                    /* lower and upper edge */
};

/* The range of the values themselves in time, low … high in height. */
struct chart_range chart_range_of(const struct chart_value *v, size_t n, double low, double high);
/* Cell of a value, both inside the chart whatever the value. */
int  chart_col(const struct chart_range *r, int cols, long at);
int  chart_row(const struct chart_range *r, int rows, double value);
/* Values in order of time, joined by lines. */
void chart_line(unsigned char *cells, int cols, int rows, const struct chart_range *r, const struct chart_value *v,
                size_t n);

/* Columns a bar may have, one blank between bars; 0 when n bars do not fit. */
int  chart_bar_width(int cols, size_t n);
/* Upright bars from 0 to high, each `width` wide with one blank after it. A value above 0 always shows. */
void chart_bars(unsigned char *cells, int cols, int rows, double high, const double *v, size_t n, int width);
/* One lying bar. */
void chart_bar_across(unsigned char *cells, int cols, double high, double value);
/* The next round number (1, 2 or 5 times a power of ten) from max on; 1 when max is not above 0. */
double chart_top(double max);

#endif
