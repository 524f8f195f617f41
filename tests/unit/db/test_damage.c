/* What db_open and db_verify say to a damaged file. Nothing here may repair, delete or re-create. */
#include "../vault/vault_fixture.h"

#include <fcntl.h>

#include "dolen/db/db.h"

#define PAGE 4096

static struct vault *vault;
static uint8_t *good;
static size_t good_bytes;

static const char *file(void)
{
    return dir_path("case.db");
}

static void put(const uint8_t *bytes, size_t n)
{
    assert_ok(file_replace(fix_dir, "case.db", bytes, n, &fix_err));
}

static int group_setup(void **state)
{
    struct buf b = BUF_INIT;
    struct db *d = NULL;
    struct stmt *s;

    (void) state;
    dir_make();
    assert_ok(vault_create(&vault, false, &fix_err));
    assert_ok(db_open(&d, file(), vault, DB_CREATE, &fix_err));
    assert_ok(db_exec(d, "CREATE TABLE a(id INTEGER PRIMARY KEY, body TEXT) STRICT; CREATE INDEX a_body ON a(body);"
                         "CREATE TABLE b(id INTEGER PRIMARY KEY, a INTEGER REFERENCES a) STRICT;"
                         "CREATE TABLE gone(body TEXT) STRICT", &fix_err));
    assert_ok(db_begin(d, &fix_err));
    for (int i = 1; i <= 300; i++) {
        assert_ok(db_use(d, &s, "INSERT INTO a(id, body) VALUES (?1, 'some words of a note, number ' || ?1)", &fix_err));
        stmt_bind_int(s, 1, i);
        assert_ok(stmt_run(s, &fix_err));
    }
    assert_ok(db_exec(d, "INSERT INTO b(a) SELECT id FROM a; INSERT INTO gone SELECT body FROM a", &fix_err));
    assert_ok(db_commit(d, &fix_err));
    assert_ok(db_exec(d, "DELETE FROM gone", &fix_err));          /* free pages, which no query ever reads */
    assert_ok(db_verify(d, &fix_err));
    assert_ok(db_close(&d, &fix_err));
    assert_ok(file_read(&b, file(), 16u << 20, &fix_err));
    good_bytes = b.len;
    good = (uint8_t *) buf_steal(&b);
    assert_true(good_bytes / PAGE > 10 && good_bytes / PAGE < 256 && good_bytes % PAGE == 0);
    return 0;
}

static int group_teardown(void **state)
{
    (void) state;
    vault_free(&vault);
    free(good);
    dir_remove();
    return 0;
}

/* Opening may or may not see it; verify must. The file stays byte for byte what it was. */
static void expect_damage(const uint8_t *bytes, size_t n)
{
    struct buf after = BUF_INIT;
    struct db *d = NULL;
    enum status st;

    put(bytes, n);
    st = db_open(&d, file(), vault, DB_EXISTING, &fix_err);
    if (st == ST_OK)
        st = db_verify(d, &fix_err);
    db_close(&d, NULL);
    assert_int_equal(st, ST_DB_DAMAGED);
    assert_ok(file_read(&after, file(), 16u << 20, &fix_err));
    assert_int_equal(after.len, n);
    assert_memory_equal(after.s, bytes, n);
    buf_release(&after);
}

static uint8_t *copy_of_good(size_t extra)
{
    uint8_t *bytes = calloc(1, good_bytes + extra);

    assert_non_null(bytes);
    memcpy(bytes, good, good_bytes);
    return bytes;
}

