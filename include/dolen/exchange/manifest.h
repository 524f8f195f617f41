/* dolen/exchange/manifest.h - what a batch is: the object "dolen:batch" of its datapackage.json, written and read
 * strictly.
 *
 * A batch says from which source it is, for which destination, which changes of the source it covers, which batch
 * came before it and under which signed policy it was made. Versions are epoch << 40 | n: n counts the changes of the
 * source and never goes back within an epoch; no clock has a part in it. */
#ifndef DOLEN_EXCHANGE_MANIFEST_H
#define DOLEN_EXCHANGE_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/date.h"
#include "dolen/base/id.h"
#include "dolen/base/json.h"
#include "dolen/base/status.h"

#define BATCH_FORMAT      "dolen/batch/1"
#define BATCH_KEY         "dolen:batch"
#define BATCH_EPOCH_BITS  40
#define BATCH_EPOCH_MAX   ((int64_t) 1 << 22)
#define BATCH_SEQ_MAX     999999
#define BATCH_TABLES_MAX  32
#define BATCH_REASONS_MAX 16
#define BATCH_WORD_MAX    64            /* bytes of an id, with its end */
#define BATCH_NAME_MAX    80

/* A source in names and files: S and 32 hex digits. */
struct source_text {
    char s[34];
};
struct source_text source_show(struct id source);
bool               source_parse(const char *s, struct id *out);      /* that form alone */
/* An id that may stand in a file name: ^[a-z0-9][a-z0-9_-]{0,47}$ */
bool               exchange_word_is_plain(const char *s);

int64_t version_of(int64_t epoch, int64_t n);
int64_t version_epoch(int64_t version);
int64_t version_count(int64_t version);                              /* n */

enum batch_kind { BATCH_DELTA, BATCH_SNAPSHOT, BATCH_ERASURE, BATCH_KINDS };
const char *batch_kind_word(enum batch_kind k);                      /* "delta", "snapshot", "erasure" */

struct batch_count {
    char    name[BATCH_WORD_MAX];
    int64_t n;
};

struct manifest {
    struct id       batch_id, source_id;
    char            destination[BATCH_WORD_MAX];
    char            data_set[BATCH_WORD_MAX], data_set_version[BATCH_WORD_MAX];
    bool            provisional, training;
    int64_t         epoch;               /* from 1 */
    int64_t         seq;                 /* from 1; rises with each batch of the source, whatever its destination:
                                            what is missing shows in the versions and in prev, never in seq */
    enum batch_kind kind;
    int64_t         base_version;        /* the rows are those changed after it; 0 for a snapshot, which has them all */
    int64_t         to_version;          /* the newest change of the source when it was made */
    char            prev[65];   /* SHA-256 of the datapackage.json of the batch before, to this destination; "" first */
    char            policy_id[BATCH_WORD_MAX], policy_sha256[65];
    struct date     from, until;         /* period of the rows */
    struct batch_count rows[BATCH_TABLES_MAX];
    size_t          tables;
    int64_t         people, unusable;
    struct batch_count left_out[BATCH_REASONS_MAX];       /* people who stayed behind, by reason */
    size_t          reasons;
    char            audit_head[65];      /* hash of the newest row of the source's history */
    char            app[BATCH_WORD_MAX];
    int64_t         made_at;             /* UTC seconds: for people to read; nothing is ordered by it */
};

/* The JSON object, keys always in the same order. The caller's. */
struct json *manifest_write(const struct manifest *m);
/* From that object: every key there, of its type and within its bounds, and no other. ST_INVALID names the first that
 * is wrong; ST_NEWER: a format that this program does not know. out is all or nothing. */
enum status manifest_parse(struct manifest *out, const struct json *batch, struct err *err);

/* S…-e1-000001: without an ending. name holds BATCH_NAME_MAX. */
void batch_name(char *name, struct id source, int64_t epoch, int64_t seq);
/* From a file name with or without folders before it and any ending of ours (.dlnb, .dlnb.minisig, .dlnb.rcpt …)
 * after it. */
bool batch_name_parse(const char *file, struct id *source, int64_t *epoch, int64_t *seq);

#endif
