/* columns.h - what stands in one column: found once from the definition, asked once a row. */
#ifndef DOLEN_EXCHANGE_COLUMNS_H
#define DOLEN_EXCHANGE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "csv.h"
#include "dolen/exchange/export.h"
#include "dolen/exchange/shape.h"
#include "people.h"

#define COLUMN_SOURCES 3

struct rows;
struct column;
struct rule;
struct fact_memory;

struct column {
    const struct data_set_item *item;
    const struct rule *rule;            /* NULL: the answer to a question, or a column the extract carries */
    const char *(*value)(struct rows *r, struct column *c, enum missing *why);
    int         at[COLUMN_SOURCES];     /* columns of the extract that it stands on */
    const struct codelist *codes;       /* a value must be in it */
    const struct codelist *other;       /* what a rule looks things up in */
    bool        has_state;              /* NAME__missing follows */
    bool        withheld;               /* always WITHHELD */
    bool        hide_sensitive;         /* codes that are marked so */
    bool        kept_back;              /* the value of this row: too small a number */
    const char *fixed_state;            /* why there is never a value; NULL: asked */
    struct id   last;                   /* pseudonyms: the record of the one made last */
    struct pseudonym key;
    char        text[64];
};

/* One table on its way out. */
struct rows {
    const struct export_job     *job;
    struct store                *s;
    const struct data_set_table *table;
    enum extract_id              which;
    struct extract              *x;
    struct csv                  *csv;
    struct column               *columns;
    size_t                       count;
    const struct person         *person;    /* of this row; NULL when it is about nobody */
    struct people               *people;
    int64_t                      unusable;
    struct fact_memory          *memory;    /* of items_missing */
    struct told_numbers         *told;      /* numbers of their own; NULL: none leave */
};

/* The columns of a table in the definition's order, without those that the policy drops. ST_INVALID names an item
 * that may not leave or that nobody knows how to find. */
enum status columns_find(struct rows *r, struct err *err);
void        columns_release(struct rows *r);
/* Small areas leave: then sensitive codes do not. */
bool        lsoa_leaves(const struct export_job *job);

/* rules.c */
struct rule {
    const char *name;
    const char *(*value)(struct rows *r, struct column *c, enum missing *why);
    const char *source[COLUMN_SOURCES];     /* what the extract is asked for; NULL: nothing */
    const char *codes;                      /* a list that it looks things up in */
    char        letter;                     /* of a pseudonym */
};
const struct rule *rule_find(const char *name);
void        fact_memory_free(struct fact_memory **mp);
const char *value_of_column(struct rows *r, struct column *c, enum missing *why);
const char *value_of_decision_reason(struct rows *r, struct column *c, enum missing *why);

/* cells.c: a row of the file from a row of the extract. */
void cells_header(struct csv *csv, const struct rows *r);
void cells_row(struct rows *r);

#endif
