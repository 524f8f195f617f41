/* one hub over several PostgreSQL servers: laying the tables, opening, finding the shard of a laptop. */
#include "shards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "merge.h"
#include "dolen/base/banned.h"

/* --- the coordinator's tables ----------------------------------------------------------------------------------- */

static enum status run(struct warehouse *w, struct buf *sql, struct err *err)
{
    enum status st = query_run(&w->engine, buf_text(sql), NULL, 0, err);

    buf_clear(sql);
    return st;
}

/* The columns of a table that is there, for one made like it: a partitioned table over foreign ones can have no key. */
static enum status parent_table(struct warehouse *w, const char *table, size_t n, struct err *err)
{
    struct buf sql = BUF_INIT;
    enum status st;

    buf_addf(&sql, "ALTER TABLE %s RENAME TO %s_was", table, table);
    st = run(w, &sql, err);
    buf_addf(&sql, "CREATE TABLE %s (LIKE %s_was) PARTITION BY HASH (source_id)", table, table);
    if (st == ST_OK)
        st = run(w, &sql, err);
    buf_addf(&sql, "DROP TABLE %s_was", table);
    if (st == ST_OK)
        st = run(w, &sql, err);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        buf_addf(&sql, "CREATE FOREIGN TABLE %s_shard%zu PARTITION OF %s FOR VALUES WITH (MODULUS %zu, REMAINDER %zu) "
                       "SERVER dolen_shard%zu OPTIONS (table_name '%s')", table, i, table, n, i, i, table);
        st = run(w, &sql, err);
    }
    buf_release(&sql);
    return st;
}

static const char *const ledger_tables[] = { "hub_batch", "tombstone" };

static enum status parent_tables(struct warehouse *w, size_t n, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; i < w->schema->count && st == ST_OK; i++)
        st = parent_table(w, w->schema->tables[i].name, n, err);
    for (size_t i = 0; i < ARRAY_LEN(ledger_tables) && st == ST_OK; i++)
        st = parent_table(w, ledger_tables[i], n, err);
    return st;
}

static enum status add_server(struct warehouse *w, size_t i, const char *url, struct err *err)
{
    struct buf sql = BUF_INIT, server = BUF_INIT, user = BUF_INIT;
    enum status st = pq_foreign_options(url, &server, &user, err);

    buf_addf(&sql, "CREATE SERVER dolen_shard%zu FOREIGN DATA WRAPPER postgres_fdw OPTIONS (%s%sasync_capable 'true', "
                   "fetch_size '10000')", i, buf_text(&server), server.len ? ", " : "");
    if (st == ST_OK)
        st = run(w, &sql, err);
    buf_clear(&sql);
    buf_addf(&sql, "CREATE USER MAPPING FOR CURRENT_USER SERVER dolen_shard%zu OPTIONS (%s%spassword_required "
                   "'false')", i,
             buf_text(&user), user.len ? ", " : "");
    if (st == ST_OK)
        st = run(w, &sql, err);
    buf_release(&sql);
    buf_wipe(&server);
    buf_wipe(&user);
    return st;
}

/* --- additive partials ------------------------------------------------------------------------------------------ */

/* n, sum and sum of squares add up over servers; a mean does not. PostgreSQL hands only complete aggregates on to
 * foreign servers, so each shard has the partials as a view, and the whole is a sum over what the shards answer at
 * the same time. */
static const struct partial { const char *name, *keys, *key_types, *sums, *sum_columns, *from; } partials[] = {
    { "partial_referral", "substr(received_on, 1, 7) AS month, source, route, decision",
      "month text, source text, route text, decision text", "count(*) AS n", "n bigint", "referral" },
    { "partial_contact", "substr(contact_on, 1, 7) AS month, contact_type, contact_result",
      "month text, contact_type text, contact_result text",
      "count(*) AS n, CAST(coalesce(sum(contact_minutes), 0) AS bigint) AS minutes", "n bigint, minutes bigint",
      "contact" },
    { "partial_outcome", "instrument, item, stage", "instrument text, item text, stage text",
      "count(value) AS n, coalesce(sum(value), 0) AS total, coalesce(sum(value * value), 0) AS squares",
      "n bigint, total double precision, squares double precision", "outcome" },
};

static int words_in(const char *list)
{
    int n = 1;

    for (; *list; list++)
        n += *list == ',';
    return n;
}

/* Columns of a data set may be called otherwise: then there is no such view. */
static bool fits(const struct wh_schema *s, const struct partial *p)
{
    static const char *const needs[][2] = {
        { "referral", "received_on" }, { "referral", "source" }, { "referral", "route" }, { "referral", "decision" },
        { "contact", "contact_on" }, { "contact", "contact_type" }, { "contact", "contact_result" },
        { "contact", "contact_minutes" },
        { "outcome", "instrument" }, { "outcome", "item" }, { "outcome", "stage" }, { "outcome", "value" },
    };
    const struct wh_table *t = schema_table(s, p->from);

    for (size_t i = 0; t && i < ARRAY_LEN(needs); i++)
        if (str_eq(needs[i][0], p->from) && schema_column(t, needs[i][1]) < 0)
            return false;
    return t != NULL;
}

