/* print/pdf/page.h - what the files of the PDF helper share: a sheet that text is put on, and pieces of text.
 *
 * Everything is put twice: measured first, to learn how many pages there are, then drawn. */
#ifndef DOLEN_PRINT_PDF_PAGE_H
#define DOLEN_PRINT_PDF_PAGE_H

#include <pango/pangocairo.h>

#include "dolen/print/document.h"

/* A4, in points. */
#define WIDTH  595.276
#define HEIGHT 841.890

#define LARGE 18.0                  /* points, of large print */

struct look {
    double size, leading, gaps, margin;     /* leading: by which lines are apart; gaps: by which pieces are */
};

struct sheet {
    const struct document *d;
    cairo_t               *cr;
    PangoContext          *pango;
    const struct look     *look;
    double                 y;
    double                 side;        /* width of the column of facts; 0: none, they stand below */
    int                    page, pages;
    bool                   drawing;     /* false: only measured */
    bool                   endless;     /* measured as if on a page without end */
    bool                   boxes;       /* a character without a shape was met */
    const char            *tag;         /* open structure tag */
};

enum tick { TICK_NONE, TICK_OPEN, TICK_DONE };

/* One piece of text: its layout, where it stands, what stands before its first line and what beside it. */
struct piece {
    PangoLayout *layout, *mark, *side;
    enum tick    tick;
    double       x, mark_x, before, after_least;
    const char  *tag;
};

double right_edge(const struct sheet *s);
double page_width(const struct sheet *s);           /* between the margins */
double page_height(const struct sheet *s);

/* width 0: as wide as it is. The caller lets go of it. Notes in the sheet when a character has no shape. */
PangoLayout *layout_new(struct sheet *s, const char *text, double size, bool bold, double width);
double       layout_height(PangoLayout *l);
double       layout_width(PangoLayout *l);

void page_marks(struct sheet *s);                   /* what stands in the margins of this page */
void next_page(struct sheet *s);
bool at_top(const struct sheet *s);
bool fits(const struct sheet *s, double height);
void put_title(struct sheet *s);
/* Takes the layouts of the piece. */
void put_piece(struct sheet *s, struct piece *p);

/* The whole document, measured or drawn; gives the number of pages. */
int                put_all(struct sheet *s, const struct look *look, bool drawing);
const struct look *choose_look(struct sheet *s);

#endif
