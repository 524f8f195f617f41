/* The content of one file into another under another key: SQLCipher's own export into an attached, empty file.
 *
 * The key goes in as a bound value, so it stands in no SQL text. The new file has no journal and is not synced while
 * it is filled: a copy that was cut short is thrown away whole. */
#include "db_priv.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static enum status attach(struct db *d, const char *path, const struct vault *v, struct err *err)
{
    struct stmt *s = NULL;
    struct secret *key = NULL;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    enum status st;

    if (fd < 0)                     /* SQLite makes none: the handle was opened without leave to */
        return err_sys(err, _("%s cannot be written; nothing was changed"), path);
    close(fd);
    st = vault_db_key(v, &key, err);
    if (st == ST_OK)
        st = db_prepare(d, &s, "ATTACH DATABASE ?1 AS fresh KEY ?2", err);
    if (st == ST_OK) {
        stmt_bind_text(s, 1, path);
        stmt_bind_text_n(s, 2, secret_text(key), secret_length(key));
        st = stmt_run(s, err);
    }
    stmt_free(&s);
    secret_free(&key);
    return st;
}

/* What an export does not carry over. */
static enum status copy_marks(struct db *d, struct err *err)
{
    static const char *const marks[] = { "application_id", "user_version" };
    enum status st = ST_OK;

    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(marks); i++) {
        char *ask = xasprintf("PRAGMA main.%s", marks[i]), *set = NULL;
        int64_t n = 0;

        st = db_ask_int(d, ask, &n, err);
        if (st == ST_OK) {
            set = xasprintf("PRAGMA fresh.%s = %lld", marks[i], (long long) n);
            st = db_exec(d, set, err);
        }
        free(ask);
        free(set);
    }
    return st;
}

static enum status fill(struct db *d, struct err *err)
{
    int off = 0;
    enum status st = db_exec(d, "PRAGMA fresh.journal_mode = OFF; PRAGMA fresh.synchronous = OFF", err);

    /* The schema of the new file is written row by row, which a defensive handle refuses. */
    if (st == ST_OK && sqlite3_db_config(d->h, SQLITE_DBCONFIG_DEFENSIVE, 0, &off) != SQLITE_OK)
        st = db_error(SQLITE_ERROR, DB_READING, err);
    if (st == ST_OK)
        st = db_exec(d, "SELECT sqlcipher_export('fresh')", err);
    sqlite3_db_config(d->h, SQLITE_DBCONFIG_DEFENSIVE, 1, &off);
    return st == ST_OK ? copy_marks(d, err) : st;
}

enum status db_copy_with_key(struct db *d, const char *path, const struct vault *v, struct err *err)
{
    char *real = db_real_path(path);
    uint8_t salt[16];
    enum status st = real ? attach(d, real, v, err) : db_error(SQLITE_NOMEM, DB_READING, err), apart;

    if (st == ST_OK) {
        st = fill(d, err);
        apart = db_exec(d, "DETACH DATABASE fresh", st == ST_OK ? err : NULL);
        st = st == ST_OK ? apart : st;
    }
    if (st == ST_OK)
        st = db_sync_copy(real, err);
    vault_salt(v, salt);
    if (st == ST_OK)
        st = db_check_copy(salt, real, err);
    free(real);
    return st;
}
