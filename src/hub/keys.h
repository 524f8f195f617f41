/* hub/keys.h - the hub's key folder: who it is, what it opens with, what it has signed.
 *
 *   identity        the age identity that bundles are encrypted to
 *   sign.key        signs receipts and policies (minisign, no passphrase);   sign.pub  its public half
 *   keyslots, database.key   open the hub's own encrypted file (docs/casefile-format.md)
 *   policies/       every policy that was signed and is in force, by the SHA-256 of its bytes; .withdrawn: no longer
 * in force quarantine/     sealed bundles that wait for a person
 *
 * The folder is 0700 and everything in it 0600: one that others can read is refused. */
#ifndef DOLEN_HUB_KEYS_H
#define DOLEN_HUB_KEYS_H

#include <stdbool.h>

#include "dolen/base/buf.h"
#include "dolen/exchange/policy_file.h"
#include "dolen/vault/age.h"
#include "dolen/vault/minisign.h"
#include "dolen/vault/vault.h"

struct hub_keys {
    char                   *folder;
    struct age_identity    *identity;
    struct minisign_secret *sign;
    struct minisign_public  sign_public;
    struct vault           *vault;
};

/* A new folder (ST_REFUSED where keys are already). */
enum status hub_keys_make(const char *folder, struct err *err);
/* ST_REFUSED: others can read it; ST_NOTFOUND: no keys there. Caller frees with hub_keys_free, also after a failure. */
enum status hub_keys_open(struct hub_keys *k, const char *folder, struct err *err);
void        hub_keys_free(struct hub_keys *k);
void        hub_keys_recipient(const struct hub_keys *k, char out[AGE_RECIPIENT_TEXT]);

/* Signs p, keeps it among those in force, and gives the bytes and their signature. */
enum status hub_policy_sign(const struct hub_keys *k, const struct policy_file *p, struct buf *bytes,
                            struct buf *marker, struct err *err);
/* Whether a policy of this hash is in force, and for which destination. */
bool        hub_policy_known(const struct hub_keys *k, const char *sha256, char destination[BATCH_WORD_MAX]);
enum status hub_policy_withdraw(const struct hub_keys *k, const char *sha256, struct err *err);
/* The highest number that a policy of a destination has had, withdrawn ones too: it is not given twice. 0: none. */
enum status hub_policy_newest(const struct hub_keys *k, const char *destination, int64_t *number, struct err *err);
/* The newest one in force, signed: its bytes and their signature, the same each time. destination NULL: when all of
 * them are for one. *number 0: there is none. */
enum status hub_policy_current(const struct hub_keys *k, const char *destination, struct buf *bytes, struct buf *marker,
                               int64_t *number, struct err *err);

#endif
