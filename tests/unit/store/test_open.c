/* Opening and checking: versions, reading only, a foreign schema, copies, large loads, the commit hook. */
#include "fixture.h"

#include "dolen/base/banned.h"

static void a_sound_file_verifies(void **state)
{
    struct fixture *f = *state;

    person_add(f->store, "Mair", "Jones");
    assert_ok(store_verify(f->store, &err_));
}

static void what_is_not_ours_is_found(void **state)
{
    static const struct { const char *spoil, *mend; } foreign[] = {
        { "CREATE TRIGGER spy AFTER INSERT ON person BEGIN DELETE FROM change; END", "DROP TRIGGER spy" },
        { "CREATE VIEW spy AS SELECT * FROM person", "DROP VIEW spy" },
        { "CREATE TABLE search_note_text_spy(x)", "DROP TABLE search_note_text_spy" },
        { "CREATE TABLE spy(x)", "DROP TABLE spy" },
        { "DROP INDEX gap_noted", "CREATE INDEX gap_noted ON gap(noted_on)" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(foreign); i++) {
        assert_ok(db_exec(f->store->db, foreign[i].spoil, &err_));
        assert_int_equal(store_verify(f->store, NULL), ST_DB_DAMAGED);
        assert_ok(db_exec(f->store->db, foreign[i].mend, &err_));
        assert_ok(store_verify(f->store, &err_));
    }
}

static void an_altered_table_is_found(void **state)
{
    struct fixture *f = *state;

    assert_ok(db_begin(f->store->db, &err_));
    assert_ok(db_exec(f->store->db, "ALTER TABLE gap ADD COLUMN spy TEXT", &err_));
    assert_int_equal(schema_compare(f->store, NULL), ST_DB_DAMAGED);
    db_rollback(f->store->db);
    assert_ok(schema_compare(f->store, &err_));
}

/* A file from before offers had places and gaps an end: the columns come in, and the comparison knows the tables as SQLite then has them. */
static void an_older_file_gets_its_columns(void **state)
{
    struct fixture *f = *state;

    struct record ann = { .text = NULL };
    struct id id = person_add(f->store, "Ann", "Powell");
    char *key;

    assert_ok(store_get(f->store, T_PERSON, id, &ann, &err_));
    record_set(&ann, PERSON_preferred_name, "Nansi");
    assert_ok(store_put(f->store, &ann, NULL, &err_));
    key = xstrdup(record_text(&ann, PERSON_sort_key));
    assert_ok(db_exec(f->store->db, BACK_TO_VERSION_12 "; UPDATE person SET sort_key = 'powell ann'", &err_));
    assert_int_equal(schema_compare(f->store, NULL), ST_DB_DAMAGED);
    assert_ok(schema_migrate(f->store, &err_));
    assert_ok(schema_compare(f->store, &err_));
    assert_ok(store_verify(f->store, &err_));
    assert_ok(store_get(f->store, T_PERSON, id, &ann, &err_));
    assert_string_equal(record_text(&ann, PERSON_sort_key), key);       /* sorted by the name that is shown */
    record_release(&ann);
    free(key);
}

static void a_newer_file_is_refused(void **state)
{
    struct fixture *f = *state;
    struct store *s = NULL;

    assert_ok(db_exec(f->store->db, "INSERT INTO schema_version(version, at, app) VALUES (9999, 0, 'later')", &err_));
    assert_ok(store_close(&f->store, &err_));
    assert_int_equal(store_open(&s, f->folder, f->vault, false, &err_), ST_NEWER);
    assert_null(s);
    assert_int_equal(store_open(&s, f->folder, f->vault, true, &err_), ST_NEWER);
    assert_null(s);
}

static void a_file_without_tables_is_not_filled(void **state)
{
    struct fixture *f = *state;
    struct store *s = NULL;
    struct db *db = NULL;
    char *path = path_join(f->folder, "case.db"), *journal = path_join(f->folder, "case.db-journal");

    assert_ok(store_close(&f->store, &err_));
    unlink(path);
    unlink(journal);
    assert_ok(db_open(&db, path, f->vault, DB_CREATE, &err_));
    assert_ok(db_exec(db, "CREATE TABLE other(x)", &err_));
    assert_ok(db_close(&db, &err_));
    assert_int_equal(store_open(&s, f->folder, f->vault, false, &err_), ST_DB_DAMAGED);
    assert_null(s);
    assert_int_equal(store_open(&s, f->folder, f->vault, true, &err_), ST_DB_DAMAGED);
    assert_null(s);
    free(path);
    free(journal);
}

static void reading_only_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Gwen", "Rees"), undone;
    struct record r = { .text = NULL };
    int64_t version = store_version(f->store);
    enum table_id t;

    fixture_reopen(f, true);
    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    record_set(&r, PERSON_phone, "1");
    assert_int_equal(store_put(f->store, &r, NULL, NULL), ST_REFUSED);
    assert_int_equal(store_begin(f->store, NULL), ST_REFUSED);
    assert_int_equal(store_note(f->store, "person", id, "x", NULL), ST_REFUSED);
    assert_int_equal(store_set_setting(f->store, "x", "y", NULL), ST_REFUSED);
    assert_int_equal(store_undo(f->store, &t, &undone, NULL), ST_REFUSED);
    assert_int_equal(store_version(f->store), version);
    record_release(&r);
    fixture_reopen(f, false);
    assert_column(f->store, T_PERSON, id, PERSON_phone, NULL);
}

