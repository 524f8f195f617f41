/* chart.c - signs for core's chart cells, with scale and labels. */
#include "dolen/ui/chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define LABEL_EVERY 2                   /* a label at every second bar at least, or they lie */
#define NUMBER_BYTES 32
#define VALUE_COLS   6                  /* "100.5" and a blank, beside the bar */

static const enum glyph signs[CHART_GLYPH_COUNT] = {
    [CHART_POINT] = GLYPH_DOT, [CHART_FLAT] = GLYPH_HLINE, [CHART_RISE] = GLYPH_RISE, [CHART_FALL] = GLYPH_FALL,
    [CHART_STEEP] = GLYPH_VLINE,
    [CHART_EIGHTH_1] = GLYPH_BAR1, [CHART_EIGHTH_2] = GLYPH_BAR2, [CHART_EIGHTH_3] = GLYPH_BAR3,
    [CHART_EIGHTH_4] = GLYPH_BAR4, [CHART_EIGHTH_5] = GLYPH_BAR5, [CHART_EIGHTH_6] = GLYPH_BAR6,
    [CHART_EIGHTH_7] = GLYPH_BAR7, [CHART_EIGHTH_8] = GLYPH_BAR8,
};

/* The same parts of a cell, filled from the left. */
static const enum glyph lying[] = {
    GLYPH_PART1, GLYPH_PART2, GLYPH_PART3, GLYPH_PART4, GLYPH_PART5, GLYPH_PART6, GLYPH_PART7, GLYPH_BAR8,
};

static void number_text(char out[NUMBER_BYTES], double v)
{
    if (isnan(v))
        snprintf(out, NUMBER_BYTES, "-");
    else if (v > -1e15 && v < 1e15 && v == trunc(v))
        snprintf(out, NUMBER_BYTES, "%.0f", v);
    else
        snprintf(out, NUMBER_BYTES, "%.1f", v);
}

static void draw_cells(struct area a, const unsigned char *cells)
{
    for (int y = 0; y < a.rows; y++)
        for (int x = 0; x < a.cols; x++) {
            unsigned char g = cells[y * a.cols + x];

            if (g != CHART_BLANK && g < CHART_GLYPH_COUNT)
                area_text_cut(a, y, x, 1, g == CHART_POINT ? STYLE_CHART2 : STYLE_CHART, area_glyph(a, signs[g]));
        }
}

static void draw_values(struct area a, const struct chart_plot *p)
{
    int x = 0;

    for (size_t i = 0; i < p->count && x < a.cols; i++) {
        char n[NUMBER_BYTES];

        number_text(n, p->values[i].value);
        x += area_text(a, 0, x, -1, STYLE_VALUE, n) + 2;
    }
}

/* Beside the last point; a has a little room to the right of the plot's cols. */
static void draw_last_value(struct area a, int cols, const struct chart_plot *p, const struct chart_range *r)
{
    size_t i = p->count;
    char n[NUMBER_BYTES];

    while (i > 0 && isnan(p->values[i - 1].value))
        i--;
    if (i == 0)
        return;
    number_text(n, p->values[i - 1].value);
    int x = chart_col(r, cols, p->values[i - 1].at), y = chart_row(r, a.rows, p->values[i - 1].value);

    if (x + 2 + text_width(n) > a.cols) {
        x = a.cols - text_width(n) - 2;
        y += y > 0 ? -1 : 1;
    }
    area_text(a, y, x + 2, -1, STYLE_HEADING, n);
}

void chart_draw_line(struct area a, const struct chart_plot *p)
{
    char high[NUMBER_BYTES], low[NUMBER_BYTES];

    if (p->count == 0 || a.rows < 1)
        return;
    if (a.rows < 4 || a.cols < 16) {
        draw_values(a, p);
        return;
    }
    number_text(high, p->high);
    number_text(low, p->low);
    int margin = text_width(high) > text_width(low) ? text_width(high) : text_width(low);
    struct area plot = area_sub(a, 0, margin + 1, a.rows - 2, a.cols - margin - 1 - VALUE_COLS / 2);
    struct chart_range r = chart_range_of(p->values, p->count, p->low, p->high);
    unsigned char *cells = xcalloc((size_t) plot.rows * (size_t) plot.cols, 1);

    area_text_right(a, 0, margin, STYLE_DIM, high);
    area_text_right(a, plot.rows - 1, margin, STYLE_DIM, low);
    area_vline(a, 0, margin, plot.rows, STYLE_LINE);
    area_text(a, plot.rows, margin, 1, STYLE_LINE, area_glyph(a, GLYPH_CORNER));
    area_hline(a, plot.rows, margin + 1, plot.cols, STYLE_LINE);
    chart_line(cells, plot.cols, plot.rows, &r, p->values, p->count);
    draw_cells(plot, cells);
    draw_last_value(area_sub(a, 0, margin + 1, plot.rows, -1), plot.cols, p, &r);
    free(cells);
    if (p->first_label)
        area_text(a, a.rows - 1, margin + 1, plot.cols / 2, STYLE_DIM, p->first_label);
    if (p->last_label && r.last > r.first)
        area_text_right(area_sub(a, a.rows - 1, margin + 1 + plot.cols / 2 + 1, 1, plot.cols - plot.cols / 2 - 1), 0,
                        plot.cols - plot.cols / 2 - 1, STYLE_DIM, p->last_label);
}

