/* The handle: transactions, running statements, closing. Opening is in open.c, checking in verify.c. */
#include "db_priv.h"

#include <assert.h>
#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/banned.h"

static enum status run_now(struct db *d, const char *sql, struct err *err)
{
    struct stmt *s;
    enum status st = db_use(d, &s, sql, err);

    return st == ST_OK ? stmt_run(s, err) : st;
}

enum status db_exec(struct db *d, const char *sql, struct err *err)
{
    bool lost = d->in_transaction && sqlite3_get_autocommit(d->h);
    int rc = lost ? SQLITE_ABORT : sqlite3_exec(d->h, sql, NULL, NULL, NULL);

    if (rc != SQLITE_OK && !lost && d->in_transaction && sqlite3_get_autocommit(d->h))
        d->lost = rc;
    if (rc == SQLITE_ERROR)         /* the program's own text; no values in it */
        return err_set(err, ST_INVALID, _("The database did not understand the request: %s. Nothing was changed. "
                                          "Please report this."), sqlite3_errmsg(d->h));
    if (rc != SQLITE_OK)
        return db_error(rc, DB_WRITING, err);
    return d->header_seen || d->in_transaction ? ST_OK : db_check_header(d, err);
}

enum status db_begin(struct db *d, struct err *err)
{
    enum status st;

    assert(!d->in_transaction && "db_begin inside a transaction");
    if (d->mode == DB_READ_ONLY)    /* SQLite would begin a read and refuse only the first write */
        return db_error(SQLITE_READONLY, DB_WRITING, err);
    st = run_now(d, "BEGIN IMMEDIATE", err);
    d->lost = SQLITE_OK;
    d->in_transaction = st == ST_OK;
    return st;
}

void db_rollback(struct db *d)
{
    if (!d->in_transaction)
        return;
    d->in_transaction = false;      /* first, or the statement would be refused after a transaction SQLite ended */
    if (!sqlite3_get_autocommit(d->h))
        run_now(d, "ROLLBACK", NULL);
}

/* The last of the four syncs comes after the journal was emptied: when that one fails, nobody can say which of the two
 * states a power cut would leave. */
static enum status commit_failed(struct db *d, enum status st, struct err *err)
{
    bool open_end = sqlite3_extended_errcode(d->h) == SQLITE_IOERR_FSYNC;

    db_rollback(d);
    if (!open_end)
        return st;
    return err_set(err, ST_IO, "%s", _("The disk reported an error at the very end of saving, so it is not certain "
                                       "whether the last change was kept; everything saved before is safe. Close "
                                       "Dolen, start it again and look at the last change."));
}

enum status db_commit(struct db *d, struct err *err)
{
    enum status st;

    assert(d->in_transaction && "db_commit without db_begin");
    if (sqlite3_get_autocommit(d->h)) {
        st = db_error(d->lost ? d->lost : SQLITE_ABORT, DB_WRITING, err);
        d->in_transaction = false;
        return st;
    }
    st = run_now(d, "COMMIT", err);
    if (st != ST_OK)
        return commit_failed(d, st, err);
    d->in_transaction = false;
    return d->header_seen ? ST_OK : db_check_header(d, err);
}

bool db_in_transaction(const struct db *d)
{
    return d->in_transaction;
}

enum status db_ask_int(struct db *d, const char *sql, int64_t *out, struct err *err)
{
    struct stmt *s = NULL;
    bool row = false;
    enum status st = db_prepare(d, &s, sql, err);

    if (st == ST_OK)
        st = stmt_step(s, &row, err);
    if (st == ST_OK && !row)
        st = err_set(err, ST_NOTFOUND, "%s", _("The case file has no answer to that. Nothing was changed."
                                               " Check it with: dolen doctor"));
    if (st == ST_OK)
        *out = stmt_int(s, 0);
    stmt_free(&s);
    return st;
}

enum status db_close(struct db **dp, struct err *err)
{
    struct db *d = dp ? *dp : NULL;
    enum status st = ST_OK;
    int rc;

    if (!d)
        return ST_OK;
    db_rollback(d);
    db_finalize_all(d);
    rc = sqlite3_close(d->h);
    if (rc != SQLITE_OK)
        st = db_error(rc, DB_READING, err);
    free(d->path);
    free(d);
    *dp = NULL;
    return st;
}

const char *db_library_version(struct db *d)
{
    return d->version;
}
