/* test_drill_rows.c - drills live in training case files only: no write brings one into a live file, and an older
 * file gets the tables without losing anything. */
#include "fixture.h"

#include "dolen/store/drill_keys.h"

static void a_training_file_keeps_them(void **state)
{
    struct fixture *f = *state;
    struct records all = { NULL, 0, 0 };
    struct record d, step;

    record_init(&d, T_DRILL);
    record_set(&d, DRILL_drill, "bereavement");
    record_set(&d, DRILL_state, "RUNNING");
    assert_ok(store_put(f->store, &d, NULL, &err_));
    for (int i = 2; i > 0; i--) {
        record_init(&step, T_DRILL_STEP);
        record_set_id(&step, DRILL_STEP_attempt, d.id);
        record_set_int(&step, DRILL_STEP_position, i);
        record_set(&step, DRILL_STEP_kind, "SAY");
        assert_ok(store_put(f->store, &step, NULL, &err_));
        record_release(&step);
    }
    fixture_reopen(f, false);
    assert_ok(store_list(f->store, LIST_DRILL_STEPS, d.id, 0, &all, &err_));
    assert_int_equal(all.count, 2);
    assert_int_equal(record_int(&all.items[0], DRILL_STEP_position, 0), 1);
    records_release(&all);
    assert_ok(store_list(f->store, LIST_DRILLS, ID_NONE, 0, &all, &err_));
    assert_int_equal(all.count, 1);
    records_release(&all);
    record_release(&d);
}

static void a_live_file_refuses_them(void **state)
{
    struct vault *live = NULL;
    struct store *s = NULL;
    struct record d;
    struct records all = { NULL, 0, 0 };
    char folder[] = "/tmp/dolen-live-XXXXXX", *path;
    static const enum table_id both[] = { T_DRILL, T_DRILL_STEP };

    (void) state;
    assert_non_null(mkdtemp(folder));
    assert_ok(vault_create(&live, false, &err_));
    assert_ok(store_create(&s, folder, live, &err_));
    for (size_t i = 0; i < ARRAY_LEN(both); i++) {
        record_init(&d, both[i]);
        record_set(&d, both[i] == T_DRILL ? (int) DRILL_state : (int) DRILL_STEP_kind, "SAY");
        assert_int_equal(store_put(s, &d, NULL, &err_), ST_REFUSED);
        assert_non_null(strstr(err_text(&err_), "training"));
        record_release(&d);
    }
    assert_int_equal(store_drill_keys_add(s, ID_NONE, "{}\n", &err_), ST_REFUSED);
    assert_non_null(strstr(err_text(&err_), "training"));
    assert_ok(store_list(s, LIST_DRILLS, ID_NONE, 0, &all, &err_));
    assert_int_equal(all.count, 0);
    records_release(&all);
    assert_ok(store_close(&s, &err_));
    vault_free(&live);
    path = path_join(folder, "case.db");
    unlink(path);
    rmdir(folder);
    free(path);
}

/* The database of a training file laid beside the key slots of a live one: nothing opens it. */
static void a_copied_database_does_not_open(void **state)
{
    struct fixture *f = *state;
    struct vault *live = NULL;
    struct store *s = NULL;
    enum status st;

    assert_ok(store_close(&f->store, &err_));
    assert_ok(vault_create(&live, false, &err_));
    st = store_open(&s, f->folder, live, false, &err_);
    assert_true(st == ST_DB_DAMAGED || st == ST_NOSLOT);
    assert_null(s);
    vault_free(&live);
    assert_ok(store_open(&f->store, f->folder, f->vault, false, &err_));
}

static void add_piece(void *ctx, const char *keys)
{
    buf_add(ctx, keys);
}

/* Keys are no change to a record: undo passes them over. With the person they are forgotten. */
static void keys_go_with_the_attempt(void **state)
{
    struct fixture *f = *state;
    struct record person, d;
    struct buf all = BUF_INIT;
    int64_t version;

    record_init(&person, T_PERSON);
    record_set(&person, PERSON_given_name, "Maureen");
    assert_ok(store_put(f->store, &person, NULL, &err_));
    record_init(&d, T_DRILL);
    record_set(&d, DRILL_state, "RUNNING");
    record_set_id(&d, DRILL_person, person.id);
    assert_ok(store_put(f->store, &d, NULL, &err_));
    version = store_version(f->store);
    assert_ok(store_drill_keys_add(f->store, d.id, "one\n", &err_));
    assert_ok(store_drill_keys_add(f->store, d.id, "two\n", &err_));
    assert_int_equal(store_version(f->store), version);
    fixture_reopen(f, false);
    assert_ok(store_drill_keys(f->store, d.id, add_piece, &all, &err_));
    assert_string_equal(buf_text(&all), "one\ntwo\n");
    assert_ok(store_forget(f->store, person.id, &err_));
    buf_clear(&all);
    assert_ok(store_drill_keys(f->store, d.id, add_piece, &all, &err_));
    assert_int_equal(all.len, 0);
    assert_ok(store_verify(f->store, &err_));
    buf_release(&all);
    record_release(&d);
    record_release(&person);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_training_file_keeps_them, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_live_file_refuses_them, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(keys_go_with_the_attempt, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_copied_database_does_not_open, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
