/* One handle and its statements. sqlite3.h is not visible outside src/db. */
#ifndef DB_PRIV_H
#define DB_PRIV_H

#define SQLITE_HAS_CODEC 1
#include <sqlcipher/sqlite3.h>

#include "dolen/db/db.h"

#define DB_CACHE_SLOTS 512          /* a power of two; more texts than this share places, they are not lost */

struct stmt {
    sqlite3_stmt *q;                /* NULL once the handle was closed */
    struct db *d;
    const char *sql;                /* the cache key; NULL for a statement of one's own */
    int bad;                        /* first failed bind or column: the next step reports it */
    struct stmt *next;              /* in its cache place */
    struct stmt *own_before, *own_after;
};

struct db {
    sqlite3 *h;
    char *path;
    char version[48];               /* cipher_version */
    uint8_t salt[16];
    enum db_mode mode;
    bool in_transaction;
    int lost;                       /* why SQLite ended the transaction by itself; 0: it did not */
    bool header_seen;               /* the first bytes were looked at after the first write */
    struct stmt *cache[DB_CACHE_SLOTS];
    struct stmt *own;
};

enum db_doing { DB_READING, DB_WRITING, DB_OPENING };

/* The status and sentence for a result code. Never names bound values: they are case data. */
enum status db_error(int rc, enum db_doing doing, struct err *err);
enum status db_status_of(int rc);

/* Both ask through the library's own descriptor: opening and closing the file a second time would drop every lock this
 * process holds on it. The header is right when it is the salt of the key slots, and not SQLite's own. */
int64_t     db_file_size(struct db *d);                 /* -1 unknown */
enum status db_check_header(struct db *d, struct err *err);
/* path with its folder resolved, so that SQLITE_OPEN_NOFOLLOW minds the file itself and not a home folder that is a
 * link. NULL without memory. Caller frees. */
char *db_real_path(const char *path);
/* One text value of a pragma into out ("" when it answers nothing). */
int  db_pragma(struct db *d, const char *sql, char *out, size_t size);
/* Neither VACUUM INTO nor an export syncs; and a copy that does not start with its salt was not encrypted. */
enum status db_sync_copy(const char *path, struct err *err);
enum status db_check_copy(const uint8_t salt[16], const char *path, struct err *err);
/* Takes away the name that would make SQLite delete a file, where the journal beside path has one. To be called
 * before SQLite sees it. ST_REFUSED when the journal cannot be changed. */
enum status db_disarm_journal(const char *path, struct err *err);
void db_finalize_all(struct db *d);

#endif
