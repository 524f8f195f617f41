/* dolen/exchange/policy_file.h - what a destination may receive, as a JSON file that the service signs.
 *
 * A policy is written by `dolen-hub policy`, signed in minisign format beside it (P.json.minisig), carried to the
 * laptops by any road, and kept in the case file as the bytes that were signed. Everything is said, nothing is left
 * to a default: what the people of a service signed is what leaves. A laptop takes a policy for a destination that it
 * knows only from the signer it knows. */
#ifndef DOLEN_EXCHANGE_POLICY_FILE_H
#define DOLEN_EXCHANGE_POLICY_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/exchange/manifest.h"
#include "dolen/forms/dataset.h"
#include "dolen/forms/policy.h"
#include "dolen/vault/minisign.h"

/* On a destination's road, the newest one lies in policy/ below the address. */
#define POLICY_FOLDER         "policy/"
#define POLICY_CURRENT        "current.json"
#define POLICY_FORMAT         "dolen/policy/1"
#define POLICY_BYTES_MAX      (512u * 1024)
#define POLICY_RECIPIENTS_MAX 16

/* Columns of one table that leave; a table that is not named does not leave. */
struct policy_table {
    char   table[BATCH_WORD_MAX];
    char **columns;
    size_t count;
};

struct policy_file {
    char           destination[BATCH_WORD_MAX];      /* its id: ^[a-z0-9][a-z0-9_-]{0,47}$ */
    struct text2   title;                        /* who receives, for people; also the recipient that a consent names */
    char           data_set[BATCH_WORD_MAX], data_set_version[BATCH_WORD_MAX];
    struct policy_table *tables;
    size_t         table_count;
    struct date    from;                             /* first day of the period that leaves */
    enum policy_dates dates;
    int           *age_bands;                        /* lower ends, rising */
    size_t         age_band_count;
    enum policy_geography geography;
    enum policy_consent consent;
    enum policy_key person_key;
    char         **sensitive_allowed;     /* items, table.item, or codes; everything else that is sensitive: WITHHELD */
    size_t         sensitive_count;
    int            suppress_below, round_to; /* of counts that leave: 5 and 5 hide 1-4 and round the rest; 0: neither */
    char         **recipients;                       /* age1… */
    size_t         recipient_count;
    char           signer[64];                       /* RW…: signs this file and the receipts */
    int64_t        number;                           /* rises with each policy of a destination */
    struct date    issued_on;
    char          *source;                           /* the bytes that were read, as signed; NULL when made here */
    size_t         source_len;
    char           sha256[65];                       /* of those bytes; "" when made here */
};

/* The cautious one for a data set: permission, months, no small area, nothing sensitive, all its columns that count,
 * and nothing about safeguarding. The caller adds recipients, signer, from, issued_on and whatever the service
 * agreed. */
struct policy_file *policy_file_new(const char *destination, const struct data_set *d);
void                policy_file_free(struct policy_file **pp);
void                policy_file_add_recipient(struct policy_file *p, const char *recipient);
void                policy_file_allow_sensitive(struct policy_file *p, const char *what);
/* Whether a table is named; names one with all its columns ("safeguarding" stands in no policy by itself). false: the
 * data set has none of that name. */
bool                policy_file_has(const struct policy_file *p, const char *table);
bool                policy_file_allow_table(struct policy_file *p, const struct data_set *d, const char *table);
/* Takes a column out ("table.item" or "item"); false when there is none of that name or rows could not do
 * without it. */
bool                policy_file_drop(struct policy_file *p, const char *column);

/* JSON, keys always in the same order, one line end after it: the bytes to sign. */
void        policy_file_write(struct buf *out, const struct policy_file *p);
/* Strictly: see manifest_parse. The signature is another matter. */
enum status policy_file_parse(struct policy_file **out, const char *s, size_t n, struct err *err);

/* The bytes and their .minisig, appended; the trusted comment is "policy:DESTINATION NUMBER". p's signer must be this
 * key's. */
enum status policy_file_sign(struct buf *bytes, struct buf *marker, const struct policy_file *p,
                             const struct minisign_secret *signer, struct err *err);
/* Parses, and holds the bytes against the signer that they name: whether that signer is to be trusted is for the
 * caller to ask (known for this destination, or compared by a person). ST_REFUSED, ST_INVALID. */
enum status policy_file_verify(struct policy_file **out, const char *bytes, size_t n, const char *marker,
                               size_t marker_bytes, struct err *err);
/* path and path.minisig. marker (may be NULL) gets the signature's bytes. ST_NOTFOUND … */
enum status policy_file_read(struct policy_file **out, const char *path, struct buf *marker, struct err *err);

/* Against the definition that the laptop has: the same data set and version, columns that are in it, and those without
 * which rows cannot be told apart (keys, row_version). ST_INVALID says what does not fit. */
enum status policy_file_fits(const struct policy_file *p, const struct data_set *d, struct err *err);
/* What the exporter follows. The caller's. Its source is this file's bytes. */
struct policy *policy_file_rules(const struct policy_file *p, const struct data_set *d);

#endif
