/* store/store.c - the life of an open case file: made, opened, its transactions, its large loads, its check. */
#include "store_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "search_priv.h"

#include "dolen/base/banned.h"

#define CASE_DB "case.db"

/* --- opening ---------------------------------------------------------------------------------------------------- */

static enum status handle_open(struct store **out, const char *folder, const struct vault *v, enum db_mode mode,
                               struct err *err)
{
    struct store *s = calloc(1, sizeof *s);
    char *path;
    enum status st;

    if (!s)
        return err_set(err, ST_NOMEM, _("There is not enough memory to open the case file. It is as it was. "
                                        "Close other programs and try again."));
    path = path_join(folder, CASE_DB);
    s->read_only = mode == DB_READ_ONLY;
    s->training = vault_is_training(v);
    st = db_open(&s->db, path, v, mode, err);
    free(path);
    if (st != ST_OK) {
        free(s);
        return st;
    }
    *out = s;
    return ST_OK;
}

void store_undo_begins(struct store *s)
{
    s->seq_at_open = s->seq;
}

enum status store_create(struct store **out, const char *folder, const struct vault *v, struct err *err)
{
    struct store *s = NULL;
    enum status st = handle_open(&s, folder, v, DB_CREATE, err);

    if (st == ST_OK)
        st = schema_migrate(s, err);
    if (st == ST_OK)
        st = history_start(s, err);
    if (st != ST_OK) {
        store_close(&s, NULL);
        return st;
    }
    store_undo_begins(s);
    *out = s;
    return ST_OK;
}

static enum status ready(struct store *s, struct err *err)
{
    bool older = false;
    enum status st = schema_check(s, &older, err);

    if (st == ST_OK && older && s->read_only)
        return err_set(err, ST_REFUSED,
                       _("This case file is of an older version and has to be brought up to date first; that cannot "
                         "be done while it is open for reading only. Nothing was changed."
                         " Close the other program and open it again."));
    if (st == ST_OK && older)
        st = schema_migrate(s, err);
    if (st != ST_OK)
        return st;
    /* Reading what is left of a damaged file must not end at its history, which only writing goes on from. */
    if (!s->read_only)
        return history_start(s, err);
    history_start(s, NULL);
    return ST_OK;
}

enum status store_open(struct store **out, const char *folder, const struct vault *v, bool read_only, struct err *err)
{
    struct store *s = NULL;
    enum status st = handle_open(&s, folder, v, read_only ? DB_READ_ONLY : DB_EXISTING, err);

    if (st == ST_OK)
        st = ready(s, err);
    if (st != ST_OK) {
        store_close(&s, NULL);
        return st;
    }
    store_undo_begins(s);
    *out = s;
    return ST_OK;
}

enum status store_close(struct store **sp, struct err *err)
{
    enum status st;

    if (!sp || !*sp)
        return ST_OK;
    if (db_in_transaction((*sp)->db))
        store_rollback(*sp);
    st = db_close(&(*sp)->db, err);
    free((*sp)->steps);
    free(*sp);
    *sp = NULL;
    return st;
}

void store_author(struct store *s, struct id practitioner)
{
    s->author = practitioner;
}

void store_on_commit(struct store *s, void (*fn)(void *ctx, int64_t version), void *ctx)
{
    s->committed = fn;
    s->committed_ctx = ctx;
}

int64_t store_version(const struct store *s)
{
    return s->seq;
}

/* --- transactions ----------------------------------------------------------------------------------------------- */

static void forget_unsaved(struct store *s)
{
    s->seq = s->seq_on_disk;
    memcpy(s->chain, s->chain_on_disk, sizeof s->chain);
    s->indexed = s->indexed_on_disk;
    s->recent = 0;
    s->spoilt = s->bulk = s->open_tx = false;
}

static enum status commit(struct store *s, struct err *err)
{
    enum status st = db_commit(s->db, err);
    bool news = s->seq != s->seq_on_disk;

