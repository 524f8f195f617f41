/* merging as SQL over the staging tables, the same on both engines.
 *
 * Sources stand in the text as numbers, because PostgreSQL plans by what it sees; nothing else from outside does. */
#include "merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* A snapshot that would take out more waits for a person. */
enum { DELETES_MUCH = 50, DELETES_PERCENT = 5 };

struct wave {
    struct warehouse  *w;
    struct wave_batch *b;
    size_t             n;
    struct buf         all, snapshots;      /* "(1, 5, 9)": of those that had rows before, and of their snapshots */
    bool               any, any_snapshot, any_grave;
};

static enum status run(struct warehouse *w, struct buf *sql, struct err *err)
{
    enum status st = query_run(&w->engine, buf_text(sql), NULL, 0, err);

    buf_clear(sql);
    return st;
}

/* --- the wave --------------------------------------------------------------------------------------------------- */

static bool is_effective(const struct wave_batch *b)
{
    return b->snapshot && b->to_version > b->horizon;
}

static void add_source(struct buf *list, int64_t source_id)
{
    buf_addf(list, "%s%lld", list->len ? ", " : "(", (long long) source_id);
}

/* Where nothing was before, nothing can be replaced or taken out: such sources need no look at what is there. */
static void list_sources(struct wave *v)
{
    buf_clear(&v->all);
    buf_clear(&v->snapshots);
    for (size_t i = 0; i < v->n; i++) {
        if (v->b[i].held || v->b[i].fresh)
            continue;
        add_source(&v->all, v->b[i].source_id);
        if (is_effective(&v->b[i]))
            add_source(&v->snapshots, v->b[i].source_id);
    }
    v->any = v->all.len > 0;
    v->any_snapshot = v->snapshots.len > 0;
    buf_add(&v->all, v->any ? ")" : "(-1)");
    buf_add(&v->snapshots, v->any_snapshot ? ")" : "(-1)");
}

/* What counts as stale: for a delta everything up to the horizon; for a snapshot nothing, or, when a later one was
 * there before it, all of it. */
static int64_t stale_up_to(const struct wave_batch *b)
{
    if (!b->snapshot)
        return b->horizon;
    return is_effective(b) ? -1 : INT64_MAX;
}

static enum status write_wave(struct wave *v, struct err *err)
{
    struct buf sql = BUF_INIT;
    enum status st;

    buf_add(&sql, "INSERT INTO " STAGE "wave (source_id, snapshot, to_version, horizon, cut) VALUES ");
    for (size_t i = 0; i < v->n; i++)
        buf_addf(&sql, "%s(%lld, %d, %lld, %lld, '%s')", i ? ", " : "", (long long) v->b[i].source_id,
                 is_effective(&v->b[i]), (long long) v->b[i].to_version, (long long) stale_up_to(&v->b[i]),
                 date_iso(v->b[i].from).s);
    st = run(v->w, &sql, err);
    buf_release(&sql);
    return st;
}

/* "a.k1 = b.k1 AND …" */
static void same_key(struct buf *sql, const struct wh_table *t, const char *a, const char *b)
{
    for (size_t i = 0; i < t->keys; i++) {
        const char *k = t->columns[t->key[i]].name;

        buf_addf(sql, "%s%s.%s = %s.%s", i ? " AND " : "", a, k, b, k);
    }
}

/* Adds n, or the two numbers, of each source to its batch. */
static enum status add_counts(struct wave *v, struct buf *sql, size_t into, size_t into2, struct err *err)
{
    struct query *q = NULL;
    bool row = true;
    enum status st = query_ask(&q, &v->w->engine, buf_text(sql), NULL, 0, err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row)
        for (size_t i = 0; i < v->n; i++)
            if (v->b[i].source_id == query_integer(q, 0)) {
                *(int64_t *) (void *) ((char *) &v->b[i] + into) += query_integer(q, 1);
                if (into2)
                    *(int64_t *) (void *) ((char *) &v->b[i] + into2) += query_integer(q, 2);
            }
    query_end(&q);
    buf_clear(sql);
    return st;
}

