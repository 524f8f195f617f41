/* app/outbox_send.c - a batch on its way, without waiting: the bundle first, its marker last, then the receipts that
 * lie there, then the newest policy.
 *
 * What the transport says becomes an arrow of the state machine as soon as it is known; between two steps everything
 * that happened is in the case file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "outbox.h"
#include "policy_offer.h"
#include "source.h"
#include "dolen/base/banned.h"

/* Where a hub may have put receipts, below the address. */
static const char *const receipt_places[] = { "receipts/", "" };
enum { PLACES = 2 };

enum stage { STAGE_SEND, STAGE_RECEIPT, STAGE_MARKER, STAGE_POLICY, STAGE_POLICY_MARKER, STAGE_DONE };

struct sending {
    struct casefile  *cf;
    struct transport *t;
    struct record     batch;                /* not set: receipts alone */
    struct record     destination;
    struct records    awaited;              /* batches whose receipts are looked for */
    char              source[40];
    enum stage        stage;
    size_t            next;                 /* of awaited, times the places */
    struct buf        receipt;              /* or the policy, until its signature is there */
    int               receipts, refused, unusable;
    bool              policy_asked, policy_found;
};

void sending_free(struct sending **xp)
{
    struct sending *x = *xp;

    if (!x)
        return;
    transport_free(&x->t);
    if (id_eq(x->batch.id, x->cf->sending))
        x->cf->sending = ID_NONE;
    if (x->batch.text && batch_state_of(&x->batch) == BS_SENDING)
        outbox_event(x->cf->store, &x->batch, BE_CUT_SHORT, "interrupted", NULL, NULL);
    record_release(&x->batch);
    record_release(&x->destination);
    records_release(&x->awaited);
    buf_release(&x->receipt);
    free(x);
    *xp = NULL;
}

const struct record *sending_batch(const struct sending *x)
{
    return &x->batch;
}

int sending_receipts(const struct sending *x)
{
    return x->receipts;
}

int sending_unusable(const struct sending *x)
{
    return x->unusable;
}

int sending_refused(const struct sending *x)
{
    return x->refused;
}

const struct record *sending_destination(const struct sending *x)
{
    return &x->destination;
}

bool sending_found_policy(const struct sending *x)
{
    return x->policy_found;
}

void sending_progress(const struct sending *x, uint64_t *done, uint64_t *total)
{
    if (x->stage == STAGE_SEND) {
        transport_progress(x->t, done, total);
        return;
    }
    *total = *done = (uint64_t) record_int(&x->batch, BATCH_bytes, 0);
}

int sending_poll_fd(const struct sending *x)
{
    return transport_poll_fd(x->t);
}

/* --- beginning -------------------------------------------------------------------------------------------------- */

static enum status open_way(struct sending *x, struct err *err)
{
    struct source_keys keys;
    enum status st = source_open(x->cf->store, &keys, err);

    if (st == ST_OK)
        str_copy(x->source, sizeof x->source, source_show(keys.id).s);
    source_release(&keys);
    if (st == ST_OK)
        st = destination_transport(x->cf, &x->destination, &x->t, err);
    return st;
}

static enum status begin_send(struct sending *x, struct err *err)
{
    const char *file = record_or(&x->batch, BATCH_file, "");
    char *path = outbox_path(x->cf, record_or(&x->destination, DESTINATION_name, ""), file);
    char *names[2] = { xasprintf("%s" BUNDLE_SUFFIX, file), xasprintf("%s" BUNDLE_MARKER, file) };
    char *paths[2] = { xasprintf("%s" BUNDLE_SUFFIX, path), xasprintf("%s" BUNDLE_MARKER, path) };
    struct transport_file files[2] = { { paths[0], names[0] }, { paths[1], names[1] } };
    enum status st = transport_send(x->t, files, ARRAY_LEN(files), err);

    for (size_t i = 0; i < 2; i++) {
        free(names[i]);
        free(paths[i]);
    }
    free(path);
    return st;
}

/* Copies, so that the caller's list may go while this is under way. */
static void take_record(struct record *to, struct record *from)
{
    *to = *from;
    memset(from, 0, sizeof *from);
}

