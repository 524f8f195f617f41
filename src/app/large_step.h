/* app/large_step.h - a step that would change more than three records, in words: what is asked before it is taken back
 * with one key, or before a handover is taken over. */
#ifndef DOLEN_APP_LARGE_STEP_H
#define DOLEN_APP_LARGE_STEP_H

#include "dolen/store/past.h"

#define BULK_UNASKED 3                   /* so many are changed without a question (the threshold of taskwarrior) */

/* The question before undo, the caller's; false: the step is small enough to go back unasked. */
bool  undo_question(struct store *s, struct text2 *out);
/* What a handover from this laptop would change; the question follows it. The caller's. */
struct text2 handover_will(const struct extent *e, const char *from);

#endif