#define COUNT(field) offsetof(struct wave_batch, field)

/* Counts the rows of "SELECT t.source_id, count(*)" + what, and takes them out when there are any. Clears what. */
static enum status count_and_delete(struct wave *v, struct buf *what, size_t into, struct err *err)
{
    struct buf sql = BUF_INIT;
    int64_t before = 0, after = 0;
    enum status st;

    buf_addf(&sql, "SELECT t.source_id, count(*)%s GROUP BY t.source_id", buf_text(what));
    for (size_t i = 0; i < v->n; i++)
        before += *(int64_t *) (void *) ((char *) &v->b[i] + into);
    st = add_counts(v, &sql, into, 0, err);
    for (size_t i = 0; i < v->n; i++)
        after += *(int64_t *) (void *) ((char *) &v->b[i] + into);
    buf_addf(&sql, "DELETE%s", buf_text(what));
    if (st == ST_OK && after > before)
        st = run(v->w, &sql, err);
    buf_release(&sql);
    buf_clear(what);
    return st;
}

/* --- what a snapshot takes out ---------------------------------------------------------------------------------- */

/* The rows that a batch from CUT on speaks of, as the export has it (docs/export.md): episodes open on or after that
 * day and what belongs to them, referrals received since or with such an episode. Others stay as an earlier batch
 * said. Needs and what belongs to an episode stay with a parent that stays. In this order: each looks at what the
 * next takes out. */
#define SINCE(column) "(" column " IS NULL OR " column " >= substr(w.cut, 1, length(" column ")))"
#define PARENT_GOES(parent, key)                                                                                      \
    "NOT EXISTS (SELECT 1 FROM " parent " p WHERE p.source_id = t.source_id AND p." key " = t." key                   \
    " AND NOT EXISTS (SELECT 1 FROM " STAGE parent " s WHERE s.source_id = p.source_id AND s." key " = p." key "))"

static const struct scope {
    const char *table, *needs[2], *sql;     /* columns that the text stands on: without one, all rows are spoken of */
} scopes[] = {
    { "referral", { "received_on", "referral_id" },
      "(" SINCE("t.received_on") " OR EXISTS (SELECT 1 FROM episode p WHERE p.source_id = t.source_id AND "
      "p.referral_id = t.referral_id AND " SINCE("p.closed_on") "))" },
    { "need", { "referral_id", "rank" }, PARENT_GOES("referral", "referral_id") },
    { "episode", { "closed_on", "referral_id" }, SINCE("t.closed_on") },
    { "contact", { "episode_id", NULL }, PARENT_GOES("episode", "episode_id") },
    { "goal", { "episode_id", NULL }, PARENT_GOES("episode", "episode_id") },
    { "asset_use", { "episode_id", NULL }, PARENT_GOES("episode", "episode_id") },
    { "outcome", { "episode_id", NULL }, PARENT_GOES("episode", "episode_id") },
    { "unmet_need", { "episode_id", "gap_on" },
      PARENT_GOES("episode", "episode_id") " AND (t.episode_id IS NOT NULL OR " SINCE("t.gap_on") ")" },
    { "capacity", { "month", NULL }, "t.month >= substr(w.cut, 1, 7)" },
    { "safeguarding", { "quarter", NULL },
      "substr(t.quarter, 1, 4) || CASE substr(t.quarter, 7, "
      "1) WHEN '1' THEN '-01-01' WHEN '2' THEN '-04-01' WHEN '3' THEN '-07-01' "
      "ELSE '-10-01' END >= w.cut" },
};

static const char *scope_of(const struct wh_schema *s, const struct wh_table *t)
{
    const struct wh_table *episode = schema_table(s, "episode"), *referral = schema_table(s, "referral");

    if (!episode || !referral || schema_column(episode, "closed_on") < 0 || schema_column(episode, "referral_id") < 0)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(scopes); i++) {
        if (!str_eq(scopes[i].table, t->name))
            continue;
        for (size_t k = 0; k < ARRAY_LEN(scopes[i].needs) && scopes[i].needs[k]; k++)
            if (schema_column(t, scopes[i].needs[k]) < 0)
                return NULL;
        return scopes[i].sql;
    }
    return NULL;
}

