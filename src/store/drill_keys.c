/* store/drill_keys.c - the keys of a drill as they were pressed, in pieces of text beside the history: nobody takes one
 * back, and none of them is a change to a record. */
#include "dolen/store/drill_keys.h"

#include "dolen/base/lang.h"
#include "store_priv.h"

#include "dolen/base/banned.h"

enum status store_drill_keys_add(struct store *s, struct id attempt, const char *keys, struct err *err)
{
    struct stmt *q = NULL;
    bool own = false;
    enum status st;

    if (!s->training)
        return err_set(err, ST_REFUSED,
                       _("Drills are played in a training case file only; this one holds real people. Nothing was "
                         "changed. Make one with: dolen --file DIR practice new"));
    st = tx_enter(s, &own, err);
    if (st != ST_OK)
        return st;
    st = db_use(s->db, &q,
                "INSERT INTO drill_keys(attempt, position, keys) SELECT ?1, 1 + coalesce(max(position), 0), ?2 "
                           "FROM drill_keys WHERE attempt = ?1", err);
    if (st == ST_OK) {
        stmt_bind_id(q, 1, attempt);
        stmt_bind_text(q, 2, keys);
        st = stmt_run(q, err);
    }
    return tx_leave(s, own, st, err);
}

enum status store_drill_keys(struct store *s, struct id attempt, void (*fn)(void *ctx, const char *keys), void *ctx,
                             struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT keys FROM drill_keys WHERE attempt = ?1 ORDER BY position", err);

    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, attempt);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        fn(ctx, stmt_text(q, 0));
    stmt_done(q);
    return st;
}
