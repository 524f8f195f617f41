/* app/draft_base.h - a draft that lay about while its record was changed: what each side did since it was begun.
 *
 * The draft keeps the record's answers as they were then. What only the record has changed is taken into the draft,
 * what only the draft has changed stays; where both did, a person is asked, and filing waits for the answer. A repeat
 * (goals, actions) is one piece: its instances have no names of their own. */
#ifndef DOLEN_APP_DRAFT_BASE_H
#define DOLEN_APP_DRAFT_BASE_H

#include "filing.h"

/* NULL where there is none, it was not reached, or a rule left it out. */
const struct answer *answer_given(const struct answers *a, const char *name, int repeat);
/* From a record just read, at the beginning; and from a draft. */
void        base_begin(struct filling *f, const struct answers *record);
enum status base_resume(struct filling *f, struct err *err);
/* Compares with the record as it is now and takes over what only it has changed. *taken: how many pieces. The clashes
 * are in f afterwards. Nothing for a form that makes a new record. */
enum status base_meet(struct filling *f, size_t *taken, struct err *err);
/* Clash i in words: its question, and what the draft says or the record says now. */
const struct text2 *clash_question(const struct filling *f, size_t i);
void        clash_answer(const struct filling *f, size_t i, bool draft, struct buf *out);
/* The draft's answer stands, or the record's. The clash is gone then, and the last one takes its place. */
void        clash_settle(struct filling *f, size_t i, bool draft);
/* What filing would change, a line each, appended: "Length: 45", and where a record is there already "Length: 45; on
 * record: 30". Values of a protected person are covered as everywhere. Returns how many. */
size_t      draft_changes(const struct filling *f, struct buf *out);

#endif
