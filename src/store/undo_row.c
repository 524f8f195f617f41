/* store/undo_row.c - a row of the history taken back, however old: what was filed with it goes back in the same
 * transaction, and what may not be taken back is refused with the reason. */
#include "undo_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "owned.h"

#include "dolen/base/banned.h"

/* One change as the history has it. */
struct told {
    struct undoing u;
    struct id      id, by;
    char           why[80];
};

/* --- what is never taken back ----------------------------------------------------------------------------------- */

#define LEFT N_("What has left this laptop is not called back by taking back a row of the history. Nothing was " \
                "changed. The outbox says what is where.")
#define JOINED N_("Two records were joined or parted here, which is undone as a whole. Nothing was changed. On the " \
                  "person :unmerge parts joined records, and :merge joins parted ones (dolen unmerge, dolen merge).")
#define PLAYED N_("A drill is played again, not taken back. Nothing was changed.")

static const struct {
    enum table_id table;
    const char   *sentence;
} never[] = {
    { T_CONCERN, SERIOUS_STAYS },
    { T_DESTINATION, LEFT }, { T_BATCH, LEFT }, { T_RECEIPT, LEFT }, { T_MERGE, JOINED },
    { T_EXCERPT, N_("Words filed from the notes are taken back on the page of the notes, where they stand. Nothing was "
                    "changed. Open the notes there with N.") },
    { T_DRILL, PLAYED }, { T_DRILL_STEP, PLAYED },
    { T_PRACTITIONER, N_("Who works with this case file is no row that is taken back: what they wrote stands under "
                         "their name. Nothing was changed. :ways-in says who can open it.") },
};

static const struct {
    const char *why, *sentence;
} never_why[] = {
    { "merged", JOINED }, { "unmerged", JOINED },
    { "one entry", N_("Two entries became one here, which is undone as a whole: u while the program is open, later "
                      "with dolen asset one-entry --undo. Nothing was changed.") },
    { "forgotten", N_("What was forgotten is gone for good; there is nothing to bring back. Nothing was changed.") },
    { "purged", N_("After 30 days in the bin it went for good; there is nothing to bring back. Nothing was changed.") },
};

static bool is_a_closing(const struct told *t)
{
    const struct json *closed = json_get(t->u.body, "closed_on");

    return t->u.table == T_EPISODE && closed && undo_text(json_at(closed, 1)) && !json_get(t->u.body, "id");
}

static enum status may_go_back(const struct store *s, const struct told *t, struct err *err)
{
    for (size_t i = 0; i < ARRAY_LEN(never_why); i++)
        if (str_eq(never_why[i].why, t->why))
            return err_set(err, ST_REFUSED, "%s", tr(never_why[i].sentence));
    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        if (never[i].table == t->u.table)
            return err_set(err, ST_REFUSED, "%s", tr(never[i].sentence));
    if (is_a_closing(t))
        return err_set(err, ST_REFUSED, _("A closed period of support is opened again with O (dolen episode reopen), "
                                          "which asks why. Nothing was changed."));
    /* What a colleague wrote down about consent is theirs to take back. */
    if (t->u.table == T_CONSENT && !id_eq(t->by, s->author))
        return err_set(err, ST_REFUSED, _("A colleague wrote this down, and a permission is taken back by whoever "
                                          "wrote it. Nothing was changed. Write down what the person says now."));
    return ST_OK;
}

/* --- what stands on it ------------------------------------------------------------------------------------------ */

#define ON(UPPER, lower, where) { T_##UPPER, "SELECT id FROM " #lower " WHERE " where " AND binned_at IS NULL LIMIT 1" }

