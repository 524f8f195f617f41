/* dolen/vault/age.h - the age v1 file format (age-encryption.org/v1) for X25519 recipients, over libsodium.
 *
 * A file is a header that wraps one file key to each recipient, and a payload of 64 KiB chunks, each sealed on its
 * own, the last one marked as last. `age -d -i KEYFILE` opens what this writes, and this opens what `age -r age1…`
 * writes. Only the X25519 stanza is known: a header with any other recipient beside ours still opens, scrypt and
 * plugins alone do not.
 *
 * Bytes stream from and to callbacks: nothing is larger in memory than one chunk. Each chunk is proved before it
 * is given out, but only the end proves that none is missing: what came out of a decryption that failed must be
 * thrown away. */
#ifndef DOLEN_VAULT_AGE_H
#define DOLEN_VAULT_AGE_H

#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"
#include "dolen/vault/secret.h"

#define AGE_RECIPIENT_TEXT 63           /* "age1" and 58 characters, and the zero */
#define AGE_RECIPIENTS_MAX 32
#define AGE_CHUNK          65536

/* --- keys ------------------------------------------------------------------------------------------------------- */

struct age_identity;                    /* a secret key, in guarded memory */

struct age_recipient {
    uint8_t key[32];
};

enum status age_identity_new(struct age_identity **out, struct err *err);
/* A key file as age-keygen writes it, or the bare line: blank lines and lines with # are passed over, the first
 * "AGE-SECRET-KEY-1…" is taken. ST_INVALID. The text is left to the caller (wipe it). */
enum status age_identity_parse(struct age_identity **out, const char *text, size_t n, struct err *err);
/* "AGE-SECRET-KEY-1…" in guarded memory, without a line end. Caller frees. ST_NOMEM. */
enum status age_identity_text(const struct age_identity *id, struct secret **out, struct err *err);
void        age_identity_recipient(const struct age_identity *id, struct age_recipient *out);
void        age_identity_free(struct age_identity **ip);

/* "age1…", upper or lower case but not mixed; blanks round it do not matter. ST_INVALID: a slip, or another kind
 * of key. */
enum status age_recipient_parse(struct age_recipient *out, const char *text, struct err *err);
void        age_recipient_text(const struct age_recipient *r, char out[AGE_RECIPIENT_TEXT]);

/* --- where bytes come from and go ------------------------------------------------------------------------------- */

/* Takes n bytes, or fails with a sentence. */
struct age_sink {
    enum status (*put)(void *ctx, const void *p, size_t n, struct err *err);
    void         *ctx;
};
/* Fills p with up to n bytes; *got 0 is the end. May give fewer than asked. */
struct age_source {
    enum status (*get)(void *ctx, void *p, size_t n, size_t *got, struct err *err);
    void         *ctx;
};
struct age_sink   age_to_buf(struct buf *b);

struct age_bytes {                      /* for age_from_bytes: start with { p, n } */
    const void *p;
    size_t      n;
};
struct age_source age_from_bytes(struct age_bytes *b);

/* --- encrypting ------------------------------------------------------------------------------------------------- */

/* new writes the header to the sink; add as often as you like; done writes the last chunk and frees. A writer that
 * was not done leaves a file that nothing opens. 1 to AGE_RECIPIENTS_MAX recipients, else ST_USAGE. */
struct age_writer;
enum status age_writer_new(struct age_writer **out, const struct age_recipient *to, size_t count, struct age_sink sink,
                           struct err *err);
enum status age_writer_add(struct age_writer *w, const void *p, size_t n, struct err *err);
enum status age_writer_done(struct age_writer **wp, struct err *err);
void        age_writer_free(struct age_writer **wp);

/* --- decrypting ------------------------------------------------------------------------------------------------- */

/* What was wrong, for who must tell cases apart. Each has its own sentence in err. */
enum age_fault {
    AGE_FAULT_NONE,
    AGE_FAULT_IO,        /* source or sink failed; its own status and sentence */
    AGE_FAULT_NOT_AGE,   /* the first line is another's, or a later version's */
    AGE_FAULT_HEADER,    /* not as the format asks, to the last blank */
    AGE_FAULT_NOT_OURS,  /* no stanza opens with this identity */
    AGE_FAULT_TRUNCATED, /* ends before its last chunk */
    AGE_FAULT_DAMAGED,   /* the header's or a chunk's seal does not hold */
    AGE_FAULT_COUNT
};

/* The whole of a file. ST_NOSLOT: not for this identity; ST_INVALID: not an age file, damaged or cut; ST_NOMEM;
 * else the status of source or sink. why may be NULL. A file cut exactly between two chunks is TRUNCATED. Bytes
 * after the last chunk are DAMAGED. */
enum status age_decrypt(const struct age_identity *id, struct age_source from, struct age_sink to, enum age_fault *why,
                        struct err *err);

/* The same in memory. out is appended to; after a failure it is as it was, and what was added is wiped. */
enum status age_encrypt_bytes(struct buf *out, const struct age_recipient *to, size_t count, const void *p, size_t n,
                              struct err *err);
enum status age_decrypt_bytes(struct buf *out, const struct age_identity *id, const void *p, size_t n,
                              enum age_fault *why, struct err *err);

#endif
