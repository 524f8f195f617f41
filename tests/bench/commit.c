/* commit.c - the bare program: the same rows in one transaction, by SQLCipher alone, on the same file with the same pragmas.
 *
 *   commit CASE TIMES < raw key           says commit_us: the median
 *   commit CASE sync TIMES                says sync_us: 4 KiB added to a file in the folder, and fdatasync; and
 *                                         in_place_us: the same 4 KiB written over
 *
 * A save of a contact is the record and its row of history: two INSERTs. Its words are filed with those of LATE saves, in
 * the last one of them (src/store/search_recent.c): two more INSERTs for each. All are prepared once and given ready
 * values. Nothing is compared, hashed or read back here. It writes an invented history row, so the file it ran on is fit
 * for the bench alone. */
#define SQLITE_HAS_CODEC 1
#include <fcntl.h>
#include <sqlcipher/sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "bench_rows.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define PEOPLE 200
#define LATE   16

static const char *const pragmas[] = {
    "PRAGMA cipher_log_level = NONE", "PRAGMA cipher_page_size = 4096", "PRAGMA temp_store = MEMORY", "PRAGMA mmap_size = 0",
    "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = TRUNCATE", "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON", "PRAGMA foreign_keys = ON", "PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON",
    "PRAGMA cache_size = -8192",
};

enum { BEGIN, CONTACT, CHANGE, NOTE, NOTE_TEXT, COMMIT, STEPS };
static const char *const steps[STEPS] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [CONTACT] = "INSERT INTO contact(id, created_at, created_by, updated_at, updated_by, last_change, person, episode, held_on, kind, with_whom, "
                "result, minutes, note, next_on, next_what, missing, form_def) VALUES (?1, ?2, ?3, ?2, ?3, ?7, ?4, ?5, '" ROW_HELD_ON
                "', '" ROW_KIND "', '" ROW_WITH "', '" ROW_RESULT "', " ROW_MINUTES ", '" ROW_NOTE "', '" ROW_NEXT_ON "', '"
                ROW_NEXT_WHAT "', NULL, ?6)",
    [CHANGE] = "INSERT INTO change(seq, entity, entity_id, at, by, why, undoes, nonce, body, body_hash, chain) "
               "VALUES (?1, 'contact', ?2, ?3, ?4, NULL, NULL, ?5, ?6, ?7, ?7)",
    [NOTE] = "INSERT INTO search_note(n, body) VALUES (?1, '" ROW_NOTE " " ROW_NEXT_WHAT "')",
    [NOTE_TEXT] = "INSERT INTO search_note_text(rowid, body) VALUES (?1, '" ROW_NOTE " " ROW_NEXT_WHAT "')",
    [COMMIT] = "COMMIT",
};

/* The history row as the store writes it. */
static const char history[] =
    "{\"id\":[null,\"00000000-0000-4000-8000-000000000000\"],\"person\":[null,\"00000000-0000-4000-8000-000000000000\"],"
    "\"episode\":[null,\"00000000-0000-4000-8000-000000000000\"],\"held_on\":[null,\"" ROW_HELD_ON "\"],\"kind\":[null,\"" ROW_KIND
    "\"],\"with_whom\":[null,\"" ROW_WITH "\"],\"result\":[null,\"" ROW_RESULT "\"],\"minutes\":[null,\"" ROW_MINUTES
    "\"],\"note\":[null,\"" ROW_NOTE "\"],\"next_on\":[null,\"" ROW_NEXT_ON "\"],\"next_what\":[null,\"" ROW_NEXT_WHAT
    "\"],\"form_def\":[null,\"contact:0000000000000000000000000000000000000000000000000000000000000000\"]}";
static const char form_def[] = "contact:0000000000000000000000000000000000000000000000000000000000000000";

struct bare {
    sqlite3      *db;
    sqlite3_stmt *q[STEPS];
    unsigned char people[PEOPLE][2][16];
    int           count;
    sqlite3_int64 seq, late[LATE];
    int           late_count;
};

static void stop(sqlite3 *db, const char *what)
{
    fprintf(stderr, "commit: %s: %s\n", what, sqlite3_errmsg(db));
    exit(1);
}

