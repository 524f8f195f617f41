/* test_unread.c - what cannot be read is not "none": nothing is written in its place, nothing is left out. */
#include "outbox_world.h"

#include "app/counter.h"
#include "app/filing.h"
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

/* A restored case file gives numbers out again: until that is written down nothing else is, and it is not forgotten. */
static void a_case_file_that_went_back_opens_when_that_is_written_down(void **state)
{
    struct fixture *f = *state;
    static const char obstacle[] = "CREATE TRIGGER full BEFORE INSERT ON setting WHEN new.key = 'carry.lineages' "
                                   "BEGIN SELECT RAISE(ABORT, 'full'); END";
    int64_t ahead = store_version(f->cf->store) + 1000;
    char *path = counter_path(vault_file_id(f->cf->vault)), *key = path_join(f->folder, "key");
    struct store *s = NULL;

    assert_ok(store_set_setting(f->cf->store, "carry.lineages", "00112233445566ff 0", &err_));
    assert_ok(db_exec(f->cf->store->db, obstacle, &err_));
    counter_keep(path, f->cf->vault, ahead);
    assert_ok(casefile_shut(f->cf, &err_));
    assert_ok(casefile_unlock(f->cf, NULL, key, &err_));
    assert_int_not_equal(casefile_open(f->cf, false, &err_), ST_OK);
    assert_null(f->cf->store);
    assert_int_equal(counter_read(path, f->cf->vault), ahead);

    assert_ok(store_open(&s, f->cf->folder, f->cf->vault, false, &err_));
    assert_ok(db_exec(s->db, "DROP TRIGGER full", &err_));
    assert_ok(store_close(&s, &err_));
    assert_ok(casefile_open(f->cf, false, &err_));
    assert_true(f->cf->went_back);
    assert_int_equal(counter_read(path, f->cf->vault), store_version(f->cf->store));
    free(path);
    free(key);
}

static void a_draft_that_cannot_be_read_is_left_as_it_is(void **state)
{
    struct fixture *f = *state;
    struct filling *form = NULL;
    struct record d;

    record_init(&d, T_DRAFT);
    record_set(&d, DRAFT_form, "contact");
    record_set_id(&d, DRAFT_person, f->person);
    record_set_id(&d, DRAFT_episode, f->episode);
    record_set(&d, DRAFT_answers, "{\"note\": \"cut o");
    assert_ok(store_put(f->cf->store, &d, NULL, &err_));
    assert_int_equal(filling_resume(&form, f->cf, d.id, &err_), ST_INVALID);
    assert_null(form);
    record_set(&d, DRAFT_answers, "{}");
    assert_ok(store_put(f->cf->store, &d, NULL, &err_));
    assert_ok(filling_resume(&form, f->cf, d.id, &err_));
    filling_free(&form);
    record_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trusted_laptops_that_cannot_be_read_are_not_nobody),
        cmocka_unit_test(no_report_without_the_earlier_releases),
        cmocka_unit_test(a_draft_that_cannot_be_read_is_left_as_it_is),
        cmocka_unit_test(the_identity_is_the_same_afterwards),
        cmocka_unit_test(a_case_file_that_went_back_opens_when_that_is_written_down),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
