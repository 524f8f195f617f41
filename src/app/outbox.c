/* app/outbox.c - the states of batches, what a start finds, and making one. */
#include "outbox.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "dolen/vault/hash.h"
#include "source.h"
#include "dolen/base/banned.h"

#ifndef DOLEN_VERSION
#define DOLEN_VERSION "0.1.0"
#endif
#define DAY 86400

/* --- states ----------------------------------------------------------------------------------------------------- */

enum batch_state batch_state_of(const struct record *batch)
{
    enum batch_state s = BS_SUPERSEDED;

    batch_state_parse(record_or(batch, BATCH_state, ""), &s);
    return s;
}

static void stamp(struct record *batch, enum batch_state to, enum batch_event e)
{
    int tries = (int) record_int(batch, BATCH_tries, 0);
    uint64_t chance;

    record_set(batch, BATCH_state, batch_state_word(to));
    if (e == BE_SEALED)
        record_set_int(batch, BATCH_sealed_at, (long) clock_now());
    if (e == BE_SENT)
        record_set_int(batch, BATCH_sent_at, (long) clock_now());
    if (e == BE_ACCEPTED)
        record_set_int(batch, BATCH_acked_at, (long) clock_now());
    if (e == BE_SENT || e == BE_NO_RECEIPT)
        record_set_int(batch, BATCH_tries, 0);
    if (e == BE_NETWORK) {
        random_fill(&chance, sizeof chance);
        record_set_int(batch, BATCH_tries, tries + 1);
        record_set_int(batch, BATCH_next_at, (long) (clock_now() + batch_wait(tries + 1, chance)));
    } else {
        record_set(batch, BATCH_next_at, NULL);
    }
}

enum status outbox_event(struct store *s, struct record *batch, enum batch_event e, const char *why, const char *said,
                         struct err *err)
{
    enum batch_state from = batch_state_of(batch), to;

    if (!batch_step(from, e, &to))
        return err_set(err, ST_CONFLICT, _("The batch %s is in the state \"%s\", in which this cannot happen. "
                                           "Nothing was changed."),
                       record_or(batch, BATCH_file, ""), batch_state_label(from));
    stamp(batch, to, e);
    record_set(batch, BATCH_why, why && *why ? why : NULL);
    record_set(batch, BATCH_said, said && *said ? said : NULL);
    return store_put(s, batch, batch_event_word(e), err);
}

/* Every open batch that the event can happen to. */
static enum status event_on_all(struct store *s, struct id destination, enum batch_event e, const char *why, struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum batch_state unused;
    enum status st = store_list(s, LIST_BATCHES_OPEN, destination, 0, &open, err);

    for (size_t i = 0; st == ST_OK && i < open.count; i++)
        if (batch_step(batch_state_of(&open.items[i]), e, &unused))
            st = outbox_event(s, &open.items[i], e, why, NULL, err);
    records_release(&open);
    return st;
}

enum status outbox_restart(struct store *s, struct record *destination, enum snapshot_reason why, struct err *err)
{
    enum snapshot_reason now = SNAP_NO;
    bool own = !snapshot_starts_epoch(why);
    enum status st = ST_OK;

    snapshot_reason_parse(record_text(destination, DESTINATION_snapshot), &now);
    if (snapshot_starts_epoch(now) && own)
        return ST_OK;                   /* it will be whole anyway, and of a new epoch */
    record_set(destination, DESTINATION_snapshot, snapshot_reason_word(why));
    st = store_put(s, destination, "restart", err);
    return st == ST_OK && !own ? event_on_all(s, destination->id, BE_RESNAPSHOT, snapshot_reason_word(why), err) : st;
}

/* --- files ------------------------------------------------------------------------------------------------------ */

static char *outbox_folder(const struct casefile *cf, const char *destination)
{
    char *outbox = path_join(cf->folder, "outbox"), *folder = path_join(outbox, destination);

    free(outbox);
    return folder;
}

char *outbox_path(const struct casefile *cf, const char *destination, const char *file)
{
    char *folder = outbox_folder(cf, destination), *path = path_join(folder, file);

    free(folder);
    return path;
}

static void with_ending(struct casefile *cf, const char *destination, const char *file, const char *ending,
                        void (*fn)(const char *path, void *ctx), void *ctx)
{
    char *path = outbox_path(cf, destination, file), *whole = xasprintf("%s%s", path, ending);

    fn(whole, ctx);
    free(whole);
    free(path);
}

static void take_away(const char *path, void *ctx)
{
    (void) ctx;
    unlink(path);
}

static void is_there(const char *path, void *ctx)
{
    bool *all = ctx;

    *all = *all && file_exists(path);
}

static void files_remove(struct casefile *cf, const char *destination, const char *file)
{
    with_ending(cf, destination, file, BUNDLE_MARKER, take_away, NULL);
    with_ending(cf, destination, file, BUNDLE_SUFFIX, take_away, NULL);
}