/* "FROM t WHERE …": the rows that the snapshots of this wave take out. */
static void taken_out(struct buf *sql, const struct wave *v, const struct wh_table *t)
{
    const char *scope = scope_of(v->w->schema, t);

    buf_addf(sql, " FROM %s AS t WHERE t.source_id IN %s AND EXISTS (SELECT 1 FROM " STAGE "wave w "
                  "WHERE w.source_id = t.source_id "
                  "AND w.snapshot = 1 AND t.row_version <= w.to_version", t->name, buf_text(&v->snapshots));
    if (scope)
        buf_addf(sql, " AND %s", scope);
    buf_addf(sql, ") AND NOT EXISTS (SELECT 1 FROM " STAGE "%s s WHERE ", t->name);
    same_key(sql, t, "s", "t");
    buf_add_char(sql, ')');
}

/* Tables in the order of scopes, then the others. */
static const struct wh_table *in_order(const struct wh_schema *s, size_t i)
{
    size_t at = 0;

    for (size_t k = 0; k < ARRAY_LEN(scopes); k++) {
        const struct wh_table *t = schema_table(s, scopes[k].table);

        if (t && at++ == i)
            return t;
    }
    for (size_t k = 0; k < s->count; k++) {
        bool listed = false;

        for (size_t n = 0; n < ARRAY_LEN(scopes); n++)
            listed = listed || str_eq(scopes[n].table, s->tables[k].name);
        if (!listed && at++ == i)
            return &s->tables[k];
    }
    return NULL;
}

static enum status drop_batch(struct wave *v, struct wave_batch *b, struct err *err)
{
    b->held = true;
    return merge_drop(v->w, b->source_id, b->fresh, err);
}

static enum status count_rows(struct wave *v, const struct wave_batch *b, int64_t *out, struct err *err)
{
    const struct wh_schema *s = v->w->schema;
    struct buf sql = BUF_INIT;
    enum status st;

    buf_add(&sql, "SELECT ");
    for (size_t i = 0; i < s->count; i++)
        buf_addf(&sql, "%s(SELECT count(*) FROM %s WHERE source_id = %lld)", i ? " + " : "", s->tables[i].name,
                 (long long) b->source_id);
    st = warehouse_number(v->w, buf_text(&sql), NULL, 0, out, err);
    buf_release(&sql);
    return st;
}

static bool deletes_much(const struct wave_batch *b)
{
    return is_effective(b) && !b->held && !b->agreed && b->taken_out > 0 &&
           (b->taken_out > DELETES_MUCH || b->taken_out * 100 > b->rows_before * DELETES_PERCENT);
}

static enum status snapshots_take_out(struct wave *v, struct err *err)
{
    struct buf sql = BUF_INIT;
    const struct wh_table *t;
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && (t = in_order(v->w->schema, i)); i++) {
        taken_out(&sql, v, t);
        st = count_and_delete(v, &sql, COUNT(taken_out), err);
    }
    buf_release(&sql);
    return st;
}

/* --- tombstones ------------------------------------------------------------------------------------------------- */

/* The id that a tombstone of which table takes this table's rows out by: its own, or that of the row it stands and
 * falls with. false: none does. */
static bool grave_of(const struct wh_table *t, const char **table, const char **column)
{
    int at = t->own_id >= 0 ? t->own_id : t->parent.column;

    if (at < 0)
        return false;
    *table = t->own_id >= 0 ? t->name : t->parent.table;
    *column = t->columns[at].name;
    return true;
}

static enum status any_graves(struct wave *v, struct err *err)
{
    char *sql = xasprintf("SELECT count(*) FROM (SELECT 1 FROM tombstone WHERE source_id IN %s LIMIT 1) x",
                          buf_text(&v->all));
    int64_t n = 0;
    enum status st = v->any ? warehouse_number(v->w, sql, NULL, 0, &n, err) : ST_OK;

