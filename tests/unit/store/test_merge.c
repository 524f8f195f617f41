/* Two records joined and parted: nothing is lost, the stricter rule wins, a month later each has its own again. */
#include "fixture.h"

#include "store/owned.h"
#include "dolen/store/past.h"

#include "dolen/base/banned.h"

struct two {
    struct id keep, other, episode, contact, referral;
};

static void set(struct store *s, enum table_id t, struct id id, int column, const char *value)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(s, t, id, &r, &err_));
    record_set(&r, column, value);
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

static struct two make_two(struct store *s)
{
    struct two w = { .keep = person_add(s, "Mair", "Jones"), .other = person_add(s, "Gwenllian", "Rees") };

    set(s, T_PERSON, w.keep, PERSON_phone, "029");
    set(s, T_PERSON, w.other, PERSON_phone, "01970");
    set(s, T_PERSON, w.other, PERSON_postcode, "CF99 1NA");
    w.referral = row_add(s, T_REFERRAL, "person", w.other, REFERRAL_received_on, "2026-01-05");
    w.episode = row_add(s, T_EPISODE, "person", w.other, EPISODE_opened_on, "2026-01-08");
    w.contact = row_add(s, T_CONTACT, "person", w.other, CONTACT_note, "Rang");
    set(s, T_CONTACT, w.contact, CONTACT_episode, id_show(w.episode).s);
    return w;
}

static struct id owner(struct store *s, enum table_id t, struct id id)
{
    struct record r = { .text = NULL };
    struct id person;

    assert_ok(store_get(s, t, id, &r, &err_));
    person = record_id(&r, table_column_by_name(t, "person"));
    record_release(&r);
    return person;
}

static int64_t found(struct store *s, const char *typed)
{
    struct hit hit[8];
    int n;

    assert_ok(store_search(s, typed, 1u << HIT_PERSON, hit, 8, &n, &err_));
    return n;
}

/* One row in every table that knows a person, so that a table added later is not forgotten. */
static void everything_that_belongs_to_the_other_moves(void **state)
{
    struct fixture *f = *state;
    struct id keep = person_add(f->store, "Mair", "Jones"), other = person_add(f->store, "Mari", "Jones"), merge;
    struct id made[T_COUNT];
    struct json *told = NULL;
    int64_t tables_with_people = 0;

    for (int t = 0; t < T_COUNT; t++)
        if (table_column_by_name((enum table_id) t, "person") >= 0) {
            struct record r;

            record_init(&r, (enum table_id) t);
            record_set_id(&r, table_column_by_name((enum table_id) t, "person"), other);
            assert_ok(store_put(f->store, &r, NULL, &err_));
            made[t] = r.id;
            record_release(&r);
            tables_with_people++;
        }
    assert_ok(store_merge(f->store, keep, other, &merge, &told, &err_));
    assert_int_equal(json_int(json_get(told, "moved")), tables_with_people);
    json_free(&told);
    for (int t = 0; t < T_COUNT; t++)
        if (table_column_by_name((enum table_id) t, "person") >= 0)
            assert_true(id_eq(owner(f->store, (enum table_id) t, made[t]), keep));
    assert_ok(store_unmerge(f->store, merge, NULL, &err_));
    for (int t = 0; t < T_COUNT; t++)
        if (table_column_by_name((enum table_id) t, "person") >= 0)
            assert_true(id_eq(owner(f->store, (enum table_id) t, made[t]), other));
    assert_ok(store_verify(f->store, &err_));
}

static void the_other_is_hidden_and_not_in_the_bin(void **state)
{
    struct fixture *f = *state;
    struct two w = make_two(f->store);
    struct bin_row rows[4];
    struct counts counts;
    struct id merge;
    int n;

    assert_ok(store_merge(f->store, w.keep, w.other, &merge, NULL, &err_));
    assert_int_equal(found(f->store, "gwenllian"), 1);          /* the kept record, by its other name */
    assert_int_equal(found(f->store, "mair"), 1);
    assert_ok(store_counts(f->store, &counts, &err_));
    assert_int_equal(counts.people, 1);
    assert_ok(bin_list(f->store, 0, 0, 4, rows, &n, &err_));
    assert_int_equal(n, 0);
    assert_int_equal(store_unbin(f->store, T_PERSON, w.other, NULL), ST_REFUSED);
    assert_int_equal(store_merge(f->store, w.keep, w.other, &merge, NULL, NULL), ST_REFUSED);
    assert_int_equal(store_merge(f->store, w.keep, w.keep, &merge, NULL, NULL), ST_REFUSED);
    assert_column(f->store, T_PERSON, w.keep, PERSON_phone, "029");
    assert_column(f->store, T_PERSON, w.keep, PERSON_postcode, "CF99 1NA");
    assert_column(f->store, T_PERSON, w.other, PERSON_phone, "01970");
    assert_ok(store_verify(f->store, &err_));
}

