/* Two and three laptops that write on their own: what meets, what is asked, and that nothing is lost without a word. */
#include "fixture.h"

#include "dolen/base/date.h"
#include "dolen/base/json.h"
#include "dolen/core/excerpt.h"
#include "dolen/store/carry.h"
#include "dolen/store/past.h"
#include "store/carry_priv.h"

#include "dolen/base/banned.h"

#define LAPTOPS 3

struct laptop {
    struct fixture *f;
    struct store   *s;
    char            source[40];
};
struct world {
    struct laptop l[LAPTOPS];
    struct id     person;
};

static int open_world(void **state)
{
    struct world *w = xcalloc(1, sizeof *w);

    clock_freeze((struct date) { 2026, 3, 9 });
    for (int i = 0; i < LAPTOPS; i++) {
        void *f = NULL;

        if (fixture_open(&f) != 0)
            return -1;
        w->l[i].f = f;
        w->l[i].s = w->l[i].f->store;
        str_copy(w->l[i].source, sizeof w->l[i].source, id_show(id_new()).s);
    }
    *state = w;
    return 0;
}

static int close_world(void **state)
{
    struct world *w = *state;

    for (int i = 0; i < LAPTOPS; i++) {
        void *f = w->l[i].f;

        fixture_close(&f);
    }
    free(w);
    return 0;
}

static struct json *make(struct world *w, int from)
{
    struct json *load = NULL;

    assert_ok(store_carry_out(w->l[from].s, &w->person, 1, &load, &err_));
    return load;
}

static struct json *take(struct world *w, const struct json *load, int from, int to)
{
    struct json *told = NULL;

    assert_ok(store_carry_in(w->l[to].s, load, w->l[from].source, "Gwen Prawf", &told, &err_));
    return told;
}

static long pass(struct world *w, int from, int to)
{
    struct json *load = make(w, from), *told = take(w, load, from, to);
    long conflicts = (long) json_int(json_get(told, "conflicts"));

    json_free(&load);
    json_free(&told);
    return conflicts;
}

static void edit(struct store *s, enum table_id t, struct id id, int column, const char *value)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(s, t, id, &r, &err_));
    record_set(&r, column, value);
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

static struct id first_difference(struct store *s)
{
    struct records open = { NULL, 0, 0 };
    struct id id = ID_NONE;

    assert_ok(store_list(s, LIST_DIFFERENCES, ID_NONE, 0, &open, &err_));
    if (open.count)
        id = open.items[0].id;
    records_release(&open);
    return id;
}

static size_t differences(struct store *s)
{
    struct records open = { NULL, 0, 0 };
    size_t n;

    assert_ok(store_list(s, LIST_DIFFERENCES, ID_NONE, 0, &open, &err_));
    n = open.count;
    records_release(&open);
    return n;
}

static void started(struct world *w)
{
    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    assert_int_equal(pass(w, 0, 1), 0);
    assert_column(w->l[1].s, T_PERSON, w->person, PERSON_given_name, "Nia");
}

/* --- by hand ---------------------------------------------------------------------------------------------------- */

static void different_fields_meet_and_are_told(void **state)
{
    struct world *w = *state;
    struct json *load, *told;

    started(w);
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "Ni");
    edit(w->l[1].s, T_PERSON, w->person, PERSON_gp_practice, "Y Feddygfa");
    load = make(w, 1);
    told = take(w, load, 1, 0);
    assert_int_equal(json_count(json_get(told, "taken")), 1);
    assert_string_equal(json_get_text(json_at(json_get(told, "taken"), 0), "field"), "gp_practice");
    assert_int_equal(json_int(json_get(told, "conflicts")), 0);
    json_free(&load);
    json_free(&told);
    pass(w, 0, 1);
    for (int i = 0; i < 2; i++) {
        assert_column(w->l[i].s, T_PERSON, w->person, PERSON_preferred_name, "Ni");
        assert_column(w->l[i].s, T_PERSON, w->person, PERSON_gp_practice, "Y Feddygfa");
        assert_ok(store_verify_history(w->l[i].s, &err_));
    }
}

