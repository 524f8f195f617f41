/* app/letters.c - letters, signed and noted. */
#include "letters.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/store/write.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

enum status letter_signed(struct letter *out, struct casefile *cf, struct letter_ask ask, struct err *err)
{
    struct record by;
    enum status st;

    record_init(&by, T_PRACTITIONER);
    if (id_is_set(cf->slot.practitioner) &&
        store_get(cf->store, T_PRACTITIONER, cf->slot.practitioner, &by, NULL) == ST_OK) {
        ask.from = record_text(&by, PRACTITIONER_name);
        ask.organisation = record_text(&by, PRACTITIONER_organisation);
    }
    st = letter_make(out, cf->store, &ask, err);
    record_release(&by);
    return st;
}

void letter_cautions(const struct letter *l, struct buf *out)
{
    struct buf tame = BUF_INIT;

    if (!l->full)
        buf_addf(out, "%s\n",
                 _("Without permission to share, this letter says only whether the person was seen or is returned. "
                   "To say more, record a permission that names the referrer as the referral does."));
    if (l->limits) {
        text_tame(&tame, l->limits, false);
        buf_addf(out, _("The permission says what may be shared: \"%s\". Read the letter against it before it goes."),
                 buf_text(&tame));
        buf_add(out, "\n");
    }
    buf_wipe(&tame);
}

enum status letters_known(struct catalog *c, const struct letter_def **out, size_t max, size_t *n, size_t *all,
                          struct err *err)
{
    const char *const *ids = catalog_list(c, DEF_LETTER, all);

    *n = 0;
    for (size_t i = 0; i < *all && *n < max; i++)
        if ((out[*n] = catalog_letter(c, ids[i], err)))
            ++*n;
    if (*n)
        return ST_OK;
    return *all ? err->st
                : err_set(err, ST_NOTFOUND, _("There is no letter in the folder forms/letters; no letter was made; "
                                              "install the program again."));
}

void letters_left_out(size_t n, size_t max, size_t all, struct buf *out)
{
    unsigned long left = n < max && n < all ? (unsigned long) (all - n) : 0;

    if (left)
        buf_addf(out, tr_n("%lu letter of your service cannot be used. Look at its file with dolen form lint, put it "
                           "right, and start Dolen again.",
                           "%lu letters of your service cannot be used. Look at their files with dolen form lint, put "
                           "them right, and start Dolen again.", left), left);
}

enum status plan_noted(struct casefile *cf, struct id person, struct err *err)
{
    return cf->read_only ? ST_OK : store_note(cf->store, "person", person, "plan made", err);
}

enum status letter_noted(struct casefile *cf, const struct letter_ask *ask, struct err *err)
{
    const struct letter_def *d = ask->words;
    uint8_t h[32];
    char hash[65], *why, *name = xasprintf("letter:%s", d->id);
    enum status st;

    hash_once(h, d->bytes, d->byte_count);
    hex_of(hash, h, sizeof h);
    why = xasprintf("letter: %s %s", d->id, hash);
    st = store_pin(cf->store, hash, name, d->version, d->bytes, d->byte_count, err);
    if (st == ST_OK)
        st = store_note(cf->store, "referral", ask->referral, why, err);
    free(name);
    free(why);
    return st;
}
