/* store/store_priv.h - what the files of src/store share: the handle, transactions, the schema and the column table. */
#ifndef DOLEN_STORE_STORE_PRIV_H
#define DOLEN_STORE_STORE_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "dolen/base/json.h"
#include "dolen/db/db.h"
#include "dolen/store/write.h"

struct store {
    struct db *db;
    struct id  author;
    bool       read_only;
    bool       training;             /* invented people only: the one kind of case file that may hold drills */
    bool       open_tx;              /* between store_begin and store_commit */
    bool       bulk;                 /* search is rebuilt at the end instead of with every change */
    bool       spoilt;               /* a change failed half-way inside the transaction: it can only be rolled back */
    int64_t    seq, seq_on_disk;     /* last change, in this transaction and as committed */
    uint8_t    chain[32], chain_on_disk[32];
    int64_t    indexed, indexed_on_disk;    /* the notes of changes up to this one are in the full-text index */
    int64_t    recent;               /* ... and up to this one in memory; 0: to be read again (search_recent.c) */
    bool       recent_made, recent_any;
    int64_t    seq_at_open;          /* undo takes back later ones only */
    int64_t   *steps;                /* first change of each transaction since then: what undo takes back as one */
    size_t     step_count, step_cap;
    void     (*committed)(void *ctx, int64_t version);
    void      *committed_ctx;
};

/* --- transactions: a change joins the one that is open, or makes its own ---------------------------------------- */

enum status tx_enter(struct store *s, bool *own, struct err *err);
/* st: what the change came to. Commits or rolls back one's own; spoils a joined one when st is not ST_OK. */
enum status tx_leave(struct store *s, bool own, enum status st, struct err *err);

/* --- columns ---------------------------------------------------------------------------------------------------- */

enum column_type { COL_TEXT, COL_INT, COL_DATE, COL_CODE, COL_CODES, COL_ID };

struct column {
    const char      *name;
    enum column_type type;
    const char      *update;         /* UPDATE table SET column = ?1 WHERE id = ?2 */
};

/* All SQL here is compiled in from the lists of tables.h; only values vary, and they are bound. */
struct table {
    const char          *name;
    const struct column *columns;
    int                  count;
    const char          *select;   /* SELECT id, created_at, updated_at, binned_at, columns… FROM table WHERE id = ?1 */
    const char          *insert;     /* id, created_at, created_by, updated_at, updated_by, last_change, columns… */
    const char          *stamp;  /* UPDATE table SET updated_at = ?1, updated_by = ?2, last_change = ?3 WHERE id = ?4 */
    const char          *bin;        /* UPDATE table SET binned_at = ?1, bin_reason = ?2 WHERE id = ?3 */
};
extern const struct table tables[T_COUNT];

#define RECORD_HEAD "id, created_at, updated_at, binned_at"
#define RECORD_NAME(c, t) ", " #c
/* "SELECT id, …, given_name, … FROM person": what record_read expects. */
#define RECORD_SELECT(UPPER, lower) "SELECT " RECORD_HEAD UPPER##_COLUMNS(RECORD_NAME) " FROM " #lower

/* Fills r (init'ed for its table) from the row a RECORD_SELECT statement stands on. */
void record_read(struct record *r, struct stmt *q);
/* to: not begun; release it. */
void record_copy(struct record *to, const struct record *from);
/* Brings ids and numbers to their one spelling; ST_INVALID names the column whose value cannot be stored. */
enum status record_settle(struct record *r, struct err *err);
void record_bind(struct stmt *q, int i, const struct record *r, int column);

/* --- schema ----------------------------------------------------------------------------------------------------- */

/* What every table of records begins with. */
#define STORE_COMMON \
    "row_no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE CHECK (length(id) = 16), " \
    "created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL, updated_by BLOB, " \
    "last_change INTEGER, binned_at INTEGER, bin_reason TEXT, "
extern const char *const sync_tables[], *const sync_indices[], *const sent_person_indices[];      /* each ended by NULL */
extern const char *const gap_indices[], *const list_indices[], *const caseload_indices[], *const due_indices[],
    *const urgent_indices[];
extern const char *const connected_indices[], *const died_indices[];

/* The tally of a practitioner's people (search_schema.c). */
#define TALLY_WITH(practitioner) "'with ' || coalesce(hex(" practitioner "), '')"

/* Brings an empty or older file to the newest schema; refuses a newer one. */
enum status schema_migrate(struct store *s, struct err *err);
/* The sort keys of everybody with a preferred name, anew: of a file that sorted by the given name. */
enum status people_resort(struct store *s, struct err *err);
/* What the search still holds of people who were forgotten goes: of a file whose forgotten left their answers there. */
enum status forgotten_swept(struct store *s, struct err *err);
/* Is there a schema at all, and is it ours and not newer? */
enum status schema_check(struct store *s, bool *older, struct err *err);
/* Every object of the file against ours: nothing missing, changed or added. */
enum status schema_compare(struct store *s, struct err *err);

