/* dolen/base/layout.h - text for a terminal without a screen of ours: padded columns, lines broken between words.
 *
 * Everything is measured in columns of the terminal, as text_width does: never in bytes. */
#ifndef DOLEN_BASE_LAYOUT_H
#define DOLEN_BASE_LAYOUT_H

#include "dolen/base/buf.h"

/* Appends s, then blanks up to cols columns. Longer text stands whole: a table may bend, but no name is cut. */
void layout_pad(struct buf *out, const char *s, int cols);
/* The same to standard output, for the columns of a command's answer. */
void layout_put(const char *s, int cols);

/* Columns of the terminal at fd, as it is now; 0: it is no terminal, or does not say. */
int  layout_columns(int fd);
/* Appends s with line ends put between words, so that no line is wider than cols. A line that fits stays byte for byte
 * as it is, and line ends in s stay; what goes on stands under the first letter of its line. A word wider than the
 * terminal is not broken: the terminal does that, and it is still one word when copied. cols below 10: s as it is. */
void layout_wrap(struct buf *out, const char *s, int cols);

#endif
