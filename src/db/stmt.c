/* Statements: the cache by address of the text, binding with a remembered first failure, stepping, columns. */
#include "db_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/banned.h"

static size_t place_of(const char *sql)
{
    uint64_t p = (uint64_t) (uintptr_t) sql * 0x9e3779b97f4a7c15u;

    return (size_t) (p >> 32) & (DB_CACHE_SLOTS - 1);
}

static enum status stmt_make(struct db *d, struct stmt **out, const char *sql, unsigned flags, struct err *err)
{
    struct stmt *s = calloc(1, sizeof *s);
    int rc;

    if (!s)
        return db_error(SQLITE_NOMEM, DB_READING, err);
    rc = sqlite3_prepare_v3(d->h, sql, -1, flags, &s->q, NULL);
    if (rc == SQLITE_OK && !s->q)
        rc = SQLITE_ERROR;          /* blank or a comment: nothing to run */
    if (rc != SQLITE_OK) {
        free(s);
        if (rc == SQLITE_ERROR)     /* the text is the program's own and holds no values: its error may be shown */
            return err_set(err, ST_INVALID, _("The database did not understand the request: %s. Nothing was changed. "
                                              "Please report this."), sqlite3_errmsg(d->h));
        return db_error(rc, DB_READING, err);
    }
    s->d = d;
    *out = s;
    return ST_OK;
}

enum status db_use(struct db *d, struct stmt **out, const char *sql, struct err *err)
{
    struct stmt **place = &d->cache[place_of(sql)], *s;
    enum status st;

    for (s = *place; s && s->sql != sql; s = s->next)
        ;
    if (!s) {
        st = stmt_make(d, &s, sql, SQLITE_PREPARE_PERSISTENT, err);
        if (st != ST_OK)
            return st;
        s->sql = sql;
        s->next = *place;
        *place = s;
    }
    assert(!sqlite3_stmt_busy(s->q) && "db_use of a statement whose rows are being read");
    assert(strncmp(sql, sqlite3_sql(s->q), strlen(sqlite3_sql(s->q))) == 0 && "db_use text changed under its address");
    sqlite3_clear_bindings(s->q);
    s->bad = SQLITE_OK;
    *out = s;
    return ST_OK;
}

enum status db_prepare(struct db *d, struct stmt **out, const char *sql, struct err *err)
{
    enum status st = stmt_make(d, out, sql, 0, err);
    struct stmt *s;

    if (st != ST_OK)
        return st;
    s = *out;
    s->own_after = d->own;
    if (d->own)
        d->own->own_before = s;
    d->own = s;
    return ST_OK;
}

void stmt_free(struct stmt **sp)
{
    struct stmt *s = sp ? *sp : NULL;

    if (!s)
        return;
    assert(!s->sql && "stmt_free of a statement that belongs to the cache");
    if (s->d) {
        if (s->own_before)
            s->own_before->own_after = s->own_after;
        else
            s->d->own = s->own_after;
        if (s->own_after)
            s->own_after->own_before = s->own_before;
    }
    sqlite3_finalize(s->q);
    free(s);
    *sp = NULL;
}

/* A statement of one's own outlives the handle as an empty shell, so that a late stmt_free is harmless. */
void db_finalize_all(struct db *d)
{
    for (struct stmt *s = d->own; s; s = s->own_after) {
        sqlite3_finalize(s->q);
        s->q = NULL;
        s->d = NULL;
    }
    d->own = NULL;
    for (size_t i = 0; i < DB_CACHE_SLOTS; i++) {
        while (d->cache[i]) {
            struct stmt *s = d->cache[i];

            d->cache[i] = s->next;
            sqlite3_finalize(s->q);
            free(s);
        }
    }
}

void stmt_done(struct stmt *s)
{
    if (s)
        sqlite3_reset(s->q);
}

static void bound(struct stmt *s, int rc)
{
    if (s->bad == SQLITE_OK)
        s->bad = rc;
}

void stmt_bind_text(struct stmt *s, int i, const char *text)
{
    stmt_bind_text_n(s, i, text, text ? strlen(text) : 0);
}

void stmt_bind_text_n(struct stmt *s, int i, const char *text, size_t n)
{
    if (text)
        bound(s, sqlite3_bind_text64(s->q, i, text, n, SQLITE_TRANSIENT, SQLITE_UTF8));
    else
        stmt_bind_null(s, i);
}

