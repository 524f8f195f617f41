/* app/letters.h - a letter as the commands and the workstation make it: signed, with what to know before it goes, and
 * noted. */
#ifndef DOLEN_APP_LETTERS_H
#define DOLEN_APP_LETTERS_H

#include "casefile.h"
#include "dolen/base/buf.h"
#include "dolen/print/letter.h"

/* letter_make, signed by the practitioner whose slot opened the case file. ST_REFUSED, with the reason, as there. */
enum status letter_signed(struct letter *out, struct casefile *cf, struct letter_ask ask, struct err *err);
/* What the practitioner should know before it is sent, a sentence a line, tamed; nothing when there is nothing to
 * know. */
void        letter_cautions(const struct letter *l, struct buf *out);
/* The letters there are, in the order of their names, at most max. *all: how many files there are, those that cannot
 * be used among them. ST_INVALID, with what is wrong in which line, when none can be used. */
enum status letters_known(struct catalog *c, const struct letter_def **out, size_t max, size_t *n, size_t *all,
                          struct err *err);
/* What letters_known left out because it cannot be used, as a sentence; nothing when that is none. */
void        letters_left_out(size_t n, size_t max, size_t all, struct buf *out);
/* That it was given out, into the history of its referral, with the hash of its template, which is kept like a
 * form's. */
enum status letter_noted(struct casefile *cf, const struct letter_ask *ask, struct err *err);
/* That the plan was, into the history of the person; nothing of a case file that is open for reading only. */
enum status plan_noted(struct casefile *cf, struct id person, struct err *err);

#endif