static double highest(const double *v, size_t n)
{
    double most = 0;

    for (size_t i = 0; i < n; i++)
        if (v[i] > most)
            most = v[i];
    return chart_top(most);
}

/* One row: label in label_cols columns, bar, value. high: what a full bar means. */
static void draw_across(struct area row, int label_cols, const char *label, double value, double high)
{
    char number[NUMBER_BYTES];
    int x = label_cols > 0 ? label_cols + 1 : 0, cols = row.cols - x - VALUE_COLS, end = 0;

    area_text(row, 0, 0, label_cols, STYLE_LABEL, label);
    number_text(number, value);
    if (cols > 0 && !isnan(value)) {
        unsigned char *cells = xcalloc((size_t) cols, 1);

        chart_bar_across(cells, cols, high, value);
        for (int i = 0; i < cols; i++)
            if (cells[i] >= CHART_EIGHTH_1 && cells[i] <= CHART_EIGHTH_8) {
                area_text_cut(row, 0, x + i, 1, STYLE_CHART, area_glyph(row, lying[cells[i] - CHART_EIGHTH_1]));
                end = i + 1;
            }
        free(cells);
    }
    area_text(row, 0, x + end + (end ? 1 : 0), -1, STYLE_VALUE, number);
}

static int widest_of(const char *const *labels, size_t n)
{
    int widest = 0;

    for (size_t i = 0; i < n && labels; i++)
        widest = text_width(labels[i]) > widest ? text_width(labels[i]) : widest;
    return widest;
}

static void draw_lying(struct area a, const double *values, const char *const *labels, size_t n)
{
    int widest = widest_of(labels, n);

    if (widest > a.cols / 3)
        widest = a.cols / 3;
    for (size_t i = 0; i < n && (int) i < a.rows; i++)
        draw_across(area_sub(a, (int) i, 0, 1, -1), widest, labels ? labels[i] : "", values[i], highest(values, n));
}

/* Every how many bars there is room for a whole label. */
static size_t label_step(const char *const *labels, size_t n, int width)
{
    return (size_t) (widest_of(labels, n) + 1 + width) / (size_t) (width + 1);
}

static void draw_upright(struct area a, const double *values, const char *const *labels, size_t n, int width)
{
    double high = highest(values, n);
    struct area plot = area_sub(a, 1, 0, a.rows - 2, -1);
    unsigned char *cells = xcalloc((size_t) plot.rows * (size_t) plot.cols, 1);
    size_t step = labels ? label_step(labels, n, width) : 1;

    chart_bars(cells, plot.cols, plot.rows, high, values, n, width);
    draw_cells(plot, cells);
    free(cells);
    for (size_t i = 0; i < n; i++) {
        char number[NUMBER_BYTES];
        int x = (int) i * (width + 1), y = 0;

        number_text(number, values[i]);
        if (!isnan(values[i]) && high > 0)
            y = plot.rows - (int) ceil(values[i] / high * plot.rows);
        area_text_cut(a, y < 0 ? 0 : y > plot.rows ? plot.rows : y, x, width + 1, STYLE_VALUE, number);
        if (labels && i % step == 0)
            area_text_cut(a, a.rows - 1, x, -1, STYLE_DIM, labels[i]);
    }
}

void chart_draw_bars(struct area a, const double *values, const char *const *labels, size_t n)
{
    int width = n ? chart_bar_width(a.cols, n) : 0, longest = 0;

    for (size_t i = 0; i < n; i++) {
        char number[NUMBER_BYTES];

        number_text(number, values[i]);
        longest = (int) strlen(number) > longest ? (int) strlen(number) : longest;
    }
    if (n == 0 || a.rows < 1)
        return;
    if (a.rows >= 4 && width >= longest && width > 0 && label_step(labels, n, width) <= LABEL_EVERY) {
        int room = longest > widest_of(labels, n) ? longest : widest_of(labels, n);

        draw_upright(a, values, labels, n, width > room + 2 ? room + 2 : width);
    }
    else
        draw_lying(a, values, labels, n);
}
