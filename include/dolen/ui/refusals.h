/* dolen/ui/refusals.h - the permissions that a person refused or withdrew, and has not given since. */
#ifndef DOLEN_UI_REFUSALS_H
#define DOLEN_UI_REFUSALS_H

#include "dolen/store/read.h"

#define REFUSALS_MAX 20

struct refusal {
    char        recipient[160];         /* as it was written down */
    struct date on;                     /* of the answer; may not be set */
};

/* The newest answer for each recipient, where it is a no; purpose is a code of consent_purpose. Newest first, up to
 * max. */
enum status refusals_of(struct store *s, struct id person, const char *purpose, struct refusal *out, size_t max, size_t *n,
                        struct err *err);
/* The person's no to their details going to this asset, under either of its names, however written (case, accents);
 * *said_no is false when they did not say it. */
enum status asset_refused(struct store *s, struct id person, const struct record *asset, bool *said_no,
                          struct refusal *out, struct err *err);

#endif
