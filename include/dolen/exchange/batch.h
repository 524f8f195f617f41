/* dolen/exchange/batch.h - one batch to one destination, in memory: what leaves, what is taken back, about how many
 * people.
 *
 * Making one changes nothing and writes nothing: it is also the look at what would leave. Every row that may leave is
 * walked, so that a row which was sent and may not leave any more (permission withdrawn, forgotten, in the bin) is
 * known and taken back; only rows changed after base_version are written, all of them when it is whole. */
#ifndef DOLEN_EXCHANGE_BATCH_H
#define DOLEN_EXCHANGE_BATCH_H

#include "dolen/exchange/export.h"
#include "dolen/exchange/policy_file.h"
#include "dolen/store/read.h"

struct batch_job {
    const struct policy_file *policy;
    const struct data_set    *data_set;             /* policy_file_fits */
    struct catalog           *catalog;
    struct id                 destination;          /* its record */
    struct id                 source, batch_id;
    struct id                 case_file;            /* the organisation's pseudonym stands on it, as in plain exports */
    uint8_t                   key[EXPORT_KEY_BYTES];/* of the pseudonyms at this destination */
    int64_t                   epoch, seq;
    bool                      whole;
    int64_t                   base_version;         /* acknowledged; not used when whole */
    int64_t                   to_version;           /* the newest change there is */
    char                      prev[65], audit_head[65];
    struct date               today, until;         /* until: the last day of what leaves */
    int64_t                   now;
    const char               *app;
    bool                    (*progress)(void *ctx, const char *table, int64_t rows);    /* false: ST_INTERRUPTED */
    void                     *progress_ctx;
};

struct batch {
    enum batch_kind      kind;
    struct date          from, until;
    struct export_result counts;
    struct export_files  files;                     /* members for bundle_seal */
    int64_t              rows;                      /* written, without the counts of assets */
    int64_t              changed_people;            /* people with a row among them */
    struct sent_rows     sent;                      /* what has to be remembered with it: store_sent_write */
    int64_t              tombstones;
};

/* In steps: see export_keep_begin. What job points to, and out, must stay until the end, which may come at
 * any time. */
struct batch_making;
enum status batch_make_begin(struct batch_making **out, struct store *s, const struct batch_job *job,
                             struct batch *batch, struct err *err);
enum status batch_make_step(struct batch_making *b, bool *over, struct err *err);
enum status batch_make_end(struct batch_making **bp, struct err *err);
/* Nothing changed and nothing is taken back: there is no need to send it. */
bool        batch_is_empty(const struct batch *b);
void        batch_release(struct batch *b);         /* NULL is fine; wiped */

#endif