static bool files_are_there(struct casefile *cf, const char *destination, const char *file)
{
    bool all = true;

    with_ending(cf, destination, file, BUNDLE_SUFFIX, is_there, &all);
    with_ending(cf, destination, file, BUNDLE_MARKER, is_there, &all);
    return all;
}

/* --- what a start finds ----------------------------------------------------------------------------------------- */

static bool receipt_is_overdue(const struct record *batch)
{
    return batch_state_of(batch) == BS_SENT &&
           clock_now() - record_int(batch, BATCH_sent_at, 0) >= (int64_t) BATCH_RESEND_DAYS * DAY;
}

static enum status tidy_one(struct casefile *cf, const char *destination, struct record *b, struct err *err)
{
    const char *file = record_or(b, BATCH_file, "");
    enum status st = ST_OK;

    if (batch_state_of(b) == BS_DRAFT) {
        files_remove(cf, destination, file);
        return outbox_event(cf->store, b, BE_ABANDONED, "interrupted", NULL, err);
    }
    if (receipt_is_overdue(b))
        st = outbox_event(cf->store, b, BE_NO_RECEIPT, "no_receipt", NULL, err);
    if (st == ST_OK && batch_is_to_send(batch_state_of(b)) && !files_are_there(cf, destination, file))
        return outbox_event(cf->store, b, BE_LOST, "lost", NULL, err);
    if (st == ST_OK && batch_state_of(b) == BS_SEALED)
        st = outbox_event(cf->store, b, BE_QUEUE, NULL, NULL, err);
    if (st == ST_OK && batch_state_of(b) == BS_SENDING)
        st = outbox_event(cf->store, b, BE_CUT_SHORT, "interrupted", NULL, err);
    return st;
}

/* Files of batches that are known to be there, or are overtaken by one that is. */
static enum status clear_done(struct casefile *cf, const struct record *d, struct err *err)
{
    char *folder = outbox_folder(cf, record_or(d, DESTINATION_name, ""));
    DIR *dir = opendir(folder);
    struct dirent *e;
    enum status st = ST_OK;

    while (st == ST_OK && dir && (e = readdir(dir))) {
        struct record b = { .text = NULL };
        char *dot = strchr(e->d_name, '.'), *file;

        if (!dot || dot == e->d_name)
            continue;
        file = xstrndup(e->d_name, (size_t) (dot - e->d_name));
        if (store_batch_by_file(cf->store, d->id, file, &b, NULL) == ST_OK && !batch_is_open(batch_state_of(&b)) &&
            record_int(d, DESTINATION_covered, 0) >= record_int(&b, BATCH_to_version, 0))
            unlinkat(dirfd(dir), e->d_name, 0);
        record_release(&b);
        free(file);
    }
    if (dir)
        closedir(dir);
    free(folder);
    (void) err;
    return st;
}

enum status outbox_tidy(struct casefile *cf, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = cf->read_only ? ST_OK : store_list(cf->store, LIST_DESTINATIONS, ID_NONE, 0, &all, err);

    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        struct records open = { NULL, 0, 0 };

        st = store_list(cf->store, LIST_BATCHES_OPEN, all.items[i].id, 0, &open, err);
        for (size_t k = 0; st == ST_OK && k < open.count; k++)
            st = tidy_one(cf, record_or(&all.items[i], DESTINATION_name, ""), &open.items[k], err);
        records_release(&open);
        if (st == ST_OK)
            st = clear_done(cf, &all.items[i], err);
    }
    records_release(&all);
    return st;
}

/* --- making ----------------------------------------------------------------------------------------------------- */

static bool month_has_passed(const struct record *d)
{
    struct date whole = record_date(d, DESTINATION_whole_on);

    return date_is_set(whole) && date_days(clock_today()) - date_days(whole) >= BATCH_RECONCILE_DAYS;
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

static enum status plan(struct casefile *cf, const struct destination *d, const struct outbox_wish *wish, struct outgoing *o,
                        struct batch_job *job, struct err *err)
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
        .policy = d->policy, .data_set = d->data_set, .catalog = cf->catalog, .destination = d->rec.id, .batch_id = o->batch_id,
        .epoch = o->epoch, .seq = o->seq, .whole = o->why != SNAP_NO, .base_version = o->base_version,
        .to_version = o->to_version, .today = clock_today(), .now = clock_now(), .app = "dolen " DOLEN_VERSION,
        .progress = wish->progress, .progress_ctx = wish->progress_ctx,
    };
    str_copy(job->prev, sizeof job->prev, record_or(&d->rec, DESTINATION_last_manifest, ""));
    if (st == ST_OK)
        st = chain_head(cf->store, &head, job->audit_head, err);
    return st;
}

static enum status may_leave(const struct casefile *cf, const struct destination *d, struct err *err)
{
    if (keyslots_is_training(cf->slots))
        return err_set(err, ST_REFUSED, _("This is a training case file: nothing leaves it for a destination. "
                                          "Nothing was changed."));
    if (cf->read_only)
        return err_set(err, ST_REFUSED, _("The case file is open for reading only. Nothing was changed. See what "
                                          "to do about it: dolen doctor"));
    return d->data_set ? ST_OK : err_set(err, d->unfit.st, "%s", d->unfit.text);
}

