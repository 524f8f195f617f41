/* What the two halves of the age format share. */
#ifndef VAULT_AGE_PRIV_H
#define VAULT_AGE_PRIV_H

#include "dolen/vault/age.h"

#define AGE_FILE_KEY 16

struct age_identity {               /* in guarded memory */
    uint8_t secret[32];
    uint8_t public[32];
};

/* HKDF-SHA-256 (RFC 5869) of one block. */
void age_hkdf(uint8_t out[32], const void *key, size_t key_bytes, const void *salt, size_t salt_bytes,
              const char *info);

/* Appends the header for a file key. ST_INVALID: a recipient that is no usable key. */
enum status age_header_write(struct buf *out, const struct age_recipient *to, size_t count,
                             const uint8_t file_key[AGE_FILE_KEY], struct err *err);

/* One byte after the other. */
struct age_reader {
    struct age_source from;
    uint8_t          *bytes;        /* AGE_READ of them */
    size_t            at, have;
    bool              ended;
};
#define AGE_READ (2 * (AGE_CHUNK + 16))
/* Up to n bytes, fewer only at the end. */
enum status age_read(struct age_reader *r, void *p, size_t n, size_t *got, struct err *err);

/* Reads up to the end of the header, and unwraps the file key. Each fault has its sentence. */
enum status age_header_read(struct age_reader *r, const struct age_identity *id, uint8_t file_key[AGE_FILE_KEY],
                            enum age_fault *why, struct err *err);

/* Sets the fault and its sentence. */
enum status age_fault(enum age_fault *why, enum age_fault fault, struct err *err);
enum status age_no_memory(struct err *err);

#endif
