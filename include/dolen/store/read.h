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
#include "dolen/store/record.h"

struct store;

/* --- people, directory, worklist: rows for screens ---------------------------------------------------------------- */

struct person_row {
    struct id   id, episode;             /* the open episode, else the newest, else not set */
    char        name[160];               /* display name: preferred, with family */
    char        sort_key[160];
    char        postcode[12];
    struct date birth;
    char        birth_precision[8];      /* DAY (or ""), MONTH, YEAR, ABOUT: person_born() shows no more than is known */
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
/* What of a person met the words that were typed: the name that text shows, or another of their names or numbers. */
enum hit_met { MET_SHOWN, MET_GIVEN_NAME, MET_OTHER_NAME, MET_NHS_NUMBER, MET_POSTCODE, MET_PHONE };
struct hit {
    enum hit_kind kind;
    struct id     id;                    /* person, asset, or the contact/response/… of a note */
    struct id     person;                /* for people and notes */
    char          text[240];             /* name, or the words around the find */
    bool          slip;                  /* found by forgiving one slip */
    bool          exact;                 /* people: one of their names, or the NHS number, is all that was typed */
    enum hit_met  met;
    char          met_text[64];          /* that name or number; dots where a safe-contact rule covers it */
};
/* "given name: Margaret"; nothing when the name in text says it. */
void hit_met_words(const struct hit *h, struct buf *out);
/* One box: names, preferred name, alias, postcode, phone tail, NHS number, asset, note text; folded, prefix, and
 * forgiving of one slip in a name when fewer than limit exact ones were found. which: bit mask of 1 << HIT_*.
 * A protected person's phone and address are never in text. */
enum status store_search(struct store *s, const char *typed, unsigned which, struct hit *hits, int limit, int *n,
                         struct err *err);

struct task_row {
    struct id   id, person, episode, subject;
    char        kind[24];
    char        what[120];
    /* codes of the referral it is about; "" once that is accepted or answered */
    char        urgency[24], decision[24];
    struct date due, since;
};
/* Open tasks due on or before until, oldest first. whose: those of a practitioner, which leaves out people whose open
 * episodes are all with somebody else, but never that a supervisor is to be told; not set: everybody's. */
enum status tasks_due(struct store *s, struct id whose, struct date until, int limit, struct task_row *rows, int *n,
                      struct err *err);
/* Whose: the person's name, or the asset's when no person is set; "" when there is neither. One by one, because a list
 * shows a screenful of hundreds. */
enum status task_name(struct store *s, struct id person, struct id subject, char *out, size_t size, struct err *err);

struct counts {
    int64_t people, open_episodes, referrals, referrals_waiting, assets, gaps;
};
enum status store_counts(struct store *s, struct counts *out, struct err *err);
/* Newest months first: month "2026-03", referrals received, episodes opened and closed, and episodes open at
 * its end. Of nobody in the bin, as the counts. */
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
/* The newest changes about a person and one period of support (may be unset): of themselves and of what hangs on them,
 * also of what lies in the bin now. Notes of something serious, and what only came along with a form (things to do,
 * values of a measure) are left out. Caller releases each. */
enum status store_changes_about(struct store *s, struct id person, struct id episode, int limit,
                                struct change_row *rows, int *n, struct err *err);
/* One of them by its number; ST_NOTFOUND. */
enum status store_change_at(struct store *s, int64_t seq, struct change_row *row, struct err *err);
void        change_row_release(struct change_row *c);
/* All that goes back when this change is taken back: what was filed with it, itself included, the form first. Caller
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
