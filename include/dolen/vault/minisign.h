/* dolen/vault/minisign.h - minisign signatures (prehashed, algorithm "ED"), over libsodium.
 *
 * `minisign -Vm FILE -P RW…` checks what this writes, and this checks what `minisign -S` writes without -l and -c.
 * The trusted comment is signed too. Reading is strict to the last byte, so that one changed bit anywhere is
 * refused: the untrusted comment must be minisign's own standing line, the lines end with one LF, nothing follows. */
#ifndef DOLEN_VAULT_MINISIGN_H
#define DOLEN_VAULT_MINISIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"
#include "dolen/vault/secret.h"

#define MINISIGN_PUBLIC_TEXT  57        /* "RW…", 56 characters and the zero */
#define MINISIGN_KEY_ID_TEXT  17        /* 16 hex digits as minisign prints them, and the zero */
#define MINISIGN_COMMENT_MAX  1024      /* bytes of a trusted comment */
#define MINISIGN_FILE_MAX     2048      /* bytes of a .minisig; a longer one is not one */

/* --- keys ------------------------------------------------------------------------------------------------------- */

struct minisign_secret;                 /* in guarded memory */

struct minisign_public {
    uint8_t id[8];
    uint8_t key[32];
};

enum status minisign_secret_new(struct minisign_secret **out, struct err *err);
/* One line of base64, the second line of the key file that `minisign -G -W` writes (no passphrase: whoever keeps
 * it keeps it sealed). Parsing takes that line or the whole file. ST_INVALID: damaged, or one that needs a
 * passphrase. */
enum status minisign_secret_text(const struct minisign_secret *s, struct secret **out, struct err *err);
enum status minisign_secret_parse(struct minisign_secret **out, const char *text, size_t n, struct err *err);
void        minisign_secret_public(const struct minisign_secret *s, struct minisign_public *out);
void        minisign_secret_free(struct minisign_secret **sp);

/* The bare "RW…" line, or a whole minisign.pub with its comment. ST_INVALID. */
enum status minisign_public_parse(struct minisign_public *out, const char *text, struct err *err);
void        minisign_public_text(const struct minisign_public *p, char out[MINISIGN_PUBLIC_TEXT]);
/* minisign.pub: the comment line with the key's id, then the key. */
void        minisign_public_file(struct buf *out, const struct minisign_public *p);
void        minisign_key_id_text(const uint8_t id[8], char out[MINISIGN_KEY_ID_TEXT]);
bool        minisign_public_eq(const struct minisign_public *a, const struct minisign_public *b);

/* --- the signed bytes, as they come ----------------------------------------------------------------------------- */

struct minisign_hash;
struct minisign_hash *minisign_hash_new(void);
void                  minisign_hash_add(struct minisign_hash *h, const void *p, size_t n);
void                  minisign_hash_free(struct minisign_hash **hp);

/* --- signing ---------------------------------------------------------------------------------------------------- */

/* Appends the four lines of a .minisig to out. comment is the trusted one: one line of printable text, at most
 * MINISIGN_COMMENT_MAX bytes, else ST_USAGE. Consumes *hp in any case. */
enum status minisign_sign(struct buf *out, const struct minisign_secret *s, struct minisign_hash **hp,
                          const char *comment, struct err *err);
enum status minisign_sign_bytes(struct buf *out, const struct minisign_secret *s, const void *p, size_t n,
                                const char *comment, struct err *err);

/* --- verifying -------------------------------------------------------------------------------------------------- */

enum minisign_fault {
    MINISIGN_FAULT_NONE,
    MINISIGN_FAULT_FORMAT,  /* not a .minisig to the last byte, or of the old kind */
    MINISIGN_FAULT_SIGNER,  /* made with another key */
    MINISIGN_FAULT_WRONG,   /* this key, but not these bytes */
    MINISIGN_FAULT_COMMENT, /* these bytes, but another trusted comment */
    MINISIGN_FAULT_COUNT
};

/* A .minisig taken apart; nothing in it is to be believed before minisign_verify. Its key_id finds the public key. */
struct minisign_signature {
    uint8_t key_id[8];
    uint8_t signature[64], global[64];
    char    comment[MINISIGN_COMMENT_MAX + 1];      /* the trusted one */
};
enum status minisign_signature_parse(struct minisign_signature *out, const char *text, size_t n, struct err *err);

/* ST_OK only when key id, bytes and trusted comment all hold. ST_REFUSED for SIGNER, WRONG and COMMENT. Consumes
 * *hp in any case. why may be NULL. */
enum status minisign_verify(const struct minisign_signature *sig, const struct minisign_public *p,
                            struct minisign_hash **hp, enum minisign_fault *why, struct err *err);
/* Parses and verifies; out (may be NULL) gets the parts. ST_INVALID for FORMAT. */
enum status minisign_verify_bytes(struct minisign_signature *out, const struct minisign_public *p, const void *data,
                                  size_t n, const char *sig, size_t sig_bytes, enum minisign_fault *why,
                                  struct err *err);

#endif
