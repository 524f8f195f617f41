/* a report as lines of text: for the screen, for e-mail, for a terminal of any width. */
#include "dolen/report/render.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

enum { LABEL_MOST = 34, HEADER_LINES = 6, BAR_MOST = 40, BAR_LEAST = 8 };

void report_figure(struct buf *out, const struct report_column *c, struct report_cell cell)
{
    if (cell.state != CELL_SHOWN)
        buf_add(out, cell_sign(cell.state));
    else if (c->share)
        buf_addf(out, "%.0f%%", cell.value * 100);
    else
        buf_addf(out, "%.*f", c->decimals, cell.value == 0 ? 0.0 : cell.value);
}

static int figure_width(const struct report_column *c, struct report_cell cell)
{
    struct buf b = BUF_INIT;
    int        w;

    report_figure(&b, c, cell);
    w = text_width(buf_text(&b));
    buf_release(&b);
    return w;
}

static void blanks(struct buf *out, int n)
{
    for (; n > 0; n--)
        buf_add_char(out, ' ');
}

/* ---- paragraphs ---- */

struct lines {
    struct buf *out;
    int         indent;
};

static void put_line(void *ctx, int hang, const char *start, size_t n)
{
    struct lines *l = ctx;

    blanks(l->out, l->indent + hang);
    buf_add_mem(l->out, start, n);
    buf_add_char(l->out, '\n');
}

static void paragraph(struct buf *out, const char *text, int cols, int indent)
{
    struct lines l = { out, indent };

    text_wrap_hung(text, cols - indent > 10 ? cols - indent : 10, put_line, &l);
}

/* ---- bars ---- */

static double top_of(const struct report_table *t)
{
    double top = 0;

    for (size_t r = 0; r < t->row_count; r++) {
        struct report_cell c = t->rows[r].cells[t->chart_column];

        if (t->rows[r].kind == ROW_PLAIN && c.state == CELL_SHOWN && c.value > top)
            top = c.value;
    }
    return top;
}

/* A bar of the row's charted figure, most columns long for the greatest. */
static void put_bar(struct buf *out, const struct report_table *t, const struct report_row *row, int most, bool ascii)
{
    struct report_cell v = row->cells[t->chart_column];
    double             top = top_of(t);
    int n = v.state == CELL_SHOWN && top > 0 && row->kind == ROW_PLAIN ? (int) lround(v.value / top * most) : 0;

    for (; n > 0; n--)
        buf_add(out, ascii ? "#" : "\xe2\x96\x88");
}

/* ---- tables ---- */

struct header {
    const char *start[HEADER_LINES];
    size_t      bytes[HEADER_LINES];
    int         lines, width;
};

static void put_header(void *ctx, const char *start, size_t n)
{
    struct header *h = ctx;

    if (h->lines < HEADER_LINES) {
        h->start[h->lines] = start;
        h->bytes[h->lines++] = n;
    }
}

static int longest_word(const char *s)
{
    int most = 0;

    while (*s) {
        size_t n = strcspn(s, " ");
        char  *word = xstrndup(s, n);
        int    w = text_width(word);

        most = w > most ? w : most;
        free(word);
        s += n;
        s += strspn(s, " ");
    }
    return most;
}

static struct header *headers(const struct report_table *t)
{
    struct header *h = xcalloc(t->column_count + 1, sizeof *h);

    for (size_t i = 0; i < t->column_count; i++) {
        h[i].width = longest_word(t->columns[i].label);
        for (size_t r = 0; r < t->row_count; r++) {
            int w = figure_width(&t->columns[i], t->rows[r].cells[i]);

            h[i].width = w > h[i].width ? w : h[i].width;
        }
        text_wrap(t->columns[i].label, h[i].width, put_header, &h[i]);
    }
    return h;
}

static void right(struct buf *out, const char *s, size_t n, int width)
{
    char *cell = xstrndup(s, n);

    blanks(out, width - text_width(cell));
    buf_add(out, cell);
    free(cell);
}

static void left(struct buf *out, const char *s, int width)
{
    int    used = 0;
    size_t n = text_fit(s, width, &used);

    buf_add_mem(out, s, n);
    blanks(out, width - used);
}

/* No blanks at the end of a line. */
static void trim(struct buf *out)
{
    while (out->len && out->s[out->len - 1] == ' ')
        out->s[--out->len] = '\0';
}

static int label_width(const struct report_table *t, int cols)
{
    int most = text_width(t->row_title), limit = cols / 2 < LABEL_MOST ? cols / 2 : LABEL_MOST;

    for (size_t r = 0; r < t->row_count; r++) {
        int w = text_width(t->rows[r].label) + (t->rows[r].kind == ROW_PLAIN ? 2 : 0);

        most = w > most ? w : most;
    }
    return most < limit ? most : limit;
}

static void put_headers(struct buf *out, const struct report_table *t, const struct header *h, size_t from,
                        size_t until, int label)
{
    int lines = 1;

    for (size_t i = from; i < until; i++)
        lines = h[i].lines > lines ? h[i].lines : lines;
    for (int l = 0; l < lines; l++) {
        left(out, l + 1 == lines ? t->row_title : "", label);
        for (size_t i = from; i < until; i++) {
            int at = l - (lines - h[i].lines);

            blanks(out, 2);
            right(out, at >= 0 ? h[i].start[at] : "", at >= 0 ? h[i].bytes[at] : 0, h[i].width);
        }
        trim(out);
        buf_add_char(out, '\n');
    }
}

