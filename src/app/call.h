/* app/call.h - files what one phone call to an asset came to: every status, and the entry itself, in one step. */
#ifndef DOLEN_APP_CALL_H
#define DOLEN_APP_CALL_H

#include "casefile.h"
#include "dolen/ui/call.h"

/* One transaction, so one step to take back. *changed (may be NULL): people whose status was told. ST_REFUSED when
 * nothing was said at all. */
enum status call_file(struct casefile *cf, const struct call *c, int *changed, struct err *err);

#endif
