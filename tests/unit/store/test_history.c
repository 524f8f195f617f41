/* History: the chain and what breaks it, undo and its conflicts, notes and settings. */
#include "fixture.h"

#include "dolen/base/banned.h"

static void the_chain_survives_closing(void **state)
{
    struct fixture *f = *state;
    int64_t version;

    person_add(f->store, "Mair", "Jones");
    assert_ok(store_verify_history(f->store, &err_));
    version = store_version(f->store);
    fixture_reopen(f, false);
    assert_int_equal(store_version(f->store), version);
    person_add(f->store, "Siân", "Jones");
    assert_int_equal(store_version(f->store), version + 1);
    assert_ok(store_verify_history(f->store, &err_));
}

/* Each is done behind the history's back, seen, and put right again. */
static void tampering_shows(void **state)
{
    static const struct { const char *spoil, *mend; } tampered[] = {
        { "UPDATE change SET body = replace(body, 'Mair', 'Mali') WHERE seq = 1",
          "UPDATE change SET body = replace(body, 'Mali', 'Mair') WHERE seq = 1" },
        { "UPDATE change SET why = 'because' WHERE seq = 1", "UPDATE change SET why = NULL WHERE seq = 1" },
        { "UPDATE change SET at = at + 1 WHERE seq = 2", "UPDATE change SET at = at - 1 WHERE seq = 2" },
        { "UPDATE change SET undoes = 1 WHERE seq = 2", "UPDATE change SET undoes = NULL WHERE seq = 2" },
        { "UPDATE change SET entity = 'asset' WHERE seq = 2", "UPDATE change SET entity = 'person' WHERE seq = 2" },
        { "UPDATE change SET seq = 1000000 WHERE seq = 2", "UPDATE change SET seq = 2 WHERE seq = 1000000" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(tampered); i++) {
        assert_ok(db_exec(f->store->db, tampered[i].spoil, &err_));
        assert_int_equal(store_verify_history(f->store, &err_), ST_DB_DAMAGED);
        assert_ok(db_exec(f->store->db, tampered[i].mend, &err_));
        assert_ok(store_verify_history(f->store, &err_));
    }
}

static void the_newest_changes_cannot_be_cut_off(void **state)
{
    struct fixture *f = *state;

    assert_ok(db_begin(f->store->db, &err_));
    assert_ok(db_exec(f->store->db, "DELETE FROM change WHERE seq = (SELECT max(seq) FROM change)", &err_));
    assert_int_equal(store_verify_history(f->store, NULL), ST_DB_DAMAGED);
    db_rollback(f->store->db);
    assert_ok(store_verify_history(f->store, &err_));
}

static void a_forgotten_body_keeps_its_place(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "To be", "Forgotten");
    struct stmt *q = NULL;
    struct change_row c;
    int n;

    assert_ok(db_use(f->store->db, &q, "UPDATE change SET body = NULL, nonce = NULL WHERE entity_id = ?1", &err_));
    stmt_bind_id(q, 1, id);
    assert_ok(stmt_run(q, &err_));
    assert_ok(store_verify_history(f->store, &err_));
    assert_ok(store_changes(f->store, id, 0, 1, &c, &n, &err_));
    assert_int_equal(n, 1);
    assert_null(c.body);
    change_row_release(&c);
}

static void undo_goes_back_step_by_step(void **state)
{
    struct fixture *f = *state;
    struct id id, undone;
    struct record r = { .text = NULL };
    enum table_id t;

    fixture_reopen(f, false);
    id = person_add(f->store, "Alun", "Pugh");
    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    record_set(&r, PERSON_family_name, "Puw");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_set(&r, PERSON_phone, "029 2018 0999");
    assert_ok(store_put(f->store, &r, NULL, &err_));

    assert_ok(store_undo(f->store, &t, &undone, &err_));
    assert_int_equal(t, T_PERSON);
    assert_true(id_eq(undone, id));
    assert_column(f->store, T_PERSON, id, PERSON_phone, NULL);
    assert_column(f->store, T_PERSON, id, PERSON_family_name, "Puw");
    assert_ok(store_undo(f->store, &t, &undone, &err_));
    assert_column(f->store, T_PERSON, id, PERSON_family_name, "Pugh");
    assert_ok(store_undo(f->store, &t, &undone, &err_));
    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    assert_true(r.binned);
    assert_int_equal(store_undo(f->store, &t, &undone, NULL), ST_NOTFOUND);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM change WHERE undoes IS NOT NULL"), 3);
    assert_ok(store_verify_history(f->store, &err_));
    record_release(&r);
}

