/* fixture.h - a case file in a folder of its own, for the tests of the store. The keys are made in memory: no passphrase is
 * stretched. */
#ifndef DOLEN_TESTS_STORE_FIXTURE_H
#define DOLEN_TESTS_STORE_FIXTURE_H

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
#include "dolen/store/write.h"
#include "dolen/vault/secret.h"
#include "store/store_priv.h"
#include "counts_true.h"
#include "history_true.h"
#include "search_true.h"

/* A case file of today becomes one of version 12: a migration that follows adds here how it is undone. */
#define BACK_TO_VERSION_12 \
    "DROP INDEX sent_row_person; DROP INDEX connection_stands; CREATE INDEX connection_asset ON connection(asset, on_date); " \
    "DROP INDEX asset_offer; DROP INDEX episode_practitioner; DROP INDEX referral_in_bin; DROP INDEX episode_in_bin; " \
    "DROP INDEX concern_in_bin; DROP INDEX connection_in_bin; DROP INDEX gap_in_bin; DROP INDEX asset_in_bin; " \
    "DROP INDEX referral_weighs; DROP INDEX episode_died; ALTER TABLE asset DROP COLUMN joined; " \
    "DROP TRIGGER with_add; DROP TRIGGER with_set; DROP TRIGGER with_gone; DELETE FROM tally WHERE name LIKE 'with%'; " \
    "ALTER TABLE asset DROP COLUMN offer; ALTER TABLE change DROP COLUMN step; " \
    "ALTER TABLE gap DROP COLUMN found_on; DELETE FROM search_word WHERE word >= '~'; DELETE FROM schema_version WHERE version > 12"

struct fixture {
    char          folder[64];
    struct vault *vault;
    struct store *store;
    struct id     author;
};

#define assert_ok(call) assert_ok_(call, &err_, #call)
static struct err err_;

static inline void assert_ok_(enum status st, const struct err *err, const char *what)
{
    if (st != ST_OK)
        fail_msg("%s: %s: %s", what, status_word(st), err_text(err));
}

static inline int fixture_open(void **state)
{
    struct fixture *f = xcalloc(1, sizeof *f);

    str_copy(f->folder, sizeof f->folder, "/tmp/dolen-store-XXXXXX");
    if (!mkdtemp(f->folder) || secret_start(NULL) != ST_OK || vault_create(&f->vault, true, NULL) != ST_OK)
        return -1;
    if (store_create(&f->store, f->folder, f->vault, &err_) != ST_OK) {
        fprintf(stderr, "%s\n", err_text(&err_));
        return -1;
    }
    f->author = id_new();
    store_author(f->store, f->author);
    *state = f;
    return 0;
}

static inline void fixture_reopen(struct fixture *f, bool read_only)
{
    assert_ok(store_close(&f->store, &err_));
    assert_ok(store_open(&f->store, f->folder, f->vault, read_only, &err_));
    store_author(f->store, f->author);
}

static inline int fixture_close(void **state)
{
    static const char *const left[] = { "case.db", "case.db-journal", "copy.db" };
    struct fixture *f = *state;
    bool kept = !f->store || f->store->read_only || (search_is_true(f->store) && history_is_true(f->store) && counts_are_true(f->store));

    store_close(&f->store, NULL);
    vault_free(&f->vault);
    for (size_t i = 0; i < ARRAY_LEN(left); i++) {
        char *path = path_join(f->folder, left[i]);

        unlink(path);
        free(path);
    }
    rmdir(f->folder);
    free(f);
    return kept ? 0 : -1;
}

static inline struct id person_add(struct store *s, const char *given, const char *family)
{
    struct record r;
    struct id id;

    record_init(&r, T_PERSON);
    record_set(&r, PERSON_given_name, given);
    record_set(&r, PERSON_family_name, family);
    assert_ok(store_put(s, &r, NULL, &err_));
    id = r.id;
    record_release(&r);
    return id;
}

static inline struct id row_add(struct store *s, enum table_id t, const char *owner, struct id id, int column, const char *text)
{
    struct record r;
    struct id made;

    record_init(&r, t);
    record_set_id(&r, table_column_by_name(t, owner), id);
    record_set(&r, column, text);
    assert_ok(store_put(s, &r, NULL, &err_));
    made = r.id;
    record_release(&r);
    return made;
}

static inline void assert_column(struct store *s, enum table_id t, struct id id, int column, const char *expected)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(s, t, id, &r, &err_));
    if (!str_eq(record_text(&r, column), expected))
        fail_msg("%s.%s is %s", table_name(t), table_column_name(t, column), record_or(&r, column, "(none)"));
    record_release(&r);
}

static inline int64_t ask(struct store *s, const char *sql)
{
    int64_t n = -1;

    assert_ok(db_ask_int(s->db, sql, &n, &err_));
    return n;
}

#endif
