/* store/connected.c - who is connected to an asset: for its page, and for the telephone. */
#include "dolen/store/directory.h"

#include "dolen/base/mem.h"
#include "assets.h"
#include "names.h"
#include "rows.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

#define CONNECTED(rest) \
    "SELECT c.id, c.person, c.episode, c.on_date, c.status, p.given_name, p.family_name, p.preferred_name, " \
    "p.also_known_as, " \
    "EXISTS (SELECT 1 FROM answer WHERE owner = c.id AND question = 'share_agreed' AND value = 'NO') " \
    "FROM connection c INDEXED BY connection_stands JOIN person p ON p.id = c.person " \
    "WHERE c.asset = ?1 AND c.binned_at IS NULL " rest " LIMIT ?2"

static void connected_read(struct stmt *q, struct connected_row *r)
{
    *r = (struct connected_row) { .connection = stmt_id(q, 0), .person = stmt_id(q, 1), .episode = stmt_id(q, 2),
                                  .on = row_date(q, 3), .no_sharing = stmt_int(q, 9) != 0 };
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
    return connected(s, CONNECTED("ORDER BY " CONNECTION_STANDS ", c.on_date DESC, c.row_no DESC"), asset, limit, rows,
                     n, err);
}

enum status asset_waiting(struct store *s, struct id asset, int limit, struct connected_row *rows, int *n,
                          struct err *err)
{
    return connected(s, CONNECTED("AND " CONNECTION_STANDS " IN (0, 1) AND coalesce(c.kind, '') <> 'SIGNPOSTED' "
                                  "AND c.status <> 'SUGGESTED' ORDER BY c.on_date, c.row_no"), asset, limit, rows, n,
                     err);
}
