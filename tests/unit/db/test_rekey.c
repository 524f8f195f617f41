/* The same content under another key: the copy opens with that key alone, and the key's text does not stay behind. */
#include "../vault/vault_fixture.h"

#include <stdio.h>
#include <sys/stat.h>

#include "dolen/base/mem.h"
#include "dolen/db/db.h"
#include "dolen/vault/secret.h"

#include "dolen/base/banned.h"

static struct vault *old_keys, *new_keys;

static int setup(void **state)
{
    struct db *d = NULL;

    (void) state;
    umask(077);                         /* secret_start() does this in the program */
    dir_make();
    assert_ok(vault_create(&old_keys, true, &fix_err));
    assert_ok(vault_create(&new_keys, true, &fix_err));
    assert_ok(db_open(&d, dir_path("case.db"), old_keys, DB_CREATE, &fix_err));
    assert_ok(db_exec(d, "CREATE TABLE note(body TEXT) STRICT; INSERT INTO note VALUES ('Mair Enghraifft'); "
                         "PRAGMA user_version = 7", &fix_err));
    assert_ok(db_close(&d, &fix_err));
    return 0;
}

static int teardown(void **state)
{
    (void) state;
    vault_free(&old_keys);
    vault_free(&new_keys);
    dir_remove();
    return 0;
}

static void copy_under_new_keys(void)
{
    struct db *d = NULL;

    assert_ok(db_open(&d, dir_path("case.db"), old_keys, DB_EXISTING, &fix_err));
    assert_ok(db_copy_with_key(d, dir_path("copy.db"), new_keys, &fix_err));
    assert_ok(db_close(&d, &fix_err));
}

static void the_copy_opens_with_the_new_key_alone(void **state)
{
    struct db *d = NULL;
    int64_t n = 0;

    (void) state;
    copy_under_new_keys();
    assert_int_equal(db_open(&d, dir_path("copy.db"), old_keys, DB_EXISTING, &fix_err), ST_DB_DAMAGED);
    assert_ok(db_open(&d, dir_path("copy.db"), new_keys, DB_EXISTING, &fix_err));
    assert_ok(db_ask_int(d, "SELECT count(*) FROM note WHERE body = 'Mair Enghraifft'", &n, &fix_err));
    assert_int_equal(n, 1);
    assert_ok(db_ask_int(d, "PRAGMA user_version", &n, &fix_err));
    assert_int_equal(n, 7);
    assert_ok(db_verify(d, &fix_err));
    assert_ok(db_close(&d, &fix_err));
}

/* Where everything is kept that is not guarded; false where a sanitizer keeps it elsewhere. */
static bool heap_is(const char **from, const char **until)
{
    unsigned long a = 0, b = 0;
    char line[256];
    bool found = false;
    FILE *maps = fopen("/proc/self/maps", "r");

    assert_non_null(maps);
    while (!found && fgets(line, sizeof line, maps))
        found = strstr(line, "[heap]") && sscanf(line, "%lx-%lx", &a, &b) == 2;
    fclose(maps);
    *from = (const char *) a;
    *until = (const char *) b;
    return found;
}

/* How often the last 40 of the key's 64 digits stand there: what frees a piece of memory writes over its beginning. */
static int times_in_heap(const struct vault *v)
{
    const char *from, *until;
    struct secret *key = NULL;
    int found = 0;

    assert_ok(vault_db_key(v, &key, &fix_err));
    if (heap_is(&from, &until))
        for (const char *p = from; p + 40 <= until; p++)
            found += memcmp(p, secret_text(key) + 2 + 24, 40) == 0;
    secret_free(&key);
    return found;
}

static void the_key_does_not_stay_in_memory(void **state)
{
    const char *from, *until;
    struct secret *key = NULL;
    char *left;

    (void) state;
    copy_under_new_keys();
    assert_int_equal(times_in_heap(new_keys), 0);
    assert_int_equal(times_in_heap(old_keys), 0);
    assert_ok(vault_db_key(new_keys, &key, &fix_err));
    left = xstrdup(secret_text(key));           /* one that was left would be seen */
    assert_int_equal(times_in_heap(new_keys), heap_is(&from, &until));
    explicit_bzero(left, strlen(left));
    free(left);
    secret_free(&key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_copy_opens_with_the_new_key_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(the_key_does_not_stay_in_memory, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
