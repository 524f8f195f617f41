/* dolen/ui/line.h - a one-line editor. The caret moves by grapheme; the text is wiped when released.
 *
 * Keys: printable, Left Right Home End Ctrl-A Ctrl-E, Ctrl-Left Ctrl-Right by word, Backspace Delete Ctrl-D,
 * Ctrl-W word before, Ctrl-U all before. */
#ifndef DOLEN_UI_LINE_H
#define DOLEN_UI_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/ui/canvas.h"
#include "dolen/ui/edit.h"
#include "dolen/ui/key.h"

struct line;

enum line_flag { LINE_MASKED = 1 };              /* shows that there is something, never how long it is */

struct line *line_new(size_t max_bytes, unsigned flags);
void         line_free(struct line **lp);
void         line_set(struct line *l, const char *text);       /* caret at the end; cut at max by whole clusters */
/* As in the cell of a spreadsheet: what is typed now replaces the text, until the caret is moved or something
 * deleted. */
void         line_offer(struct line *l);
const char  *line_text(const struct line *l);
bool         line_is_empty(const struct line *l);
size_t       line_caret(const struct line *l);                 /* byte offset; for tests */
enum edited  line_key(struct line *l, const struct key *k);
/* In cols columns at (y, x), scrolled so that the caret is in sight. focused: sets the cursor. */
void         line_draw(struct line *l, struct area a, int y, int x, int cols, bool focused);

#endif
