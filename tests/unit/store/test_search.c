/* The search box: what is found, in which order, what is not shown, and that it stays right when records change. */
#include "fixture.h"

#include "dolen/core/safe.h"
#include "store/search_priv.h"

#include "dolen/base/banned.h"

#define PEOPLE (1u << HIT_PERSON)
#define ASSETS (1u << HIT_ASSET)
#define NOTES  (1u << HIT_NOTE)

static struct hit hits[60];

static int search(struct store *s, const char *typed, unsigned which, int limit)
{
    int n = -1;

    assert_ok(store_search(s, typed, which, hits, limit, &n, &err_));
    assert_true(n >= 0 && n <= limit);
    return n;
}

static bool among(int n, struct id id)
{
    for (int i = 0; i < n; i++)
        if (id_eq(hits[i].id, id))
            return true;
    return false;
}

static void assert_finds(struct store *s, const char *typed, struct id id)
{
    int n = search(s, typed, PEOPLE, 50);

    if (!among(n, id))
        fail_msg("\"%s\" does not find the person", typed);
}

static void assert_not(struct store *s, const char *typed, struct id id)
{
    if (among(search(s, typed, PEOPLE, 50), id))
        fail_msg("\"%s\" finds the person", typed);
}

static struct id detailed(struct store *s)
{
    struct record r;
    struct id id;

    record_init(&r, T_PERSON);
    record_set(&r, PERSON_given_name, "Gwenllïan");
    record_set(&r, PERSON_family_name, "O'Brien");
    record_set(&r, PERSON_preferred_name, "Gwenno");
    record_set(&r, PERSON_also_known_as, "Nyrs Tŷ");
    record_set(&r, PERSON_postcode, "SA1 1AA");
    record_set(&r, PERSON_phone, "029 2018 0123");
    record_set(&r, PERSON_phone2, "07700 900456");
    record_set(&r, PERSON_nhs_number, "9990000018");
    assert_ok(store_put(s, &r, NULL, &err_));
    id = r.id;
    record_release(&r);
    return id;
}

static void everything_about_a_person_is_found(void **state)
{
    static const char *const finds[] = {
        "gwen", "GWENLLIAN", "gwenno", "o'brien", "brien", "obrien gwen", "O’Brien", "gwenno br", "br gwenno", "nyrs", "ty", "tŷ",
        "sa11aa", "sa1 1aa", "SA1", "0123", "180123", "029 2018 0123", "+44 29 2018 0123", "900456", "999 000 0018",
        "9990000018", "gwenllian o brien", "brien sa1", "gw br",
    };
    struct fixture *f = *state;
    struct id id = detailed(f->store);

    person_add(f->store, "Alun", "Rees");
    for (size_t i = 0; i < ARRAY_LEN(finds); i++)
        assert_finds(f->store, finds[i], id);
    assert_not(f->store, "gwen rees", id);
    assert_not(f->store, "0999", id);
    assert_int_equal(search(f->store, "", PEOPLE, 50), 0);
    assert_int_equal(search(f->store, " - ", PEOPLE, 50), 0);
}

static void what_met_is_told(void **state)
{
    static const struct { const char *typed; enum hit_met met; const char *text; bool exact; } wanted[] = {
        { "gwenno", MET_SHOWN, "", false }, { "obrien", MET_SHOWN, "", false }, { "gwenno o'brien", MET_SHOWN, "", true },
        { "Gwenllian", MET_GIVEN_NAME, "Gwenllïan", false }, { "gwenllian o brien", MET_GIVEN_NAME, "Gwenllïan", true },
        { "O’BRIEN, gwenllian", MET_GIVEN_NAME, "Gwenllïan", true }, { "gwenlian", MET_GIVEN_NAME, "Gwenllïan", false },
        { "gwenna", MET_SHOWN, "", false },
        { "ty", MET_OTHER_NAME, "Nyrs Tŷ", false }, { "nyrs ty", MET_OTHER_NAME, "Nyrs Tŷ", true },
        { "sa1 1", MET_POSTCODE, "SA1 1AA", false }, { "brien sa1", MET_POSTCODE, "SA1 1AA", false },
        { "0123", MET_PHONE, "029 2018 0123", false }, { "+44 7700 900456", MET_PHONE, "07700 900456", false },
        { "999 000", MET_NHS_NUMBER, "9990000018", false }, { "9990000018", MET_NHS_NUMBER, "9990000018", true },
    };
    struct fixture *f = *state;
    struct id id = detailed(f->store);
    struct record r;

    for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
        assert_int_equal(search(f->store, wanted[i].typed, PEOPLE, 50), 1);
        if (hits[0].met != wanted[i].met || strcmp(hits[0].met_text, wanted[i].text) != 0 || hits[0].exact != wanted[i].exact)
            fail_msg("\"%s\": met %d \"%s\", exact %d", wanted[i].typed, (int) hits[0].met, hits[0].met_text, hits[0].exact);
    }
    record_init(&r, T_PERSON);
    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    record_set(&r, PERSON_safe_contact, "YES");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_release(&r);
    assert_int_equal(search(f->store, "0123", PEOPLE, 50), 1);
    assert_string_equal(hits[0].met_text, SAFE_DOTS);
    assert_int_equal(search(f->store, "sa11", PEOPLE, 50), 1);
    assert_string_equal(hits[0].met_text, SAFE_DOTS);
}

