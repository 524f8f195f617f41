/* canvas_curses.c - from cells to curses. Only cells that differ from the last flush are handed over, so curses
 * compares just the rows that changed; the cursor is placed last, on the focus, in every frame. */
#include "term_priv.h"

#include <curses.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define RUN_BYTES 1024

static attr_t attributes[256];          /* by cell style */
static short  pairs[256];

static attr_t attributes_of(unsigned looks)
{
    attr_t a = A_NORMAL;

    if (looks & LOOK_BOLD)
        a |= A_BOLD;
    if (looks & LOOK_REVERSE)
        a |= A_REVERSE;
    if (looks & LOOK_LINE)
        a |= A_UNDERLINE;
    if (looks & LOOK_DIM)
        a |= A_DIM;
    return a;
}

static short ink_colour(enum ink ink, short plain)
{
    static const short colours[] = {
        [INK_BLACK] = COLOR_BLACK, [INK_RED] = COLOR_RED, [INK_GREEN] = COLOR_GREEN, [INK_YELLOW] = COLOR_YELLOW,
        [INK_BLUE] = COLOR_BLUE, [INK_MAGENTA] = COLOR_MAGENTA, [INK_CYAN] = COLOR_CYAN, [INK_WHITE] = COLOR_WHITE,
    };

    return ink == INK_PLAIN ? plain : colours[ink];
}

void curses_colours(struct term *t)
{
    short ink = COLOR_WHITE, paper = COLOR_BLACK;

    if (t->scheme == SCHEME_COLOUR && use_default_colors() == OK)
        ink = paper = -1;
    for (unsigned s = 0; s < STYLE_COUNT; s++) {
        struct look look = style_look(t->scheme, s);
        struct look focused = style_look(t->scheme, s | STYLE_ON_FOCUS);
        bool plain = look.ink == INK_PLAIN && look.paper == INK_PLAIN;
        short pair = t->scheme == SCHEME_COLOUR && !plain ? (short) (s + 1) : 0;

        if (pair)
            init_pair(pair, ink_colour(look.ink, ink), ink_colour(look.paper, paper));
        attributes[s] = attributes_of(look.attributes);
        attributes[s | STYLE_ON_FOCUS] = attributes_of(focused.attributes);
        pairs[s] = pair;
        pairs[s | STYLE_ON_FOCUS] = focused.ink == look.ink && focused.paper == look.paper ? pair : 0;
    }
}

/* Text of a cell as this terminal can show it, in exactly the cell's columns. */
static const char *cell_text(struct term *t, const struct cell *cell)
{
    if (t->utf8)
        return cell->text;
    buf_clear(&t->ascii);
    text_to_ascii(&t->ascii, cell->text);
    while (t->ascii.len < cell->width)
        buf_add_char(&t->ascii, ' ');
    if (t->ascii.len > cell->width)
        buf_remove(&t->ascii, cell->width, t->ascii.len - cell->width);
    return buf_text(&t->ascii);
}

/* Writes cells from first to last of row y, one curses call for each stretch of one style. */
static void write_cells(struct term *t, int y, const struct cell *row, int first, int last)
{
    char run[RUN_BYTES];
    size_t n = 0;
    int style = -1;

    wmove(stdscr, y, first);
    for (int x = first; x <= last; x++) {
        if (row[x].width == 0)
            continue;
        if (row[x].style != style || n + CELL_BYTES >= sizeof run) {
            waddnstr(stdscr, run, (int) n);
            n = 0;
            style = row[x].style;
            wattr_set(stdscr, attributes[style], pairs[style], NULL);
        }
        const char *s = cell_text(t, &row[x]);
        size_t len = strlen(s);

        memcpy(run + n, s, len);
        n += len;
    }
    waddnstr(stdscr, run, (int) n);
}

static void flush_row(struct term *t, int y, const struct cell *row, const struct cell *shown, int cols)
{
    int first = 0, last = cols - 1;

    if (!t->all) {
        if (memcmp(row, shown, (size_t) cols * sizeof *row) == 0)
            return;
        while (memcmp(&row[first], &shown[first], sizeof *row) == 0)
            first++;
        while (memcmp(&row[last], &shown[last], sizeof *row) == 0)
            last--;
        while (first > 0 && (row[first].width == 0 || shown[first].width == 0))
            first--;
    }
    write_cells(t, y, row, first, last);
}

void term_flush(struct term *t, const struct canvas *c)
{
    int rows = canvas_rows(c), cols = canvas_cols(c);
    struct spot at = canvas_cursor(c);

    if (!t->shown)
        t->shown = canvas_new(rows, cols);
    if (canvas_rows(t->shown) != rows || canvas_cols(t->shown) != cols) {
        canvas_resize(t->shown, rows, cols);
        t->all = true;
    }
    if (t->all)
        werase(stdscr);
    for (int y = 0; y < rows && y < t->rows; y++)
        flush_row(t, y, canvas_row(c, y), canvas_row(t->shown, y), cols < t->cols ? cols : t->cols);
    t->all = false;
    canvas_copy(t->shown, c);
    if (at.y < t->rows && at.x < t->cols)
        wmove(stdscr, at.y, at.x);
    wnoutrefresh(stdscr);
    doupdate();
}
