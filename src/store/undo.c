/* store/undo.c - taking back: the old values of a change are written as a change of its own, that names the first.
 *
 * What was saved in one transaction (a closed episode, its tasks, the feedback then owed) is taken back in one. */
#include "store_priv.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "owned.h"

#include "dolen/base/banned.h"

/* The change to take back, and the record as it stands. */
struct undoing {
    int64_t        seq;
    enum table_id  table;
    struct json   *body;
    struct record  record;
    struct answers answers;
    bool           conflict;
    enum binning   binning;
};

/* Which changes: after … until, and whether only one's own. */
struct range {
    int64_t after, until;
    bool    own;
};

/* A note (a reveal, a setting) has an empty body: there is nothing to take back. */
static enum status newest(struct store *s, const struct range *in, struct undoing *u, struct id *id, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q,
        "SELECT seq, entity, entity_id, body FROM change AS c WHERE seq > ?1 AND seq <= ?4 AND (?3 = 0 OR by IS ?2) "
        "AND undoes IS NULL AND body IS NOT NULL AND body <> '{}' "
        "AND entity NOT IN ('destination', 'batch', 'receipt') "       /* what left has left */
        "AND NOT EXISTS (SELECT 1 FROM change AS u WHERE u.undoes = c.seq) ORDER BY seq DESC LIMIT 1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, in->after);
    stmt_bind_id(q, 2, s->author);
    stmt_bind_int(q, 3, in->own);
    stmt_bind_int(q, 4, in->until);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row && table_by_name(stmt_text(q, 1), &u->table)) {
        const char *body = stmt_text(q, 3);

        u->seq = stmt_int(q, 0);
        *id = stmt_id(q, 2);
        st = json_parse(&u->body, body, strlen(body), err);
    }
    stmt_done(q);
    return st;
}

/* Text, or NULL for null. */
static const char *plain(const struct json *j)
{
    return j && json_kind(j) == JSON_TEXT_ ? json_text(j) : NULL;
}

static void stands(void *ctx, const char *key, struct json *pair)
{
    struct undoing *u = ctx;
    const struct json *is = json_at(pair, 1);
    int c = table_column_by_name(u->table, key);

    if (answers_key(key))
        u->conflict |= !answers_stand(&u->answers, key, is);
    else if (str_eq(key, "binned_at"))
        u->conflict |= u->record.binned != (plain(is) != NULL);
    else if (c >= 0)
        u->conflict |= !str_eq(record_text(&u->record, c), plain(is));
}

static void restore(void *ctx, const char *key, struct json *pair)
{
    struct undoing *u = ctx;
    const struct json *was = json_at(pair, 0);
    int c = table_column_by_name(u->table, key);

    if (answers_key(key))
        answers_restore(&u->answers, key, was);
    else if (str_eq(key, "binned_at"))
        u->binning = plain(was) ? BIN_PUT : BIN_TAKE_OUT;
    else if (c >= 0)
        record_set(&u->record, c, plain(was));
}

/* A record that this change made goes to the bin with its values: that can be taken back by hand. */
static enum status take_back(struct store *s, struct undoing *u, struct err *err)
{
    struct write w = { .record = &u->record, .answers = &u->answers, .why = "undo", .undoes = u->seq };

    json_each(u->body, stands, u);
    if (json_get(u->body, "id"))
        u->conflict |= u->record.binned;
    if (u->conflict)
        return err_set(err, ST_CONFLICT, _("The record has been changed since, so this change was not taken back. "
                                           "Nothing was changed. Edit the record instead."));
    if (json_get(u->body, "id")) {
        w.binning = BIN_PUT;
        w.bin_reason = "undo";
    } else {
        json_each(u->body, restore, u);
        w.binning = u->binning;
    }
    if (u->table == T_MERGE && w.binning == BIN_PUT) {
        enum status st = merge_drafts_back(s, &u->record, err);

        if (st != ST_OK)
            return st;
    }
    return write_apply(s, &w, err);
}