static void opening_twice_changes_nothing(void **state)
{
    struct world *w = *state;
    struct json *load, *told;
    int64_t before;

    started(w);
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "Ni");
    edit(w->l[1].s, T_PERSON, w->person, PERSON_preferred_name, "Nini");
    edit(w->l[1].s, T_PERSON, w->person, PERSON_gp_practice, "Y Feddygfa");
    load = make(w, 1);
    told = take(w, load, 1, 0);
    json_free(&told);
    before = store_version(w->l[0].s);
    told = take(w, load, 1, 0);
    assert_int_equal(store_version(w->l[0].s), before);
    assert_int_equal(json_int(json_get(told, "conflicts")), 0);
    assert_int_equal(json_int(json_get(told, "waiting")), 1);
    json_free(&told);
    json_free(&load);
}

static void the_same_field_is_asked_and_either_may_stand(void **state)
{
    static const struct { enum settle how; const char *mine, *theirs, *stands; } ways[] = {
        { SETTLE_MINE, "mine 1", "theirs 1", "mine 1" }, { SETTLE_THEIRS, "mine 2", "theirs 2", "theirs 2" },
        { SETTLE_BOTH, "mine 3", "theirs 3", "mine 3\ntheirs 3" },
    };
    struct world *w = *state;

    started(w);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        edit(w->l[0].s, T_PERSON, w->person, PERSON_communication_needs, ways[i].mine);
        edit(w->l[1].s, T_PERSON, w->person, PERSON_communication_needs, ways[i].theirs);
        assert_int_equal(pass(w, 1, 0), 1);
        assert_column(w->l[0].s, T_PERSON, w->person, PERSON_communication_needs, ways[i].mine);
        assert_ok(store_settle(w->l[0].s, first_difference(w->l[0].s), ways[i].how, &err_));
        assert_int_equal(differences(w->l[0].s), 0);
        assert_column(w->l[0].s, T_PERSON, w->person, PERSON_communication_needs, ways[i].stands);
        assert_int_equal(pass(w, 1, 0), 0);             /* seen and settled: not asked again */
        assert_int_equal(pass(w, 0, 1), 0);
        assert_column(w->l[1].s, T_PERSON, w->person, PERSON_communication_needs, ways[i].stands);
    }
}

static void what_was_settled_there_is_not_asked_here(void **state)
{
    struct world *w = *state;

    started(w);
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "Ni");
    edit(w->l[1].s, T_PERSON, w->person, PERSON_preferred_name, "Nini");
    assert_int_equal(pass(w, 1, 0), 1);
    assert_int_equal(pass(w, 0, 1), 1);
    assert_ok(store_settle(w->l[1].s, first_difference(w->l[1].s), SETTLE_MINE, &err_));
    assert_int_equal(pass(w, 1, 0), 0);
    assert_int_equal(differences(w->l[0].s), 0);
    assert_column(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "Nini");
}

static void the_value_before_is_told(void **state)
{
    struct world *w = *state;
    struct record d = { .text = NULL };

    started(w);
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "N");
    pass(w, 0, 1);
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "Ni");
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "Nia!");
    edit(w->l[1].s, T_PERSON, w->person, PERSON_preferred_name, "Nini");
    assert_int_equal(pass(w, 1, 0), 1);
    assert_ok(store_get(w->l[0].s, T_DIFFERENCE, first_difference(w->l[0].s), &d, &err_));
    assert_string_equal(record_text(&d, DIFFERENCE_ancestor), "\"N\"");
    assert_string_equal(record_text(&d, DIFFERENCE_theirs), "\"Nini\"");
    record_release(&d);
}

