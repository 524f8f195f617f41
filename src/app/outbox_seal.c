/* app/outbox_seal.c - making a batch: what would leave, worked out in steps; then sealed beside everything else.
 *
 * A number is taken first (DRAFT), the files are made by a thread that knows nothing of the case file, and one
 * transaction says that they are whole. Whatever ends it before leaves a draft, which is given up. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/version.h"
#include "dolen/exchange/bundle_work.h"
#include "dolen/store/past.h"
#include "dolen/vault/hash.h"
#include "outbox.h"
#include "source.h"
#include "dolen/base/file.h"
#include "dolen/base/banned.h"

/* --- what would leave ------------------------------------------------------------------------------------------- */

static bool month_has_passed(const struct record *d)
{
    struct date whole = record_date(d, DESTINATION_whole_on);

    return date_is_set(whole) && batch_whole_is_due(date_days(clock_today()) - date_days(whole));
}

static enum snapshot_reason reason_now(const struct record *d, bool asked)
{
    enum snapshot_reason why = SNAP_NO;

    snapshot_reason_parse(record_text(d, DESTINATION_snapshot), &why);
    if (why == SNAP_NO && record_int(d, DESTINATION_covered, 0) == 0)
        why = SNAP_FIRST;
    if (why == SNAP_NO && month_has_passed(d))
        why = SNAP_MONTH;
    return why == SNAP_NO && asked ? SNAP_PERSON : why;
}

void outgoing_release(struct outgoing *o)
{
    batch_release(&o->batch);
}

/* When the newest batch was sealed that is still on its way, or waits to be. */
static enum status waiting_since(struct casefile *cf, struct id destination, int64_t *since, struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum status st = store_list(cf->store, LIST_BATCHES_OPEN, destination, 0, &open, err);
    enum batch_state s;

    *since = 0;
    for (size_t i = 0; st == ST_OK && i < open.count; i++)
        if (batch_state_parse(record_or(&open.items[i], BATCH_state, ""), &s) && s != BS_DRAFT && s != BS_REJECTED)
            *since = record_int(&open.items[i], BATCH_sealed_at, 0);
    records_release(&open);
    return st;
}

static enum status plan(struct casefile *cf, const struct destination *d, const struct outbox_wish *wish,
                        struct outgoing *o, struct batch_job *job, struct err *err)
{
    int64_t seq = 0, head = 0;
    enum status st = store_last_batch(cf->store, &seq, err);

    o->why = reason_now(&d->rec, wish->whole);
    o->epoch = record_int(&d->rec, DESTINATION_epoch, 1) + (snapshot_starts_epoch(o->why) ? 1 : 0);
    o->seq = seq + 1;
    o->base_version = o->why == SNAP_NO ? record_int(&d->rec, DESTINATION_covered, 0) : 0;
    o->to_version = version_of(o->epoch, store_version(cf->store));
    o->batch_id = id_new();
    *job = (struct batch_job) {
        .policy = d->policy, .data_set = d->data_set, .catalog = cf->catalog, .destination = d->rec.id,
        .batch_id = o->batch_id,
        .epoch = o->epoch, .seq = o->seq, .whole = o->why != SNAP_NO, .base_version = o->base_version,
        .to_version = o->to_version, .today = clock_today(),
        .until = destination_until(cf->store, destination_name(d)), .now = clock_now(), .app = "dolen " DOLEN_VERSION,
        .progress = wish->progress, .progress_ctx = wish->progress_ctx,
    };
    str_copy(job->prev, sizeof job->prev, record_or(&d->rec, DESTINATION_last_manifest, ""));
    if (st == ST_OK)
        st = chain_head(cf->store, &head, job->audit_head, err);
    if (st == ST_OK)
        st = waiting_since(cf, d->rec.id, &o->waits_since, err);
    return st;
}

