/* The key slots file as bytes, and the handles built on it. docs/casefile-format.md has the same layout as a table. */
#ifndef VAULT_SLOTFILE_H
#define VAULT_SLOTFILE_H

#include <sodium.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/vault/vault.h"

#define KEY_BYTES      32
#define SLOTFILE_NAME  "keyslots"
#define COPY_BYTES     4096u
#define FORMAT_VERSION 1u
#define DB_FORMAT      1u
#define FLAG_TRAINING  0x0001u

#define KDF_NONE       0u
#define KDF_ARGON2ID13 1u
#define KDF_OPS_MIN    3u
#define KDF_OPS_MAX    16u
#define KDF_KIB_MIN    (VAULT_KDF_FLOOR_MIB * 1024u)
#define KDF_KIB_MAX    (4096u * 1024u)

enum subkey { SUBKEY_DATABASE = 1, SUBKEY_HEADER, SUBKEY_BACKUP, SUBKEY_STATE };

/* All integers little-endian. A slot up to and with public_key is bound to its wrap as associated data; what follows
 * may change without the slot's own secret (tested) and is covered by the header MAC alone. */
struct slot_disk {
    uint8_t kind;                   /* enum slot_kind */
    uint8_t kdf;                    /* KDF_* */
    uint8_t unused_a[6];
    uint8_t ops[4], kib[4];
    uint8_t created_at[8];
    uint8_t practitioner[16];
    uint8_t label[64];              /* UTF-8, zero-filled */
    uint8_t salt[16];
    uint8_t public_key[32];         /* organisation slots: who can open */
    uint8_t tested_at[8];
    uint8_t nonce[24];
    uint8_t wrapped[112];           /* XChaCha20-Poly1305: 48 of them; sealed box: all */
    uint8_t unused_b[24];
};
#define SLOT_BOUND_BYTES offsetof(struct slot_disk, tested_at)

struct copy_disk {
    uint8_t magic[8];
    uint8_t version[2];
    uint8_t flags[2];
    uint8_t db_format[4];
    uint8_t generation[8];
    uint8_t file_id[16];
    uint8_t salt[16];               /* SQLCipher's, bytes 0-15 of case.db */
    uint8_t unused_a[8];
    struct slot_disk slot[VAULT_SLOTS];
    uint8_t unused_b[1408];
    uint8_t mac[32];                /* BLAKE2b-256 keyed with subkey 2, over everything before it */
    uint8_t checksum[32];           /* BLAKE2b-256, over everything before it */
};

_Static_assert(sizeof(struct slot_disk) == 320, "no padding on disk");
_Static_assert(SLOT_BOUND_BYTES == 152, "the bound part of a slot");
_Static_assert(sizeof(struct copy_disk) == COPY_BYTES, "no padding on disk");
_Static_assert(offsetof(struct copy_disk, slot) == 64, "slots start at 64");
_Static_assert(offsetof(struct copy_disk, mac) == 4032, "MAC at 4032");
_Static_assert(SLOT_EMPTY == 0 && SLOT_PASSPHRASE == 1 && SLOT_RECOVERY == 2 && SLOT_ORGANISATION == 3 &&
               SLOT_KEYFILE == 4, "kinds are numbers on disk");

struct keyslots {
    struct copy_disk c;             /* the chosen copy */
    bool one_bad;
};

struct vault {
    struct copy_disk now;           /* with changes not yet written */
    struct copy_disk saved;         /* as on disk; what a failed write falls back to */
    bool on_disk;
    bool locked;                    /* the key's page is out of reach of swap */
    int slot, saved_slot;           /* that opened it, -1: none yet or removed; the same, as on disk */
    uint8_t *key;                   /* KEY_BYTES, read-only page */
};

/* Memory for keys: sodium_free() wipes it. The library is started when nobody did; NULL without memory. */
void    *guarded_new(size_t n);
void     put_le(uint8_t *p, size_t n, uint64_t v);
uint64_t get_le(const uint8_t *p, size_t n);

void subkey_of(uint8_t out[KEY_BYTES], const uint8_t key[KEY_BYTES], enum subkey which);
/* Fills in MAC and checksum. */
void copy_finish(struct copy_disk *c, const uint8_t key[KEY_BYTES]);
bool copy_mac_holds(const struct copy_disk *c, const uint8_t key[KEY_BYTES]);
int  copy_list(const struct copy_disk *c, struct slot_info out[VAULT_SLOTS]);
struct slot_info slot_info_of(const struct slot_disk *s, int index);

/* A vault over a copy whose data key is known; takes a copy of the key. ST_SLOTS_DAMAGED when the MAC does not hold. */
enum status vault_from_key(struct vault **out, const struct keyslots *k, const uint8_t key[KEY_BYTES], int slot,
                           struct err *err);
enum status slots_damaged(struct err *err);

#endif
