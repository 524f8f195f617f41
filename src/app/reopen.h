/* app/reopen.h - a closed period of support opened again, with the reason. */
#ifndef DOLEN_APP_REOPEN_H
#define DOLEN_APP_REOPEN_H

#include "casefile.h"
#include "dolen/base/buf.h"

/* ST_REFUSED when the episode is not closed, ST_INVALID without a reason. One transaction; the closing stays in
 * history. *back: how many things that closing ended are due again. */
enum status episode_reopen(struct casefile *cf, struct id episode, const char *why, size_t *back, struct err *err);
/* What is due now that it is open again: a sentence. */
void reopened_words(struct buf *out, size_t back);

#endif
