/* app/after.h - what filing a form brings with it: episodes opened, tasks made and done, the plan's goals and actions,
 * a measure's values. One row a form; all of it in the filing's own transaction. */
#ifndef DOLEN_APP_AFTER_H
#define DOLEN_APP_AFTER_H

#include "filing.h"

enum status after_filing(struct filling *f, const struct answers *a, struct date held_on, struct err *err);
/* The one open ASSET_VERIFY task of an entry: due before it goes stale, today when nobody has talked to them; none when
 * it no longer runs. */
enum status asset_task(struct casefile *cf, struct id asset, struct date verified, const char *category, bool closed,
                       struct err *err);

#endif