static void a_contact_that_both_changed_is_one_question(void **state)
{
    struct world *w = *state;
    struct id contact, other = ID_NONE;
    struct holding *all;
    size_t n, contacts = 0;

    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    contact = row_add(w->l[0].s, T_CONTACT, "person", w->person, CONTACT_note, "Rang.");
    pass(w, 0, 1);
    edit(w->l[0].s, T_CONTACT, contact, CONTACT_minutes, "20");
    edit(w->l[1].s, T_CONTACT, contact, CONTACT_note, "Rang twice.");
    assert_int_equal(pass(w, 1, 0), 1);                 /* different fields, and still not merged silently */
    assert_column(w->l[0].s, T_CONTACT, contact, CONTACT_note, "Rang.");
    assert_ok(store_settle(w->l[0].s, first_difference(w->l[0].s), SETTLE_BOTH, &err_));
    assert_column(w->l[0].s, T_CONTACT, contact, CONTACT_note, "Rang.");
    assert_ok(store_holdings(w->l[0].s, w->person, &all, &n, &err_));
    for (size_t i = 0; i < n; i++)
        if (all[i].table == T_CONTACT) {
            contacts++;
            other = id_eq(all[i].id, contact) ? other : all[i].id;
        }
    free(all);
    assert_int_equal(contacts, 2);
    assert_column(w->l[0].s, T_CONTACT, other, CONTACT_note, "Rang twice.");
    assert_int_equal(pass(w, 0, 1), 0);
    assert_column(w->l[1].s, T_CONTACT, contact, CONTACT_minutes, "20");
    assert_column(w->l[1].s, T_CONTACT, other, CONTACT_note, "Rang twice.");
}

/* Where the filed words stand in the notes of this laptop; fails when the link leads nowhere. */
static void link_leads_to(struct store *s, struct id note, struct id response, const char *words)
{
    struct records of_note = { NULL, 0, 0 }, of_answer = { NULL, 0, 0 };
    struct record n = { .text = NULL };
    size_t at;

    assert_ok(store_get(s, T_NOTE, note, &n, &err_));
    assert_ok(store_list(s, LIST_EXCERPTS_OF_NOTE, note, 0, &of_note, &err_));
    assert_ok(store_list(s, LIST_EXCERPTS_OF_TARGET, response, 0, &of_answer, &err_));
    assert_int_equal(of_note.count, 1);
    assert_int_equal(of_answer.count, 1);
    assert_true(id_eq(of_note.items[0].id, of_answer.items[0].id));
    assert_string_equal(record_text(&of_answer.items[0], EXCERPT_question), "who_matters");
    assert_true(excerpt_find(record_text(&n, NOTE_words), words, (size_t) record_int(&of_note.items[0], EXCERPT_start, 0), &at));
    assert_memory_equal(record_text(&n, NOTE_words) + at, words, strlen(words));
    record_release(&n);
    records_release(&of_note);
    records_release(&of_answer);
}

static struct id excerpt_add(struct store *s, struct id person, struct id note, struct id target, const char *words)
{
    struct record x = { .text = NULL };
    struct id id;

    record_init(&x, T_EXCERPT);
    record_set_id(&x, EXCERPT_person, person);
    record_set_id(&x, EXCERPT_note, note);
    record_set_id(&x, EXCERPT_target, target);
    record_set(&x, EXCERPT_start, "5");
    record_set(&x, EXCERPT_words, words);
    record_set(&x, EXCERPT_form, "conversation");
    record_set(&x, EXCERPT_question, "who_matters");
    assert_ok(store_put(s, &x, NULL, &err_));
    id = x.id;
    record_release(&x);
    return id;
}

