/* The warehouse made from a data set: what reports and the hub rely on in its tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dolen/base/mem.h"
#include "dolen/db/db.h"
#include "dolen/forms/catalog.h"
#include "dolen/report/schema.h"

static struct err err;
static struct catalog *catalog;
static struct wh_schema *schema;

static int setup(void **state)
{
    const struct data_set *d;

    (void) state;
    catalog = catalog_new("forms", NULL);
    d = catalog_data_set(catalog, "provisional-wales", &err);
    if (!d || schema_new(&schema, d, &err) != ST_OK)
        fail_msg("%s", err_text(&err));
    return 0;
}

static int teardown(void **state)
{
    (void) state;
    schema_free(&schema);
    catalog_free(&catalog);
    return 0;
}

static void every_table_is_keyed_by_its_source(void **state)
{
    (void) state;
    assert_int_equal(schema->count, schema->data_set->count);
    for (size_t i = 0; i < schema->count; i++) {
        const struct wh_table *t = &schema->tables[i];

        assert_string_equal(t->columns[t->key[0]].name, "source_id");
        assert_true(t->keys >= 2);
        assert_string_equal(t->columns[t->version].name, "row_version");
    }
}

static void rows_that_can_be_taken_back_have_an_id_of_their_own(void **state)
{
    static const char *const own[][2] = {
        { "episode", "episode_id" }, { "referral", "referral_id" }, { "contact", "contact_id" }, { "goal", "goal_id" },
        { "asset_use", "asset_use_id" }, { "unmet_need", "gap_id" }, { "outcome", "outcome_id" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(own); i++) {
        const struct wh_table *t = schema_table(schema, own[i][0]);

        assert_non_null(t);
        assert_true(t->own_id > 0);
        assert_string_equal(t->columns[t->own_id].name, own[i][1]);
    }
    assert_int_equal(schema_table(schema, "need")->own_id, -1);
    assert_int_equal(schema_table(schema, "capacity")->own_id, -1);
    assert_int_equal(schema_table(schema, "safeguarding")->own_id, -1);
}

static void a_missing_column_stands_where_a_value_can_be_missing(void **state)
{
    const struct wh_table *t = schema_table(schema, "episode");

    (void) state;
    assert_int_equal(schema_column(t, "sex__missing"), schema_column(t, "sex") + 1);
    assert_int_equal(schema_column(t, "episode_id__missing"), -1);
    assert_int_equal(schema_column(schema_table(schema, "need"), "need_code__missing"), -1);
}

static int64_t ask(struct db *d, const char *sql)
{
    int64_t n = -1;

    if (db_ask_int(d, sql, &n, &err) != ST_OK)
        fail_msg("%s", err_text(&err));
    return n;
}

static void it_is_made_in_memory_and_made_again_without_harm(void **state)
{
    struct db *d = NULL;
    struct engine e;

    (void) state;
    assert_int_equal(db_open_memory(&d, &err), ST_OK);
    e = engine_sqlite(d);
    for (int i = 0; i < 2; i++)
        if (schema_make(schema, &e, DIALECT_SQLITE, &err) != ST_OK)
            fail_msg("%s", err_text(&err));
    assert_int_equal(ask(d, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"), (int64_t) schema->count + 5);
    assert_int_equal(ask(d, "SELECT count(*) FROM pragma_database_list WHERE file <> ''"), 0);
    assert_int_equal(db_close(&d, &err), ST_OK);
}

static void an_older_warehouse_gets_the_columns_it_lacks(void **state)
{
    struct db *d = NULL;
    struct engine e;

    (void) state;
    assert_int_equal(db_open_memory(&d, &err), ST_OK);
    e = engine_sqlite(d);
    assert_int_equal(schema_make(schema, &e, DIALECT_SQLITE, &err), ST_OK);
    assert_int_equal(db_exec(d, "INSERT INTO goal (source_id, goal_id, row_version) VALUES (1, x'00', 7); "
                                "ALTER TABLE goal DROP COLUMN goal_state", &err), ST_OK);
    assert_int_equal(schema_extend(schema, &e, DIALECT_SQLITE, &err), ST_OK);
    assert_int_equal(ask(d, "SELECT count(*) FROM goal WHERE goal_state IS NULL AND row_version = 7"), 1);
    assert_int_equal(db_close(&d, &err), ST_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_is_keyed_by_its_source),
        cmocka_unit_test(rows_that_can_be_taken_back_have_an_id_of_their_own),
        cmocka_unit_test(a_missing_column_stands_where_a_value_can_be_missing),
        cmocka_unit_test(it_is_made_in_memory_and_made_again_without_harm),
        cmocka_unit_test(an_older_warehouse_gets_the_columns_it_lacks),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
