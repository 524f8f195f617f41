/* app/places_book.h - which rows of a file of directory entries are places of one offer. */
#ifndef DOLEN_APP_PLACES_BOOK_H
#define DOLEN_APP_PLACES_BOOK_H

#include "dolen/core/asset.h"
#include "places.h"

/* The id, as the file's column id has it, of the entry that a row is another place of. */
#define PLACE_COLUMN "another_place_of"

struct places_named {
    char     *name;                     /* as the file calls the offer */
    struct id offer;
    bool      named_first;              /* by a row that is a place of it, before its own row */
};
struct places_book {
    struct places_named *items;
    size_t               count, cap;
};

/* own, of: the row's id and PLACE_COLUMN, "" for none. The offer that an earlier row, or an entry of the case file,
 * is of; ID_NONE: neither. */
struct id places_book_find(const struct places_book *b, struct casefile *cf, const char *own, const char *of);
/* is: the entry that it makes, or is. */
void      places_book_add(struct places_book *b, const char *own, const char *of, const struct asset_key *is);
/* What stood for an entry was made; own: the row's id. */
void      places_book_made(struct places_book *b, struct id stood, struct id made, const char *own);
void      places_book_release(struct places_book *b);
/* A row of the file and an entry are one thing written down twice. Places of one offer are when they are in one
 * postcode and the entry was there before. */
bool      places_same(const struct asset_key *row, const struct asset_key *entry, bool was_there);

#endif
