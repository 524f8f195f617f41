/* app/source.h - what this case file is to others: an id, a key to sign with, a key to receive with.
 *
 * Made once, kept only in the case file (settings, whose values no history holds), and brought along by a backup.
 * Bundles for a hub and handovers to a colleague are signed with it; what others seal for this laptop opens with it. */
#ifndef DOLEN_APP_SOURCE_H
#define DOLEN_APP_SOURCE_H

#include "casefile.h"
#include "dolen/exchange/source.h"
#include "dolen/vault/age.h"
#include "dolen/vault/minisign.h"

struct source_keys {
    struct id               id;
    struct date             made_on;
    struct age_identity    *age;
    struct minisign_secret *signer;
};

/* Made on the first call, in one transaction. ST_INVALID: what is kept is damaged. Release in any case. */
enum status source_open(struct store *s, struct source_keys *out, struct err *err);
void        source_release(struct source_keys *k);
/* The public half, with the name of the practitioner who has the case file open. */
enum status source_public(struct casefile *cf, struct source *out, struct err *err);

#endif