static void run(struct bare *b, const char *sql)
{
    if (sqlite3_exec(b->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        stop(b->db, sql);
}

static sqlite3_stmt *prepare(struct bare *b, const char *sql)
{
    sqlite3_stmt *q = NULL;

    if (sqlite3_prepare_v2(b->db, sql, -1, &q, NULL) != SQLITE_OK)
        stop(b->db, sql);
    return q;
}

/* The same people that save.c takes. */
static void read_people(struct bare *b)
{
    sqlite3_stmt *q = prepare(b, "SELECT p.id, e.id FROM person p JOIN episode e ON e.person = p.id "
                                 "WHERE p.binned_at IS NULL ORDER BY p.sort_key, p.id LIMIT 200");

    while (b->count < PEOPLE && sqlite3_step(q) == SQLITE_ROW) {
        memcpy(b->people[b->count][0], sqlite3_column_blob(q, 0), 16);
        memcpy(b->people[b->count][1], sqlite3_column_blob(q, 1), 16);
        b->count++;
    }
    sqlite3_finalize(q);
    q = prepare(b, "SELECT max(seq) FROM change");
    if (sqlite3_step(q) == SQLITE_ROW)
        b->seq = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
}

static void open_bare(struct bare *b, const char *folder)
{
    char path[4096], key[128] = "";

    snprintf(path, sizeof path, "%s/case.db", folder);
    if (!fgets(key, sizeof key, stdin) || sqlite3_open_v2(path, &b->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        exit(2);
    sqlite3_key(b->db, key, (int) strcspn(key, "\n"));
    for (size_t i = 0; i < ARRAY_LEN(pragmas); i++)
        run(b, pragmas[i]);
    run(b, "BEGIN EXCLUSIVE; COMMIT");
    read_people(b);
    for (size_t i = 0; i < STEPS; i++)
        b->q[i] = prepare(b, steps[i]);
}

static void step(struct bare *b, int which)
{
    if (sqlite3_step(b->q[which]) != SQLITE_DONE)
        stop(b->db, steps[which]);
    sqlite3_reset(b->q[which]);
}

static void blob(struct bare *b, int which, int i, const void *p, int n)
{
    sqlite3_bind_blob(b->q[which], i, p, n, SQLITE_STATIC);
}

static void file_late(struct bare *b)
{
    for (int i = 0; i < LATE; i++) {
        sqlite3_bind_int64(b->q[NOTE], 1, b->late[i]);
        sqlite3_bind_int64(b->q[NOTE_TEXT], 1, b->late[i]);
        step(b, NOTE);
        step(b, NOTE_TEXT);
    }
    b->late_count = 0;
}

static void commit_once(struct bare *b, int which)
{
    unsigned char id[16], nonce[16], hash[32];

    sqlite3_randomness(sizeof id, id);
    sqlite3_randomness(sizeof nonce, nonce);
    sqlite3_randomness(sizeof hash, hash);
    step(b, BEGIN);
    blob(b, CONTACT, 1, id, 16);
    sqlite3_bind_int64(b->q[CONTACT], 2, 1790000000);
    blob(b, CONTACT, 3, b->people[0][0], 16);
    blob(b, CONTACT, 4, b->people[which][0], 16);
    blob(b, CONTACT, 5, b->people[which][1], 16);
    sqlite3_bind_text(b->q[CONTACT], 6, form_def, -1, SQLITE_STATIC);
    sqlite3_bind_int64(b->q[CONTACT], 7, b->seq + 1);
    step(b, CONTACT);
    b->late[b->late_count++] = sqlite3_last_insert_rowid(b->db) * 16;
    sqlite3_bind_int64(b->q[CHANGE], 1, ++b->seq);
    blob(b, CHANGE, 2, id, 16);
    sqlite3_bind_int64(b->q[CHANGE], 3, 1790000000);
    blob(b, CHANGE, 4, b->people[0][0], 16);
    blob(b, CHANGE, 5, nonce, 16);
    sqlite3_bind_text(b->q[CHANGE], 6, history, -1, SQLITE_STATIC);
    blob(b, CHANGE, 7, hash, 32);
    step(b, CHANGE);
    if (b->late_count == LATE)
        file_late(b);
    step(b, COMMIT);
}

static int measure_commit(const char *folder, int times)
{
    static struct samples took;
    static struct bare b;

    open_bare(&b, folder);
    for (int i = -WARM_UP; b.count > 0 && i < times; i++) {
        double from = now_us();

        commit_once(&b, (i + WARM_UP) % b.count);
        if (i >= 0)
            sample(&took, now_us() - from);
    }
    say("commit_us", quantile(&took, 0.5));
    say("commit_p99_us", quantile(&took, 0.99));
    for (size_t i = 0; i < STEPS; i++)
        sqlite3_finalize(b.q[i]);
    sqlite3_close(b.db);
    return 0;
}

/* At the end of the file its new length has to be on disk too, as in a journal. */
static bool sync_once(int fd, off_t at, struct samples *took)
{
    static char page[4096];
    double from;

    sqlite3_randomness(sizeof page, page);
    from = now_us();
    if (pwrite(fd, page, sizeof page, at) != (ssize_t) sizeof page || fdatasync(fd) != 0)
        return false;
    sample(took, now_us() - from);
    return true;
}

static int measure_sync(const char *folder, int times)
{
    static struct samples added, in_place;
    char path[4096];
    bool done = true;
    int fd;

    snprintf(path, sizeof path, "%s/sync.tmp", folder);
    fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (int i = 0; done && i < times; i++)
        done = sync_once(fd, (off_t) i * 4096, &added) && sync_once(fd, 0, &in_place);
    if (fd >= 0)
        close(fd);
    unlink(path);
    say("sync_us", quantile(&added, 0.5));
    say("in_place_us", quantile(&in_place, 0.5));
    return !done;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[2], "sync") == 0)
        return measure_sync(argv[1], number(argv[3], 1, SAMPLES_MAX));
    if (argc == 3)
        return measure_commit(argv[1], number(argv[2], 1, SAMPLES_MAX));
    fputs("usage: commit CASE TIMES < raw key | commit CASE sync TIMES\n", stderr);
    return 2;
}