/* Each asks an index. What hangs on a person through the period of support is found there. */
static const struct {
    enum table_id of;
    struct {
        enum table_id table;
        const char   *sql;
    } on;
} stands_on[] = {
    { T_PERSON, ON(REFERRAL, referral, "person = ?1") }, { T_PERSON, ON(EPISODE, episode, "person = ?1") },
    { T_PERSON, ON(RESPONSE, response, "person = ?1") }, { T_PERSON, ON(CONSENT, consent, "person = ?1") },
    { T_PERSON, ON(CONCERN, concern, "person = ?1") },   { T_PERSON, ON(NOTE, note, "person = ?1") },
    { T_PERSON, ON(EQUALITY, equality, "person = ?1") }, { T_REFERRAL, ON(EPISODE, episode, "referral = ?1") },
    { T_EPISODE, ON(CONTACT, contact, "episode = ?1") }, { T_EPISODE, ON(RESPONSE, response, "episode = ?1") },
    { T_EPISODE, ON(GOAL, goal, "episode = ?1") },       { T_EPISODE, ON(ACTION, action, "episode = ?1") },
    { T_EPISODE, ON(CONNECTION, connection, "episode = ?1") }, { T_EPISODE, ON(GAP, gap, "episode = ?1") },
    { T_EPISODE, ON(NOTE, note, "episode = ?1") },
    { T_EPISODE, ON(CONCERN, concern, "person = (SELECT person FROM episode WHERE id = ?1) AND episode = ?1") },
    { T_GOAL, ON(ACTION, action, "goal = ?1") },         { T_GOAL, ON(RATING, rating, "goal = ?1") },
    { T_GOAL, ON(CONNECTION, connection, "episode = (SELECT episode FROM goal WHERE id = ?1) AND goal = ?1") },
    { T_ASSET, ON(CONNECTION, connection, "asset = ?1") }, { T_ASSET, ON(ASSET, asset, "offer = ?1") },
};

static enum status first_id(struct store *s, const char *sql, struct id of, struct id *found, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, sql, err);

    *found = ID_NONE;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, of);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        *found = stmt_id(q, 0);
    stmt_done(q);
    return st;
}

static int64_t first_change(struct store *s, struct id id)
{
    struct stmt *q = NULL;
    bool row = false;
    int64_t seq = 0;

    if (db_use(s->db, &q, "SELECT min(seq) FROM change WHERE entity_id = ?1", NULL) != ST_OK)
        return 0;
    stmt_bind_id(q, 1, id);
    if (stmt_step(q, &row, NULL) == ST_OK && row)
        seq = stmt_int(q, 0);
    stmt_done(q);
    return seq;
}

/* What needs a record, besides what only comes along with others: ST_CONFLICT names it. */
static enum status undo_nothing_stands_on(struct store *s, enum table_id t, struct id id, struct err *err)
{
    for (size_t i = 0; i < ARRAY_LEN(stands_on); i++) {
        struct id found = ID_NONE;
        struct text2 words;
        struct buf b = BUF_INIT;
        enum status st = stands_on[i].of == t ? first_id(s, stands_on[i].on.sql, id, &found, err) : ST_OK;

        if (st != ST_OK)
            return st;
        if (!id_is_set(found))
            continue;
        words = TEXT2_FROM(b, undo_change_words(s, first_change(s, found), &b));
        err_set(err, ST_CONFLICT, _("%s: %s stands on it (%s). Nothing was changed. Take that back first, or put the "
                                    "record in the bin with a reason."),
                table_label(t), table_label(stands_on[i].on.table), text2_now(&words));
        text2_release(&words);
        return ST_CONFLICT;
    }
    return ST_OK;
}

/* --- one row, with what was filed with it ----------------------------------------------------------------------- */

static void told_release(struct told *t)
{
    undo_release(&t->u);
}

static enum status told_read(struct store *s, int64_t seq, struct told *t, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false, kept = false;
    enum status st = db_use(s->db, &q, "SELECT entity, entity_id, body, why, by FROM change WHERE seq = ?1", err);

    *t = (struct told) { .u = { .seq = seq } };
    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, seq);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row && table_by_name(stmt_text(q, 0), &t->u.table)) {
        const char *body = stmt_is_null(q, 2) ? "{}" : stmt_text(q, 2), *said = stmt_text(q, 3);

        kept = !str_eq(body, "{}");
        t->id = stmt_id(q, 1);
        t->by = stmt_id(q, 4);
        str_copy(t->why, sizeof t->why, said ? said : "");
        st = kept ? json_parse(&t->u.body, body, strlen(body), err) : ST_OK;
    }
    stmt_done(q);
    return st != ST_OK || kept ? st
        : err_set(err, ST_NOTFOUND, _("This row only keeps that something was seen, made or sent, so that it can be "
                                      "checked; there is nothing in it to take back. Nothing was changed. Choose a "
                                      "row that shows what changed."));
}

