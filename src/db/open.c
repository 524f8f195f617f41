/* Opening, line by line as docs/casefile-format.md has it. Every setting that can be read back is. */
#include "db_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

struct setting {
    const char *set;                /* NULL: only ask */
    const char *ask, *want;         /* NULL: nothing to read back; want "" = anything but empty */
};

static const struct setting cipher_settings[] = {
    { "PRAGMA cipher_log_level = NONE", NULL, NULL },   /* it writes to standard error, across the screen */
    { "PRAGMA cipher_page_size = 4096", NULL, NULL },
    { "PRAGMA cipher_use_hmac = ON", NULL, NULL },
    { "PRAGMA cipher_hmac_algorithm = HMAC_SHA512", NULL, NULL },
    { "PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA512", NULL, NULL },
    { "PRAGMA cipher_plaintext_header_size = 0", NULL, NULL },
    { "PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2" },     /* sorts would write plaintext to the temp folder */
    { "PRAGMA mmap_size = 0", NULL, NULL },
    { NULL, "PRAGMA cipher_version", "" },              /* empty: some other SQLite, which would write in clear */
};

static const struct setting write_settings[] = {
    { "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA locking_mode", "exclusive" },
    { "PRAGMA journal_mode = TRUNCATE", "PRAGMA journal_mode", "truncate" },
    { "PRAGMA synchronous = FULL", "PRAGMA synchronous", "2" },
};

static const struct setting common_settings[] = {
    { "PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1" },
    { "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1" },
    { "PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0" },
    { "PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1" },
    { "PRAGMA cache_size = -8192", "PRAGMA cache_size", "-8192" },
    { "PRAGMA busy_timeout = 2000", "PRAGMA busy_timeout", "2000" },
};

static const struct { int what, on; } configs[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
};

/* A database is used by one thread only: neither its locks nor its tally of memory are needed, and an export is a
 * fifteenth faster without them. */
static bool library_configured(void)
{
    return sqlite3_config(SQLITE_CONFIG_URI, 0) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
}

static enum status library_start(struct err *err)
{
    static bool started;

    if (started)
        return ST_OK;
    if (!library_configured() || sqlite3_initialize() != SQLITE_OK)
        return err_set(err, ST_NOMEM, "%s", _("The database library could not start. Nothing was opened or changed. "
                                              "Close other programs and try again."));
    started = true;
    return ST_OK;
}

int db_pragma(struct db *d, const char *sql, char *out, size_t size)
{
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(d->h, sql, -1, &q, NULL);

    out[0] = '\0';
    if (rc == SQLITE_OK)
        rc = sqlite3_step(q);
    if (rc == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(q, 0);

        if (text)
            str_copy(out, size, (const char *) text);
    }
    if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        rc = SQLITE_OK;
    sqlite3_finalize(q);
    return rc;
}

static enum status refuse_setting(const char *name, struct err *err)
{
    return err_set(err, ST_REFUSED,
                   _("The database library does not take the setting \"%s\", without which case data is not safe. "
                     "Nothing was opened. Install Dolen again as it was built."),
                   name);
}

static enum status apply(struct db *d, const struct setting *s, size_t n, struct err *err)
{
    char got[sizeof d->version];

    for (; n > 0; s++, n--) {
        int rc = s->set ? db_pragma(d, s->set, got, sizeof got) : SQLITE_OK;

        if (rc == SQLITE_OK && s->ask)
            rc = db_pragma(d, s->ask, got, sizeof got);
        if (rc != SQLITE_OK)
            return db_error(rc, DB_OPENING, err);
        if (s->ask && (s->want[0] ? strcmp(got, s->want) != 0 : got[0] == '\0'))
            return refuse_setting(s->set ? s->set : s->ask, err);
    }
    return ST_OK;
}

static enum status apply_configs(struct db *d, struct err *err)
{
    for (size_t i = 0; i < ARRAY_LEN(configs); i++) {
        int now = -1, rc = sqlite3_db_config(d->h, configs[i].what, configs[i].on, &now);

        if (rc != SQLITE_OK || now != configs[i].on)
            return refuse_setting("DBCONFIG", err);
    }
    return ST_OK;
}

static enum status give_key(struct db *d, const struct vault *v, struct err *err)
{
    struct secret *key = NULL;
    enum status st = vault_db_key(v, &key, err);
    int rc;

    if (st != ST_OK)
        return st;
    rc = sqlite3_key(d->h, secret_text(key), (int) secret_length(key));
    secret_free(&key);
    return rc == SQLITE_OK ? ST_OK : db_error(rc, DB_OPENING, err);
}

static enum status run(struct db *d, const char *sql, struct err *err)
{
    int rc = sqlite3_exec(d->h, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK ? ST_OK : db_error(rc, DB_OPENING, err);
}

static enum status keyed_and_readable(struct db *d, const struct vault *v, struct err *err)
{
    enum status st = give_key(d, v, err);

    if (st == ST_OK)
        st = apply(d, cipher_settings, ARRAY_LEN(cipher_settings), err);
    if (st == ST_OK && db_pragma(d, "PRAGMA cipher_version", d->version, sizeof d->version) != SQLITE_OK)
        st = db_error(SQLITE_NOMEM, DB_OPENING, err);
    if (st == ST_OK)
        st = run(d, "SELECT count(*) FROM sqlite_master", err);
    return st;
}

/* A new file gets its first page here, so that what is checked below is there to be checked. */
static enum status first_page(struct db *d, struct err *err)
{
    char *dir = xstrndup(d->path, (size_t) (strrchr(d->path, '/') - d->path) + 1);
    enum status st = run(d, "PRAGMA application_id = 1146047566", err);        /* "DOLN" */