void stmt_bind_int(struct stmt *s, int i, int64_t n)
{
    bound(s, sqlite3_bind_int64(s->q, i, n));
}

void stmt_bind_real(struct stmt *s, int i, double d)
{
    bound(s, sqlite3_bind_double(s->q, i, d));
}

void stmt_bind_id(struct stmt *s, int i, struct id id)
{
    if (id_is_set(id))
        stmt_bind_blob(s, i, id.b, sizeof id.b);
    else
        stmt_bind_null(s, i);
}

void stmt_bind_blob(struct stmt *s, int i, const void *p, size_t n)
{
    if (p)
        bound(s, sqlite3_bind_blob64(s->q, i, p, n, SQLITE_TRANSIENT));
    else
        stmt_bind_null(s, i);
}

void stmt_bind_null(struct stmt *s, int i)
{
    bound(s, sqlite3_bind_null(s->q, i));
}

/* SQLite ends a transaction by itself after some failures. What would run after that would be saved piece by piece, so
 * it is refused until the rollback. */
static bool transaction_was_lost(struct db *d)
{
    return d->in_transaction && sqlite3_get_autocommit(d->h);
}

static enum status db_step_error(struct stmt *s, int rc, struct err *err)
{
    bool writing = !sqlite3_stmt_readonly(s->q) || s->d->in_transaction;
    enum status st = db_error(rc, writing ? DB_WRITING : DB_READING, err);

    sqlite3_reset(s->q);
    if (transaction_was_lost(s->d) && !s->d->lost)
        s->d->lost = rc;
    return st;
}

enum status stmt_step(struct stmt *s, bool *row, struct err *err)
{
    int rc;

    *row = false;
    if (!s->q)
        return db_error(SQLITE_MISUSE, DB_READING, err);
    rc = s->bad;
    if (rc == SQLITE_OK && transaction_was_lost(s->d))
        rc = s->d->lost ? s->d->lost : SQLITE_IOERR;
    if (rc == SQLITE_OK)
        rc = sqlite3_step(s->q);
    if (rc == SQLITE_ROW) {
        *row = true;
        return ST_OK;
    }
    if (rc != SQLITE_DONE)
        return db_step_error(s, rc, err);
    sqlite3_reset(s->q);
    return ST_OK;
}

enum status stmt_run(struct stmt *s, struct err *err)
{
    enum status st;
    bool row;

    do
        st = stmt_step(s, &row, err);
    while (st == ST_OK && row);
    return st;
}

/* NULL from SQLite for a value that is not NULL means memory ran out: said at the next step. */
static const void *value_or_nomem(struct stmt *s, int col, const void *p)
{
    if (!p && sqlite3_column_type(s->q, col) == SQLITE_TEXT)
        bound(s, SQLITE_NOMEM);
    return p;
}

const char *stmt_text(struct stmt *s, int col)
{
    return value_or_nomem(s, col, sqlite3_column_text(s->q, col));
}

int64_t stmt_int(struct stmt *s, int col)
{
    return sqlite3_column_int64(s->q, col);
}

double stmt_real(struct stmt *s, int col)
{
    return sqlite3_column_double(s->q, col);
}

struct id stmt_id(struct stmt *s, int col)
{
    struct id id = ID_NONE;

    if (sqlite3_column_type(s->q, col) == SQLITE_BLOB && sqlite3_column_bytes(s->q, col) == (int) sizeof id.b)
        memcpy(id.b, sqlite3_column_blob(s->q, col), sizeof id.b);
    return id;
}

const void *stmt_blob(struct stmt *s, int col, size_t *n)
{
    const void *p = sqlite3_column_blob(s->q, col);

    *n = p ? (size_t) sqlite3_column_bytes(s->q, col) : 0;
    return p;
}

bool stmt_is_null(struct stmt *s, int col)
{
    return sqlite3_column_type(s->q, col) == SQLITE_NULL;
}

int stmt_columns(const struct stmt *s)
{
    return sqlite3_column_count(s->q);
}

enum db_type stmt_type(struct stmt *s, int col)
{
    static const enum db_type types[] = {
        [SQLITE_INTEGER] = DB_INT, [SQLITE_FLOAT] = DB_REAL, [SQLITE_TEXT] = DB_TEXT,
        [SQLITE_BLOB] = DB_BLOB, [SQLITE_NULL] = DB_NULL,
    };

    return types[sqlite3_column_type(s->q, col)];
}
