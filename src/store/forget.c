/* store/forget.c - everything about a person, to be handed out or forgotten.
 *
 * What is forgotten is written over (secure_delete is on for the whole file). The rows of the history stay in their
 * places with their hashes: nonce and body go, so nothing can be guessed out of them and the chain still holds. */
#include "dolen/store/write.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "owned.h"
#include "search_priv.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define SORTED_LAST "\x7f"

struct holdings {
    struct holding *items;
    size_t          count, cap;
};

static bool holding_has(const struct holdings *h, enum table_id t, struct id id)
{
    for (size_t i = 0; i < h->count; i++)
        if (h->items[i].table == t && id_eq(h->items[i].id, id))
            return true;
    return false;
}

static void holding_add(struct holdings *h, enum table_id t, struct id id)
{
    if (!holding_has(h, t, id))
        *ARRAY_ADD(h->items, h->count, h->cap) = (struct holding) { t, id };
}

/* --- gathering -------------------------------------------------------------------------------------------------- */

/* What points at a row, by the columns that tie rows together; the list grows while it is walked. */
static enum status tied(struct store *s, struct holdings *h, struct holding to, struct err *err)
{
    static const struct {
        enum table_id table;
        const char   *column;
    } ties[] = {
        { T_PERSON, "person" }, { T_EPISODE, "episode" }, { T_GOAL, "goal" }, { T_RESPONSE, "response" },
        { T_PERSON, "kept" }, { T_PERSON, "other" }, { T_REFERRAL, "subject" }, { T_CONTACT, "subject" },
        { T_CONCERN, "subject" }, { T_RATING, "subject" }, { T_ACTION, "subject" }, { T_DRILL, "attempt" },
    };
    enum status st = ST_OK;

    for (size_t k = 0; st == ST_OK && k < ARRAY_LEN(ties); k++)
        for (int t = 0; st == ST_OK && t < T_COUNT && ties[k].table == to.table; t++) {
            struct ids ids = { NULL, 0, 0 };

            st = owned_ids(s, (enum table_id) t, ties[k].column, to.id, &ids, err);
            for (size_t i = 0; st == ST_OK && i < ids.count; i++)
                holding_add(h, (enum table_id) t, ids.items[i]);
            ids_release(&ids);
        }
    return st;
}

/* A record that was joined to one of theirs is of the same person: to the one kept, or to one that was joined itself. */
static enum status joined(struct store *s, struct holdings *h, struct id merge, struct err *err)
{
    struct record m = { .text = NULL };
    enum status st = store_get(s, T_MERGE, merge, &m, err);

    if (st == ST_OK && holding_has(h, T_PERSON, record_id(&m, MERGE_kept)) && !m.binned &&
        !record_text(&m, MERGE_undone_on))
        holding_add(h, T_PERSON, record_id(&m, MERGE_other));
    record_release(&m);
    return st;
}

enum status store_holdings(struct store *s, struct id person, struct holding **out, size_t *n, struct err *err)
{
    struct holdings h = { NULL, 0, 0 };
    enum status st = ST_OK;

    holding_add(&h, T_PERSON, person);
    for (size_t i = 0; st == ST_OK && i < h.count; i++) {
        struct holding at = h.items[i];

        st = at.table == T_MERGE ? joined(s, &h, at.id, err) : tied(s, &h, at, err);
    }
    *out = h.items;
    *n = h.count;
    return st;
}

/* A backup and an export may hold anybody, and a bundle whoever had a row at its destination; the rest is about the one
 * whom the history names. */
#define LEFT_SQL \
    "WITH RECURSIVE them (id) AS (SELECT ?1 UNION SELECT m.other FROM \"merge\" m JOIN them ON m.kept = them.id" \
    "  WHERE m.undone_on IS NULL AND m.binned_at IS NULL)," \
    " came (seq, at) AS (SELECT min(seq), min(at) FROM change WHERE entity_id IN them)" \
    " SELECT seq, at, entity, why FROM change" \
    " WHERE seq > (SELECT seq FROM came)" \
    " AND (entity IN ('export', 'backup')" \
    "  OR (entity_id IN them AND (entity = 'handover'" \
    "      OR (entity = 'person' AND (why LIKE 'access pack made%' OR why = 'plan made'))))" \
    "  OR (entity = 'referral' AND why LIKE 'letter: %'" \
    "      AND entity_id IN (SELECT id FROM referral WHERE person IN them)))" \
    " UNION ALL SELECT 0, b.sealed_at, 'bundle', d.name || ': ' || b.file" \
    " FROM batch b JOIN destination d ON d.id = b.destination" \
    " WHERE b.sealed_at >= (SELECT at FROM came) AND EXISTS (SELECT 1 FROM sent_row x" \
    "  WHERE x.destination = b.destination AND x.person IN them)" \
    " ORDER BY 2 DESC, 1 DESC LIMIT ?2"

