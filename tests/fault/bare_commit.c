/* bare_commit.c - the smallest program that keeps its promises, and three that do not: controls of the power cuts.
 *
 *   bare_commit FILE write good|off|delete|late ROWS      says "saved N" after each commit
 *   bare_commit FILE check                                says how many rows are there; 4 when the file is damaged
 *
 * good is what the case file uses (TRUNCATE, FULL, EXCLUSIVE); off never syncs; delete removes the journal without
 * syncing the folder; late says "saved" before the commit. */
#include <sqlcipher/sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dolen/base/banned.h"

static const char key[] =
    "x'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f'";

int sqlite3_key(sqlite3 *db, const void *p, int n);

static void must(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    int rc = sqlite3_exec(db, sql, NULL, NULL, &why);

    if (rc != SQLITE_OK) {
        fprintf(stderr, "bare_commit: %s: %s\n", sql, why ? why : "");
        exit(rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB ? 4 : 9);
    }
}

static sqlite3 *open_file(const char *path)
{
    sqlite3 *db = NULL;

    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
        exit(9);
    sqlite3_key(db, key, (int) strlen(key));
    must(db, "PRAGMA cipher_log_level=NONE; PRAGMA temp_store=MEMORY; SELECT count(*) FROM sqlite_master");
    return db;
}

static void say(const char *text)
{
    if (write(1, text, strlen(text)) < 0)
        exit(9);
}

static void write_rows(sqlite3 *db, const char *mode, int rows)
{
    must(db, strcmp(mode, "delete") == 0 ? "PRAGMA journal_mode=DELETE" :
             "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=TRUNCATE");
    must(db, strcmp(mode, "off") == 0 ? "PRAGMA synchronous=OFF" : "PRAGMA synchronous=FULL");
    must(db, "CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, body TEXT)");
    for (int i = 1; i <= rows; i++) {
        char sql[160], said[32];

        snprintf(sql, sizeof sql, "INSERT INTO t VALUES(%d, hex(randomblob(400)))", i);
        snprintf(said, sizeof said, "saved %d\n", i);
        must(db, "BEGIN IMMEDIATE");
        must(db, sql);
        if (strcmp(mode, "late") == 0)
            say(said);
        must(db, "COMMIT");
        if (strcmp(mode, "late") != 0)
            say(said);
    }
}

static int check(sqlite3 *db)
{
    sqlite3_stmt *q = NULL;
    int rows = 0;

    if (sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &q, NULL) != SQLITE_OK || sqlite3_step(q) != SQLITE_ROW ||
        strcmp((const char *) sqlite3_column_text(q, 0), "ok") != 0)
        return 4;
    sqlite3_finalize(q);
    if (sqlite3_prepare_v2(db, "SELECT count(*) FROM t", -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
        rows = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    printf("%d\n", rows);
    return 0;
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    int rc = 0;

    if (argc < 3)
        return 2;
    db = open_file(argv[1]);
    if (strcmp(argv[2], "write") == 0 && argc == 5)
        write_rows(db, argv[3], atoi(argv[4]));
    else
        rc = check(db);
    sqlite3_close(db);
    return rc;
}
