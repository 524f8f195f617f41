/* which laptops there are, and what became of each bundle: hub_source and hub_batch. */
#include "ledger.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "shards.h"
#include "dolen/base/banned.h"

/* --- sources ---------------------------------------------------------------------------------------------------- */

enum status sources_load(struct source_list *out, struct warehouse *w, struct err *err)
{
    struct query *q = NULL;
    bool row = true;
    enum status st = query_ask(&q, &w->engine,
                               "SELECT source_id, source, label, signer, registered_at, revoked_at, "
                               "covered_version, snapshot_version FROM hub_source ORDER BY source_id", NULL, 0, err);

    *out = (struct source_list) { NULL, 0, 0 };
    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        struct hub_source *s = ARRAY_ADD(out->items, out->count, out->cap);

        s->source_id = query_integer(q, 0);
        str_copy(s->label, sizeof s->label, query_string(q, 2) ? query_string(q, 2) : "");
        s->registered_at = query_integer(q, 4);
        s->revoked_at = query_integer(q, 5);
        s->covered = query_integer(q, 6);
        s->horizon = query_integer(q, 7);
        if (!source_parse(query_string(q, 1), &s->id) ||
            minisign_public_parse(&s->signer, query_string(q, 3), NULL) != ST_OK)
            st = err_set(err, ST_DB_DAMAGED,
                         _("The register of laptops in this hub is damaged. Nothing was changed. Check it with: "
                           "dolen-hub verify"));
    }
    query_end(&q);
    return st;
}

void sources_free(struct source_list *l)
{
    free(l->items);
    *l = (struct source_list) { NULL, 0, 0 };
}

struct hub_source *sources_by_id(struct source_list *l, struct id id)
{
    for (size_t i = 0; i < l->count; i++)
        if (id_eq(l->items[i].id, id))
            return &l->items[i];
    return NULL;
}

struct hub_source *sources_by_signer(struct source_list *l, const uint8_t key_id[8])
{
    for (size_t i = 0; i < l->count; i++)
        if (memcmp(l->items[i].signer.id, key_id, 8) == 0)
            return &l->items[i];
    return NULL;
}

struct registration {
    const struct source *s;
    const char          *text;
    int64_t              now, number;
};

static enum status add_source(struct warehouse *w, void *ctx, struct err *err)
{
    struct registration *r = ctx;
    struct source_text name = source_show(r->s->id);
    enum status st = warehouse_number(w, "SELECT max(source_id) FROM hub_source", NULL, 0, &r->number, err);
    const struct query_value v[] = {
        query_int(++r->number), query_text(name.s), query_text(r->s->signer), query_text(r->s->name),
        query_text(r->text),
        query_int(r->now),
    };

    return st != ST_OK ? st : query_run(&w->engine,
                                        "INSERT INTO hub_source (source_id, source, signer, label, registration, "
                                        "registered_at, covered_version, snapshot_version, newest_epoch) VALUES "
                                        "(?1, ?2, ?3, ?4, ?5, ?6, 0, 0, 0)", v, ARRAY_LEN(v), err);
}

enum status source_register(struct warehouse *w, const struct source *s, const char *text, int64_t now, int64_t *number,
                            struct err *err)
{
    struct registration r = { s, text, now, 0 };
    struct source_list list;
    struct minisign_public signer;
    struct hub_source *there, *same_key;
    enum status st = sources_load(&list, w, err);

    if (st == ST_OK)
        st = minisign_public_parse(&signer, s->signer, err);
    if (st != ST_OK)
        goto out;
    there = sources_by_id(&list, s->id);
    same_key = sources_by_signer(&list, signer.id);
    if ((there && !minisign_public_eq(&there->signer, &signer)) || (same_key && same_key != there)) {
        st = err_set(err, ST_CONFLICT,
                     _("This laptop, or this key, is registered already with another one. Nothing was changed. Ask "
                       "whoever sent the file which laptop it is; a key can be withdrawn with: dolen-hub sources "
                       "revoke"));
    } else if (there) {
        const struct query_value v[] = { query_int(there->source_id), query_text(s->name) };

        r.number = there->source_id;
        st = query_run(&w->engine,
                       "UPDATE hub_source SET revoked_at = NULL, label = ?2 WHERE source_id = ?1",
                       v, ARRAY_LEN(v), err);
    } else {
        st = warehouse_do(w, add_source, &r, err);
    }
    *number = r.number;
    if (st == ST_OK && w->shards)
        st = source_copy_to_shard(w, r.number, err);
out:
    sources_free(&list);
    return st;
}

enum status source_copy_to_shard(struct warehouse *w, int64_t source_id, struct err *err)
{
    const struct query_value id = query_int(source_id);
    struct warehouse *shard = NULL;
    struct query *q = NULL;
    bool row = false;
    enum status st = shard_of(w, source_id, &shard, err);

