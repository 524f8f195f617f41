/* dolen/store/read.h - asking the case file. Views and exports include this; only actions include write.h.
 *
 * Nothing here changes a record. Lists are windowed: they take a place to start from and a limit, so that time and
 * memory do not grow with the caseload. Failures give ST_DB_DAMAGED, ST_IO or ST_NOMEM with a sentence. */
#ifndef DOLEN_STORE_READ_H
#define DOLEN_STORE_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "dolen/base/date.h"
#include "dolen/base/id.h"
#include "dolen/base/json.h"
#include "dolen/base/status.h"
#include "dolen/core/answer.h"
#include "dolen/core/facts.h"
#include "dolen/store/tables.h"

struct store;

/* --- one record ------------------------------------------------------------------------------------------------- */

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
    LIST_CONNECTIONS_OF_ASSET,           /* open ones first */
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

/* --- people, directory, worklist: rows for screens ---------------------------------------------------------------- */

struct person_row {
    struct id   id, episode;             /* the open episode, else the newest, else not set */
    char        name[160];               /* display name: preferred, with family */
    char        sort_key[160];
    char        postcode[12];
    struct date birth;
    char        language[8];             /* speak_language code */
    bool        safe_contact;            /* draw values as dots */
    bool        open;                    /* has an open episode */
    struct date last_contact, next_due;  /* of the open episode */
};

/* Keyset page: rows after (forward) or before (backward, returned in list order) the row (sort_key, id); NULL key
 * starts at the end concerned. */
enum status people_page(struct store *s, const char *sort_key, struct id id, bool forward, int limit,
                        struct person_row *rows, int *n, struct err *err);
enum status person_row_get(struct store *s, struct id person, struct person_row *row, struct err *err);

enum hit_kind { HIT_PERSON, HIT_ASSET, HIT_NOTE };
struct hit {
    enum hit_kind kind;
    struct id     id;                    /* person, asset, or the contact/response/… of a note */
    struct id     person;                /* for people and notes */
    char          text[240];             /* name, or the words around the find */
    bool          slip;                  /* found by forgiving one slip */
};
/* One box: names, preferred name, alias, postcode, phone tail, NHS number, asset, note text; folded, prefix, and
 * forgiving of one slip in a name when fewer than limit exact ones were found. which: bit mask of 1 << HIT_*.
 * A protected person's phone and address are never in text. */
enum status store_search(struct store *s, const char *typed, unsigned which, struct hit *hits, int limit, int *n,
                         struct err *err);

struct task_row {
    struct id   id, person, episode, subject;
    char        kind[24];
    char        what[120];
    struct date due, since;
};
/* Open tasks due on or before until, oldest first. */
enum status tasks_due(struct store *s, struct date until, int limit, struct task_row *rows, int *n, struct err *err);
/* Whose: the person's name, or the asset's when no person is set; "" when there is neither. One by one, because a list
 * shows a screenful of hundreds. */
enum status task_name(struct store *s, struct id person, struct id subject, char *out, size_t size, struct err *err);

struct counts {
    int64_t people, open_episodes, referrals, referrals_waiting, assets, gaps;
};
enum status store_counts(struct store *s, struct counts *out, struct err *err);
/* Newest months first: month "2026-03", referrals received, episodes opened and closed, and episodes open at
 * its end. */
struct month_row { char month[8]; int64_t received, opened, closed, open_at_end; };
enum status store_months(struct store *s, struct date until, int months, struct month_row *rows, struct err *err);

/* --- filled-in forms ---------------------------------------------------------------------------------------------- */

/* Answers of a record: its columns (bound tables), its missing states, and answer rows. For T_RESPONSE: answer rows. */
enum status store_answers(struct store *s, enum table_id t, struct id id, struct answers *out, struct err *err);
/* The newest response of a form (and stage, or NULL) for a person or episode (whichever is set); ST_NOTFOUND. out: see
 * store_get. */
enum status store_response(struct store *s, const char *form, const char *stage, struct id person, struct id episode,
                           struct record *out, struct err *err);
/* The definition bytes pinned under a hash. Caller frees. */
enum status store_definition(struct store *s, const char *hash, char **yaml, size_t *n, struct err *err);

/* --- history ------------------------------------------------------------------------------------------------------ */

struct change_row {
    int64_t   seq, at;
    struct id by, entity_id;
    char      entity[24];
    char      why[80];
    char      who[80], on[40];           /* elsewhere: the name of who it was, and the id of the laptop; "" otherwise */
    bool      elsewhere;                 /* written on another laptop, before the record came here or came back */
    char     *body;                      /* {"column": [old, new], …}; NULL after forget; owned */
};
enum status store_changes(struct store *s, struct id entity_id, int64_t before_seq, int limit,
                          struct change_row *rows, int *n, struct err *err);
/* One of them by its number; ST_NOTFOUND. */
enum status store_change_at(struct store *s, int64_t seq, struct change_row *row, struct err *err);
void        change_row_release(struct change_row *c);
/* All that goes back when this change is taken back: what was filed with it, oldest first, itself included. Caller
 * releases each and frees *rows. */
enum status store_goes_back(struct store *s, int64_t seq, struct change_row **rows, size_t *n, struct err *err);
/* When the newest change was made; *at stays as it is where there is none. */
enum status store_last_changed(struct store *s, int64_t *at, struct err *err);
/* What was changed elsewhere and came here with the record (store/carry.h), in no order. Caller releases each and
 * frees *rows. */
enum status store_changes_elsewhere(struct store *s, enum table_id t, struct id id, struct change_row **rows, size_t *n,
                                    struct err *err);
/* For qsort: newest first by the time it was written; at the same second, what was written here is newer. */
int         change_newest_first(const void *a, const void *b);
int64_t     store_version(const struct store *s);            /* last change number: the commit counter */
/* Recomputes the chain; ST_DB_DAMAGED names the first bad row. */
enum status store_verify_history(struct store *s, struct err *err);

/* --- settings (in the case file) ---------------------------------------------------------------------------------- */

/* *out: NULL when not set. Caller frees. */
enum status store_setting_read(struct store *s, const char *key, char **out, struct err *err);
/* The same where a setting that cannot be read may be one that is not set. Caller frees. */
char *store_setting(struct store *s, const char *key);

#include "dolen/store/extract.h"   /* one row an episode, referral, … with every fact by its name */
#include "dolen/store/directory.h" /* community assets, and what is not there */
#include "dolen/store/past.h"      /* what was: the bin, as it was on a day, likely duplicates */
#include "dolen/store/sent.h"      /* what left: destinations, batches, which rows are where */
#include "dolen/store/definitions.h"
#include "dolen/store/caseload.h"
#include "dolen/store/difference.h"

#endif
