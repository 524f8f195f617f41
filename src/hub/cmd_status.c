/* status, verify: how the hub stands. */
#include "open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "ledger.h"
#include "dolen/base/banned.h"

enum { SILENT_DAYS = 14 };

/* --- status ----------------------------------------------------------------------------------------------------- */

static enum status count_tables(struct hub *h, struct json *rows, struct err *err)
{
    const struct wh_schema *s = h->w->schema;
    enum status st = ST_OK;

    for (size_t i = 0; i < s->count && st == ST_OK; i++) {
        char *sql = xasprintf("SELECT count(*) FROM %s", s->tables[i].name);
        int64_t n = 0;

        st = warehouse_number(h->w, sql, NULL, 0, &n, err);
        json_set_int(rows, s->tables[i].name, n);
        free(sql);
    }
    return st;
}

static enum status count_batches(struct hub *h, struct json *batches, struct err *err)
{
    struct query *q = NULL;
    bool row = true;
    enum status st = query_ask(&q, &h->w->engine,
                               "SELECT status, count(*) FROM hub_batch GROUP BY status ORDER BY status",
                               NULL, 0, err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row)
        json_set_int(batches, query_string(q, 0), query_integer(q, 1));
    query_end(&q);
    return st;
}

/* When each laptop was last heard of, and whether it has gaps. */
static enum status list_sources(struct hub *h, struct json *list, struct err *err)
{
    struct query *q = NULL;
    bool row = true;
    enum status st = query_ask(&q, &h->w->engine,
        "SELECT s.source, s.label, s.revoked_at, s.covered_version, max(b.received_at), "
        "coalesce(max(CASE WHEN b.status = 'accepted' "
        "THEN b.to_version END), 0), s.source_id FROM hub_source s LEFT JOIN hub_batch b ON b.source_id = s.source_id "
        "GROUP BY s.source_id, s.source, s.label, s.revoked_at, s.covered_version ORDER BY s.source_id", NULL, 0, err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        struct json *one = json_new_map();
        int64_t last = query_integer(q, 4);

        json_set_text(one, "source_id", query_string(q, 0));
        json_set_text(one, "label", query_string(q, 1));
        json_set_bool(one, "revoked", !query_is_null(q, 2));
        json_set_text(one, "last_received", query_is_null(q, 4) ? NULL : instant_iso(last).s);
        json_set_bool(one, "silent",
                      query_is_null(q, 2) && (query_is_null(q, 4) || clock_now() - last > SILENT_DAYS * 86400));
        json_set_bool(one, "gaps", query_integer(q, 5) > query_integer(q, 3));
        json_append(list, one);
    }
    query_end(&q);
    return st;
}

static int64_t number_of(const struct json *j, const char *key)
{
    return json_get(j, key) ? json_int(json_get(j, key)) : 0;
}

static void print_source(const struct json *s)
{
    struct buf label = BUF_INIT;
    const char *last = json_get_text(s, "last_received");

    text_tame(&label, json_get_text(s, "label") ? json_get_text(s, "label") : "", false);
    printf("  %s  %s  %s%s%s%s\n", json_get_text(s, "source_id"), last ? last : "-", buf_text(&label),
           json_bool(json_get(s, "revoked")) ? _(" (withdrawn)") : "",
           json_bool(json_get(s, "silent")) ? _(" (silent)") : "",
           json_bool(json_get(s, "gaps")) ? _(" (something is missing)") : "");
    buf_release(&label);
}

static void print_rows(void *ctx, const char *table, struct json *n)
{
    (void) ctx;
    printf("  %-12s %lld\n", table, (long long) json_int(n));
}

static void print_status(const struct json *j)
{
    const struct json *b = json_get(j, "batches"), *list = json_get(j, "sources");

    printf(_("Bundles: %lld taken, %lld not taken, %lld put aside\n"), (long long) number_of(b, "accepted"),
           (long long) number_of(b, "rejected"), (long long) number_of(b, "quarantined"));
    puts(_("Rows:"));
    json_each(json_get(j, "rows"), print_rows, NULL);
    printf(_("Laptops: %zu\n"), json_count(list));
    for (size_t i = 0; i < json_count(list); i++)
        print_source(json_at(list, i));
}

static enum status status_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    struct json *j = json_new_map(), *rows = json_new_map(), *batches = json_new_map(), *list = json_new_list();
    enum status st = hub_open(&h, r, err);

    if (st == ST_OK)
        st = count_tables(&h, rows, err);
    if (st == ST_OK)
        st = count_batches(&h, batches, err);
    if (st == ST_OK)
        st = list_sources(&h, list, err);
    json_set_text(j, "data_set", st == ST_OK ? h.w->schema->data_set->id : NULL);
    json_set(j, "batches", batches);
    json_set(j, "rows", rows);
    json_set(j, "sources", list);
    if (st == ST_OK && !r->json)
        print_status(j);
    if (st == ST_OK && r->json)
        hub_print_json("status", j);
    else
        json_free(&j);
    hub_close(&h);
    return st;
}

/* --- verify ----------------------------------------------------------------------------------------------------- */

struct found {
    int64_t receipts, wrong, covered_wrong;
};

/* Every receipt in the ledger is still the one that this hub signed. */
static enum status verify_receipts(struct hub *h, struct found *f, struct err *err)
{
    struct query *q = NULL;
    bool row = true;
    enum status st = query_ask(&q, &h->w->engine,
                               "SELECT receipt, receipt_sig, status, manifest_sha256 FROM hub_batch", NULL, 0, err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        const char *bytes = query_string(q, 0), *sig = query_string(q, 1);
        struct receipt r;
        enum status one = receipt_verify(&r, bytes ? bytes : "", bytes ? strlen(bytes) : 0, sig ? sig : "",
                                         sig ? strlen(sig) : 0, &h->keys.sign_public, NULL);

        f->receipts++;
        if (one != ST_OK || !str_eq(receipt_status_word(r.status), query_string(q, 2)))
            f->wrong++;
        receipt_release(&r);
    }
    query_end(&q);
    return st;
}

static enum status verify_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    struct found f = { 0, 0, 0 };
    enum status st = hub_open(&h, r, err);

    if (st == ST_OK && h.w->ops->check)
        st = h.w->ops->check(h.w, err);
    if (st == ST_OK)
        st = verify_receipts(&h, &f, err);
    if (st == ST_OK && f.wrong)
        st = err_set(err, ST_DB_DAMAGED,
                     tr_n("%lld entry of the ledger is not as this hub signed it. Nothing was changed. Restore the "
                          "hub from its backup, and let the laptops send again.",
                          "%lld entries of the ledger are not as this hub signed them. Nothing was changed. Restore "
                          "the hub from its backup, and let the laptops send again.",
                          (unsigned long) f.wrong),
                     (long long) f.wrong);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "receipts", f.receipts);
        hub_print_json("verify", j);
    } else if (st == ST_OK) {
        printf(tr_n("The hub is whole; %lld entry of its ledger is as it was signed.\n",
                    "The hub is whole; %lld entries of its ledger are as they were signed.\n",
                    (unsigned long) f.receipts),
               (long long) f.receipts);
    }
    hub_close(&h);
    return st;
}

const struct hub_command status_commands[] = {
    { "status", NULL, "", 0, 0, N_("What has arrived, from whom, and who is silent"), NULL, status_run },
    { "verify", NULL, "", 0, 0, N_("Check the hub's file and every entry of its ledger"), NULL, verify_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, NULL }
};