    if (st == ST_OK)
        st = query_ask(&q, &w->engine,
                       "SELECT source, signer, label, registration, registered_at, revoked_at FROM hub_source WHERE "
                       "source_id = ?1", &id, 1, err);
    if (st == ST_OK)
        st = query_next(q, &row, err);
    if (st == ST_OK && row) {
        const struct query_value v[] = {
            id, query_text(query_string(q, 0)), query_text(query_string(q, 1)), query_text(query_string(q, 2)),
            query_text(query_string(q, 3)), query_int(query_integer(q, 4)),
            query_is_null(q, 5) ? query_text(NULL) : query_int(query_integer(q, 5)),
        };

        st = query_run(&shard->engine,
                       "INSERT INTO hub_source (source_id, source, signer, label, registration, registered_at, "
                       "revoked_at, covered_version, snapshot_version, newest_epoch) VALUES (?1, ?2, ?3, ?4, ?5, "
                       "?6, ?7, 0, 0, 0) ON CONFLICT (source_id) DO UPDATE SET label = excluded.label, revoked_at = "
                       "excluded.revoked_at", v, ARRAY_LEN(v), err);
    }
    query_end(&q);
    return st;
}

enum status source_revoke(struct warehouse *w, struct id id, int64_t now, struct err *err)
{
    struct source_list list;
    enum status st = sources_load(&list, w, err);
    struct hub_source *s = st == ST_OK ? sources_by_id(&list, id) : NULL;

    if (st == ST_OK && !s)
        st = err_set(err, ST_NOTFOUND,
                     _("No such laptop is registered. Nothing was changed. See: dolen-hub sources list"));
    if (s) {
        const struct query_value v[] = { query_int(now), query_int(s->source_id) };

        st = query_run(&w->engine, "UPDATE hub_source SET revoked_at = ?1 WHERE source_id = ?2", v, ARRAY_LEN(v), err);
        if (st == ST_OK && w->shards)
            st = source_copy_to_shard(w, s->source_id, err);
    }
    sources_free(&list);
    return st;
}

/* --- batches ---------------------------------------------------------------------------------------------------- */

void ledger_row_release(struct ledger_row *r)
{
    buf_release(&r->receipt);
    buf_release(&r->receipt_sig);
}

static void read_row(struct ledger_row *out, struct query *q)
{
    static const size_t sizes[] = { sizeof out->manifest_sha256, sizeof out->marker_sha256, sizeof out->status,
                                    sizeof out->reason, sizeof out->bundle };
    char *const into[] = { out->manifest_sha256, out->marker_sha256, out->status, out->reason, out->bundle };

    for (size_t i = 0; i < ARRAY_LEN(into); i++)
        str_copy(into[i], sizes[i], query_string(q, (int) i) ? query_string(q, (int) i) : "");
    buf_clear(&out->receipt);
    buf_clear(&out->receipt_sig);
    buf_add(&out->receipt, query_string(q, 5) ? query_string(q, 5) : "");
    buf_add(&out->receipt_sig, query_string(q, 6) ? query_string(q, 6) : "");
}

enum status ledger_find(struct warehouse *w, int64_t source_id, int64_t epoch, int64_t seq, const char *manifest_sha256,
                        const char *marker_sha256, struct ledger_row *out, bool *found, bool *others, struct err *err)
{
    const struct query_value v[] = { query_int(source_id), query_int(epoch), query_int(seq) };
    struct query *q = NULL;
    bool row = true;
    enum status st = query_ask(&q, &w->engine,
                               "SELECT manifest_sha256, marker_sha256, status, reason, bundle, receipt, receipt_sig "
                               "FROM hub_batch WHERE source_id = ?1 AND epoch = ?2 AND seq = ?3",
                               v, ARRAY_LEN(v), err);

    *found = *others = false;
    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        bool this_one = manifest_sha256 ? str_eq(query_string(q, 0), manifest_sha256) :
                                          str_eq(query_string(q, 1), marker_sha256);

        if (this_one)
            read_row(out, q);
        *found = *found || this_one;
        *others = *others || !this_one;
    }
    out->source_id = source_id;
    out->epoch = epoch;
    out->seq = seq;
    query_end(&q);
    return st;
}

static char *left_out_text(const struct manifest *m)
{
    struct json *j = json_new_map();
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < m->reasons; i++)
        json_set_int(j, m->left_out[i].name, m->left_out[i].n);
    json_write(&b, j);
    json_free(&j);
    return buf_steal(&b);
}

static struct query_value date_value(const struct date_text *t)
{
    return query_text(t->s[0] ? t->s : NULL);
}

