/* dolen/exchange/export.h - the rows of a data set, written as CSV files with everything a reader needs beside them.
 *
 * The definition alone says which columns there are; the policy says who is in the rows and how coarse they are.
 * Nothing that names a person, no free text and no safeguarding record has a way out: a definition that asks for one
 * is refused. How many reports were made in a quarter is a number of its own, and leaves only under a policy that
 * says so. */
#ifndef DOLEN_EXCHANGE_EXPORT_H
#define DOLEN_EXCHANGE_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/date.h"
#include "dolen/base/id.h"
#include "dolen/base/status.h"
#include "dolen/exchange/bundle.h"
#include "dolen/exchange/manifest.h"
#include "dolen/exchange/told.h"
#include "dolen/forms/catalog.h"
#include "dolen/store/read.h"

#define EXPORT_KEY_BYTES  32
#define EXPORT_NAME_BYTES 34                            /* of a row: a letter and 32 hex digits, with their end */
#define EXPORT_TABLES_MAX 24

/* Why a person's rows stay behind: X(NAME, word in manifests, for people) */
#define LEFT_OUT_LIST(X)                                                                        \
    X(NO_NOTICE,       "no_notice",       N_("no privacy notice given"))                        \
    X(OBJECTS,         "objects",         N_("the person objects"))                             \
    X(NO_PERMISSION,   "no_permission",   N_("no permission recorded"))                         \
    X(REFUSED,         "refused",         N_("permission refused"))                             \
    X(WITHDRAWN,       "withdrawn",       N_("permission withdrawn"))                           \
    X(IN_DOUBT,        "in_doubt",        N_("in doubt: did the person understand, do two laptops differ"))         \
    X(OTHER_RECIPIENT, "other_recipient", N_("permission given to another recipient"))

enum left_out {
#define X(name, word, label) LEFT_##name,
    LEFT_OUT_LIST(X)
#undef X
    LEFT_COUNT
};
const char *left_out_word(enum left_out why);
const char *left_out_label(enum left_out why);              /* translated */

/* The name that a record's row has wherever this key is used. rule: of the data set's key ("contact_key"). */
void record_pseudonym(char out[EXPORT_NAME_BYTES], const uint8_t key[EXPORT_KEY_BYTES], const char *rule, struct id id);

/* One row that may leave, whether it is written this time (its version is above job->after) or was before. */
struct export_row {
    uint8_t   key[17];                              /* the letter of its kind and 16 bytes */
    struct id person;                               /* not set: about nobody */
    int64_t   version;
    bool      written;
};
/* Told row by row; then asked which rows are to be taken back. */
struct export_watch {
    void   *ctx;
    void  (*row)(void *ctx, const struct export_row *row);
    size_t (*gone)(void *ctx, const struct export_row **rows);     /* borrowed until the export ends */
};

/* How easily a person could be recognised by what the rows say together: people by the size of the group that shares
 * their values in the columns that others may know of somebody (age, sex, area, ethnic group …). */
#define EXPORT_RISK_COLUMNS 12
#define EXPORT_RISK_SMALL   5
struct export_risk {
    const char *column[EXPORT_RISK_COLUMNS];        /* borrowed from the data set; only those that leave */
    size_t      columns;
    int64_t     alone;                              /* people who share their values with nobody */
    int64_t     small;                              /* people in groups below EXPORT_RISK_SMALL, those alone included */
    int64_t     groups, smallest;                   /* how many groups; people in the smallest */
};

struct export_job {
    const struct data_set *data_set;
    const struct policy   *policy;
    struct catalog        *catalog;
    struct date            from, until, today;
    uint8_t                key[EXPORT_KEY_BYTES];   /* of the destination; the pseudonyms stand on it */
    struct id              source;                  /* of this case file: the organisation's pseudonym stands on it */
    const char            *recipient;               /* for the rule `permission`: as recorded in a consent */
    const char            *folder;                  /* must not be there, or be empty */
    const char            *app;                     /* name and version of the program */
    int64_t                epoch;                   /* of the destination; 0 without one */
    const struct manifest *batch;        /* of a batch to a destination; what is counted is put in. NULL: a plain one */
    int64_t                after;           /* only rows whose version is above; what they belong to may not be there */
    const struct export_watch *watch;               /* NULL: nobody asks about single rows */
    bool                   excel, training;
    bool                   everyone;        /* the rows stay in the program: nobody is left out */
    /* Told now and then how far it is; false stops it (ST_INTERRUPTED, nothing written). May be NULL. */
    bool                 (*progress)(void *ctx, const char *table, int64_t rows);
    void                  *progress_ctx;
};

struct export_table {
    const char *table;                              /* borrowed from the data set */
    int64_t     rows;
};

struct export_result {
    struct export_table table[EXPORT_TABLES_MAX];
    size_t              tables;
    int64_t             people;                     /* in the rows */
    int64_t             left_out[LEFT_COUNT];       /* people */
    int64_t             unusable;                   /* values that did not fit their column, and stayed behind */
    struct export_risk  risk;                       /* of all rows that may leave, written this time or not */
    struct told_numbers told;                       /* to be remembered when this leaves: told_key, told_text */
};

/* Written in a private folder beside the one asked for and put in place whole: after a failure there is nothing.
 * ST_REFUSED (the folder holds something), ST_INVALID (the definition asks for what may not leave), ST_IO,
 * ST_NOSPACE. */
enum status export_write(struct store *s, const struct export_job *job, struct export_result *out, struct err *err);

/* The same in memory, for a bundle: nothing is on a disk in clear. folder is not used. Release in any case. */
struct export_files {
    struct bundle_member *items;                    /* names are of bundle_names, bytes of kept */
    struct buf           *kept;
    size_t                count;
};
enum status export_keep(struct store *s, const struct export_job *job, struct export_result *out,
                        struct export_files *files, struct err *err);
void        export_files_release(struct export_files *f);
/* The same in steps of some hundred rows, so that keys can be answered between two of them. What job points to, and
 * the result, must stay; when the case file changes in between, throw it away and begin anew. end: also in the
 * middle, to break it off; files then hold what was made until then. */
struct export_keeping;
void        export_keep_begin(struct export_keeping **out, struct store *s, const struct export_job *job,
                              struct export_result *result);
enum status export_keep_step(struct export_keeping *k, bool *over, struct err *err);
enum status export_keep_end(struct export_keeping **kp, struct export_files *files, struct err *err);

#endif