    if (st != ST_OK) {
        forget_unsaved(s);
        return st;
    }
    if (news && !s->bulk)
        *ARRAY_ADD(s->steps, s->step_count, s->step_cap) = s->seq_on_disk + 1;
    s->seq_on_disk = s->seq;
    memcpy(s->chain_on_disk, s->chain, sizeof s->chain);
    s->indexed_on_disk = s->indexed;
    s->spoilt = s->bulk = s->open_tx = false;
    if (news && s->committed)
        s->committed(s->committed_ctx, s->seq);
    return ST_OK;
}

static enum status begin(struct store *s, struct err *err)
{
    if (s->read_only)
        return err_set(err, ST_REFUSED, _("The case file is open for reading only. Nothing was changed. See what "
                                          "to do about it: dolen doctor"));
    return db_begin(s->db, err);
}

enum status tx_enter(struct store *s, bool *own, struct err *err)
{
    *own = !db_in_transaction(s->db);
    if (*own && s->open_tx)
        return err_set(err, ST_IO, _("An earlier change of the same step failed. Nothing of the step was saved."
                                     " Do it again; if it fails again, see: dolen doctor"));
    return *own ? begin(s, err) : ST_OK;
}

enum status tx_leave(struct store *s, bool own, enum status st, struct err *err)
{
    if (own && st == ST_OK)
        return commit(s, err);
    if (own)
        store_rollback(s);
    else if (st != ST_OK)
        s->spoilt = true;
    return st;
}

enum status store_begin(struct store *s, struct err *err)
{
    enum status st;

    assert(!s->open_tx);
    st = begin(s, err);
    s->open_tx = st == ST_OK;
    return st;
}

enum status store_commit(struct store *s, struct err *err)
{
    /* A full disk makes the database roll back by itself: then nothing is open here any more. */
    if (!s->spoilt && db_in_transaction(s->db))
        return commit(s, err);
    store_rollback(s);
    return err_set(err, ST_IO,
                   _("A change of this step failed. Nothing of the step was saved; what was saved before is safe. "
                     "Try again."));
}

void store_rollback(struct store *s)
{
    if (db_in_transaction(s->db))
        db_rollback(s->db);
    forget_unsaved(s);
}

enum status store_end(struct store *s, enum status st, struct err *err)
{
    if (st == ST_OK)
        return store_commit(s, err);
    store_rollback(s);
    return st;
}

bool store_in_step(const struct store *s)
{
    return s->open_tx;
}

/* Ids are random, so every row of a large load touches pages all over their indexes: with the everyday 8 MiB each of
 * them is read and sealed many times over. A load that is rolled back keeps the room until the file is closed. */
enum status store_bulk_begin(struct store *s, struct err *err)
{
    enum status st = store_begin(s, err);

    s->bulk = st == ST_OK;
    if (s->bulk)
        db_exec(s->db, "PRAGMA cache_size = -262144", NULL);
    return st;
}

enum status store_bulk_end(struct store *s, struct err *err)
{
    enum status st;

    if (!s->spoilt && db_in_transaction(s->db)) {
        st = search_rebuild(s, err);
        if (st != ST_OK) {
            store_rollback(s);
            return st;
        }
    }
    st = store_commit(s, err);
    db_exec(s->db, "PRAGMA cache_size = -8192; PRAGMA shrink_memory", NULL);
    return st;
}

/* --- checks and copies ------------------------------------------------------------------------------------------ */

enum status store_verify(struct store *s, struct err *err)
{
    enum status st = db_verify(s->db, err);

    if (st == ST_OK)
        st = schema_compare(s, err);
    if (st == ST_OK)
        st = store_verify_history(s, err);
    return st;
}

enum status store_copy_to(struct store *s, const char *path, struct err *err)
{
    return db_copy_to(s->db, path, err);
}

enum status store_copy_with_key(struct store *s, const char *path, const struct vault *v, struct err *err)
{
    return db_copy_with_key(s->db, path, v, err);
}

const char *store_library_version(struct store *s)
{
    return db_library_version(s->db);
}
