/* dolen/store/record.h - one record of any table, its columns as text, and lists of them. */
#ifndef DOLEN_STORE_RECORD_H
#define DOLEN_STORE_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/date.h"
#include "dolen/base/id.h"
#include "dolen/base/status.h"
#include "dolen/core/answer.h"
#include "dolen/store/tables.h"

struct store;

struct record {
    enum table_id table;
    struct id     id;                    /* not set: a new one */
    char        **text;                  /* one per column, NULL = no value; owned */
    int64_t       created_at, updated_at;
    bool          binned;
};

void        record_init(struct record *r, enum table_id t);
void        record_release(struct record *r);
const char *record_text(const struct record *r, int column);          /* NULL when none */
const char *record_or(const struct record *r, int column, const char *otherwise);
struct id   record_id(const struct record *r, int column);
struct date record_date(const struct record *r, int column);          /* unset when none */
long        record_int(const struct record *r, int column, long otherwise);
void        record_set(struct record *r, int column, const char *text);
void        record_set_id(struct record *r, int column, struct id id);
void        record_set_date(struct record *r, int column, struct date d);
void        record_set_int(struct record *r, int column, long n);
enum missing record_missing(const struct record *r, const char *column_name);

const char *table_name(enum table_id t);
const char *table_label(enum table_id t);     /* "Contact", translated; neutral: somebody else may be looking */
bool        table_by_name(const char *name, enum table_id *out);
int         table_column_count(enum table_id t);
const char *table_column_name(enum table_id t, int column);
int         table_column_by_name(enum table_id t, const char *name);  /* -1 when there is none */

/* ST_NOTFOUND. out was init'ed before (for any table) or is all zero; what it held is replaced. Release it in any
 * case. */
enum status store_get(struct store *s, enum table_id t, struct id id, struct record *out, struct err *err);

struct records {
    struct record *items;
    size_t         count, cap;
};
void records_release(struct records *r);

/* Lists by owner, binned ones left out, in the order named. */
enum list_id {
    LIST_EPISODES_OF_PERSON,             /* newest first */
    LIST_REFERRALS_OF_PERSON,            /* newest first */
    LIST_REFERRALS_WAITING,              /* no decision, oldest first; owner unused */
    LIST_RESPONSES_OF_EPISODE,           /* newest first */
    LIST_RESPONSES_OF_PERSON,
    LIST_GOALS_OF_EPISODE,               /* by position */
    LIST_RATINGS_OF_GOAL,                /* by date */
    LIST_ACTIONS_OF_EPISODE,             /* by position */
    LIST_CONNECTIONS_OF_EPISODE,         /* newest first */
    LIST_PLACES_OF_OFFER,                /* of the offer that this entry was the first of, with it; by name */
    LIST_GAPS_OF_EPISODE,
    LIST_GAPS,                           /* newest first */
    LIST_CONTACTS_OF_EPISODE,            /* newest first */
    LIST_MEASURES_OF_EPISODE,            /* by instrument, item, date */
    LIST_CONSENTS_OF_PERSON,             /* newest first */
    LIST_CONCERNS_OF_PERSON,             /* newest first */
    LIST_EQUALITY_OF_PERSON,             /* at most one */
    LIST_TASKS_OF_PERSON,                /* open, by due date */
    LIST_TASKS_OF_SUBJECT,               /* the same, of an asset, a referral or whatever it is about */
    LIST_DRAFTS,                         /* newest first; owner unused */
    LIST_DRAFTS_OF_PERSON,
    LIST_DRAFTS_OF_PRACTITIONER,         /* that they wrote in last */
    LIST_PRACTITIONERS,
    LIST_SUPERVISIONS,                   /* newest first; owner unused */
    LIST_NOTES_OF_PERSON,                /* newest first */
    LIST_EXCERPTS_OF_NOTE, LIST_EXCERPTS_OF_TARGET,     /* as they stand in the note; target: draft, record, response */
    LIST_DRILLS,                         /* newest first; owner unused */
    LIST_DRILLS_OF_PERSON,
    LIST_DRILL_STEPS,                    /* of one drill played, in order */
    LIST_MERGES,                         /* newest first; owner unused */
    LIST_DESTINATIONS,                   /* by name; owner unused */
    LIST_BATCHES,                        /* of a destination, newest first */
    LIST_BATCHES_OPEN,                   /* not taken in and not overtaken, oldest first */
    LIST_RECEIPTS_OF_BATCH,              /* newest first */
    LIST_DIFFERENCES,                    /* not settled, by person; owner unused */
    LIST_DIFFERENCES_OF,                 /* the same, of one record */
    LIST_COUNT
};
/* Ids alone, of everything in LIST_REFERRALS_WAITING or LIST_GAPS, in its order: a long list reads records by the
 * row. Caller frees *ids. */
enum status store_list_ids(struct store *s, enum list_id list, struct id **ids, size_t *n, struct err *err);
enum status store_list(struct store *s, enum list_id list, struct id owner, int limit, struct records *out,
                       struct err *err);

#endif
