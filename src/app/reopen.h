/* app/reopen.h - a closed period of support opened again, with the reason. */
#ifndef DOLEN_APP_REOPEN_H
#define DOLEN_APP_REOPEN_H

#include "casefile.h"

/* ST_REFUSED when the episode is not closed, ST_INVALID without a reason. One transaction; the closing stays in history. */
enum status episode_reopen(struct casefile *cf, struct id episode, const char *why, struct err *err);

#endif
