/* store/purge.c - what has lain in the bin for its time goes for good; the history keeps its place without its words.
 *
 * A person goes as store_forget lets one go. Anything else goes with what belongs to it alone, unless something that
 * is still in use points at it: then it stays in the bin, unseen, and is looked at again the next time. */
#include "dolen/store/write.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "owned.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

/* What belongs to a record alone. */
static const struct {
    enum table_id root;
    const char   *column;
} belongs[] = {
    { T_EPISODE, "episode" }, { T_GOAL, "goal" }, { T_RESPONSE, "response" }, { T_REFERRAL, "subject" },
    { T_CONTACT, "subject" },
    { T_CONCERN, "subject" }, { T_ASSET, "subject" }, { T_SUPERVISION, "subject" },
    { T_NOTE, "note" },
};
/* What only names it, and can do without; what cannot, holds it back. */
static const struct {
    enum table_id root, table;
    const char   *column;
    bool          holds;
} names[] = {
    { T_GOAL, T_ACTION, "goal", false }, { T_GOAL, T_CONNECTION, "goal", false },
    { T_REFERRAL, T_EPISODE, "referral", true }, { T_ASSET, T_CONNECTION, "asset", true },
    { T_ASSET, T_DRAFT, "record", true },
};

/* Looked at whenever the case file is opened: those whose few binned rows have an index. */
static const enum table_id indexed[] = {
    T_DRAFT, T_NOTE, T_SUPERVISION, T_CONCERN, T_CONSENT, T_CONTACT, T_GAP, T_CONNECTION, T_ACTION, T_GOAL, T_EQUALITY,
    T_RESPONSE,
    T_EPISODE, T_REFERRAL, T_ASSET, T_PERSON,
};
static const enum table_id others[] = { T_TASK, T_RATING, T_MEASURE, T_EXCERPT, T_DIFFERENCE };

struct purging {
    struct store *s;
    struct holding *all;                /* one record and what belongs to it */
    size_t          count, cap;
};

static bool has_name(enum table_id root, enum table_id t, const char *column)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (names[i].root == root && names[i].table == t && str_eq(names[i].column, column))
            return true;
    return false;
}

static enum status gather(struct purging *p, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < p->count; i++)
        for (size_t k = 0; st == ST_OK && k < ARRAY_LEN(belongs); k++)
            for (int t = 0; st == ST_OK && t < T_COUNT; t++) {
                struct ids ids = { NULL, 0, 0 };

                if (belongs[k].root != p->all[i].table ||
                    has_name(p->all[i].table, (enum table_id) t, belongs[k].column))
                    continue;
                st = owned_ids(p->s, (enum table_id) t, belongs[k].column, p->all[i].id, &ids, err);
                for (size_t n = 0; st == ST_OK && n < ids.count; n++)
                    *ARRAY_ADD(p->all, p->count, p->cap) = (struct holding) { (enum table_id) t, ids.items[n] };
                ids_release(&ids);
            }
    return st;
}

static bool is_gathered(const struct purging *p, enum table_id t, struct id id)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->all[i].table == t && id_eq(p->all[i].id, id))
            return true;
    return false;
}

/* clear: takes the names away; else only looks whether something that stays cannot do without. */
static enum status named_by(struct purging *p, struct holding at, bool clear, bool *held, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(names); i++) {
        struct ids ids = { NULL, 0, 0 };

        if (names[i].root != at.table)
            continue;
        st = owned_ids(p->s, names[i].table, names[i].column, at.id, &ids, err);
        for (size_t n = 0; st == ST_OK && n < ids.count; n++) {
            struct record r = { .text = NULL };

            if (is_gathered(p, names[i].table, ids.items[n]))
                continue;
            *held |= names[i].holds;
            if (!clear || names[i].holds)
                continue;
            st = store_get(p->s, names[i].table, ids.items[n], &r, err);
            if (st == ST_OK) {
                record_set(&r, table_column_by_name(names[i].table, names[i].column), NULL);
                st = store_put(p->s, &r, "purged", err);
            }
            record_release(&r);
        }
        ids_release(&ids);
    }
    return st;
}

/* Whose it is, for the hold on their records. */
static enum status person_of(struct store *s, struct holding h, struct id *person, struct err *err)
{
    struct record r = { .text = NULL };
    enum status st = store_get(s, h.table, h.id, &r, err);

    *person = ID_NONE;
    if (st == ST_OK)
        st = owner_of(s, &r, person, err);
    record_release(&r);
    return st;
}

