/* fixture.h - a practice caseload in a folder of its own. */
#ifndef DOLEN_TESTS_DRILL_FIXTURE_H
#define DOLEN_TESTS_DRILL_FIXTURE_H

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
#include "dolen/base/mem.h"
#include "dolen/drill/practice.h"
#include "dolen/vault/secret.h"
#include "store/store_priv.h"

#define assert_ok(call) assert_ok_(call, #call)
static struct err err;

static inline void assert_ok_(enum status st, const char *what)
{
    if (st != ST_OK)
        fail_msg("%s: %s: %s", what, status_word(st), err_text(&err));
}

struct case_file {
    char          folder[64];
    struct vault *vault;
    struct store *store;
};

static const struct date today = { 2026, 3, 2 };

static inline struct practice_form pretend(void *ctx, const char *id)
{
    static const char yaml[] = "form: pretend\n";

    (void) ctx;
    (void) id;
    return (struct practice_form) { 1, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", yaml, sizeof yaml - 1 };
}

static inline struct case_file made(int cases, uint64_t seed, int contacts,
                                    struct practice_form (*form)(void *ctx, const char *id))
{
    struct case_file f = { .folder = "/tmp/dolen-drill-XXXXXX" };
    struct practice_options o = { .cases = cases, .seed = seed, .today = today, .contacts_each = contacts, .form = form };

    clock_freeze(today);
    assert_non_null(mkdtemp(f.folder));
    assert_ok(secret_start(&err));
    assert_ok(vault_create(&f.vault, true, &err));
    assert_ok(store_create(&f.store, f.folder, f.vault, &err));
    assert_ok(practice_make(f.store, &o, &err));
    return f;
}

static inline void gone(struct case_file *f)
{
    static const char *const left[] = { "case.db", "case.db-journal" };

    store_close(&f->store, NULL);
    vault_free(&f->vault);
    for (size_t i = 0; i < ARRAY_LEN(left); i++) {
        char *path = path_join(f->folder, left[i]);

        unlink(path);
        free(path);
    }
    rmdir(f->folder);
}

static inline int64_t ask(struct case_file *f, const char *sql)
{
    int64_t n = -1;

    assert_ok(db_ask_int(f->store->db, sql, &n, &err));
    return n;
}

#endif
