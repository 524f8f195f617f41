/* app/policy_offer.h - a newer policy that the service has put on a destination's road: kept aside until a person
 * adopts it.
 *
 * It is taken only when the signer that is pinned for this destination has signed it, for this destination, under a
 * higher number than the one in force. It changes nothing until somebody has read what would leave under it and said
 * yes. */
#ifndef DOLEN_APP_POLICY_OFFER_H
#define DOLEN_APP_POLICY_OFFER_H

#include "destination.h"
#include "dolen/base/json.h"

/* ST_REFUSED: another signer, another destination, an older number; ST_INVALID. *fresh: it was not known before;
 * history says that it came. The one in force, or the one that is kept, again: ST_OK and not fresh. */
enum status policy_offer_take(struct casefile *cf, const struct record *destination, const char *bytes, size_t n,
                              const char *marker, size_t marker_bytes, bool *fresh, struct err *err);
/* From a folder that was carried by hand: FOLDER/policy/current.json. ST_NOTFOUND: none there. */
enum status policy_offer_read(struct casefile *cf, const char *folder, bool *fresh, char name[BATCH_WORD_MAX],
                              struct err *err);
/* The one that is kept for it, verified again. NULL: none, or not newer than the one in force any more.
 * The caller's. */
struct policy_file *policy_offer_of(struct casefile *cf, const struct destination *d);
/* What it changes, line by line; as JSON: in_force, offered (null: none), more, less, other. */
void         policy_offer_words(const struct destination *d, const struct policy_file *offered, struct buf *out);
struct json *policy_offer_json(const struct destination *d, const struct policy_file *offered);
/* From now on it is in force: the next batch has everything again, under a new epoch. sha256: of the one that was read.
 * ST_CONFLICT: another one has come since. */
enum status policy_offer_adopt(struct casefile *cf, const char *name, const char *sha256, struct err *err);

#endif