enum status store_left_since(struct store *s, struct id person, int limit, struct change_row *rows, int *n,
                             struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, LEFT_SQL, err);

    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, person);
    stmt_bind_int(q, 2, limit);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct change_row *c = &rows[(*n)++];

        *c = (struct change_row) { .seq = stmt_int(q, 0), .at = stmt_int(q, 1) };
        str_copy(c->entity, sizeof c->entity, stmt_text(q, 2));
        str_copy(c->why, sizeof c->why, stmt_text(q, 3) ? stmt_text(q, 3) : "");
    }
    stmt_done(q);
    return st;
}

/* --- forgetting ------------------------------------------------------------------------------------------------- */

/* What of a placeholder stays: codes that counts are made of; dates stay by their month. What measures, goals and the
 * equality questions say is about the person, and goes. */
static const struct {
    enum table_id table;
    const char   *columns;
} kept[] = {
    { T_PERSON, "local_authority" },
    { T_REFERRAL, "person received_on decided_on decision route source org_type" },
    { T_EPISODE, "person referral opened_on closed_on reason model practitioner" },
    { T_RESPONSE, "person episode form state held_on" },
    { T_CONTACT, "person episode held_on kind with_whom result language" },
    { T_GAP, "person episode category local_authority reason noted_on found_on" },
};

/* Of forms, that a conversation was held and a plan agreed is counted; of a plan that needs two of its answers. */
#define COUNTED_FORM   "form IN ('conversation', 'plan')"
#define COUNTED_ANSWER "question IN ('agreed', 'agreed_on')"

static const char *kept_columns(enum table_id t)
{
    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        if (kept[i].table == t)
            return kept[i].columns;
    return NULL;
}