static enum status may_leave(const struct casefile *cf, const struct destination *d, struct err *err)
{
    if (keyslots_is_training(cf->slots))
        return err_set(err, ST_REFUSED, _("This is a training case file: nothing leaves it for a destination. "
                                          "Nothing was changed. Do it in your own case file."));
    if (cf->read_only)
        return err_set(err, ST_REFUSED, _("The case file is open for reading only. Nothing was changed. See what "
                                          "to do about it: dolen doctor"));
    return d->data_set ? ST_OK : err_set(err, d->unfit.st, "%s", err_text(&d->unfit));
}

struct looking {
    struct casefile          *cf;
    const struct destination *d;
    struct outbox_wish        wish;
    struct outgoing          *out;
    struct batch_making      *making;
    int64_t                   version;  /* of the case file when it began */
};

static enum status begin_again(struct looking *x, struct err *err)
{
    struct source_keys keys = { .age = NULL };
    struct batch_job job;
    enum status st = source_open(x->cf->store, &keys, err);

    memset(&job, 0, sizeof job);
    if (st == ST_OK)
        st = plan(x->cf, x->d, &x->wish, x->out, &job, err);
    if (st == ST_OK)
        st = destination_key(x->cf->store, destination_name(x->d), job.key, err);
    job.source = keys.id;
    job.case_file = keyslots_file_id(x->cf->slots);
    x->version = store_version(x->cf->store);
    if (st == ST_OK)
        st = batch_make_begin(&x->making, x->cf->store, &job, &x->out->batch, err);
    wipe(job.key, sizeof job.key);
    source_release(&keys);
    return st;
}

enum status looking_begin(struct looking **out, struct casefile *cf, const struct destination *d,
                          const struct outbox_wish *wish, struct outgoing *o, struct err *err)
{
    struct looking *x = xcalloc(1, sizeof *x);
    enum status st = may_leave(cf, d, err);

    memset(o, 0, sizeof *o);
    *x = (struct looking) { .cf = cf, .d = d, .wish = *wish, .out = o };
    if (st == ST_OK)
        st = begin_again(x, err);
    if (st != ST_OK)
        looking_free(&x);
    *out = x;
    return st;
}

static void throw_away(struct looking *x)
{
    if (x->making)
        batch_make_end(&x->making, NULL);
    batch_release(&x->out->batch);
}

enum status looking_step(struct looking *x, bool *over, struct err *err)
{
    enum status st = ST_OK;

    *over = false;
    if (x->version != store_version(x->cf->store)) {
        throw_away(x);
        st = begin_again(x, err);
    }
    if (st == ST_OK)
        st = batch_make_step(x->making, over, err);
    if (st == ST_OK && *over)
        st = batch_make_end(&x->making, err);
    return st;
}

void looking_free(struct looking **xp)
{
    struct looking *x = *xp;

    if (!x)
        return;
    if (x->making)
        throw_away(x);
    free(x);
    *xp = NULL;
}

enum status outbox_look(struct casefile *cf, const struct destination *d, const struct outbox_wish *wish,
                        struct outgoing *out, struct err *err)
{
    struct looking *x = NULL;
    bool over = false;
    enum status st = looking_begin(&x, cf, d, wish, out, err);

    while (st == ST_OK && !over)
        st = looking_step(x, &over, err);
    looking_free(&x);
    return st;
}

/* --- sealing ---------------------------------------------------------------------------------------------------- */

static int64_t left_out_count(const struct export_result *r)
{
    int64_t n = 0;

    for (int i = 0; i < LEFT_COUNT; i++)
        n += r->left_out[i];
    return n;
}

static void draft_fill(struct record *b, const struct destination *d, const struct outgoing *o, const char *file)
{
    record_init(b, T_BATCH);
    b->id = o->batch_id;
    record_set_id(b, BATCH_destination, d->rec.id);
    record_set_int(b, BATCH_seq, (long) o->seq);
    record_set_int(b, BATCH_epoch, (long) o->epoch);
    record_set(b, BATCH_kind, batch_kind_word(o->batch.kind));
    record_set(b, BATCH_snapshot, o->why == SNAP_NO ? NULL : snapshot_reason_word(o->why));
    record_set_int(b, BATCH_base_version, (long) o->base_version);
    record_set_int(b, BATCH_to_version, (long) o->to_version);
    record_set(b, BATCH_state, batch_state_word(BS_DRAFT));
    record_set(b, BATCH_file, file);
    record_set(b, BATCH_policy_sha256, d->policy->sha256);
    record_set_int(b, BATCH_rows, (long) o->batch.rows);
    record_set_int(b, BATCH_tombstones, (long) o->batch.tombstones);
    record_set_int(b, BATCH_people, (long) o->batch.counts.people);
    record_set_int(b, BATCH_left_out, (long) left_out_count(&o->batch.counts));
}