static bool has_groups(const struct report_table *t)
{
    for (size_t r = 0; r < t->row_count; r++)
        if (t->rows[r].kind == ROW_SUBTOTAL)
            return true;
    return false;
}

/* A table being set: its widths, and the room for a bar beside a single column. */
struct page {
    const struct report_table *t;
    const struct header       *h;
    int                        label, bar;
    bool                       ascii;
};

/* A label too long for its column goes on in the lines below. */
static void put_row(struct buf *out, const struct report_row *row, const struct page *k, size_t from, size_t until)
{
    const struct report_table *t = k->t;
    const struct header       *h = k->h;
    int label = k->label;
    int    indent = has_groups(t) && row->kind == ROW_PLAIN ? 2 : 0, used = 0;
    size_t n = text_fit(row->label, label - indent, &used);

    if (row->label[n]) {
        size_t blank = n;

        while (blank > 0 && row->label[blank] != ' ')
            blank--;
        n = blank ? blank : n;
    }
    blanks(out, indent);
    {
        char *first = xstrndup(row->label, n);

        left(out, first, label - indent);
        free(first);
    }
    for (size_t i = from; i < until; i++) {
        struct buf b = BUF_INIT;

        report_figure(&b, &t->columns[i], row->cells[i]);
        blanks(out, 2);
        right(out, buf_text(&b), b.len, h[i].width);
        buf_release(&b);
    }
    if (t->chart == CHART_BARS && t->column_count == 1 && k->bar >= BAR_LEAST) {
        buf_add(out, "  ");
        put_bar(out, t, row, k->bar, k->ascii);
    }
    trim(out);
    buf_add_char(out, '\n');
    if (row->label[n])
        paragraph(out, row->label + n + strspn(row->label + n, " "), label, indent + 2);
}

static void put_table(struct buf *out, const struct report_table *t, int cols, bool ascii)
{
    struct header *h = headers(t);
    int            label = label_width(t, cols), room = t->column_count ? cols - label - h[0].width - 4 : 0;
    struct page    k = { t, h, label, room > BAR_MOST ? BAR_MOST : room, ascii };

    for (size_t from = 0, until; from < t->column_count; from = until) {
        int used = label;

        for (until = from; until < t->column_count && (until == from || used + 2 + h[until].width <= cols); until++)
            used += 2 + h[until].width;
        put_headers(out, t, h, from, until, label);
        for (size_t r = 0; r < t->row_count; r++)
            put_row(out, &t->rows[r], &k, from, until);
        buf_add_char(out, '\n');
    }
    if (t->row_count == 0) {
        paragraph(out, _("Nothing in this period."), cols, 2);
        buf_add_char(out, '\n');
    }
    free(h);
}

/* ---- bars below a table of several columns ---- */

static void put_bars(struct buf *out, const struct report_table *t, int cols, bool ascii)
{
    int label = label_width(t, cols), most = cols - label - 12;
    const struct report_column *c = &t->columns[t->chart_column];

    most = most > BAR_MOST ? BAR_MOST : most;
    if (t->chart != CHART_BARS || t->column_count == 1 || !(top_of(t) > 0) || most < BAR_LEAST || t->row_count < 2)
        return;
    paragraph(out, c->label, cols, 0);
    for (size_t r = 0; r < t->row_count; r++) {
        if (t->rows[r].kind != ROW_PLAIN)
            continue;
        left(out, t->rows[r].label, label);
        buf_add(out, "  ");
        put_bar(out, t, &t->rows[r], most, ascii);
        buf_add_char(out, ' ');
        report_figure(out, c, t->rows[r].cells[t->chart_column]);
        buf_add_char(out, '\n');
    }
    buf_add_char(out, '\n');
}

/* ---- the whole ---- */

static void put_state(const struct report *r, struct buf *out, int cols)
{
    if (r->training)
        paragraph(out, _("TRAINING: invented people."), cols, 0);
    if (r->unsuppressed)
        paragraph(out, _("EXACT COUNTS: not to be passed on."), cols, 0);
    if (r->draft)
        paragraph(out, _("DRAFT: not released."), cols, 0);
}

void report_text(const struct report *r, int cols, bool ascii, struct buf *out)
{
    char *from = xstrdup(date_show(r->from).s), *until = xstrdup(date_show(r->until).s), *line;

    paragraph(out, r->title, cols, 0);
    line = xasprintf(_("%s to %s"), from, until);
    paragraph(out, line, cols, 0);
    free(line);
    if (r->scope)
        paragraph(out, r->scope, cols, 0);
    put_state(r, out, cols);
    buf_add_char(out, '\n');
    for (size_t i = 0; i < r->count; i++) {
        const struct report_table *t = &r->tables[i];

        buf_addf(out, "%zu. ", i + 1);
        paragraph(out, t->title, cols, 0);
        buf_add_char(out, '\n');
        put_table(out, t, cols, ascii);
        put_bars(out, t, cols, ascii);
        paragraph(out, t->note, cols, 0);
        buf_add_char(out, '\n');
    }
    paragraph(out, _("About these figures"), cols, 0);
    for (size_t i = 0; i < r->note_count; i++) {
        char *entry = xasprintf("- %s", r->notes[i]);

        paragraph(out, entry, cols, 0);
        free(entry);
    }
    free(from);
    free(until);
}
