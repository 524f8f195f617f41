/* A case file made once and kept: every later build opens it, and so does the sqlcipher shell without us, the way
 * docs/casefile-format.md says. Run with a folder as argument, it makes a new one there (for a new format version; the
 * old one stays and stays tested). */
#include "../vault/vault_fixture.h"

#include <sys/wait.h>

#include "dolen/db/db.h"

#define GOLDEN "tests/unit/db/golden"
#define WORDS  "Beth sy'n bwysig i chi?"
#define FINE   "PRAGMA cipher_integrity_check; PRAGMA integrity_check; SELECT body FROM note;\n"

static void copy_in(const char *name)
{
    struct buf b = BUF_INIT;
    char from[64];

    snprintf(from, sizeof from, "%s/%s", GOLDEN, name);
    assert_ok(file_read(&b, from, 1u << 20, &fix_err));
    assert_ok(file_replace(fix_dir, name, b.s, b.len, &fix_err));
    buf_release(&b);
}

static int setup(void **state)
{
    (void) state;
    dir_make();
    copy_in("keyslots");
    copy_in("case.db");
    return 0;
}

static int teardown(void **state)
{
    (void) state;
    dir_remove();
    return 0;
}

static void opens_with_passphrase_and_key_file(void **state)
{
    struct vault *v = NULL;
    struct db *d = NULL;
    struct stmt *s;
    bool row;

    (void) state;
    assert_ok(open_with_file(&v, GOLDEN "/file.key"));
    vault_free(&v);
    assert_ok(open_with(&v, PASS));
    assert_true(vault_is_training(v));
    assert_ok(db_open(&d, dir_path("case.db"), v, DB_EXISTING, &fix_err));
    assert_ok(db_verify(d, &fix_err));
    assert_ok(db_use(d, &s, "SELECT body FROM note", &fix_err));
    assert_ok(stmt_step(s, &row, &fix_err));
    assert_string_equal(stmt_text(s, 0), WORDS);
    assert_ok(db_close(&d, &fix_err));
    vault_free(&v);
}

/* What the shell answers, read to its end. */
static void ask_shell(const char *key, char *out, size_t size)
{
    int in[2], back[2], status = 0;
    size_t got = 0;
    ssize_t n;
    pid_t pid;

    assert_true(pipe(in) == 0 && pipe(back) == 0);
    pid = fork();
    if (pid == 0) {
        dup2(in[0], 0);
        dup2(back[1], 1);
        close(in[1]);
        close(back[0]);
        execlp("sqlcipher", "sqlcipher", "-batch", "-readonly", dir_path("case.db"), (char *) NULL);
        _exit(127);
    }
    close(in[0]);
    close(back[1]);
    dprintf(in[1], "PRAGMA key = \"%s\";\n%s", key, FINE);
    close(in[1]);
    while (got < size - 1 && (n = read(back[0], out + got, size - 1 - got)) > 0)
        got += (size_t) n;
    out[got] = '\0';
    close(back[0]);
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
}

static void opens_without_us(void **state)
{
    struct vault *v = NULL;
    struct secret *key = NULL;
    char answer[512];

    (void) state;
    assert_ok(open_with(&v, PASS));
    assert_ok(vault_db_key(v, &key, &fix_err));
    ask_shell(secret_text(key), answer, sizeof answer);
    assert_string_equal(answer, "ok\nok\n" WORDS "\n");
    secret_free(&key);
    vault_free(&v);
}

static void make(const char *folder)
{
    char path[256];
    struct secret *s = secret_of(PASS);
    struct vault *v = NULL;
    struct db *d = NULL;
    int slot;

    assert_ok(vault_create(&v, true, &fix_err));
    assert_ok(vault_add_passphrase(v, s, "Siân", ID_NONE, VAULT_KDF_FLOOR_MIB, &slot, &fix_err));
    snprintf(path, sizeof path, "%s/file.key", folder);
    assert_ok(vault_add_keyfile(v, path, "stick", ID_NONE, &slot, &fix_err));
    assert_ok(vault_write(v, folder, &fix_err));
    snprintf(path, sizeof path, "%s/case.db", folder);
    assert_ok(db_open(&d, path, v, DB_CREATE, &fix_err));
    assert_ok(db_exec(d, "CREATE TABLE note(id INTEGER PRIMARY KEY, body TEXT) STRICT", &fix_err));
    assert_ok(db_exec(d, "INSERT INTO note(body) VALUES ('Beth sy''n bwysig i chi?')", &fix_err));
    assert_ok(db_close(&d, &fix_err));
    vault_free(&v);
    secret_free(&s);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(opens_with_passphrase_and_key_file, setup, teardown),
        cmocka_unit_test_setup_teardown(opens_without_us, setup, teardown),
    };

    if (argc == 2) {
        make(argv[1]);
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