static enum status view_on_shard(struct warehouse *shard, const struct partial *p, struct err *err)
{
    struct buf sql = BUF_INIT;
    enum status st;

    buf_addf(&sql, "CREATE OR REPLACE VIEW %s AS SELECT %s, %s FROM %s GROUP BY ", p->name, p->keys, p->sums, p->from);
    for (int i = 1; i <= words_in(p->key_types); i++)
        buf_addf(&sql, "%s%d", i > 1 ? ", " : "", i);
    st = run(shard, &sql, err);
    buf_release(&sql);
    return st;
}

/* Names of "month text, source text", with sum() around them for the sums. */
static void names(struct buf *out, const char *columns, bool sum)
{
    while (*columns) {
        size_t n = strcspn(columns, " "), all = strcspn(columns, ",");

        buf_addf(out, sum ? "%sCAST(sum(%.*s) AS %.*s) AS %.*s" : "%s%.*s", out->len ? ", " : "", (int) n, columns,
                 (int) (all - n - 1), columns + n + 1, (int) n, columns);
        columns += all + strspn(columns + all, ", ");
    }
}

static enum status view_on_coordinator(struct warehouse *w, const struct partial *p, size_t n, struct err *err)
{
    struct buf sql = BUF_INIT, keys = BUF_INIT, sums = BUF_INIT, from = BUF_INIT;
    enum status st = ST_OK;

    for (size_t i = 0; i < n && st == ST_OK; i++) {
        buf_addf(&sql, "CREATE FOREIGN TABLE %s_shard%zu (%s, %s) SERVER dolen_shard%zu OPTIONS (table_name '%s')",
                 p->name, i, p->key_types, p->sum_columns, i, p->name);
        st = run(w, &sql, err);
        buf_addf(&from, "%sSELECT * FROM %s_shard%zu", i ? " UNION ALL " : "", p->name, i);
    }
    names(&keys, p->key_types, false);
    names(&sums, p->sum_columns, true);
    buf_addf(&sql, "CREATE OR REPLACE VIEW %s AS SELECT %s, %s FROM (%s) x GROUP BY %s", p->name, buf_text(&keys),
             buf_text(&sums), buf_text(&from), buf_text(&keys));
    if (st == ST_OK)
        st = run(w, &sql, err);
    buf_release(&sql);
    buf_release(&keys);
    buf_release(&sums);
    buf_release(&from);
    return st;
}

/* --- making ----------------------------------------------------------------------------------------------------- */

struct layout {
    const char *const *urls;
    size_t       n;
};

static enum status lay(struct warehouse *w, void *ctx, struct err *err)
{
    const struct layout *l = ctx;
    char name[32], number[24];
    enum status st = query_run(&w->engine, "CREATE EXTENSION IF NOT EXISTS postgres_fdw", NULL, 0, err);

    for (size_t i = 0; i < l->n && st == ST_OK; i++) {
        st = add_server(w, i, l->urls[i], err);
        snprintf(name, sizeof name, "shard_%zu", i);
        if (st == ST_OK)
            st = warehouse_set(w, name, l->urls[i], err);
    }
    if (st == ST_OK)
        st = parent_tables(w, l->n, err);
    for (size_t i = 0; i < ARRAY_LEN(partials) && st == ST_OK; i++)
        if (fits(w->schema, &partials[i]))
            st = view_on_coordinator(w, &partials[i], l->n, err);
    snprintf(number, sizeof number, "%zu", l->n);
    return st == ST_OK ? warehouse_set(w, "shards", number, err) : st;
}

/* Only an empty hub: rows would have to move with their history. */
static enum status check_empty(struct warehouse *w, struct err *err)
{
    int64_t n = 0;
    enum status st = warehouse_number(w, "SELECT count(*) FROM hub_batch", NULL, 0, &n, err);

    if (w->dialect != DIALECT_POSTGRESQL)
        return err_set(err, ST_USAGE,
                       _("Shards need a hub on PostgreSQL. Nothing was changed. Give its address after --into."));
    if (st == ST_OK && (n || w->shards))
        st = err_set(err, ST_REFUSED,
                     _("This hub has bundles or shards already. Nothing was changed. Make a new hub, lay its shards, "
                       "and let it receive all bundles again."));
    return st;
}

static enum status make_shard(struct warehouse *w, const char *url, const struct vault *v, struct catalog *c,
                              struct err *err)
{
    struct warehouse *shard = NULL;
    enum status st;

