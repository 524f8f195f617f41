/* Opening, statements, transactions. */
#include "../vault/vault_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "dolen/db/db.h"

#define MARKER "Mair Enghraifft 999 000 0018"

static struct vault *vault;
static struct db *db;

static const char *file(void)
{
    return dir_path("case.db");
}

static void add_note(const char *text)
{
    struct stmt *s;

    assert_ok(db_use(db, &s, "INSERT INTO note(body) VALUES (?1)", &fix_err));
    stmt_bind_text(s, 1, text);
    assert_ok(stmt_run(s, &fix_err));
}

static int64_t count(struct db *d)
{
    int64_t n = -1;

    assert_ok(db_ask_int(d, "SELECT count(*) FROM note", &n, &fix_err));
    return n;
}

static int group_setup(void **state)
{
    (void) state;
    umask(077);                         /* secret_start() does this in the program */
    assert_ok(vault_create(&vault, true, &fix_err));
    return 0;
}

static int group_teardown(void **state)
{
    (void) state;
    vault_free(&vault);
    return 0;
}

static int setup(void **state)
{
    (void) state;
    dir_make();
    assert_ok(db_open(&db, file(), vault, DB_CREATE, &fix_err));
    assert_ok(db_exec(db, "CREATE TABLE note(id INTEGER PRIMARY KEY, body TEXT, raw BLOB, x REAL) STRICT", &fix_err));
    return 0;
}

static int teardown(void **state)
{
    (void) state;
    assert_ok(db_close(&db, &fix_err));
    dir_remove();
    return 0;
}

static void create_close_open(void **state)
{
    struct stat sb;

    (void) state;
    assert_int_equal(stat(file(), &sb), 0);
    assert_int_equal(sb.st_mode & 077, 0);
    assert_int_equal(strncmp(db_library_version(db), "4.", 2), 0);
    add_note(MARKER);
    assert_ok(db_close(&db, &fix_err));
    assert_null(db);
    assert_ok(db_close(&db, &fix_err));
    assert_ok(db_open(&db, file(), vault, DB_EXISTING, &fix_err));
    assert_int_equal(count(db), 1);
    assert_ok(db_verify(db, &fix_err));
}

static void create_never_touches_what_is_there(void **state)
{
    struct db *other = NULL;

    (void) state;
    assert_int_equal(db_open(&other, file(), vault, DB_CREATE, &fix_err), ST_REFUSED);
    assert_ok(file_replace(fix_dir, "copy.db", "", 0, &fix_err));
    assert_int_equal(db_open(&other, dir_path("copy.db"), vault, DB_CREATE, &fix_err), ST_REFUSED);
    assert_null(other);
}

static void missing_or_empty_is_damage_and_stays_as_it_is(void **state)
{
    struct db *other = NULL;
    struct stat sb;

    (void) state;
    assert_int_equal(db_open(&other, dir_path("copy.db"), vault, DB_EXISTING, &fix_err), ST_DB_DAMAGED);
    assert_false(file_exists(dir_path("copy.db")));
    assert_ok(file_replace(fix_dir, "copy.db", "", 0, &fix_err));
    assert_int_equal(db_open(&other, dir_path("copy.db"), vault, DB_EXISTING, &fix_err), ST_DB_DAMAGED);
    assert_int_equal(stat(dir_path("copy.db"), &sb), 0);
    assert_int_equal(sb.st_size, 0);
    assert_null(other);
}

static void a_link_is_not_followed_but_a_linked_folder_is(void **state)
{
    struct db *other = NULL;
    char through[160];

    (void) state;
    assert_ok(db_close(&db, &fix_err));
    assert_int_equal(symlink(file(), dir_path("link")), 0);
    assert_int_equal(db_open(&other, dir_path("link"), vault, DB_EXISTING, &fix_err), ST_IO);
    assert_int_equal(unlink(dir_path("link")), 0);
    assert_int_equal(symlink(fix_dir, dir_path("link")), 0);
    snprintf(through, sizeof through, "%s/case.db", dir_path("link"));
    assert_ok(db_open(&db, through, vault, DB_EXISTING, &fix_err));
    assert_int_equal(count(db), 0);
}