enum status outbox_look(struct casefile *cf, const struct destination *d, const struct outbox_wish *wish, struct outgoing *out,
                        struct err *err)
{
    struct source_keys keys = { .age = NULL };
    struct batch_job job;
    enum status st = may_leave(cf, d, err);

    memset(out, 0, sizeof *out);
    memset(&job, 0, sizeof job);
    if (st == ST_OK)
        st = source_open(cf->store, &keys, err);
    if (st == ST_OK)
        st = plan(cf, d, wish, out, &job, err);
    if (st == ST_OK)
        st = destination_key(cf->store, destination_name(d), job.key, err);
    job.source = keys.id;
    job.case_file = keyslots_file_id(cf->slots);
    if (st == ST_OK)
        st = batch_make(cf->store, &job, &out->batch, err);
    wipe(job.key, sizeof job.key);
    source_release(&keys);
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

static enum status recipients(const struct destination *d, struct age_recipient *to, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < d->policy->recipient_count; i++)
        st = age_recipient_parse(&to[i], d->policy->recipients[i], err);
    return st;
}

static enum status write_files(struct casefile *cf, const struct destination *d, const struct outgoing *o, const char *file,
                               const struct source_keys *keys, struct bundle_made *made, struct err *err)
{
    char *folder = outbox_folder(cf, destination_name(d));
    struct age_recipient to[POLICY_RECIPIENTS_MAX];
    struct bundle_job job = { o->batch.files.items, o->batch.files.count, to, d->policy->recipient_count, keys->signer, NULL };
    enum status st = recipients(d, to, err);

    if (st == ST_OK)
        st = folder_make_private(folder, err);
    if (st == ST_OK)
        st = bundle_seal(&job, folder, file, made, err);
    free(folder);
    return st;
}

/* The files are whole: from here on the batch exists, and what it carries counts as sent. What had asked for a whole one is
 * answered by it, and a new epoch begins with it. */
static enum status sealed(struct casefile *cf, struct destination *d, const struct outgoing *o, struct record *b,
                          const struct bundle_made *made, struct err *err)
{
    enum status st = store_begin(cf->store, err);

    if (st != ST_OK)
        return st;
    record_set(b, BATCH_manifest_sha256, made->manifest_sha256);
    record_set(b, BATCH_bundle_sha256, made->sha256);
    record_set_int(b, BATCH_bytes, (long) made->bytes);
    if (snapshot_starts_epoch(o->why))
        record_set_int(&d->rec, DESTINATION_covered, 0);
    record_set_int(&d->rec, DESTINATION_epoch, (long) o->epoch);
    record_set(&d->rec, DESTINATION_snapshot, NULL);
    record_set(&d->rec, DESTINATION_last_manifest, made->manifest_sha256);
    st = store_put(cf->store, &d->rec, NULL, err);
    if (st == ST_OK)
        st = store_sent_write(cf->store, d->rec.id, o->batch.sent.items, o->batch.sent.count, err);
    if (st == ST_OK)
        st = outbox_event(cf->store, b, BE_SEALED, NULL, NULL, err);
    if (st == ST_OK)
        return store_commit(cf->store, err);
    store_rollback(cf->store);
    return st;
}

/* Every way out of a failure leaves the draft behind for outbox_tidy, which a full disk cannot stop for good. */
enum status outbox_seal(struct casefile *cf, struct destination *d, struct outgoing *o, struct record *batch, struct err *err)
{
    struct source_keys keys = { .age = NULL };
    struct bundle_made made;
    struct record b = { .text = NULL };
    char file[BATCH_NAME_MAX];
    enum status st = may_leave(cf, d, err);

    if (st == ST_OK && version_of(o->epoch, store_version(cf->store)) != o->to_version)
        st = err_set(err, ST_CONFLICT, _("The case file has changed since this was looked at. Nothing was sealed. "
                                         "Look again."));
    if (st == ST_OK)
        st = source_open(cf->store, &keys, err);
    batch_name(file, keys.id, o->epoch, o->seq);
    if (st == ST_OK) {
        draft_fill(&b, d, o, file);
        st = store_put(cf->store, &b, "draft", err);        /* the number is taken */
    }
    if (st == ST_OK) {
        st = write_files(cf, d, o, file, &keys, &made, err);
        if (st == ST_OK)
            st = sealed(cf, d, o, &b, &made, err);
        if (st == ST_OK)
            st = outbox_event(cf->store, &b, BE_QUEUE, NULL, NULL, err);
        else
            outbox_tidy(cf, NULL);
    }
    source_release(&keys);
    if (st == ST_OK && batch) {
        record_release(batch);
        *batch = b;
        return ST_OK;
    }
    record_release(&b);
    return st;
}
