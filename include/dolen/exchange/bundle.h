/* dolen/exchange/bundle.h - a bundle: a ZIP of the rows, encrypted with age, signed with minisign.
 *
 *   NAME.dlnb           the age ciphertext of the ZIP, which is padded to 4 KiB
 *   NAME.dlnb.minisig   the signature over the ciphertext; written and sent last: with it the bundle counts as there
 *
 * Opening goes in one order only: signature, decryption, archive, manifest, hashes. Nothing is unpacked from bytes
 * that the named signer did not sign. docs/bundles.md says how to open one with minisign, age and unzip alone. */
#ifndef DOLEN_EXCHANGE_BUNDLE_H
#define DOLEN_EXCHANGE_BUNDLE_H

#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/json.h"
#include "dolen/base/status.h"
#include "dolen/exchange/zip.h"
#include "dolen/vault/age.h"
#include "dolen/vault/minisign.h"

#define BUNDLE_SUFFIX   ".dlnb"
#define BUNDLE_MARKER   ".dlnb.minisig"
#define BUNDLE_MANIFEST "datapackage.json"
#define BUNDLE_PAD      4096
#define BUNDLE_MAX      ((uint64_t) 256 << 20)      /* bytes of a .dlnb that is opened */
#define BUNDLE_UNPACKED_MAX ((uint64_t) 1 << 30)    /* all members together */

/* Every member there may be, ended by NULL; the manifest first. What is not on this list has no way in or out. */
extern const char *const bundle_names[];

/* --- sealing ---------------------------------------------------------------------------------------------------- */

struct bundle_member {
    const char *name;                   /* one of bundle_names */
    const char *path;                   /* a file; NULL: the bytes here, borrowed for the call */
    const void *bytes;
    size_t      n;
};

struct bundle_job {
    const struct bundle_member   *members;      /* one of them the manifest */
    size_t                        count;
    const struct age_recipient   *to;           /* at least one */
    size_t                        to_count;
    const struct minisign_secret *signer;
    const char                   *comment;      /* trusted: one line; NULL: "file:NAME.dlnb" */
    struct zip_pace              *pace;         /* how far it is, and whether to stop: see zip.h; may be NULL */
};

struct bundle_made {
    uint64_t bytes;                     /* of the .dlnb */
    char     sha256[65];                /* of the .dlnb */
    char     manifest_sha256[65];       /* of datapackage.json, as in receipts and `prev` */
};

/* folder/name.dlnb and then its .minisig, each through a private temporary, fsync and rename, and the folder synced;
 * neither may be there (ST_REFUSED). A payload without its marker, left by a crash, is replaced. out may be NULL. */
enum status bundle_seal(const struct bundle_job *job, const char *folder, const char *name, struct bundle_made *out,
                        struct err *err);
/* The same in memory; name only for the comment. Appends. */
enum status bundle_seal_bytes(const struct bundle_job *job, const char *name, struct buf *payload, struct buf *marker,
                              struct bundle_made *out, struct err *err);
/* The members in an export's folder, for a job; the caller's: bundle_members_free. ST_INVALID: a file not on the
 * list. */
enum status bundle_members_from_folder(struct bundle_member **out, size_t *count, const char *folder, struct err *err);
void        bundle_members_free(struct bundle_member **mp, size_t count);

/* --- opening ---------------------------------------------------------------------------------------------------- */

/* Why it was not opened: X(NAME, stable word for receipts and --json). Each has its own sentence in err. */
#define BUNDLE_FAULT_LIST(X)                                                                                \
    X(NONE,           "none")                                                                               \
    X(IO,             "io")                     /* could not be read; no fault of the bundle */             \
    X(NO_MARKER,      "no_signature")           /* still on its way, or the signature was lost */           \
    X(NO_PAYLOAD,     "no_payload")             /* the signature came first */                              \
    X(TOO_LARGE,      "too_large")                                                                          \
    X(SIGNATURE,      "signature_damaged")      /* the .minisig is not one */                               \
    X(UNKNOWN_SIGNER, "unknown_signer")                                                                     \
    X(WRONG,          "signature_wrong")        /* payload or comment is not what was signed */             \
    X(NOT_ENCRYPTED,  "not_encrypted")          /* signed, but no age file */                               \
    X(NOT_FOR_US,     "not_for_this_key")                                                                   \
    X(DAMAGED,        "damaged")                /* signed, but the encryption does not hold */              \
    X(NOT_ZIP,        "not_zip")                                                                            \
    X(MEMBER_NAME,    "unknown_member")                                                                     \
    X(MEMBER_TWICE,   "member_twice")                                                                       \
    X(MEMBERS,        "too_many_members")                                                                   \
    X(MEMBER_LARGE,   "member_too_large")                                                                   \
    X(MEMBER_DAMAGED, "member_damaged")                                                                     \
    X(NO_MANIFEST,    "no_manifest")                                                                        \
    X(MANIFEST,       "manifest_damaged")       /* no JSON, or not of the shape */                          \
    X(MEMBER_MISSING, "member_missing")         /* in the manifest, not in the archive */                   \
    X(MEMBER_EXTRA,   "member_not_listed")      /* in the archive, not in the manifest */                   \
    X(HASH,           "hash_wrong")

enum bundle_fault {
#define X(name, word) BUNDLE_FAULT_##name,
    BUNDLE_FAULT_LIST(X)
#undef X
    BUNDLE_FAULT_COUNT
};
const char *bundle_fault_word(enum bundle_fault f);

/* Finds the public key that a signature says it was made with; NULL: nobody of ours. Borrowed. */
struct bundle_keys {
    const struct minisign_public *(*signer)(void *ctx, const uint8_t key_id[8]);
    void                          *ctx;
    const struct age_identity     *identity;
};

struct bundle;
/* path is the .dlnb; its marker is looked for beside it. ST_NOTFOUND for NO_MARKER and NO_PAYLOAD, ST_NOSLOT for
 * NOT_FOR_US, ST_REFUSED for UNKNOWN_SIGNER and WRONG, ST_INVALID for what else is wrong with it. why may be NULL. */
enum status bundle_open(struct bundle **out, const char *path, const struct bundle_keys *keys, enum bundle_fault *why,
                        struct err *err);
enum status bundle_open_bytes(struct bundle **out, const void *payload, size_t n, const char *marker,
                              size_t marker_bytes, const struct bundle_keys *keys, enum bundle_fault *why,
                              struct err *err);
const struct minisign_public    *bundle_signer(const struct bundle *b);
const char                      *bundle_comment(const struct bundle *b);        /* the trusted one */
const struct json               *bundle_batch(const struct bundle *b);        /* its "dolen:batch"; NULL: it has none */
const char                      *bundle_manifest_sha256(const struct bundle *b);
size_t                           bundle_count(const struct bundle *b);
const char                      *bundle_name(const struct bundle *b, size_t i);
/* The bytes of a member, until bundle_free; NULL when it is not in it. A zero stands behind them. */
const char                      *bundle_bytes(const struct bundle *b, const char *name, size_t *n);
/* Every member into a new private folder, whole or not at all. */
enum status bundle_extract(const struct bundle *b, const char *folder, struct err *err);
void        bundle_free(struct bundle **bp);            /* wiped */

#endif
