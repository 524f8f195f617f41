/* Who may be in the case file already, asked by another spelling of the name. */
#include "fixture.h"

#include "dolen/store/past.h"

#include "dolen/base/banned.h"

static struct dup_hit hits[10];

static int same(struct store *s, const char *given, const char *family, struct date birth)
{
    struct dup_facts facts = { .given = given, .family = family, .birth = birth };
    int n = -1;

    assert_ok(dup_find(s, &facts, ID_NONE, hits, (int) ARRAY_LEN(hits), &n, &err_));
    return n;
}

static void born(struct store *s, struct id id, const char *day)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(s, T_PERSON, id, &r, &err_));
    record_set(&r, PERSON_birth_date, day);
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

static const struct date no_day = { 0, 0, 0 };

static void a_name_of_the_same_sound_is_offered_last(void **state)
{
    struct fixture *f = *state;
    struct id sounds = person_add(f->store, "Gwilim", "Jenkyns"), is = person_add(f->store, "Gwilym", "Jenkins");

    person_add(f->store, "Gwen", "Jenkins");
    born(f->store, is, "1950-02-03");
    assert_int_equal(same(f->store, "Gwilym", "Jenkins", no_day), 2);
    assert_true(id_eq(hits[0].id, is) && hits[0].level == DUP_POSSIBLE);
    assert_true(id_eq(hits[1].id, sounds) && hits[1].level == DUP_SOUNDS);
    assert_int_equal(same(f->store, "Gwylim", "Jenkyns", no_day), 2);
    assert_int_equal(same(f->store, "Gwilim", "Jenkyns", (struct date) { 1950, 2, 3 }), 2);
    assert_true(id_eq(hits[0].id, is) && hits[0].level == DUP_LIKELY);
    assert_int_equal(same(f->store, "Gwylim", "Jenkyns", (struct date) { 1961, 7, 9 }), 1);     /* the day says no */
    assert_true(id_eq(hits[0].id, sounds));
    assert_int_equal(same(f->store, "Gwilym", "", no_day), 0);
}

static void a_sound_goes_with_its_name(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Rhys", "Prys");
    struct record r = { .text = NULL };

    assert_int_equal(same(f->store, "Rees", "Pryce", no_day), 1);
    assert_ok(store_bin(f->store, T_PERSON, id, "twice", &err_));
    assert_int_equal(same(f->store, "Rees", "Pryce", no_day), 0);
    assert_ok(store_unbin(f->store, T_PERSON, id, &err_));
    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    record_set(&r, PERSON_family_name, "Bowen");
    record_set(&r, PERSON_preferred_name, "Siân");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_release(&r);
    assert_int_equal(same(f->store, "Rees", "Pryce", no_day), 0);
    assert_int_equal(same(f->store, "Shan", "Bowenn", no_day), 1);
    assert_ok(store_forget(f->store, id, &err_));
    assert_int_equal(ask(f->store, "SELECT count(*) FROM search_word"), 0);
}

static void an_older_file_is_told_how_its_names_sound(void **state)
{
    struct fixture *f = *state;

    person_add(f->store, "Catrin", "Llwyd");
    assert_ok(db_exec(f->store->db, BACK_TO_VERSION_12, &err_));
    assert_int_equal(same(f->store, "Katryn", "Lwyd", no_day), 0);
    fixture_reopen(f, false);
    assert_int_equal(same(f->store, "Katryn", "Lwyd", no_day), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_name_of_the_same_sound_is_offered_last, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_sound_goes_with_its_name, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(an_older_file_is_told_how_its_names_sound, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
