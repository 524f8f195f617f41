/* receive, quarantine, accept, refuse, receipts. */
#include "receive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "open.h"
#include "dolen/base/banned.h"

/* --- receive ---------------------------------------------------------------------------------------------------- */

static void summary(const struct reception *rc)
{
    if (rc->json) {
        struct json *j = json_new_map();

        json_set_int(j, "accepted", rc->sum.merged);
        json_set_int(j, "duplicate", rc->sum.same);
        json_set_int(j, "rejected", rc->sum.rejected);
        json_set_int(j, "quarantined", rc->sum.quarantined);
        json_set_int(j, "refused", rc->sum.refused);
        json_set_int(j, "waiting", rc->sum.waiting);
        json_set_int(j, "rows", rc->sum.rows);
        hub_print_json("summary", j);
        return;
    }
    printf(_("%lld taken (%lld rows), %lld there already, %lld not taken, %lld put aside, %lld unknown, %lld still "
             "on their way\n"),
           (long long) rc->sum.merged, (long long) rc->sum.rows, (long long) rc->sum.same,
           (long long) rc->sum.rejected, (long long) rc->sum.quarantined, (long long) rc->sum.refused,
           (long long) rc->sum.waiting);
}

/* Something to look at is not a failure, and not nothing. */
static enum status outcome(const struct reception *rc, struct err *err)
{
    if (rc->sum.rejected + rc->sum.quarantined + rc->sum.refused == 0)
        return ST_OK;
    return err_set(err, ST_PARTIAL,
                   _("Not every bundle was taken; those that were are safe. The lines above say why."));
}

static enum status make_receipts_folder(const char *folder, struct err *err)
{
    return !folder || file_exists(folder) ? ST_OK : folder_make_private(folder, err);
}

static enum status receive_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    struct reception rc = { .receipts = hub_value(r, "--receipts"), .json = r->json };
    struct file_names files = { NULL, 0, 0 };
    enum status st = hub_open(&h, r, err);

    if (st == ST_OK)
        st = make_receipts_folder(rc.receipts, err);
    for (int i = 0; i < r->operands && st == ST_OK; i++)
        st = bundles_find(&files, r->operand[i], err);
    bundles_sort(&files);
    if (st == ST_OK) {
        rc.keys = &h.keys;
        rc.catalog = h.catalog;
        st = receive_spread(&rc, h.w, &files, err);
        summary(&rc);
    }
    if (st == ST_OK && rc.receipts)
        st = policy_publish(&h.keys, h.w, rc.receipts, err);
    if (st == ST_OK)
        st = outcome(&rc, err);
    bundles_free(&files);
    hub_close(&h);
    return st;
}

/* --- quarantine ------------------------------------------------------------------------------------------------- */

static enum status quarantine_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    struct query *q = NULL;
    struct json *list = json_new_list(), *j = json_new_map();
    bool row = true;
    enum status st = hub_open(&h, r, err);

    if (st == ST_OK)
        st = query_ask(&q, &h.w->engine,
                       "SELECT bundle, reason, received_at FROM hub_batch WHERE status = 'quarantined' ORDER BY "
                       "received_at, bundle", NULL, 0, err);
    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        struct json *one = json_new_map();

        json_set_text(one, "bundle", query_string(q, 0));
        json_set_text(one, "reason", query_string(q, 1));
        json_set_text(one, "received_at", instant_iso(query_integer(q, 2)).s);
        if (!r->json)
            printf("%s  %s  %s\n", query_string(q, 0), query_string(q, 1), instant_iso(query_integer(q, 2)).s);
        json_append(list, one);
    }
    query_end(&q);
    json_set(j, "quarantined", list);
    if (st == ST_OK && r->json)
        hub_print_json("quarantine", j);
    else
        json_free(&j);
    hub_close(&h);
    return st;
}

/* The quarantined row that a bundle's name means. */
static enum status find_waiting(struct hub *h, const char *bundle, struct ledger_row *row, struct err *err)
{
    const struct query_value v = query_text(bundle);
    struct query *q = NULL;
    bool there = false;
    enum status st = query_ask(&q, &h->w->engine,
                               "SELECT source_id, epoch, seq, manifest_sha256 FROM hub_batch WHERE bundle = ?1 AND "
                               "status = 'quarantined' AND reason = 'deletes_much'", &v, 1, err);

