/* dolen/exchange/receipt.h - what a hub says about a bundle, signed: the only thing that makes a batch count as
 * arrived.
 *
 * A receipt lies in receipts/<source_id>/<bundle>.rcpt with its signature beside it (.rcpt.minisig). It names no
 * person: rows with an error are named by their pseudonym. */
#ifndef DOLEN_EXCHANGE_RECEIPT_H
#define DOLEN_EXCHANGE_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/exchange/manifest.h"
#include "dolen/vault/minisign.h"

#define RECEIPT_FORMAT     "dolen/receipt/1"
#define RECEIPT_BYTES_MAX  (1u << 20)
#define RECEIPT_SUFFIX     ".rcpt"              /* after the bundle's name, .dlnb included */
#define RECEIPT_ERRORS_MAX 1000                 /* row errors listed; rows_wrong counts all of them */
#define RECEIPT_GAPS_MAX   64

enum receipt_status { RECEIPT_ACCEPTED, RECEIPT_REJECTED, RECEIPT_QUARANTINED, RECEIPT_STATUSES };
const char *receipt_status_word(enum receipt_status s);              /* "accepted", "rejected", "quarantined" */

/* Why a bundle was not taken: X(NAME, word, for people) */
#define RECEIPT_REASON_LIST(X)                                                                        \
    X(NONE,           "",                N_("taken"))                                                 \
    X(DUPLICATE,      "duplicate",       N_("it was there already"))                                  \
    X(ROWS,           "row_errors",      N_("rows have errors"))                                      \
    X(SIGNATURE,      "signature",       N_("the signature does not fit"))                            \
    X(SIGNER,         "unknown_signer",  N_("this laptop is not registered there"))                   \
    X(REVOKED,        "revoked",         N_("this laptop's registration was withdrawn"))              \
    X(DECRYPT,        "not_for_us",      N_("it cannot be opened with the key there"))                \
    X(DAMAGED,        "damaged",         N_("it is damaged or not complete"))                         \
    X(FORMAT,         "format",          N_("it is not a bundle that is understood there"))           \
    X(NEWER,          "newer",           N_("it was made by a newer version"))                        \
    X(POLICY,         "policy",          N_("it was made under a policy that is no longer in force")) \
    X(DESTINATION,    "destination",     N_("it is meant for another destination"))               \
    X(DATA_SET,       "data_set",        N_("it holds another data set or version"))                  \
    X(TRAINING,       "training",        N_("it comes from a training case file"))                    \
    X(FORK,           "fork",            N_("another batch with the same number arrived before"))     \
    X(DELETES_MUCH,   "deletes_much",    N_("it would delete many rows: somebody there has to agree"))

enum receipt_reason {
#define X(name, word, label) REASON_##name,
    RECEIPT_REASON_LIST(X)
#undef X
    REASON_COUNT
};
const char *receipt_reason_word(enum receipt_reason r);
const char *receipt_reason_label(enum receipt_reason r);             /* translated */

struct receipt_gap {
    int64_t after, until;                       /* changes after…until never came */
};

struct receipt_error {
    char table[BATCH_WORD_MAX], id[34], rule[BATCH_WORD_MAX];        /* id: the row's pseudonym, "" when it has none */
    char item[BATCH_WORD_MAX];                  /* of the data set; "" when it is not one cell */
};

struct receipt {
    char                bundle[BATCH_NAME_MAX]; /* file name with .dlnb */
    struct id           source_id;
    char                destination[BATCH_WORD_MAX];                 /* "" when the bundle could not be opened */
    struct id           batch_id;               /* not set when the bundle could not be opened */
    char                manifest_sha256[65];    /* of its datapackage.json; "" when the bundle could not be opened */
    char                bundle_sha256[65];      /* of the .dlnb as it lay there */
    enum receipt_status status;
    enum receipt_reason reason;
    int64_t             covered_version;  /* every change up to it is there, for this source and destination; 0: none */
    struct receipt_gap  missing[RECEIPT_GAPS_MAX];
    size_t              gaps;
    int64_t             resend_from;            /* the hub asks for a snapshot: it lacks what came after; -1: no */
    int64_t             rows_new, rows_updated, rows_stale, rows_deleted;
    int64_t             rows_wrong;
    struct receipt_error *errors;               /* owned */
    size_t              error_count, error_cap;
    int64_t             received_at;            /* UTC seconds */
};

void receipt_init(struct receipt *r);           /* nothing received, resend_from -1 */
void receipt_release(struct receipt *r);
/* Past RECEIPT_ERRORS_MAX only counted. */
void receipt_add_error(struct receipt *r, const char *table, const char *id, const char *item,
                       const char *rule);

/* The bytes that are signed: JSON, keys always in the same order, one line end after it. */
void receipt_write(struct buf *out, const struct receipt *r);
struct json *receipt_rows_json(const struct receipt *r);            /* its counts of rows, as they stand in it */
/* Strictly: see manifest_parse. out is init'ed by this and to be released in any case. */
enum status receipt_parse(struct receipt *out, const char *s, size_t n, struct err *err);

/* The bytes and their .minisig, appended; the trusted comment is "receipt:BUNDLE". */
enum status receipt_sign(struct buf *bytes, struct buf *marker, const struct receipt *r,
                         const struct minisign_secret *hub, struct err *err);
/* Only what that hub signed is read at all. ST_REFUSED: another's signature, or not of these bytes; ST_INVALID. out
 * as in receipt_parse. */
enum status receipt_verify(struct receipt *out, const char *bytes, size_t n, const char *marker, size_t marker_bytes,
                           const struct minisign_public *hub, struct err *err);

#endif