struct sealing {
    struct casefile      *cf;
    struct destination   *d;
    struct outgoing      *o;
    struct record         batch;        /* the draft; QUEUED in the end */
    struct source_keys    keys;
    struct age_recipient  to[POLICY_RECIPIENTS_MAX];
    struct bundle_work   *work;
};

static enum status recipients(const struct destination *d, struct age_recipient *to, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < d->policy->recipient_count; i++)
        st = age_recipient_parse(&to[i], d->policy->recipients[i], err);
    return st;
}

static enum status begin_files(struct sealing *x, struct err *err)
{
    char *folder = outbox_folder(x->cf, destination_name(x->d));
    struct bundle_job job = { .members = x->o->batch.files.items, .count = x->o->batch.files.count, .to = x->to,
                              .to_count = x->d->policy->recipient_count, .signer = x->keys.signer };
    enum status st = recipients(x->d, x->to, err);

    if (st == ST_OK)
        st = folder_make_private(folder, err);
    if (st == ST_OK)
        st = bundle_work_begin(&x->work, &job, folder, record_or(&x->batch, BATCH_file, ""), err);
    free(folder);
    return st;
}

enum status sealing_begin(struct sealing **out, struct casefile *cf, struct destination *d, struct outgoing *o,
                          struct err *err)
{
    struct sealing *x = xcalloc(1, sizeof *x);
    char file[BATCH_NAME_MAX];
    enum status st = may_leave(cf, d, err);

    *x = (struct sealing) { .cf = cf, .d = d, .o = o };
    if (st == ST_OK && version_of(o->epoch, store_version(cf->store)) != o->to_version)
        st = err_set(err, ST_CONFLICT, _("The case file has changed since this was looked at. Nothing was sealed. "
                                         "Look again."));
    if (st == ST_OK)
        st = source_open(cf->store, &x->keys, err);
    if (st == ST_OK) {
        batch_name(file, x->keys.id, o->epoch, o->seq);
        draft_fill(&x->batch, d, o, file);
        st = store_put(cf->store, &x->batch, "draft", err);     /* the number is taken */
    }
    if (st == ST_OK) {
        cf->sealing = x->batch.id;
        st = begin_files(x, err);
    }
    if (st != ST_OK)
        sealing_free(&x);
    *out = x;
    return st;
}

int sealing_poll_fd(const struct sealing *x)
{
    return x->work ? bundle_work_fd(x->work) : -1;
}

void sealing_progress(const struct sealing *x, uint64_t *done, uint64_t *total)
{
    *done = *total = 0;
    if (x->work)
        bundle_work_progress(x->work, done, total);
}

/* What a receipt or another copy has said of the destination in the meantime must not be written over. */
static enum status still_wanted(struct sealing *x, struct record *now, struct err *err)
{
    const struct record *was = &x->d->rec;
    enum status st = store_get(x->cf->store, T_DESTINATION, was->id, now, err);

    if (st == ST_OK &&
        (record_int(now, DESTINATION_epoch, 1) != record_int(was, DESTINATION_epoch, 1) ||
         !str_eq(record_or(now, DESTINATION_snapshot, ""), record_or(was, DESTINATION_snapshot, "")) ||
         !str_eq(record_or(now, DESTINATION_policy_sha256, ""), record_or(was, DESTINATION_policy_sha256, ""))))
        return err_set(err, ST_CONFLICT,
                       _("Something became known about this destination while the batch was sealed: the next one has "
                         "to be another. Nothing will be sent of it. Look again."));
    return st;
}

static enum status write_sealed(struct sealing *x, struct record *d, const struct bundle_made *made, struct err *err)
{
    const struct outgoing *o = x->o;
    struct record *b = &x->batch;
    enum status st;