static void an_exact_name_stands_before_longer_ones(void **state)
{
    struct fixture *f = *state;
    struct id exact;

    person_add(f->store, "Ann", "Rees-Davies");
    exact = person_add(f->store, "Ann", "Rees");
    person_add(f->store, "Anna", "Rees");
    assert_int_equal(search(f->store, "ann rees", PEOPLE, 50), 3);
    assert_true(id_eq(hits[0].id, exact) && hits[0].exact && !hits[1].exact && !hits[2].exact);
    assert_int_equal(search(f->store, "rees", PEOPLE, 50), 3);
    assert_false(hits[0].exact || hits[1].exact || hits[2].exact);      /* half of a name */
}

static void hits_come_in_the_order_of_names(void **state)
{
    struct fixture *f = *state;

    person_add(f->store, "Siân", "Williams");
    person_add(f->store, "Sian", "Ddu");
    person_add(f->store, "Sián", "Davies");
    assert_int_equal(search(f->store, "sian", PEOPLE, 50), 3);
    assert_string_equal(hits[0].text, "Sián Davies");
    assert_string_equal(hits[1].text, "Sian Ddu");
    assert_string_equal(hits[2].text, "Siân Williams");
    assert_false(hits[0].slip);
    assert_int_equal(search(f->store, "sian", PEOPLE, 2), 2);
}

static void one_slip_is_forgiven(void **state)
{
    static const char *const slips[] = { "grifiths", "griffths", "grifftihs", "griffithz", "griffoths", "xgriffiths", "girffiths" };
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Dafydd", "Griffiths");

    for (int i = 0; i < 50; i++)
        person_add(f->store, "Rhian", "Parry");
    for (size_t i = 0; i < ARRAY_LEN(slips); i++) {
        int n = search(f->store, slips[i], PEOPLE, 50);

        if (!among(n, id) || !hits[0].slip)
            fail_msg("\"%s\" is not forgiven", slips[i]);
    }
    assert_finds(f->store, "dafidd griffiths", id);
    assert_finds(f->store, "griffiths dafidd", id);
    assert_not(f->store, "grffths", id);
    assert_not(f->store, "dfy", id);
}

static void exact_hits_stand_before_forgiven_ones(void **state)
{
    struct fixture *f = *state;
    struct id exact = person_add(f->store, "Zoe", "Evens"), near = person_add(f->store, "Adam", "Evans");

    assert_int_equal(search(f->store, "evens", PEOPLE, 50), 2);
    assert_true(id_eq(hits[0].id, exact) && !hits[0].slip);
    assert_true(id_eq(hits[1].id, near) && hits[1].slip);
    assert_int_equal(search(f->store, "evens", PEOPLE, 1), 1);
    assert_true(id_eq(hits[0].id, exact));
}

