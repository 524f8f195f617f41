/* dolen/store/definitions.h - which definitions of a form the case file holds, and what was filled in with each.
 *
 * Reached through dolen/store/read.h. A definition is named by its hash, 64 hex digits. */
#ifndef DOLEN_STORE_DEFINITIONS_H
#define DOLEN_STORE_DEFINITIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/status.h"
#include "dolen/store/tables.h"

struct holding;
struct record;
struct store;

#define DEFINITION_HASH 65               /* with its end */

struct definition_row {
    char    hash[DEFINITION_HASH];
    int     version;
    int64_t at;                          /* when it was first used here */
};
/* Every definition of a form that was ever used here, the newest first. Caller frees. */
enum status store_definitions(struct store *s, const char *form, struct definition_row **out, size_t *n,
                              struct err *err);
/* Records that stand on another definition of the form than hash, the bin's left out. binds: the form's table, or
 * T_COUNT for responses. Caller frees. */
enum status store_behind(struct store *s, const char *form, enum table_id binds, const char *hash, struct holding **out,
                         size_t *n, struct err *err);
/* Which definition of the form a record was last filled in with; false when none is named. */
bool        record_definition(const struct record *r, const char *form, char hash[DEFINITION_HASH]);

#endif
