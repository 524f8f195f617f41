/* canvas.c - cells: storage, placing a cluster, the cursor, dumps. Text on them is canvas_text.c. */
#include "dolen/ui/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "canvas_priv.h"
#include "dolen/base/banned.h"

static const struct cell blank = { " ", 1, STYLE_TEXT };

static struct cell *cell_at(struct canvas *c, int y, int x)
{
    return &c->cells[(size_t) y * (size_t) c->cols + (size_t) x];
}

static void drop_cells(struct canvas *c)
{
    if (c->cells)
        explicit_bzero(c->cells, (size_t) c->rows * (size_t) c->cols * sizeof *c->cells);
    free(c->cells);
    c->cells = NULL;
}

struct canvas *canvas_new(int rows, int cols)
{
    struct canvas *c = xcalloc(1, sizeof *c);

    canvas_resize(c, rows, cols);
    return c;
}

void canvas_free(struct canvas **cp)
{
    if (!cp || !*cp)
        return;
    drop_cells(*cp);
    buf_wipe(&(*cp)->tamed);
    free(*cp);
    *cp = NULL;
}

void canvas_resize(struct canvas *c, int rows, int cols)
{
    rows = rows < 1 ? 1 : rows;
    cols = cols < 1 ? 1 : cols;
    if (!c->cells || rows != c->rows || cols != c->cols) {
        drop_cells(c);
        c->cells = xcalloc((size_t) rows * (size_t) cols, sizeof *c->cells);
        c->rows = rows;
        c->cols = cols;
    }
    canvas_clear(c);
}

void canvas_clear(struct canvas *c)
{
    size_t n = (size_t) c->rows * (size_t) c->cols;

    for (size_t i = 0; i < n; i++)
        c->cells[i] = blank;
    c->cursor = (struct spot) { 0, 0, false };
}

void canvas_copy(struct canvas *to, const struct canvas *from)
{
    if (to->rows != from->rows || to->cols != from->cols)
        canvas_resize(to, from->rows, from->cols);
    memcpy(to->cells, from->cells, (size_t) from->rows * (size_t) from->cols * sizeof *from->cells);
    to->cursor = from->cursor;
    to->glyphs = from->glyphs;
}

int canvas_rows(const struct canvas *c)
{
    return c->rows;
}

int canvas_cols(const struct canvas *c)
{
    return c->cols;
}

const struct cell *canvas_row(const struct canvas *c, int y)
{
    return &c->cells[(size_t) y * (size_t) c->cols];
}

struct spot canvas_cursor(const struct canvas *c)
{
    return c->cursor;
}

void canvas_set_glyphs(struct canvas *c, enum glyph_set set)
{
    c->glyphs = set;
}

void canvas_put(struct canvas *c, int y, int x, const char *s, size_t n, int width, unsigned style)
{
    struct cell *cell = cell_at(c, y, x);

    if (cell->width == 0 && x > 0)
        cell[-1] = blank;                           /* its left half goes with it */
    for (int i = 0; i < width; i++)
        if (cell[i].width == 2 && x + i + 1 < c->cols)
            cell[i + 1] = blank;
    *cell = (struct cell) { .width = (uint8_t) width, .style = (uint8_t) style };
    memcpy(cell->text, s, n < CELL_BYTES - 1 ? n : CELL_BYTES - 1);
    if (width == 2)
        cell[1] = (struct cell) { .width = 0, .style = (uint8_t) style };
}

struct area area_all(struct canvas *c)
{
    return (struct area) { c, 0, 0, c->rows, c->cols };
}

static int clip(int at, int want, int have)
{
    int room = have - at;

    if (room < 0)
        room = 0;
    return want < 0 || want > room ? room : want;
}

struct area area_sub(struct area a, int y, int x, int rows, int cols)
{
    y = y < 0 ? 0 : y > a.rows ? a.rows : y;
    x = x < 0 ? 0 : x > a.cols ? a.cols : x;
    return (struct area) { a.canvas, a.y + y, a.x + x, clip(y, rows, a.rows), clip(x, cols, a.cols) };
}

const char *area_glyph(struct area a, enum glyph g)
{
    return glyph_in(a.canvas->glyphs, g);
}

static void restyle(struct area a, int y, int x, int cols, unsigned keep, unsigned add)
{
    if (y < 0 || y >= a.rows || x < 0)
        return;
    cols = clip(x, cols, a.cols);
    for (int i = 0; i < cols; i++) {
        struct cell *cell = cell_at(a.canvas, a.y + y, a.x + x + i);

        cell->style = (uint8_t) ((cell->style & keep) | add);
    }
}

void area_restyle(struct area a, int y, int x, int cols, unsigned style)
{
    restyle(a, y, x, cols, 0, style);
}

void area_focus(struct area a, int y, int x, int cols)
{
    restyle(a, y, x, cols, 0xff, STYLE_ON_FOCUS);
}

void area_cursor(struct area a, int y, int x, bool editing)
{
    if (a.rows < 1 || a.cols < 1)
        return;
    y = y < 0 ? 0 : y >= a.rows ? a.rows - 1 : y;
    x = x < 0 ? 0 : x >= a.cols ? a.cols - 1 : x;
    a.canvas->cursor = (struct spot) { a.y + y, a.x + x, editing };
}

void canvas_row_text(const struct canvas *c, int y, struct buf *out)
{
    const struct cell *row = canvas_row(c, y);
    int end = c->cols;

    while (end > 0 && str_eq(row[end - 1].text, " "))
        end--;
    for (int x = 0; x < end; x++)
        buf_add(out, row[x].text);
}

void canvas_dump(const struct canvas *c, struct buf *out)
{
    for (int y = 0; y < c->rows; y++) {
        canvas_row_text(c, y, out);
        buf_add_char(out, '\n');
    }
    buf_addf(out, "cursor %d %d%s\n", c->cursor.y, c->cursor.x, c->cursor.editing ? " editing" : "");
}

void canvas_dump_styles(const struct canvas *c, struct buf *out)
{
    for (int y = 0; y < c->rows; y++) {
        const struct cell *row = canvas_row(c, y);

        for (int x = 0; x < c->cols; x++)
            buf_add_char(out, style_letter(row[x].style));
        buf_add_char(out, '\n');
    }
}
