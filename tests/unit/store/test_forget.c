/* Forgetting: every row in every table, the words of the history and the search; what stays counts and says nothing. */
#include "fixture.h"

#include "dolen/store/past.h"
#include "store/search_priv.h"

#include "dolen/base/banned.h"

#define WORD "Quokka"

/* One row in every table that a person, an episode or a goal owns, with a word in every text column. */
static struct id fill(struct store *s, struct id person)
{
    struct id owner[4] = { person, ID_NONE, ID_NONE, ID_NONE };
    static const char *const names[] = { "person", "episode", "goal", "attempt" };

    for (int pass = 0; pass < 2; pass++)
        for (int t = 0; t < T_COUNT; t++) {
            bool first = t == T_EPISODE || t == T_GOAL;
            struct record r;

            if ((pass == 0) != first || t == T_PERSON || t == T_MERGE || t == T_ASSET || t == T_PRACTITIONER ||
                t == T_SUPERVISION || t == T_DESTINATION || t == T_BATCH || t == T_RECEIPT)
                continue;
            record_init(&r, (enum table_id) t);
            for (int c = 0; c < table_column_count((enum table_id) t); c++)
                if (tables[t].columns[c].type == COL_TEXT)
                    record_set(&r, c, WORD);
                else if (tables[t].columns[c].type == COL_DATE)
                    record_set(&r, c, "2026-03-17");
            if (t == T_REFERRAL)
                record_set(&r, REFERRAL_decision, "ACCEPTED");
            for (size_t i = 0; i < ARRAY_LEN(names); i++)
                record_set_id(&r, table_column_by_name((enum table_id) t, names[i]), owner[i]);
            assert_ok(store_put(s, &r, NULL, &err_));
            if (t == T_EPISODE)
                owner[1] = r.id;
            else if (t == T_GOAL)
                owner[2] = r.id;
            else if (t == T_DRILL)
                owner[3] = r.id;
            record_release(&r);
        }
    return owner[1];
}

/* Answers to questions without a column, of a form that is counted and of one that is not. */
static void answer(struct store *s, struct id person, struct id episode)
{
    static const char *const forms[] = { "conversation", "plan", "equality" };

    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        struct answers a = ANSWERS_INIT;
        struct filing f = { .form = forms[i], .version = 1, .binds = T_COUNT, .person = person, .episode = episode,
                            .held_on = { 2026, 2, 3 }, .hash = "00", .yaml = "x", .yaml_bytes = 1, .answers = &a };

        answers_set(&a, "own_words", 0, WORD " on the roof");
        assert_ok(store_file(s, &f, &err_));
        answers_release(&a);
    }
}

/* Every column of every table of the file, those of the search too; letters as they are folded. */
static int64_t found(struct store *s)
{
    struct buf sql = BUF_INIT;
    struct stmt *q = NULL;
    bool row = false;
    int64_t total = 0;

    assert_ok(db_prepare(s->db, &q, "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
                                    "WHERE t.type = 'table'", &err_));
    while (stmt_step(q, &row, &err_) == ST_OK && row) {
        int64_t n = 0;

        buf_clear(&sql);
        buf_addf(&sql, "SELECT count(*) FROM \"%s\" WHERE instr(lower(CAST(\"%s\" AS TEXT)), lower('" WORD "')) > 0 "
                       "OR instr(CAST(\"%s\" AS BLOB), CAST(lower('" WORD "') AS BLOB)) > 0",
                 stmt_text(q, 0), stmt_text(q, 1), stmt_text(q, 1));
        if (db_ask_int(s->db, buf_text(&sql), &n, NULL) != ST_OK)
            fail_msg("not asked: %s", buf_text(&sql));
        total += n;
    }
    stmt_free(&q);
    buf_release(&sql);
    return total;
}

/* As many as it takes for the search to have filed everything. */
static void many_changes(struct store *s)
{
    for (int i = 0; i < LATE_CHANGES; i++)
        person_add(s, "Llew", "Aled");
}

static void no_word_is_left_anywhere(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, WORD, WORD), other = person_add(f->store, WORD, "Twice"), merge, episode;
    struct counts before, after;

    episode = fill(f->store, person);
    assert_ok(store_merge(f->store, person, other, &merge, NULL, &err_));
    assert_ok(store_bin(f->store, T_CONTACT, row_add(f->store, T_CONTACT, "person", person, CONTACT_note, WORD), WORD, &err_));
    answer(f->store, person, episode);
    many_changes(f->store);
    assert_ok(store_counts(f->store, &before, &err_));
    assert_true(found(f->store) > 60);
    assert_ok(store_forget(f->store, person, &err_));
    assert_int_equal(found(f->store), 0);
    assert_ok(store_counts(f->store, &after, &err_));
    assert_int_equal(after.people, before.people);
    assert_int_equal(after.referrals, before.referrals);
    assert_int_equal(after.gaps, before.gaps);
    assert_column(f->store, T_EPISODE, episode, EPISODE_closed_on, "2026-03-01");
    assert_ok(store_verify(f->store, &err_));
}

