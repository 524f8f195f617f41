/* app/debrief.h - what a drill came to, as a paper to read: strengths, next steps, and every point with its
 * moment. */
#ifndef DOLEN_APP_DEBRIEF_H
#define DOLEN_APP_DEBRIEF_H

#include "dolen/drill/drill_file.h"
#include "dolen/print/document.h"

/* In the language l. The caller's. */
struct document *debrief_document(const struct attempt *a, const struct drill_score *s, enum lang l);
/* What a safety drill carries wherever it is shown; nothing for other drills. */
void debrief_approval(const struct drill *d, struct buf *out);
/* Stable keys. The caller's. */
struct json *debrief_json(const struct attempt *a, const struct drill_score *s);
/* The steps, one paragraph each: what was said, what came back, what was filed. */
struct document *debrief_replay(const struct attempt *a, enum lang l);

#endif
