#include "dolen/store/sent.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/write.h"
#include "store_priv.h"
#include "dolen/base/banned.h"

/* --- records ---------------------------------------------------------------------------------------------------- */

/* The row that q is bound for, or ST_NOTFOUND with that sentence. */
static enum status one_record(struct stmt *q, enum table_id t, struct record *out, const char *none, struct err *err)
{
    bool row = false;
    enum status st = stmt_step(q, &row, err);

    if (st == ST_OK && row) {
        record_release(out);
        record_init(out, t);
        record_read(out, q);
    }
    stmt_done(q);
    return st == ST_OK && !row ? err_set(err, ST_NOTFOUND, "%s", tr(none)) : st;
}

enum status store_destination(struct store *s, const char *name, struct record *out, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q,
                            RECORD_SELECT(DESTINATION, destination) " WHERE name = ?1 AND binned_at IS NULL", err);

    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, name);
    return one_record(q, T_DESTINATION, out, N_("There is no destination of that name. See: dolen destination list"),
                      err);
}

enum status store_batch_by_file(struct store *s, struct id destination, const char *file, struct record *out,
                                struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, RECORD_SELECT(BATCH, batch) " WHERE file = ?1 AND destination = ?2", err);

    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, file);
    stmt_bind_id(q, 2, destination);
    return one_record(q, T_BATCH, out, N_("There is no batch of that name here."), err);
}

enum status store_receipt_is_known(struct store *s, const char *sha256, bool *known, struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, "SELECT 1 FROM receipt WHERE sha256 = ?1", err);

    *known = false;
    if (st != ST_OK)
        return st;
    stmt_bind_text(q, 1, sha256);
    st = stmt_step(q, known, err);
    stmt_done(q);
    return st;
}

enum status store_last_batch(struct store *s, int64_t *seq, struct err *err)
{
    return db_ask_int(s->db, "SELECT coalesce(max(seq), 0) FROM batch", seq, err);
}

/* --- rows that are there ---------------------------------------------------------------------------------------- */

static void key_read(uint8_t key[SENT_KEY_BYTES], struct stmt *q, int col)
{
    size_t n = 0;
    const void *p = stmt_blob(q, col, &n);

    memset(key, 0, SENT_KEY_BYTES);
    if (n == SENT_KEY_BYTES)
        memcpy(key, p, n);
}

enum status store_sent_rows(struct store *s, struct id destination, struct sent_rows *out, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q,
                            "SELECT row, person, version, gone FROM sent_row WHERE destination = ?1 ORDER BY row", err);

    *out = (struct sent_rows) { NULL, 0, 0 };
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, destination);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        struct sent_row *r = ARRAY_ADD(out->items, out->count, out->cap);

        key_read(r->key, q, 0);
        r->person = stmt_id(q, 1);
        r->version = stmt_int(q, 2);
        r->gone = stmt_int(q, 3);
    }
    stmt_done(q);
    return st;
}

void sent_rows_release(struct sent_rows *r)
{
    free(r->items);
    *r = (struct sent_rows) { NULL, 0, 0 };
}

enum status store_sent_people(struct store *s, struct id destination, int64_t *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q,
                            "SELECT count(DISTINCT person) FROM sent_row WHERE destination = ?1 AND gone IS NULL", err);

    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, destination);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        *n = stmt_int(q, 0);
    stmt_done(q);
    return st;
}

enum status store_sent_of_person(struct store *s, struct id person, int64_t *there, int64_t *going, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT count(*) - count(gone), count(gone) FROM sent_row WHERE person = ?1",
                            err);

    *there = *going = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, person);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row) {
        *there = stmt_int(q, 0);
        *going = stmt_int(q, 1);
    }
    stmt_done(q);
    return st;
}

enum status store_sent_person(struct store *s, struct id destination, const uint8_t key[SENT_KEY_BYTES],
                              struct id *person, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT person FROM sent_row WHERE destination = ?1 AND row = ?2", err);

    *person = ID_NONE;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, destination);
    stmt_bind_blob(q, 2, key, SENT_KEY_BYTES);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        *person = stmt_id(q, 0);
    stmt_done(q);
    if (st == ST_OK && !id_is_set(*person))
        return err_set(err, ST_NOTFOUND, _("No row of that name was sent there."));
    return st;
}

/* --- written with the batch that carries them ------------------------------------------------------------------- */

enum status store_sent_write(struct store *s, struct id destination, const struct sent_row *rows, size_t n,
                             struct err *err)
{
    struct stmt *q = NULL;
    bool own = false;
    enum status st = tx_enter(s, &own, err);

    if (st != ST_OK)
        return st;
    for (size_t i = 0; st == ST_OK && i < n; i++) {
        st = db_use(s->db, &q,
                    "INSERT INTO sent_row(destination, row, person, version, gone) VALUES (?1, ?2, ?3, ?4, ?5) "
                               "ON CONFLICT(destination, row) DO UPDATE SET person = excluded.person, "
                               "version = excluded.version, gone = excluded.gone", err);
        if (st != ST_OK)
            break;
        stmt_bind_id(q, 1, destination);
        stmt_bind_blob(q, 2, rows[i].key, SENT_KEY_BYTES);
        stmt_bind_id(q, 3, rows[i].person);
        stmt_bind_int(q, 4, rows[i].version);
        if (rows[i].gone)
            stmt_bind_int(q, 5, rows[i].gone);
        st = stmt_run(q, err);
    }
    return tx_leave(s, own, st, err);
}

enum status store_sent_settle(struct store *s, struct id destination, int64_t covered, struct err *err)
{
    struct stmt *q = NULL;
    bool own = false;
    enum status st = tx_enter(s, &own, err);

    if (st != ST_OK)
        return st;
    st = db_use(s->db, &q, "DELETE FROM sent_row WHERE destination = ?1 AND gone <= ?2", err);
    if (st == ST_OK) {
        stmt_bind_id(q, 1, destination);
        stmt_bind_int(q, 2, covered);
        st = stmt_run(q, err);
    }
    return tx_leave(s, own, st, err);
}
