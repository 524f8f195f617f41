/* charts as SVG: bars, and values with their intervals. Every figure in them stands in the table beside them
 * as well. */
#include "dolen/report/render.h"

#include <math.h>

#include "dolen/base/lang.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

enum { WIDTH = 680, LABEL = 210, ROW = 24, TOP = 8, FIGURE = 60, CHARS = 28 };
#define PLOT (WIDTH - LABEL - FIGURE)

struct scale {
    double low, high;
};

static bool charted(const struct report_row *row)
{
    return row->kind == ROW_PLAIN;
}

static void widen(struct scale *s, struct report_cell c)
{
    if (c.state != CELL_SHOWN)
        return;
    s->low = fmin(s->low, c.value);
    s->high = fmax(s->high, c.value);
}

static struct scale scale_of(const struct report_table *t, size_t columns)
{
    struct scale s = { 0, 0 };

    for (size_t r = 0; r < t->row_count; r++)
        for (size_t c = 0; c < columns && charted(&t->rows[r]); c++)
            widen(&s, t->rows[r].cells[t->chart_column + c]);
    return s;
}

static double x_of(const struct scale *s, double v)
{
    return LABEL + (s->high > s->low ? (v - s->low) / (s->high - s->low) * PLOT : 0);
}

static void put_label(struct buf *out, const char *label, int y)
{
    size_t n = text_fit(label, CHARS, NULL);
    struct buf cut = BUF_INIT;

    buf_add_mem(&cut, label, n);
    if (label[n])
        buf_add(&cut, "\xe2\x80\xa6");
    buf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LABEL - 8, y + 16);
    html_text(out, buf_text(&cut));
    buf_add(out, "</text>");
    buf_release(&cut);
}

static void put_figure(struct buf *out, const struct report_column *c, struct report_cell v, double x, int y)
{
    buf_addf(out, "<text x=\"%.1f\" y=\"%d\">", x + 6, y + 16);
    report_figure(out, c, v);
    buf_add(out, "</text>\n");
}

static void put_bar(struct buf *out, const struct report_table *t, const struct report_row *row,
                    const struct scale *s, int y)
{
    struct report_cell v = row->cells[t->chart_column];
    double             x = v.state == CELL_SHOWN ? x_of(s, v.value) : LABEL;

    put_label(out, row->label, y);
    if (x > LABEL)
        buf_addf(out, "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", LABEL, y + 4, x - LABEL,
                 ROW - 8);
    put_figure(out, &t->columns[t->chart_column], v, x, y);
}

static void put_interval(struct buf *out, const struct report_table *t, const struct report_row *row,
                         const struct scale *s, int y)
{
    const struct report_cell *v = &row->cells[t->chart_column];
    int                       mid = y + ROW / 2;

    put_label(out, row->label, y);
    if (v[0].state != CELL_SHOWN) {
        put_figure(out, &t->columns[t->chart_column], v[0], x_of(s, 0), y);
        return;
    }
    if (v[1].state == CELL_SHOWN && v[2].state == CELL_SHOWN)
        buf_addf(out, "<path class=\"range\" d=\"M%.1f %d H%.1f M%.1f %d V%d M%.1f %d V%d\"/>", x_of(s, v[1].value),
                 mid, x_of(s, v[2].value), x_of(s, v[1].value), mid - 5, mid + 5, x_of(s, v[2].value), mid - 5,
                 mid + 5);
    buf_addf(out, "<circle class=\"bar\" cx=\"%.1f\" cy=\"%d\" r=\"4.5\"/>", x_of(s, v[0].value), mid);
    put_figure(out, &t->columns[t->chart_column], v[0],
               x_of(s, fmax(v[0].value, v[2].state == CELL_SHOWN ? v[2].value : 0)), y);
}

static void put_title(struct buf *out, const struct report_table *t, bool intervals)
{
    buf_add(out, "<title>");
    html_text(out, t->title);
    buf_add(out, ": ");
    html_text(out, t->columns[t->chart_column].label);
    buf_add(out, "</title><desc>");
    html_text(out, intervals ? _("A point for each row, with a line from the lower to the upper limit of its "
                                 "interval (95%). The same figures stand in the table.") :
                               _("A bar for each row. The same figures stand in the table."));
    buf_add(out, "</desc>\n");
}

void report_svg(const struct report_table *t, struct buf *out)
{
    bool         intervals = t->chart == CHART_INTERVALS;
    struct scale s = t->chart == CHART_NONE ? (struct scale){ 0, 0 } : scale_of(t, intervals ? 3 : 1);
    int          rows = 0, y = TOP;

    for (size_t r = 0; r < t->row_count; r++)
        rows += charted(&t->rows[r]);
    if (!(s.high > s.low) || rows < 2)
        return;
    buf_addf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, 2 * TOP + rows * ROW);
    put_title(out, t, intervals);
    buf_addf(out, "<path class=\"axis\" d=\"M%.1f %d V%d\"/>\n", x_of(&s, 0), TOP, TOP + rows * ROW);
    for (size_t r = 0; r < t->row_count; r++) {
        if (!charted(&t->rows[r]))
            continue;
        if (intervals)
            put_interval(out, t, &t->rows[r], &s, y);
        else
            put_bar(out, t, &t->rows[r], &s, y);
        y += ROW;
    }
    buf_add(out, "</svg>\n");
}
