/* dolen/store/past.h - asking the case file about what was, and what is there twice: the bin, likely duplicates. */
#ifndef DOLEN_STORE_PAST_H
#define DOLEN_STORE_PAST_H

#include "dolen/core/asset.h"
#include "dolen/core/dup.h"
#include "dolen/store/read.h"

/* --- the bin ------------------------------------------------------------------------------------------------------ */

#define BIN_DAYS 30

struct bin_row {
    enum table_id table;
    struct id     id, person, by;        /* person: whom it is about; by: who put it there */
    int64_t       at;
    char          name[160];             /* of the person, or of the asset */
    char          what[160];             /* a few words of it, a date, or "" */
    char          why[200];
};
/* Whole days until what was binned at `at` goes: 30 on the day itself, 1 on the last. */
int         bin_days_left(int64_t at, int64_t now);
/* What was put in the bin from since (UTC seconds) until before (0: now), newest first. */
enum status bin_list(struct store *s, int64_t since, int64_t before, int limit, struct bin_row *rows, int *n,
                     struct err *err);
/* The table of something in the bin; ST_NOTFOUND. */
enum status bin_find(struct store *s, struct id id, enum table_id *t, struct err *err);

/* --- the directory ------------------------------------------------------------------------------------------------ */

/* What duplicates are found by, of every asset. Caller frees items. */
struct asset_keys {
    struct asset_key *items;
    size_t            count, cap;
};
enum status asset_keys(struct store *s, struct asset_keys *out, struct err *err);

/* --- how much a step is ------------------------------------------------------------------------------------------- */

/* Records by table, and all of them. */
struct extent {
    size_t records, per[T_COUNT];
};
/* What store_undo would take back now; nothing when there is nothing, or it can't be told. */
void store_undo_extent(struct store *s, struct extent *out);
/* What was changed after this change of the history, also inside a step that is not committed. */
void store_extent_since(struct store *s, int64_t after, struct extent *out);

/* --- as it was ---------------------------------------------------------------------------------------------------- */

/* A record as it stood at the end of a day, rebuilt from its history alone. binned: it lay in the bin then.
 * ST_NOTFOUND when it was not there yet. answers (may be NULL): rows without a column; release both in any case. */
enum status store_as_of(struct store *s, enum table_id t, struct id id, struct date on, struct record *out,
                        struct answers *answers, struct err *err);
/* The records of a table that belonged to owner then (column "person" or "episode"), the bin's left out. */
enum status store_as_of_list(struct store *s, enum table_id t, const char *column, struct id owner, struct date on,
                             struct records *out, struct err *err);

/* --- everything about a person ------------------------------------------------------------------------------------ */

struct holding {
    enum table_id table;
    struct id     id;
};
/* Every row that is about a person, the bin's and those of records joined to theirs too, the person first. Caller
 * frees. */
enum status store_holdings(struct store *s, struct id person, struct holding **out, size_t *n, struct err *err);
/* The records that the step in hand has changed, not committed yet, each once, in the order of their first change.
 * Caller frees. */
enum status store_unsaved(struct store *s, struct holding **out, size_t *n, struct err *err);
/* What is known to have left the case file and may hold the person still, newest first: exports and backups since they
 * came, bundles to where rows of theirs went ("bundle"; seq 0), and of this person the handovers to another laptop,
 * letters, plans and access packs. */
enum status store_left_since(struct store *s, struct id person, int limit, struct change_row *rows, int *n,
                             struct err *err);

/* --- how long it is kept ------------------------------------------------------------------------------------------ */

struct retention_row {
    struct id   person, id;              /* id: the period of support, or the referral that came to nothing */
    bool        declined, held;
    struct date since;                   /* closed, or decided */
    char        name[160];
};
/* How many years records are kept, as the service decided: 8 after closing and 2 after a referral that came to
 * nothing until somebody says otherwise (the services' usual schedules, docs/sources.md). Settings of the case file. */
#define RETENTION_CLOSED   "retention.closed_years"
#define RETENTION_DECLINED "retention.declined_years"
struct retention_policy {
    int closed_years, declined_years;    /* 1 to 100 */
};
struct retention_policy retention_policy(struct store *s);
/* People whose last period of support was closed before the one day, or whose referral came to nothing before the
 * other; nobody who has something later. Oldest first. */
enum status retention_due(struct store *s, struct date closed_before, struct date declined_before, int limit,
                          struct retention_row *rows, int *n, struct err *err);
/* Whoever's records are held and whose time is not over: appended to rows, with neither record nor day. */
enum status retention_held(struct store *s, int limit, struct retention_row *rows, int *n, struct err *err);
/* Why somebody's records are kept beyond their time: a setting of the case file; *why is NULL when they are not.
 * Caller frees it. */
enum status retention_hold(struct store *s, struct id person, char **why, struct err *err);
/* The period of support is closed because the person died. */
bool closed_by_death(const struct record *episode);

/* --- the chain -------------------------------------------------------------------------------------------------- */

/* What binds change seq to all before it, as 64 hex digits; seq 0: the newest, whose number is put into *seq.
 * ST_NOTFOUND when there is no such change. */
enum status chain_head(struct store *s, int64_t *seq, char hex[65], struct err *err);

/* --- the same person twice ---------------------------------------------------------------------------------------- */

struct dup_hit {
    struct id      id;
    enum dup_level level;
    struct date    birth;
    char           birth_precision[8];   /* as in struct person_row */
    char           name[160];
};
/* Records that may be of the person that facts tell of, likely ones first; not_this is left out. */
enum status dup_find(struct store *s, const struct dup_facts *facts, struct id not_this, struct dup_hit *hits, int max,
                     int *n, struct err *err);
/* Pairs among everyone, likely ones first: 2i and 2i + 1 belong together. */
enum status dup_all(struct store *s, struct dup_hit *hits, int max_pairs, int *pairs, struct err *err);

#endif
