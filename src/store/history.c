/* store/history.c - the append-only history: one row a saved record, each bound to the one before it.
 *
 *   body_hash = BLAKE2b-256(nonce, body)
 *   chain     = BLAKE2b-256(chain of the row before, seq, entity, entity_id, at, by, why, undoes, body_hash)
 *
 * numbers as 8 bytes, lowest first; texts after their length; ids as 16 bytes, zero when not set. The nonce keeps a
 * forgotten body from being guessed out of its hash: to forget is to delete body and nonce, and the chain still
 * verifies. The head of the chain stays in memory, so that a save costs one INSERT and reads nothing. */
#include "search_priv.h"
#include "store_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/store/past.h"
#include "dolen/vault/hash.h"

#include "dolen/base/banned.h"

#define HASH_BYTES  32
#define NONCE_BYTES 16

/* A row of the table, from either side. */
struct link {
    int64_t     seq, at, undoes;
    const char *entity, *why;
    struct id   entity_id, by;
    uint8_t     body_hash[HASH_BYTES];
};

static void add_number(struct hash *h, int64_t n)
{
    uint8_t b[8];

    for (size_t i = 0; i < sizeof b; i++)
        b[i] = (uint8_t) ((uint64_t) n >> (8 * i));
    hash_add(h, b, sizeof b);
}

static void add_text(struct hash *h, const char *s)
{
    size_t n = s ? strlen(s) : 0;

    add_number(h, (int64_t) n);
    hash_add(h, s ? s : "", n);
}

static void body_hash(uint8_t out[HASH_BYTES], const void *nonce, size_t nonce_bytes, const char *body)
{
    struct hash *h = hash_new(NULL, 0);

    hash_add(h, nonce, nonce_bytes);
    hash_add(h, body, strlen(body));
    hash_done(&h, out);
}

static void chain_next(uint8_t chain[HASH_BYTES], const struct link *l)
{
    struct hash *h = hash_new(NULL, 0);

    hash_add(h, chain, HASH_BYTES);
    add_number(h, l->seq);
    add_text(h, l->entity);
    hash_add(h, l->entity_id.b, sizeof l->entity_id.b);
    add_number(h, l->at);
    hash_add(h, l->by.b, sizeof l->by.b);
    add_text(h, l->why);
    add_number(h, l->undoes);
    hash_add(h, l->body_hash, HASH_BYTES);
    hash_done(&h, chain);
}

enum status history_start(struct store *s, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT seq, chain FROM change ORDER BY seq DESC LIMIT 1", err);

    if (st != ST_OK)
        return st;
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row) {
        size_t n = 0;
        const void *chain = stmt_blob(q, 1, &n);

        s->seq = stmt_int(q, 0);
        if (n == HASH_BYTES)
            memcpy(s->chain, chain, HASH_BYTES);
        else
            st = err_set(err, ST_DB_DAMAGED, _("The history of the case file is damaged. Nothing was changed. "
                                               "Restore a backup, or open it for reading only."));
    }
    stmt_done(q);
    s->seq_on_disk = s->seq;
    memcpy(s->chain_on_disk, s->chain, HASH_BYTES);
    return st == ST_OK ? search_start(s, err) : st;
}

static enum status link_insert(struct store *s, const struct link *l, const uint8_t nonce[NONCE_BYTES],
                               const char *body, const uint8_t chain[HASH_BYTES], struct err *err)
{
    struct stmt *q = NULL;
    enum status st = db_use(s->db, &q, "INSERT INTO change(seq, entity, entity_id, at, by, why, undoes, nonce, body, "
                                       "body_hash, chain, step) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
                                       "?11, ?12)",
                            err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, l->seq);
    stmt_bind_text(q, 2, l->entity);
    stmt_bind_id(q, 3, l->entity_id);
    stmt_bind_int(q, 4, l->at);
    stmt_bind_id(q, 5, l->by);
    stmt_bind_text(q, 6, l->why);
    if (l->undoes)
        stmt_bind_int(q, 7, l->undoes);
    stmt_bind_blob(q, 8, nonce, NONCE_BYTES);
    stmt_bind_text(q, 9, body);
    stmt_bind_blob(q, 10, l->body_hash, HASH_BYTES);
    stmt_bind_blob(q, 11, chain, HASH_BYTES);
    stmt_bind_int(q, 12, s->seq_on_disk + 1);       /* the first change of this transaction */
    return stmt_run(q, err);
}

