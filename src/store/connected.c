/* store/connected.c - who is connected to an asset: for its page, and for the telephone. */
#include "dolen/store/directory.h"

#include "dolen/base/mem.h"
#include "assets.h"
#include "names.h"
#include "rows.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

/* from: the connections as c, in their order; sharing: a column that is 1 when the person has not agreed to it; died:
 * one that is 1 when there is nobody to come any more. */
#define CONNECTED(sharing, died, from, order) \
    "SELECT c.id, c.person, c.episode, c.on_date, c.status, p.given_name, p.family_name, p.preferred_name, p.also_known_as, " \
    sharing ", " died " FROM " from " JOIN person p ON p.id = c.person " order

/* Who waits is known by one index, since when by the other: only those who are shown are read themselves. */
#define WAITING \
    "(SELECT row_no AS n, on_date AS since FROM connection INDEXED BY connection_stands WHERE asset = ?1 " \
    "AND " CONNECTION_STANDS " = 0 AND row_no IN (SELECT row_no FROM connection INDEXED BY connection_waiting " \
    "WHERE asset = ?1 AND " CONNECTION_WAITS ") " \
    "UNION ALL SELECT row_no, on_date FROM connection INDEXED BY connection_stands WHERE asset = ?1 " \
    "AND " CONNECTION_STANDS " = 1 AND binned_at IS NULL AND coalesce(kind, '') <> 'SIGNPOSTED' " \
    "ORDER BY since, n LIMIT ?2) w CROSS JOIN connection c ON c.row_no = w.n"

static void connected_read(struct stmt *q, struct connected_row *r)
{
    *r = (struct connected_row) { .connection = stmt_id(q, 0), .person = stmt_id(q, 1), .episode = stmt_id(q, 2),
                                  .on = row_date(q, 3), .no_sharing = stmt_int(q, 9) != 0,
                                  .died = stmt_int(q, 10) != 0 };
    row_text(q, 4, r->status, sizeof r->status);
    person_name(r->name, sizeof r->name, stmt_text(q, 5), stmt_text(q, 6), stmt_text(q, 7), stmt_text(q, 8));
}

static enum status connected(struct store *s, const char *sql, struct id asset, int limit, struct connected_row *rows,
                             int *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, sql, err);

    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, asset);
    stmt_bind_int(q, 2, limit);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        connected_read(q, &rows[(*n)++]);
    stmt_done(q);
    return st;
}

enum status asset_people(struct store *s, struct id asset, int limit, struct connected_row *rows, int *n,
                         struct err *err)
{
    return connected(s, CONNECTED("0", "0", "connection c INDEXED BY connection_stands",
                                  "WHERE c.asset = ?1 AND c.binned_at IS NULL "
                                  "ORDER BY " CONNECTION_STANDS ", c.on_date DESC, c.row_no DESC LIMIT ?2"),
                     asset, limit, rows, n, err);
}

enum status asset_waiting(struct store *s, struct id asset, int limit, struct connected_row *rows, int *n,
                          struct err *err)
{
    return connected(s, CONNECTED("EXISTS (SELECT 1 FROM answer WHERE owner = c.id AND question = 'share_agreed' "
                                  "AND value = 'NO')",
                                "EXISTS (SELECT 1 FROM episode INDEXED BY episode_died WHERE id = c.episode AND "
                                EPISODE_DIED ")", WAITING, "ORDER BY w.since, w.n"),
                     asset, limit, rows, n, err);
}
