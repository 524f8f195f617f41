/* parts.h - the files of an export, one function each. */
#ifndef DOLEN_EXCHANGE_PARTS_H
#define DOLEN_EXCHANGE_PARTS_H

#include "columns.h"

#define EXPORT_FILES_MAX (EXPORT_TABLES_MAX + 4)

#define TOMBSTONE "tombstone"
struct plain_column {
    const char    *name;
    enum item_type type;
    const char    *label;               /* N_() */
};
extern const struct plain_column tombstone_columns[];   /* ended by a NULL name */
extern const struct plain_column codelist_columns[];
extern const struct plain_column dictionary_columns[];

/* An export under way. */
struct export {
    struct store             *s;
    const struct export_job  *job;
    struct export_result     *result;
    const char               *folder;   /* the private one */
    struct people             people;
    struct csv_made           made[EXPORT_FILES_MAX];
    size_t                    made_count;
};

enum status write_tables(struct export *e, struct err *err);
enum status write_codelist(struct export *e, struct err *err);
enum status write_dictionary(struct export *e, struct err *err);
enum status write_readme(struct export *e, struct err *err);
enum status write_package(struct export *e, struct err *err);    /* last: it holds the hashes of the others */
/* Opens a file of the folder, and closes it into the list of those made. */
enum status part_open(struct export *e, struct csv *c, const char *path, bool excel, struct err *err);
enum status part_close(struct export *e, struct csv *c, const char *path, enum status so_far, struct err *err);
const struct csv_made *part_made(const struct export *e, const char *path);

#endif