    v->any_grave = n > 0;
    free(sql);
    return st;
}

/* A snapshot has the last word over what was taken back before it; what it takes back itself is never held. */
static enum status settle_tombstones(struct wave *v, struct err *err)
{
    struct buf sql = BUF_INIT;
    enum status st;

    buf_addf(&sql, "DELETE FROM tombstone WHERE source_id IN %s AND EXISTS (SELECT 1 FROM " STAGE "wave w WHERE "
                   "w.source_id = tombstone.source_id AND w.snapshot = 1 AND tombstone.row_version <= w.to_version)",
             buf_text(&v->snapshots));
    st = v->any_snapshot ? run(v->w, &sql, err) : ST_OK;
    buf_clear(&sql);
    buf_add(&sql, "DELETE FROM " STAGE "tombstone WHERE EXISTS (SELECT 1 FROM " STAGE "wave w WHERE "
                  "w.source_id = " STAGE "tombstone.source_id AND " STAGE "tombstone.row_version <= w.horizon)");
    if (st == ST_OK)
        st = run(v->w, &sql, err);
    buf_add(&sql, "INSERT INTO tombstone (source_id, table_name, row_id, row_version) SELECT source_id, table_name, "
                  "row_id, "
                  "max(row_version) FROM " STAGE "tombstone WHERE row_id IS NOT NULL GROUP BY source_id, table_name, "
                  "row_id "
                  "ON CONFLICT (source_id, table_name, row_id) DO UPDATE SET row_version = excluded.row_version "
                  "WHERE excluded.row_version > tombstone.row_version");
    if (st == ST_OK)
        st = run(v->w, &sql, err);
    buf_release(&sql);
    return st == ST_OK ? any_graves(v, err) : st;
}

/* "FROM t WHERE a tombstone (of the list named) is at least as new" */
static void buried(struct buf *sql, const struct wave *v, const struct wh_table *t, const char *rows,
                   const char *graves)
{
    const char *table = NULL, *column = NULL;

    grave_of(t, &table, &column);
    buf_addf(sql, " FROM %s AS t WHERE t.source_id IN %s AND EXISTS (SELECT 1 FROM %s d "
                  "WHERE d.source_id = t.source_id AND "
                  "d.table_name = '%s' AND d.row_id = t.%s AND d.row_version >= t.row_version)",
             rows, buf_text(&v->all), graves, table, column);
}

static enum status tombstones_take_out(struct wave *v, struct err *err)
{
    struct buf sql = BUF_INIT;
    enum status st = ST_OK;
    int64_t any = 0;

    if (v->any)
        st = warehouse_number(v->w, "SELECT count(*) FROM " STAGE "tombstone", NULL, 0, &any, err);
    for (size_t i = 0; any && i < v->w->schema->count && st == ST_OK; i++) {
        const struct wh_table *t = &v->w->schema->tables[i];
        const char *table, *column;

        if (!grave_of(t, &table, &column))
            continue;
        buried(&sql, v, t, t->name, STAGE "tombstone");
        st = count_and_delete(v, &sql, COUNT(rows_deleted), err);
    }
    buf_release(&sql);
    return st;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

static bool may_be_stale(const struct wave *v)
{
    for (size_t i = 0; i < v->n; i++)
        if (!v->b[i].held && stale_up_to(&v->b[i]) > 0)
            return true;
    return false;
}

/* Stale and buried rows leave the staging table. */
static enum status thin_out(struct wave *v, const struct wh_table *t, struct err *err)
{
    struct buf sql = BUF_INIT, stage = BUF_INIT;
    const char *table, *column;
    enum status st;

