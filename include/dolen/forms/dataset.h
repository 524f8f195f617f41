/* dolen/forms/dataset.h - a core data set: which items leave, where each comes from, which count in "N to go". */
#ifndef DOLEN_FORMS_DATASET_H
#define DOLEN_FORMS_DATASET_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/lang.h"
#include "dolen/base/status.h"
#include "dolen/core/facts.h"

#define ITEM_TYPE_LIST(X)           \
    X(ID,        "id")              \
    X(CODE,      "code")            \
    X(CODES,     "codes")           \
    X(DATE,      "date")            \
    X(MONTH,     "month")           \
    X(QUARTER,   "quarter")         \
    X(INTEGER,   "integer")         \
    X(DECIMAL,   "decimal")         \
    X(FLAG,      "flag")            \
    X(TEXT_NONE, "text_none")

enum item_type {
#define X(name, word) ITEM_##name,
    ITEM_TYPE_LIST(X)
#undef X
    ITEM_COUNT
};

struct data_set_item {
    char          *item;            /* column */
    char          *table;           /* borrowed from its data_set_table */
    char          *number;          /* of the published list, as text; NULL when none */
    char          *source;          /* as written: "form.question" or "derive.rule"; what struct facts is asked */
    char          *form, *question; /* its parts; both NULL for a derived rule … */
    char          *rule;            /* … which is named here */
    enum item_type type;
    char          *codes;           /* code list id or NULL */
    bool           sensitive, required;
    struct text2   label;
    char          *maps_to;
    int            line, column;
};

struct data_set_table {
    char                 *table;
    struct data_set_item *items;
    size_t                count;
};

struct data_set {
    char                  *id, *version, *status;
    struct text2           title, note;
    struct data_set_table *tables;
    size_t                 count;
    char                  *source;  /* the definition's bytes, for hashing */
    size_t                 source_len;
};

struct catalog;
enum status data_set_parse(struct data_set **out, const char *file, const char *s, size_t n, struct catalog *cat,
                           struct err *err);
void        data_set_free(struct data_set **dp);
const struct data_set_item  *data_set_find(const struct data_set *d, const char *table, const char *item);
const struct data_set_table *data_set_table(const struct data_set *d, const char *table);
const char *item_type_word(enum item_type t);

/* The one count of "N to go": required items of the table (NULL: of every table) whose state is MISSING_NOT_REACHED.
 * Each is asked of facts once, in order. Up to max of them are put in out (may be NULL with max 0); the whole number is
 * returned. */
size_t dataset_missing(const struct data_set *d, const char *table, const struct facts *facts,
                       const struct data_set_item **out, size_t max);
/* "N to go" of one episode, for the screen and for items_missing of an export: the tables episode, referral and need
 * (one given reason counts for need), with what is worked out traced to the answer it comes from. */
size_t dataset_missing_facts(const struct data_set *d, const struct facts *f, const struct data_set_item **out,
                             size_t max);
/* The form and question that would give the item; false for what nobody is asked. */
bool   data_set_item_asks(const struct data_set_item *item, const char **form, const char **question);

#endif