static void a_changed_name_is_found_by_the_new_one_alone(void **state)
{
    struct fixture *f = *state;
    struct id id = person_add(f->store, "Nia", "Bowen");
    struct record r = { .text = NULL };

    assert_ok(store_get(f->store, T_PERSON, id, &r, &err_));
    record_set(&r, PERSON_family_name, "Pugh");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_release(&r);
    assert_not(f->store, "bowen", id);
    assert_finds(f->store, "pugh", id);
    assert_ok(store_bin(f->store, T_PERSON, id, "test", &err_));
    assert_not(f->store, "pugh", id);
    assert_ok(store_unbin(f->store, T_PERSON, id, &err_));
    assert_finds(f->store, "pugh", id);
    assert_ok(search_rebuild(f->store, &err_));
    assert_finds(f->store, "pugh", id);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM search_word WHERE word < '~'"), 2);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM search_word WHERE word >= '~'"), 1);     /* how it sounds */
}

static void notes_and_assets_are_found_by_their_words(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    struct id note = row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "Mae hi'n hoffi garddio wrth yr afon.");
    struct id goal = row_add(f->store, T_GOAL, "person", person, GOAL_goal, "Grow tomatoes in the community garden");
    struct record asset;

    row_add(f->store, T_CONCERN, "person", person, CONCERN_what_seen, "garddio");
    record_init(&asset, T_ASSET);
    record_set(&asset, ASSET_name_en, "Riverside garden group");
    record_set(&asset, ASSET_name_cy, "Grŵp garddio Glan yr Afon");
    assert_ok(store_put(f->store, &asset, NULL, &err_));

    assert_int_equal(search(f->store, "gardd", NOTES, 50), 1);
    assert_true(id_eq(hits[0].id, note) && id_eq(hits[0].person, person) && hits[0].kind == HIT_NOTE);
    assert_non_null(strstr(hits[0].text, "garddio"));
    assert_int_equal(search(f->store, "tomat garden", NOTES, 50), 1);
    assert_true(id_eq(hits[0].id, goal));
    assert_int_equal(search(f->store, "grwp glan", ASSETS, 50), 1);
    assert_true(id_eq(hits[0].id, asset.id));
    assert_string_equal(hits[0].text, "Riverside garden group");
    assert_int_equal(search(f->store, "gard", PEOPLE | ASSETS | NOTES, 50), 3);
    assert_int_equal(search(f->store, "zz\"top* OR", NOTES | ASSETS, 50), 0);

    assert_ok(store_bin(f->store, T_CONTACT, note, "test", &err_));
    assert_int_equal(search(f->store, "garddio", NOTES, 50), 0);
    assert_ok(store_bin(f->store, T_PERSON, person, "test", &err_));
    assert_int_equal(search(f->store, "tomatoes", NOTES, 50), 0);
    assert_ok(search_scrub(f->store, &err_));
    record_release(&asset);
}

static void a_protected_person_shows_a_name_and_nothing_else(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    struct record r = { .text = NULL };

    row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "Staying at 4 Harbour Row, ring 07700 900123");
    assert_ok(store_get(f->store, T_PERSON, person, &r, &err_));
    record_set(&r, PERSON_safe_contact, "YES");
    record_set(&r, PERSON_phone, "07700 900123");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_release(&r);
    assert_int_equal(search(f->store, "harbour", NOTES, 50), 1);
    assert_string_equal(hits[0].text, "Nia Bowen");
    assert_int_equal(search(f->store, "900123", PEOPLE, 50), 1);
    assert_string_equal(hits[0].text, "Nia Bowen");
}

static void full_text_is_consistent_after_changes(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    struct id note = row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "first words");
    struct record r = { .text = NULL };

    assert_ok(store_get(f->store, T_CONTACT, note, &r, &err_));
    record_set(&r, CONTACT_note, "other text");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_release(&r);
    assert_int_equal(search(f->store, "first", NOTES, 50), 0);
    assert_int_equal(search(f->store, "other", NOTES, 50), 1);
    assert_ok(db_exec(f->store->db, "INSERT INTO search_note_text(search_note_text) VALUES ('integrity-check')", &err_));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everything_about_a_person_is_found, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_met_is_told, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(an_exact_name_stands_before_longer_ones, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(hits_come_in_the_order_of_names, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(one_slip_is_forgiven, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(exact_hits_stand_before_forgiven_ones, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_changed_name_is_found_by_the_new_one_alone, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(notes_and_assets_are_found_by_their_words, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_protected_person_shows_a_name_and_nothing_else, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(full_text_is_consistent_after_changes, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