    if (!warehouse_is_url(url))
        return err_set(err, ST_USAGE,
                       _("This is no address of a PostgreSQL database. Nothing was changed. Give one like "
                         "postgresql://host/name."));
    st = warehouse_make(&shard, url, v, c, w->schema->data_set->id, err);
    for (size_t i = 0; i < ARRAY_LEN(partials) && st == ST_OK; i++)
        if (fits(w->schema, &partials[i]))
            st = view_on_shard(shard, &partials[i], err);
    warehouse_close(&shard);
    return st;
}

/* A source that was registered before the shards were laid. */
static enum status copy_sources(struct warehouse *w, struct err *err)
{
    struct source_list l = { NULL, 0, 0 };
    enum status st = sources_load(&l, w, err);

    for (size_t i = 0; i < l.count && st == ST_OK; i++)
        st = source_copy_to_shard(w, l.items[i].source_id, err);
    sources_free(&l);
    return st;
}

enum status shards_make(struct warehouse *w, const char *const *urls, size_t n, const struct vault *v,
                        struct catalog *c, struct err *err)
{
    struct layout l = { urls, n };
    enum status st = check_empty(w, err);

    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = make_shard(w, urls[i], v, c, err);
    if (st == ST_OK)
        st = warehouse_do(w, lay, &l, err);
    if (st == ST_OK)
        st = shards_open(w, v, err);
    return st == ST_OK ? copy_sources(w, err) : st;
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

static enum status open_shard(struct warehouse *w, size_t i, const struct vault *v, struct err *err)
{
    char name[32], *url = NULL;
    enum status st;

    snprintf(name, sizeof name, "shard_%zu", i);
    st = warehouse_setting(w, name, &url, err);
    if (st == ST_OK)
        st = warehouse_open_shard(&w->shard[i], url ? url : "", v, w, err);
    free(url);
    return st;
}

enum status shards_open(struct warehouse *w, const struct vault *v, struct err *err)
{
    char *number = NULL;
    size_t n;
    enum status st = warehouse_setting(w, "shards", &number, err);

    n = number ? (size_t) strtoul(number, NULL, 10) : 0;
    free(number);
    if (st != ST_OK || n == 0 || n > SHARDS_MAX)
        return st;
    w->shard = xcalloc(n, sizeof *w->shard);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        w->shards = i + 1;
        st = open_shard(w, i, v, err);
    }
    if (st != ST_OK)
        return st;
    w->scatter = xcalloc(1, sizeof *w->scatter);
    w->scatter->home = w->engine.at;
    w->scatter->shard = xcalloc(n, sizeof *w->scatter->shard);
    for (size_t i = 0; i < n; i++)
        w->scatter->shard[i] = w->shard[i]->engine.at;
    w->scatter->shards = n;
    w->scatter->schema = w->schema;
    w->engine = engine_scatter(w->scatter);
    return ST_OK;
}

void shards_close(struct warehouse *w)
{
    for (size_t i = 0; i < w->shards; i++)
        warehouse_close(&w->shard[i]);
    free(w->shard);
    if (w->scatter)
        free(w->scatter->shard);
    free(w->scatter);
    w->shard = NULL;
    w->shards = 0;
    w->scatter = NULL;
}

enum status shard_of(struct warehouse *w, int64_t source_id, struct warehouse **out, struct err *err)
{
    const struct query_value v[] = { query_int((int64_t) w->shards), query_int(source_id) };
    const char *sql = "SELECT i FROM generate_series(0, CAST(?1 AS integer) - 1) i WHERE "
                      "satisfies_hash_partition('hub_batch'::regclass, CAST(?1 AS integer), i, CAST(?2 AS bigint))";
    int64_t i = 0;
    enum status st = warehouse_number(w, sql, v, ARRAY_LEN(v), &i, err);

    *out = w->shard[i];
    return st;
}

/* --- registers -------------------------------------------------------------------------------------------------- */

enum status shards_take_over(struct warehouse *w, struct err *err)
{
    struct source_list home = { NULL, 0, 0 }, there = { NULL, 0, 0 };
    enum status st = w->shards ? sources_load(&home, w, err) : ST_OK;

    for (size_t i = 0; i < w->shards && st == ST_OK; i++) {
        st = sources_load(&there, w->shard[i], err);
        for (size_t k = 0; k < there.count && st == ST_OK; k++) {
            const struct hub_source *s = &there.items[k], *was = sources_by_id(&home, s->id);
            const struct query_value v[] = { query_int(s->covered), query_int(s->horizon), query_int(s->source_id) };

            if (was && (was->covered != s->covered || was->horizon != s->horizon))
                st = query_run(&w->engine,
                               "UPDATE hub_source SET covered_version = ?1, snapshot_version = ?2 WHERE source_id = "
                               "?3", v, ARRAY_LEN(v), err);
        }
        sources_free(&there);
    }
    sources_free(&home);
    return st;
}