static void in_use_by_another_handle_and_process(void **state)
{
    struct db *other = NULL;
    int status = 0;
    pid_t pid;

    (void) state;
    assert_int_equal(db_open(&other, file(), vault, DB_EXISTING, &fix_err), ST_INUSE);
    assert_null(other);
    pid = fork();
    if (pid == 0)
        _exit(db_open(&other, file(), vault, DB_EXISTING, NULL) == ST_INUSE ? 0 : 1);
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
    /* a close of the refused handles must not have dropped our lock */
    pid = fork();
    if (pid == 0)
        _exit(db_open(&other, file(), vault, DB_EXISTING, NULL) == ST_INUSE ? 0 : 1);
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
    add_note("still ours");
}

static void every_value_comes_back(void **state)
{
    static const uint8_t raw[] = { 0, 1, 2, 0 };
    struct id id = { { 1, 2, 3 } };
    struct stmt *s;
    const void *p;
    size_t n;
    bool row;

    (void) state;
    assert_ok(db_prepare(db, &s, "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9", &fix_err));
    stmt_bind_text(s, 1, "ŵyn");
    stmt_bind_text(s, 2, NULL);
    stmt_bind_int(s, 3, INT64_MIN);
    stmt_bind_real(s, 4, 0.5);
    stmt_bind_id(s, 5, id);
    stmt_bind_id(s, 6, ID_NONE);
    stmt_bind_blob(s, 7, raw, sizeof raw);
    stmt_bind_text_n(s, 8, "half a word", 4);
    stmt_bind_null(s, 9);
    assert_ok(stmt_step(s, &row, &fix_err));
    assert_true(row);
    assert_int_equal(stmt_columns(s), 9);
    assert_string_equal(stmt_text(s, 0), "ŵyn");
    assert_null(stmt_text(s, 1));
    assert_true(stmt_is_null(s, 1));
    assert_true(stmt_int(s, 2) == INT64_MIN);
    assert_true(stmt_real(s, 3) == 0.5);
    assert_true(id_eq(stmt_id(s, 4), id));
    assert_false(id_is_set(stmt_id(s, 5)));
    p = stmt_blob(s, 6, &n);
    assert_int_equal(n, sizeof raw);
    assert_memory_equal(p, raw, n);
    assert_false(id_is_set(stmt_id(s, 6)));             /* a blob, but not of an id's length */
    assert_string_equal(stmt_text(s, 7), "half");
    assert_int_equal(stmt_type(s, 0), DB_TEXT);
    assert_int_equal(stmt_type(s, 2), DB_INT);
    assert_int_equal(stmt_type(s, 3), DB_REAL);
    assert_int_equal(stmt_type(s, 6), DB_BLOB);
    assert_int_equal(stmt_type(s, 8), DB_NULL);
    assert_ok(stmt_step(s, &row, &fix_err));
    assert_false(row);
    stmt_free(&s);
    assert_null(s);
    stmt_free(&s);
}

static void bound_text_is_a_copy(void **state)
{
    char text[] = "before";
    struct stmt *s;
    bool row;

    (void) state;
    assert_ok(db_prepare(db, &s, "SELECT ?1", &fix_err));
    stmt_bind_text(s, 1, text);
    memcpy(text, "after!", 6);
    assert_ok(stmt_step(s, &row, &fix_err));
    assert_string_equal(stmt_text(s, 0), "before");
    stmt_free(&s);
}

static void a_failed_bind_is_told_at_the_step(void **state)
{
    static const char sql[] = "INSERT INTO note(body) VALUES (?1)";
    struct stmt *s;

    (void) state;
    assert_ok(db_use(db, &s, sql, &fix_err));
    stmt_bind_text(s, 2, "there is no second one");
    stmt_bind_text(s, 1, "fine");
    assert_int_not_equal(stmt_run(s, &fix_err), ST_OK);
    assert_int_equal(count(db), 0);
    assert_ok(db_use(db, &s, sql, &fix_err));
    stmt_bind_text(s, 1, "fine");
    assert_ok(stmt_run(s, &fix_err));
    assert_int_equal(count(db), 1);
}

static void the_cache_gives_back_the_same_statement_clean(void **state)
{
    static const char sql[] = "SELECT ?1";
    char others[700][24];
    struct stmt *s, *t;
    bool row;

    (void) state;
    assert_ok(db_use(db, &s, sql, &fix_err));
    stmt_bind_text(s, 1, "left behind");
    assert_ok(stmt_step(s, &row, &fix_err));
    stmt_done(s);
    assert_ok(db_use(db, &t, sql, &fix_err));
    assert_ptr_equal(s, t);
    assert_ok(stmt_step(t, &row, &fix_err));
    assert_true(stmt_is_null(t, 0));
    stmt_done(t);
    for (int i = 0; i < 700; i++) {                      /* more texts than places */
        snprintf(others[i], sizeof others[i], "SELECT %d", i);
        assert_ok(db_use(db, &s, others[i], &fix_err));
    }
    for (int i = 0; i < 700; i++) {
        assert_ok(db_use(db, &s, others[i], &fix_err));
        assert_ok(stmt_step(s, &row, &fix_err));
        assert_int_equal(stmt_int(s, 0), i);
        stmt_done(s);
    }
    stmt_done(NULL);
    assert_ok(db_close(&db, &fix_err));
}

