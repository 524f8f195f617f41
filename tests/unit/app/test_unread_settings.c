/* test_unread_settings.c - what cannot be read is not "none": nothing is written in its place, nothing is left out. */
#include "outbox_world.h"

#include "app/own_report.h"
#include "app/peers.h"
#include "store/store_priv.h"

static void out_of_reach(struct fixture *f, bool yes)
{
    assert_ok(db_exec(f->cf->store->db, yes ? "ALTER TABLE setting RENAME TO out_of_reach"
                                            : "ALTER TABLE out_of_reach RENAME TO setting", &err_));
}

static void trusted_laptops_that_cannot_be_read_are_not_nobody(void **state)
{
    struct fixture *f = *state;
    struct source *all = xcalloc(PEERS_MAX, sizeof *all);
    size_t n = 0;

    out_of_reach(f, true);
    assert_int_not_equal(peers_list(f->cf, all, &n, &err_), ST_OK);
    out_of_reach(f, false);
    assert_ok(peers_list(f->cf, all, &n, &err_));
    free(all);
}

static void no_report_without_the_earlier_releases(void **state)
{
    struct fixture *f = *state;
    struct own_report want = { .id = REPORT_REACH, .from = { 2026, 1, 1 }, .until = { 2026, 3, 31 }, .released = true };
    struct report *r = NULL;

    out_of_reach(f, true);
    assert_int_not_equal(own_report_make(f->cf, &want, &r, &err_), ST_OK);
    assert_null(r);
    out_of_reach(f, false);
    assert_ok(own_report_make(f->cf, &want, &r, &err_));
    report_free(&r);
}

static void the_identity_is_the_same_afterwards(void **state)
{
    struct fixture *f = *state;
    struct source_keys keys;
    struct id before;

    assert_ok(source_open(f->cf->store, &keys, &err_));
    before = keys.id;
    source_release(&keys);
    out_of_reach(f, true);
    assert_int_not_equal(source_open(f->cf->store, &keys, &err_), ST_OK);
    source_release(&keys);
    out_of_reach(f, false);
    assert_ok(source_open(f->cf->store, &keys, &err_));
    assert_true(id_eq(keys.id, before));
    source_release(&keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trusted_laptops_that_cannot_be_read_are_not_nobody),
        cmocka_unit_test(no_report_without_the_earlier_releases),
        cmocka_unit_test(the_identity_is_the_same_afterwards),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
