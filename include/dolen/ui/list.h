/* dolen/ui/list.h - a windowed list: rows are drawn by a function, and only those in sight are asked for.
 *
 * Column 0 carries the focus mark '>' (a plain character: screen readers say it), column 1 is blank, the row's own area
 * starts at column 2. The cursor stands on the first letter of the selected row. */
#ifndef DOLEN_UI_LIST_H
#define DOLEN_UI_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/ui/canvas.h"
#include "dolen/ui/react.h"

struct list {                         /* a value: { 0 } is an empty list */
    size_t count, selected, top;      /* top: first row in sight */
    int    height;                    /* rows in sight at the last draw */
};

/* No row of columns is wider than this: an eye that crosses more loses the row. */
#define LIST_TABLE_COLS 120

struct list_source {
    /* Draws row i into its one-row area. The list restyles the selected one afterwards (STYLE_ON_FOCUS). */
    void       (*row)(void *ctx, size_t i, struct area row);
    /* NULL, or called before rows first … first + n - 1 are drawn: fetch a window. */
    void       (*window)(void *ctx, size_t first, size_t n);
    bool       (*is_heading)(void *ctx, size_t i);       /* NULL, or rows the selection steps over */
    bool       (*is_note)(void *ctx, size_t i);          /* NULL, or those of them that say more of the row above */
    const char *empty;                                   /* translated; what to say when there is nothing */
    void       *ctx;
};

void list_set_count(struct list *l, size_t count);       /* the selection stays, or moves to the last row */
bool list_select(struct list *l, size_t i);              /* true when it moved */
/* NAV_UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST: REACT_DRAW, or REACT_NONE at an end; else REACT_PASS. */
unsigned list_act(struct list *l, const struct list_source *src, int action);
void list_draw(struct list *l, const struct list_source *src, struct area a);

#endif
