/* one bundle on its way in: opened, checked, and what is to become of it. */
#include "incoming.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

/* --- verdicts --------------------------------------------------------------------------------------------------- */

static void refuse(struct incoming *in, enum fate fate, const char *why, const char *said)
{
    in->fate = fate;
    in->why = why;
    str_copy(in->said, sizeof in->said, said ? said : "");
}

static void judge(struct incoming *in, enum fate fate, enum receipt_status status, enum receipt_reason why)
{
    in->fate = fate;
    in->r.status = status;
    in->r.reason = why;
    in->why = receipt_reason_word(why);
    str_copy(in->said, sizeof in->said, receipt_reason_label(why));
}

void incoming_reject(struct incoming *in, enum receipt_reason why)
{
    judge(in, FATE_ENTER, RECEIPT_REJECTED, why);
}

void incoming_quarantine(struct incoming *in, enum receipt_reason why)
{
    judge(in, FATE_ENTER, RECEIPT_QUARANTINED, why);
}

/* --- files ------------------------------------------------------------------------------------------------------ */

static void sha256_of(const struct buf *b, char out[65])
{
    struct sha256 *s = sha256_new();

    sha256_add(s, buf_text(b), b->len);
    sha256_hex_done(&s, out);
}

/* true: go on. */
static bool read_marker(struct incoming *in)
{
    char *path = xasprintf("%s.minisig", in->path);
    bool there = file_exists(path), read = there && file_read(&in->marker, path, MINISIGN_FILE_MAX, NULL) == ST_OK;

    free(path);
    if (!there)
        refuse(in, FATE_WAIT, bundle_fault_word(BUNDLE_FAULT_NO_MARKER), _("its signature is not there yet"));
    else if (!read)
        refuse(in, FATE_REFUSE, bundle_fault_word(BUNDLE_FAULT_SIGNATURE), _("its signature cannot be read"));
    else
        sha256_of(&in->marker, in->row.marker_sha256);
    return read;
}

static bool read_payload(struct incoming *in)
{
    struct err why = { .st = ST_OK };

    if (!file_exists(in->path)) {
        refuse(in, FATE_WAIT, bundle_fault_word(BUNDLE_FAULT_NO_PAYLOAD), _("only its signature is there yet"));
        return false;
    }
    if (file_read(&in->payload, in->path, BUNDLE_MAX, &why) != ST_OK) {
        refuse(in, FATE_REFUSE, bundle_fault_word(BUNDLE_FAULT_IO), err_text(&why));
        return false;
    }
    sha256_of(&in->payload, in->r.bundle_sha256);
    return true;
}

/* --- who, and which --------------------------------------------------------------------------------------------- */

static const struct minisign_public *find_signer(void *ctx, const uint8_t key_id[8])
{
    struct hub_source *s = sources_by_signer(ctx, key_id);

    return s ? &s->signer : NULL;
}

/* The place that the file name claims, when its source is one of ours. */
static struct hub_source *place_of_name(struct incoming *in, struct reception *rc)
{
    struct id source;
    struct hub_source *s = NULL;

    if (batch_name_parse(in->bundle, &source, &in->row.epoch, &in->row.seq))
        s = sources_by_id(&rc->sources, source);
    in->row.source_id = s ? s->source_id : 0;
    return s;
}

static void same_as_before(struct incoming *in)
{
    in->fate = FATE_SAME;
    in->why = "duplicate";
    str_copy(in->said, sizeof in->said, receipt_reason_label(REASON_DUPLICATE));
}

/* The signature file is small and names the whole bundle: one that is in the ledger need not be opened again. */
static enum status known_by_marker(struct incoming *in, struct reception *rc, struct err *err)
{
    bool found, others;
    enum status st;

    if (!in->source)
        return ST_OK;
    st = ledger_find(rc->w, in->source->source_id, in->row.epoch, in->row.seq, NULL, in->row.marker_sha256, &in->row,
                     &found, &others, err);
    if (st == ST_OK && found && !in->agreed)
        same_as_before(in);
    return st;
}

/* --- faults ----------------------------------------------------------------------------------------------------- */

/* Which answer a bundle gets that was not opened. signed_by_us: one of our laptops did sign it. */
static const struct { enum bundle_fault fault; enum receipt_reason reason; bool signed_by_ours; } answers[] = {
    { BUNDLE_FAULT_SIGNATURE,      REASON_SIGNATURE, false },
    { BUNDLE_FAULT_WRONG,          REASON_SIGNATURE, false },
    { BUNDLE_FAULT_UNKNOWN_SIGNER, REASON_SIGNER,    false },
    { BUNDLE_FAULT_NOT_FOR_US,     REASON_DECRYPT,   true },
    { BUNDLE_FAULT_DAMAGED,        REASON_DAMAGED,   true },
    { BUNDLE_FAULT_MEMBER_DAMAGED, REASON_DAMAGED,   true },
    { BUNDLE_FAULT_MEMBER_MISSING, REASON_DAMAGED,   true },
    { BUNDLE_FAULT_HASH,           REASON_DAMAGED,   true },
};

