/* app/call_draft.h - a phone call that is not filed yet: its marks are kept as they are made, and taken up again. */
#ifndef DOLEN_APP_CALL_DRAFT_H
#define DOLEN_APP_CALL_DRAFT_H

#include "casefile.h"
#include "dolen/ui/call.h"

/* On disk when it returns ST_OK; one draft an asset. */
enum status call_keep(struct casefile *cf, const struct call *c, struct err *err);
/* Puts kept marks over a call just loaded. Who no longer waits there is left out. False: nothing was kept. */
bool        call_take_up(struct casefile *cf, struct call *c);
/* The draft of an asset's call, or ID_NONE. */
struct id   call_draft(struct casefile *cf, struct id asset);
/* Filed: the draft is gone. Or put in the bin for 30 days. */
enum status call_draft_done(struct casefile *cf, struct id asset, struct err *err);
enum status call_draft_bin(struct casefile *cf, struct id asset, struct err *err);

#endif