/* Whoever remembers the other name finds the one record there is, until the two are parted. */
static void the_other_name_finds_the_kept_record(void **state)
{
    struct fixture *f = *state;
    struct two w = make_two(f->store);
    struct hit hit[4];
    struct id merge;
    int n;

    set(f->store, T_PERSON, w.keep, PERSON_also_known_as, "Mair Bowen");
    set(f->store, T_PERSON, w.other, PERSON_preferred_name, "Gwen");
    set(f->store, T_PERSON, w.other, PERSON_also_known_as, "mair bowen; Gwen Puw");
    assert_ok(store_merge(f->store, w.keep, w.other, &merge, NULL, &err_));
    assert_column(f->store, T_PERSON, w.keep, PERSON_also_known_as,
                  "Mair Bowen; Gwenllian Rees; Gwen Rees; Gwen Puw");
    for (size_t i = 0; i < 3; i++) {
        static const char *const typed[] = { "gwenllian rees", "gwen pu", "puw gwen" };

        assert_ok(store_search(f->store, typed[i], 1u << HIT_PERSON, hit, 4, &n, &err_));
        assert_int_equal(n, 1);
        assert_true(id_eq(hit[0].id, w.keep));
    }
    assert_ok(store_unmerge(f->store, merge, NULL, &err_));
    assert_column(f->store, T_PERSON, w.keep, PERSON_also_known_as, "Mair Bowen");
    assert_ok(store_search(f->store, "gwenllian", 1u << HIT_PERSON, hit, 4, &n, &err_));
    assert_int_equal(n, 1);
    assert_true(id_eq(hit[0].id, w.other));
}

/* The first of two joinings is parted: the second one's names, and what was typed since, stay. */
static void parting_takes_only_its_own_names_along(void **state)
{
    struct fixture *f = *state;
    struct two w = make_two(f->store);
    struct id third = person_add(f->store, "Nest", "Huws"), same = person_add(f->store, "MAIR", "Jones"), merge, later;

    assert_ok(store_merge(f->store, w.keep, same, &later, NULL, &err_));
    assert_column(f->store, T_PERSON, w.keep, PERSON_also_known_as, NULL);
    assert_ok(store_merge(f->store, w.keep, w.other, &merge, NULL, &err_));
    assert_ok(store_merge(f->store, w.keep, third, &later, NULL, &err_));
    set(f->store, T_PERSON, w.keep, PERSON_also_known_as, "Gwenllian Rees; Nest Huws; Meri");
    assert_ok(store_unmerge(f->store, merge, NULL, &err_));
    assert_column(f->store, T_PERSON, w.keep, PERSON_also_known_as, "Nest Huws; Meri");
    assert_int_equal(found(f->store, "gwenllian"), 1);
    assert_ok(store_verify(f->store, &err_));
}

static void a_month_later_each_has_its_own_again(void **state)
{
    struct fixture *f = *state;
    struct two w = make_two(f->store);
    struct id merge, own, hanging;
    struct json *told = NULL;

    assert_ok(store_merge(f->store, w.keep, w.other, &merge, NULL, &err_));
    fixture_reopen(f, false);
    own = row_add(f->store, T_CONSENT, "person", w.keep, CONSENT_note, "after");
    hanging = row_add(f->store, T_CONTACT, "person", w.keep, CONTACT_note, "after too");
    set(f->store, T_CONTACT, hanging, CONTACT_episode, id_show(w.episode).s);
    set(f->store, T_CONTACT, w.contact, CONTACT_note, "Rang twice");
    assert_ok(store_unmerge(f->store, merge, &told, &err_));
    assert_int_equal(json_int(json_get(told, "moved_back")), 3);
    assert_string_equal(json_get_text(json_at(json_get(told, "added_since"), 0), "id"), id_show(own).s);
    assert_int_equal(json_count(json_get(told, "added_since")), 1);
    assert_string_equal(json_get_text(json_at(json_get(told, "went_along"), 0), "id"), id_show(hanging).s);
    json_free(&told);
    assert_true(id_eq(owner(f->store, T_CONTACT, w.contact), w.other));
    assert_true(id_eq(owner(f->store, T_CONTACT, hanging), w.other));
    assert_true(id_eq(owner(f->store, T_CONSENT, own), w.keep));
    assert_column(f->store, T_CONTACT, w.contact, CONTACT_note, "Rang twice");
    assert_column(f->store, T_PERSON, w.keep, PERSON_postcode, NULL);
    assert_int_equal(found(f->store, "gwenllian"), 1);
    assert_int_equal(store_unmerge(f->store, merge, NULL, NULL), ST_REFUSED);
    assert_ok(store_verify(f->store, &err_));
}

