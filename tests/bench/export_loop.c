/* export_loop.c - the peer of the export: SQLCipher's C interface, one SELECT a table, fprintf.
 *
 *   export_loop CASE OUT_FOLDER CACHE_KIB QUERY.sql… < raw key        says rows and loop_us
 *
 * QUERY.sql gives OUT_FOLDER/QUERY.csv. A column whose name ends in + has a state beside it: empty, or NREA where there is
 * no value. Nothing is quoted, checked or hashed here, and no pseudonym is made. */
#define SQLITE_HAS_CODEC 1
#include <sqlcipher/sqlite3.h>
#include <string.h>

#include "bench.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define COLUMNS_MAX 80

static void stop(sqlite3 *db, const char *what)
{
    fprintf(stderr, "export_loop: %s: %s\n", what, sqlite3_errmsg(db));
    exit(1);
}

static sqlite3 *open_bare(const char *folder, int cache_kib)
{
    char path[4096], key[128] = "", pragmas[256];
    sqlite3 *db = NULL;

    snprintf(path, sizeof path, "%s/case.db", folder);
    if (!fgets(key, sizeof key, stdin) || sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        exit(2);
    sqlite3_key(db, key, (int) strcspn(key, "\n"));
    snprintf(pragmas, sizeof pragmas, "PRAGMA cipher_log_level = NONE; PRAGMA temp_store = MEMORY; "
                                      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -%d", cache_kib);
    if (sqlite3_exec(db, pragmas, NULL, NULL, NULL) != SQLITE_OK)
        stop(db, path);
    return db;
}

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "r");
    char *text = NULL;
    size_t n = 0;

    if (!f || getdelim(&text, &n, '\0', f) < 0) {
        perror(path);
        exit(2);
    }
    fclose(f);
    return text;
}

static void write_header(FILE *out, sqlite3_stmt *q, bool has_state[COLUMNS_MAX])
{
    for (int c = 0; c < sqlite3_column_count(q); c++) {
        const char *name = sqlite3_column_name(q, c);
        int n = (int) strcspn(name, "+");

        has_state[c] = name[n] == '+';
        fprintf(out, "%s%.*s", c ? "," : "", n, name);
        if (has_state[c])
            fprintf(out, ",%.*s__missing", n, name);
    }
    fprintf(out, "\r\n");
}

static long write_rows(FILE *out, sqlite3_stmt *q)
{
    bool has_state[COLUMNS_MAX];
    int count = sqlite3_column_count(q);
    long rows = 0;

    write_header(out, q, has_state);
    for (; sqlite3_step(q) == SQLITE_ROW; rows++) {
        for (int c = 0; c < count; c++) {
            const unsigned char *v = sqlite3_column_text(q, c);

            fprintf(out, "%s%s", c ? "," : "", v ? (const char *) v : "");
            if (has_state[c])
                fprintf(out, ",%s", v ? "" : "NREA");
        }
        fprintf(out, "\r\n");
    }
    return rows;
}

static long write_table(sqlite3 *db, const char *folder, const char *query)
{
    const char *slash = strrchr(query, '/'), *name = slash ? slash + 1 : query;
    char *sql = read_file(query), path[4096];
    sqlite3_stmt *q = NULL;
    FILE *out;
    long rows;

    snprintf(path, sizeof path, "%s/%.*s.csv", folder, (int) strcspn(name, "."), name);
    out = fopen(path, "w");
    if (!out || sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK || sqlite3_column_count(q) > COLUMNS_MAX)
        stop(db, query);
    rows = write_rows(out, q);
    sqlite3_finalize(q);
    fclose(out);
    free(sql);
    return rows;
}

int main(int argc, char **argv)
{
    double from = now_us();
    sqlite3 *db;
    long rows = 0;

    if (argc < 5) {
        fputs("usage: export_loop CASE OUT_FOLDER CACHE_KIB QUERY.sql... < raw key\n", stderr);
        return 2;
    }
    db = open_bare(argv[1], number(argv[3], 100, 1 << 20));
    for (int i = 4; i < argc; i++)
        rows += write_table(db, argv[2], argv[i]);
    sqlite3_close(db);
    say("loop_rows", (double) rows);
    say("loop_us", now_us() - from);
    return 0;
}
