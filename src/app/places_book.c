/* app/places_book.c - the names that a file of entries has for its offers, and what they stand for here. */
#include "places_book.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static void note(struct places_book *b, const char *name, struct id offer, bool named_first)
{
    if (name[0])
        *ARRAY_ADD(b->items, b->count, b->cap) = (struct places_named) { xstrdup(name), offer, named_first };
}

static struct id in_case_file(struct casefile *cf, const char *name)
{
    struct record r = { .text = NULL };
    struct id id = ID_NONE;
    bool there = name[0] && id_parse(name, &id) &&
                 store_get(cf->store, T_ASSET, asset_now(cf->store, id), &r, NULL) == ST_OK && !r.binned;
    struct id offer = there ? places_offer(cf, r.id) : ID_NONE;

    record_release(&r);
    return offer;
}

/* The last word on it. */
static const struct places_named *named(const struct places_book *b, const char *name)
{
    for (size_t i = b->count; name[0] && i > 0; i--)
        if (strcmp(b->items[i - 1].name, name) == 0)
            return &b->items[i - 1];
    return NULL;
}

struct id places_book_find(const struct places_book *b, struct casefile *cf, const char *own, const char *of)
{
    const struct places_named *known = named(b, of[0] ? of : own);

    if (known && (of[0] || known->named_first))         /* ids that repeat make no places */
        return known->offer;
    return of[0] ? in_case_file(cf, of) : ID_NONE;
}

void places_book_add(struct places_book *b, const char *own, const char *of, const struct asset_key *is)
{
    const char *name = of[0] ? of : own;
    const struct places_named *known = named(b, name);

    note(b, name, id_is_set(is->offer) ? is->offer : is->id, known ? known->named_first : of[0] != '\0');
}

void places_book_made(struct places_book *b, struct id stood, struct id made, const char *own)
{
    bool known = false;

    for (size_t i = 0; i < b->count; i++)
        if (id_eq(b->items[i].offer, stood)) {
            b->items[i].offer = made;
            known = true;
        }
    if (!known)
        note(b, own, made, false);
}

void places_book_release(struct places_book *b)
{
    for (size_t i = 0; i < b->count; i++)
        free(b->items[i].name);
    free(b->items);
    *b = (struct places_book) { NULL, 0, 0 };
}

bool places_same(const struct asset_key *row, const struct asset_key *entry, bool was_there)
{
    if (asset_one_offer(row, entry))
        return was_there && strcmp(row->postcode, entry->postcode) == 0;
    return asset_alike(row, entry);
}
