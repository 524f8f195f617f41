/* Records: put, get, change, bin, transactions, lists, and the schema against the lists of tables.h. */
#include "fixture.h"

#include "dolen/base/banned.h"

static void every_column_is_registered(void **state)
{
    static const char *const common[] = { "row_no", "id", "created_at", "created_by", "updated_at", "updated_by",
                                          "last_change", "binned_at", "bin_reason" };
    static const char *const types[] = { "TEXT", "INTEGER", "TEXT", "TEXT", "TEXT", "BLOB" };
    struct fixture *f = *state;

    for (int t = 0; t < T_COUNT; t++) {
        struct stmt *q = NULL;
        bool row = false;
        int found = 0;

        assert_ok(db_use(f->store->db, &q, "SELECT name, type FROM pragma_table_info(?1)", &err_));
        stmt_bind_text(q, 1, table_name((enum table_id) t));
        while (stmt_step(q, &row, NULL) == ST_OK && row) {
            int c = table_column_by_name((enum table_id) t, stmt_text(q, 0));
            bool known = c >= 0;

            if (known)
                assert_string_equal(stmt_text(q, 1), types[tables[t].columns[c].type]);
            for (size_t i = 0; i < ARRAY_LEN(common); i++)
                known |= str_eq(common[i], stmt_text(q, 0));
            if (!known)
                fail_msg("%s.%s is not in tables.h", table_name((enum table_id) t), stmt_text(q, 0));
            found++;
        }
        stmt_done(q);
        assert_int_equal(found, table_column_count((enum table_id) t) + (int) ARRAY_LEN(common));
    }
}

/* Put, changed, binned, taken back: the row names the newest row of its history each time. */
static void a_record_knows_its_newest_change(void **state)
{
    static const char sql[] = "SELECT last_change = (SELECT max(seq) FROM change WHERE entity_id = person.id) FROM person";
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), id;
    struct record r = { .text = NULL };
    enum table_id what;
    int64_t same = 0;

    assert_ok(db_ask_int(f->store->db, sql, &same, &err_));
    assert_int_equal(same, 1);
    assert_ok(store_get(f->store, T_PERSON, person, &r, &err_));
    record_set(&r, PERSON_postcode, "CF10 1AA");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_ok(store_bin(f->store, T_PERSON, person, "twice", &err_));
    assert_ok(db_ask_int(f->store->db, sql, &same, &err_));
    assert_int_equal(same, 1);
    assert_ok(store_undo(f->store, &what, &id, &err_));
    assert_ok(db_ask_int(f->store->db, sql, &same, &err_));
    assert_int_equal(same, 1);
    record_release(&r);
}

static void every_table_keeps_every_column(void **state)
{
    struct fixture *f = *state;
    struct id self = id_new();

    for (int t = 0; t < T_COUNT; t++) {
        struct record r, back = { .text = NULL };

        record_init(&r, (enum table_id) t);
        for (int c = 0; c < tables[t].count; c++) {
            enum column_type type = tables[t].columns[c].type;

            if (type == COL_ID && !str_eq(tables[t].columns[c].name, "subject") && !str_eq(tables[t].columns[c].name, "record"))
                continue;
            record_set(&r, c, type == COL_INT ? "7" : type == COL_DATE ? "2026-02-03" : type == COL_ID ? id_show(self).s : "ŵy");
        }
        assert_ok(store_put(f->store, &r, NULL, &err_));
        assert_ok(store_get(f->store, (enum table_id) t, r.id, &back, &err_));
        for (int c = 0; c < tables[t].count; c++)
            assert_true(str_eq(r.text[c], back.text[c]));
        record_release(&r);
        record_release(&back);
    }
}

static void a_change_writes_what_differs(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Mair", "Jones");
    struct record r = { .text = NULL };
    int64_t before = store_version(f->store);
    struct change_row c;
    int n;

    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_int_equal(store_version(f->store), before);

    record_set(&r, PERSON_preferred_name, "Mags");
    record_set_date(&r, PERSON_birth_date, (struct date) { 1950, 1, 31 });
    assert_ok(store_put(f->store, &r, "asked", &err_));
    assert_int_equal(store_version(f->store), before + 1);
    assert_column(f->store, T_PERSON, id, PERSON_preferred_name, "Mags");
    assert_column(f->store, T_PERSON, id, PERSON_given_name, "Mair");

    assert_ok(store_changes(f->store, id, 0, 1, &c, &n, &err_));
    assert_int_equal(n, 1);
    assert_string_equal(c.why, "asked");
    assert_true(id_eq(c.by, f->author));
    assert_string_equal(c.body, "{\"preferred_name\":[null,\"Mags\"],\"birth_date\":[null,\"1950-01-31\"]}");
    change_row_release(&c);
    record_release(&r);
}

