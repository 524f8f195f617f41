/* A folder of one's own and a vault at the floor cost. Test programs only: prints and stops on the first surprise. */
#ifndef TEST_VAULT_FIXTURE_H
#define TEST_VAULT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "dolen/base/file.h"
#include "dolen/vault/vault.h"
#include "vault/slotfile.h"

#define PASS "hen wlad fy nhadau"

static struct err fix_err;
static char fix_dir[] = "/tmp/dolen-test-XXXXXX";

#define assert_ok(call) do { \
        err_clear(&fix_err); \
        enum status st_ = (call); \
        if (st_ != ST_OK) \
            fail_msg("%s: %s: %s", #call, status_word(st_), err_text(&fix_err)); \
    } while (0)

static inline struct secret *secret_of(const char *text)
{
    struct secret *s = secret_new();

    assert_non_null(s);
    assert_true(secret_add(s, text, strlen(text)));
    return s;
}

static inline void dir_make(void)
{
    memcpy(fix_dir + strlen(fix_dir) - 6, "XXXXXX", 6);
    assert_non_null(mkdtemp(fix_dir));
}

static inline const char *dir_path(const char *name)
{
    static char path[4][128];
    static int turn;
    char *p = path[turn = (turn + 1) & 3];

    snprintf(p, sizeof path[0], "%s/%s", fix_dir, name);
    return p;
}

static inline void dir_remove(void)
{
    static const char *const names[] = { "keyslots", "file.key", "org.key", "org2.key", "case.db", "case.db-journal",
                                         "copy.db", "link", "other/keyslots", "other/case.db", "other/case.db-journal" };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(dir_path(names[i]));
    rmdir(dir_path("other"));
    assert_int_equal(rmdir(fix_dir), 0);
}

static inline struct vault *vault_at_floor(void)
{
    struct secret *s = secret_of(PASS);
    struct vault *v = NULL;
    int slot = -1;

    assert_ok(vault_create(&v, false, &fix_err));
    assert_ok(vault_add_passphrase(v, s, "Siân", ID_NONE, VAULT_KDF_FLOOR_MIB, &slot, &fix_err));
    secret_free(&s);
    return v;
}

static inline enum status open_with(struct vault **v, const char *text)
{
    struct secret *s = secret_of(text);
    struct keyslots *k = NULL;
    enum status st = keyslots_read(&k, fix_dir, &fix_err);

    if (st == ST_OK)
        st = vault_open(v, k, s, &fix_err);
    keyslots_free(&k);
    secret_free(&s);
    return st;
}

static inline enum status open_with_file(struct vault **v, const char *path)
{
    struct keyslots *k = NULL;
    enum status st = keyslots_read(&k, fix_dir, &fix_err);

    if (st == ST_OK)
        st = vault_open_file(v, k, path, &fix_err);
    keyslots_free(&k);
    return st;
}

#endif
