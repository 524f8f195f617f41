/* app/outbox_receipt.c - a receipt comes back: verified, kept, applied; in any order, any number of times. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "outbox.h"
#include "source.h"
#include "dolen/base/banned.h"

/* --- whose it is ------------------------------------------------------------------------------------------------ */

static void sha256_of(char hex[65], const char *p, size_t n)
{
    struct sha256 *h = sha256_new();

    sha256_add(h, p, n);
    sha256_hex_done(&h, hex);
}

/* The destination whose signer made the signature. Two of one hub have the same signer: then the one that is named,
 * or that has the batch. */
struct looking {
    struct casefile      *cf;
    const char           *bytes, *marker;
    size_t                n, marker_bytes;
    struct destination   *d;
    struct receipt       *receipt;
    bool                  found;
};

static bool fits_destination(const struct looking *l, const struct destination *d)
{
    const struct receipt *r = l->receipt;
    struct record b = { .text = NULL };
    char file[BATCH_NAME_MAX], *dot;
    bool known;

    if (r->destination[0])
        return str_eq(r->destination, destination_name(d));
    str_copy(file, sizeof file, r->bundle);
    dot = strchr(file, '.');
    if (dot)
        *dot = '\0';
    known = store_batch_by_file(l->cf->store, d->rec.id, file, &b, NULL) == ST_OK;
    record_release(&b);
    return known;
}

static void try_destination(struct looking *l, const struct record *rec)
{
    struct destination d;

    if (destination_of(l->cf, rec, &d, NULL) == ST_OK) {
        receipt_release(l->receipt);
        if (receipt_verify(l->receipt, l->bytes, l->n, l->marker, l->marker_bytes, &d.signer, NULL) == ST_OK &&
            fits_destination(l, &d)) {
            *l->d = d;
            l->found = true;
            return;
        }
    }
    destination_release(&d);
}

static enum status find_destination(struct looking *l, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(l->cf->store, LIST_DESTINATIONS, ID_NONE, 0, &all, err);

    for (size_t i = 0; st == ST_OK && !l->found && i < all.count; i++)
        try_destination(l, &all.items[i]);
    records_release(&all);
    if (st == ST_OK && !l->found)
        st = err_set(err, ST_REFUSED, _("The receipt was damaged on the way, or another service signed it. It was not "
                                        "used; nothing was changed. Ask the service to write it again."));
    return st;
}

/* --- applying --------------------------------------------------------------------------------------------------- */

static enum batch_event event_of(const struct receipt *r)
{
    if (r->status == RECEIPT_ACCEPTED)
        return BE_ACCEPTED;
    return r->status == RECEIPT_QUARANTINED && r->reason != REASON_FORK ? BE_QUARANTINED : BE_REFUSED;
}

/* A receipt signed for another batch of this number, or for one that nobody here knows, says that another copy of
 * this case file has been sending. */
static bool is_of_another_copy(const struct record *b, const struct receipt *r)
{
    if (!b->text)
        return id_is_set(r->batch_id);
    return id_is_set(r->batch_id) &&
           (!id_eq(b->id, r->batch_id) || !str_eq(record_or(b, BATCH_manifest_sha256, ""), r->manifest_sha256));
}

static bool damaged_on_the_way(const struct receipt *r)
{
    return r->reason == REASON_SIGNATURE || r->reason == REASON_DAMAGED;
}

static enum status on_batch(struct store *s, struct record *b, const struct receipt *r, struct err *err)
{
    enum batch_event e = event_of(r);
    enum batch_state unused;
    struct err said = { .st = ST_OK };

    if (!batch_step(batch_state_of(b), e, &unused))
        return ST_OK;                   /* said before, or overtaken: nothing new */
    err_set(&said, ST_REFUSED, "%s", receipt_reason_label(r->reason));
    return outbox_event(s, b, e, receipt_reason_word(r->reason), r->reason == REASON_NONE ? NULL : &said, err);
}

/* Everything up to covered is there: what is older need not arrive any more. */
static enum status overtake(struct store *s, struct id destination, int64_t covered, struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum batch_state unused;
    enum status st = store_list(s, LIST_BATCHES_OPEN, destination, 0, &open, err);

    for (size_t i = 0; st == ST_OK && i < open.count; i++)
        if (record_int(&open.items[i], BATCH_to_version, 0) <= covered &&
            batch_step(batch_state_of(&open.items[i]), BE_OVERTAKEN, &unused))
            st = outbox_event(s, &open.items[i], BE_OVERTAKEN, "overtaken", NULL, err);
    records_release(&open);
    return st;
}