static bool is_kept(const char *columns, const char *name)
{
    size_t n = strlen(name);

    for (const char *p = columns; (p = strstr(p, name)) != NULL; p += n)
        if ((p == columns || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
            return true;
    return false;
}

static void placeholder_sql(struct buf *sql, enum table_id t)
{
    const char *columns = kept_columns(t);

    buf_addf(sql, "UPDATE \"%s\" SET bin_reason = NULL", table_name(t));
    for (int c = 0; c < tables[t].count; c++) {
        const char *name = tables[t].columns[c].name;

        if (str_eq(name, "sort_key"))
            buf_add(sql, ", sort_key = '" SORTED_LAST "'");
        else if (!is_kept(columns, name))
            buf_addf(sql, ", \"%s\" = NULL", name);
        else if (tables[t].columns[c].type == COL_DATE)
            buf_addf(sql, ", \"%s\" = substr(\"%s\", 1, 7) || '-01'", name, name);
    }
    buf_add(sql, " WHERE id = ?1");
}

static enum status run_on(struct store *s, const char *sql, struct id id, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_prepare(s->db, &q, sql, err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    st = stmt_run(q, err);
    stmt_free(&q);
    return st;
}

/* The answers of what goes, and of what stays all but those that are counted. */
static enum status answers_forget(struct store *s, struct holding h, bool stays, struct err *err)
{
    enum status st;

    if (!stays || h.table != T_RESPONSE)
        return run_on(s, "DELETE FROM answer WHERE owner = ?1", h.id, err);
    st = run_on(s, "DELETE FROM answer WHERE owner = ?1 AND NOT (repeat = 0 AND " COUNTED_ANSWER ")", h.id, err);
    if (st == ST_OK)
        st = run_on(s, "UPDATE answer SET value = substr(value, 1, 7) || '-01' WHERE owner = ?1 "
                       "AND question = 'agreed_on'",
                    h.id, err);
    return st;
}

static enum status row_forget(struct store *s, struct holding h, bool stays, struct err *err)
{
    struct buf sql = BUF_INIT;
    enum status st = ST_OK;

    if (stays)
        placeholder_sql(&sql, h.table);
    else
        buf_addf(&sql, "DELETE FROM \"%s\" WHERE id = ?1", table_name(h.table));
    if (!stays)
        st = search_changed(s, h.table, h.id, true, err);
    if (st == ST_OK)
        st = run_on(s, buf_text(&sql), h.id, err);
    if (st == ST_OK)
        st = answers_forget(s, h, stays, err);
    if (st == ST_OK && stays)               /* by now it has neither words nor answers */
        st = search_changed(s, h.table, h.id, false, err);
    if (st == ST_OK)
        st = run_on(s, "UPDATE change SET body = NULL, nonce = NULL WHERE entity_id = ?1", h.id, err);
    buf_release(&sql);
    return st;
}

enum status row_purge(struct store *s, struct holding h, struct err *err)
{
    struct change note = { .entity = table_name(h.table), .entity_id = h.id, .why = "purged" };
    enum status st = row_forget(s, h, false, err);

    return st == ST_OK && h.table != T_DRAFT ? history_add(s, &note, err) : st;
}

enum status purge_scrub(struct store *s, struct err *err)
{
    return search_scrub(s, err);
}

bool person_is_forgotten(const struct record *person)
{
    return str_eq(record_text(person, PERSON_sort_key), SORTED_LAST);
}

static enum status still_open(struct store *s, const struct holding *h, struct err *err)
{
    struct record r = { .text = NULL };
    enum status st = h->table == T_EPISODE || h->table == T_REFERRAL ? store_get(s, h->table, h->id, &r, err) : ST_OK;

    if (st == ST_OK && r.text && !r.binned &&
        !record_text(&r, h->table == T_EPISODE ? EPISODE_closed_on : REFERRAL_decision))
        st = err_set(err, ST_REFUSED,
                     _("A referral waits or a period of support is open: decide or close first. Nothing was "
                       "changed."));
    record_release(&r);
    return st;
}

/* Whether something of it is left to be counted; what lies in the bin is not counted. */
static enum status has_placeholder(struct store *s, struct holding h, struct id person, bool *stays, struct err *err)
{
    struct buf sql = BUF_INIT;
    struct stmt *q = NULL;
    enum status st;

    *stays = h.table == T_PERSON ? id_eq(h.id, person) : kept_columns(h.table) != NULL;
    if (h.table != T_RESPONSE && h.table != T_CONTACT)
        return ST_OK;
    buf_addf(&sql, "SELECT 1 FROM \"%s\" WHERE id = ?1 AND binned_at IS NULL AND person IN "
             "(SELECT id FROM person WHERE binned_at IS NULL)%s",
             table_name(h.table), h.table == T_RESPONSE ? " AND " COUNTED_FORM : "");
    st = db_prepare(s->db, &q, buf_text(&sql), err);
    buf_release(&sql);
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, h.id);
    st = stmt_step(q, stays, err);
    stmt_free(&q);
    return st;
}

static enum status forget_all(struct store *s, struct id person, const struct holding *all, size_t n, struct err *err)
{
    struct change note = { .entity = "person", .entity_id = person, .why = "forgotten" };
    char *place = NULL;
    enum status st = db_exec(s->db, "PRAGMA defer_foreign_keys = ON", err);

    if (st == ST_OK)
        st = store_setting_read(s, "place", &place, err);
    for (size_t i = 0; st == ST_OK && i < n; i++) {
        bool stays = false;

        st = has_placeholder(s, all[i], person, &stays, err);
        if (st == ST_OK)
            st = row_forget(s, all[i], stays, err);
    }
    if (st == ST_OK)
        st = search_scrub(s, err);
    if (st == ST_OK && place && strstr(place, id_show(person).s))
        st = store_set_setting(s, "place", NULL, err);
    if (st == ST_OK)
        st = history_add(s, &note, err);
    free(place);
    return st;
}

enum status forgotten_swept(struct store *s, struct err *err)
{
    static const enum table_id answered[] = { T_RESPONSE, T_REFERRAL };
    struct buf sql = BUF_INIT;
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(answered); i++) {
        struct stmt *q = NULL;
        bool row = false;

        buf_clear(&sql);
        buf_addf(&sql, "SELECT id FROM \"%s\" WHERE person IN (SELECT id FROM person WHERE sort_key = '" SORTED_LAST "')",
                 table_name(answered[i]));
        st = db_prepare(s->db, &q, buf_text(&sql), err);
        while (st == ST_OK && (st = stmt_step(q, &row, err)) == ST_OK && row)
            st = search_changed(s, answered[i], stmt_id(q, 0), false, err);
        stmt_free(&q);
    }
    buf_release(&sql);
    return st == ST_OK ? search_scrub(s, err) : st;
}

static enum status not_held(struct store *s, struct id person, struct err *err)
{
    char *hold = NULL;
    enum status st = retention_hold(s, person, &hold, err);

    if (st == ST_OK && hold)
        st = err_set(err, ST_REFUSED,
                     _("This person's records are held. Nothing was changed. See: dolen retention list"));
    free(hold);
    return st;
}

/* A hold on a record that was joined holds all of them. */
static enum status may_go(struct store *s, const struct holding *all, size_t n, struct err *err)
{
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < n; i++)
        st = all[i].table == T_PERSON ? not_held(s, all[i].id, err) : still_open(s, &all[i], err);
    return st;
}

enum status store_may_forget(struct store *s, struct id person, struct err *err)
{
    struct holding *all = NULL;
    size_t n = 0;
    enum status st = store_holdings(s, person, &all, &n, err);

    if (st == ST_OK)
        st = may_go(s, all, n, err);
    free(all);
    return st;
}

enum status store_forget(struct store *s, struct id person, struct err *err)
{
    struct holding *all = NULL;
    size_t n = 0;
    bool own = false;
    enum status st = store_holdings(s, person, &all, &n, err);

    if (st == ST_OK)
        st = may_go(s, all, n, err);
    if (st == ST_OK)
        st = tx_enter(s, &own, err);
    if (st == ST_OK)
        st = tx_leave(s, own, forget_all(s, person, all, n, err), err);
    free(all);
    return st;
}