    if (st == ST_OK)
        st = query_next(q, &there, err);
    if (st == ST_OK && !there)
        st = err_set(err, ST_NOTFOUND,
                     _("No bundle of this name waits for a decision. Nothing was changed. See: dolen-hub "
                       "quarantine"));
    if (st == ST_OK) {
        row->source_id = query_integer(q, 0);
        row->epoch = query_integer(q, 1);
        row->seq = query_integer(q, 2);
        str_copy(row->manifest_sha256, sizeof row->manifest_sha256, query_string(q, 3));
    }
    query_end(&q);
    return st;
}

static enum status decide(struct hub_run *r,
                          enum status (*act)(struct reception *rc, const struct ledger_row *row, struct err *err),
                          struct err *err)
{
    struct hub h = { .w = NULL };
    struct reception rc = { .receipts = hub_value(r, "--receipts"), .json = r->json };
    struct ledger_row row = { .seq = 0 };
    enum status st = hub_open(&h, r, err);

    if (st == ST_OK)
        st = find_waiting(&h, r->operand[0], &row, err);
    rc.keys = &h.keys;
    rc.catalog = h.catalog;
    if (st == ST_OK)
        st = reception_open_for(&rc, h.w, row.source_id, err);
    if (st == ST_OK)
        st = make_receipts_folder(rc.receipts, err);
    if (st == ST_OK)
        st = act(&rc, &row, err);
    reception_close(&rc);
    hub_close(&h);
    return st == ST_OK ? outcome(&rc, err) : st;
}

static enum status accept_run(struct hub_run *r, struct err *err)
{
    return decide(r, receive_agreed, err);
}

static enum status refuse_run(struct hub_run *r, struct err *err)
{
    return decide(r, receive_refused, err);
}

/* --- receipts --------------------------------------------------------------------------------------------------- */

static enum status write_receipts(struct hub *h, const char *to, int64_t *n, struct err *err)
{
    struct source_list l;
    struct query *q = NULL;
    bool row = true;
    enum status st = sources_load(&l, h->w, err);

    if (st == ST_OK)
        st = query_ask(&q, &h->w->engine,
                       "SELECT s.source, b.bundle, b.receipt, b.receipt_sig FROM hub_batch b JOIN hub_source s ON "
                       "s.source_id = b.source_id ORDER BY b.received_at", NULL, 0, err);
    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        struct buf bytes = BUF_INIT, marker = BUF_INIT;
        struct id id;

        buf_add(&bytes, query_string(q, 2));
        buf_add(&marker, query_string(q, 3));
        if (source_parse(query_string(q, 0), &id))
            st = receipt_put(to, id, query_string(q, 1), &bytes, &marker, err);
        *n += 1;
        buf_release(&bytes);
        buf_release(&marker);
    }
    query_end(&q);
    sources_free(&l);
    return st == ST_OK ? folder_settle(to, err) : st;
}

static enum status receipts_run(struct hub_run *r, struct err *err)
{
    const char *to = hub_value(r, "--to");
    struct hub h = { .w = NULL };
    int64_t n = 0;
    enum status st = hub_open(&h, r, err);

    if (st == ST_OK && !to)
        st = err_set(err, ST_USAGE, _("--to is missing. Nothing was written. Name a folder for the receipts."));
    if (st == ST_OK)
        st = make_receipts_folder(to, err);
    if (st == ST_OK)
        st = write_receipts(&h, to, &n, err);
    if (st == ST_OK)
        st = policy_publish(&h.keys, h.w, to, err);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "receipts", n);
        hub_print_json("receipts", j);
    } else if (st == ST_OK) {
        printf(tr_n("%lld receipt written\n", "%lld receipts written\n", (unsigned long) n), (long long) n);
    }
    hub_close(&h);
    return st;
}

static const struct option receive_options[] = {
    { "--receipts", "DIR", N_("Where signed receipts are written, in a folder for each laptop") },
    { NULL, NULL, NULL }
};

static const struct option receipts_options[] = {
    { "--to", "DIR", N_("Where signed receipts are written, in a folder for each laptop") },
    { NULL, NULL, NULL }
};

const struct hub_command receive_commands[] = {
    { "receive", NULL, "DIR|FILE…", 1, 1000000, N_("Verify, decrypt, check and merge bundles"), receive_options,
      receive_run },
    { "quarantine", NULL, "", 0, 0, N_("Bundles that were put aside, and why"), NULL, quarantine_run },
    { "accept", NULL, "BUNDLE", 1, 1, N_("Merge a bundle that was put aside because it takes out many rows"),
      receive_options,
      accept_run },
    { "refuse", NULL, "BUNDLE", 1, 1, N_("Do not merge it, and tell the laptop"), receive_options, refuse_run },
    { "receipts", NULL, "", 0, 0, N_("Write all receipts again, and the newest policy beside them"), receipts_options,
      receipts_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, NULL }
};