static enum status advance(struct store *s, struct destination *d, const struct record *b, const struct receipt *r,
                           struct err *err)
{
    int64_t epoch = record_int(&d->rec, DESTINATION_epoch, 1), covered = record_int(&d->rec, DESTINATION_covered, 0);
    bool whole = b->text && str_eq(record_text(b, BATCH_kind), batch_kind_word(BATCH_SNAPSHOT));
    enum status st;

    if (r->status != RECEIPT_ACCEPTED || version_epoch(r->covered_version) != epoch || r->covered_version < covered)
        return ST_OK;
    if (version_count(r->covered_version) > store_version(s))
        return ST_OK;                   /* says that it has what was never made here: see is_of_another_copy */
    record_set_int(&d->rec, DESTINATION_covered, (long) r->covered_version);
    if (whole && r->covered_version >= record_int(b, BATCH_to_version, 0))
        record_set_date(&d->rec, DESTINATION_whole_on, instant_date(record_int(b, BATCH_sealed_at, 0)));
    st = store_put(s, &d->rec, "receipt", err);
    if (st == ST_OK)
        st = store_sent_settle(s, d->rec.id, r->covered_version, err);
    return st == ST_OK ? overtake(s, d->rec.id, r->covered_version, err) : st;
}

/* A whole batch that was sealed after this one, and still counts, has what the hub asks for: receipts are read in any
 * order, and several may ask. */
static enum status whole_since(struct store *s, const struct destination *d, const struct record *b, bool *since,
                               struct err *err)
{
    struct records all = { NULL, 0, 0 };
    enum status st = store_list(s, LIST_BATCHES, d->rec.id, -1, &all, err);

    *since = false;
    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        enum batch_state state = batch_state_of(&all.items[i]);

        *since = *since || (record_int(&all.items[i], BATCH_seq, 0) > record_int(b, BATCH_seq, 0) &&
                            record_text(&all.items[i], BATCH_snapshot) && (batch_is_open(state) || state == BS_ACKED));
    }
    records_release(&all);
    return st;
}

/* The hub lost what it had confirmed: that does not count as arrived any more, and the next batch has everything. */
static enum status send_again(struct store *s, struct destination *d, const struct record *b, const struct receipt *r,
                              struct err *err)
{
    int64_t covered = record_int(&d->rec, DESTINATION_covered, 0), there = r->resend_from;
    bool since = false;
    enum status st = b->text ? whole_since(s, d, b, &since, err) : ST_OK;

    if (st != ST_OK || since)
        return st;
    if (version_epoch(there) != version_epoch(covered))
        there = 0;
    if (there < covered)
        record_set_int(&d->rec, DESTINATION_covered, (long) there);
    return outbox_restart(s, &d->rec, SNAP_ASKED, err);
}

/* What the receipt asks of the next batch. */
static enum status restart(struct store *s, struct destination *d, const struct record *b, const struct receipt *r,
                           bool fork, struct err *err)
{
    int64_t epoch = version_epoch(r->covered_version);

    if (fork && epoch > record_int(&d->rec, DESTINATION_epoch, 1))
        record_set_int(&d->rec, DESTINATION_epoch, (long) epoch);       /* the other copy is further: past it, too */
    if (fork)
        return outbox_restart(s, &d->rec, SNAP_FORK, err);
    if (r->reason == REASON_POLICY || r->reason == REASON_DATA_SET)
        return ST_OK;                   /* nothing helps but a new policy from the service */
    return r->resend_from >= 0 ? send_again(s, d, b, r, err) : ST_OK;
}

static enum status keep(struct casefile *cf, const struct destination *d, const struct record *b,
                        const struct receipt *r, const char *bytes, const char *sha256, struct err *err)
{
    struct record rec;
    enum status st;

    record_init(&rec, T_RECEIPT);
    record_set_id(&rec, RECEIPT_destination, d->rec.id);
    if (b->text)
        record_set_id(&rec, RECEIPT_batch, b->id);
    record_set(&rec, RECEIPT_bundle, r->bundle);
    record_set(&rec, RECEIPT_status,
               r->status == RECEIPT_ACCEPTED ? "ACCEPTED" :
               r->status == RECEIPT_REJECTED ? "REJECTED" :
                                               "QUARANTINED");
    record_set(&rec, RECEIPT_reason, receipt_reason_word(r->reason));
    record_set_int(&rec, RECEIPT_covered, (long) r->covered_version);
    record_set_int(&rec, RECEIPT_received_at, (long) r->received_at);
    record_set(&rec, RECEIPT_sha256, sha256);
    record_set(&rec, RECEIPT_body, bytes);
    st = store_put(cf->store, &rec, "receipt", err);
    record_release(&rec);
    return st;
}

