/* dolen/report/schema.h - the warehouse: which tables and columns there are, made from the definition of a data set.
 *
 * Each table of the data set is a table of the same name, and its columns are:
 *
 *   source_id      integer, the hub's number of the laptop that a row came from (hub_source); first in every key
 *   the items      in the definition's order and under their names, row_version among them
 *   NAME__missing  text, after each item that can be missing (dolen/exchange/shape.h): why there is no value
 *
 *   id                              BLOB of 16 bytes / uuid        join on it, count it; its letter is not kept
 *   code codes date month quarter text_none TEXT / text COLLATE "C"        '2026-04-01', or '2026-04' under a policy
 * of months integer flag                    INTEGER / bigint               flags are 0 and 1 decimal REAL / double
 * precision
 *
 * An empty cell is NULL. A cell that the policy kept back is NULL too, with WITHHELD in NAME__missing; where an item
 * has no such column (need_code), it is the code WITHHELD. All tables but capacity and safeguarding have row_version,
 * a counter of their source; in these it is that of the batch. What stands in the tables is what is true now: rows
 * that were taken back are gone.
 *
 * Beside them, the same for every data set (X-list below): hub_source, hub_batch, hub_code, hub_setting, tombstone.
 * A laptop reports on its own rows with the same tables in memory, as source 1. */
#ifndef DOLEN_REPORT_SCHEMA_H
#define DOLEN_REPORT_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"
#include "dolen/forms/dataset.h"
#include "dolen/report/query.h"

#define SCHEMA_KEYS_MAX 6

enum dialect { DIALECT_SQLITE, DIALECT_POSTGRESQL };

enum column_role { COLUMN_SOURCE, COLUMN_ITEM, COLUMN_STATE };      /* source_id, an item, NAME__missing */

struct wh_column {
    char                       *name;
    enum item_type              type;       /* COLUMN_STATE: ITEM_CODE; COLUMN_SOURCE: ITEM_INTEGER */
    enum column_role            role;
    const struct data_set_item *item;       /* borrowed; of COLUMN_STATE the one it speaks of; NULL for COLUMN_SOURCE */
};

struct wh_table {
    const char       *name;                 /* borrowed from the data set */
    struct wh_column *columns;
    size_t            count;
    size_t            key[SCHEMA_KEYS_MAX]; /* columns; the first is source_id */
    size_t            keys;
    int               own_id;               /* the column that tombstones name; -1: rows have none (need, capacity) */
    int               version;              /* row_version */
    struct {                                /* the row that it belongs to: taken back with it */
        int         column;                 /* -1: none */
        const char *table;
    } parent;
    /* Rows with the same values here live and die together: only those of the newest row_version are true. Column
     * numbers; -1 none. Of need its referral, of capacity its month. */
    int               group;
};

struct wh_schema {
    const struct data_set *data_set;        /* borrowed; outlives the schema */
    struct wh_table       *tables;
    size_t                 count;
};

/* ST_INVALID: a table of the definition has no key that the program knows. */
enum status schema_new(struct wh_schema **out, const struct data_set *d, struct err *err);
void        schema_free(struct wh_schema **sp);
const struct wh_table *schema_table(const struct wh_schema *s, const char *name);
int         schema_column(const struct wh_table *t, const char *name);      /* -1: none */

/* The statements that make one table, or all of them and those of the hub. IF NOT EXISTS. */
void        schema_table_sql(struct buf *out, const struct wh_table *t, enum dialect d);
enum status schema_make(const struct wh_schema *s, const struct engine *e, enum dialect d, struct err *err);
/* Adds the columns that an older warehouse does not have yet. */
enum status schema_extend(const struct wh_schema *s, const struct engine *e, enum dialect d, struct err *err);

/* The tables that every warehouse has. X(table, columns and key: type letters of schema.c, a trailing ! is a key
 * column) */
#define HUB_TABLES(X) \
    /* what the hub was made with: data_set, data_set_version, format … */ \
    X(hub_setting, "name t!, value t") \
    /* registered laptops; label: what the person at the hub calls it; instants are UTC seconds; NULL revoked_at: in \
     * use */ \
    X(hub_source, "source_id i!, source t, signer t, label t, registration t, registered_at i, revoked_at i, " \
                  "covered_version i, snapshot_version i, newest_epoch i") \
    /* every bundle that was read, by what it is; one receipt each */ \
    X(hub_batch, "source_id i!, epoch i!, seq i!, manifest_sha256 t!, marker_sha256 t, batch_id t, bundle t, " \
                 "kind t, status t, reason t, base_version i, to_version i, period_from t, period_until t, people " \
                 "i, left_out t, " \
                 "rows_new i, rows_updated i, rows_stale i, rows_deleted i, received_at i, receipt t, receipt_sig t") \
    /* meanings of codes, from the definitions of the hub */ \
    X(hub_code, "list t!, code t!, label_en t, label_cy t, valid_until t, sensitive i") \
    /* rows that were taken back, kept so that a late bundle cannot bring them back */ \
    X(tombstone, "source_id i!, table_name t!, row_id b!, row_version i")

#endif
