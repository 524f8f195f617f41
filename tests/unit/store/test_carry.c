/* Two and three laptops that write on their own: what meets, what is asked, and that nothing is lost without a word. */
#include "carry_world.h"

#include "dolen/core/excerpt.h"
#include "dolen/store/past.h"

#include "dolen/base/banned.h"

static void started(struct world *w)
{
    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    assert_int_equal(pass(w, 0, 1), 0);
    assert_column(w->l[1].s, T_PERSON, w->person, PERSON_given_name, "Nia");
}

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

/* The program keeps a language beside some records for itself; this one the practitioner chose. */
static void the_language_of_a_contact_is_asked_about(void **state)
{
    struct world *w = *state;
    struct id contact;

    started(w);
    contact = row_add(w->l[0].s, T_CONTACT, "person", w->person, CONTACT_language, "ENGLISH");
    assert_int_equal(pass(w, 0, 1), 0);
    edit(w->l[0].s, T_CONTACT, contact, CONTACT_language, "BSL");
    edit(w->l[1].s, T_CONTACT, contact, CONTACT_language, "WELSH");
    assert_int_equal(pass(w, 1, 0), 1);
    assert_column(w->l[0].s, T_CONTACT, contact, CONTACT_language, "BSL");
    assert_ok(store_settle(w->l[0].s, first_difference(w->l[0].s), SETTLE_THEIRS, &err_));
    assert_column(w->l[0].s, T_CONTACT, contact, CONTACT_language, "WELSH");
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

/* Its words and its place in the bin are one answer: two could not both be kept to. */
static void a_contact_in_the_bin_and_worked_on_is_one_question(void **state)
{
    struct world *w = *state;
    struct record d = { .text = NULL };
    struct id contact;

    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    contact = row_add(w->l[0].s, T_CONTACT, "person", w->person, CONTACT_note, "Rang.");
    pass(w, 0, 1);
    assert_ok(store_bin(w->l[0].s, T_CONTACT, contact, "twice", &err_));
    edit(w->l[1].s, T_CONTACT, contact, CONTACT_note, "Rang twice.");
    assert_int_equal(pass(w, 1, 0), 1);
    assert_ok(store_get(w->l[0].s, T_DIFFERENCE, first_difference(w->l[0].s), &d, &err_));
    assert_string_equal(record_or(&d, DIFFERENCE_field, ""), "");
    assert_string_equal(record_text(&d, DIFFERENCE_theirs), "{\"note\":\"Rang twice.\",\"binned\":null}");
    record_release(&d);
    assert_ok(store_settle(w->l[0].s, first_difference(w->l[0].s), SETTLE_THEIRS, &err_));
    assert_ok(store_get(w->l[0].s, T_CONTACT, contact, &d, &err_));
    assert_false(d.binned);
    assert_string_equal(record_text(&d, CONTACT_note), "Rang twice.");
    record_release(&d);
    assert_int_equal(pass(w, 1, 0), 0);
    assert_int_equal(pass(w, 0, 1), 0);
    assert_int_equal(differences(w->l[0].s), 0);
}

/* A step and a rating name their person through the plan: so does what is asked about them, and it is forgotten with
 * the person. */
static void a_difference_about_a_step_is_its_persons(void **state)
{
    struct world *w = *state;
    struct record d = { .text = NULL };
    struct id episode, step;

    w->person = person_add(w->l[0].s, "Nia", "Prawf");
    episode = row_add(w->l[0].s, T_EPISODE, "person", w->person, EPISODE_opened_on, "2026-01-05");
    step = row_add(w->l[0].s, T_ACTION, "episode", episode, ACTION_action, "Ring her sister");
    pass(w, 0, 1);
    edit(w->l[0].s, T_ACTION, step, ACTION_action, "Ring her sister Mair");
    edit(w->l[1].s, T_ACTION, step, ACTION_action, "Ring her sister Gwen");
    assert_int_equal(pass(w, 1, 0), 1);
    assert_ok(store_get(w->l[0].s, T_DIFFERENCE, first_difference(w->l[0].s), &d, &err_));
    assert_true(id_eq(record_id(&d, DIFFERENCE_person), w->person));
    record_release(&d);
    edit(w->l[0].s, T_EPISODE, episode, EPISODE_closed_on, "2026-02-05");
    assert_ok(store_forget(w->l[0].s, w->person, &err_));
    assert_int_equal(differences(w->l[0].s), 0);
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

/* What the other laptop wrote about them since has an id that was never here. */
static void nor_does_what_was_written_of_them_since(void **state)
{
    struct world *w = *state;
    struct id contact, goal, rating;
    struct json *load, *told;
    struct holding *all;
    size_t n;

    started(w);
    assert_ok(store_forget(w->l[1].s, w->person, &err_));
    contact = row_add(w->l[0].s, T_CONTACT, "person", w->person, CONTACT_note, "Rang her sister.");
    goal = row_add(w->l[0].s, T_GOAL, "person", w->person, GOAL_goal, "Sing again");
    rating = row_add(w->l[0].s, T_RATING, "goal", goal, RATING_rating, "3");
    load = make(w, 0);
    told = take(w, load, 0, 1);
    assert_int_equal(json_count(json_get(told, "let_go")), 4);
    assert_int_equal(json_count(json_get(told, "added")), 0);
    assert_int_equal(store_get(w->l[1].s, T_CONTACT, contact, &(struct record) { .text = NULL }, NULL), ST_NOTFOUND);
    assert_int_equal(store_get(w->l[1].s, T_RATING, rating, &(struct record) { .text = NULL }, NULL), ST_NOTFOUND);
    assert_ok(store_holdings(w->l[1].s, w->person, &all, &n, &err_));
    assert_int_equal(n, 1);
    free(all);
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

static void a_beginning_that_cannot_be_written_down_is_said(void **state)
{
    struct world *w = *state;
    char *before, *after;

    started(w);
    before = store_setting(w->l[0].s, "carry.lineages");
    assert_non_null(before);
    assert_ok(db_exec(w->l[0].s->db, "ALTER TABLE setting RENAME TO out_of_reach", &err_));
    assert_int_not_equal(store_lineage_begin(w->l[0].s, &err_), ST_OK);
    assert_ok(db_exec(w->l[0].s->db, "ALTER TABLE out_of_reach RENAME TO setting", &err_));
    assert_ok(store_lineage_begin(w->l[0].s, &err_));
    after = store_setting(w->l[0].s, "carry.lineages");
    assert_true(str_starts(after, before));
    free(before);
    free(after);
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

#define T(t) cmocka_unit_test_setup_teardown(t, open_world, close_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(different_fields_meet_and_are_told), T(opening_twice_changes_nothing),
        T(the_language_of_a_contact_is_asked_about),
        T(the_same_field_is_asked_and_either_may_stand), T(what_was_settled_there_is_not_asked_here), T(the_value_before_is_told),
        T(a_contact_that_both_changed_is_one_question), T(talk_notes_travel_with_their_links_and_are_asked_about),
        T(words_filed_to_a_draft_find_their_answer_later), T(the_history_before_comes_along_once),
        T(forgetting_lets_go_of_the_history_before_too), T(a_past_that_is_none_changes_nothing), T(what_one_bins_and_the_other_works_on_is_asked),
        T(taking_it_back_is_as_if_it_had_not_been_opened), T(a_new_person_taken_back_comes_again),
        T(who_was_forgotten_does_not_come_back),
        T(nor_does_what_was_written_of_them_since), T(a_contact_in_the_bin_and_worked_on_is_one_question),
        T(a_difference_about_a_step_is_its_persons), T(after_a_restore_numbers_are_not_mistaken_for_older_ones),
        T(a_beginning_that_cannot_be_written_down_is_said),
        T(a_load_that_is_none_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
