/* dolen/ui/canvas.h - a grid of cells that views draw on. No terminal behind it: the program flushes it to one
 * (term.h), a test dumps it as text.
 *
 * A cell holds one cluster (a base character and its marks). All text is tamed here: control characters, direction
 * controls and bad bytes become U+FFFD, line ends and tabs become blanks, so nothing raw reaches a terminal. Text is
 * cut by columns and whole clusters; what falls outside the area is dropped. Coordinates are row first, from 0. */
#ifndef DOLEN_UI_CANVAS_H
#define DOLEN_UI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/ui/style.h"

#define CELL_BYTES 22                    /* 5 code points of 4 bytes, NUL, one to spare; the tail is zeros */

struct cell {
    char    text[CELL_BYTES];            /* " " when blank; "" in the right half of a wide cluster */
    uint8_t width;                       /* 1, 2; 0 in the right half */
    uint8_t style;                       /* enum style, perhaps | STYLE_ON_FOCUS */
};

/* Where the hardware cursor goes: the caret, or the first letter of what has the focus. */
struct spot {
    int  y, x;
    bool editing;                        /* a caret stands in a text field: the cursor must be seen */
};

struct canvas;

struct canvas *canvas_new(int rows, int cols);                   /* blank, Unicode glyphs, cursor at 0,0 */
void           canvas_free(struct canvas **cp);                  /* wiped */
void           canvas_resize(struct canvas *c, int rows, int cols);     /* blank afterwards */
void           canvas_clear(struct canvas *c);
void           canvas_copy(struct canvas *to, const struct canvas *from);
int            canvas_rows(const struct canvas *c);
int            canvas_cols(const struct canvas *c);
const struct cell *canvas_row(const struct canvas *c, int y);    /* canvas_cols() cells */
struct spot    canvas_cursor(const struct canvas *c);
void           canvas_set_glyphs(struct canvas *c, enum glyph_set set);

/* A rectangle of a canvas; everything drawn through it is relative to it and stays inside. A value: pass it on. */
struct area {
    struct canvas *canvas;
    int y, x, rows, cols;
};

struct area area_all(struct canvas *c);
struct area area_sub(struct area a, int y, int x, int rows, int cols);      /* clipped; rows or cols < 0: to the edge */
const char *area_glyph(struct area a, enum glyph g);

/* Text at (y, x), at most cols columns (< 0: to the edge). Longer text ends in an ellipsis. Returns columns used. */
int  area_text(struct area a, int y, int x, int cols, unsigned style, const char *text);
int  area_textf(struct area a, int y, int x, int cols, unsigned style, const char *fmt, ...)
     __attribute__((format(printf, 6, 7)));
/* The same for sentences and headings: cut after a whole word, then a blank and the ellipsis. Names are cut by letters. */
int  area_words(struct area a, int y, int x, int cols, unsigned style, const char *text);
/* Entries with " · " between them, the most important first: what has no room is left out whole, from the end on, and
 * rest (how to see them; NULL: nothing) stands last. The first is never left out. */
int  area_entries(struct area a, int y, int x, int cols, unsigned style, const char *text, const char *rest);
/* The same, cut without an ellipsis (editors, charts). */
int  area_text_cut(struct area a, int y, int x, int cols, unsigned style, const char *text);
/* Ends at column right (exclusive), or is cut to start at 0. Returns the column it starts at. */
int  area_text_right(struct area a, int y, int right, unsigned style, const char *text);
/* Mark of the style, a blank, the text ("! overdue 3 days"): for meanings that must not hang on colour. */
int  area_marked(struct area a, int y, int x, int cols, enum style style, const char *text);
/* Word-wrapped from row y on; returns the rows it needed (may be more than the area has). '\n' starts a line. */
int  area_wrap(struct area a, int y, int x, int cols, unsigned style, const char *text);
int  text_wrapped_rows(const char *text, int cols);

void area_fill(struct area a, unsigned style, const char *cluster);         /* the whole area; " " to blank it */
void area_repeat(struct area a, int y, int x, int cols, unsigned style, const char *cluster);
void area_hline(struct area a, int y, int x, int cols, unsigned style);
void area_vline(struct area a, int y, int x, int rows, unsigned style);
void area_restyle(struct area a, int y, int x, int cols, unsigned style);   /* other style, same text */
void area_focus(struct area a, int y, int x, int cols);                     /* adds STYLE_ON_FOCUS */
void area_cursor(struct area a, int y, int x, bool editing);                /* the last call in a frame counts */

/* For tests: rows without trailing blanks, then "cursor Y X" (with " editing"). */
void canvas_dump(const struct canvas *c, struct buf *out);
/* The same grid as style letters (style_letter); a focused cell is '>' where its style is STYLE_TEXT. */
void canvas_dump_styles(const struct canvas *c, struct buf *out);
void canvas_row_text(const struct canvas *c, int y, struct buf *out);

#endif
