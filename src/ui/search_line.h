/* ui/search_line.h - the search line above a list: drawn and typed into the same way wherever a list is searched. */
#ifndef DOLEN_UI_SEARCH_LINE_H
#define DOLEN_UI_SEARCH_LINE_H

#include <stdbool.h>

#include "dolen/base/buf.h"
#include "dolen/ui/canvas.h"
#include "dolen/ui/key.h"
#include "dolen/ui/line.h"
#include "dolen/ui/list.h"

/* On the first row of body: "Search: " and what was typed, or the hint while nothing is. */
void     search_line_draw(struct line *line, bool editing, struct area body, const char *hint);
/* A key for the line, REACT_* or REACT_PASS. *changed: the text is another one, search again. Typing begins with a
 * Backspace too while something is searched for. */
unsigned search_line_key(struct line *line, bool *editing, const struct key *k, bool *changed);
/* A list's title: "People (30)", and while a search shows only some of them "People (3 of 30)". */
void     search_line_title(struct buf *out, const char *what, size_t shown, size_t all);
/* The ways into the line (ACT_SEARCH, up from the first row found) and out of it into the rows below, when there are
 * any: REACT_DRAW; else REACT_PASS. */
unsigned search_line_act(struct line *line, bool *editing, const struct list *rows, int action);

#endif