enum status sending_begin(struct sending **out, struct casefile *cf, struct record *batch, struct err *err)
{
    struct sending *x = xcalloc(1, sizeof *x);
    struct err way = { .st = ST_OK };
    enum status st;

    x->cf = cf;
    take_record(&x->batch, batch);
    st = store_get(cf->store, T_DESTINATION, record_id(&x->batch, BATCH_destination), &x->destination, err);
    if (st == ST_OK && batch_state_of(&x->batch) == BS_SEALED)
        st = outbox_event(cf->store, &x->batch, BE_QUEUE, NULL, NULL, err);
    if (st == ST_OK)
        st = outbox_event(cf->store, &x->batch, BE_SEND, NULL, NULL, err);
    if (st == ST_OK)
        cf->sending = x->batch.id;
    if (st == ST_OK) {
        st = open_way(x, &way);
        if (st == ST_OK)
            st = begin_send(x, &way);
        if (st != ST_OK) {
            outbox_event(cf->store, &x->batch, BE_BLOCK, "address", &way, NULL);
            err_set(err, st, "%s", err_text(&way));
        }
    }
    if (st != ST_OK) {
        sending_free(&x);
        return st;
    }
    *out = x;
    return ST_OK;
}

enum status receipts_begin(struct sending **out, struct casefile *cf, const struct record *destination, struct err *err)
{
    struct sending *x = xcalloc(1, sizeof *x);
    enum status st;

    x->cf = cf;
    x->stage = STAGE_RECEIPT;
    st = store_get(cf->store, T_DESTINATION, destination->id, &x->destination, err);
    if (st == ST_OK)
        st = open_way(x, err);
    if (st == ST_OK)
        st = store_list(cf->store, LIST_BATCHES_OPEN, destination->id, 0, &x->awaited, err);
    if (st != ST_OK) {
        sending_free(&x);
        return st;
    }
    *out = x;
    return ST_OK;
}

/* --- receipts by the same road ---------------------------------------------------------------------------------- */

static char *receipt_name(const struct sending *x, const char *ending)
{
    const struct record *b = &x->awaited.items[x->next / PLACES];

    return xasprintf("%s%s/%s" BUNDLE_SUFFIX RECEIPT_SUFFIX "%s", receipt_places[x->next % PLACES], x->source,
                     record_or(b, BATCH_file, ""), ending);
}

static bool is_awaited(const struct record *b)
{
    enum batch_state s = batch_state_of(b);

    return s == BS_SENT || s == BS_HELD || s == BS_WAIT || s == BS_BLOCKED || s == BS_QUEUED;
}

static bool ask_policy(struct sending *x)
{
    struct err err;

    if (!x->policy_asked && transport_fetch(x->t, POLICY_FOLDER POLICY_CURRENT, POLICY_BYTES_MAX, &err) == ST_OK) {
        x->policy_asked = true;
        x->stage = STAGE_POLICY;
        return true;
    }
    x->stage = STAGE_DONE;
    return false;
}

/* The next receipt to ask for, then the policy; false when there is nothing more. */
static bool ask_receipt(struct sending *x)
{
    struct err err;

    for (; x->next < x->awaited.count * PLACES; x->next++) {
        char *name;
        enum status st;

        if (!is_awaited(&x->awaited.items[x->next / PLACES]))
            continue;
        name = receipt_name(x, "");
        st = transport_fetch(x->t, name, RECEIPT_BYTES_MAX, &err);
        free(name);
        if (st == ST_OK) {
            x->stage = STAGE_RECEIPT;
            return true;
        }
    }
    return ask_policy(x);
}

static bool ask_marker(struct sending *x)
{
    char *name = receipt_name(x, ".minisig");
    struct err err;
    enum status st = transport_fetch(x->t, name, MINISIGN_FILE_MAX, &err);

    free(name);
    x->stage = STAGE_MARKER;
    return st == ST_OK;
}