static enum status told_back(struct store *s, struct told *t, struct err *err)
{
    struct record now = { .text = NULL };
    bool made = json_get(t->u.body, "id"), binned;
    enum status st = may_go_back(s, t, err);

    if (st == ST_OK)
        st = store_get(s, t->u.table, t->id, &now, err);
    binned = st == ST_OK && now.binned;
    record_release(&now);
    if (st == ST_OK && binned && !made && !json_get(t->u.body, "binned_at"))
        st = err_set(err, ST_CONFLICT, _("The record is in the bin. Nothing was changed. Take it out of the bin "
                                         "first."));
    if (st == ST_OK && made && !binned)
        st = undo_nothing_stands_on(s, t->u.table, t->id, err);
    return st == ST_OK ? undo_write(s, &t->u, t->id, err) : st;
}

static enum status one_back(struct store *s, int64_t seq, struct err *err)
{
    struct told t;
    enum status st = told_read(s, seq, &t, err);

    if (st == ST_OK)
        st = told_back(s, &t, err);
    told_release(&t);
    return st;
}

static int newest_first(const void *a, const void *b)
{
    const struct together *x = a, *y = b;

    return (x->seq < y->seq) - (x->seq > y->seq);
}

/* The row that was chosen says whether it may go back; what was filed after it goes first. */
static enum status all_back(struct store *s, int64_t seq, struct err *err)
{
    struct togethers with = { NULL, 0, 0 };
    struct told chosen;
    enum status st = told_read(s, seq, &chosen, err);

    if (st == ST_OK)
        st = may_go_back(s, &chosen, err);
    told_release(&chosen);
    if (st == ST_OK)
        st = undo_together(s, seq, &with, err);
    if (with.count)
        qsort(with.items, with.count, sizeof *with.items, newest_first);
    for (size_t i = 0; st == ST_OK && i < with.count; i++)
        st = one_back(s, with.items[i].seq, err);
    togethers_release(&with);
    return st;
}

enum status store_take_back_one(struct store *s, int64_t seq, bool apply, struct err *err)
{
    enum status st = store_begin(s, err);

    if (st != ST_OK)
        return st;
    st = all_back(s, seq, err);
    if (st == ST_OK && apply)
        return store_commit(s, err);
    store_rollback(s);
    return st;
}

enum status store_goes_back(struct store *s, int64_t seq, struct change_row **rows, size_t *n, struct err *err)
{
    struct togethers with = { NULL, 0, 0 };
    enum status st = undo_together(s, seq, &with, err);

    *n = 0;
    *rows = xcalloc(with.count + 1, sizeof **rows);
    for (size_t i = 0; st == ST_OK && i < with.count; i++) {
        st = store_change_at(s, with.items[i].seq, &(*rows)[i], err);
        *n += st == ST_OK;
    }
    togethers_release(&with);
    return st;
}

/* --- out of the bin again --------------------------------------------------------------------------------------- */

/* The newest change of a record, if that was a taking back which put it into the bin; 0 otherwise. */
static int64_t bin_by_taking_back(struct store *s, struct id id)
{
    struct stmt *q = NULL;
    bool row = false;
    int64_t seq = 0;

    if (db_use(s->db, &q, "SELECT seq, undoes, body IS NOT NULL AND json_extract(body, '$.binned_at[1]') IS NOT NULL "
                          "FROM change WHERE entity_id = ?1 AND body IS NOT '{}' ORDER BY seq DESC LIMIT 1", NULL)
        != ST_OK)
        return 0;
    stmt_bind_id(q, 1, id);
    if (stmt_step(q, &row, NULL) == ST_OK && row && !stmt_is_null(q, 1) && stmt_int(q, 2) != 0)
        seq = stmt_int(q, 0);
    stmt_done(q);
    return seq;
}

bool undo_brings_back(struct store *s, struct id id)
{
    int64_t seq = s->open_tx ? 0 : bin_by_taking_back(s, id);

    return seq && store_take_back_one(s, seq, true, NULL) == ST_OK;
}
