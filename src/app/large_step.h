/* app/large_step.h - a step in words: what is asked before one that changed more than three records is taken back with
 * one key, or before a handover is taken over; what it was that is taken back now. */
#ifndef DOLEN_APP_LARGE_STEP_H
#define DOLEN_APP_LARGE_STEP_H

#include "casefile.h"
#include "dolen/store/past.h"

#define BULK_UNASKED 3                   /* so many are changed without a question (the threshold of taskwarrior) */

/* The question before undo, the caller's; false: the step is small enough to go back unasked. */
bool  undo_question(struct store *s, struct text2 *out);
/* store_undo, and what is said of it: "Taken back: Contact, Ceri Prawf. …"; of many alike, and of a joining, none is named. *said
 * is the caller's, also where it failed (then empty). */
enum status undo_said(struct casefile *cf, enum table_id *what, struct id *id, struct text2 *said, struct err *err);
/* Appends "Contact, Ceri Prawf", "Directory entry, Men's Shed"; it may lie in the bin by now. */
void  record_words(struct casefile *cf, enum table_id t, struct id id, struct buf *out);
/* The end of a dry run: what the open step has changed is written into cf->would, and nothing of it stays. */
void  dry_end(struct casefile *cf);
/* Appends a line for one record to cf->would, where a dry run writes nothing at all. */
void  dry_line(struct casefile *cf, enum table_id t, struct id id);
/* What a handover from this laptop would change; the question follows it. The caller's. */
struct text2 handover_will(const struct extent *e, const char *from);

#endif