    record_set(b, BATCH_manifest_sha256, made->manifest_sha256);
    record_set(b, BATCH_bundle_sha256, made->sha256);
    record_set_int(b, BATCH_bytes, (long) made->bytes);
    if (snapshot_starts_epoch(o->why))
        record_set_int(d, DESTINATION_covered, 0);
    record_set_int(d, DESTINATION_epoch, (long) o->epoch);
    record_set(d, DESTINATION_snapshot, NULL);
    record_set(d, DESTINATION_last_manifest, made->manifest_sha256);
    st = store_put(x->cf->store, d, NULL, err);
    if (st == ST_OK)
        st = store_sent_write(x->cf->store, d->id, o->batch.sent.items, o->batch.sent.count, err);
    if (st == ST_OK)
        st = destination_told(x->cf->store, destination_name(x->d), &o->batch.counts.told, err);
    if (st == ST_OK)
        st = destination_reached(x->cf->store, destination_name(x->d), o->batch.until, err);
    return st == ST_OK ? outbox_event(x->cf->store, b, BE_SEALED, NULL, NULL, err) : st;
}

/* The files are whole: from here on the batch exists, and what it carries counts as sent. What had asked for a whole
 * one is answered by it, and a new epoch begins with it. */
static enum status sealed(struct sealing *x, const struct bundle_made *made, struct err *err)
{
    struct record d = { .text = NULL };
    enum status st = store_begin(x->cf->store, err);

    if (st != ST_OK)
        return st;
    st = still_wanted(x, &d, err);
    if (st == ST_OK)
        st = write_sealed(x, &d, made, err);
    record_release(&d);
    return store_end(x->cf->store, st, err);
}

enum status sealing_step(struct sealing *x, bool *over, struct err *err)
{
    struct bundle_made made;
    enum status st;

    *over = bundle_work_is_over(x->work);
    if (!*over)
        return ST_OK;
    st = bundle_work_result(x->work, &made, err);
    if (st == ST_OK)
        st = sealed(x, &made, err);
    if (st != ST_OK)
        return st;
    x->cf->sealing = ID_NONE;
    return outbox_event(x->cf->store, &x->batch, BE_QUEUE, NULL, NULL, err);
}

const struct record *sealing_batch(const struct sealing *x)
{
    return &x->batch;
}

/* In the middle, or after a failure: the draft is given up; what a full disk stops here, the next start does. */
void sealing_free(struct sealing **xp)
{
    struct sealing *x = *xp;

    if (!x)
        return;
    bundle_work_free(&x->work);
    if (id_is_set(x->cf->sealing)) {
        x->cf->sealing = ID_NONE;
        if (store_get(x->cf->store, T_BATCH, x->batch.id, &x->batch, NULL) == ST_OK &&
            batch_state_of(&x->batch) == BS_DRAFT)
            outbox_drop_draft(x->cf, destination_name(x->d), &x->batch, NULL);
    }
    source_release(&x->keys);
    record_release(&x->batch);
    free(x);
    *xp = NULL;
}

enum status outbox_seal(struct casefile *cf, struct destination *d, struct outgoing *o, const struct outbox_wish *wish,
                        struct record *batch, struct err *err)
{
    struct sealing *x = NULL;
    bool over = false;
    enum status st = sealing_begin(&x, cf, d, o, err);

    while (st == ST_OK && !over) {
        struct pollfd bell = { sealing_poll_fd(x), POLLIN, 0 };

        poll(&bell, 1, -1);
        st = sealing_step(x, &over, err);
        if (st == ST_OK && wish && wish->progress &&
            !wish->progress(wish->progress_ctx, record_or(&x->batch, BATCH_file, ""), 0))
            st = err_set(err, ST_INTERRUPTED, _("Packing was stopped. Nothing was written."
                                                " Start it again when it suits."));
    }
    if (st == ST_OK && batch) {
        record_release(batch);
        *batch = x->batch;
        memset(&x->batch, 0, sizeof x->batch);
    }
    sealing_free(&x);
    return st;
}