/* Closing an episode also ends its tasks: one "undo" opens all of it again. */
static void undo_takes_back_a_whole_transaction(void **state)
{
    struct fixture *f = *state;
    struct id id, undone;
    struct record r = { .text = NULL };
    struct records tasks = { NULL, 0, 0 };
    struct extent would;
    enum table_id t;
    int64_t before;

    fixture_reopen(f, false);
    id = person_add(f->store, "Mair", "Bowen");
    before = store_version(f->store);
    assert_ok(store_begin(f->store, &err_));
    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    record_set(&r, PERSON_family_name, "Owen");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_ok(store_task_add(f->store, "FOLLOW_UP", (struct date) { 2026, 3, 1 }, id, ID_NONE, id, NULL, &err_));
    store_extent_since(f->store, before, &would);
    assert_int_equal(would.records, 2);
    assert_ok(store_commit(f->store, &err_));

    store_undo_extent(f->store, &would);
    assert_int_equal(would.records, 2);
    assert_int_equal(would.per[T_PERSON], 1);
    assert_int_equal(would.per[T_TASK], 1);
    assert_ok(store_undo(f->store, &t, &undone, &err_));
    assert_int_equal(t, T_PERSON);
    assert_column(f->store, T_PERSON, id, PERSON_family_name, "Bowen");
    store_undo_extent(f->store, &would);
    assert_int_equal(would.records, 1);                 /* the person, made before */
    assert_ok(store_list(f->store, LIST_TASKS_OF_PERSON, id, 10, &tasks, &err_));
    assert_int_equal(tasks.count, 0);
    assert_ok(store_verify_history(f->store, &err_));
    records_release(&tasks);
    record_release(&r);
}

static void undo_of_a_bin_takes_out(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Ifan", "Prys"), undone;
    struct record r = { .text = NULL };
    enum table_id t;

    assert_ok(store_bin(f->store, T_PERSON, id, "twice", &err_));
    assert_ok(store_undo(f->store, &t, &undone, &err_));
    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    assert_false(r.binned);
    record_release(&r);
}

static void undo_refuses_a_conflict(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Elin", "Huws"), undone;
    struct record r = { .text = NULL };
    enum table_id t;

    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    record_set(&r, PERSON_phone, "1");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    store_author(f->store, id_new());
    record_set(&r, PERSON_phone, "2");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    store_author(f->store, f->author);
    assert_int_equal(store_undo(f->store, &t, &undone, NULL), ST_CONFLICT);
    assert_column(f->store, T_PERSON, id, PERSON_phone, "2");
    record_release(&r);
}

static int64_t newest_change(struct fixture *f, struct id id)
{
    struct change_row c;
    int n;
    int64_t seq;

    assert_ok(store_changes(f->store, id, 0, 1, &c, &n, &err_));
    assert_int_equal(n, 1);
    seq = c.seq;
    change_row_release(&c);
    return seq;
}

static int64_t set_column(struct fixture *f, enum table_id t, struct id id, int column, const char *value)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(f->store, t, id, &r, &err_));
    record_set(&r, column, value);
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_release(&r);
    return newest_change(f, id);
}

static bool in_bin(struct fixture *f, struct id id)
{
    struct record r = { .text = NULL };
    bool binned;

    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    binned = r.binned;
    record_release(&r);
    return binned;
}

/* Field by field: what came since in other fields stays. */
static void an_older_change_goes_back_and_comes_again(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Nerys", "Vaughan");
    int64_t phone = set_column(f, T_PERSON, id, PERSON_phone, "1"), version, back;

    set_column(f, T_PERSON, id, PERSON_family_name, "Fychan");
    fixture_reopen(f, false);
    version = store_version(f->store);
    assert_ok(store_take_back_one(f->store, phone, false, &err_));
    assert_int_equal(store_version(f->store), version);
    assert_column(f->store, T_PERSON, id, PERSON_phone, "1");
    assert_ok(store_take_back_one(f->store, phone, true, &err_));
    assert_column(f->store, T_PERSON, id, PERSON_phone, NULL);
    assert_column(f->store, T_PERSON, id, PERSON_family_name, "Fychan");
    back = newest_change(f, id);
    assert_int_equal(store_take_back_one(f->store, phone, true, NULL), ST_CONFLICT);
    assert_ok(store_take_back_one(f->store, back, true, &err_));
    assert_column(f->store, T_PERSON, id, PERSON_phone, "1");
    assert_ok(store_verify_history(f->store, &err_));
}

static void a_newer_value_is_never_written_over(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Dilys", "Morus");
    int64_t first = set_column(f, T_PERSON, id, PERSON_phone, "1"), version;

    set_column(f, T_PERSON, id, PERSON_phone, "2");
    fixture_reopen(f, false);
    version = store_version(f->store);
    assert_int_equal(store_take_back_one(f->store, first, true, NULL), ST_CONFLICT);
    assert_column(f->store, T_PERSON, id, PERSON_phone, "2");
    assert_int_equal(store_version(f->store), version);
}

static void a_making_goes_to_the_bin_and_a_bin_gives_back(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Huw", "Prosser");
    int64_t made = newest_change(f, id), binned;
    struct bin_row row;
    int n = 0;

    fixture_reopen(f, false);
    assert_ok(store_take_back_one(f->store, made, true, &err_));
    assert_true(in_bin(f, id));
    assert_ok(bin_list(f->store, 0, 0, 1, &row, &n, &err_));
    assert_int_equal(n, 1);
    assert_true(row.why[0]);
    assert_ok(store_take_back_one(f->store, newest_change(f, id), true, &err_));
    assert_false(in_bin(f, id));
    assert_ok(store_bin(f->store, T_PERSON, id, "twice", &err_));
    binned = newest_change(f, id);
    fixture_reopen(f, false);
    assert_int_equal(store_take_back_one(f->store, made, true, NULL), ST_CONFLICT);
    assert_ok(store_take_back_one(f->store, binned, true, &err_));
    assert_false(in_bin(f, id));
}

