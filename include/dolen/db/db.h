/* dolen/db/db.h - one SQLCipher handle: open, prepare, bind, step, transaction. sqlite3.h is included in src/db
 * alone.
 *
 * Opening follows docs/casefile-format.md line by line. The key is already proven when this layer is asked, so "not a
 * database" here always means damage or a fault, never a wrong passphrase. The library is set up for one thread: a
 * program calls this layer from one only. */
#ifndef DOLEN_DB_DB_H
#define DOLEN_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/id.h"
#include "dolen/base/status.h"
#include "dolen/vault/vault.h"

struct db;
struct stmt;

enum db_mode { DB_EXISTING, DB_CREATE, DB_READ_ONLY };

/* ST_DB_DAMAGED, ST_INUSE, ST_NOMEM, ST_NOSPACE, ST_IO. After the lock is taken, bytes 0-15 of the file are compared
 * with the salt in the key slots. */
enum status db_open(struct db **out, const char *path, const struct vault *v, enum db_mode mode, struct err *err);
/* One that lives in memory alone and ends with the handle: nothing of it reaches a disk. */
enum status db_open_memory(struct db **out, struct err *err);
enum status db_close(struct db **dp, struct err *err);               /* finalizes what was prepared; NULL is fine */

/* Runs statements without results (schema, pragmas). */
enum status db_exec(struct db *d, const char *sql, struct err *err);

/* A prepared statement, kept in the handle under the address of sql (a string literal or other lasting text) and
 * reset, unbound, on each call. One use at a time: a second db_use of the same text while rows are being read is a
 * bug (assert); recursive readers use db_prepare. */
enum status db_use(struct db *d, struct stmt **out, const char *sql, struct err *err);
/* A statement of one's own, for generated or recursive queries; stmt_free it. */
enum status db_prepare(struct db *d, struct stmt **out, const char *sql, struct err *err);
void        stmt_free(struct stmt **sp);
void        stmt_done(struct stmt *s);                               /* resets a db_use'd one: ends its read */

/* Binding, 1-based. A failed bind is remembered and makes the next step fail, so calls can be chained without a check
 * each. Text and blobs are copied. NULL text binds NULL. */
void stmt_bind_text(struct stmt *s, int i, const char *text);
void stmt_bind_text_n(struct stmt *s, int i, const char *text, size_t n);
void stmt_bind_int(struct stmt *s, int i, int64_t n);
void stmt_bind_real(struct stmt *s, int i, double d);
void stmt_bind_id(struct stmt *s, int i, struct id id);              /* an unset id binds NULL */
void stmt_bind_blob(struct stmt *s, int i, const void *p, size_t n);
void stmt_bind_null(struct stmt *s, int i);

/* *row is true while there is a row. */
enum status stmt_step(struct stmt *s, bool *row, struct err *err);
/* Steps to the end and resets. */
enum status stmt_run(struct stmt *s, struct err *err);

/* Columns, 0-based; text lives until the next step. */
const char *stmt_text(struct stmt *s, int col);                      /* NULL for NULL */
int64_t     stmt_int(struct stmt *s, int col);
double      stmt_real(struct stmt *s, int col);
struct id   stmt_id(struct stmt *s, int col);                        /* ID_NONE for NULL or a wrong length */
const void *stmt_blob(struct stmt *s, int col, size_t *n);
bool        stmt_is_null(struct stmt *s, int col);
/* For tests, which look at rows of tables they do not know. */
int         stmt_columns(const struct stmt *s);
enum db_type { DB_NULL, DB_INT, DB_REAL, DB_TEXT, DB_BLOB };
enum db_type stmt_type(struct stmt *s, int col);

/* BEGIN IMMEDIATE … COMMIT. db_commit returns ST_OK only when the change is on disk; any failure rolls back, and the
 * file holds the old state. Nested begin is a bug (assert). */
enum status db_begin(struct db *d, struct err *err);
enum status db_commit(struct db *d, struct err *err);
void        db_rollback(struct db *d);
bool        db_in_transaction(const struct db *d);

/* Asks a one-value question. */
enum status db_ask_int(struct db *d, const char *sql, int64_t *out, struct err *err);

/* cipher_integrity_check, integrity_check, foreign_key_check, file size = pages x 4096, salt, no plaintext header.
 * ST_DB_DAMAGED with the first finding. */
enum status db_verify(struct db *d, struct err *err);
/* VACUUM INTO path, with the same key and salt. */
enum status db_copy_to(struct db *d, const char *path, struct err *err);
/* The same content in a new file at path under the key and salt of another vault. */
enum status db_copy_with_key(struct db *d, const char *path, const struct vault *v, struct err *err);
const char *db_library_version(struct db *d);                        /* cipher_version */

#endif