static enum status purge_record(struct purging *p, struct holding root, bool *gone, struct err *err)
{
    struct id person;
    char *hold = NULL;
    bool held = false;
    enum status st = person_of(p->s, root, &person, err);

    p->count = 0;
    *ARRAY_ADD(p->all, p->count, p->cap) = root;
    if (st == ST_OK && id_is_set(person))
        st = retention_hold(p->s, person, &hold, err);
    if (st == ST_OK)
        st = gather(p, err);
    for (size_t i = 0; st == ST_OK && i < p->count; i++)
        st = named_by(p, p->all[i], false, &held, err);
    *gone = st == ST_OK && !held && !hold;
    free(hold);
    for (size_t i = 0; st == ST_OK && *gone && i < p->count; i++)
        st = named_by(p, p->all[i], true, &held, err);
    for (size_t i = p->count; st == ST_OK && *gone && i > 0; i--)
        st = row_purge(p->s, p->all[i - 1], err);
    return st;
}

/* A person goes with everything; one with an open period of support, or whose records are held, stays. */
static enum status purge_person(struct store *s, struct id person, bool *gone, struct err *err)
{
    struct err why = { .st = ST_OK };
    struct record r = { .text = NULL };
    struct id merge = ID_NONE;
    enum status st = merge_hiding(s, person, &merge, err);
    bool placeholder;

    *gone = false;
    if (st == ST_OK)
        st = store_get(s, T_PERSON, person, &r, err);
    placeholder = st == ST_OK && person_is_forgotten(&r);
    record_release(&r);
    if (st != ST_OK || id_is_set(merge) || placeholder)
        return st;
    st = store_forget(s, person, &why);
    *gone = st == ST_OK;
    return st == ST_OK || st == ST_REFUSED ? ST_OK : err_set(err, st, "%s", err_text(&why));
}

static enum status old_ones(struct store *s, enum table_id t, int64_t before, struct ids *out, struct err *err)
{
    struct buf sql = BUF_INIT;
    struct stmt *q = NULL;
    bool row = false;
    enum status st;

    buf_addf(&sql, "SELECT id FROM \"%s\" WHERE binned_at < ?1", table_name(t));
    if (t == T_PERSON)                  /* joined ones are not in the bin; of forgotten ones only the place is left */
        buf_add(&sql, " AND id NOT IN (SELECT other FROM merge WHERE undone_on IS NULL AND binned_at IS NULL)");
    st = db_prepare(s->db, &q, buf_text(&sql), err);
    buf_release(&sql);
    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, before);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        *ARRAY_ADD(out->items, out->count, out->cap) = stmt_id(q, 0);
    stmt_free(&q);
    return st;
}

static bool still_there(struct store *s, enum table_id t, struct id id)
{
    struct record r = { .text = NULL };
    bool there = store_get(s, t, id, &r, NULL) == ST_OK;

    record_release(&r);
    return there;
}

static enum status purge_table(struct purging *p, enum table_id t, int64_t before, struct purged *out, struct err *err)
{
    struct ids old = { NULL, 0, 0 };
    enum status st = old_ones(p->s, t, before, &old, err);

    for (size_t i = 0; st == ST_OK && i < old.count; i++) {
        bool gone = false;

        if (!still_there(p->s, t, old.items[i]))
            continue;                   /* it went with what it belonged to */
        st = t == T_PERSON ? purge_person(p->s, old.items[i], &gone, err)
                           : purge_record(p, (struct holding) { t, old.items[i] }, &gone, err);
        if (gone)
            out->gone++;
        else
            out->held++;
    }
    ids_release(&old);
    return st;
}

static enum status purge_all(struct store *s, int64_t before, bool every_table, struct purged *out, struct err *err)
{
    struct purging p = { .s = s };
    enum status st = db_exec(s->db, "PRAGMA defer_foreign_keys = ON", err);

    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(indexed); i++)
        st = purge_table(&p, indexed[i], before, out, err);
    for (size_t i = 0; st == ST_OK && every_table && i < ARRAY_LEN(others); i++)
        st = purge_table(&p, others[i], before, out, err);
    if (st == ST_OK && out->gone)
        st = purge_scrub(s, err);
    free(p.all);
    return st;
}

enum status store_purge(struct store *s, int64_t now, bool every_table, struct purged *out, struct err *err)
{
    bool own = false;
    enum status st = tx_enter(s, &own, err);

    *out = (struct purged) { 0, 0 };
    return st == ST_OK ? tx_leave(s, own, purge_all(s, now - BIN_DAYS * 86400, every_table, out, err), err) : st;
}