enum status history_add(struct store *s, const struct change *c, struct err *err)
{
    struct link l = { s->seq + 1, clock_now(), c->undoes, c->entity, c->why && *c->why ? c->why : NULL,
                      c->entity_id, s->author, { 0 } };
    uint8_t nonce[NONCE_BYTES], chain[HASH_BYTES];
    struct buf body = BUF_INIT;
    enum status st;

    if (c->body)
        json_write(&body, c->body);
    else
        buf_add(&body, "{}");
    random_fill(nonce, sizeof nonce);
    body_hash(l.body_hash, nonce, sizeof nonce, buf_text(&body));
    memcpy(chain, s->chain, sizeof chain);
    chain_next(chain, &l);
    st = link_insert(s, &l, nonce, buf_text(&body), chain, err);
    if (st == ST_OK) {
        s->seq = l.seq;
        memcpy(s->chain, chain, sizeof chain);
    }
    buf_wipe(&body);
    return st;
}

/* --- asking ----------------------------------------------------------------------------------------------------- */

static void row_read(struct stmt *q, struct change_row *c)
{
    const char *why = stmt_text(q, 5);

    *c = (struct change_row) { .seq = stmt_int(q, 0), .at = stmt_int(q, 1), .by = stmt_id(q, 2),
                               .entity_id = stmt_id(q, 3) };
    c->body = stmt_is_null(q, 6) ? NULL : past_left_out(stmt_text(q, 6));
    str_copy(c->entity, sizeof c->entity, stmt_text(q, 4));
    str_copy(c->why, sizeof c->why, why ? why : "");
}

enum status store_changes(struct store *s, struct id entity_id, int64_t before_seq, int limit,
                          struct change_row *rows, int *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q,
                            "SELECT seq, at, by, entity_id, entity, why, body FROM change WHERE entity_id = ?1 "
                                       "AND seq < ?2 ORDER BY seq DESC LIMIT ?3", err);

    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, entity_id);
    stmt_bind_int(q, 2, before_seq > 0 ? before_seq : INT64_MAX);
    stmt_bind_int(q, 3, limit);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        row_read(q, &rows[(*n)++]);
    stmt_done(q);
    return st;
}

/* Each part asks an index; without INDEXED BY the whole history would be walked backwards. */
#define ABOUT \
    "SELECT seq, at, by, entity_id, entity, why, body FROM change INDEXED BY change_entity WHERE entity_id IN (" \
    "SELECT ?1 UNION ALL SELECT ?2 UNION ALL " \
    "SELECT id FROM referral WHERE person = ?1 UNION ALL SELECT id FROM consent WHERE person = ?1 UNION ALL " \
    "SELECT id FROM equality WHERE person = ?1 UNION ALL SELECT id FROM note WHERE person = ?1 UNION ALL " \
    "SELECT id FROM response WHERE person = ?1 AND (episode IS NULL OR episode = ?2) UNION ALL " \
    "SELECT id FROM contact WHERE episode = ?2 UNION ALL SELECT id FROM connection WHERE episode = ?2 UNION ALL " \
    "SELECT id FROM gap WHERE episode = ?2 UNION ALL SELECT id FROM action WHERE episode = ?2 UNION ALL " \
    "SELECT id FROM goal WHERE episode = ?2 UNION ALL " \
    "SELECT id FROM rating WHERE goal IN (SELECT id FROM goal WHERE episode = ?2)) ORDER BY seq DESC LIMIT ?3"

enum status store_changes_about(struct store *s, struct id person, struct id episode, int limit,
                                struct change_row *rows, int *n, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, ABOUT, err);

    *n = 0;
    if (st != ST_OK)
        return st;
    stmt_bind_id(q, 1, person);
    stmt_bind_id(q, 2, episode);
    stmt_bind_int(q, 3, limit);
    while ((st = stmt_step(q, &row, err)) == ST_OK && row)
        row_read(q, &rows[(*n)++]);
    stmt_done(q);
    return st;
}

enum status store_change_at(struct store *s, int64_t seq, struct change_row *out, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT seq, at, by, entity_id, entity, why, body FROM change WHERE seq = ?1",
                            err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, seq);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        row_read(q, out);
    stmt_done(q);
    return st != ST_OK || row ? st : err_set(err, ST_NOTFOUND, _("There is no such change in the history. Nothing "
                                                                 "was changed. Take its number from the history."));
}

