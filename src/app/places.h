/* app/places.h - one offer at several places: another entry of it, with all that is the same everywhere. */
#ifndef DOLEN_APP_PLACES_H
#define DOLEN_APP_PLACES_H

#include "casefile.h"

/* A new entry of the same offer, filed as one step of the history: what is true of one place only (where it is, when,
 * the phone, how to get in, room, and whether somebody there was talked to) is left out. */
enum status places_add(struct casefile *cf, struct id asset, struct id *made, struct err *err);
/* The form of an entry that places_add made was left, not filed: where no draft about it is kept, the entry is taken
 * back (*gone). */
enum status places_left(struct casefile *cf, struct id made, bool *gone, struct err *err);
/* Makes an entry another place of the offer that `of` belongs to. Inside a transaction that the caller has begun. */
enum status places_join(struct casefile *cf, struct id asset, struct id of, const char *why, struct err *err);
/* Two entries that are there already become places of one offer, as one step: whatever is a place of either is one of
 * both then. ST_REFUSED: they are one entry, of one offer already, or one of them is in the bin. *places: how many the
 * offer has now. */
enum status places_link(struct casefile *cf, struct id asset, struct id other, size_t *places, struct err *err);
/* The entry is an offer of its own again; its other places stay together. ST_REFUSED: it has no other place. */
enum status places_part(struct casefile *cf, struct id asset, struct err *err);
/* The first entry of the offer that it belongs to: itself when there is none but it. */
struct id   places_offer(struct casefile *cf, struct id asset);

#endif