static void a_damaged_history_can_still_be_read(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Elin", "Puw");
    struct store *s = NULL;

    assert_ok(db_exec(f->store->db, "UPDATE change SET chain = x'00'", &err_));
    assert_ok(store_close(&f->store, &err_));
    assert_int_equal(store_open(&s, f->folder, f->vault, false, &err_), ST_DB_DAMAGED);
    assert_ok(store_open(&f->store, f->folder, f->vault, true, &err_));
    assert_column(f->store, T_PERSON, id, PERSON_given_name, "Elin");
}

static void a_copy_holds_the_same(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Siân", "ap Rhys");
    char *from = path_join(f->folder, "copy.db"), *to = path_join(f->folder, "case.db");

    assert_ok(store_copy_to(f->store, from, &err_));
    assert_ok(store_close(&f->store, &err_));
    assert_int_equal(rename(from, to), 0);
    assert_ok(store_open(&f->store, f->folder, f->vault, false, &err_));
    assert_column(f->store, T_PERSON, id, PERSON_given_name, "Siân");
    assert_ok(store_verify(f->store, &err_));
    free(from);
    free(to);
}

static int64_t heard, times;
static void hear(void *ctx, int64_t version)
{
    (void) ctx;
    heard = version;
    times++;
}

static void the_hook_hears_every_commit(void **state)
{
    struct fixture *f = *state;

    store_on_commit(f->store, hear, NULL);
    person_add(f->store, "Mair", "Jones");
    assert_int_equal(heard, store_version(f->store));
    assert_ok(store_begin(f->store, &err_));
    person_add(f->store, "Mair", "Huws");
    person_add(f->store, "Mair", "Puw");
    assert_int_equal(times, 1);
    assert_ok(store_commit(f->store, &err_));
    assert_int_equal(times, 2);
    assert_int_equal(heard, store_version(f->store));
}

static void a_large_load_is_one_step(void **state)
{
    struct fixture *f = *state;
    struct hit hits[8];
    int n = 0;

    times = 0;
    store_on_commit(f->store, hear, NULL);
    assert_ok(store_bulk_begin(f->store, &err_));
    for (int i = 0; i < 300; i++)
        person_add(f->store, i == 150 ? "Angharad" : "Mair", "Jones");
    assert_ok(store_bulk_end(f->store, &err_));
    assert_int_equal(times, 1);
    assert_int_equal(store_version(f->store), 300);
    assert_ok(store_search(f->store, "angharad", 1 << HIT_PERSON, hits, 8, &n, &err_));
    assert_int_equal(n, 1);
    assert_ok(store_verify(f->store, &err_));
}

#define OWN_FILE(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OWN_FILE(a_sound_file_verifies),        OWN_FILE(what_is_not_ours_is_found),
        OWN_FILE(an_altered_table_is_found), OWN_FILE(an_older_file_gets_its_columns),    OWN_FILE(a_newer_file_is_refused),
        OWN_FILE(a_file_without_tables_is_not_filled), OWN_FILE(reading_only_changes_nothing),
        OWN_FILE(a_damaged_history_can_still_be_read), OWN_FILE(a_copy_holds_the_same),
        OWN_FILE(the_hook_hears_every_commit),
        OWN_FILE(a_large_load_is_one_step),
    };

    return cmocka_run_group_tests_name("store: opening", tests, NULL, NULL);
}