static void a_flip_in_every_page(void **state)
{
    static const size_t places[] = { 0, 17, 2000, 4016, 4095 };      /* salt or data, data, data, IV, MAC */
    uint8_t *bytes = copy_of_good(0);

    (void) state;
    for (size_t page = 0; page < good_bytes / PAGE; page++) {
        size_t at = page * PAGE + places[page % 5];

        bytes[at] ^= 0x10;
        expect_damage(bytes, good_bytes);
        bytes[at] ^= 0x10;
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {  /* and all of them in the first */
        bytes[places[i]] ^= 1;
        expect_damage(bytes, good_bytes);
        bytes[places[i]] ^= 1;
    }
    free(bytes);
}

static void every_page_zeroed(void **state)
{
    uint8_t *bytes = copy_of_good(0);

    (void) state;
    for (size_t at = 0; at < good_bytes; at += PAGE) {
        memset(bytes + at, 0, PAGE);
        expect_damage(bytes, good_bytes);
        memcpy(bytes + at, good + at, PAGE);
    }
    free(bytes);
}

static void pages_changed_over(void **state)
{
    uint8_t *bytes = copy_of_good(0);

    (void) state;
    memcpy(bytes + 2 * PAGE, good + 3 * PAGE, PAGE);
    memcpy(bytes + 3 * PAGE, good + 2 * PAGE, PAGE);
    expect_damage(bytes, good_bytes);
    free(bytes);
}

static void cut_short_and_made_longer(void **state)
{
    uint8_t *bytes = copy_of_good(PAGE);

    (void) state;
    expect_damage(good, good_bytes - PAGE);
    expect_damage(good, good_bytes - 1);
    expect_damage(good, good_bytes / 2);
    expect_damage(good, PAGE);
    expect_damage(good, 100);
    expect_damage(bytes, good_bytes + 1);
    expect_damage(bytes, good_bytes + PAGE);
    memcpy(bytes + good_bytes, good + PAGE, PAGE);
    expect_damage(bytes, good_bytes + PAGE);
    free(bytes);
}

static void garbage_and_plaintext(void **state)
{
    uint8_t *bytes = copy_of_good(0);

    (void) state;
    for (size_t i = 0; i < good_bytes; i++)
        bytes[i] = (uint8_t) (i * 31 >> 3);
    expect_damage(bytes, good_bytes);
    memset(bytes, 0, good_bytes);
    memcpy(bytes, "SQLite format 3", 16);
    expect_damage(bytes, good_bytes);
    free(bytes);
}

static void another_files_salt_or_key(void **state)
{
    struct vault *other = NULL;
    struct db *d = NULL;

    (void) state;
    put(good, good_bytes);
    assert_ok(vault_create(&other, false, &fix_err));
    assert_int_equal(db_open(&d, file(), other, DB_EXISTING, &fix_err), ST_DB_DAMAGED);     /* never "wrong passphrase" */
    assert_null(d);
    memcpy(other->now.salt, vault->now.salt, 16);
    assert_int_equal(db_open(&d, file(), other, DB_EXISTING, &fix_err), ST_DB_DAMAGED);
    vault_free(&other);
    assert_ok(db_open(&d, file(), vault, DB_EXISTING, &fix_err));
    assert_ok(db_verify(d, &fix_err));
    assert_ok(db_close(&d, &fix_err));
}

/* The salt on disk is not needed for reading: after this damage the records can still be looked at. */
static void damaged_salt_can_still_be_read(void **state)
{
    uint8_t *bytes = copy_of_good(0);
    struct db *d = NULL;
    int64_t n = 0;

    (void) state;
    bytes[3] ^= 0xff;
    put(bytes, good_bytes);
    assert_int_equal(db_open(&d, file(), vault, DB_EXISTING, &fix_err), ST_DB_DAMAGED);
    assert_non_null(strstr(err_text(&fix_err), "key slots"));
    assert_ok(db_open(&d, file(), vault, DB_READ_ONLY, &fix_err));
    assert_ok(db_ask_int(d, "SELECT count(*) FROM a", &n, &fix_err));
    assert_int_equal(n, 300);
    assert_int_equal(db_verify(d, &fix_err), ST_DB_DAMAGED);
    assert_ok(db_close(&d, &fix_err));
    free(bytes);
}

static void damage_met_while_reading(void **state)
{
    uint8_t *bytes = copy_of_good(0);
    struct db *d = NULL;
    enum status st = ST_OK;
    int64_t n;

    (void) state;
    for (size_t page = 1; page < good_bytes / PAGE; page++)
        bytes[page * PAGE + 100] ^= 1;
    put(bytes, good_bytes);
    st = db_open(&d, file(), vault, DB_READ_ONLY, &fix_err);
    if (st == ST_OK)
        st = db_ask_int(d, "SELECT count(*) FROM a WHERE body LIKE '%nothing%'", &n, &fix_err);
    assert_int_equal(st, ST_DB_DAMAGED);
    assert_non_null(strstr(err_text(&fix_err), "Nothing was repaired or deleted"));
    db_close(&d, NULL);
    free(bytes);
}

static void a_broken_reference_is_found(void **state)
{
    struct db *d = NULL;

    (void) state;
    put(good, good_bytes);
    assert_ok(db_open(&d, file(), vault, DB_EXISTING, &fix_err));
    assert_ok(db_exec(d, "PRAGMA foreign_keys = OFF; DELETE FROM a WHERE id = 7", &fix_err));
    assert_int_equal(db_verify(d, &fix_err), ST_DB_DAMAGED);
    assert_non_null(strstr(err_text(&fix_err), "foreign_key_check"));
    assert_ok(db_close(&d, &fix_err));
}

/* A journal as SQLite leaves it behind when a change over several databases was cut off: it ends with the name of a file that is
 * deleted once the journal is dealt with. Caller frees. */
static uint8_t *planted(const char *victim, size_t *size)
{
    static const uint8_t magic[8] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
    size_t n = strlen(victim), at = 512 + 4;
    uint32_t sum = 0;
    uint8_t *j = calloc(1, at + n + 16);

    assert_non_null(j);
    memcpy(j, magic, sizeof magic);
    j[19] = (uint8_t) (good_bytes / PAGE);                                         /* no page of its own */
    memcpy(j + 20, (const uint8_t[]) { 0, 0, 2, 0, 0, 0, PAGE >> 8, 0 }, 8);      /* sectors of 512, pages of 4096 */
    memcpy(j + at, victim, n);
    for (size_t i = 0; i < n; i++)
        sum += (uint8_t) victim[i];
    for (int i = 0; i < 4; i++) {
        j[at + n + (size_t) i] = (uint8_t) (n >> (24 - 8 * i));
        j[at + n + 4 + (size_t) i] = (uint8_t) (sum >> (24 - 8 * i));
    }
    memcpy(j + at + n + 8, magic, sizeof magic);
    *size = at + n + 16;
    return j;
}

static void a_planted_journal_deletes_no_file(void **state)
{
    size_t size;
    uint8_t *j, *twice;
    struct db *d = NULL;

    (void) state;
    put(good, good_bytes);
    assert_ok(file_replace(fix_dir, "victim", "precious", 8, &fix_err));
    j = planted(dir_path("victim"), &size);
    assert_ok(file_replace(fix_dir, "case.db-journal", j, size, &fix_err));
    assert_int_equal(db_open(&d, file(), vault, DB_READ_ONLY, &fix_err), ST_REFUSED);      /* what was cut off is not for a reader */
    assert_true(file_exists(dir_path("victim")));
    assert_ok(file_replace(fix_dir, "case.db-journal", j, size, &fix_err));
    assert_ok(db_open(&d, file(), vault, DB_EXISTING, &fix_err));
    assert_ok(db_verify(d, &fix_err));
    assert_ok(db_close(&d, &fix_err));
    assert_true(file_exists(dir_path("victim")));
    twice = calloc(1, 2 * size);                        /* one behind the other: what is left is looked at again */
    memcpy(twice, j, size);
    memcpy(twice + size, j + size - 8, 8);
    assert_ok(file_replace(fix_dir, "case.db-journal", twice, size + 8, &fix_err));
    assert_ok(db_open(&d, file(), vault, DB_EXISTING, &fix_err));
    assert_ok(db_close(&d, &fix_err));
    assert_true(file_exists(dir_path("victim")));
    assert_int_equal(unlink(dir_path("victim")), 0);
    free(twice);
    free(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flip_in_every_page),
        cmocka_unit_test(every_page_zeroed),
        cmocka_unit_test(pages_changed_over),
        cmocka_unit_test(cut_short_and_made_longer),
        cmocka_unit_test(garbage_and_plaintext),
        cmocka_unit_test(another_files_salt_or_key),
        cmocka_unit_test(damaged_salt_can_still_be_read),
        cmocka_unit_test(damage_met_while_reading),
        cmocka_unit_test(a_broken_reference_is_found),
        cmocka_unit_test(a_planted_journal_deletes_no_file),
    };

    return cmocka_run_group_tests(tests, group_setup, group_teardown);
}
