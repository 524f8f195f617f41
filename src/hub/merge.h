/* hub/merge.h - staged rows become true rows: at most one batch of each source at a time, in one transaction.
 *
 * What stands in the tables afterwards does not depend on the order in which batches came, nor on how often:
 *
 *   a row is replaced only by one with a higher row_version
 *   a snapshot says everything up to its to_version (the source's horizon): rows that it does not have are taken out
 * when they are no newer and of its period; rows and tombstones of other batches at or below the horizon are stale a
 * tombstone takes out its row, and keeps it out, up to its own row_version; a later snapshot has the last word rows
 * that are true only together (the needs of a referral, the capacity of a month) are those of the newest version */
#ifndef DOLEN_HUB_MERGE_H
#define DOLEN_HUB_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/date.h"
#include "warehouse.h"

#define WAVE_MAX 64

/* One batch of a wave. */
struct wave_batch {
    int64_t     source_id;
    bool        snapshot;
    int64_t     to_version, horizon;        /* horizon: of the source so far; 0: it never sent a snapshot */
    struct date from;                       /* the first day that the batch speaks of */
    bool        agreed;                     /* a person has agreed to what it deletes */
    int64_t     staged;                     /* rows and tombstones, set by the caller */
    /* Set by wave_merge: */
    bool        held;                       /* nothing of it was merged: it would take out much */
    bool        fresh;                      /* nothing of the source was there before */
    int64_t     taken_out, rows_before;     /* by a snapshot, and of the source */
    int64_t     rows_new, rows_updated, rows_stale, rows_deleted;
};

/* Empty staging tables for this connection. */
enum status merge_prepare(struct warehouse *w, struct err *err);
/* The staging tables are emptied for the next wave. */
enum status merge_clear(struct warehouse *w, struct err *err);
/* What is staged of one source is taken out again; straight: its rows went into the tables themselves, and nothing of
 * it was there before. */
enum status merge_drop(struct warehouse *w, int64_t source_id, bool straight, struct err *err);
/* Merges what is staged: batches[i] belongs to another source each. Rows of a fresh batch are in the tables already.
 * Inside a transaction of the caller. */
enum status wave_merge(struct warehouse *w, struct wave_batch *batches, size_t n, struct err *err);

#endif
