/* dolen/report/load.h - rows of an export, cell by cell, on their way into the warehouse.
 *
 * A cell is what its column takes or it is wrong: every wrong one of a file is told, none is guessed at. */
#ifndef DOLEN_REPORT_LOAD_H
#define DOLEN_REPORT_LOAD_H

#include <stddef.h>
#include <stdint.h>

#include "dolen/base/status.h"
#include "dolen/forms/catalog.h"
#include "dolen/report/schema.h"

enum cell_kind { CELL_NULL, CELL_TEXT, CELL_INT, CELL_REAL, CELL_ID };

struct wh_cell {
    enum cell_kind kind;
    const char    *text;            /* until the next row; a zero stands behind it */
    size_t         len;
    int64_t        n;
    double         d;
    uint8_t        id[16];
};

/* What a cell or row has wrong: X(NAME, word of receipts) */
#define ROW_RULE_LIST(X)                                                                    \
    X(COLUMN_UNKNOWN, "column_unknown")     /* a column that the data set does not have */  \
    X(COLUMN_TWICE,   "column_twice")                                                       \
    X(COLUMN_MISSING, "column_missing")     /* a part of the key is not there */            \
    X(CELLS,          "cells")              /* more or fewer cells than columns */          \
    X(ID,             "id")                 /* not a letter and 32 hex digits */            \
    X(CODE,           "code")               /* not of the shape of a code */                \
    X(CODE_UNKNOWN,   "code_unknown")       /* in no list */                                \
    X(DATE,           "date")                                                               \
    X(MONTH,          "month")                                                              \
    X(QUARTER,        "quarter")                                                            \
    X(NUMBER,         "number")                                                             \
    X(FLAG,           "flag")                                                               \
    X(TEXT,           "text")               /* text where none may be */                    \
    X(STATE,          "missing_state")      /* no reason for a missing value, or beside a value */ \
    X(KEY,            "key")                /* a part of the key is empty */                \
    X(VERSION,        "row_version")        /* none, or above the batch's */                \
    X(TWICE,          "twice")              /* another row of the file has the same key */  \
    X(TABLE,          "table")              /* a tombstone of a table that has no ids */

enum row_rule {
#define X(name, word) ROW_##name,
    ROW_RULE_LIST(X)
#undef X
    ROW_RULE_COUNT
};
const char *row_rule_word(enum row_rule r);

struct load_job {
    const struct wh_table *table;
    int64_t                source_id;
    int64_t                to_version;    /* no row is newer; rows without a counter get it. 0: whatever stands there */
    struct catalog        *catalog;         /* codes must be in its lists; NULL: only of their shape */
    /* Whether a code that is in no list of the catalog is known all the same. May be NULL. */
    bool                 (*knows)(void *ctx, const char *list, const char *code);
    /* A good row: one cell a column of the table. Its failure ends the reading. */
    enum status          (*row)(void *ctx, const struct wh_cell *cells, struct err *err);
    /* A wrong one. id: of the row, "" when it has none. item: of the data set, "" when it is not one cell. */
    void                 (*wrong)(void *ctx, const char *table, const char *id, const char *item, enum row_rule rule);
    void                  *ctx;
};

/* The bytes of one CSV file. ST_INVALID: no CSV at all; wrong rows are told to job->wrong and are no failure. */
enum status load_csv(const struct load_job *job, const char *bytes, size_t n, struct err *err);

/* tombstone.csv: the table, the id's 16 bytes, the counter. */
struct tombstone {
    const struct wh_table *table;
    uint8_t                id[16];
    int64_t                version;
};
enum status load_tombstones(const struct wh_schema *s, const struct load_job *job, const char *bytes, size_t n,
                            enum status (*row)(void *ctx, const struct tombstone *t, struct err *err), struct err *err);

/* Binds the cells of a row to ?1, ?2 … of a statement. */
struct stmt;
void        load_bind(struct stmt *s, const struct wh_cell *cells, size_t n);

#endif
