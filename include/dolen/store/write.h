/* dolen/store/write.h - opening and changing the case file. Only src/app (and the practice generator) includes this.
 *
 * Every change is one transaction with its history row; a function that returns ST_OK has it on disk. Between
 * store_begin and store_end several changes are one. */
#ifndef DOLEN_STORE_WRITE_H
#define DOLEN_STORE_WRITE_H

#include "dolen/core/asset.h"
#include "dolen/store/read.h"
#include "dolen/vault/vault.h"

/* path: the folder. The holder lock is taken by the caller. Migrates an older schema (in one transaction), refuses a
 * newer one (ST_NEWER). author: practitioner id written into every change (the slot that opened the file). */
enum status store_create(struct store **out, const char *folder, const struct vault *v, struct err *err);
enum status store_open(struct store **out, const char *folder, const struct vault *v, bool read_only, struct err *err);
enum status store_close(struct store **sp, struct err *err);
void        store_author(struct store *s, struct id practitioner);
/* Called after every commit with the new store_version. */
void        store_on_commit(struct store *s, void (*fn)(void *ctx, int64_t version), void *ctx);

enum status store_begin(struct store *s, struct err *err);
enum status store_commit(struct store *s, struct err *err);
void        store_rollback(struct store *s);
/* How a step that was begun ends: when st, what its parts came to, is ST_OK it is committed, else taken back. Returns
 * what came of it. */
enum status store_end(struct store *s, enum status st, struct err *err);
bool        store_in_step(const struct store *s);    /* between store_begin and its end */

/* Inserts (id not set, then a new id is put into r; or an id that is not there yet) or updates; only what differs is
 * written and put in history; nothing differs: nothing is written. ST_INVALID: a value its column cannot hold. why
 * may be NULL. Keeps search and sort keys up to date. */
enum status store_put(struct store *s, struct record *r, const char *why, struct err *err);
/* To the bin, and back. */
enum status store_bin(struct store *s, enum table_id t, struct id id, const char *reason, struct err *err);
enum status store_unbin(struct store *s, enum table_id t, struct id id, struct err *err);

/* Two records of one person: everything of other is pointed at keep, other is hidden; both stay as they were, but
 * keep gets the stricter safe-contact rule and what it did not have. told: {"moved": n, "safe_contact": [column…],
 * "filled": [column…], "stays": [table…]}, may be NULL; the caller's. */
enum status store_merge(struct store *s, struct id keep, struct id other, struct id *merge, struct json **told,
                        struct err *err);
/* Exactly that back, however much later. told: {"moved_back": n, "went_along": [{"kind", "id"}…] added since to what
 * went back, "not_moved": […] belonging to somebody else by now, "added_since": […] staying with keep}. */
enum status store_unmerge(struct store *s, struct id merge, struct json **told, struct err *err);

/* One thing that stands in the directory twice: other's connections and whatever is a place of its offer go to keep,
 * which also gets what it did not have and the later day somebody talked to them; other goes to the bin, and whatever
 * was begun about it goes on about keep (asset_now). ST_REFUSED: one entry, one in the bin, or a difference between two
 * laptops about other that nobody has settled: what a laptop has seen of the one says nothing about the other. */
enum status store_join_assets(struct store *s, struct id keep, struct id other, size_t *connections, struct err *err);

/* A person's records are kept beyond their time, and why; NULL: no longer. */
enum status store_hold(struct store *s, struct id person, const char *why, struct err *err);
/* Everything about a person goes for good: rows, answers, words in the search, the words of the history (its chain
 * still holds). Placeholders stay, without a name or a word, so that people, referrals, periods of support and unmet
 * needs of past months are counted as before. ST_REFUSED as store_may_forget. */
enum status store_forget(struct store *s, struct id person, struct err *err);
/* ST_REFUSED while a referral waits, a period of support is open, or the records are held. Changes nothing. */
enum status store_may_forget(struct store *s, struct id person, struct err *err);

/* What was put in the bin more than BIN_DAYS before now goes for good, with what belongs to it; its place in the
 * history stays, without words. held: what has to stay: a person with an open period of support, records on hold, a
 * referral or a directory entry that something still points at. every_table: also rows that only came along with
 * something (tasks). */
struct purged {
    size_t gone, held;
};
enum status store_purge(struct store *s, int64_t now, bool every_table, struct purged *out, struct err *err);

/* A filled-in form. binds: T_COUNT when it binds no table (a response is written). id: the record or response to
 * change, or not set for a new one; set on return. Columns of the bound table take their questions' answers, anything
 * else becomes answer rows. yaml is pinned under hash when it is not there yet. */