static void values_that_do_not_fit_are_refused(void **state)
{
    static const struct { enum table_id t; int column; const char *text; } bad[] = {
        { T_CONTACT, CONTACT_minutes, "ten" }, { T_CONTACT, CONTACT_minutes, "2.5" }, { T_CONTACT, CONTACT_held_on, "3 Feb" },
        { T_CONTACT, CONTACT_person, "nobody" }, { T_CONTACT, CONTACT_note, "\xff\xfe" },
    };
    struct fixture *f = *state;
    int64_t before = store_version(f->store);

    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct record r;

        record_init(&r, bad[i].t);
        record_set(&r, bad[i].column, bad[i].text);
        assert_int_equal(store_put(f->store, &r, NULL, NULL), ST_INVALID);
        assert_false(id_is_set(r.id));
        record_release(&r);
    }
    assert_int_equal(store_version(f->store), before);
}

static void an_owner_must_exist(void **state)
{
    struct fixture *f = *state;
    int64_t before = store_version(f->store), rows = ask(f->store, "SELECT count(*) FROM contact");
    struct record r;

    record_init(&r, T_CONTACT);
    record_set_id(&r, CONTACT_person, id_new());
    assert_int_not_equal(store_put(f->store, &r, NULL, NULL), ST_OK);
    assert_int_equal(store_version(f->store), before);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM contact"), rows);
    record_release(&r);
}

static void the_bin_and_back(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Gwen", "Rees");
    struct records list;
    struct record r = { .text = NULL };
    struct id ref = row_add(f->store, T_REFERRAL, "person", id, REFERRAL_received_on, "2026-01-02");

    assert_ok(store_bin(f->store, T_REFERRAL, ref, "twice", &err_));
    assert_ok(store_list(f->store, LIST_REFERRALS_OF_PERSON, id, 0, &list, &err_));
    assert_int_equal(list.count, 0);
    records_release(&list);
    assert_ok(store_get(f->store, T_REFERRAL, ref, &r, &err_));
    assert_true(r.binned);
    assert_ok(store_unbin(f->store, T_REFERRAL, ref, &err_));
    assert_ok(store_list(f->store, LIST_REFERRALS_OF_PERSON, id, 0, &list, &err_));
    assert_int_equal(list.count, 1);
    records_release(&list);
    record_release(&r);
    assert_int_equal(store_bin(f->store, T_REFERRAL, id_new(), "x", NULL), ST_NOTFOUND);
}

static void lists_are_in_their_order(void **state)
{
    static const char *const days[] = { "2026-01-02", "2026-03-04", "2026-02-03" };
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Owen");
    struct records list;

    for (size_t i = 0; i < ARRAY_LEN(days); i++)
        row_add(f->store, T_EPISODE, "person", person, EPISODE_opened_on, days[i]);
    assert_ok(store_list(f->store, LIST_EPISODES_OF_PERSON, person, 2, &list, &err_));
    assert_int_equal(list.count, 2);
    assert_string_equal(record_text(&list.items[0], EPISODE_opened_on), "2026-03-04");
    assert_string_equal(record_text(&list.items[1], EPISODE_opened_on), "2026-02-03");
    records_release(&list);
    for (int l = 0; l < LIST_COUNT; l++) {
        assert_ok(store_list(f->store, (enum list_id) l, person, 1, &list, &err_));
        records_release(&list);
    }
}

static void several_changes_are_one(void **state)
{
    struct fixture *f = *state;
    int64_t before = store_version(f->store);
    struct id a;
    struct record r = { .text = NULL };

    assert_ok(store_begin(f->store, &err_));
    a = person_add(f->store, "Not", "Kept");
    store_rollback(f->store);
    assert_int_equal(store_version(f->store), before);
    assert_int_equal(store_get(f->store, T_PERSON, a, &r, NULL), ST_NOTFOUND);

    assert_ok(store_begin(f->store, &err_));
    a = person_add(f->store, "Was", "Kept");
    person_add(f->store, "Also", "Kept");
    assert_ok(store_commit(f->store, &err_));
    assert_int_equal(store_version(f->store), before + 2);
    assert_ok(store_get(f->store, T_PERSON, a, &r, &err_));
    record_release(&r);
}

