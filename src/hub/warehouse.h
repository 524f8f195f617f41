/* hub/warehouse.h - where merged rows are kept: one interface over two engines.
 *
 * Reading, ledger and merging are SQL that both engines take (dolen/report/query.h). What differs stands here: opening,
 * transactions, and how rows get into the staging tables or the tables themselves (bound one by one, or COPY). */
#ifndef DOLEN_HUB_WAREHOUSE_H
#define DOLEN_HUB_WAREHOUSE_H

#include <stdbool.h>

#include "dolen/forms/catalog.h"
#include "dolen/report/load.h"
#include "dolen/report/query.h"
#include "dolen/report/schema.h"
#include "dolen/vault/vault.h"

#define STAGE "stage_"              /* staging tables: of this connection alone, gone with it */

struct warehouse;
struct scatter;

struct warehouse_ops {
    enum status (*begin)(struct warehouse *w, struct err *err);
    enum status (*commit)(struct warehouse *w, struct err *err);     /* ST_OK: it is on disk */
    void        (*rollback)(struct warehouse *w);
    /* Rows for one staging table, one table at a time, or straight into the table itself (of laptops that have no
     * rows there yet). t NULL: tombstones (table_name, row_id, row_version), staged. */
    enum status (*stage_begin)(struct warehouse *w, const struct wh_table *t, bool straight, struct err *err);
    enum status (*stage_row)(struct warehouse *w, const struct wh_cell *cells, size_t n, struct err *err);
    enum status (*stage_end)(struct warehouse *w, struct err *err);
    enum status (*check)(struct warehouse *w, struct err *err);      /* of the engine's own files; NULL: none */
    void        (*close)(struct warehouse *w);
};

struct warehouse {
    const struct warehouse_ops *ops;
    struct engine               engine;
    enum dialect                dialect;
    struct wh_schema           *schema;
    void                       *own;
    /* Of a hub over several servers (shards.h): rows are merged into one of these, reports ask all of them. */
    struct warehouse          **shard;
    size_t                      shards;
    struct scatter             *scatter;
    bool                        is_shard;   /* its schema is the coordinator's */
};

/* into: a file or postgresql://… ST_REFUSED when a hub is there already. */
enum status warehouse_make(struct warehouse **out, const char *into, const struct vault *v, struct catalog *c,
                           const char *data_set, struct err *err);
/* ST_NOTFOUND: no hub there; ST_NEWER: of another format or data set version. Ready to stage and merge. */
enum status warehouse_open(struct warehouse **out, const char *into, const struct vault *v, struct catalog *c,
                           struct err *err);
void        warehouse_close(struct warehouse **wp);
bool        warehouse_is_url(const char *into);
/* begin, fn, commit; rollback when one of them fails. */
enum status warehouse_do(struct warehouse *w, enum status (*fn)(struct warehouse *w, void *ctx, struct err *err),
                         void *ctx, struct err *err);

/* This connection, and those to the shards, look at whole tables from now on: a planner that is told nothing takes
 * them for lookups. What lies on a shard is seen as it is now, until the connection ends. */
enum status warehouse_for_reports(struct warehouse *w, struct err *err);

/* One shard of a hub over several servers. */
enum status warehouse_open_shard(struct warehouse **out, const char *url, const struct vault *v,
                                 struct warehouse *coordinator, struct err *err);

/* Settings of the hub. Caller frees; NULL when not set. */
enum status warehouse_setting(struct warehouse *w, const char *name, char **out, struct err *err);
enum status warehouse_set(struct warehouse *w, const char *name, const char *value, struct err *err);
/* "stage_t (source_id, …)" or "t (source_id, …)": where rows go, with the columns in the order of their cells, which
 * in a table that has grown is another than its own. t NULL: tombstones. */
void        warehouse_into(struct buf *sql, const struct wh_table *t, bool straight);
/* One number of one row; 0 for NULL or no row. */
enum status warehouse_number(struct warehouse *w, const char *sql, const struct query_value *v, size_t n, int64_t *out,
                             struct err *err);

/* The engines. make: the place is new. */
enum status warehouse_sqlite(struct warehouse *w, const char *path, const struct vault *v, bool make, struct err *err);
enum status warehouse_postgresql(struct warehouse *w, const char *url, struct err *err);

#endif