/* --- one change out of the history, however old ------------------------------------------------------------------- */

/* One's own permissions alone: what a colleague wrote down about consent is theirs to take back. What was serious, what
 * left, and rows that only come along with others are not taken back one by one. */
static const struct {
    enum table_id table;
    bool          own, made;             /* made: that it was made can be taken back (to the bin) */
} from_history[] = {
    { T_PERSON, false, true }, { T_EPISODE, false, false }, { T_NOTE, false, true }, { T_REFERRAL, false, true },
    { T_CONSENT, true, true }, { T_CONTACT, false, true }, { T_CONNECTION, false, true }, { T_GAP, false, true },
};

/* What undoes these is an act of its own, which also puts right what they did to other records. */
static bool has_its_own_way(const struct undoing *u, const char *why)
{
    static const char *const acts[] = { "merged", "unmerged", "two laptops", "forgotten", "handed over" };

    for (size_t i = 0; why && i < ARRAY_LEN(acts); i++)
        if (str_eq(why, acts[i]))
            return true;
    return u->table == T_EPISODE && json_get(u->body, "closed_on");
}

static enum status may_take_back(const struct store *s, const struct undoing *u, const char *why, struct id by,
                                 struct err *err)
{
    size_t i = 0;

    while (i < ARRAY_LEN(from_history) && from_history[i].table != u->table)
        i++;
    if (has_its_own_way(u, why))
        return err_set(err, ST_REFUSED,
                       _("This touched other records too, so it is not taken back alone. Nothing was changed. "
                         "Open a closed period of support again, part joined records, or hand back what was handed "
                         "over."));
    if (i == ARRAY_LEN(from_history) || (!from_history[i].made && json_get(u->body, "id")))
        return err_set(err, ST_REFUSED, _("A change of this kind is not taken back from the history. Nothing was "
                                          "changed. Edit the record instead."));
    if (from_history[i].own && !id_eq(by, s->author))
        return err_set(err, ST_REFUSED, _("A colleague wrote this down, and a permission is taken back by whoever "
                                          "wrote it. Nothing was changed. Write down what the person says now."));
    return ST_OK;
}

/* The change, its reason and its author. */
static enum status change_read(struct store *s, int64_t seq, struct undoing *u, char why[80], struct id *by,
                               struct id *id, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false, kept = false;
    enum status st = db_use(s->db, &q, "SELECT entity, entity_id, body, why, by FROM change WHERE seq = ?1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, seq);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row && table_by_name(stmt_text(q, 0), &u->table)) {
        const char *body = stmt_is_null(q, 2) ? "{}" : stmt_text(q, 2), *said = stmt_text(q, 3);

        kept = !str_eq(body, "{}");
        *id = stmt_id(q, 1);
        *by = stmt_id(q, 4);
        str_copy(why, 80, said ? said : "");
        st = kept ? json_parse(&u->body, body, strlen(body), err) : ST_OK;
    }
    stmt_done(q);
    u->seq = seq;
    return st != ST_OK || kept ? st : err_set(err, ST_NOTFOUND, _("There is nothing in this row of the history to "
                                                                  "take back. Nothing was changed. Choose a row "
                                                                  "that shows what changed."));
}

/* Casework that leans on a person's record would be left without it. */
static enum status nothing_leans_on_it(struct store *s, const struct undoing *u, struct id id, struct err *err)
{
    bool used = false;
    enum status st = json_get(u->body, "id") ? store_is_used(s, u->table, id, u->seq, &used, err) : ST_OK;

    if (st == ST_OK && used)
        st = err_set(err, ST_CONFLICT, _("Casework has been written down about this person since. Nothing was "
                                         "changed. Take that back first, or put the record in the bin with a "
                                         "reason."));
    if (st == ST_OK && u->record.binned && !json_get(u->body, "binned_at"))
        st = err_set(err, ST_CONFLICT, _("The record is in the bin. Nothing was changed. Take it out of the bin "
                                         "first."));
    return st;
}