/* Runs fn in a child, quietly; true when it ended in an assertion. */
static bool is_a_bug(void (*fn)(void))
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        const struct rlimit none = { 0, 0 };
        int null = open("/dev/null", O_WRONLY);

        setrlimit(RLIMIT_CORE, &none);
        signal(SIGABRT, SIG_DFL);
        dup2(null, 2);
        fn();
        _exit(0);
    }
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void use_twice(void)
{
    static const char sql[] = "SELECT 1 UNION SELECT 2";
    struct stmt *s;
    bool row;

    if (db_use(db, &s, sql, NULL) == ST_OK && stmt_step(s, &row, NULL) == ST_OK && row)
        db_use(db, &s, sql, NULL);
}

static void use_changing_text(void)
{
    char sql[] = "SELECT 1";
    struct stmt *s;

    db_use(db, &s, sql, NULL);
    sql[7] = '2';
    db_use(db, &s, sql, NULL);
}

static void free_a_cached_one(void)
{
    struct stmt *s;

    db_use(db, &s, "SELECT 1", NULL);
    stmt_free(&s);
}

static void begin_twice(void)
{
    db_begin(db, NULL);
    db_begin(db, NULL);
}

static void commit_without_begin(void)
{
    db_commit(db, NULL);
}

static void misuse_is_caught(void **state)
{
    (void) state;
    assert_true(is_a_bug(use_twice));
    assert_true(is_a_bug(use_changing_text));
    assert_true(is_a_bug(free_a_cached_one));
    assert_true(is_a_bug(begin_twice));
    assert_true(is_a_bug(commit_without_begin));
}

static void wrong_sql_is_told(void **state)
{
    struct stmt *s = NULL;

    (void) state;
    assert_int_equal(db_prepare(db, &s, "SELECT x FROM nowhere", &fix_err), ST_INVALID);
    assert_non_null(strstr(err_text(&fix_err), "nowhere"));
    assert_int_equal(db_use(db, &s, "  ", &fix_err), ST_INVALID);
    assert_int_equal(db_exec(db, "NONSENSE", &fix_err), ST_INVALID);
    assert_null(s);
}

static void a_statement_outlives_its_handle(void **state)
{
    struct stmt *own = NULL, *other = NULL;
    bool row;

    (void) state;
    assert_ok(db_prepare(db, &own, "SELECT 1 UNION SELECT 2", &fix_err));
    assert_ok(db_prepare(db, &other, "SELECT 3", &fix_err));
    assert_ok(stmt_step(own, &row, &fix_err));
    stmt_free(&other);
    assert_ok(db_close(&db, &fix_err));                  /* with an open read */
    assert_int_not_equal(stmt_step(own, &row, &fix_err), ST_OK);
    assert_false(row);
    stmt_free(&own);
}

static void commit_and_rollback(void **state)
{
    (void) state;
    assert_ok(db_begin(db, &fix_err));
    assert_true(db_in_transaction(db));
    add_note("kept");
    assert_ok(db_commit(db, &fix_err));
    assert_false(db_in_transaction(db));
    assert_ok(db_begin(db, &fix_err));
    add_note("not kept");
    assert_int_equal(count(db), 2);
    db_rollback(db);
    db_rollback(db);
    assert_int_equal(count(db), 1);
    assert_ok(db_begin(db, &fix_err));
    add_note("lost with the close");
    assert_ok(db_close(&db, &fix_err));
    assert_ok(db_open(&db, file(), vault, DB_EXISTING, &fix_err));
    assert_int_equal(count(db), 1);
}

static void a_broken_rule_says_nothing_was_saved(void **state)
{
    struct stmt *s;

    (void) state;
    assert_ok(db_exec(db, "CREATE TABLE one(v TEXT UNIQUE) STRICT", &fix_err));
    for (int i = 0; i < 2; i++) {
        assert_ok(db_use(db, &s, "INSERT INTO one VALUES (?1)", &fix_err));
        stmt_bind_text(s, 1, MARKER);
        assert_int_equal(stmt_run(s, &fix_err), i == 0 ? ST_OK : ST_INVALID);
    }
    assert_non_null(strstr(err_text(&fix_err), "was not saved"));
    assert_null(strstr(err_text(&fix_err), "Mair"));           /* never a value */
}

