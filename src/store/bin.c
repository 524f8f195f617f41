/* store/bin.c - what lies in the bin, newest first.
 *
 * Rows that came along with something else (a task, a rating, a measure's values) are left out: they are restored
 * with what made them, not by themselves. Each table has an index over its few binned rows (schema.c). */
#include "dolen/store/past.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "names.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define NOT_JOINED "AND id NOT IN (SELECT other FROM merge WHERE undone_on IS NULL AND binned_at IS NULL) "
#define BIN(UPPER, lower, person, what) BIN_WHERE(UPPER, lower, person, what, "")
#define BIN_WHERE(UPPER, lower, person, what, where) \
    { T_##UPPER, "SELECT id, binned_at, bin_reason, updated_by, " person ", " what " FROM " #lower              \
                 " WHERE binned_at >= ?1 AND binned_at < ?2 " where "ORDER BY binned_at DESC, row_no DESC LIMIT ?3" }

/* Of notes about something serious only the date is told here: nobody asked for the words. */
static const struct {
    enum table_id table;
    const char   *sql;
} kinds[] = {
    /* With an open period of support nobody is let go: whoever stays for that has to be found, however much later. */
    { T_PERSON, "SELECT id, binned_at, bin_reason, updated_by, id, birth_date FROM person WHERE binned_at IS NOT NULL "
                "AND (binned_at >= ?1 OR EXISTS (SELECT 1 FROM episode e WHERE e.person = person.id AND e.closed_on IS "
                "NULL AND e.binned_at IS NULL)) AND binned_at < ?2 " NOT_JOINED
                "ORDER BY binned_at DESC, row_no DESC LIMIT ?3" },
    BIN(REFERRAL, referral, "person", "received_on"),
    BIN(EPISODE, episode, "person", "opened_on"),  BIN(RESPONSE, response, "person", "held_on"),
    BIN(EQUALITY, equality, "person", "NULL"),     BIN(GOAL, goal, "person", "goal"),
    BIN(ACTION, action, "(SELECT person FROM episode WHERE episode.id = action.episode)", "action"),
    BIN(ASSET, asset, "NULL", "coalesce(name_en, name_cy)"),
    BIN(CONNECTION, connection, "person",
        "(SELECT coalesce(name_en, name_cy) FROM asset WHERE asset.id = connection.asset)"),
    BIN(GAP, gap, "person", "needed"),             BIN(CONTACT, contact, "person", "held_on"),
    BIN(CONSENT, consent, "person", "state_on"),   BIN(CONCERN, concern, "person", "noted_on"),
    BIN(NOTE, note, "person", "held_on"),
    BIN(DRAFT, draft, "person", "form"),           BIN(SUPERVISION, supervision, "NULL", "held_on"),
    BIN(DRILL, drill, "person", "drill"),
};

static enum status name_find(struct store *s, struct id person, char *out, size_t size, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT given_name, family_name, preferred_name, also_known_as FROM person "
                                       "WHERE id = ?1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, person);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        person_name(out, size, stmt_text(q, 0), stmt_text(q, 1), stmt_text(q, 2), stmt_text(q, 3));
    stmt_done(q);
    return st;
}

/* A draft about nobody: the entry of the directory it is about, or the name that was typed for a new one. */
static enum status entry_name(struct store *s, struct id draft, char *out, size_t size, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT coalesce(a.name_en, d.answers ->> '$.name_en'), "
                                       "coalesce(a.name_cy, d.answers ->> '$.name_cy') "
                                       "FROM draft d LEFT JOIN asset a ON a.id = d.record WHERE d.id = ?1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, draft);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        asset_name(out, size, stmt_text(q, 0), stmt_text(q, 1));
    stmt_done(q);
    return st;
}

struct bin_rows {
    struct bin_row *items;
    size_t          count, cap;
};

static void text_at(struct stmt *q, int col, char *out, size_t size)
{
    const char *s = stmt_text(q, col);

    str_copy(out, size, s ? s : "");
}

static enum status kind_read(struct store *s, size_t kind, int64_t since, int64_t before, int limit,
                             struct bin_rows *all, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, kinds[kind].sql, err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, since);
    stmt_bind_int(q, 2, before > 0 ? before : INT64_MAX);
    stmt_bind_int(q, 3, limit);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct bin_row *r = ARRAY_ADD(all->items, all->count, all->cap);

        *r = (struct bin_row) { .table = kinds[kind].table, .id = stmt_id(q, 0), .at = stmt_int(q, 1),
                                .by = stmt_id(q, 3),
                                .person = stmt_id(q, 4) };
        text_at(q, 2, r->why, sizeof r->why);
        text_at(q, 5, r->what, sizeof r->what);
    }
    stmt_done(q);
    return st;
}

static int newest_first(const void *a, const void *b)
{
    const struct bin_row *x = a, *y = b;

    return (x->at < y->at) - (x->at > y->at);
}

int bin_days_left(int64_t at, int64_t now)
{
    int64_t left = BIN_DAYS * 86400 - (now - at);

    return left <= 0 ? 0 : (int) ((left + 86399) / 86400);
}

enum status bin_list(struct store *s, int64_t since, int64_t before, int limit, struct bin_row *rows, int *n,
                     struct err *err)
{
    struct bin_rows all = { NULL, 0, 0 };
    enum status st = ST_OK;

    *n = 0;
    for (size_t k = 0; st == ST_OK && k < ARRAY_LEN(kinds); k++)
        st = kind_read(s, k, since, before, limit, &all, err);
    if (st == ST_OK && all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, newest_first);
    for (size_t i = 0; st == ST_OK && i < all.count && *n < limit; i++) {
        struct bin_row *r = &rows[(*n)++];

        *r = all.items[i];
        if (id_is_set(r->person))
            st = name_find(s, r->person, r->name, sizeof r->name, err);
        else if (r->table == T_DRAFT)
            st = entry_name(s, r->id, r->name, sizeof r->name, err);
        else if (r->table == T_ASSET)
            str_copy(r->name, sizeof r->name, r->what);
    }
    if (all.items)
        explicit_bzero(all.items, all.count * sizeof *all.items);
    free(all.items);
    return st;
}

enum status bin_find(struct store *s, struct id id, enum table_id *t, struct err *err)
{
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        struct record r = { .text = NULL };
        struct err why = { .st = ST_OK };
        enum status st = store_get(s, kinds[k].table, id, &r, &why);
        bool here = st == ST_OK && r.binned;

        record_release(&r);
        if (st != ST_OK && st != ST_NOTFOUND)
            return err_set(err, st, "%s", err_text(&why));
        if (here) {
            *t = kinds[k].table;
            return ST_OK;
        }
    }
    return err_set(err, ST_NOTFOUND,
                   _("There is nothing with this id in the bin. Nothing was changed. See: dolen bin list"));
}
