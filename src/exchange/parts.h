/* parts.h - the files of an export, one function each. */
#ifndef DOLEN_EXCHANGE_PARTS_H
#define DOLEN_EXCHANGE_PARTS_H

#include "columns.h"

#define EXPORT_FILES_MAX (EXPORT_TABLES_MAX + 6)

#define TOMBSTONE "tombstone"
struct plain_column {
    const char    *name;
    enum item_type type;
    const char    *label;               /* N_() */
};
extern const struct plain_column tombstone_columns[];   /* ended by a NULL name */
extern const struct plain_column codelist_columns[];
extern const struct plain_column dictionary_columns[];

/* Paragraphs for whoever opens an export: a heading, a line end, what it says. */
enum paper { PAPER_WHAT, PAPER_PROVISIONAL, PAPER_PERSONAL, PAPER_READ, PAPER_NO_VALUE, PAPER_TRAINING, PAPER_COUNT };
extern const char *const paper_words[PAPER_COUNT];          /* N_() */

/* People by what others may know of them: see export_risk. */
#define RISK_KEY 16
struct risk_group {
    uint8_t key[RISK_KEY];
    int64_t people;
};
struct risk {
    struct risk_group *items;           /* a power of two of places */
    size_t             places, groups;
    size_t             column[EXPORT_RISK_COLUMNS], columns;
    struct id          last_person;
    bool               last;
};
void risk_columns(struct risk *k, struct rows *r);
void risk_add(struct risk *k, struct rows *r);
void risk_count(const struct risk *k, const struct rows *r, struct export_risk *out);
void risk_release(struct risk *k);

/* The table under way, and which comes after it. */
struct table_walk {
    size_t         next;
    bool           begun, open;
    struct rows    rows;
    struct csv     csv;
    struct column *own;                 /* NULL: rows without a name of their own */
    int            person, version;     /* columns of the extract */
    char           path[CSV_PATH_MAX];
};

/* An export under way. */
struct export {
    struct store             *s;
    const struct export_job  *job;
    struct export_result     *result;
    const char               *folder;   /* the private one; NULL: in memory */
    struct people             people;
    struct risk               risk;
    struct csv_made           made[EXPORT_FILES_MAX];
    size_t                    made_count;
    struct table_walk         walk;
};

/* The policy may keep a whole table back. */
bool table_leaves(const struct export_job *job, const char *table);
/* It may cut days to their months. */
enum item_type type_that_leaves(const struct export_job *job, enum item_type t);
/* Written rows of people, their cases and needs: without counts (of assets, of reports) and rows taken back. */
int64_t rows_of_people(const struct export_result *r);
enum status write_codelist(struct export *e, struct err *err);
enum status write_dictionary(struct export *e, struct err *err);
enum status write_readme(struct export *e, struct err *err);
enum status write_package(struct export *e, struct err *err);    /* last: it holds the hashes of the others */
/* Opens a file of the folder, and closes it into the list of those made. */
enum status part_open(struct export *e, struct csv *c, const char *path, bool excel, struct err *err);
enum status part_close(struct export *e, struct csv *c, const char *path, enum status so_far, struct err *err);
/* A file that is there at once. */
enum status part_whole(struct export *e, const char *path, const char *bytes, size_t n, struct err *err);
const struct csv_made *part_made(const struct export *e, const char *path);

#endif
