/* app/after.h - what filing a form brings with it: episodes opened, tasks made and done, the plan's goals and actions,
 * a measure's values. One row a form; all of it in the filing's own transaction. */
#ifndef DOLEN_APP_AFTER_H
#define DOLEN_APP_AFTER_H

#include "filing.h"

enum status after_filing(struct filling *f, const struct answers *a, struct date held_on, struct err *err);

#endif