static enum status apply(struct casefile *cf, struct destination *d, struct record *b, struct receipt_told *told,
                         const char *bytes, const char *sha256, struct err *err)
{
    const struct receipt *r = &told->receipt;
    bool other = is_of_another_copy(b, r), fork = other || r->reason == REASON_FORK;
    enum status st = keep(cf, d, b, r, bytes, sha256, err);

    told->effect = fork ? EFFECT_FORK : EFFECT_APPLIED;
    if (st == ST_OK && b->text && !other && !(damaged_on_the_way(r) && batch_state_of(b) == BS_ACKED))
        st = on_batch(cf->store, b, r, err);
    if (st == ST_OK && !other)
        st = advance(cf->store, d, b, r, err);
    return st == ST_OK ? restart(cf->store, d, b, r, fork, err) : st;
}

/* The receipt itself stays beside the case file's bundles, as the hub signed it. */
static enum status keep_files(struct casefile *cf, const struct receipt *r, const char *bytes, size_t n,
                              const char *marker, size_t marker_bytes, struct err *err)
{
    char *folder = path_join(cf->folder, "receipts"), *name = xasprintf("%s" RECEIPT_SUFFIX, r->bundle);
    char *beside = xasprintf("%s.minisig", name);
    enum status st = folder_make_private(folder, err);

    if (st == ST_OK)
        st = file_replace(folder, name, bytes, n, err);
    if (st == ST_OK)
        st = file_replace(folder, beside, marker, marker_bytes, err);
    free(folder);
    free(name);
    free(beside);
    return st;
}

static enum status is_ours(struct casefile *cf, const struct receipt *r, struct err *err)
{
    struct source_keys keys = { .age = NULL };
    enum status st = source_open(cf->store, &keys, err);

    if (st == ST_OK && !id_eq(keys.id, r->source_id))
        st = err_set(err, ST_REFUSED, _("The receipt is for another laptop. It was not used; nothing was changed."
                                        " Pass it on to that one."));
    source_release(&keys);
    return st;
}

static enum status apply_all(struct looking *l, struct receipt_told *told, const char *sha256, struct err *err)
{
    struct record b = { .text = NULL };
    struct err why = { .st = ST_OK };
    char file[BATCH_NAME_MAX];
    enum status st;

    str_copy(file, sizeof file, told->receipt.bundle);
    file[strlen(file) - strlen(BUNDLE_SUFFIX)] = '\0';
    st = store_batch_by_file(l->cf->store, l->d->rec.id, file, &b, &why);
    if (st != ST_OK && st != ST_NOTFOUND)           /* of a batch that is not here: another copy of this laptop's */
        return err_set(err, st, "%s", err_text(&why));
    st = keep_files(l->cf, &told->receipt, l->bytes, l->n, l->marker, l->marker_bytes, err);
    if (st == ST_OK)
        st = store_begin(l->cf->store, err);
    if (st == ST_OK) {
        st = apply(l->cf, l->d, &b, told, l->bytes, sha256, err);
        st = store_end(l->cf->store, st, err);
    }
    record_release(&b);
    return st;
}

enum status outbox_receipt(struct casefile *cf, const char *bytes, size_t n, const char *marker, size_t marker_bytes,
                           struct receipt_told *told, struct err *err)
{
    struct destination d;
    struct looking l = { cf, bytes, marker, n, marker_bytes, &d, &told->receipt, false };
    char sha256[65];
    bool known = false;
    enum status st;

    memset(told, 0, sizeof *told);
    memset(&d, 0, sizeof d);
    receipt_init(&told->receipt);
    st = find_destination(&l, err);
    if (st == ST_OK)
        st = is_ours(cf, &told->receipt, err);
    sha256_of(sha256, bytes, n);
    if (st == ST_OK)
        st = store_receipt_is_known(cf->store, sha256, &known, err);
    if (st == ST_OK)
        str_copy(told->destination, sizeof told->destination, destination_name(&d));
    if (known)
        told->effect = EFFECT_KNOWN;
    else if (st == ST_OK)
        st = apply_all(&l, told, sha256, err);
    destination_release(&d);
    return st;
}