struct filing {
    const char *form;
    int         version;
    enum table_id binds;
    struct id   id, person, episode;
    const char *hash;                    /* 64 hex digits */
    const char *yaml;
    size_t      yaml_bytes;
    const char *stage, *language, *wording;     /* responses; may be NULL */
    struct date held_on;                 /* responses */
    const struct answers *answers;
    const char *const *questions;     /* every name the form asks: what answers leaves out of these is cleared. NULL: */
    size_t      question_count;      /* a bound record keeps what answers does not name, a response has answers alone */
    const char *why;
};
enum status store_file(struct store *s, struct filing *f, struct err *err);

/* A definition that is no form (a drill), pinned under its hash when it is not there yet. */
enum status store_pin(struct store *s, const char *hash, const char *id, int version, const char *yaml, size_t n,
                      struct err *err);

/* Drafts are kept without history; thrown away for good when filed. base: the answers of the record as they were when
 * the draft was begun, NULL: none. */
enum status store_draft_put(struct store *s, struct record *draft, const struct answers *base, struct err *err);
enum status store_draft_base(struct store *s, struct id draft, struct answers *out, struct err *err);
enum status store_draft_done(struct store *s, struct id draft, struct err *err);

/* Takes back the newest change of this session that has not been taken back; writes the inverse as a change of its own.
 * *what: the table's name. ST_NOTFOUND when there is none, ST_CONFLICT when the record has changed since. */
enum status store_undo(struct store *s, enum table_id *what, struct id *id, struct err *err);
/* Takes back every change after … until, whoever made it, newest first and in one transaction; what was taken back
 * already is left out. *n: how many. ST_CONFLICT, and nothing is taken back, when one of the records has changed
 * since. */
enum status store_take_back(struct store *s, int64_t after, int64_t until, size_t *n, struct err *err);
/* Takes back one change out of the history, of any session, with what was filed with it (store_goes_back), in one
 * transaction and as changes of their own that can be taken back in turn; that a record was made: it goes to the bin.
 * apply false: only says whether it could be. ST_CONFLICT names the later change that stands in the way or on it.
 * ST_REFUSED for what is serious, what has left, a colleague's permission, and what has a way of its own (a closing,
 * joined records); ST_NOTFOUND for rows that only say what was seen or sent. Nothing is changed then. Not inside
 * store_begin. */
enum status store_take_back_one(struct store *s, int64_t seq, bool apply, struct err *err);
/* What was written until now was the program's own doing: undo begins after it. */
void        store_undo_begins(struct store *s);

/* A reveal of a protected value, or another act that history must show. */
enum status store_note(struct store *s, const char *entity, struct id entity_id, const char *why, struct err *err);

enum status store_set_setting(struct store *s, const char *key, const char *value, struct err *err);

/* Marks open tasks of this kind about this subject (or episode) done; or makes one. */
enum status store_task_done(struct store *s, const char *kind, struct id subject, struct date on, struct err *err);
enum status store_task_add(struct store *s, const char *kind, struct date due, struct id person, struct id episode,
                           struct id subject, const char *what, struct err *err);
/* The same as done, with the reason that stands in the history: "closed" when the episode's closing ended them. */
enum status store_task_end(struct store *s, const char *kind, struct id subject, struct date on, const char *why,
                           struct err *err);
/* What the newest closing of this episode ended is due again, as it was; not what was changed since, and none beside
 * a newer one of its kind. referral: the episode's, may be not set. *n: how many. */
enum status store_tasks_again(struct store *s, struct id episode, struct id referral, size_t *n, struct err *err);

/* Which rows a batch brings to a destination or takes back there; with the batch, in its transaction. */
enum status store_sent_write(struct store *s, struct id destination, const struct sent_row *rows, size_t n,
                             struct err *err);
/* A receipt says that everything up to covered is there: rows taken back by then are not there any more. */
enum status store_sent_settle(struct store *s, struct id destination, int64_t covered, struct err *err);

/* Everything: the database (see db_verify), the schema against ours, the history chain. */
enum status store_verify(struct store *s, struct err *err);
/* VACUUM INTO a private temporary beside path (used by backup). */
enum status store_copy_to(struct store *s, const char *path, struct err *err);
const char *store_library_version(struct store *s);         /* SQLCipher's */
/* A whole copy under the keys of another vault, synced. It is not verified yet. */
enum status store_copy_with_key(struct store *s, const char *path, const struct vault *v, struct err *err);

/* Large loads (practice caseloads): many changes in one transaction, history kept, search rebuilt at the end. */
enum status store_bulk_begin(struct store *s, struct err *err);
enum status store_bulk_end(struct store *s, struct err *err);

/* --- imports, and taking them back ------------------------------------------------------------------------------ */


/* Records made by the changes after … until, newest first. changed: they have been changed later. Caller frees. */
struct made_record {
    enum table_id table;
    struct id     id;
    bool          changed;
};
enum status store_made(struct store *s, int64_t after, int64_t until, struct made_record **out, size_t *n,
                       struct err *err);
/* Has casework been written down about this person, or anybody been connected to this asset, since that change? */
enum status store_is_used(struct store *s, enum table_id t, struct id id, int64_t after, bool *used, struct err *err);

#endif
