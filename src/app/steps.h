/* app/steps.h - work that was written in one piece, remembered by where it lies in the history, so that it can be
 * taken back in one piece at any later time. */
#ifndef DOLEN_APP_STEPS_H
#define DOLEN_APP_STEPS_H

#include "casefile.h"

/* Inside the transaction of the work: what was written since after (store_version before it began) is the newest step
 * of this name. */
enum status step_note(struct casefile *cf, const char *name, int64_t after, struct err *err);
/* Takes the newest step of this name back, all of it or nothing; apply false: only counts. *n: how many changes.
 * ST_NOTFOUND when there is none, ST_CONFLICT when something of it has changed since. */
enum status step_take_back(struct casefile *cf, const char *name, bool apply, size_t *n, struct err *err);

#endif
