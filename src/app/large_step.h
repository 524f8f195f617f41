/* app/large_step.h - a step that would change more than three records, in words: what is asked before it is taken back
 * with one key, or before a handover is taken over. */
#ifndef DOLEN_APP_LARGE_STEP_H
#define DOLEN_APP_LARGE_STEP_H

#include "dolen/store/past.h"

#define BULK_UNASKED 3                   /* so many are changed without a question (the threshold of taskwarrior) */

/* "Period of support: 8; Thing to do: 12" */
void  extent_put(const struct extent *e, struct buf *out);
/* The question before undo; NULL: the step is small enough to go back unasked. The caller's. */
char *undo_question(struct store *s);
/* What a handover from this laptop would change; the question follows it. The caller's. */
char *handover_will(const struct extent *e, const char *from);

#endif