/* A receipt that does not hold changes nothing: it lies where others may write. That it lies there is told. */
static void apply(struct sending *x)
{
    struct receipt_told told;
    struct buf marker = BUF_INIT;
    enum status st;

    transport_take(x->t, &marker);
    st = outbox_receipt(x->cf, buf_text(&x->receipt), x->receipt.len, buf_text(&marker), marker.len, &told, NULL);
    x->unusable += st != ST_OK;
    if (st == ST_OK && told.effect != EFFECT_KNOWN) {
        x->receipts++;
        x->refused += told.receipt.status == RECEIPT_REJECTED || told.receipt.reason == REASON_FORK;
    }
    receipt_release(&told.receipt);
    buf_release(&marker);
}

/* One that does not hold is passed over, like a receipt: the one in force stays. */
static enum transport_result fetched_policy(struct sending *x, enum transport_result r)
{
    struct buf marker = BUF_INIT;
    struct err err;

    if (r == TRANSPORT_DONE && x->stage == STAGE_POLICY) {
        buf_clear(&x->receipt);
        transport_take(x->t, &x->receipt);
        x->stage = STAGE_POLICY_MARKER;
        if (transport_fetch(x->t, POLICY_FOLDER POLICY_CURRENT ".minisig", MINISIGN_FILE_MAX, &err) == ST_OK)
            return TRANSPORT_BUSY;
    } else if (r == TRANSPORT_DONE) {
        transport_take(x->t, &marker);
        policy_offer_take(x->cf, &x->destination, buf_text(&x->receipt), x->receipt.len, buf_text(&marker), marker.len,
                          &x->policy_found, NULL);
    }
    buf_release(&marker);
    x->stage = STAGE_DONE;
    return TRANSPORT_DONE;
}

/* --- stepping --------------------------------------------------------------------------------------------------- */

/* Another file lies there under this batch's name, and only a case file with this identity makes such names. */
static enum status found_another_copy(struct sending *x, struct err *err)
{
    enum status st = outbox_restart(x->cf->store, &x->destination, SNAP_FORK, err);

    return st == ST_OK ? store_get(x->cf->store, T_BATCH, x->batch.id, &x->batch, err) : st;
}

static enum transport_result sent(struct sending *x, enum transport_result r, const struct err *said, struct err *err)
{
    const char *why = transport_cause_word(transport_why(x->t));
    struct err e = { .st = ST_OK };
    enum status st;

    if (r != TRANSPORT_DONE) {
        bool person = r != TRANSPORT_RETRY;

        st = outbox_event(x->cf->store, &x->batch, person ? BE_BLOCK : BE_NETWORK, why, said, &e);
        if (st == ST_OK && transport_why(x->t) == TRANSPORT_CAUSE_EXISTS)
            st = found_another_copy(x, &e);
        err_set(err, ST_IO, "%s", st == ST_OK ? err_text(said) : err_text(&e));
        return st == ST_OK ? r : TRANSPORT_BLOCKED;
    }
    st = outbox_event(x->cf->store, &x->batch, BE_SENT, NULL, NULL, &e);
    if (st == ST_OK)
        st = store_list(x->cf->store, LIST_BATCHES_OPEN, x->destination.id, 0, &x->awaited, &e);
    if (st != ST_OK) {
        err_set(err, st, "%s", err_text(&e));
        return TRANSPORT_BLOCKED;
    }
    return ask_receipt(x) ? TRANSPORT_BUSY : TRANSPORT_DONE;
}

static enum transport_result fetched(struct sending *x, enum transport_result r, const struct err *said,
                                     struct err *err)
{
    if (r == TRANSPORT_DONE && x->stage == STAGE_RECEIPT) {
        buf_clear(&x->receipt);
        transport_take(x->t, &x->receipt);
        if (ask_marker(x))
            return TRANSPORT_BUSY;
    } else if (r == TRANSPORT_DONE) {
        apply(x);
        x->next |= PLACES - 1;          /* found: the other place need not be asked */
    } else if (r != TRANSPORT_ABSENT) {
        x->stage = STAGE_DONE;          /* the road is gone; what was sent was sent */
        if (x->batch.text)
            return TRANSPORT_DONE;
        err_set(err, said->st, "%s", err_text(said));
        return r;
    }
    x->next++;
    return ask_receipt(x) ? TRANSPORT_BUSY : TRANSPORT_DONE;
}

