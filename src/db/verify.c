/* Looking at the file itself: its first bytes, its size, every page's MAC, every tree, every reference. */
#include "db_priv.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define PAGE_BYTES 4096
static const char plain_magic[] = "SQLite format 3";

static sqlite3_file *main_file(struct db *d)
{
    sqlite3_file *f = NULL;

    if (sqlite3_file_control(d->h, "main", SQLITE_FCNTL_FILE_POINTER, &f) != SQLITE_OK || !f || !f->pMethods)
        return NULL;
    return f;
}

int64_t db_file_size(struct db *d)
{
    sqlite3_file *f = main_file(d);
    sqlite3_int64 n = -1;

    return f && f->pMethods->xFileSize(f, &n) == SQLITE_OK ? n : -1;
}

static enum status damaged(const char *finding, struct err *err)
{
    return err_set(err, ST_DB_DAMAGED,
                   _("The database is damaged: %s. Nothing was repaired or deleted. Copy the whole folder to another "
                     "disk, then restore the newest backup."),
                   tr(finding));
}

enum status db_check_header(struct db *d, struct err *err)
{
    sqlite3_file *f = main_file(d);
    uint8_t first[16];
    int rc = f ? f->pMethods->xRead(f, first, sizeof first, 0) : SQLITE_IOERR_SHORT_READ;

    if (rc == SQLITE_IOERR_SHORT_READ)
        return damaged(N_("it is empty"), err);
    if (rc != SQLITE_OK)
        return db_error(rc, DB_READING, err);
    if (memcmp(first, plain_magic, sizeof first) == 0)
        return err_set(err, ST_REFUSED, "%s", _("The database library writes without encryption. Dolen stops here: "
                                                "enter nothing more. Install Dolen again as it was built."));
    if (memcmp(first, d->salt, sizeof first) != 0)
        return damaged(N_("its first bytes are not the ones in the key slots file"), err);
    d->header_seen = true;
    return ST_OK;
}

/* Runs a check; its first row is a finding, but for the one word that means "none". */
static enum status check_rows(struct db *d, const char *sql, const char *fine, struct err *err)
{
    char finding[160], text[200];
    int rc = db_pragma(d, sql, finding, sizeof finding);

    if (db_status_of(rc) == ST_DB_DAMAGED && rc != SQLITE_OK)
        return damaged(sqlite3_errstr(rc), err);
    if (rc != SQLITE_OK)
        return db_error(rc, DB_READING, err);
    if (finding[0] == '\0' || (fine && strcmp(finding, fine) == 0))
        return ST_OK;
    snprintf(text, sizeof text, "%s: %s", sql + strlen("PRAGMA "), finding);
    return damaged(text, err);
}

static enum status check_size(struct db *d, struct err *err)
{
    int64_t pages = 0, size = db_file_size(d);
    char text[120];
    enum status st = db_ask_int(d, "PRAGMA page_count", &pages, err);

    if (st != ST_OK || size == pages * PAGE_BYTES)
        return st;
    snprintf(text, sizeof text, _("it has %lld bytes where %lld belong"), (long long) size,
             (long long) (pages * PAGE_BYTES));
    return damaged(text, err);
}

enum status db_verify(struct db *d, struct err *err)
{
    static const struct { const char *sql, *fine; } checks[] = {
        { "PRAGMA cipher_integrity_check", NULL },
        { "PRAGMA integrity_check(1)", "ok" },
        { "PRAGMA foreign_key_check", NULL },
    };
    enum status st = db_check_header(d, err);

    sqlite3_db_release_memory(d->h);        /* what is in the cache would hide what is on the disk */
    if (st == ST_OK)
        st = check_size(d, err);
    for (size_t i = 0; st == ST_OK && i < ARRAY_LEN(checks); i++)
        st = check_rows(d, checks[i].sql, checks[i].fine, err);
    return st;
}

enum status db_sync_copy(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool synced = fd >= 0 && fsync(fd) == 0;
    enum status st = synced ? ST_OK : err_sys(err, "%s", _("The copy of the database could not be brought to the disk. "
                                                           "The case file itself is unchanged."));

    if (fd >= 0)
        close(fd);
    return st;
}

enum status db_check_copy(const uint8_t salt[16], const char *path, struct err *err)
{
    uint8_t first[16] = { 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool same = fd >= 0 && read(fd, first, sizeof first) == (ssize_t) sizeof first &&
                memcmp(first, salt, sizeof first) == 0;

    if (fd >= 0)
        close(fd);
    if (same)
        return ST_OK;
    return err_set(err, ST_IO, "%s", _("The copy of the database does not start as it should, so it is not to be used. "
                                       "The case file itself is unchanged. Delete the copy and try again."));
}

enum status db_copy_to(struct db *d, const char *path, struct err *err)
{
    struct stmt *s = NULL;
    char *real = db_real_path(path);
    enum status st = real ? db_prepare(d, &s, "VACUUM INTO ?1", err) : db_error(SQLITE_NOMEM, DB_READING, err);

    if (st == ST_OK) {
        stmt_bind_text(s, 1, real);
        st = stmt_run(s, err);
    }
    stmt_free(&s);
    if (st == ST_OK)
        st = db_sync_copy(real, err);
    if (st == ST_OK)
        st = db_check_copy(d->salt, real, err);
    free(real);
    return st;
}
