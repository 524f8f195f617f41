/* hub/ledger.h - which laptops there are, and what became of each bundle. */
#ifndef DOLEN_HUB_LEDGER_H
#define DOLEN_HUB_LEDGER_H

#include <stdbool.h>

#include "dolen/base/buf.h"
#include "dolen/exchange/receipt.h"
#include "dolen/exchange/source.h"
#include "dolen/vault/minisign.h"
#include "warehouse.h"

/* A registered laptop. */
struct hub_source {
    int64_t                source_id;       /* the hub's number; in every key */
    struct id              id;
    char                   label[160];
    struct minisign_public signer;
    int64_t                registered_at, revoked_at;       /* UTC seconds; 0: in use */
    int64_t                covered, horizon;                /* versions */
    bool                   has_rows;        /* known to have some here; false: not looked yet, or none */
};

struct source_list {
    struct hub_source *items;
    size_t             count, cap;
};

enum status              sources_load(struct source_list *out, struct warehouse *w, struct err *err);
void                     sources_free(struct source_list *l);
struct hub_source       *sources_by_id(struct source_list *l, struct id id);            /* NULL: none */
struct hub_source       *sources_by_signer(struct source_list *l, const uint8_t key_id[8]);
/* ST_CONFLICT: there already with another key. Again with the same key is nothing new, and takes back a revocation. */
enum status              source_register(struct warehouse *w, const struct source *s, const char *text, int64_t now,
                                         int64_t *number, struct err *err);
/* Into the register of its shard, as the coordinator has it. */
enum status              source_copy_to_shard(struct warehouse *w, int64_t source_id, struct err *err);
enum status              source_revoke(struct warehouse *w, struct id id, int64_t now, struct err *err);

/* One row of the ledger. Texts are owned. */
struct ledger_row {
    int64_t source_id, epoch, seq;
    char    manifest_sha256[72];
    char    marker_sha256[65];
    char    status[16], reason[24], bundle[BATCH_NAME_MAX];
    struct buf receipt, receipt_sig;
};
void        ledger_row_release(struct ledger_row *r);

/* Looks for a batch: by its manifest, or (manifest NULL) by its signature file. *found is false when there is none;
 * *others: another one has this place. */
enum status ledger_find(struct warehouse *w, int64_t source_id, int64_t epoch, int64_t seq, const char *manifest_sha256,
                        const char *marker_sha256, struct ledger_row *out, bool *found, bool *others, struct err *err);
/* Enters a batch or replaces its row. m NULL: it could not be opened. */
enum status ledger_enter(struct warehouse *w, const struct ledger_row *row, const struct receipt *r,
                         const struct manifest *m, struct err *err);
/* Every change up to which the accepted batches of a source reach without a gap, and the gaps after it: into r, and
 * into the source. own: the batch that is about to be entered, when it is accepted; else NULL. */
enum status ledger_cover(struct warehouse *w, struct hub_source *s, const struct manifest *own, struct receipt *r,
                         struct err *err);

#endif