enum status store_last_changed(struct store *s, int64_t *at, struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q, "SELECT at FROM change ORDER BY seq DESC LIMIT 1", err);

    if (st == ST_OK)
        st = stmt_step(q, &row, err);
    if (st == ST_OK && row)
        *at = stmt_int(q, 0);
    stmt_done(q);
    return st;
}

int change_newest_first(const void *a, const void *b)
{
    const struct change_row *x = a, *y = b;

    if (x->at != y->at)
        return x->at < y->at ? 1 : -1;
    if (x->elsewhere != y->elsewhere)
        return x->elsewhere ? 1 : -1;
    return (x->seq < y->seq) - (x->seq > y->seq);
}

void change_row_release(struct change_row *c)
{
    if (c->body)
        explicit_bzero(c->body, strlen(c->body));
    free(c->body);
    c->body = NULL;
}

enum status chain_head(struct store *s, int64_t *seq, char hex[65], struct err *err)
{
    struct stmt *q = NULL;
    bool row = false;
    enum status st = db_use(s->db, &q,
                            "SELECT seq, chain FROM change WHERE ?1 = 0 OR seq = ?1 ORDER BY seq DESC LIMIT 1", err);

    if (st != ST_OK)
        return st;
    stmt_bind_int(q, 1, *seq);
    st = stmt_step(q, &row, err);
    if (st == ST_OK && row) {
        size_t n = 0;
        const uint8_t *chain = stmt_blob(q, 1, &n);

        *seq = stmt_int(q, 0);
        for (size_t i = 0; i < n && i < HASH_BYTES; i++)
            snprintf(hex + 2 * i, 3, "%02x", chain[i]);
    }
    stmt_done(q);
    if (st == ST_OK && !row)
        return err_set(err, ST_NOTFOUND, _("The history has no such change. Nothing was changed."
                                           " dolen audit head shows the newest."));
    return st;
}

/* --- checking --------------------------------------------------------------------------------------------------- */

static bool column_is(struct stmt *q, int col, const uint8_t expected[HASH_BYTES])
{
    size_t n = 0;
    const void *p = stmt_blob(q, col, &n);

    return n == HASH_BYTES && memcmp(p, expected, HASH_BYTES) == 0;
}

/* The statement stands on a row. chain: of the row before, then of this one. */
static bool link_holds(struct stmt *q, int64_t seq, uint8_t chain[HASH_BYTES])
{
    struct link l = { stmt_int(q, 0), stmt_int(q, 3), stmt_int(q, 6), stmt_text(q, 1), stmt_text(q, 5), stmt_id(q, 2),
                      stmt_id(q, 4), { 0 } };
    size_t nonce_bytes = 0, hash_bytes = 0;
    const void *nonce = stmt_blob(q, 7, &nonce_bytes);
    const void *kept = stmt_blob(q, 9, &hash_bytes);

    if (l.seq != seq || hash_bytes != HASH_BYTES)
        return false;
    memcpy(l.body_hash, kept, HASH_BYTES);
    if (!stmt_is_null(q, 8)) {
        uint8_t again[HASH_BYTES];

        body_hash(again, nonce ? nonce : "", nonce_bytes, stmt_text(q, 8));
        if (memcmp(again, kept, HASH_BYTES) != 0)
            return false;
    }
    chain_next(chain, &l);
    return column_is(q, 10, chain);
}

enum status store_verify_history(struct store *s, struct err *err)
{
    struct stmt *q = NULL;
    uint8_t chain[HASH_BYTES] = { 0 };
    int64_t seq = 0;
    bool row = false;
    enum status st = db_use(s->db, &q,
                            "SELECT seq, entity, entity_id, at, by, why, undoes, nonce, body, body_hash, chain "
                            "FROM change ORDER BY seq", err);

    if (st != ST_OK)
        return st;
    while ((st = stmt_step(q, &row, err)) == ST_OK && row) {
        seq++;
        if (link_holds(q, seq, chain))
            continue;
        st = err_set(err, ST_DB_DAMAGED, _("The history does not fit together at change %lld: it was altered or is "
                                           "damaged. Nothing was changed. Compare with a backup."), (long long) seq);
        break;
    }
    stmt_done(q);
    if (st == ST_OK && (seq != s->seq || memcmp(chain, s->chain, HASH_BYTES) != 0))
        st = err_set(err, ST_DB_DAMAGED, _("The history ends before its newest change (%lld). Nothing was changed. "
                                           "Compare with a backup."), (long long) s->seq);
    return st;
}
