/* dolen/vault/vault.h - the key slots file and what it unlocks.
 *
 * keyslots is the file as read: labels and kinds, no key. vault is an opened one: it holds the data key in guarded
 * memory and never gives it out except to the database layer and as derived values. The slot file alone decides
 * "wrong passphrase". Format and reasons: docs/casefile-format.md. */
#ifndef DOLEN_VAULT_VAULT_H
#define DOLEN_VAULT_VAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/id.h"
#include "dolen/base/status.h"
#include "dolen/vault/secret.h"

#define VAULT_SLOTS      8
#define VAULT_LABEL_MAX  63              /* bytes of UTF-8 */
#define VAULT_KDF_FLOOR_MIB 64
#define VAULT_KDF_FIRST_MIB 256

struct keyslots;
struct vault;

enum slot_kind { SLOT_EMPTY, SLOT_PASSPHRASE, SLOT_RECOVERY, SLOT_ORGANISATION, SLOT_KEYFILE };

struct slot_info {
    int            index;                /* 0..7 */
    enum slot_kind kind;
    char           label[VAULT_LABEL_MAX + 1];
    struct id      practitioner;         /* whose slot; not set for recovery and organisation */
    int64_t        created_at;
    int64_t        tested_at;            /* 0 = never used to open */
    unsigned       kdf_mib;              /* 0 where no passphrase is stretched */
};

const char *slot_kind_word(enum slot_kind k);          /* "passphrase", "recovery", "organisation", "key_file" */

/* --- the file as it stands ---------------------------------------------------------------------------------- */

/* Reads dir/keyslots and picks the copy with a good checksum and the higher generation.
 * ST_NOTFOUND (no such file), ST_SLOTS_DAMAGED, ST_NEWER. */
enum status keyslots_read(struct keyslots **out, const char *dir, struct err *err);
/* The same from bytes (a backup carries the slot file inside it). */
enum status keyslots_from_bytes(struct keyslots **out, const void *p, size_t n, struct err *err);
void        keyslots_free(struct keyslots **kp);
bool        keyslots_is_training(const struct keyslots *k);
struct id   keyslots_file_id(const struct keyslots *k);
/* Raised by one with each write; of the two copies the higher one stands. For tests, which see by it what was written. */
uint64_t    keyslots_generation(const struct keyslots *k);
/* fell back to the other: say so, rewrite on the next change */
bool        keyslots_one_copy_bad(const struct keyslots *k);
int         keyslots_list(const struct keyslots *k, struct slot_info out[VAULT_SLOTS]);   /* returns the count */

/* --- opening: the only place that says "wrong passphrase" (ST_NOSLOT) ------------------------------------------ */

/* Tries every passphrase slot; text in the shape of a recovery code tries the recovery slots. ST_NOMEM when Argon2id
 * cannot have its memory (never a weaker cost). The secret is left to the caller. */
enum status vault_open(struct vault **out, const struct keyslots *k, const struct secret *s, struct err *err);
/* A key file, or an organisation's secret key file (told apart by its first line). */
enum status vault_open_file(struct vault **out, const struct keyslots *k, const char *key_file, struct err *err);
void        vault_free(struct vault **vp);
int              vault_slot(const struct vault *v);            /* the slot that opened it */
struct slot_info vault_slot_info(const struct vault *v);
bool             vault_is_training(const struct vault *v);
struct id        vault_file_id(const struct vault *v);
/* False when the system would not keep the key's page out of swap (worth a line in `doctor`, not a reason to stop). */
bool             vault_memory_is_locked(const struct vault *v);

/* --- making and changing: in memory, until vault_write ------------------------------------------------------------ */

/* A new data key, salt and file id in memory; nothing on disk. */
enum status vault_create(struct vault **out, bool training, struct err *err);
/* MiB for about one second of Argon2id t=3 on this machine: 256 first, up or down, never below the floor. */
unsigned    vault_calibrate(void);
enum status vault_add_passphrase(struct vault *v, const struct secret *s, const char *label, struct id practitioner,
                                 unsigned kdf_mib, int *slot, struct err *err);
/* Makes a code of 7 groups of 5 characters (4 of Crockford base32 and a check character): 140 bits. */
enum status vault_add_recovery(struct vault *v, struct secret **code, int *slot, struct err *err);
enum status vault_add_organisation(struct vault *v, const char *public_key_text, const char *label, int *slot,
                                   struct err *err);
/* Writes a new key file (must not exist) and adds its slot. */
enum status vault_add_keyfile(struct vault *v, const char *path, const char *label, struct id practitioner, int *slot,
                              struct err *err);
/* New passphrase in the same slot; keeps label and practitioner, and counts as not tested. */
enum status vault_change_passphrase(struct vault *v, int slot, const struct secret *s, unsigned kdf_mib,
                                    struct err *err);
/* Refuses the last slot that was ever tested (ST_REFUSED). */
enum status vault_remove_slot(struct vault *v, int slot, struct err *err);
enum status vault_mark_tested(struct vault *v, int slot, int64_t at, struct err *err);
/* The same case file under a new data key and salt, in memory: the slot that opened was is wrapped with its secret (s
 * or key_file, the one that opened it), organisation slots are sealed to their public keys; all others are left out. */
enum status vault_renew(struct vault **out, const struct vault *was, const struct secret *s, const char *key_file,
                        struct err *err);
bool        vault_slot_is_carried_over(const struct vault *v, int slot);
/* One whole-file replace, re-read and checked before ST_OK. A failure takes every unwritten change back. */
enum status vault_write(struct vault *v, const char *dir, struct err *err);
int         vault_list(const struct vault *v, struct slot_info out[VAULT_SLOTS]);
/* The slot file's bytes as last written, for a backup. Caller frees *bytes. */
enum status vault_slot_bytes(const struct vault *v, uint8_t **bytes, size_t *n, struct err *err);

/* What is wrong with a typed recovery code, before it is tried: 0 fine, 1-7 the group with a slip, -1 wrong length.
 * Accepts lower case, spaces or hyphens, O for 0, I and L for 1. */
int  recovery_code_check(const struct secret *typed);
/* The same while it is being typed: how many of its groups are there and right, from the first on; *chars: how many
 * characters were typed, blanks and hyphens apart. */
#define RECOVERY_GROUP_COUNT 7
#define RECOVERY_GROUP_CHARS 5
size_t recovery_groups_right(const struct secret *typed, size_t *chars);

/* A pair for a service's lead: the public line goes into vault_add_organisation, the secret file opens the slot. */
enum status organisation_key_make(const char *secret_path, struct buf *public_line, struct err *err);

/* --- what the key is good for ------------------------------------------------------------------------------------ */

/* For db only: x'<64 hex key><32 hex salt>' in guarded memory, 99 bytes; wiped by the caller with secret_free. */
enum status vault_db_key(const struct vault *v, struct secret **out, struct err *err);
void        vault_salt(const struct vault *v, uint8_t salt[16]);
/* Keyed BLAKE2b-256 with the state subkey: the commit counter kept outside the case file. */
void        vault_state_mac(const struct vault *v, const void *p, size_t n, uint8_t mac[32]);
/* Keyed BLAKE2b-256 with the backup subkey. */
void        vault_backup_mac(const struct vault *v, const void *p, size_t n, uint8_t mac[32]);

#endif