enum status ledger_enter(struct warehouse *w, const struct ledger_row *row, const struct receipt *r,
                         const struct manifest *m, struct err *err)
{
    static const struct manifest none = { .seq = 0 };
    struct date_text from = date_iso((m ? m : &none)->from), until = date_iso((m ? m : &none)->until);
    char *left = left_out_text(m ? m : &none);
    struct id_text batch = id_show(r->batch_id);
    const struct query_value v[] = {
        query_int(row->source_id), query_int(row->epoch), query_int(row->seq), query_text(row->manifest_sha256),
        query_text(row->marker_sha256), query_text(id_is_set(r->batch_id) ? batch.s : NULL), query_text(row->bundle),
        query_text(m ? batch_kind_word(m->kind) : NULL), query_text(row->status), query_text(row->reason),
        query_int(m ? m->base_version : 0), query_int(m ? m->to_version : 0), date_value(&from), date_value(&until),
        query_int(m ? m->people : 0), query_text(left), query_int(r->rows_new), query_int(r->rows_updated),
        query_int(r->rows_stale), query_int(r->rows_deleted), query_int(r->received_at),
        query_text(buf_text(&row->receipt)),
        query_text(buf_text(&row->receipt_sig)),
    };
    enum status st = query_run(&w->engine,
        "INSERT INTO hub_batch (source_id, epoch, seq, manifest_sha256, marker_sha256, batch_id, bundle, kind, "
        "status, reason, "
        "base_version, to_version, period_from, period_until, people, left_out, rows_new, rows_updated, rows_stale, "
        "rows_deleted, received_at, receipt, receipt_sig) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
        "?13, ?14, ?15, ?16, ?17, "
        "?18, ?19, ?20, ?21, ?22, ?23) ON CONFLICT (source_id, epoch, seq, manifest_sha256) DO UPDATE SET "
        "status = excluded.status, reason = excluded.reason, rows_new = excluded.rows_new, rows_updated = "
        "excluded.rows_updated, rows_stale = excluded.rows_stale, rows_deleted = excluded.rows_deleted, received_at "
        "= excluded.received_at, receipt = excluded.receipt, receipt_sig = excluded.receipt_sig", v, ARRAY_LEN(v), err);

    free(left);
    return st;
}

/* --- what is covered -------------------------------------------------------------------------------------------- */

struct interval {
    int64_t after, until;
};

static int by_start(const void *a, const void *b)
{
    const struct interval *x = a, *y = b;

    return x->after < y->after ? -1 : x->after > y->after;
}

/* A running maximum would be wrong as soon as two batches came in another order: the intervals are walked. */
static void walk(struct interval *at, size_t n, struct hub_source *s, struct receipt *r)
{
    int64_t reached = s->horizon;

    if (n)
        qsort(at, n, sizeof *at, by_start);
    s->covered = s->horizon;
    r->gaps = 0;
    for (size_t i = 0; i < n; i++) {
        if (at[i].until <= reached)
            continue;
        if (at[i].after > reached && r->gaps < RECEIPT_GAPS_MAX)
            r->missing[r->gaps++] = (struct receipt_gap) { reached, at[i].after };
        reached = at[i].until;
        if (r->gaps == 0)
            s->covered = reached;
    }
    r->covered_version = s->covered;
}

enum status ledger_cover(struct warehouse *w, struct hub_source *s, const struct manifest *own, struct receipt *r,
                         struct err *err)
{
    struct { struct interval *items; size_t count, cap; } list = { NULL, 0, 0 };
    const struct query_value v[] = { query_int(s->source_id), query_int(s->horizon) };
    struct query *q = NULL;
    bool row = true;
    enum status st = query_ask(&q, &w->engine,
                               "SELECT base_version, to_version FROM hub_batch WHERE source_id = ?1 AND status = "
                               "'accepted' AND kind <> 'snapshot' AND to_version > ?2", v, ARRAY_LEN(v), err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row)
        *ARRAY_ADD(list.items, list.count, list.cap) = (struct interval) { query_integer(q, 0), query_integer(q, 1) };
    query_end(&q);
    if (own && own->kind != BATCH_SNAPSHOT)
        *ARRAY_ADD(list.items, list.count, list.cap) = (struct interval) { own->base_version, own->to_version };
    if (st == ST_OK) {
        struct query_value set[2];

        walk(list.items, list.count, s, r);
        set[0] = query_int(s->covered);
        set[1] = query_int(s->source_id);
        st = query_run(&w->engine,
                       "UPDATE hub_source SET covered_version = ?1 WHERE source_id = ?2", set, ARRAY_LEN(set), err);
    }
    free(list.items);
    return st;
}
