/* store/assets.c - questions about the directory: one row, what is found, what is in use, what is not there. */
#include "assets.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "names.h"
#include "rows.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

void asset_rows_bind(struct stmt *q)
{
    struct date today = clock_today(), first = { today.year, today.month, 1 };

    stmt_bind_int(q, 9, instant_of_day(first));
}

void asset_row_read(struct stmt *q, struct asset_row *r)
{
    *r = (struct asset_row) { .id = stmt_id(q, 0), .verified_on = row_date(q, 6), .full_until = row_date(q, 7),
                              .do_not_advertise = stmt_int(q, 8) == 1, .local_only = stmt_int(q, 8) == 2,
                              .takes_a_month = (int) stmt_int(q, 9),
                              .waiting = (int) stmt_int(q, 10), .sent_this_month = (int) stmt_int(q, 11) };
    asset_name(r->name, sizeof r->name, stmt_text(q, 1), stmt_text(q, 2));
    row_text(q, 3, r->sort_key, sizeof r->sort_key);
    row_text(q, 4, r->category, sizeof r->category);
    row_text(q, 5, r->area, sizeof r->area);
    r->added_on = instant_date(stmt_int(q, 13));
    row_text(q, 12, r->running, sizeof r->running);
    row_text(q, 14, r->place, sizeof r->place);
}

enum status asset_row_get(struct store *s, struct id asset, struct asset_row *row, struct err *err)
{
    struct stmt *q = NULL;
    bool found = false;
    enum status st = db_use(s->db, &q, ASSET_ROW "WHERE a.id = ?1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, asset);
    asset_rows_bind(q);
    st = stmt_step(q, &found, err);
    if (st == ST_OK && found)
        asset_row_read(q, row);
    stmt_done(q);
    if (st == ST_OK && !found)
        return err_set(err, ST_NOTFOUND, _("There is no such entry in the directory. Nothing was changed. "
                                           "Go back to the list."));
    return st;
}

/* From one asset with an open connection to the next: what it costs grows with the directory, not with the caseload. */
#define NEXT_IN_USE(after) \
    "(SELECT min(asset) FROM connection INDEXED BY connection_open WHERE asset > " after " AND " CONNECTION_OPEN ")"

enum status assets_in_use(struct store *s, struct asset_use **out, size_t *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    size_t cap = 0;
    enum status st = db_use(s->db, &q, "WITH RECURSIVE used(asset) AS (SELECT " NEXT_IN_USE("x''")
        " UNION ALL SELECT " NEXT_IN_USE("used.asset") " FROM used WHERE used.asset IS NOT NULL) "
        "SELECT a.id, a.category, a.verified_on, (SELECT count(*) FROM connection INDEXED BY connection_waiting "
        "WHERE asset = a.id AND " CONNECTION_WAITS ") FROM used JOIN asset a ON a.id = used.asset "
        "WHERE a.binned_at IS NULL ORDER BY a.sort_key, a.id", err);

    *out = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct asset_use *u = ARRAY_ADD(*out, *n, cap);

        *u = (struct asset_use) { .id = stmt_id(q, 0), .verified_on = row_date(q, 2), .waiting = (int) stmt_int(q, 3) };
        row_text(q, 1, u->category, sizeof u->category);
    }
    stmt_done(q);
    return st;
}

/* ("a" OR "b"*) AND … */
static void match_wants(const struct wants *w, struct buf *out)
{
    for (size_t i = 0; i < w->count; i++) {
        int n = 0;

        buf_add(out, i ? " AND (" : "(");
        for (const char *p = buf_text(&w->items[i]); *(p += strspn(p, " ")); p += strcspn(p, " ")) {
            size_t len = strcspn(p, " ");
            bool open = p[len - 1] == '*';

            buf_addf(out, "%s\"%.*s\"%s", n++ ? " OR " : "", (int) (len - open), p, open ? "*" : "");
        }
        buf_add(out, n ? ")" : "\"9\")");                /* a word that no entry has */
    }
}

/* The index in the order of names is walked once, and asked of each row whether the full text found it. */
enum status assets_find(struct store *s, const struct wants *w, struct id **ids, size_t *n, struct err *err)
{
    struct stmt *q = NULL;
    struct buf match = BUF_INIT;
    bool row = false;
    size_t cap = 0;
    enum status st = ST_OK;

    *ids = NULL;
    *n = 0;
    if (w->count == 0)
        return ST_OK;
    match_wants(w, &match);
    st = db_use(s->db, &q, lang_now() == LANG_CY
                         ? "SELECT w.id FROM " WELSH_ORDER "WHERE w.n IN "
                           "(SELECT rowid FROM search_asset_text WHERE search_asset_text MATCH ?1) ORDER BY w.key, w.id"
                         : "SELECT a.id FROM asset a INDEXED BY asset_sort WHERE a.binned_at IS NULL AND a.row_no IN "
                           "(SELECT rowid FROM search_asset_text WHERE search_asset_text MATCH ?1) "
                           "ORDER BY a.sort_key, a.id", err);
    if (st == ST_OK)
        stmt_bind_text(q, 1, buf_text(&match));
    while (st == ST_OK && (st = stmt_step(q, &row, err)) == ST_OK && row)
        *ARRAY_ADD(*ids, *n, cap) = stmt_id(q, 0);
    if (q)
        stmt_done(q);
    buf_release(&match);
    return st;
}

#define QUARTER "substr(noted_on, 1, 4) || '-Q' || ((CAST(substr(noted_on, 6, 2) AS INTEGER) + 2) / 3)"
#define WHAT "coalesce(category, '')"
#define WHY "coalesce(reason, '')"

