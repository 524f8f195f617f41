/* store/undo.c - taking back: the old values of a change are written as a change of its own, that names the first.
 *
 * What was saved in one transaction (a closed episode, its tasks, the feedback then owed) is taken back in one. */
#include "undo_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "owned.h"

#include "dolen/base/banned.h"

/* Which changes: after … until, and whether only one's own. */
struct range {
    int64_t after, until;
    bool    own;
};

/* A note (a reveal, a setting) has an empty body: there is nothing to take back. Nor is there where another laptop said
 * the same as this one, and only how far each has seen the other was written. Bound by bind_range. */
#define TO_TAKE_BACK \
    "WHERE seq > ?1 AND seq <= ?4 AND (?3 = 0 OR by IS ?2) " \
    "AND undoes IS NULL AND body IS NOT NULL AND body <> '{}' " \
    "AND EXISTS (SELECT 1 FROM json_each(body) WHERE key <> 'carried') " \
    "AND entity NOT IN ('destination', 'batch', 'receipt') "       /* what left has left */ \
    "AND NOT EXISTS (SELECT 1 FROM change AS u WHERE u.undoes = c.seq) "

static void bind_range(struct store *s, struct stmt *q, const struct range *in)
{
    stmt_bind_int(q, 1, in->after);
    stmt_bind_id(q, 2, s->author);
    stmt_bind_int(q, 3, in->own);
    stmt_bind_int(q, 4, in->until);
}

static enum status newest(struct store *s, const struct range *in, struct undoing *u, struct id *id, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q,
        "SELECT seq, entity, entity_id, body FROM change AS c " TO_TAKE_BACK "ORDER BY seq DESC LIMIT 1", err);

    if (st != ST_OK)
        return st;
    bind_range(s, q, in);
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

const char *undo_text(const struct json *j)
{
    return j && json_kind(j) == JSON_TEXT_ ? json_text(j) : NULL;
}

static void stands(void *ctx, const char *key, struct json *pair)
{
    struct undoing *u = ctx;
    const struct json *is = json_at(pair, 1);
    int c = table_column_by_name(u->table, key);
    bool as_it_was = true;

    if (answers_key(key))
        as_it_was = answers_stand(&u->answers, key, is);
    else if (str_eq(key, "binned_at"))
        as_it_was = u->record.binned == (undo_text(is) != NULL);
    else if (c >= 0)
        as_it_was = str_eq(record_text(&u->record, c), undo_text(is));
    if (!as_it_was && !u->clash[0])
        str_copy(u->clash, sizeof u->clash, key);
    u->conflict |= !as_it_was;
}

static void restore(void *ctx, const char *key, struct json *pair)
{
    struct undoing *u = ctx;
    const struct json *was = json_at(pair, 0);
    int c = table_column_by_name(u->table, key);

    if (answers_key(key))
        answers_restore(&u->answers, key, was);
    else if (str_eq(key, "binned_at"))
        u->binning = undo_text(was) ? BIN_PUT : BIN_TAKE_OUT;
    else if (c >= 0)
        record_set(&u->record, c, undo_text(was));
}

void undo_change_words(struct store *s, int64_t seq, struct buf *out)
{
    struct change_row c = { .seq = 0 };

    buf_addf(out, _("change %lld"), (long long) seq);
    if (store_change_at(s, seq, &c, NULL) == ST_OK)
        buf_addf(out, ", %s", instant_show(c.at).s);
    change_row_release(&c);
}

/* The newest change that gave the field another value; 0 when it can't be told. Those of this transaction are the
 * taking back itself. */
static int64_t later_change(struct store *s, const struct undoing *u)
{
    struct buf path = BUF_INIT;
    struct stmt *q = NULL;
    bool row = false;
    int64_t found = 0;

    buf_addf(&path, "$.\"%s\"", u->clash);
    if (db_use(s->db, &q, "SELECT seq FROM change WHERE entity_id = ?1 AND seq > ?2 AND seq <= ?3 AND body IS NOT NULL "
                          "AND json_type(body, ?4) IS NOT NULL ORDER BY seq DESC LIMIT 1", NULL) == ST_OK) {
        stmt_bind_id(q, 1, u->record.id);
        stmt_bind_int(q, 2, u->seq);
        stmt_bind_int(q, 3, s->seq_on_disk);
        stmt_bind_text(q, 4, buf_text(&path));
        if (stmt_step(q, &row, NULL) == ST_OK && row)
            found = stmt_int(q, 0);
        stmt_done(q);
    }
    buf_release(&path);
    return found;
}

static enum status say_conflict(struct store *s, const struct undoing *u, struct err *err)
{
    struct text2 words;
    struct buf b = BUF_INIT;
    int64_t later = u->clash[0] ? later_change(s, u) : 0;

    if (!later)
        return err_set(err, ST_CONFLICT, _("The record has been changed since, so this change was not taken back. "
                                           "Nothing was changed. Edit the record instead."));
    words = TEXT2_FROM(b, undo_change_words(s, later, &b));
    err_set(err, ST_CONFLICT,
            _("%s was changed again since (%s), so this was not taken back. Nothing was changed. Take the later "
              "change back first, or edit the record."),
            table_label(u->table), text2_now(&words));
    text2_release(&words);
    return ST_CONFLICT;
}

/* Out of the bin it has no reason any more: the change that put it there still says it. */
static enum status bin_reason_read(struct store *s, struct undoing *u, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT json_extract(body, '$.bin_reason[1]') FROM change WHERE entity_id = ?1 "
                                       "AND seq < ?2 AND json_extract(body, '$.binned_at[1]') IS NOT NULL "
                                       "ORDER BY seq DESC LIMIT 1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, u->record.id);
    stmt_bind_int(q, 2, u->seq);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row && !stmt_is_null(q, 0))
        u->bin_reason = xstrdup(stmt_text(q, 0));
    stmt_done(q);
    return st;
}