static enum status one_back(struct store *s, int64_t seq, struct err *err)
{
    struct undoing u = { .seq = 0 };
    struct id id = ID_NONE, by = ID_NONE;
    char why[80];
    enum status st = change_read(s, seq, &u, why, &by, &id, err);

    if (st == ST_OK)
        st = may_take_back(s, &u, why, by, err);
    if (st == ST_OK)
        st = store_get(s, u.table, id, &u.record, err);
    if (st == ST_OK)
        st = nothing_leans_on_it(s, &u, id, err);
    if (st == ST_OK)
        st = answers_read(s, id, &u.answers, err);
    if (st == ST_OK)
        st = take_back(s, &u, err);
    json_free(&u.body);
    record_release(&u.record);
    answers_release(&u.answers);
    return st;
}

enum status store_take_back_one(struct store *s, int64_t seq, bool apply, struct err *err)
{
    enum status st = store_begin(s, err);

    if (st != ST_OK)
        return st;
    st = one_back(s, seq, err);
    if (st == ST_OK && apply)
        return store_commit(s, err);
    store_rollback(s);
    return st;
}

/* --- the newest of this session ----------------------------------------------------------------------------------- */

/* Takes back the newest change of a range; u->seq stays 0 when there is none. */
static enum status undo_one(struct store *s, const struct range *in, struct undoing *u, struct id *id, struct err *err)
{
    enum status st = newest(s, in, u, id, err);

    if (st == ST_OK && u->body) {
        st = store_get(s, u->table, *id, &u->record, err);
        if (st == ST_OK)
            st = answers_read(s, *id, &u->answers, err);
        if (st == ST_OK)
            st = take_back(s, u, err);
    }
    json_free(&u->body);
    record_release(&u->record);
    answers_release(&u->answers);
    return st;
}

/* The last change before the transaction that a change was saved in. */
static int64_t before_step(const struct store *s, int64_t seq)
{
    for (size_t i = s->step_count; i > 0; i--)
        if (s->steps[i - 1] <= seq)
            return s->steps[i - 1] - 1;
    return seq - 1;
}

/* What a person knows the step by is its first record: the form that was filed, not the task that came of it. */
static enum status undo_step(struct store *s, enum table_id *what, struct id *id, struct err *err)
{
    struct range in = { s->seq_at_open, INT64_MAX, true };
    bool any = false;

    for (;;) {
        struct undoing u = { .seq = 0 };
        struct id at = ID_NONE;
        enum status st = undo_one(s, &in, &u, &at, err);

        if (st != ST_OK)
            return st;
        if (!u.seq)
            break;
        in.after = any ? in.after : before_step(s, u.seq);
        any = true;
        *what = u.table;
        *id = at;
    }
    return any ? ST_OK : err_set(err, ST_NOTFOUND, _("There is nothing to take back since the case file was "
                                                     "opened. What was filed before stands in a person's section "
                                                     "History."));
}

enum status store_undo(struct store *s, enum table_id *what, struct id *id, struct err *err)
{
    bool own = false;
    enum status st = tx_enter(s, &own, err);

    if (st != ST_OK)
        return st;
    return tx_leave(s, own, undo_step(s, what, id, err), err);
}

static enum status range_undo(struct store *s, struct range in, size_t *n, struct err *err)
{
    for (*n = 0; ; (*n)++) {
        struct undoing u = { .seq = 0 };
        struct id at = ID_NONE;
        enum status st = undo_one(s, &in, &u, &at, err);

        if (st != ST_OK || !u.seq)
            return st;
        in.until = u.seq - 1;
    }
}

enum status store_take_back(struct store *s, int64_t after, int64_t until, size_t *n, struct err *err)
{
    struct range in = { after, until, false };
    bool own = false;
    enum status st = tx_enter(s, &own, err);

    *n = 0;
    return st == ST_OK ? tx_leave(s, own, range_undo(s, in, n, err), err) : st;
}
