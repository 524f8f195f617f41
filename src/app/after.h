/* app/after.h - what filing a form brings with it: episodes opened, tasks made and done, the plan's goals and actions,
 * a measure's values. One row a form; all of it in the filing's own transaction. */
#ifndef DOLEN_APP_AFTER_H
#define DOLEN_APP_AFTER_H

#include "filing.h"

enum status after_filing(struct filling *f, const struct answers *a, struct date held_on, struct err *err);
/* Of the code list "decision": written down, and yet the referral is to be decided on again (NULL: none yet). */
bool        decision_waits(const char *decision);
/* What was filed with the person could have said when they come up next, and nothing did: their period of support is open, and
 * Today has nothing of theirs. */
bool        left_undue(const struct filling *f);
/* other became keep: whoever was to be rung about either is rung about keep, when the day says so that it has now. The
 * task of other waits in the bin with it. */
enum status after_joining(struct casefile *cf, struct id keep, struct id other, struct err *err);

#endif
