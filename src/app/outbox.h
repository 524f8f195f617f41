/* app/outbox.h - batches from their making to their receipt: every arrow of core/outbox.h as one transaction.
 *
 * A batch is made in memory, numbered (DRAFT), sealed into files on the disk, and only then counts as SEALED; a crash
 * between the two leaves a number that is not used again. What may have left is remembered with it. Words for people:
 * outbox_words.h. */
#ifndef DOLEN_APP_OUTBOX_H
#define DOLEN_APP_OUTBOX_H

#include "destination.h"
#include "dolen/exchange/batch.h"
#include "dolen/exchange/receipt.h"

/* --- states ----------------------------------------------------------------------------------------------------- */

enum batch_state batch_state_of(const struct record *batch);
/* One arrow: a transaction, or a part of the one that is open. why (a stable word) and said (a sentence, kept in both
 * languages) may be NULL.
 * ST_CONFLICT: the table has no such arrow from its state; nothing is changed. */
enum status outbox_event(struct store *s, struct record *batch, enum batch_event e, const char *why,
                         const struct err *said, struct err *err);
/* The next batch to it has to be whole; what was made before and has not left is overtaken. rec is brought up to
 * date. */
enum status outbox_restart(struct store *s, struct record *destination, enum snapshot_reason why, struct err *err);
/* What a start finds: half-made batches are thrown away, a sending that was cut short waits again, sealed ones are
 * queued, what waits for a receipt too long goes again, files that are gone are given up (the next batch has their
 * rows). */
enum status outbox_tidy(struct casefile *cf, struct err *err);
/* A half-made batch is thrown away. */
enum status outbox_drop_draft(struct casefile *cf, const char *destination, struct record *batch, struct err *err);
/* Where sealed files of a destination are; of a batch, its file without ending. Caller frees. */
char       *outbox_folder(const struct casefile *cf, const char *destination);
char       *outbox_path(const struct casefile *cf, const char *destination, const char *file);

/* --- making ----------------------------------------------------------------------------------------------------- */

struct outgoing {
    struct batch         batch;
    enum snapshot_reason why;
    int64_t              epoch, seq, base_version, to_version;
    struct id            batch_id;
    int64_t              waits_since;    /* an instant: a batch sealed then has not arrived yet; 0: none waits */
};
struct outbox_wish {
    bool   whole;                       /* asked for by a person */
    bool (*progress)(void *ctx, const char *table, int64_t rows);
    void  *progress_ctx;
};
/* What would leave now; nothing is changed but, at the first time, keys made. Release in any case. */
enum status outbox_look(struct casefile *cf, const struct destination *d, const struct outbox_wish *wish,
                        struct outgoing *out, struct err *err);
void        outgoing_release(struct outgoing *o);
/* The same a few milliseconds at a time; d and out must stay. When the case file changes in between it begins anew. */
struct looking;
enum status looking_begin(struct looking **out, struct casefile *cf, const struct destination *d,
                          const struct outbox_wish *wish, struct outgoing *o, struct err *err);
enum status looking_step(struct looking *x, bool *over, struct err *err);
void        looking_free(struct looking **xp);          /* in the middle: there is nothing of it */

/* Seals what was looked at. ST_CONFLICT: the case file has changed since, look again. batch (may be NULL): released and
 * filled. wish (may be NULL): its progress may stop it. */
enum status outbox_seal(struct casefile *cf, struct destination *d, struct outgoing *o, const struct outbox_wish *wish,
                        struct record *batch, struct err *err);
/* The same beside everything else: d and o must stay. Step when the descriptor is readable, until over or a failure;
 * one at a time. Only after the last step has the batch a place in the outbox. */
struct sealing;
enum status sealing_begin(struct sealing **out, struct casefile *cf, struct destination *d, struct outgoing *o,
                          struct err *err);
enum status sealing_step(struct sealing *x, bool *over, struct err *err);
int         sealing_poll_fd(const struct sealing *x);
void        sealing_progress(const struct sealing *x, uint64_t *done, uint64_t *total);
const struct record *sealing_batch(const struct sealing *x);
void        sealing_free(struct sealing **xp);          /* in the middle: broken off, the draft is given up */

/* --- sending ---------------------------------------------------------------------------------------------------- */

/* One batch on its way, without waiting: begin, then step while it is BUSY. After the bundle lies there receipts are
 * fetched by the same road, its own and those still missing. */
struct sending;
enum status sending_begin(struct sending **out, struct casefile *cf, struct record *batch, struct err *err);
enum transport_result sending_step(struct sending *x, struct err *err);
void        sending_progress(const struct sending *x, uint64_t *done, uint64_t *total);
int         sending_poll_fd(const struct sending *x);
const struct record *sending_batch(const struct sending *x);
const struct record *sending_destination(const struct sending *x);
int         sending_receipts(const struct sending *x);          /* read until now */
int         sending_refused(const struct sending *x);           /* of these, those that say no */
int         sending_unusable(const struct sending *x);          /* lay there, and no signer of ours made them so */
/* a newer one that was not known lay there: policy_offer.h */
bool        sending_found_policy(const struct sending *x);
void        sending_free(struct sending **xp);                  /* in the middle: the batch waits again */
/* Batches that sending would do something about now, oldest first; by_hand: also those that wait or are blocked.
 * destination may be NULL: of all. Release in any case. */
enum status outbox_due(struct casefile *cf, const char *destination, bool by_hand, struct records *out,
                       struct err *err);
/* When the next of those that wait is due: an instant, perhaps past; 0: none waits. */
int64_t     outbox_next_try(struct casefile *cf);
/* Something lies there whose receipt has not been read. */
bool        receipts_are_awaited(struct casefile *cf, struct id destination);
/* Only receipts, of batches that were sent. A step then ends with RETRY or BLOCKED, and its sentence, when there is
 * no way. */
enum status receipts_begin(struct sending **out, struct casefile *cf, const struct record *destination,
                           struct err *err);

/* --- receipts --------------------------------------------------------------------------------------------------- */

enum receipt_effect { EFFECT_NONE, EFFECT_APPLIED, EFFECT_KNOWN, EFFECT_FORK };
struct receipt_told {
    enum receipt_effect effect;
    char                destination[BATCH_WORD_MAX];
    struct receipt      receipt;        /* receipt_release */
};
/* Verified against the signers of our destinations, kept, applied, in one transaction. ST_REFUSED: nobody of ours
 * signed it, or it is for another laptop; ST_INVALID. */
enum status outbox_receipt(struct casefile *cf, const char *bytes, size_t n, const char *marker, size_t marker_bytes,
                           struct receipt_told *told, struct err *err);

#endif