    if (st == ST_OK)
        st = db_check_header(d, err);
    if (st == ST_OK)
        st = folder_sync(dir, err);
    free(dir);
    return st;
}

/* SQLite falls back to reading without a word when it may not write; and an empty file would become a new database. */
static enum status take_lock(struct db *d, struct err *err)
{
    if (d->mode == DB_EXISTING && db_file_size(d) == 0)
        return db_check_header(d, err);
    if (sqlite3_db_readonly(d->h, "main") != 0)
        return err_set(err, ST_IO,
                       _("The system lets Dolen read %s but not write to it. Nothing was opened or changed. Check "
                         "who owns the folder, and that its disk is not write-protected."),
                       d->path);
    return run(d, "BEGIN EXCLUSIVE; COMMIT", err);
}

static enum status settle(struct db *d, const struct vault *v, struct err *err)
{
    bool writing = d->mode != DB_READ_ONLY;
    enum status st = keyed_and_readable(d, v, err);

    if (st == ST_OK && writing)
        st = apply(d, write_settings, ARRAY_LEN(write_settings), err);
    if (st == ST_OK)
        st = apply(d, common_settings, ARRAY_LEN(common_settings), err);
    if (st == ST_OK)
        st = apply_configs(d, err);
    if (st != ST_OK || !writing)    /* reading after damage: a bad salt is db_verify's to tell */
        return st;
    st = take_lock(d, err);
    if (st == ST_OK && d->mode == DB_CREATE)
        return first_page(d, err);
    if (st == ST_OK)
        st = db_check_header(d, err);
    d->header_seen = false;         /* and once more after the first write */
    return st;
}

char *db_real_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t) (slash - path) + 1) : strdup("."), *real = NULL, *whole = NULL;

    if (folder)
        real = realpath(folder, NULL);
    if (!folder || (real && asprintf(&whole, "%s/%s", real, slash ? slash + 1 : path) < 0))
        whole = NULL;
    else if (!real)                 /* no such folder: let the opening itself say so */
        whole = asprintf(&whole, "%s/%s", folder, slash ? slash + 1 : path) < 0 ? NULL : whole;
    free(folder);
    free(real);
    return whole;
}

static enum status open_once(struct db **out, const char *path, const struct vault *v, enum db_mode mode,
                             struct err *err)
{
    static const int flags[] = {
        [DB_EXISTING] = SQLITE_OPEN_READWRITE,
        [DB_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
        [DB_READ_ONLY] = SQLITE_OPEN_READONLY,
    };
    struct db *d = calloc(1, sizeof *d);
    enum status st;
    int rc;

    if (!d)
        return db_error(SQLITE_NOMEM, DB_OPENING, err);
    d->path = db_real_path(path);
    d->mode = mode;
    vault_salt(v, d->salt);
    rc = d->path ? sqlite3_open_v2(d->path, &d->h, flags[mode] | SQLITE_OPEN_NOFOLLOW, NULL) : SQLITE_NOMEM;
    if (d->h)
        sqlite3_extended_result_codes(d->h, 1);
    st = rc == SQLITE_OK ? settle(d, v, err) : db_error(rc, DB_OPENING, err);
    if (st == ST_OK)
        *out = d;
    else
        db_close(&d, NULL);
    return st;
}

static bool beside(const char *path, const char *end)
{
    char *other = xasprintf("%s%s", path, end);
    bool there = file_exists(other);

    free(other);
    return there;
}

static enum status fit_to_open(const char *path, enum db_mode mode, struct err *err)
{
    if (mode == DB_CREATE && (file_exists(path) || beside(path, "-journal") || beside(path, "-wal")))
        return err_set(err, ST_REFUSED, _("There is a database, or the journal of one, at %s already. Nothing was "
                                          "changed. Choose another folder."), path);
    if (mode != DB_CREATE && !file_exists(path))
        return err_set(err, ST_DB_DAMAGED, _("The database %s is missing. Nothing was changed. Look for it where the "
                                             "folder was moved or copied; otherwise restore the newest backup."), path);
    return ST_OK;
}

/* Damage is believed only when a second, fresh handle sees it too: a passing fault of disk or memory looks the same. */
enum status db_open(struct db **out, const char *path, const struct vault *v, enum db_mode mode, struct err *err)
{
    enum status st = library_start(err);

    if (st == ST_OK)
        st = fit_to_open(path, mode, err);
    if (st == ST_OK)
        st = db_disarm_journal(path, err);
    if (st == ST_OK)
        st = open_once(out, path, v, mode, err);
    if (st == ST_DB_DAMAGED && mode != DB_CREATE && file_exists(path))
        st = open_once(out, path, v, mode, err);
    return st;
}

enum status db_open_memory(struct db **out, struct err *err)
{
    struct db *d = NULL;
    enum status st = library_start(err);
    int rc;

    if (st != ST_OK)
        return st;
    if (!(d = calloc(1, sizeof *d)))
        return db_error(SQLITE_NOMEM, DB_OPENING, err);
    d->mode = DB_CREATE;
    d->header_seen = true;          /* it has no file */
    d->path = strdup("");
    rc = d->path ? sqlite3_open_v2(":memory:", &d->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) : SQLITE_NOMEM;
    if (d->h)
        sqlite3_extended_result_codes(d->h, 1);
    st = rc == SQLITE_OK ? run(d, "PRAGMA temp_store = MEMORY", err) : db_error(rc, DB_OPENING, err);
    if (st == ST_OK)
        st = apply(d, common_settings, ARRAY_LEN(common_settings), err);
    if (st == ST_OK)
        st = apply_configs(d, err);
    if (st == ST_OK)
        *out = d;
    else
        db_close(&d, NULL);
    return st;
}