    buf_addf(&stage, STAGE "%s", t->name);
    buf_addf(&sql, "DELETE FROM %s WHERE EXISTS (SELECT 1 FROM " STAGE "wave w WHERE w.source_id = %s.source_id AND "
                   "%s.row_version <= w.horizon)", stage.s, stage.s, stage.s);
    st = may_be_stale(v) ? run(v->w, &sql, err) : ST_OK;
    buf_clear(&sql);
    if (st == ST_OK && v->any_grave && grave_of(t, &table, &column)) {
        buf_add(&sql, "DELETE");
        buried(&sql, v, t, stage.s, "tombstone");
        st = run(v->w, &sql, err);
    }
    buf_release(&sql);
    buf_release(&stage);
    return st;
}

static enum status count_new(struct wave *v, const struct wh_table *t, struct err *err)
{
    struct buf sql = BUF_INIT;
    enum status st;

    buf_addf(&sql, "SELECT s.source_id, sum(CASE WHEN t.row_version IS NULL THEN 1 ELSE 0 END), "
                   "sum(CASE WHEN t.row_version < s.row_version THEN 1 ELSE 0 END) FROM " STAGE "%s s LEFT JOIN %s t "
                   "ON ",
             t->name, t->name);
    same_key(&sql, t, "t", "s");
    buf_addf(&sql, " WHERE s.source_id IN %s GROUP BY s.source_id", buf_text(&v->all));
    st = v->any ? add_counts(v, &sql, COUNT(rows_new), COUNT(rows_updated), err) : ST_OK;
    buf_release(&sql);
    return st;
}

static void upsert(struct buf *sql, const struct wh_table *t)
{
    buf_addf(sql, "INSERT INTO %s (", t->name);
    for (size_t i = 0; i < t->count; i++)
        buf_addf(sql, "%s%s", i ? ", " : "", t->columns[i].name);
    buf_add(sql, ") SELECT ");
    for (size_t i = 0; i < t->count; i++)
        buf_addf(sql, "%s%s", i ? ", " : "", t->columns[i].name);
    buf_addf(sql, " FROM " STAGE "%s WHERE source_id > 0 ON CONFLICT (", t->name);
    for (size_t i = 0; i < t->keys; i++)
        buf_addf(sql, "%s%s", i ? ", " : "", t->columns[t->key[i]].name);
    buf_add(sql, ") DO UPDATE SET ");
    for (size_t i = 1, done = 0; i < t->count; i++) {
        bool key = false;

        for (size_t k = 0; k < t->keys; k++)
            key = key || t->key[k] == i;
        if (!key)
            buf_addf(sql, "%s%s = excluded.%s", done++ ? ", " : "", t->columns[i].name, t->columns[i].name);
    }
    buf_addf(sql, " WHERE excluded.row_version > %s.row_version", t->name);
}

static enum status merge_table(struct wave *v, const struct wh_table *t, struct err *err)
{
    struct buf sql = BUF_INIT;
    int64_t rows = 0;
    enum status st;

    buf_addf(&sql, "SELECT count(*) FROM (SELECT 1 FROM " STAGE "%s LIMIT 1) x", t->name);
    st = warehouse_number(v->w, buf_text(&sql), NULL, 0, &rows, err);
    buf_clear(&sql);
    if (st == ST_OK && rows)
        st = thin_out(v, t, err);
    if (st == ST_OK && rows)
        st = count_new(v, t, err);
    upsert(&sql, t);
    if (st == ST_OK && rows)
        st = run(v->w, &sql, err);
    buf_release(&sql);
    return st;
}

/* Rows that are true only together: older ones of the same group go, and those older than the row they belong to. */
static enum status settle_group(struct wave *v, const struct wh_table *t, struct err *err)
{
    const struct wh_table *parent = t->parent.table ? schema_table(v->w->schema, t->parent.table) : NULL;
    const char *group = t->columns[t->group].name, *name = t->name;
    struct buf sql = BUF_INIT;
    enum status st;

