/* dolen/ui/text_view.h - paragraphs to read, wrapped and scrolled. */
#ifndef DOLEN_UI_TEXT_VIEW_H
#define DOLEN_UI_TEXT_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/ui/canvas.h"
#include "dolen/ui/react.h"

struct text_view;

struct text_view *text_view_new(void);
void              text_view_free(struct text_view **tp);
void              text_view_clear(struct text_view *t);
/* A paragraph (its own '\n' kept). The mark of the style, if it has one, is put in front. */
void              text_view_add(struct text_view *t, enum style style, const char *text);
void              text_view_addf(struct text_view *t, enum style style, const char *fmt, ...)
                  __attribute__((format(printf, 3, 4)));
/* Appends every paragraph as a line of its own. */
void              text_view_text(const struct text_view *t, struct buf *out);
/* NAV_UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST; as list_act. */
unsigned          text_view_act(struct text_view *t, int action);
/* Shows "more" arrows at the right edge; the cursor is on the first line in sight. */
/* Rows that it takes in an area of so many columns. */
int               text_view_rows(struct text_view *t, int cols);
void              text_view_draw(struct text_view *t, struct area a);

#endif
