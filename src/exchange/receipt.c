#include "dolen/exchange/receipt.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "strict.h"
#include "dolen/base/banned.h"

static const char *const statuses[RECEIPT_STATUSES] = { "accepted", "rejected", "quarantined" };

static const char *const reasons[REASON_COUNT] = {
#define X(name, word, label) word,
    RECEIPT_REASON_LIST(X)
#undef X
};

const char *receipt_status_word(enum receipt_status s)
{
    return statuses[s];
}

const char *receipt_reason_word(enum receipt_reason r)
{
    return reasons[r];
}

const char *receipt_reason_label(enum receipt_reason r)
{
    static const char *const labels[] = {
#define X(name, word, label) label,
        RECEIPT_REASON_LIST(X)
#undef X
    };

    return _(labels[r]);
}

void receipt_init(struct receipt *r)
{
    memset(r, 0, sizeof *r);
    r->resend_from = -1;
}

void receipt_release(struct receipt *r)
{
    free(r->errors);
    receipt_init(r);
}

void receipt_add_error(struct receipt *r, const char *table, const char *id, const char *item,
                       const char *rule)
{
    struct receipt_error *e;

    r->rows_wrong++;
    if (r->error_count == RECEIPT_ERRORS_MAX)
        return;
    e = ARRAY_ADD(r->errors, r->error_count, r->error_cap);
    str_copy(e->table, sizeof e->table, table);
    str_copy(e->id, sizeof e->id, id);
    str_copy(e->item, sizeof e->item, item);
    str_copy(e->rule, sizeof e->rule, rule);
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static struct json *gaps_json(const struct receipt *r)
{
    struct json *list = json_new_list();

    for (size_t i = 0; i < r->gaps; i++) {
        struct json *pair = json_new_list();

        json_append(pair, json_new_int(r->missing[i].after));
        json_append(pair, json_new_int(r->missing[i].until));
        json_append(list, pair);
    }
    return list;
}

struct json *receipt_rows_json(const struct receipt *r)
{
    struct json *j = json_new_map();

    json_set_int(j, "new", r->rows_new);
    json_set_int(j, "updated", r->rows_updated);
    json_set_int(j, "stale", r->rows_stale);
    json_set_int(j, "deleted", r->rows_deleted);
    json_set_int(j, "wrong", r->rows_wrong);
    return j;
}

static struct json *errors_json(const struct receipt *r)
{
    struct json *list = json_new_list();

    for (size_t i = 0; i < r->error_count; i++) {
        struct json *e = json_new_map();

        json_set_text(e, "table", r->errors[i].table);
        json_set_text(e, "id", r->errors[i].id);
        if (r->errors[i].item[0])
            json_set_text(e, "item", r->errors[i].item);
        json_set_text(e, "rule", r->errors[i].rule);
        json_append(list, e);
    }
    return list;
}

void receipt_write(struct buf *out, const struct receipt *r)
{
    struct json *j = json_new_map();

    json_set_text(j, "format", RECEIPT_FORMAT);
    json_set_text(j, "bundle", r->bundle);
    json_set_text(j, "source_id", source_show(r->source_id).s);
    json_set_text(j, "destination", r->destination);
    json_set_text(j, "batch_id", id_is_set(r->batch_id) ? id_show(r->batch_id).s : "");
    json_set_text(j, "manifest_sha256", r->manifest_sha256);
    json_set_text(j, "bundle_sha256", r->bundle_sha256);
    json_set_text(j, "status", statuses[r->status]);
    json_set_text(j, "reason", reasons[r->reason]);
    json_set_int(j, "covered_version", r->covered_version);
    json_set(j, "missing", gaps_json(r));
    json_set(j, "resend_from", r->resend_from < 0 ? json_new_null() : json_new_int(r->resend_from));
    json_set(j, "rows", receipt_rows_json(r));
    json_set(j, "row_errors", errors_json(r));
    json_set_text(j, "received_at", instant_iso(r->received_at).s);
    json_write_pretty(out, j);
    json_free(&j);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

static void read_gaps(struct strict *s, struct receipt *r)
{
    const struct json *list = strict_take(s, "missing", JSON_LIST_);

    for (size_t i = 0; list && i < json_count(list); i++) {
        const struct json *pair = json_at(list, i), *a = json_at(pair, 0), *b = json_at(pair, 1);

        if (i == RECEIPT_GAPS_MAX || json_kind(pair) != JSON_LIST_ || json_count(pair) != 2 ||
            json_kind(a) != JSON_INT_ || json_kind(b) != JSON_INT_ || json_int(a) < 0 || json_int(b) < json_int(a)) {
            strict_fail(s, "missing");
            return;
        }
        r->missing[r->gaps++] = (struct receipt_gap) { json_int(a), json_int(b) };
    }
}

static void read_rows(struct strict *s, struct receipt *r)
{
    const struct json *rows = strict_take(s, "rows", JSON_MAP_);
    struct strict in;

    if (!rows)
        return;
    strict_begin(&in, rows, s->what, s->err);
    r->rows_new = strict_int(&in, "new", 0, INT64_MAX);
    r->rows_updated = strict_int(&in, "updated", 0, INT64_MAX);
    r->rows_stale = strict_int(&in, "stale", 0, INT64_MAX);
    r->rows_deleted = strict_int(&in, "deleted", 0, INT64_MAX);
    r->rows_wrong = strict_int(&in, "wrong", 0, INT64_MAX);
    s->st = strict_done(&in);
}

static void read_errors(struct strict *s, struct receipt *r)
{
    const struct json *list = strict_take(s, "row_errors", JSON_LIST_);
    int64_t wrong = r->rows_wrong;

    if (list && (json_count(list) > RECEIPT_ERRORS_MAX || (int64_t) json_count(list) > wrong))
        strict_fail(s, "row_errors");
    for (size_t i = 0; list && s->st == ST_OK && i < json_count(list); i++) {
        char table[BATCH_WORD_MAX], id[34], item[BATCH_WORD_MAX] = "", rule[BATCH_WORD_MAX];
        struct strict in;

        strict_begin(&in, json_at(list, i), s->what, s->err);
        strict_text(&in, "table", table, sizeof table, true);
        strict_text(&in, "id", id, sizeof id, true);
        if (json_get(json_at(list, i), "item"))
            strict_text(&in, "item", item, sizeof item, true);
        strict_text(&in, "rule", rule, sizeof rule, false);
        s->st = strict_done(&in);
        receipt_add_error(r, table, id, item, rule);
    }
    r->rows_wrong = wrong;
}

/* The name alone, with its ending: it is looked for in the case file and in folders. */
static void check_bundle(struct strict *s, const struct receipt *r)
{
    struct id source;
    int64_t epoch, seq;
    size_t n = strlen(r->bundle);

    if (strchr(r->bundle, '/') || !batch_name_parse(r->bundle, &source, &epoch, &seq) || !id_eq(source, r->source_id) ||
        n < 5 || !str_eq(r->bundle + n - 5, ".dlnb") || strchr(r->bundle, '.') != r->bundle + n - 5)
        strict_fail(s, "bundle");
}

static void read_resend(struct strict *s, struct receipt *r)
{
    const struct json *v = s->st == ST_OK ? json_get(s->map, "resend_from") : NULL;

    if (v && json_kind(v) == JSON_NULL_)
        s->taken++;
    else
        r->resend_from = strict_int(s, "resend_from", 0, INT64_MAX);
}

enum status receipt_parse(struct receipt *out, const char *bytes, size_t n, struct err *err)
{
    struct json *j = NULL;
    struct strict s;
    enum status st;

    receipt_init(out);
    if (n > RECEIPT_BYTES_MAX)
        return err_set(err, ST_INVALID, _("The receipt is too long to be one. It was not used; nothing was changed."
                                          " Check that it is the right file."));
    st = json_parse(&j, bytes, n, err);
    if (st != ST_OK)
        return st;
    strict_begin(&s, j, N_("The receipt"), err);
    strict_format(&s, "format", RECEIPT_FORMAT);
    strict_text(&s, "bundle", out->bundle, sizeof out->bundle, false);
    strict_source(&s, "source_id", &out->source_id);
    strict_plain(&s, "destination", out->destination, sizeof out->destination, true);
    strict_id(&s, "batch_id", &out->batch_id, true);
    strict_hex(&s, "manifest_sha256", out->manifest_sha256, true);
    strict_hex(&s, "bundle_sha256", out->bundle_sha256, true);
    out->status = (enum receipt_status) strict_word(&s, "status", statuses, RECEIPT_STATUSES);
    out->reason = (enum receipt_reason) strict_word(&s, "reason", reasons, REASON_COUNT);
    out->covered_version = strict_int(&s, "covered_version", 0, INT64_MAX);
    read_gaps(&s, out);
    read_resend(&s, out);
    read_rows(&s, out);
    read_errors(&s, out);
    out->received_at = strict_instant(&s, "received_at");
    check_bundle(&s, out);
    if (s.st == ST_OK &&
        (out->status == RECEIPT_ACCEPTED) != (out->reason == REASON_NONE || out->reason == REASON_DUPLICATE))
        strict_fail(&s, "reason");
    if (s.st == ST_OK && out->status == RECEIPT_ACCEPTED && (!id_is_set(out->batch_id) || !out->manifest_sha256[0]))
        strict_fail(&s, "batch_id");
    st = strict_done(&s);
    json_free(&j);
    return st;
}

/* --- signed ----------------------------------------------------------------------------------------------------- */

enum status receipt_sign(struct buf *bytes, struct buf *marker, const struct receipt *r,
                         const struct minisign_secret *hub, struct err *err)
{
    char *comment = xasprintf("receipt:%s", r->bundle);
    size_t start = bytes->len;
    enum status st;

    receipt_write(bytes, r);
    st = minisign_sign_bytes(marker, hub, bytes->s + start, bytes->len - start, comment, err);
    free(comment);
    return st;
}

/* A signature of the same key over other bytes (a bundle, a policy) says so in its comment. */
enum status receipt_verify(struct receipt *out, const char *bytes, size_t n, const char *marker, size_t marker_bytes,
                           const struct minisign_public *hub, struct err *err)
{
    struct minisign_signature sig;
    enum status st = minisign_verify_bytes(&sig, hub, bytes, n, marker, marker_bytes, NULL, err);

    receipt_init(out);
    if (st == ST_OK)
        st = receipt_parse(out, bytes, n, err);
    if (st == ST_OK && (!str_starts(sig.comment, "receipt:") || !str_eq(sig.comment + strlen("receipt:"), out->bundle)))
        st = err_set(err, ST_REFUSED, _("The signature belongs to another receipt. It was not used; nothing was "
                                        "changed. Fetch the receipts again."));
    return st;
}
