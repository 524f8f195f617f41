/* dolen/ui/multi.h - a multi-line editor: words wrap, Up and Down go by the line one sees, Enter starts a line. */
#ifndef DOLEN_UI_MULTI_H
#define DOLEN_UI_MULTI_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/ui/canvas.h"
#include "dolen/ui/edit.h"
#include "dolen/ui/key.h"

struct multi;

struct multi *multi_new(size_t max_bytes);
void          multi_free(struct multi **mp);                    /* text wiped */
void          multi_set(struct multi *m, const char *text);     /* caret at the end */
const char   *multi_text(const struct multi *m);
bool          multi_is_empty(const struct multi *m);
size_t        multi_caret(const struct multi *m);
int           multi_rows(struct multi *m, int cols);            /* screen lines it takes: layout may ask */
/* The line editor's keys, and Up Down PageUp PageDown Enter. Up on the first line and Down on the last: EDIT_PASS. */
enum edited   multi_key(struct multi *m, const struct key *k);
void          multi_go(struct multi *m, size_t at);             /* the caret, to the edge of the cluster there */
/* Parts of the text in another style, drawn as long as they are set; copied. They are cleared by multi_set. */
struct multi_span {
    size_t   from, until;                                       /* bytes */
    unsigned style;
};
void          multi_spans(struct multi *m, const struct multi_span *spans, size_t n);
void          multi_draw(struct multi *m, struct area a, bool focused);

#endif
