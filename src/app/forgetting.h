/* app/forgetting.h - what forgetting somebody would reach, and what it would not: for the command, the screen and the
 * line mode alike. */
#ifndef DOLEN_APP_FORGETTING_H
#define DOLEN_APP_FORGETTING_H

#include "casefile.h"
#include "dolen/base/buf.h"

#define LEFT_MAX 500                /* copies that are listed, the newest first */

/* Appends every copy outside the case file that is written down and may still hold the person, a line each. */
enum status forget_copies(struct casefile *cf, struct id person, struct buf *out, struct err *err);
/* Whether that is the person's name as it is shown, however it is written. */
bool        forget_name_fits(struct casefile *cf, struct id person, const char *typed);
/* Appends what would go, by kind, the copies, and how it is done for good. Changes nothing. */
enum status forget_listing(struct casefile *cf, struct id person, struct buf *out, struct err *err);

#endif
