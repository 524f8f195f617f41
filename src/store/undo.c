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