static void nobody_else_is_touched(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "To", "Forget"), other = person_add(f->store, WORD, "Stays");
    struct id earlier = person_add(f->store, "Also", "Forget");
    int64_t before;

    fill(f->store, other);
    assert_ok(store_forget(f->store, earlier, &err_));      /* the search has been put in order once */
    before = found(f->store);
    assert_ok(store_forget(f->store, person, &err_));
    assert_int_equal(found(f->store), before);
}

static void an_open_case_is_closed_first(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, WORD, "Open");

    row_add(f->store, T_EPISODE, "person", person, EPISODE_opened_on, "2026-03-01");
    assert_int_equal(store_forget(f->store, person, NULL), ST_REFUSED);
    assert_column(f->store, T_PERSON, person, PERSON_given_name, WORD);
}

/* A record that was joined to one that was joined to the person is of the same person. */
static void what_was_joined_twice_over_goes_too(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Mair", "Prawf"), nearer = person_add(f->store, "Mair", "Twice");
    struct id farther = person_add(f->store, WORD, WORD), merge;

    fill(f->store, farther);
    assert_ok(store_merge(f->store, nearer, farther, &merge, NULL, &err_));
    assert_ok(store_merge(f->store, person, nearer, &merge, NULL, &err_));
    assert_ok(store_forget(f->store, person, &err_));
    assert_int_equal(store_get(f->store, T_PERSON, farther, &(struct record) { .text = NULL }, NULL), ST_NOTFOUND);
    assert_int_equal(found(f->store), 0);
    assert_ok(store_verify(f->store, &err_));
}

static void a_hold_on_a_joined_record_holds_the_person(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Mair", "Prawf"), other = person_add(f->store, WORD, "Held"), merge;

    assert_ok(store_hold(f->store, other, "an inquiry", &err_));
    assert_ok(store_merge(f->store, person, other, &merge, NULL, &err_));
    assert_int_equal(store_may_forget(f->store, person, NULL), ST_REFUSED);
    assert_int_equal(store_forget(f->store, person, NULL), ST_REFUSED);
    assert_column(f->store, T_PERSON, other, PERSON_given_name, WORD);
    assert_ok(store_hold(f->store, other, NULL, &err_));
    assert_ok(store_forget(f->store, person, &err_));
}

static void nobody_is_joined_to_somebody_forgotten(void **state)
{
    struct fixture *f = *state;
    struct id gone = person_add(f->store, WORD, "Gone"), here = person_add(f->store, "Mair", "Prawf"), merge;

    assert_ok(store_forget(f->store, gone, &err_));
    assert_int_equal(store_merge(f->store, gone, here, &merge, NULL, NULL), ST_REFUSED);
    assert_int_equal(store_merge(f->store, here, gone, &merge, NULL, NULL), ST_REFUSED);
    assert_column(f->store, T_PERSON, here, PERSON_family_name, "Prawf");
}

/* What left about somebody who was joined by mistake, and parted again, is about somebody else. */
static void what_left_is_told_of_this_person_only(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Mair", "Prawf"), nearer = person_add(f->store, "Mair", "Twice");
    struct id farther = person_add(f->store, "Mair", "Thrice"), stranger = person_add(f->store, "Nobody", "Else");
    struct id merge, wrong;
    struct change_row rows[8];
    int n = 0;

    assert_ok(store_note(f->store, "handover", farther, "handed over", &err_));
    assert_ok(store_note(f->store, "handover", stranger, "of somebody else", &err_));
    assert_ok(store_merge(f->store, person, stranger, &wrong, NULL, &err_));
    assert_ok(store_unmerge(f->store, wrong, NULL, &err_));
    assert_ok(store_merge(f->store, nearer, farther, &merge, NULL, &err_));
    assert_ok(store_merge(f->store, person, nearer, &merge, NULL, &err_));
    assert_ok(store_left_since(f->store, person, 8, rows, &n, &err_));
    assert_int_equal(n, 1);
    assert_string_equal(rows[0].why, "handed over");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        T(no_word_is_left_anywhere), T(nobody_else_is_touched), T(an_open_case_is_closed_first),
        T(what_was_joined_twice_over_goes_too), T(a_hold_on_a_joined_record_holds_the_person),
        T(nobody_is_joined_to_somebody_forgotten), T(what_left_is_told_of_this_person_only),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