/* A receipt goes only to a place that the ledger does not know better. */
static enum status fault_of(struct incoming *in, struct reception *rc, enum bundle_fault fault, const char *said,
                            struct err *err)
{
    enum receipt_reason why = REASON_FORMAT;
    bool ours = true, found, others;
    enum status st = ST_OK;

    for (size_t i = 0; i < ARRAY_LEN(answers); i++)
        if (answers[i].fault == fault) {
            why = answers[i].reason;
            ours = answers[i].signed_by_ours;
        }
    if (in->source && !ours) {
        st = ledger_find(rc->w, in->source->source_id, in->row.epoch, in->row.seq, "", NULL, &in->row, &found,
                         &others, err);
        if (others)
            in->source = NULL;
    }
    if (st != ST_OK || !in->source) {
        refuse(in, FATE_REFUSE, bundle_fault_word(fault), said);
        return st;
    }
    judge(in, ours ? FATE_ENTER : FATE_ANSWER, RECEIPT_REJECTED, why);
    in->why = bundle_fault_word(fault);
    str_copy(in->said, sizeof in->said, said);
    return ST_OK;
}

void incoming_unpack(struct incoming *in, struct reception *rc)
{
    struct bundle_keys keys = { find_signer, &rc->sources, rc->keys->identity };

    if (in->fate != FATE_MERGE || !read_payload(in))
        return;
    in->payload_read = true;
    in->unpacked = bundle_open_bytes(&in->opened, buf_text(&in->payload), in->payload.len, buf_text(&in->marker),
                                     in->marker.len, &keys, &in->fault, &in->why_not);
    for (size_t i = 0; in->opened && i < bundle_count(in->opened); i++) {
        size_t n = 0;

        bundle_bytes(in->opened, bundle_name(in->opened, i), &n);
        in->bytes += n;
    }
}

static bool is_signed_by_ours(enum bundle_fault fault)
{
    return fault != BUNDLE_FAULT_SIGNATURE && fault != BUNDLE_FAULT_WRONG && fault != BUNDLE_FAULT_UNKNOWN_SIGNER;
}

static enum status judge_unpacked(struct incoming *in, struct reception *rc, struct err *err)
{
    struct minisign_signature sig;
    struct hub_source *signer = NULL;

    if (minisign_signature_parse(&sig, buf_text(&in->marker), in->marker.len, NULL) == ST_OK)
        signer = sources_by_signer(&rc->sources, sig.key_id);
    if (in->unpacked == ST_NOMEM || in->fault == BUNDLE_FAULT_IO)
        return err_set(err, in->unpacked, "%s", err_text(&in->why_not));
    if (in->unpacked == ST_OK || is_signed_by_ours(in->fault)) {
        if (in->source && signer != in->source)
            in->source = NULL;          /* signed by another laptop than the name says */
        else
            in->source = signer;
        if (!in->source) {
            refuse(in, FATE_REFUSE, "signer_not_source", _("another laptop has signed it than the one that it names"));
            return ST_OK;
        }
    }
    return in->unpacked == ST_OK ? ST_OK : fault_of(in, rc, in->fault, err_text(&in->why_not), err);
}

/* --- what it says about itself ---------------------------------------------------------------------------------- */

static void read_manifest(struct incoming *in)
{
    struct err why = { .st = ST_OK };
    enum status st = bundle_batch(in->opened) ? manifest_parse(&in->m, bundle_batch(in->opened), &why)
                                              : err_set(&why, ST_INVALID, "%s", receipt_reason_label(REASON_FORMAT));

    str_copy(in->r.manifest_sha256, sizeof in->r.manifest_sha256, bundle_manifest_sha256(in->opened));
    if (st != ST_OK) {
        if (in->row.seq == 0)           /* neither the name nor the manifest says which one it is */
            refuse(in, FATE_REFUSE, receipt_reason_word(REASON_FORMAT), err_text(&why));
        else
            incoming_reject(in, st == ST_NEWER ? REASON_NEWER : REASON_FORMAT);
        return;
    }
    in->has_manifest = true;
    in->r.batch_id = in->m.batch_id;
    str_copy(in->r.destination, sizeof in->r.destination, in->m.destination);
    if (!id_eq(in->m.source_id, in->source->id)) {
        refuse(in, FATE_REFUSE, "signer_not_source", _("another laptop has signed it than the one that it names"));
        return;
    }
    in->row.epoch = in->m.epoch;
    in->row.seq = in->m.seq;
    batch_name(in->bundle, in->m.source_id, in->m.epoch, in->m.seq);
    str_copy(in->bundle + strlen(in->bundle), sizeof in->bundle - strlen(in->bundle), BUNDLE_SUFFIX);
}

