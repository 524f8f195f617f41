/* app/import.h - a spreadsheet becomes records: row by row accept, hold or refuse, each with its reason.
 *
 * Every cell goes through the forms' own engine, as if it had been typed. Nothing is written before everything was
 * looked at; what is accepted is written in one transaction, under a batch that can be taken back. */
#ifndef DOLEN_APP_IMPORT_H
#define DOLEN_APP_IMPORT_H

#include "casefile.h"
#include "dolen/base/csv_read.h"

struct import_value {
    char *from, *to;
};

struct import_rule {
    char                *from;          /* column of the file; NULL: fixed */
    char                *form, *question;
    char                *value;         /* fixed */
    struct import_value *values;        /* what a cell says -> what is answered */
    size_t               value_count, value_cap;
};

struct import_map {
    struct import_rule *rules;
    size_t              count, cap;
};

/* From YAML (docs/import.md). of: "assets" or "cases". */
enum status import_map_read(struct import_map *out, struct casefile *cf, const char *path, const char *of,
                            struct err *err);
/* Columns named like the asset form's questions; any other but id and reason is an error that names it. */
enum status import_map_plain(struct import_map *out, struct casefile *cf, const struct csv_table *t, struct err *err);
void        import_map_release(struct import_map *m);

enum verdict { ROW_ACCEPT, ROW_HOLD, ROW_REFUSE };

struct import_row {
    enum verdict verdict;
    char         reason[480];           /* "" when accepted */
    char         name[160];             /* whom or what it is about; "" when it does not say */
    struct id    id;                    /* the record made */
};

/* What a cell says for that question, as somebody would type it: looked up in the rule's values, a phone with the 0
 * that the spreadsheet took, a day without its midnight. ST_INVALID: spoiled beyond that (letters lost, no date, no
 * year). out is wiped by the caller. */
enum status import_cell_text(const struct import_rule *r, const struct question *q, const char *cell, struct buf *out,
                             struct err *err);

struct import {
    struct casefile   *cf;
    bool               cases;           /* people and referrals; else assets */
    bool               take_held;       /* likely duplicates too */
    struct import_map  map;
    struct csv_table   table;
    struct import_row *rows;            /* one each of table.rows, after import_run */
    size_t             accepted, held, refused;
    char               batch[16];       /* "" while nothing was written */
};

/* The row among the first that has most columns of the map is the one that names them: a title may stand above it. */
void        import_find_head(struct import *m);
/* The first column of the map that the row does not name; NULL: none. */
const char *import_column_missing(const struct import_map *map, const struct csv_row *head);
enum status import_run(struct import *m, bool apply, struct err *err);
void        import_release(struct import *m);
/* Rows that were not taken, as they came and as the same kind of CSV, with their reason in a last column. path must
 * not exist. */
enum status import_write_refused(const struct import *m, const char *path, struct err *err);

/* Every record of the batch goes to the bin; what has been changed or used since stays. apply false: only counts. */
enum status import_undo(struct casefile *cf, const char *batch, bool apply, size_t *binned, size_t *kept,
                        struct err *err);

#endif