    buf_addf(&sql,
             "DELETE FROM %s WHERE source_id IN %s AND EXISTS (SELECT 1 FROM %s o WHERE o.source_id = %s.source_id "
             "AND o.%s = %s.%s AND o.row_version > %s.row_version)",
             name, buf_text(&v->all), name, name, group, name, group, name);
    st = run(v->w, &sql, err);
    if (st == ST_OK && parent && t->own_id < 0) {
        buf_addf(&sql,
                 "DELETE FROM %s WHERE source_id IN %s AND EXISTS (SELECT 1 FROM %s p WHERE p.source_id = "
                 "%s.source_id "
                 "AND p.%s = %s.%s AND p.row_version > %s.row_version)",
                 name, buf_text(&v->all), parent->name, name, group, name, group, name);
        st = run(v->w, &sql, err);
    }
    buf_release(&sql);
    return st;
}

static enum status move_horizons(struct wave *v, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < v->n && st == ST_OK; i++) {
        const struct query_value values[] = { query_int(v->b[i].to_version), query_int(v->b[i].source_id) };

        if (is_effective(&v->b[i]) && !v->b[i].held)
            st = query_run(&v->w->engine, "UPDATE hub_source SET snapshot_version = ?1 WHERE source_id = ?2", values,
                           ARRAY_LEN(values), err);
    }
    return st;
}

/* --- all of it -------------------------------------------------------------------------------------------------- */

static enum status merge_once(struct wave *v, struct err *err)
{
    const struct wh_schema *s = v->w->schema;
    enum status st = settle_tombstones(v, err);

    for (size_t i = 0; i < s->count && st == ST_OK; i++)
        st = merge_table(v, &s->tables[i], err);
    if (st == ST_OK)
        st = tombstones_take_out(v, err);
    for (size_t i = 0; i < s->count && st == ST_OK && v->any; i++)
        if (s->tables[i].group >= 0)
            st = settle_group(v, &s->tables[i], err);
    if (st == ST_OK && v->any_snapshot)
        st = snapshots_take_out(v, err);
    return st == ST_OK ? move_horizons(v, err) : st;
}

static enum status begin_counts(struct wave *v, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < v->n && st == ST_OK; i++) {
        struct wave_batch *b = &v->b[i];

        b->rows_new = b->fresh ? b->staged : 0;
        b->rows_updated = b->rows_deleted = 0;
        if (b->held)
            continue;
        b->taken_out = 0;
        if (is_effective(b) && !b->agreed && !b->fresh)
            st = count_rows(v, b, &b->rows_before, err);
    }
    return st;
}

/* What a snapshot takes out is known when it has been merged: so that is tried, and taken back when it is much. */
static enum status merge_or_hold(struct wave *v, bool *again, struct err *err)
{
    enum status st = begin_counts(v, err);

    *again = false;
    if (st == ST_OK && v->any_snapshot)
        st = query_run(&v->w->engine, "SAVEPOINT wave", NULL, 0, err);
    if (st == ST_OK)
        st = merge_once(v, err);
    for (size_t i = 0; i < v->n; i++)
        *again = *again || deletes_much(&v->b[i]);
    if (st == ST_OK && *again)
        st = query_run(&v->w->engine, "ROLLBACK TO SAVEPOINT wave", NULL, 0, err);
    if (st == ST_OK && v->any_snapshot)
        st = query_run(&v->w->engine, "RELEASE SAVEPOINT wave", NULL, 0, err);
    for (size_t i = 0; i < v->n && *again && st == ST_OK; i++)
        if (deletes_much(&v->b[i]))
            st = drop_batch(v, &v->b[i], err);
    list_sources(v);
    return st;
}

enum status wave_merge(struct warehouse *w, struct wave_batch *batches, size_t n, struct err *err)
{
    struct wave v = { .w = w, .b = batches, .n = n };
    bool again = true;
    enum status st;

    list_sources(&v);
    st = write_wave(&v, err);
    while (st == ST_OK && again)
        st = merge_or_hold(&v, &again, err);
    for (size_t i = 0; i < n; i++) {
        struct wave_batch *b = &batches[i];

        b->rows_deleted += b->held ? 0 : b->taken_out;
        b->rows_stale = b->held ? 0 : b->staged - b->rows_new - b->rows_updated;
    }
    buf_release(&v.all);
    buf_release(&v.snapshots);
    return st;
}
