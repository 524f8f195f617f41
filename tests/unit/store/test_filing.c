/* Filed forms: columns, answer rows, missing states, pinned definitions, two forms on one record; tasks. */
#include "fixture.h"

#include "fix_answers.h"
#include "dolen/base/banned.h"

#define HASH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static struct filing filing(const char *form, enum table_id binds, const struct answers *a)
{
    return (struct filing) { .form = form, .version = 2, .binds = binds, .hash = HASH_A, .yaml = "form: x\n",
                             .yaml_bytes = 8, .answers = a };
}

static void a_bound_form_fills_columns(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Mair", "Jones");
    struct answers a = ANSWERS_INIT, back = ANSWERS_INIT;
    struct filing x = filing("contact", T_CONTACT, &a);
    struct record r = { .text = NULL };

    answers_set(&a, "held_on", 0, "2026-02-03");
    answers_set(&a, "minutes", 0, "25");
    answers_set_missing(&a, "note", 0, MISSING_PREFER_NOT);
    answers_set(&a, "of_our_own", 0, "Ie");
    answers_set(&a, "person", 0, "not an id");
    x.person = person;
    assert_ok(store_file(f->store, &x, &err_));
    assert_true(id_is_set(x.id));
    assert_ok(store_get(f->store, T_CONTACT, x.id, &r, &err_));
    assert_true(id_eq(record_id(&r, CONTACT_person), person));
    assert_int_equal(record_int(&r, CONTACT_minutes, 0), 25);
    assert_string_equal(record_text(&r, CONTACT_missing), "note:PNTS");
    assert_string_equal(record_text(&r, CONTACT_form_def), "contact:" HASH_A);
    assert_int_equal(record_missing(&r, "note"), MISSING_PREFER_NOT);
    assert_int_equal(record_missing(&r, "kind"), MISSING_NOT_REACHED);
    assert_int_equal(record_missing(&r, "minutes"), MISSING_NONE);

    assert_ok(store_answers(f->store, T_CONTACT, x.id, &back, &err_));
    assert_true(answers_equal(&a, &back));
    answers_release(&a);
    answers_release(&back);
    record_release(&r);
}

static void two_forms_share_a_record(void **state)
{
    static const char *const language_asks[] = { "speak_language", "write_language" };
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Gwenllian", "Rees");
    struct answers a = ANSWERS_INIT;
    struct filing x = filing("language", T_PERSON, &a);

    x.id = person;
    x.questions = language_asks;
    x.question_count = ARRAY_LEN(language_asks);
    answers_set(&a, "speak_language", 0, "CY");
    answers_set_missing(&a, "write_language", 0, MISSING_NOT_KNOWN);
    assert_ok(store_file(f->store, &x, &err_));
    assert_column(f->store, T_PERSON, person, PERSON_given_name, "Gwenllian");
    assert_column(f->store, T_PERSON, person, PERSON_missing, "write_language:NK");

    answers_remove(&a, "speak_language", 0);
    answers_set(&a, "write_language", 0, "EN");
    x.hash = HASH_B;
    assert_ok(store_file(f->store, &x, &err_));
    assert_column(f->store, T_PERSON, person, PERSON_speak_language, NULL);
    assert_column(f->store, T_PERSON, person, PERSON_write_language, "EN");
    assert_column(f->store, T_PERSON, person, PERSON_missing, NULL);
    assert_column(f->store, T_PERSON, person, PERSON_form_def, "language:" HASH_B);
    assert_column(f->store, T_PERSON, person, PERSON_given_name, "Gwenllian");

    x.form = "person";
    x.questions = NULL;
    answers_release(&a);
    assert_ok(store_file(f->store, &x, &err_));
    assert_column(f->store, T_PERSON, person, PERSON_write_language, "EN");
    assert_column(f->store, T_PERSON, person, PERSON_form_def, "language:" HASH_B " person:" HASH_B);
    answers_release(&a);
}

static void a_response_keeps_answer_rows(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Alun", "Pugh");
    struct answers a = ANSWERS_INIT, back = ANSWERS_INIT;
    struct filing x = filing("plan", T_COUNT, &a);
    struct record r = { .text = NULL };

    x.person = person;
    x.stage = "BASELINE";
    x.held_on = (struct date) { 2026, 2, 3 };
    answers_set(&a, "worries", 0, "Cwmni");
    answers_set(&a, "goal", 1, "Cerdded");
    answers_set(&a, "goal", 2, "Canu");
    answers_set_missing(&a, "rating", 2, MISSING_NO_ANSWER);
    assert_ok(store_file(f->store, &x, &err_));
    assert_ok(store_answers(f->store, T_RESPONSE, x.id, &back, &err_));
    assert_true(answers_equal(&a, &back));
    answers_release(&back);

    answers_remove(&a, "goal", 2);
    answers_set(&a, "rating", 2, "4");
    assert_ok(store_file(f->store, &x, &err_));
    assert_ok(store_answers(f->store, T_RESPONSE, x.id, &back, &err_));
    assert_true(answers_equal(&a, &back));

    assert_ok(store_response(f->store, "plan", "BASELINE", person, ID_NONE, &r, &err_));
    assert_true(id_eq(r.id, x.id));
    assert_ok(store_response(f->store, "plan", NULL, person, ID_NONE, &r, &err_));
    assert_int_equal(store_response(f->store, "plan", "REVIEW", person, ID_NONE, &r, NULL), ST_NOTFOUND);
    record_release(&r);
    answers_release(&a);
    answers_release(&back);
}