static void talk_notes_travel_with_their_links_and_are_asked_about(void **state)
{
    static const struct { enum settle how; const char *stands; } ways[] = {
        { SETTLE_MINE, "Rang: her sister rings on Sundays. Here." }, { SETTLE_THEIRS, "There. Rang: her sister rings on Sundays." },
        { SETTLE_BOTH, "Rang: her sister rings on Sundays. Here.\nThere. Rang: her sister rings on Sundays." },
    };
    static const char words[] = "her sister rings on Sundays";
    struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        struct id note, response;

        w->person = person_add(w->l[0].s, "Nia", "Prawf");
        note = row_add(w->l[0].s, T_NOTE, "person", w->person, NOTE_words, "Rang: her sister rings on Sundays.");
        response = row_add(w->l[0].s, T_RESPONSE, "person", w->person, RESPONSE_form, "conversation");
        excerpt_add(w->l[0].s, w->person, note, response, words);
        assert_int_equal(pass(w, 0, 1), 0);
        link_leads_to(w->l[1].s, note, response, words);
        edit(w->l[0].s, T_NOTE, note, NOTE_words, "Rang: her sister rings on Sundays. Here.");
        edit(w->l[1].s, T_NOTE, note, NOTE_words, "There. Rang: her sister rings on Sundays.");
        assert_int_equal(pass(w, 1, 0), 1);             /* asked, never merged without a word */
        assert_column(w->l[0].s, T_NOTE, note, NOTE_words, "Rang: her sister rings on Sundays. Here.");
        assert_ok(store_settle(w->l[0].s, first_difference(w->l[0].s), ways[i].how, &err_));
        assert_int_equal(pass(w, 0, 1), 0);
        for (int k = 0; k < 2; k++) {
            assert_column(w->l[k].s, T_NOTE, note, NOTE_words, ways[i].stands);
            link_leads_to(w->l[k].s, note, response, words);
        }
    }
}

/* Words filed to a form that is still a draft: drafts stay, so the link leads to the answer once the form is filed. */
static void words_filed_to_a_draft_find_their_answer_later(void **state)
{
    static const char words[] = "she sang";
    struct world *w = *state;
    struct id note, draft, response, excerpt;

    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    note = row_add(w->l[0].s, T_NOTE, "person", w->person, NOTE_words, "Then she sang.");
    draft = row_add(w->l[0].s, T_DRAFT, "person", w->person, DRAFT_form, "conversation");
    excerpt = excerpt_add(w->l[0].s, w->person, note, draft, words);
    assert_int_equal(pass(w, 0, 1), 0);
    assert_column(w->l[1].s, T_EXCERPT, excerpt, EXCERPT_words, words);
    response = row_add(w->l[0].s, T_RESPONSE, "person", w->person, RESPONSE_form, "conversation");
    edit(w->l[0].s, T_EXCERPT, excerpt, EXCERPT_target, id_show(response).s);
    assert_int_equal(pass(w, 0, 1), 0);
    link_leads_to(w->l[1].s, note, response, words);
    assert_int_equal(pass(w, 1, 0), 0);
}

/* --- what was before it came here ------------------------------------------------------------------------------- */

static size_t elsewhere(struct store *s, struct id person, struct change_row **rows)
{
    size_t n = 0;

    assert_ok(store_changes_elsewhere(s, T_PERSON, person, rows, &n, &err_));
    if (n)
        qsort(*rows, n, sizeof **rows, change_newest_first);
    return n;
}

static void release(struct change_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        change_row_release(&rows[i]);
    free(rows);
}

static void preferred_was(struct store *s, struct id person, int day, const char *name)
{
    struct record then = { .text = NULL };
    enum status st = store_as_of(s, T_PERSON, person, (struct date) { 2026, 3, day }, &then, NULL, &err_);

    if (name)
        assert_string_equal(record_text(&then, PERSON_preferred_name), name);
    else
        assert_int_equal(st, ST_NOTFOUND);
    record_release(&then);
}