enum status gap_counts(struct store *s, struct date from, struct date until, struct gap_count **out, size_t *n,
                       struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    size_t cap = 0;
    enum status st = db_use(s->db, &q,
        "SELECT " QUARTER " AS quarter, " WHAT " AS what, " WHY " AS why, count(*) FROM gap INDEXED BY gap_table "
        "WHERE binned_at IS NULL AND noted_on >= ?1 AND noted_on <= ?2 GROUP BY quarter, what, why "
        "ORDER BY quarter, count(*) DESC, what, why", err);

    *out = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, date_is_set(from) ? date_iso(from).s : "0000");
    stmt_bind_text(q, 2, date_is_set(until) ? date_iso(until).s : "9999");
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct gap_count *c = ARRAY_ADD(*out, *n, cap);

        row_text(q, 0, c->quarter, sizeof c->quarter);
        row_text(q, 1, c->category, sizeof c->category);
        row_text(q, 2, c->reason, sizeof c->reason);
        c->count = (long) stmt_int(q, 3);
    }
    stmt_done(q);
    return st;
}

enum status gaps_counted(struct store *s, const struct gap_count *of, struct id **ids, size_t *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    size_t cap = 0;
    enum status st = db_use(s->db, &q,
        "SELECT id FROM gap INDEXED BY gap_list WHERE binned_at IS NULL AND " QUARTER " = ?1 AND " WHAT " = ?2 AND " WHY
        " = ?3 ORDER BY noted_on DESC, id", err);

    *ids = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, of->quarter);
    stmt_bind_text(q, 2, of->category);
    stmt_bind_text(q, 3, of->reason);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        *ARRAY_ADD(*ids, *n, cap) = stmt_id(q, 0);
    stmt_done(q);
    return st;
}

enum status asset_keys(struct store *s, struct asset_keys *out, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT id, name_en, name_cy, postcode, phone, offer FROM asset "
                                       "WHERE binned_at IS NULL ORDER BY sort_key, row_no", err);

    *out = (struct asset_keys) { NULL, 0, 0 };
    if (st != ST_OK)
        return st;
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct asset_key k = asset_key_of(stmt_id(q, 0), stmt_text(q, 1), stmt_text(q, 2), stmt_text(q, 3),
                                          stmt_text(q, 4));

        k.offer = stmt_is_null(q, 5) ? ID_NONE : stmt_id(q, 5);
        *ARRAY_ADD(out->items, out->count, out->cap) = k;
    }
    stmt_done(q);
    return st;
}

enum status store_made(struct store *s, int64_t after, int64_t until, struct made_record **out, size_t *n,
                       struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    size_t cap = 0;
    enum status st = db_use(s->db, &q,
        "SELECT entity, entity_id, EXISTS (SELECT 1 FROM change x WHERE x.entity_id = c.entity_id AND x.seq > ?2 "
        "AND coalesce(x.body, '{}') <> '{}') "
        "FROM change c WHERE c.seq > ?1 AND c.seq <= ?2 AND json_type(c.body, '$.id') IS NOT NULL "
        "ORDER BY c.seq DESC", err);

    *out = NULL;
    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, after);
    stmt_bind_int(q, 2, until);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct made_record m = { .id = stmt_id(q, 1), .changed = stmt_int(q, 2) != 0 };

        if (table_by_name(stmt_text(q, 0), &m.table))
            *ARRAY_ADD(*out, *n, cap) = m;
    }
    stmt_done(q);
    return st;
}

enum status store_is_used(struct store *s, enum table_id t, struct id id, int64_t after, bool *used, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st;

    *used = false;
    if (t != T_PERSON && t != T_ASSET)
        return ST_OK;
    st = db_use(s->db, &q, t == T_ASSET
        ? "SELECT EXISTS (SELECT 1 FROM connection WHERE asset = ?1 AND binned_at IS NULL)"
        : "SELECT EXISTS (SELECT 1 FROM change c JOIN contact r ON r.id = c.entity_id JOIN episode e "
          "ON e.id = r.episode WHERE c.seq > ?2 AND e.person = ?1 AND r.binned_at IS NULL) "
          "OR EXISTS (SELECT 1 FROM change c JOIN response r ON r.id = c.entity_id WHERE c.seq > ?2 AND r.person = ?1 "
          "AND r.binned_at IS NULL) "
          "OR EXISTS (SELECT 1 FROM change c JOIN connection r ON r.id = c.entity_id WHERE c.seq > ?2 "
          "AND r.person = ?1 "
          "AND r.binned_at IS NULL) "
          "OR EXISTS (SELECT 1 FROM change c JOIN consent r ON r.id = c.entity_id WHERE c.seq > ?2 AND r.person = ?1 "
          "AND r.binned_at IS NULL) "
          "OR EXISTS (SELECT 1 FROM change c JOIN concern r ON r.id = c.entity_id WHERE c.seq > ?2 AND r.person = ?1 "
          "AND r.binned_at IS NULL) "
          "OR EXISTS (SELECT 1 FROM change c JOIN referral r ON r.id = c.entity_id WHERE c.seq > ?2 AND r.person = ?1 "
          "AND r.binned_at IS NULL)", err);
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, id);
    if (t == T_PERSON)
        stmt_bind_int(q, 2, after);
    st = stmt_step(q, &row, err);
    *used = st == ST_OK && row && stmt_int(q, 0) != 0;
    stmt_done(q);
    return st;
}