static void undo_restores_answers(void **state)
{
    struct fixture *f = *state;
    struct answers first = ANSWERS_INIT, second = ANSWERS_INIT, back = ANSWERS_INIT;
    struct filing x = filing("conversation", T_COUNT, &first);
    struct id undone;
    enum table_id t;

    x.person = person_add(f->store, "Ifan", "Prys");
    answers_set(&first, "matters", 0, "Y teulu");
    answers_set_missing(&first, "sleep", 0, MISSING_NOT_KNOWN);
    answers_set(&first, "step", 1, "Ffonio");
    assert_ok(store_file(f->store, &x, &err_));
    answers_set(&second, "matters", 0, "Y côr");
    answers_set(&second, "sleep", 0, "Gwael");
    answers_set_missing(&second, "pain", 0, MISSING_PREFER_NOT);
    x.answers = &second;
    assert_ok(store_file(f->store, &x, &err_));
    assert_ok(store_undo(f->store, &t, &undone, &err_));
    assert_int_equal(t, T_RESPONSE);
    assert_ok(store_answers(f->store, T_RESPONSE, x.id, &back, &err_));
    assert_true(answers_equal(&first, &back));
    answers_release(&first);
    answers_release(&second);
    answers_release(&back);
}

static void nothing_new_files_nothing(void **state)
{
    struct fixture *f = *state;
    struct answers a = ANSWERS_INIT;
    struct filing x = filing("contact", T_CONTACT, &a);
    int64_t before;

    x.person = person_add(f->store, "Elin", "Huws");
    answers_set(&a, "note", 0, "Sgwrs");
    answers_set(&a, "extra", 0, "1");
    assert_ok(store_file(f->store, &x, &err_));
    before = store_version(f->store);
    assert_ok(store_file(f->store, &x, &err_));
    assert_int_equal(store_version(f->store), before);
    answers_release(&a);
}

static void a_definition_is_pinned_once(void **state)
{
    struct fixture *f = *state;
    char *yaml = NULL;
    size_t n = 0;

    assert_ok(store_definition(f->store, HASH_A, &yaml, &n, &err_));
    assert_int_equal(n, 8);
    assert_string_equal(yaml, "form: x\n");
    free(yaml);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM form_definition"), 2);
    assert_int_equal(store_definition(f->store, "0", &yaml, &n, NULL), ST_NOTFOUND);
}

static void a_failed_filing_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    struct answers a = ANSWERS_INIT;
    struct filing x = filing("contact", T_CONTACT, &a);
    int64_t rows = ask(f->store, "SELECT count(*) FROM answer"), version = store_version(f->store);

    x.person = id_new();
    answers_set(&a, "extra", 0, "1");
    assert_int_not_equal(store_file(f->store, &x, NULL), ST_OK);
    assert_false(id_is_set(x.id));
    answers_set(&a, "minutes", 0, "many");
    assert_int_equal(store_file(f->store, &x, NULL), ST_INVALID);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM answer"), rows);
    assert_int_equal(store_version(f->store), version);
    answers_release(&a);
}

static void tasks_are_made_and_done(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Owen");
    struct id episode = row_add(f->store, T_EPISODE, "person", person, EPISODE_opened_on, "2026-01-02");
    struct id subject = row_add(f->store, T_CONTACT, "episode", episode, CONTACT_held_on, "2026-01-03");
    struct date due = { 2026, 3, 1 }, on = { 2026, 2, 20 };
    struct records list;

    assert_ok(store_task_add(f->store, "FOLLOW_UP", due, person, episode, subject, "Ffonio", &err_));
    assert_ok(store_task_add(f->store, "REVIEW", due, person, episode, ID_NONE, NULL, &err_));
    assert_ok(store_list(f->store, LIST_TASKS_OF_PERSON, person, 0, &list, &err_));
    assert_int_equal(list.count, 2);
    records_release(&list);

    assert_ok(store_task_done(f->store, "FOLLOW_UP", subject, on, &err_));
    assert_ok(store_list(f->store, LIST_TASKS_OF_PERSON, person, 0, &list, &err_));
    assert_int_equal(list.count, 1);
    assert_string_equal(record_text(&list.items[0], TASK_kind), "REVIEW");
    records_release(&list);
    assert_ok(store_task_done(f->store, "REVIEW", episode, on, &err_));
    assert_ok(store_task_done(f->store, "REVIEW", episode, on, &err_));
    assert_ok(store_list(f->store, LIST_TASKS_OF_PERSON, person, 0, &list, &err_));
    assert_int_equal(list.count, 0);
    records_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bound_form_fills_columns), cmocka_unit_test(two_forms_share_a_record),
        cmocka_unit_test(a_response_keeps_answer_rows), cmocka_unit_test(undo_restores_answers),
        cmocka_unit_test(nothing_new_files_nothing),  cmocka_unit_test(a_definition_is_pinned_once),
        cmocka_unit_test(a_failed_filing_leaves_nothing), cmocka_unit_test(tasks_are_made_and_done),
    };

    return cmocka_run_group_tests_name("store: filing", tests, fixture_open, fixture_close);
}