/* --- history ---------------------------------------------------------------------------------------------------- */

struct change {
    const char        *entity;       /* a table's name, or what a note is about */
    struct id          entity_id;
    const char        *why;          /* NULL: none */
    int64_t            undoes;       /* 0: nothing */
    const struct json *body;         /* {"column": [old, new]}, NULL: {} */
};
enum status history_start(struct store *s, struct err *err);     /* reads the head of the chain */
enum status history_add(struct store *s, const struct change *c, struct err *err);

/* --- records and their answer rows ------------------------------------------------------------------------------ */

enum binning { BIN_LEAVE, BIN_PUT, BIN_TAKE_OUT };

/* The one way a record changes. answers: NULL leaves answer rows alone; else the set wanted. asked: names of the form's
 * questions, rows of other questions stay as they are; NULL: answers is the whole set. */
struct write {
    struct record        *record;
    const struct answers *answers;
    const char *const    *asked;
    size_t                asked_count;
    enum binning          binning;
    const char           *bin_reason;
    const char           *why;
    int64_t               undoes;        /* 0, or the change that this takes back */
    const struct json    *carried;       /* NULL, or what came with it from another laptop: kept in the history */
};
enum status write_apply(struct store *s, const struct write *w, struct err *err);

/* Is there a name among the names? No list at all holds every name. */
bool name_among(const char *const *names, size_t count, const char *name);

/* Answer rows of an owner, in the order of question and instance. */
enum status answers_read(struct store *s, struct id owner, struct answers *out, struct err *err);
/* What has to change, as "answer.question#2": [old, new] in body. */
void answers_compare(struct json *body, const struct answers *old, const struct write *w);
/* Does it. */
enum status answers_write(struct store *s, struct id owner, const struct answers *old, const struct write *w,
                          struct err *err);
/* One side of a comparison back into a set. */
void answers_restore(struct answers *a, const char *key, const struct json *side);
/* Is it what a stands for now? */
bool answers_stand(const struct answers *a, const char *key, const struct json *side);
bool answers_key(const char *key);

bool column_is_answer(enum table_id t, int column);

/* Lists of name:value between blanks, as columns missing and form_def keep them. */
void entry_drop(struct buf *list, const char *name);
void entry_set(struct buf *list, const char *name, const char *value);

/* Key of a change's body: {"from": the other laptop, "versions": {field: version}, "settled": true when a person
 * settled it}. */
#define CARRIED "carried"
/* a body without what it brought of the past elsewhere; caller frees (carry_past.c) */
char *past_left_out(const char *body);

/* What a task is about lies in the bin: it waits there with it, and comes back with it. One look-up a task, in an
 * index of what is in the bin; t: the name the statement gives the task. */
#define LIES_IN_BIN(id, table) \
    "EXISTS (SELECT 1 FROM " table " x INDEXED BY " table "_in_bin WHERE x.id = " id " AND x.binned_at IS NOT NULL) "
#define SUBJECT_BINNED(t, table) LIES_IN_BIN(t ".subject", table)
#define TASK_OF_BINNED(t) \
    "CASE " t ".kind WHEN 'FOLLOW_UP' THEN " SUBJECT_BINNED(t, "concern") "OR " SUBJECT_BINNED(t, "episode") \
    "WHEN 'FIRST_CONTACT' THEN " SUBJECT_BINNED(t, "referral") "OR " LIES_IN_BIN(t ".episode", "episode") \
    "WHEN 'REVIEW' THEN " SUBJECT_BINNED(t, "episode") "WHEN 'NEWS_DUE' THEN " SUBJECT_BINNED(t, "connection") \
    "WHEN 'GAP' THEN " SUBJECT_BINNED(t, "gap") "WHEN 'ASSET_VERIFY' THEN " SUBJECT_BINNED(t, "asset") \
    "WHEN 'SUPERVISOR' THEN " SUBJECT_BINNED(t, "concern") "ELSE " SUBJECT_BINNED(t, "referral") "END "
#define EPISODE_DIED "reason = 'DIED' AND closed_on IS NOT NULL"
/* A referral that may weigh more on Today than its kind does: it asks to be seen soon, or was not accepted and nobody
 * was told. */
#define REFERRAL_WEIGHS \
    "(coalesce(urgency, 'ROUTINE') <> 'ROUTINE' OR " \
    "(coalesce(decision, '') <> 'ACCEPTED' AND feedback_sent_on IS NULL)) AND binned_at IS NULL"

#endif
