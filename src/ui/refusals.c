/* refusals.c - what a person has said no to, of the answers that stand: for whoever is about to ring or hand over. */
#include "dolen/ui/refusals.h"

#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/consent.h"
#include "dolen/base/banned.h"

#define CONSENTS_LOOKED_AT 200

/* all stands newest first. */
static bool is_newest(const struct records *all, size_t i)
{
    const struct record *c = &all->items[i];

    for (size_t j = 0; j < i; j++)
        if (record_text(&all->items[j], CONSENT_state) &&
            consent_same(record_text(c, CONSENT_recipient), record_text(c, CONSENT_purpose),
                         record_text(&all->items[j], CONSENT_recipient), record_text(&all->items[j], CONSENT_purpose)))
            return false;
    return true;
}

enum status refusals_of(struct store *s, struct id person, const char *purpose, struct refusal *out, size_t max, size_t *n,
                        struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(s, LIST_CONSENTS_OF_PERSON, person, CONSENTS_LOOKED_AT, &all, err);

    *n = 0;
    for (size_t i = 0; st == ST_OK && i < all.count && *n < max; i++) {
        const struct record *c = &all.items[i];
        const char *state = record_text(c, CONSENT_state), *recipient = record_text(c, CONSENT_recipient);

        if (!recipient || !str_eq(record_text(c, CONSENT_purpose), purpose) || !is_newest(&all, i) ||
            (!str_eq(state, "REFUSED") && !str_eq(state, "WITHDRAWN")))
            continue;
        out[*n] = (struct refusal) { .on = record_date(c, CONSENT_state_on) };
        str_copy(out[(*n)++].recipient, sizeof out->recipient, recipient);
    }
    records_release(&all);
    return st;
}

enum status asset_refused(struct store *s, struct id person, const struct record *asset, bool *said_no,
                          struct refusal *out, struct err *err)
{
    const char *names[] = { record_text(asset, ASSET_name_en), record_text(asset, ASSET_name_cy) };
    struct refusal all[REFUSALS_MAX];
    size_t n = 0;
    enum status st = refusals_of(s, person, "REFER", all, REFUSALS_MAX, &n, err);

    *said_no = false;
    for (size_t i = 0; i < n && !*said_no; i++)
        for (size_t k = 0; k < ARRAY_LEN(names) && !*said_no; k++)
            if (consent_same(all[i].recipient, "REFER", names[k], "REFER")) {
                *out = all[i];
                *said_no = true;
            }
    explicit_bzero(all, sizeof all);
    return st;
}
