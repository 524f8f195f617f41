/* dolen/core/asset.h - whether two entries of the directory are the same thing, written down twice. */
#ifndef DOLEN_CORE_ASSET_H
#define DOLEN_CORE_ASSET_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/id.h"

struct asset_key {
    struct id id, offer;                /* offer: the first entry of it, where this is another place */
    char      en[120], cy[120];         /* names, folded */
    char      postcode[12], phone[24];  /* without blanks; "" unknown */
};

/* name_en … as they are typed; any may be NULL. */
struct asset_key asset_key_of(struct id id, const char *name_en, const char *name_cy, const char *postcode,
                              const char *phone);
/* Names that are the same, or one slip apart, in either language: wherever they are. */
bool             asset_same_name(const struct asset_key *a, const struct asset_key *b);
/* Two places of one offer. */
bool             asset_one_offer(const struct asset_key *a, const struct asset_key *b);
/* Not places of one offer; a name the same, or one slip apart, and the same postcode or phone; or the same name where
 * either has neither. */
bool             asset_alike(const struct asset_key *a, const struct asset_key *b);

struct asset_pair {
    size_t a, b;                        /* places in the keys, a < b */
};
/* All pairs that are alike, by place. Only entries that share a name, postcode or phone are compared, so that
 * thousands are done in a blink. Caller frees *out. */
size_t           asset_pairs(const struct asset_key *keys, size_t n, struct asset_pair **out);
/* At most one character put in, left out, changed, or two beside each other turned round. */
bool             one_slip(const char *a, const char *b);

#endif
