/* dolen/ui/places.h - the places of one offer, as the directory shows them. */
#ifndef DOLEN_UI_PLACES_H
#define DOLEN_UI_PLACES_H

#include "dolen/store/read.h"

/* In the language shown now, else the other; none when it has neither. Lives as long as the record. */
const char *place_name(const struct record *asset, const char *none);
/* Appends where and when, or that it is not said yet. */
void        place_where_put(const struct record *asset, struct buf *out);
/* Appends "Choir: Splott, 1 High Street, Mondays". */
void        place_put(const struct record *asset, struct buf *out);
/* The other entries of the offer that this one is a place of, the bin's left out; the caller releases out. */
enum status places_of_offer(struct store *s, const struct record *asset, struct records *out, struct err *err);

#endif
