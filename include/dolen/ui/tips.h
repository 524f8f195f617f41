/* dolen/ui/tips.h - a line of advice for each screen, for the first week. */
#ifndef DOLEN_UI_TIPS_H
#define DOLEN_UI_TIPS_H

#include <stdbool.h>

#include "dolen/base/buf.h"
#include "dolen/ui/screen.h"

#define TIP_SHOWN_MAX 5                 /* openings of a screen at which its tip stands there */

const char *tip_of(const char *view);   /* by its name, translated; NULL: that screen has none */
bool        tip_wants_row(const char *view);    /* about the row under the cursor: an empty list would only use it up */
/* How often each was shown, as one line of text ("today:2 form:3"): how often that one was, and the line with it
 * counted once more, or put away for good. */
int         tip_shown(const char *line, const char *view);
void        tip_count(struct buf *out, const char *line, const char *view, bool away);

#endif