static void the_history_before_comes_along_once(void **state)
{
    struct world *w = *state;
    struct change_row *rows = NULL, last;
    size_t n;
    int count = 0;

    clock_freeze((struct date) { 2026, 3, 2 });
    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    clock_freeze((struct date) { 2026, 3, 4 });
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "Ni");
    clock_freeze((struct date) { 2026, 3, 6 });
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "Nini");
    clock_freeze((struct date) { 2026, 3, 9 });
    pass(w, 0, 1);
    n = elsewhere(w->l[1].s, w->person, &rows);
    assert_int_equal(n, 3);
    assert_string_equal(rows[0].body, "{\"preferred_name\":[\"Ni\",\"Nini\"]}");
    assert_string_equal(rows[0].on, w->l[0].source);
    assert_true(rows[0].elsewhere);
    release(rows, n);
    preferred_was(w->l[1].s, w->person, 1, NULL);
    preferred_was(w->l[1].s, w->person, 4, "Ni");
    preferred_was(w->l[1].s, w->person, 5, "Ni");
    preferred_was(w->l[1].s, w->person, 9, "Nini");
    pass(w, 0, 1);                                      /* again, and back, and on to a third */
    pass(w, 1, 0);
    assert_int_equal(elsewhere(w->l[0].s, w->person, &rows), 0);
    edit(w->l[1].s, T_PERSON, w->person, PERSON_gp_practice, "Y Feddygfa");
    pass(w, 1, 0);
    n = elsewhere(w->l[0].s, w->person, &rows);
    assert_int_equal(n, 2);                             /* that it came there, and the edit; nothing of its own */
    assert_string_equal(rows[0].body, "{\"gp_practice\":[null,\"Y Feddygfa\"]}");
    release(rows, n);
    pass(w, 1, 2);
    n = elsewhere(w->l[2].s, w->person, &rows);
    assert_int_equal(n, 5);
    release(rows, n);
    preferred_was(w->l[2].s, w->person, 5, "Ni");
    /* A change read as such does not repeat what it brought, and the chain holds all of it. */
    assert_ok(store_changes(w->l[2].s, w->person, 0, 1, &last, &count, &err_));
    assert_null(strstr(last.body, "earlier"));
    change_row_release(&last);
    for (int i = 0; i < LAPTOPS; i++)
        assert_ok(store_verify_history(w->l[i].s, &err_));
}

static void forgetting_lets_go_of_the_history_before_too(void **state)
{
    struct world *w = *state;
    struct change_row *rows = NULL;

    started(w);
    assert_ok(store_forget(w->l[1].s, w->person, &err_));
    assert_int_equal(elsewhere(w->l[1].s, w->person, &rows), 0);
    assert_ok(store_verify_history(w->l[1].s, &err_));
}

static void a_past_that_is_none_changes_nothing(void **state)
{
    static const char *const pasts[] = { "3", "[3]", "[{\"key\": \"a 1\"}]", "[{\"key\": \"a 1\", \"at\": \"x\", \"body\": {}}]",
                                         "[{\"key\": \"a 1\", \"at\": 1, \"body\": []}]" };
    struct world *w = *state;

    started(w);
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "Ni");
    for (size_t i = 0; i < ARRAY_LEN(pasts); i++) {
        struct json *load = make(w, 0), *bad = NULL, *told = NULL;
        int64_t before = store_version(w->l[1].s);

        assert_ok(json_parse(&bad, pasts[i], strlen(pasts[i]), &err_));
        json_set(json_at(json_get(load, "records"), 0), "past", bad);
        assert_int_equal(store_carry_in(w->l[1].s, load, w->l[0].source, NULL, &told, &err_), ST_INVALID);
        assert_int_equal(store_version(w->l[1].s), before);
        json_free(&load);
        json_free(&told);
    }
}

static void what_one_bins_and_the_other_works_on_is_asked(void **state)
{
    struct world *w = *state;
    struct id gap;

    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    gap = row_add(w->l[0].s, T_GAP, "person", w->person, GAP_needed, "A bus");
    pass(w, 0, 1);
    assert_ok(store_bin(w->l[0].s, T_GAP, gap, "twice", &err_));
    edit(w->l[1].s, T_GAP, gap, GAP_place, "Bala");
    assert_int_equal(pass(w, 1, 0), 1);
    assert_int_equal(pass(w, 0, 1), 0);                 /* the bin waits until it is settled */
    assert_ok(store_settle(w->l[0].s, first_difference(w->l[0].s), SETTLE_THEIRS, &err_));
    pass(w, 0, 1);
    for (int i = 0; i < 2; i++) {
        struct record r = { .text = NULL };

        assert_ok(store_get(w->l[i].s, T_GAP, gap, &r, &err_));
        assert_false(r.binned);
        assert_string_equal(record_text(&r, GAP_place), "Bala");
        record_release(&r);
    }
}

