/* hub/incoming.h - one bundle on its way in: opened, checked, and what is to become of it. */
#ifndef DOLEN_HUB_INCOMING_H
#define DOLEN_HUB_INCOMING_H

#include <stdbool.h>

#include "dolen/exchange/bundle.h"
#include "keys.h"
#include "ledger.h"

enum fate {
    FATE_MERGE,                     /* its rows go in */
    FATE_ENTER,                     /* it does not go in, but the ledger remembers it, and it gets a receipt */
    FATE_ANSWER,                    /* a receipt, but nothing is remembered: nobody of ours has signed it */
    FATE_SAME,                      /* it was there already: the receipt of then */
    FATE_REFUSE,                    /* nothing is known that a receipt could be addressed to */
    FATE_WAIT                       /* not all of it is there yet */
};

struct incoming {
    char              *path;        /* of the .dlnb */
    char               bundle[BATCH_NAME_MAX];      /* its file name */
    enum fate          fate;
    const char        *why;         /* a stable word, for --json; "" when merged */
    char               said[320];   /* a sentence for people; "" */
    struct hub_source *source;      /* NULL: not known */
    struct bundle     *opened;
    struct buf         payload, marker;             /* the files, while they may have to go into quarantine */
    struct manifest    m;
    bool               has_manifest, agreed;
    struct ledger_row  row;
    struct receipt     r;
    uint64_t           bytes;       /* of its members */
    bool               payload_read;
    enum status        unpacked;    /* what came of unpacking, for incoming_examine: status, fault and sentence */
    enum bundle_fault  fault;
    struct err         why_not;
};

/* What opening needs; all borrowed. */
struct reception {
    struct hub_keys   *keys;
    struct warehouse  *w;
    struct catalog    *catalog;
    struct source_list sources;
    int64_t            now;
    char              *destination; /* whose rows are in this hub; NULL: none yet. Owned. */
    char               policy[65], policy_for[BATCH_WORD_MAX];      /* the one asked about last, and its destination */
    const char        *receipts;    /* folder; NULL: none are written */
    bool               json;
    struct { int64_t merged, rejected, quarantined, same, refused, waiting, rows; } sum;
};

/* Reads, verifies, opens and checks. A fault of the bundle is no failure: it is in fate. ST_IO, ST_NOMEM …: stop. The
 * same in three steps: the first and the last ask the ledger; the second is the work, and touches nothing but this
 * bundle. */
enum status incoming_open(struct incoming *in, struct reception *rc, const char *path, struct err *err);
enum status incoming_meet(struct incoming *in, struct reception *rc, const char *path, struct err *err);
void        incoming_unpack(struct incoming *in, struct reception *rc);
enum status incoming_examine(struct incoming *in, struct reception *rc, struct err *err);
/* unpack.c: the second step for n of them on all cores, in their order, until their members come to more than limit
 * bytes. Returns how many were taken: at least one. */
size_t      incoming_unpack_all(struct incoming *in, size_t n, uint64_t limit, struct reception *rc);
/* Looks again, when its turn has come, whether the ledger has it or another one in its place. */
enum status incoming_look_up(struct incoming *in, struct reception *rc, struct err *err);
void        incoming_reject(struct incoming *in, enum receipt_reason why);
void        incoming_quarantine(struct incoming *in, enum receipt_reason why);
void        incoming_release(struct incoming *in);

/* rows.c: its rows for one table, or its tombstones (t NULL), into the staging table that was begun; wrong ones are
 * listed in its receipt instead. */
enum status incoming_stage(struct incoming *in, struct reception *rc, const struct wh_table *t, int64_t *rows,
                           struct err *err);
bool        incoming_has(const struct incoming *in, const struct wh_table *t);

#endif