/* SQLite may end a transaction by itself when the disk is full: what follows must not be saved piece by piece. */
static void a_full_disk_keeps_the_old_state(void **state)
{
    static char big[200000];
    struct stmt *s;
    enum status st = ST_OK;

    (void) state;
    memset(big, 'x', sizeof big - 1);
    assert_ok(db_exec(db, "PRAGMA max_page_count = 40", &fix_err));
    assert_ok(db_begin(db, &fix_err));
    add_note("first");
    assert_ok(db_use(db, &s, "INSERT INTO note(body) VALUES (?1)", &fix_err));
    stmt_bind_text(s, 1, big);
    assert_int_equal(stmt_run(s, &fix_err), ST_NOSPACE);
    assert_non_null(strstr(err_text(&fix_err), "everything saved before is safe"));
    assert_ok(db_use(db, &s, "INSERT INTO note(body) VALUES ('small')", &fix_err));
    if (stmt_run(s, &fix_err) == ST_OK)                   /* the transaction still stands: the caller rolls back */
        db_rollback(db);
    else
        st = db_commit(db, &fix_err);
    assert_true(st == ST_OK || st == ST_NOSPACE);
    assert_false(db_in_transaction(db));
    assert_int_equal(count(db), 0);
    assert_ok(db_exec(db, "PRAGMA max_page_count = 1000000", &fix_err));
    add_note("room again");
    assert_int_equal(count(db), 1);
    assert_ok(db_verify(db, &fix_err));
}

/* The disk refuses writes beyond a size: in a child, because the limit cannot be raised again. */
static void a_refused_write_rolls_back(void **state)
{
    int status = 0;
    pid_t pid;

    (void) state;
    add_note("before");
    assert_ok(db_close(&db, &fix_err));
    pid = fork();
    if (pid == 0) {
        static char big[60000];
        const struct rlimit small = { 16384, 16384 };
        struct stmt *s;
        enum status st;

        memset(big, 'x', sizeof big - 1);
        signal(SIGXFSZ, SIG_IGN);
        if (db_open(&db, file(), vault, DB_EXISTING, NULL) != ST_OK || setrlimit(RLIMIT_FSIZE, &small) != 0)
            _exit(1);
        if (db_begin(db, NULL) != ST_OK || db_use(db, &s, "INSERT INTO note(body) VALUES (?1)", NULL) != ST_OK)
            _exit(2);
        stmt_bind_text(s, 1, big);
        st = stmt_run(s, &fix_err);
        if (st == ST_OK)
            st = db_commit(db, &fix_err);
        else
            db_rollback(db);
        if ((st != ST_IO && st != ST_NOSPACE) || db_in_transaction(db) || !strstr(err_text(&fix_err), "was not saved"))
            _exit(3);
        if (db_ask_int(db, "SELECT count(*) FROM note", &(int64_t) { 0 }, NULL) != ST_OK)
            _exit(4);
        db_close(&db, NULL);
        _exit(0);
    }
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
    assert_ok(db_open(&db, file(), vault, DB_EXISTING, &fix_err));
    assert_int_equal(count(db), 1);
    assert_ok(db_verify(db, &fix_err));
}

static void a_killed_writer_leaves_the_old_state(void **state)
{
    int status = 0;
    pid_t pid;

    (void) state;
    add_note("before");
    assert_ok(db_close(&db, &fix_err));
    pid = fork();
    if (pid == 0) {
        assert_ok(db_open(&db, file(), vault, DB_EXISTING, &fix_err));
        db_exec(db, "PRAGMA cache_size = 1", NULL);       /* spills, so that the file and its journal are half-way */
        db_begin(db, NULL);
        for (int i = 0; i < 2000; i++)
            add_note(MARKER);
        raise(SIGKILL);
    }
    waitpid(pid, &status, 0);
    assert_true(WIFSIGNALED(status));
    assert_true(file_exists(dir_path("case.db-journal")));
    assert_ok(db_open(&db, file(), vault, DB_EXISTING, &fix_err));
    assert_int_equal(count(db), 1);
    assert_ok(db_verify(db, &fix_err));
}