static void taking_it_back_is_as_if_it_had_not_been_opened(void **state)
{
    struct world *w = *state;
    enum table_id what;
    struct id id;

    started(w);
    edit(w->l[1].s, T_PERSON, w->person, PERSON_gp_practice, "Y Feddygfa");
    store_undo_begins(w->l[0].s);
    pass(w, 1, 0);
    assert_ok(store_undo(w->l[0].s, &what, &id, &err_));
    assert_column(w->l[0].s, T_PERSON, w->person, PERSON_gp_practice, NULL);
    pass(w, 0, 1);                                      /* what the other has written stays there */
    assert_column(w->l[1].s, T_PERSON, w->person, PERSON_gp_practice, "Y Feddygfa");
    pass(w, 1, 0);
    assert_column(w->l[0].s, T_PERSON, w->person, PERSON_gp_practice, "Y Feddygfa");
    assert_ok(store_verify(w->l[0].s, &err_));
}

static void a_new_person_taken_back_comes_again(void **state)
{
    struct world *w = *state;
    enum table_id what;
    struct id id;
    struct record r = { .text = NULL };

    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    row_add(w->l[0].s, T_CONTACT, "person", w->person, CONTACT_note, "Rang.");
    store_undo_begins(w->l[1].s);
    pass(w, 0, 1);
    assert_ok(store_undo(w->l[1].s, &what, &id, &err_));
    assert_ok(store_get(w->l[1].s, T_PERSON, w->person, &r, &err_));
    assert_true(r.binned);
    pass(w, 0, 1);
    assert_ok(store_get(w->l[1].s, T_PERSON, w->person, &r, &err_));
    assert_false(r.binned);
    record_release(&r);
}

static void who_was_forgotten_does_not_come_back(void **state)
{
    struct world *w = *state;
    struct json *load, *told;

    started(w);
    load = make(w, 0);
    assert_ok(store_forget(w->l[1].s, w->person, &err_));
    told = take(w, load, 0, 1);
    assert_int_equal(json_count(json_get(told, "let_go")), 1);
    assert_column(w->l[1].s, T_PERSON, w->person, PERSON_given_name, NULL);
    json_free(&told);
    json_free(&load);
}

static void after_a_restore_numbers_are_not_mistaken_for_older_ones(void **state)
{
    struct world *w = *state;

    started(w);
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "before");
    pass(w, 0, 1);
    /* The laptop goes back to before that edit and writes something else under the same change number. */
    assert_ok(store_lineage_begin(w->l[0].s, &err_));
    edit(w->l[0].s, T_PERSON, w->person, PERSON_preferred_name, "after");
    edit(w->l[1].s, T_PERSON, w->person, PERSON_preferred_name, "elsewhere");
    assert_int_equal(pass(w, 0, 1), 1);
}

static void a_load_that_is_none_changes_nothing(void **state)
{
    static const char *const loads[] = {
        "{}", "{\"definitions\": [], \"records\": 3}", "{\"definitions\": [], \"records\": [{\"table\": \"setting\"}]}",
        "{\"definitions\": [], \"records\": [{\"table\": \"person\", \"id\": \"x\", \"fields\": {}, \"versions\": {}}]}",
        ("{\"definitions\": [], \"records\": [{\"table\": \"person\", \"id\": \"6f2a1d7e-3b1c-4f7e-9d55-0c5d3a2b1e4f\", "
         "\"fields\": {\"no_such\": \"x\"}, \"versions\": {\"no_such\": {\"a\": 1}}}]}"),
        "{\"definitions\": [{\"hash\": \"short\"}], \"records\": []}",
        ("{\"definitions\": [{\"hash\": \"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\", \"form\": \"person\", "
         "\"version\": 1, \"yaml\": \"another text than the hash says\"}], \"records\": []}"),
    };
    struct world *w = *state;

    started(w);
    for (size_t i = 0; i < ARRAY_LEN(loads); i++) {
        struct json *load = NULL, *told = NULL;
        int64_t before = store_version(w->l[0].s);

        assert_ok(json_parse(&load, loads[i], strlen(loads[i]), &err_));
        assert_int_equal(store_carry_in(w->l[0].s, load, w->l[1].source, NULL, &told, &err_), ST_INVALID);
        assert_int_equal(store_version(w->l[0].s), before);
        json_free(&load);
        json_free(&told);
    }
}