enum transport_result sending_step(struct sending *x, struct err *err)
{
    struct err said = { .st = ST_OK };
    enum transport_result r;

    if (x->stage == STAGE_DONE)
        return TRANSPORT_DONE;
    if (x->stage == STAGE_RECEIPT && x->next == 0 && x->receipt.len == 0 && transport_poll_fd(x->t) < 0 &&
        !x->batch.text)
        return ask_receipt(x) ? TRANSPORT_BUSY : TRANSPORT_DONE;
    r = transport_step(x->t, &said);
    if (r == TRANSPORT_BUSY)
        return r;
    if (x->stage == STAGE_POLICY || x->stage == STAGE_POLICY_MARKER)
        return fetched_policy(x, r);
    return x->stage == STAGE_SEND ? sent(x, r, &said, err) : fetched(x, r, &said, err);
}

/* --- whose receipts ----------------------------------------------------------------------------------------------- */

bool receipts_are_awaited(struct casefile *cf, struct id destination)
{
    struct records open = { NULL, 0, 0 };
    bool any = false;

    if (store_list(cf->store, LIST_BATCHES_OPEN, destination, 0, &open, NULL) == ST_OK)
        for (size_t i = 0; i < open.count; i++)
            any = any || (is_awaited(&open.items[i]) && record_int(&open.items[i], BATCH_sent_at, 0) != 0);
    records_release(&open);
    return any;
}

/* --- what is to be sent ----------------------------------------------------------------------------------------- */

static bool is_due(const struct record *b, bool by_hand)
{
    enum batch_state s = batch_state_of(b);

    if (s == BS_QUEUED || s == BS_SEALED)
        return true;
    if (s == BS_WAIT)
        return by_hand || batch_wait_is_over(clock_now(), record_int(b, BATCH_next_at, 0));
    return s == BS_BLOCKED && by_hand;
}

static enum status due_of(struct casefile *cf, const struct record *d, bool by_hand, struct records *out,
                          struct err *err)
{
    struct records open = { NULL, 0, 0 };
    enum status st = store_list(cf->store, LIST_BATCHES_OPEN, d->id, 0, &open, err);

    for (size_t i = 0; st == ST_OK && i < open.count; i++)
        if (is_due(&open.items[i], by_hand))
            take_record(ARRAY_ADD(out->items, out->count, out->cap), &open.items[i]);
    records_release(&open);
    return st;
}

enum status outbox_due(struct casefile *cf, const char *destination, bool by_hand, struct records *out, struct err *err)
{
    struct records all = { NULL, 0, 0 };
    bool met = false;
    enum status st = outbox_tidy(cf, err);

    *out = (struct records) { NULL, 0, 0 };
    if (st == ST_OK)
        st = store_list(cf->store, LIST_DESTINATIONS, ID_NONE, 0, &all, err);
    for (size_t i = 0; st == ST_OK && i < all.count; i++) {
        if (destination && !str_eq(destination, record_text(&all.items[i], DESTINATION_name)))
            continue;
        met = true;
        st = due_of(cf, &all.items[i], by_hand, out, err);
    }
    records_release(&all);
    if (st == ST_OK && destination && !met)
        st = err_set(err, ST_NOTFOUND, _("There is no destination of that name. See: dolen destination list"));
    return st;
}

int64_t outbox_next_try(struct casefile *cf)
{
    struct records all = { NULL, 0, 0 };
    int64_t next = 0;

    if (store_list(cf->store, LIST_DESTINATIONS, ID_NONE, 0, &all, NULL) != ST_OK)
        return 0;
    for (size_t i = 0; i < all.count; i++) {
        struct records open = { NULL, 0, 0 };

        if (store_list(cf->store, LIST_BATCHES_OPEN, all.items[i].id, 0, &open, NULL) == ST_OK)
            for (size_t k = 0; k < open.count; k++) {
                int64_t at = batch_state_of(&open.items[k]) == BS_WAIT ? record_int(&open.items[k], BATCH_next_at, 0)
                                                                       : 0;

                if (at && (!next || at < next))
                    next = at;
            }
        records_release(&open);
    }
    records_release(&all);
    return next;
}
