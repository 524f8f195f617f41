/* risk.c - how easily somebody could be recognised: people counted by what the columns that others may know say
 * together.
 *
 * Which columns those are is our own choice, said in docs/sync.md: what a neighbour, an employer or a newspaper may
 * know of somebody. Everybody counts once, by their first row. */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

enum { PLACES_FIRST = 1024 };

static const char *const known_to_others[] = {
    "age_band", "sex", "local_authority", "lsoa", "wimd_decile", "ethnic_group", "main_language", "language",
    "religion",
    "carer", "armed_forces", "employment",
};

static bool is_known(const char *item)
{
    for (size_t i = 0; i < ARRAY_LEN(known_to_others); i++)
        if (str_eq(known_to_others[i], item))
            return true;
    return false;
}

void risk_columns(struct risk *k, struct rows *r)
{
    k->columns = 0;
    for (size_t i = 0; i < r->count && k->columns < EXPORT_RISK_COLUMNS; i++)
        if (is_known(r->columns[i].item->item) && !r->columns[i].withheld && !r->columns[i].fixed_state)
            k->column[k->columns++] = i;
}

static struct risk_group *place_of(struct risk_group *items, size_t places, const uint8_t key[RISK_KEY])
{
    uint64_t h;

    memcpy(&h, key, sizeof h);
    for (size_t i = (size_t) h & (places - 1);; i = (i + 1) & (places - 1))
        if (items[i].people == 0 || memcmp(items[i].key, key, RISK_KEY) == 0)
            return &items[i];
}

static void grow(struct risk *k)
{
    size_t places = k->places ? k->places * 2 : PLACES_FIRST;
    struct risk_group *items = xcalloc(places, sizeof *items);

    for (size_t i = 0; i < k->places; i++)
        if (k->items[i].people)
            *place_of(items, places, k->items[i].key) = k->items[i];
    free(k->items);
    k->items = items;
    k->places = places;
}

void risk_add(struct risk *k, struct rows *r)
{
    struct risk_group *g;
    uint8_t whole[32];
    struct hash *h;

    if (!r->person || (k->last && id_eq(k->last_person, r->person->id)))
        return;
    k->last = true;
    k->last_person = r->person->id;
    if (k->groups * 4 >= k->places * 3)
        grow(k);
    h = hash_new(NULL, 0);
    for (size_t i = 0; i < k->columns; i++) {
        enum missing why = MISSING_NOT_REACHED;
        struct column *c = &r->columns[k->column[i]];
        const char *v = c->value(r, c, &why);

        v = v ? v : missing_csv(why == MISSING_NONE ? MISSING_NOT_REACHED : why);
        hash_add(h, v, strlen(v) + 1);
    }
    hash_done(&h, whole);
    g = place_of(k->items, k->places, whole);
    if (g->people++ == 0) {
        memcpy(g->key, whole, RISK_KEY);
        k->groups++;
    }
}

void risk_count(const struct risk *k, const struct rows *r, struct export_risk *out)
{
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < k->columns; i++)
        out->column[out->columns++] = r->columns[k->column[i]].item->item;
    out->groups = (int64_t) k->groups;
    for (size_t i = 0; i < k->places; i++) {
        int64_t n = k->items[i].people;

        if (n == 0)
            continue;
        if (n == 1)
            out->alone++;
        if (n < EXPORT_RISK_SMALL)
            out->small += n;
        if (out->smallest == 0 || n < out->smallest)
            out->smallest = n;
    }
}

void risk_release(struct risk *k)
{
    free(k->items);
    memset(k, 0, sizeof *k);
}
