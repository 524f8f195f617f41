/* dolen/exchange/shape.h - the shape of an export: which columns stand beside an item, and what is the key of a
 * table. */
#ifndef DOLEN_EXCHANGE_SHAPE_H
#define DOLEN_EXCHANGE_SHAPE_H

#include <stdbool.h>

#include "dolen/forms/dataset.h"

#define MISSING_SUFFIX "__missing"
#define WITHHELD       "WITHHELD"

/* "2026-Q1" */
bool quarter_shape_ok(const char *s);
/* Whether a column of this item has NAME__missing beside it. */
bool item_has_state(const struct data_set_item *item);
/* The code of a need: one row a reason of the referral. */
bool item_is_need_code(const struct data_set_item *item);
/* A table of numbers about nobody, not of records: its rows go every time. */
bool table_is_counted(const char *table);
/* A table that leaves only when a policy says so by name: safeguarding. */
#define SAFEGUARDING_TABLE "safeguarding"
bool table_needs_a_word(const char *table);

struct table_keys {
    const char *table;
    const char *primary[5];             /* ended by NULL */
    struct { const char *column, *table; } foreign[2];
};
const struct table_keys *table_keys(const char *table);     /* NULL: not a table of an export */

#endif