static void a_failure_spoils_the_whole_step(void **state)
{
    struct fixture *f = *state;
    int64_t before = store_version(f->store);
    struct record r;

    assert_ok(store_begin(f->store, &err_));
    person_add(f->store, "Half", "Done");
    record_init(&r, T_CONTACT);
    record_set_id(&r, CONTACT_person, id_new());
    assert_int_not_equal(store_put(f->store, &r, NULL, NULL), ST_OK);
    record_release(&r);
    assert_int_not_equal(store_commit(f->store, NULL), ST_OK);
    assert_int_equal(store_version(f->store), before);
    person_add(f->store, "Next", "Step");
    assert_int_equal(store_version(f->store), before + 1);
    assert_ok(store_verify_history(f->store, &err_));
}

static void a_draft_leaves_no_history(void **state)
{
    struct fixture *f = *state;
    int64_t before = store_version(f->store);
    struct record r;
    struct records list;

    record_init(&r, T_DRAFT);
    record_set(&r, DRAFT_form, "contact");
    record_set(&r, DRAFT_answers, "{}");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_set(&r, DRAFT_answers, "{\"note\":\"one\"}");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_column(f->store, T_DRAFT, r.id, DRAFT_answers, "{\"note\":\"one\"}");
    assert_int_equal(store_version(f->store), before);
    assert_ok(store_draft_done(f->store, r.id, &err_));
    assert_int_equal(store_get(f->store, T_DRAFT, r.id, &(struct record) { .text = NULL }, NULL), ST_NOTFOUND);
    assert_ok(store_list(f->store, LIST_DRAFTS, ID_NONE, 0, &list, &err_));
    records_release(&list);
    record_release(&r);
}

/* By the name that lists show. */
static void people_sort_by_the_name_that_is_shown(void **state)
{
    struct fixture *f = *state;
    struct record r = { .text = NULL }, other = { .text = NULL };

    assert_ok(store_get(f->store, T_PERSON, person_add(f->store, "Ann", "Powell"), &r, &err_));
    assert_ok(store_get(f->store, T_PERSON, person_add(f->store, "Mair", "Powell"), &other, &err_));
    assert_true(strcmp(record_text(&r, PERSON_sort_key), record_text(&other, PERSON_sort_key)) < 0);
    record_set(&r, PERSON_preferred_name, "Nansi");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_true(strcmp(record_text(&r, PERSON_sort_key), record_text(&other, PERSON_sort_key)) > 0);
    record_release(&r);
    record_release(&other);
}

static void people_sort_in_welsh(void **state)
{
    struct fixture *f = *state;
    struct record r = { .text = NULL }, other = { .text = NULL };

    assert_ok(store_get(f->store, T_PERSON, person_add(f->store, "Ann", "Llwyd"), &r, &err_));
    assert_ok(store_get(f->store, T_PERSON, person_add(f->store, "Ann", "Lywelyn"), &other, &err_));
    assert_true(strcmp(record_text(&r, PERSON_sort_key), record_text(&other, PERSON_sort_key)) > 0);
    record_set(&r, PERSON_family_name, "Adams");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_true(strcmp(record_text(&r, PERSON_sort_key), record_text(&other, PERSON_sort_key)) < 0);
    record_release(&r);
    record_release(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_is_registered),     cmocka_unit_test(a_record_knows_its_newest_change),
        cmocka_unit_test(every_table_keeps_every_column),
        cmocka_unit_test(a_change_writes_what_differs),   cmocka_unit_test(values_that_do_not_fit_are_refused),
        cmocka_unit_test(an_owner_must_exist),            cmocka_unit_test(the_bin_and_back),
        cmocka_unit_test(lists_are_in_their_order),       cmocka_unit_test(several_changes_are_one),
        cmocka_unit_test(a_failure_spoils_the_whole_step), cmocka_unit_test(a_draft_leaves_no_history),
        cmocka_unit_test(people_sort_in_welsh),
        cmocka_unit_test(people_sort_by_the_name_that_is_shown),
    };

    return cmocka_run_group_tests_name("store: records", tests, fixture_open, fixture_close);
}
