/* the warehouse in one encrypted SQLite file. */
#include "warehouse.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/db/db.h"
#include "dolen/base/banned.h"

struct sqlite {
    struct db   *db;
    struct stmt *put;                   /* into the staging table that is being filled */
};

static struct sqlite *own(struct warehouse *w)
{
    return w->own;
}

static enum status begin(struct warehouse *w, struct err *err)
{
    return db_begin(own(w)->db, err);
}

static enum status commit(struct warehouse *w, struct err *err)
{
    return db_commit(own(w)->db, err);
}

static void rollback(struct warehouse *w)
{
    stmt_free(&own(w)->put);
    if (own(w)->db)
        db_rollback(own(w)->db);
}

static enum status stage_begin(struct warehouse *w, const struct wh_table *t, bool straight, struct err *err)
{
    struct buf sql = BUF_INIT;
    size_t columns = t ? t->count : 4;
    enum status st;

    buf_add(&sql, straight ? "INSERT INTO " : "INSERT OR IGNORE INTO ");
    warehouse_into(&sql, t, straight);
    buf_add(&sql, " VALUES (");
    for (size_t i = 0; i < columns; i++)
        buf_addf(&sql, "%s?%zu", i ? ", " : "", i + 1);
    buf_add_char(&sql, ')');
    st = db_prepare(own(w)->db, &own(w)->put, buf_text(&sql), err);
    buf_release(&sql);
    return st;
}

static enum status stage_row(struct warehouse *w, const struct wh_cell *cells, size_t n, struct err *err)
{
    load_bind(own(w)->put, cells, n);
    return stmt_run(own(w)->put, err);
}

static enum status stage_end(struct warehouse *w, struct err *err)
{
    (void) err;
    stmt_free(&own(w)->put);
    return ST_OK;
}

static enum status check(struct warehouse *w, struct err *err)
{
    return db_verify(own(w)->db, err);
}

static void close_(struct warehouse *w)
{
    if (!own(w))
        return;
    rollback(w);
    db_close(&own(w)->db, NULL);
    free(w->own);
    w->own = NULL;
}

static const struct warehouse_ops ops = { begin, commit, rollback, stage_begin, stage_row, stage_end, check, close_ };

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? xstrndup(path, (size_t) (slash - path) + (slash == path)) : xstrdup(".");
}

enum status warehouse_sqlite(struct warehouse *w, const char *path, const struct vault *v, bool make, struct err *err)
{
    struct sqlite *s = xcalloc(1, sizeof *s);
    char *folder = folder_of(path);
    enum status st = ST_OK;

    w->ops = &ops;
    w->own = s;
    if (make && !file_exists(folder))
        st = folder_make_private(folder, err);
    if (st == ST_OK && !make && !file_exists(path))
        st = err_set(err, ST_NOTFOUND, _("There is no hub at %s. Nothing was changed. Make one with: dolen-hub init"),
                     path);
    if (st == ST_OK)
        st = db_open(&s->db, path, v, make ? DB_CREATE : DB_EXISTING, err);
    if (st == ST_OK)
        st = db_exec(s->db, "PRAGMA cache_size = -131072", err); /* a caseload's pages; the default is for one laptop */
    w->dialect = DIALECT_SQLITE;
    if (st == ST_OK)
        w->engine = engine_sqlite(s->db);
    free(folder);
    return st;
}