static void what_has_its_own_way_is_refused(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Gwenno", "Parri");
    struct record r;
    int64_t version;

    assert_ok(store_note(f->store, "person", id, "revealed: phone", &err_));
    assert_int_equal(store_take_back_one(f->store, newest_change(f, id), true, NULL), ST_NOTFOUND);
    record_init(&r, T_CONCERN);
    record_set(&r, CONCERN_person, id_show(id).s);
    assert_ok(store_put(f->store, &r, NULL, &err_));
    version = store_version(f->store);
    assert_int_equal(store_take_back_one(f->store, newest_change(f, r.id), true, NULL), ST_REFUSED);
    record_release(&r);
    record_init(&r, T_CONSENT);
    record_set(&r, CONSENT_person, id_show(id).s);
    assert_ok(store_put(f->store, &r, NULL, &err_));
    store_author(f->store, id_new());
    assert_int_equal(store_take_back_one(f->store, newest_change(f, r.id), true, NULL), ST_REFUSED);
    store_author(f->store, f->author);
    assert_int_equal(store_version(f->store), version + 1);
    assert_ok(store_take_back_one(f->store, newest_change(f, r.id), true, &err_));
    assert_int_equal(store_take_back_one(f->store, 999999, true, NULL), ST_NOTFOUND);
    record_release(&r);
}

static void undo_leaves_earlier_sessions_alone(void **state)
{
    struct fixture *f = *state;
    struct id undone;
    enum table_id t;

    person_add(f->store, "Before", "Closing");
    fixture_reopen(f, false);
    assert_int_equal(store_undo(f->store, &t, &undone, NULL), ST_NOTFOUND);
}

static void notes_and_settings_stand_in_history(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Owain", "Lloyd"), undone;
    int64_t before = store_version(f->store);
    struct change_row c;
    enum table_id t;
    char *value;
    int n;

    assert_ok(store_note(f->store, "person", id, "revealed phone", &err_));
    assert_ok(store_changes(f->store, id, 0, 1, &c, &n, &err_));
    assert_string_equal(c.why, "revealed phone");
    change_row_release(&c);

    assert_null(store_setting(f->store, "lock_after"));
    assert_ok(store_set_setting(f->store, "lock_after", "5", &err_));
    assert_ok(store_set_setting(f->store, "lock_after", "5", &err_));
    value = store_setting(f->store, "lock_after");
    assert_string_equal(value, "5");
    free(value);
    assert_ok(store_set_setting(f->store, "lock_after", NULL, &err_));
    assert_null(store_setting(f->store, "lock_after"));
    assert_int_equal(store_version(f->store), before + 3);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM change WHERE entity = 'setting' AND body <> '{}'"), 0);

    assert_ok(store_undo(f->store, &t, &undone, &err_));
    assert_true(id_eq(undone, id));
}

static void pages_of_history_go_back(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Rhys", "Hopkin");
    struct change_row rows[2];
    int n;

    for (int i = 0; i < 3; i++)
        assert_ok(store_note(f->store, "person", id, "seen", &err_));
    assert_ok(store_changes(f->store, id, 0, 2, rows, &n, &err_));
    assert_int_equal(n, 2);
    assert_true(rows[0].seq > rows[1].seq);
    change_row_release(&rows[0]);
    change_row_release(&rows[1]);
    assert_ok(store_changes(f->store, id, rows[1].seq, 2, rows, &n, &err_));
    assert_int_equal(n, 2);
    assert_string_equal(rows[1].entity, "person");
    assert_non_null(strstr(rows[1].body, "\"id\":[null,"));
    change_row_release(&rows[0]);
    change_row_release(&rows[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chain_survives_closing),     cmocka_unit_test(tampering_shows),
        cmocka_unit_test(the_newest_changes_cannot_be_cut_off), cmocka_unit_test(a_forgotten_body_keeps_its_place),
        cmocka_unit_test(undo_goes_back_step_by_step), cmocka_unit_test(undo_takes_back_a_whole_transaction),    cmocka_unit_test(undo_of_a_bin_takes_out),
        cmocka_unit_test(undo_refuses_a_conflict),        cmocka_unit_test(undo_leaves_earlier_sessions_alone),
        cmocka_unit_test(notes_and_settings_stand_in_history), cmocka_unit_test(pages_of_history_go_back),
        cmocka_unit_test(an_older_change_goes_back_and_comes_again),
        cmocka_unit_test(a_newer_value_is_never_written_over),
        cmocka_unit_test(a_making_goes_to_the_bin_and_a_bin_gives_back),
        cmocka_unit_test(what_has_its_own_way_is_refused),
    };

    return cmocka_run_group_tests_name("store: history", tests, fixture_open, fixture_close);
}
