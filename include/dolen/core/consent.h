/* dolen/core/consent.h - permissions: which answer stands, and what one that no longer stands asks of the practitioner.
 *
 * A permission is for one recipient and one purpose; of several answers about the same two the newest stands. */
#ifndef DOLEN_CORE_CONSENT_H
#define DOLEN_CORE_CONSENT_H

#include <stdbool.h>

/* Two answers about one permission: the same purpose, and the same recipient however written (case, accents). NULL
 * is no recipient or no purpose, and never the same as anything. */
bool        consent_same(const char *recipient, const char *purpose, const char *other_recipient,
                         const char *other_purpose);
/* What is to be done now that a permission does not, or no longer, stand: a sentence, N_() marked. state and purpose
 * are codes of consent_state and consent_purpose, or NULL. NULL when nothing follows (given). */
const char *consent_then(const char *state, const char *purpose);
/* Said of a permission or privacy notice that is given, and about which two laptops differ: N_() marked. */
extern const char *const consent_waits;

#endif