/* --- by chance -------------------------------------------------------------------------------------------------- */

static uint32_t seed;
static uint32_t chance(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* Every value that is written is another one; each must stand in the end, or have been seen by who wrote over it. */
#define VALUES_MAX 4096
static bool accounted[VALUES_MAX];
static int  values;

static void account(const char *text)
{
    for (const char *p = text; p && (p = strchr(p, '<')); p++)
        accounted[atoi(p + 1)] = true;
}

static const struct { enum table_id t; int column; } fields[] = {
    { T_PERSON, PERSON_communication_needs }, { T_PERSON, PERSON_preferred_name }, { T_PERSON, PERSON_gp_practice },
    { T_CONTACT, CONTACT_note }, { T_CONTACT, CONTACT_next_what }, { T_GAP, GAP_needed }, { T_GAP, GAP_note },
};

static struct id ids[T_COUNT];

static void random_edit(struct world *w)
{
    size_t f = chance(ARRAY_LEN(fields));
    struct store *s = w->l[chance(LAPTOPS)].s;
    struct record r = { .text = NULL };
    char value[32];

    if (values >= VALUES_MAX || store_get(s, fields[f].t, ids[fields[f].t], &r, NULL) != ST_OK) {
        record_release(&r);
        return;                         /* it has not come here yet */
    }
    account(record_text(&r, fields[f].column));         /* seen, and written over */
    snprintf(value, sizeof value, "<%d>", values++);
    record_set(&r, fields[f].column, value);
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

/* Whoever settles has both before their eyes. */
static void random_settle(struct store *s)
{
    struct record d = { .text = NULL }, r = { .text = NULL };
    struct id id = first_difference(s);
    enum table_id t;

    if (!id_is_set(id))
        return;
    assert_ok(store_get(s, T_DIFFERENCE, id, &d, &err_));
    account(record_text(&d, DIFFERENCE_theirs));
    assert_true(table_by_name(record_text(&d, DIFFERENCE_entity), &t));
    assert_ok(store_get(s, t, record_id(&d, DIFFERENCE_subject), &r, &err_));
    for (int c = 0; c < table_column_count(t); c++)
        if (!record_or(&d, DIFFERENCE_field, "")[0] || str_eq(record_text(&d, DIFFERENCE_field), table_column_name(t, c)))
            account(record_text(&r, c));
    assert_ok(store_settle(s, id, (enum settle) chance(3), &err_));
    record_release(&d);
    record_release(&r);
}

static void all_pass_round(struct world *w)
{
    for (int round = 0; round < 40; round++) {
        bool quiet = true;

        for (int from = 0; from < LAPTOPS; from++)
            for (int to = 0; to < LAPTOPS; to++) {
                int64_t before = store_version(w->l[to].s);

                if (from != to)
                    pass(w, from, to);
                quiet = quiet && store_version(w->l[to].s) == before;
            }
        for (int i = 0; i < LAPTOPS; i++)
            while (differences(w->l[i].s) && i == round % LAPTOPS) {    /* one laptop settles, the others hear of it */
                random_settle(w->l[i].s);
                quiet = false;
            }
        if (quiet)
            return;
    }
    fail_msg("the laptops never agreed");
}

static void everything_is_the_same_everywhere(struct world *w)
{
    struct json *here = make(w, 0);

    for (int i = 1; i < LAPTOPS; i++) {
        struct holding *all;
        size_t n;

        assert_int_equal(differences(w->l[i].s), 0);
        assert_ok(store_holdings(w->l[0].s, w->person, &all, &n, &err_));
        for (size_t k = 0; k < n; k++) {
            struct carried a = { .fields = NULL }, b = { .fields = NULL };

            if (all[k].table == T_DIFFERENCE)
                continue;
            assert_ok(carried_read(w->l[0].s, all[k].table, all[k].id, &a, &err_));
            assert_ok(carried_read(w->l[i].s, all[k].table, all[k].id, &b, &err_));
            assert_true(json_equal(a.fields, b.fields));
            carried_release(&a);
            carried_release(&b);
        }
        free(all);
    }
    json_free(&here);
}

static void stands(struct store *s, struct id person)
{
    struct holding *all;
    size_t n;

    assert_ok(store_holdings(s, person, &all, &n, &err_));
    for (size_t k = 0; k < n; k++) {
        struct record r = { .text = NULL };

        if (all[k].table != T_DIFFERENCE) {
            assert_ok(store_get(s, all[k].table, all[k].id, &r, &err_));
            for (int c = 0; c < table_column_count(all[k].table); c++)
                account(record_text(&r, c));
        }
        record_release(&r);
    }
    free(all);
}

static void one_history(uint32_t from_seed)
{
    struct { struct json *load; int from, to; } on_the_way[24];
    size_t n = 0;
    void *state = NULL;
    struct world *w;

    assert_int_equal(open_world(&state), 0);
    w = state;
    seed = from_seed;
    values = 0;
    memset(accounted, 0, sizeof accounted);
    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    ids[T_PERSON] = w->person;
    ids[T_CONTACT] = row_add(w->l[0].s, T_CONTACT, "person", w->person, CONTACT_kind, "PHONE");
    ids[T_GAP] = row_add(w->l[0].s, T_GAP, "person", w->person, GAP_category, "TRANSPORT");
    pass(w, 0, 1);
    for (int i = 0; i < 120; i++) {
        uint32_t what = chance(10);

        if (what < 5) {
            random_edit(w);
        } else if (what < 7 && n < ARRAY_LEN(on_the_way)) {     /* a file is made; it may arrive late, twice or never */
            int from = (int) chance(2), to = (int) chance(LAPTOPS);

            if (from != to) {
                on_the_way[n].load = make(w, from);
                on_the_way[n].from = from;
                on_the_way[n++].to = to;
            }
        } else if (what < 9 && n > 0) {
            size_t k = chance((uint32_t) n);
            struct json *told = take(w, on_the_way[k].load, on_the_way[k].from, on_the_way[k].to);

            json_free(&told);
        } else {
            random_settle(w->l[chance(LAPTOPS)].s);
        }
    }
    for (size_t k = 0; k < n; k++)
        json_free(&on_the_way[k].load);
    all_pass_round(w);
    everything_is_the_same_everywhere(w);
    stands(w->l[0].s, w->person);
    for (int v = 0; v < values; v++)
        if (!accounted[v])
            fail_msg("seed %u: value %d was lost without a word", from_seed, v);
    for (int i = 0; i < LAPTOPS; i++)
        assert_ok(store_verify_history(w->l[i].s, &err_));
    close_world(&state);
}

static void in_any_order_they_agree_and_nothing_is_lost(void **state)
{
    (void) state;
    for (uint32_t s = 1; s <= 12; s++)
        one_history(s);
}

#define T(t) cmocka_unit_test_setup_teardown(t, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(different_fields_meet_and_are_told), T(opening_twice_changes_nothing),
        T(the_same_field_is_asked_and_either_may_stand), T(what_was_settled_there_is_not_asked_here), T(the_value_before_is_told),
        T(a_contact_that_both_changed_is_one_question), T(talk_notes_travel_with_their_links_and_are_asked_about),
        T(words_filed_to_a_draft_find_their_answer_later), T(the_history_before_comes_along_once),
        T(forgetting_lets_go_of_the_history_before_too), T(a_past_that_is_none_changes_nothing), T(what_one_bins_and_the_other_works_on_is_asked),
        T(taking_it_back_is_as_if_it_had_not_been_opened), T(a_new_person_taken_back_comes_again),
        T(who_was_forgotten_does_not_come_back), T(after_a_restore_numbers_are_not_mistaken_for_older_ones),
        T(a_load_that_is_none_changes_nothing), cmocka_unit_test(in_any_order_they_agree_and_nothing_is_lost),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
