/* dolen/core/day_text.h - when something is on, as somebody typed it ("Wed 10:00"), said in the language of the
 * screen. */
#ifndef DOLEN_CORE_DAY_TEXT_H
#define DOLEN_CORE_DAY_TEXT_H

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"

/* Adds text in the language: days, "every", "weekly", hours. A text with any word beyond that small vocabulary is
 * added as it was typed: half of a sentence in another language helps nobody. NULL adds nothing. */
void day_text_show(const char *text, enum lang l, struct buf *out);

#endif