/* Mostly the same as that of the bundle before. */
static bool policy_known(struct reception *rc, const char *sha256)
{
    if (!str_eq(rc->policy, sha256)) {
        rc->policy[0] = '\0';
        if (hub_policy_known(rc->keys, sha256, rc->policy_for))
            str_copy(rc->policy, sizeof rc->policy, sha256);
    }
    return rc->policy[0] != '\0';
}

/* May rows of this laptop, under this policy, go into this hub? */
static void check_terms(struct incoming *in, struct reception *rc)
{
    const struct data_set *d = rc->w->schema->data_set;
    const char *destination = rc->policy_for;

    if (in->m.training)
        incoming_reject(in, REASON_TRAINING);
    else if (!policy_known(rc, in->m.policy_sha256))
        incoming_reject(in, REASON_POLICY);
    else if (!str_eq(destination, in->m.destination) || (rc->destination && !str_eq(rc->destination, destination)))
        incoming_reject(in, REASON_DESTINATION);
    else if (!str_eq(in->m.data_set, d->id) || !str_eq(in->m.data_set_version, d->version))
        incoming_reject(in, REASON_DATA_SET);
}

enum status incoming_look_up(struct incoming *in, struct reception *rc, struct err *err)
{
    bool found, others;
    enum status st = ledger_find(rc->w, in->source->source_id, in->row.epoch, in->row.seq, in->r.manifest_sha256,
                                 NULL, &in->row, &found, &others, err);

    str_copy(in->row.manifest_sha256, sizeof in->row.manifest_sha256, in->r.manifest_sha256);
    if (st != ST_OK || in->agreed)
        return st;
    if (found)
        same_as_before(in);
    else if (others)
        incoming_quarantine(in, REASON_FORK);
    return ST_OK;
}

static enum status check_batch(struct incoming *in, struct reception *rc, struct err *err)
{
    enum status st;

    if (in->source->revoked_at) {
        judge(in, FATE_ANSWER, RECEIPT_REJECTED, REASON_REVOKED);
        return ST_OK;
    }
    read_manifest(in);
    if (in->fate != FATE_MERGE)
        return ST_OK;
    st = incoming_look_up(in, rc, err);
    if (st == ST_OK && in->fate == FATE_MERGE)
        check_terms(in, rc);
    return st;
}

/* --- all of it -------------------------------------------------------------------------------------------------- */

static void begin(struct incoming *in, struct reception *rc, const char *path)
{
    const char *slash = strrchr(path, '/');

    in->path = xstrdup(path);
    in->fate = FATE_MERGE;
    in->why = "";
    receipt_init(&in->r);
    in->r.status = RECEIPT_ACCEPTED;
    in->r.received_at = rc->now;
    str_copy(in->bundle, sizeof in->bundle, slash ? slash + 1 : path);
    in->source = place_of_name(in, rc);
}

/* What cannot be opened is entered under its own hash. */
static void name_unopened(struct incoming *in)
{
    if (!in->row.manifest_sha256[0] && in->fate == FATE_ENTER)
        str_copy(in->row.manifest_sha256, sizeof in->row.manifest_sha256,
                 in->r.manifest_sha256[0] ? in->r.manifest_sha256 : in->r.bundle_sha256);
}

enum status incoming_meet(struct incoming *in, struct reception *rc, const char *path, struct err *err)
{
    begin(in, rc, path);
    return read_marker(in) ? known_by_marker(in, rc, err) : ST_OK;
}

enum status incoming_examine(struct incoming *in, struct reception *rc, struct err *err)
{
    enum status st;

    if (!in->payload_read)
        return ST_OK;
    st = judge_unpacked(in, rc, err);
    if (st == ST_OK && in->fate == FATE_MERGE)
        st = check_batch(in, rc, err);
    if (in->source) {
        in->row.source_id = in->source->source_id;
        in->r.source_id = in->source->id;
    }
    if (in->row.seq == 0 && (in->fate == FATE_ENTER || in->fate == FATE_ANSWER))
        in->fate = FATE_REFUSE;
    name_unopened(in);
    str_copy(in->r.bundle, sizeof in->r.bundle, in->bundle);
    return st;
}

enum status incoming_open(struct incoming *in, struct reception *rc, const char *path, struct err *err)
{
    enum status st = incoming_meet(in, rc, path, err);

    if (st != ST_OK)
        return st;
    incoming_unpack(in, rc);
    return incoming_examine(in, rc, err);
}

void incoming_release(struct incoming *in)
{
    bundle_free(&in->opened);
    buf_wipe(&in->payload);
    buf_release(&in->marker);
    ledger_row_release(&in->row);
    receipt_release(&in->r);
    free(in->path);
    memset(in, 0, sizeof *in);
}
