/* Forgetting: every row in every table, the words of the history and the search; what stays counts and says nothing. */
#include "fixture.h"

#include "dolen/store/past.h"

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

/* Everywhere a text can stand. */
static int64_t found(struct store *s)
{
    struct buf sql = BUF_INIT;
    int64_t n = 0, total = 0;

    for (int t = 0; t < T_COUNT; t++)
        for (int c = 0; c < table_column_count((enum table_id) t); c++) {
            struct stmt *q = NULL;
            bool row = false;

            buf_clear(&sql);
            buf_addf(&sql, "SELECT count(*) FROM \"%s\" WHERE \"%s\" LIKE '%%" WORD "%%'", table_name((enum table_id) t),
                     table_column_name((enum table_id) t, c));
            assert_ok(db_prepare(s->db, &q, buf_text(&sql), &err_));
            assert_ok(stmt_step(q, &row, &err_));
            total += stmt_int(q, 0);
            stmt_free(&q);
        }
    buf_release(&sql);
    assert_ok(db_ask_int(s->db, "SELECT count(*) FROM change WHERE body LIKE '%Quokka%' OR why LIKE '%Quokka%'", &n, &err_));
    total += n;
    assert_ok(db_ask_int(s->db, "SELECT count(*) FROM search_word WHERE word LIKE '%quokka%'", &n, &err_));
    total += n;
    assert_ok(db_ask_int(s->db, "SELECT count(*) FROM search_note WHERE body LIKE '%Quokka%'", &n, &err_));
    total += n;
    assert_ok(db_ask_int(s->db, "SELECT count(*) FROM answer WHERE value LIKE '%Quokka%'", &n, &err_));
    return total + n;
}

static void no_word_is_left_anywhere(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, WORD, WORD), other = person_add(f->store, WORD, "Twice"), merge, episode;
    struct counts before, after;

    episode = fill(f->store, person);
    assert_ok(store_merge(f->store, person, other, &merge, NULL, &err_));
    assert_ok(store_bin(f->store, T_CONTACT, row_add(f->store, T_CONTACT, "person", person, CONTACT_note, WORD), WORD, &err_));
    assert_ok(store_counts(f->store, &before, &err_));
    assert_true(found(f->store) > 20);
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
    int64_t before;

    fill(f->store, other);
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

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        T(no_word_is_left_anywhere), T(nobody_else_is_touched), T(an_open_case_is_closed_first),
    };
#undef T

    return cmocka_run_group_tests(tests, NULL, NULL);
}
