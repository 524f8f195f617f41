/* canvas_priv.h - the inside of a canvas, for canvas*.c. */
#ifndef UI_CANVAS_PRIV_H
#define UI_CANVAS_PRIV_H

#include "dolen/ui/canvas.h"

struct canvas {
    int            rows, cols;
    struct cell   *cells;
    struct spot    cursor;
    enum glyph_set glyphs;
    struct buf     tamed;                 /* kept between calls: drawing a frame allocates nothing */
};

/* One cluster of width 1 or 2 that is known to fit at (y, x). */
void canvas_put(struct canvas *c, int y, int x, const char *s, size_t n, int width, unsigned style);

#endif
