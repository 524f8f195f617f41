/* app/drilling.h - drills among the real forms: what arrives is filed as the program files it, what is filed goes
 * into the log.
 *
 * Only in a training case file; everything here refuses elsewhere with a sentence. */
#ifndef DOLEN_APP_DRILLING_H
#define DOLEN_APP_DRILLING_H

#include "casefile.h"
#include "dolen/drill/drill_file.h"
#include "filing.h"

/* ST_REFUSED unless this is a training case file. */
enum status drilling_allowed(struct casefile *cf, struct err *err);

/* The referral arrives in the inbox, assets in the directory, earlier forms in their places; one transaction. set:
 * the row of a drill that was set, or not set. */
enum status drilling_start(struct attempt **out, struct casefile *cf, const char *drill, uint64_t seed, struct id set,
                           struct err *err);
/* Called by filing, inside its transaction: a form of a person whose drill is running goes into the log. */
enum status drilling_filed(struct filling *f, const struct answers *answers, struct err *err);

/* The score as it stands. */
enum status drilling_judge(struct attempt *a, struct casefile *cf, struct drill_score *out, struct err *err);
/* The score is kept and the attempt is done. */
enum status drilling_finish(struct attempt *a, struct casefile *cf, struct drill_score *out, struct err *err);

/* Plays the steps of a play (docs/drills.md) and finishes. The attempt is opened anew on the way: *a may be NULL
 * after a failure. */
enum status drilling_play(struct attempt **a, struct casefile *cf, const struct json *play, struct drill_score *out,
                          struct err *err);

#endif