static enum status restore_all(struct store *s, struct undoing *u, struct err *err)
{
    json_each(u->body, restore, u);
    return u->binning == BIN_PUT ? bin_reason_read(s, u, err) : ST_OK;
}

/* A record that this change made goes to the bin with its values: that can be taken back by hand. */
static enum status take_back(struct store *s, struct undoing *u, struct err *err)
{
    struct write w = { .record = &u->record, .answers = &u->answers, .why = "undo", .undoes = u->seq };
    bool made = json_get(u->body, "id");
    enum status st = ST_OK;

    json_each(u->body, stands, u);
    if (made && u->record.binned) {
        u->conflict = true;
        str_copy(u->clash, sizeof u->clash, "binned_at");
    }
    if (u->conflict)
        return say_conflict(s, u, err);
    if (made) {
        w.binning = BIN_PUT;
        w.bin_reason = "undo";
    } else {
        st = restore_all(s, u, err);
        w.binning = u->binning;
        w.bin_reason = u->bin_reason;
    }
    if (st == ST_OK && u->table == T_MERGE && w.binning == BIN_PUT)
        st = merge_drafts_back(s, &u->record, err);
    return st == ST_OK ? write_apply(s, &w, err) : st;
}

enum status undo_write(struct store *s, struct undoing *u, struct id id, struct err *err)
{
    enum status st = store_get(s, u->table, id, &u->record, err);

    if (st == ST_OK)
        st = answers_read(s, id, &u->answers, err);
    return st == ST_OK ? take_back(s, u, err) : st;
}

void undo_release(struct undoing *u)
{
    json_free(&u->body);
    record_release(&u->record);
    answers_release(&u->answers);
    if (u->bin_reason)
        explicit_bzero(u->bin_reason, strlen(u->bin_reason));
    free(u->bin_reason);
    u->bin_reason = NULL;
}

/* --- the newest of this session ----------------------------------------------------------------------------------- */

/* Takes back the newest change of a range; u->seq stays 0 when there is none. */
static enum status undo_one(struct store *s, const struct range *in, struct undoing *u, struct id *id, struct err *err)
{
    enum status st = newest(s, in, u, id, err);

    if (st == ST_OK && u->body)
        st = undo_write(s, u, *id, err);
    undo_release(u);
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

/* The newest step wrote a note of something serious; one that was put into the bin may come out again. */
static enum status serious_stays(struct store *s, struct err *err)
{
    struct range in = { s->seq_at_open, INT64_MAX, true };
    struct undoing u = { .seq = 0 };
    struct stmt *q = NULL;
    struct id id;
    bool found = false;
    enum status st = newest(s, &in, &u, &id, err);

    if (st == ST_OK && u.seq) {
        in.after = before_step(s, u.seq);
        st = db_use(s->db, &q, "SELECT 1 FROM change AS c " TO_TAKE_BACK "AND entity = 'concern' "
                               "AND json_type(body, '$.binned_at') IS NULL LIMIT 1", err);
    }
    if (q && st == ST_OK) {
        bind_range(s, q, &in);
        st = stmt_step(q, &found, err);
    }
    if (q)
        stmt_done(q);
    undo_release(&u);
    return st == ST_OK && found ? err_set(err, ST_REFUSED, "%s", _(SERIOUS_STAYS)) : st;
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
        in.until = u.seq - 1;           /* what is newer is taken back, or is the taking back itself */
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
    st = serious_stays(s, err);
    return tx_leave(s, own, st == ST_OK ? undo_step(s, what, id, err) : st, err);
}

/* The changes that newest and undo_one would come to, by their records. */
static void extent_of(struct store *s, const struct range *in, struct extent *out)
{
    struct stmt *q = NULL;
    bool row = false;
    enum table_id t;

    memset(out, 0, sizeof *out);
    if (db_use(s->db, &q, "SELECT entity, count(DISTINCT entity_id) FROM change AS c " TO_TAKE_BACK "GROUP BY entity",
               NULL) != ST_OK)
        return;
    bind_range(s, q, in);
    while (stmt_step(q, &row, NULL) == ST_OK && row)
        if (table_by_name(stmt_text(q, 0), &t)) {
            out->per[t] = (size_t) stmt_int(q, 1);
            out->records += out->per[t];
        }
    stmt_done(q);
}

void store_undo_extent(struct store *s, struct extent *out)
{
    struct range in = { s->seq_at_open, INT64_MAX, true };
    struct undoing u = { .seq = 0 };
    struct id id;

    memset(out, 0, sizeof *out);
    if (newest(s, &in, &u, &id, NULL) == ST_OK && u.seq) {
        in.after = before_step(s, u.seq);
        extent_of(s, &in, out);
    }
    undo_release(&u);
}

void store_extent_since(struct store *s, int64_t after, struct extent *out)
{
    struct range in = { after, INT64_MAX, false };

    extent_of(s, &in, out);
}

enum status store_unsaved(struct store *s, struct holding **out, size_t *n, struct err *err)
{
    struct stmt *q = NULL;
    struct holding at;
    bool row = false;
    size_t cap = 0;
    enum status st = db_use(s->db, &q,
        "SELECT entity, entity_id FROM change WHERE seq > ?1 AND body IS NOT NULL AND body <> '{}' "
        "GROUP BY entity, entity_id ORDER BY min(seq)", err);

    *out = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, s->seq_on_disk);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        if (table_by_name(stmt_text(q, 0), &at.table)) {
            at.id = stmt_id(q, 1);
            *ARRAY_ADD(*out, *n, cap) = at;
        }
    stmt_done(q);
    return st;
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