static void reading_only(void **state)
{
    (void) state;
    add_note("one");
    assert_ok(db_close(&db, &fix_err));
    assert_ok(db_open(&db, file(), vault, DB_READ_ONLY, &fix_err));
    assert_int_equal(count(db), 1);
    assert_int_equal(db_begin(db, &fix_err), ST_REFUSED);
    assert_int_equal(db_exec(db, "INSERT INTO note(body) VALUES ('two')", &fix_err), ST_REFUSED);
    assert_ok(db_verify(db, &fix_err));
    assert_int_equal(count(db), 1);
}

static void asking_for_one_number(void **state)
{
    int64_t n = 5;

    (void) state;
    assert_ok(db_ask_int(db, "SELECT 42", &n, &fix_err));
    assert_int_equal(n, 42);
    assert_int_equal(db_ask_int(db, "SELECT id FROM note", &n, &fix_err), ST_NOTFOUND);
    assert_int_equal(n, 42);
}

static void settings_read_back(void **state)
{
    static const struct { const char *sql; int64_t want; } all[] = {
        { "PRAGMA temp_store", 2 }, { "PRAGMA synchronous", 2 }, { "PRAGMA foreign_keys", 1 },
        { "PRAGMA secure_delete", 1 }, { "PRAGMA trusted_schema", 0 }, { "PRAGMA cell_size_check", 1 },
        { "PRAGMA cache_size", -8192 }, { "PRAGMA page_size", 4096 }, { "PRAGMA auto_vacuum", 0 },
        { "PRAGMA application_id", 0x444f4c4e },
    };
    int64_t n;

    (void) state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        assert_ok(db_ask_int(db, all[i].sql, &n, &fix_err));
        assert_int_equal(n, all[i].want);
    }
}

static void a_copy_is_a_case_file(void **state)
{
    struct db *copy = NULL;

    (void) state;
    for (int i = 0; i < 200; i++)
        add_note(MARKER);
    assert_ok(db_copy_to(db, dir_path("copy.db"), &fix_err));
    assert_int_not_equal(db_copy_to(db, dir_path("copy.db"), &fix_err), ST_OK);      /* never over a file */
    assert_ok(db_open(&copy, dir_path("copy.db"), vault, DB_EXISTING, &fix_err));
    assert_int_equal(count(copy), 200);
    assert_ok(db_verify(copy, &fix_err));
    assert_ok(db_close(&copy, &fix_err));
    assert_int_equal(count(db), 200);
    assert_int_not_equal(db_copy_to(db, dir_path("no/such"), &fix_err), ST_OK);
}

static bool holds(const char *path, const char *marker)
{
    struct buf b = BUF_INIT;
    bool found;

    assert_ok(file_read(&b, path, 16u << 20, &fix_err));
    found = b.len && memmem(b.s, b.len, marker, strlen(marker));
    buf_release(&b);
    return found;
}

static void nothing_is_written_in_clear(void **state)
{
    (void) state;
    assert_ok(db_exec(db, "PRAGMA cache_size = 2", &fix_err));
    assert_ok(db_begin(db, &fix_err));
    for (int i = 0; i < 500; i++)
        add_note(MARKER);
    assert_true(file_exists(dir_path("case.db-journal")));
    assert_false(holds(dir_path("case.db-journal"), "Enghraifft"));
    assert_false(holds(file(), "Enghraifft"));
    assert_ok(db_commit(db, &fix_err));
    assert_ok(db_copy_to(db, dir_path("copy.db"), &fix_err));
    assert_false(holds(file(), "Enghraifft"));
    assert_false(holds(file(), "SQLite format 3"));
    assert_false(holds(file(), "CREATE TABLE"));
    assert_false(holds(dir_path("copy.db"), "Enghraifft"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(create_close_open),
        T(create_never_touches_what_is_there),
        T(missing_or_empty_is_damage_and_stays_as_it_is),
        T(a_link_is_not_followed_but_a_linked_folder_is),
        T(in_use_by_another_handle_and_process),
        T(every_value_comes_back),
        T(bound_text_is_a_copy),
        T(a_failed_bind_is_told_at_the_step),
        T(the_cache_gives_back_the_same_statement_clean),
        T(misuse_is_caught),
        T(wrong_sql_is_told),
        T(a_statement_outlives_its_handle),
        T(commit_and_rollback),
        T(a_broken_rule_says_nothing_was_saved),
        T(a_full_disk_keeps_the_old_state),
        T(a_refused_write_rolls_back),
        T(a_killed_writer_leaves_the_old_state),
        T(reading_only),
        T(asking_for_one_number),
        T(settings_read_back),
        T(a_copy_is_a_case_file),
        T(nothing_is_written_in_clear),
    };

    return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
