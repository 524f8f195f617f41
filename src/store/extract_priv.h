/* extract_priv.h - what each extract selects, for the engine in extract.c. */
#ifndef DOLEN_STORE_EXTRACT_PRIV_H
#define DOLEN_STORE_EXTRACT_PRIV_H

#include "dolen/db/db.h"
#include "dolen/store/read.h"

/* Every row starts with these four ids; KEY_OWN is that of the row itself. */
enum extract_key { KEY_PERSON, KEY_EPISODE, KEY_REFERRAL, KEY_OWN, KEY_COUNT };

/* Whole records: their id, then the columns of tables.h. In a row itself, or read beside it when somebody asks. */
enum part {
    PART_PERSON, PART_EQUALITY, PART_REFERRAL, PART_EPISODE, PART_PRACTITIONER, PART_CONSENT,
    PART_CONTACT, PART_GOAL, PART_CONNECTION, PART_GAP, PART_MEASURE, PART_COUNT
};

struct part_spec {
    enum table_id    t;
    const char      *forms[2];          /* forms whose questions are its columns */
    enum extract_key key;
    const char      *beside;            /* one row for a key; NULL: only found in a row itself */
};
extern const struct part_spec part_specs[PART_COUNT];

/* Small questions about one row, asked once a row and only when one of their columns is wanted. */
enum side {
    SIDE_CONTACTS, SIDE_CONVERSATION, SIDE_PLAN, SIDE_GOALS, SIDE_RATINGS, SIDE_NOTICE, SIDE_PERMISSION,
    SIDE_CONSENTS, SIDE_COUNT
};
#define SIDE_COLUMNS 5

/* How the rows of one key become its answer. Newest: by the order beside the key, then by the row number. */
enum fold { FOLD_SUM, FOLD_MOST, FOLD_LEAST, FOLD_NEWEST };

struct side_spec {
    enum extract_key key;
    const char      *sql;               /* the answer for one key */
    const char      *names[SIDE_COLUMNS];
    const char      *all;     /* rows of key, order, columns, in the order of row_no: the same for everybody; or NULL */
    const char      *last_row;
    enum fold        fold[SIDE_COLUMNS];
};
extern const struct side_spec side_specs[SIDE_COUNT];

/* A statement beside the row, with the key its answer belongs to: rows of one person follow each other. */
struct beside {
    struct stmt *q;
    struct id    key;
    bool         asked, row;
};

struct side_state {
    struct beside    one;
    struct side_map *map;
    int64_t          asked, few;
    char             number[SIDE_COLUMNS][24];
};

/* extract_side.c. Nothing is asked when st is a failure, or key not set; a failure is left in st and err. */
/* The row of a statement for a key; asked again only when the key is another. */
bool beside_row(struct beside *b, struct db *db, const char *sql, struct id key, enum status *st, struct err *err);
/* One column of a side's answer for a key, valid until the next call; NULL: none. */
const char *side_value(struct side_state *side, struct db *db, const struct side_spec *spec, int column, struct id key,
                       bool whole_period, enum status *st, struct err *err);
void        side_release(struct side_state *side);

/* Columns that are worked out from others: extract_made.c. */
enum made { MADE_FIRST_CONVERSATION, MADE_WAITING_DAYS, MADE_DECISION, MADE_ROW_VERSION, MADE_NEED_RANK, MADE_NEED_CODE,
            MADE_COUNT };
extern const char *const made_names[MADE_COUNT];

#define MADE_FROM 9
struct made_state {
    int  from[MADE_FROM];               /* columns that they are made from, + 1; 0: not looked for yet */
    char text[24];
    bool of_episode;                    /* the rows are episodes */
};
/* All but those of needs, which are the walk's own. Valid until the next call. */
const char *made_value(struct made_state *m, struct extract *x, enum made which);

#define EXTRACT_PARTS  5
#define EXTRACT_EXTRAS 9

struct extract_spec {
    const char *table, *own;            /* of the data set; name of KEY_OWN */
    const char *all, *one;              /* ?1 from, ?2 until; ?1 an episode */
    enum part   parts[EXTRACT_PARTS];   /* in the row, in this order; ended by PART_COUNT */
    const char *extras[EXTRACT_EXTRAS]; /* columns after the parts; NULL ends */
};
extern const struct extract_spec extract_specs[EXTRACT_COUNT];

/* Another name for a column. */
struct extract_alias {
    const char *name, *means;
};
extern const struct extract_alias extract_aliases[];
extern const size_t extract_alias_count;

#endif
