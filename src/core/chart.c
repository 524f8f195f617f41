#include "dolen/core/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/banned.h"

struct chart_range chart_range_of(const struct chart_value *v, size_t n, double low, double high)
{
    struct chart_range r = { 0, 0, low, high };

    for (size_t i = 0; i < n; i++) {
        if (i == 0 || v[i].at < r.first)
            r.first = v[i].at;
        if (i == 0 || v[i].at > r.last)
            r.last = v[i].at;
    }
    return r;
}

/* part of 0…1 on `cells` cells; a range without extent puts everything in the first. */
static int cell_of(double part, int cells)
{
    if (isnan(part) || part <= 0)
        return 0;
    return part >= 1 ? cells - 1 : (int)lround(part * (cells - 1));
}

int chart_col(const struct chart_range *r, int cols, long at)
{
    if (r->last <= r->first)
        return (cols - 1) / 2;
    return cell_of((double)(at - r->first) / (double)(r->last - r->first), cols);
}

int chart_row(const struct chart_range *r, int rows, double value)
{
    if (!(r->high > r->low))
        return rows - 1;
    return rows - 1 - cell_of((value - r->low) / (r->high - r->low), rows);
}

struct spot2 {
    int col, row;
};

static void put(unsigned char *cells, int cols, int row, int col, enum chart_glyph g)
{
    cells[row * cols + col] = (unsigned char)g;
}

/* The rows between two, both left out; values that stand there stay. */
static void upright(unsigned char *cells, int cols, int col, int from, int to)
{
    int dir = to < from ? -1 : 1;

    for (int row = from + dir; (to - row) * dir > 0; row += dir)
        if (cells[row * cols + col] == CHART_BLANK)
            put(cells, cols, row, col, CHART_STEEP);
}

/* Column by column from a to b, both left out. Where the line crosses more than one row in a column it goes upright. */
static void join(unsigned char *cells, int cols, struct spot2 a, struct spot2 b)
{
    int before = a.row;

    for (int col = a.col + 1; col < b.col; col++) {
        double part = (double)(col - a.col) / (double)(b.col - a.col);
        int    row = a.row + (int)lround(part * (b.row - a.row)), step = row - before;

        if (step == 0)
            put(cells, cols, row, col, CHART_FLAT);
        else if (abs(step) == 1)
            put(cells, cols, row, col, step < 0 ? CHART_RISE : CHART_FALL);
        else
            upright(cells, cols, col, before, row + (step < 0 ? -1 : 1));
        before = row;
    }
    upright(cells, cols, b.col, before, b.row);
}

void chart_line(unsigned char *cells, int cols, int rows, const struct chart_range *r, const struct chart_value *v,
                size_t n)
{
    struct spot2 last = { 0, 0 };
    int          joined = 0;

    if (cols < 1 || rows < 1)
        return;
    memset(cells, CHART_BLANK, (size_t)cols * (size_t)rows);
    for (size_t i = 0; i < n; i++) {
        struct spot2 here;

        if (isnan(v[i].value)) {
            joined = 0;
            continue;
        }
        here = (struct spot2){ chart_col(r, cols, v[i].at), chart_row(r, rows, v[i].value) };
        if (joined)
            join(cells, cols, last, here);
        put(cells, cols, here.row, here.col, CHART_POINT);
        last = here;
        joined = 1;
    }
}

/* --- bars --- */

int chart_bar_width(int cols, size_t n)
{
    int count = (int)n;

    if (n == 0 || n > (size_t)cols)
        return 0;
    return (cols + 1) / count - 1;
}

/* Eighths of a cell that a value fills out of `cells` cells. */
static int eighths(double value, double high, int cells)
{
    double part = high > 0 ? value / high : 0;
    int    n;

    if (isnan(part) || part <= 0)
        return 0;
    n = part >= 1 ? cells * 8 : (int)lround(part * cells * 8);
    return n > 0 ? n : 1;
}

/* The k-th cell from the foot of a bar of so many eighths. */
static enum chart_glyph bar_cell(int fill, int k)
{
    int left = fill - 8 * k;

    if (left <= 0)
        return CHART_BLANK;
    return left >= 8 ? CHART_EIGHTH_8 : (enum chart_glyph)(CHART_EIGHTH_1 + left - 1);
}

void chart_bars(unsigned char *cells, int cols, int rows, double high, const double *v, size_t n, int width)
{
    if (cols < 1 || rows < 1 || width < 1)
        return;
    memset(cells, CHART_BLANK, (size_t)cols * (size_t)rows);
    for (size_t i = 0; i < n; i++) {
        int fill = eighths(v[i], high, rows), left = (int)i * (width + 1);

        for (int col = left; col < left + width && col < cols; col++)
            for (int k = 0; k < rows; k++)
                put(cells, cols, rows - 1 - k, col, bar_cell(fill, k));
    }
}

void chart_bar_across(unsigned char *cells, int cols, double high, double value)
{
    int fill = eighths(value, high, cols < 1 ? 0 : cols);

    for (int k = 0; k < cols; k++)
        cells[k] = (unsigned char)bar_cell(fill, k);
}

double chart_top(double max)
{
    static const double steps[] = { 1, 2, 5, 10 };
    double              power;

    if (!(max > 0) || isinf(max))
        return 1;
    power = pow(10, floor(log10(max)));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (steps[i] * power >= max)
            return steps[i] * power;
    return 10 * power;
}
