/* ui/filters.h - the directory's filters for who types no tokens: which one, then which value; kept as tokens in the
 * line. */
#ifndef DOLEN_UI_FILTERS_H
#define DOLEN_UI_FILTERS_H

#include "dolen/core/wish.h"
#include "dolen/ui/line.h"
#include "dolen/ui/views.h"

struct filters {
    struct ui     *u;
    struct screen *screen;
    struct line   *line;                /* holds the tokens */
    unsigned     (*changed)(void *ctx); /* the line is another one */
    void          *ctx;
    enum wish_kind kind;                /* being asked about */
};

/* Opens the panel; f outlives it. */
unsigned filters_ask(struct filters *f);

#endif
