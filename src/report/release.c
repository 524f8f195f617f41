/* earlier releases of tables, kept in a table of the warehouse. */
#include "dolen/report/report.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static enum status make_table(const struct engine *e, struct err *err)
{
    return query_run(e, "CREATE TABLE IF NOT EXISTS report_release (name text NOT NULL, from_day text NOT NULL, "
                        "until_day text NOT NULL, place bigint NOT NULL, body text NOT NULL, "
                        "PRIMARY KEY (name, place))",
                     NULL, 0, err);
}

struct kept {
    char *from, *until, *body;
};

static void kept_free(struct kept *k, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(k[i].from);
        free(k[i].until);
        free(k[i].body);
    }
    free(k);
}

/* All are read before any is handed on: an engine may not like another question in between. */
static enum status read_all(const struct engine *e, const char *table, struct kept **out, size_t *n, struct err *err)
{
    const struct query_value name = query_text(table);
    struct query *q = NULL;
    size_t        cap = 0;
    bool          row = true;
    enum status   st = query_ask(&q, e,
                                 "SELECT from_day, until_day, body FROM report_release WHERE name = ?1 ORDER BY place",
                                 &name, 1, err);

    while (st == ST_OK && (st = query_next(q, &row, err)) == ST_OK && row) {
        struct kept *k = ARRAY_ADD(*out, *n, cap);

        k->from = xstrdup(query_string(q, 0));
        k->until = xstrdup(query_string(q, 1));
        k->body = xstrdup(query_string(q, 2));
    }
    query_end(&q);
    return st;
}

static enum status read_releases(void *ctx, const char *table, enum status (*each)(void *, const char *, const char *,
                                 const char *, struct err *), void *to, struct err *err)
{
    struct kept *kept = NULL;
    size_t       n = 0;
    enum status  st = make_table(ctx, err);

    if (st == ST_OK)
        st = read_all(ctx, table, &kept, &n, err);
    for (size_t i = 0; i < n && st == ST_OK; i++)
        st = each(to, kept[i].from, kept[i].until, kept[i].body, err);
    kept_free(kept, n);
    return st;
}

static enum status add_release(void *ctx, const char *table, const char *from, const char *until, const char *body,
                               struct err *err)
{
    const struct query_value v[] = { query_text(table), query_text(from), query_text(until), query_text(body) };

    return query_run(ctx, "INSERT INTO report_release (name, from_day, until_day, place, body) SELECT ?1, ?2, ?3, "
                          "(SELECT coalesce(max(place), 0) + 1 FROM report_release WHERE name = ?1), ?4", v,
                          ARRAY_LEN(v), err);
}

struct release_store release_store_in(const struct engine *e)
{
    void *ctx = NULL;

    memcpy(&ctx, &e, sizeof ctx);       /* the engine is only read */
    return (struct release_store){ ctx, read_releases, add_release };
}