static void the_stricter_rule_wins_and_goes_again(void **state)
{
    struct fixture *f = *state;
    struct two w = make_two(f->store);
    struct json *told = NULL;
    struct id merge;

    set(f->store, T_PERSON, w.keep, PERSON_safe_how, "PHONE TEXT");
    set(f->store, T_PERSON, w.keep, PERSON_safe_message, "YES");
    set(f->store, T_PERSON, w.other, PERSON_safe_contact, "YES");
    set(f->store, T_PERSON, w.other, PERSON_safe_how, "TEXT LETTER");
    set(f->store, T_PERSON, w.other, PERSON_safe_message, "NEUTRAL");
    assert_ok(store_merge(f->store, w.keep, w.other, &merge, &told, &err_));
    assert_int_equal(json_count(json_get(told, "safe_contact")), 3);
    json_free(&told);
    assert_column(f->store, T_PERSON, w.keep, PERSON_safe_contact, "YES");
    assert_column(f->store, T_PERSON, w.keep, PERSON_safe_how, "TEXT");
    assert_column(f->store, T_PERSON, w.keep, PERSON_safe_message, "NEUTRAL");
    set(f->store, T_PERSON, w.keep, PERSON_safe_message, "NO");
    assert_ok(store_unmerge(f->store, merge, NULL, &err_));
    assert_column(f->store, T_PERSON, w.keep, PERSON_safe_contact, NULL);
    assert_column(f->store, T_PERSON, w.keep, PERSON_safe_how, "PHONE TEXT");
    assert_column(f->store, T_PERSON, w.keep, PERSON_safe_message, "NO");       /* changed since */
}

/* What another laptop said of the record that goes aside is as strict as what stood here. */
static void what_two_laptops_have_not_settled_is_kept_strictly(void **state)
{
    struct fixture *f = *state;
    struct two w = make_two(f->store);
    struct record d;
    struct id merge;

    record_init(&d, T_DIFFERENCE);
    record_set_id(&d, DIFFERENCE_person, w.other);
    record_set_id(&d, DIFFERENCE_subject, w.other);
    record_set(&d, DIFFERENCE_entity, "person");
    record_set(&d, DIFFERENCE_field, "do_not_contact");
    record_set(&d, DIFFERENCE_theirs, "\"YES\"");
    assert_ok(store_put(f->store, &d, NULL, &err_));
    record_release(&d);
    assert_ok(store_merge(f->store, w.keep, w.other, &merge, NULL, &err_));
    assert_column(f->store, T_PERSON, w.keep, PERSON_do_not_contact, "YES");
    assert_ok(store_unmerge(f->store, merge, NULL, &err_));
    assert_column(f->store, T_PERSON, w.keep, PERSON_do_not_contact, NULL);
}

static void ways_that_do_not_meet_leave_none(void **state)
{
    struct fixture *f = *state;
    struct two w = make_two(f->store);
    struct id merge;

    set(f->store, T_PERSON, w.keep, PERSON_safe_how, "PHONE");
    set(f->store, T_PERSON, w.other, PERSON_safe_how, "LETTER");
    assert_ok(store_merge(f->store, w.keep, w.other, &merge, NULL, &err_));
    assert_column(f->store, T_PERSON, w.keep, PERSON_do_not_contact, "YES");
}

static void undo_takes_a_merge_back_whole(void **state)
{
    struct fixture *f = *state;
    struct two w = make_two(f->store);
    struct id merge, at, hidden;
    struct record d;
    enum table_id what;

    record_init(&d, T_DRAFT);
    record_set_id(&d, DRAFT_person, w.other);
    record_set_id(&d, DRAFT_record, w.other);
    assert_ok(store_put(f->store, &d, NULL, &err_));
    fixture_reopen(f, false);
    assert_ok(store_merge(f->store, w.keep, w.other, &merge, NULL, &err_));
    assert_ok(store_get(f->store, T_DRAFT, d.id, &d, &err_));
    assert_true(d.binned);
    assert_ok(store_undo(f->store, &what, &at, &err_));
    assert_true(id_eq(owner(f->store, T_CONTACT, w.contact), w.other));
    assert_int_equal(found(f->store, "gwenllian"), 1);
    assert_ok(merge_hiding(f->store, w.other, &hidden, &err_));
    assert_false(id_is_set(hidden));
    assert_ok(store_get(f->store, T_DRAFT, d.id, &d, &err_));
    assert_false(d.binned);
    assert_true(id_eq(record_id(&d, DRAFT_person), w.other));
    assert_int_equal(store_unmerge(f->store, merge, NULL, NULL), ST_REFUSED);
    record_release(&d);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        T(the_other_name_finds_the_kept_record), T(parting_takes_only_its_own_names_along),
        T(everything_that_belongs_to_the_other_moves), T(the_other_is_hidden_and_not_in_the_bin),
        T(a_month_later_each_has_its_own_again), T(the_stricter_rule_wins_and_goes_again),
        T(what_two_laptops_have_not_settled_is_kept_strictly),
        T(ways_that_do_not_meet_leave_none), T(undo_takes_a_merge_back_whole),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
