/* Notes are filed some saves late: they are found all the same, whatever happens in between, and what is gone is not. */
#include "fixture.h"

#include "store/search_priv.h"

#include "dolen/base/banned.h"

#define NOTES (1u << HIT_NOTE)

static struct hit hits[200];

static int found(struct store *s, const char *typed)
{
    int n = -1;

    assert_ok(store_search(s, typed, NOTES, hits, (int) ARRAY_LEN(hits), &n, &err_));
    return n;
}

static void text_set(struct store *s, enum table_id t, struct id id, int column, const char *text)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(s, t, id, &r, &err_));
    record_set(&r, column, text);
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

/* As many changes as it takes for the index to catch up. */
static void many_changes(struct store *s)
{
    struct id person = person_add(s, "Llew", "Aled");
    char name[16];

    for (int i = 0; i < LATE_CHANGES; i++) {
        snprintf(name, sizeof name, "Llew%d", i);
        text_set(s, T_PERSON, person, PERSON_given_name, name);
    }
}

static int64_t filed(struct store *s)
{
    return ask(s, "SELECT count(*) FROM search_note");
}

/* The folder as the program left it when it was killed: another handle on a copy of its file. */
static struct store *killed(const struct fixture *f, char folder[64])
{
    struct store *s = NULL;
    char *from = path_join(f->folder, "case.db"), *to;
    FILE *in = fopen(from, "rb"), *out;
    char part[4096];
    size_t n;

    str_copy(folder, 64, "/tmp/dolen-store-XXXXXX");
    assert_non_null(mkdtemp(folder));
    to = path_join(folder, "case.db");
    out = fopen(to, "wb");
    assert_true(in && out);
    while ((n = fread(part, 1, sizeof part, in)) > 0)
        assert_int_equal(fwrite(part, 1, n, out), n);
    fclose(in);
    assert_int_equal(fclose(out), 0);
    assert_ok(store_open(&s, folder, f->vault, false, &err_));
    free(from);
    free(to);
    return s;
}

static void killed_end(struct store *s, const char *folder)
{
    static const char *const left[] = { "case.db", "case.db-journal" };

    store_close(&s, NULL);
    for (size_t i = 0; i < ARRAY_LEN(left); i++) {
        char *path = path_join(folder, left[i]);

        unlink(path);
        free(path);
    }
    rmdir(folder);
}

static void a_note_is_found_before_it_is_filed(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    struct id note = row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "Walked to the harbour");

    assert_int_equal(filed(f->store), 0);
    assert_int_equal(found(f->store, "harbour"), 1);
    assert_true(id_eq(hits[0].id, note));
    assert_int_equal(found(f->store, "harb walk"), 1);
    assert_int_equal(found(f->store, "harbour swam"), 0);
    fixture_reopen(f, true);
    assert_int_equal(found(f->store, "harbour"), 1);
    fixture_reopen(f, false);
    many_changes(f->store);
    assert_int_equal(filed(f->store), 1);
    assert_int_equal(found(f->store, "harbour"), 1);
    assert_true(id_eq(hits[0].id, note));
}

static void a_kill_loses_no_note(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    char folder[64];
    struct store *s;

    row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "Walked to the harbour");
    s = killed(f, folder);
    assert_int_equal(found(s, "harbour"), 1);
    many_changes(s);
    assert_int_equal(filed(s), 1);
    assert_int_equal(found(s, "harbour"), 1);
    killed_end(s, folder);
}

static void a_filed_note_is_found_by_its_new_words_alone(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    struct id note = row_add(f->store, T_GOAL, "person", person, GOAL_goal, "Sing in the choir");

    many_changes(f->store);
    assert_int_equal(found(f->store, "choir"), 1);
    text_set(f->store, T_GOAL, note, GOAL_goal, "Paint the shed");
    assert_int_equal(found(f->store, "choir"), 0);
    assert_int_equal(found(f->store, "shed"), 1);
    assert_ok(store_bin(f->store, T_GOAL, note, "twice", &err_));
    assert_int_equal(found(f->store, "shed"), 0);
    assert_ok(store_unbin(f->store, T_GOAL, note, &err_));
    assert_int_equal(found(f->store, "shed"), 1);
}

static void what_was_rolled_back_is_not_found(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");

    row_add(f->store, T_GAP, "person", person, GAP_needed, "A bus on Sundays");
    assert_int_equal(found(f->store, "sundays"), 1);
    assert_ok(store_begin(f->store, &err_));
    row_add(f->store, T_GAP, "person", person, GAP_needed, "A sauna on Sundays");
    assert_int_equal(found(f->store, "sundays"), 2);
    many_changes(f->store);
    assert_int_equal(found(f->store, "sundays"), 2);
    store_rollback(f->store);
    assert_int_equal(found(f->store, "sauna"), 0);
    assert_int_equal(found(f->store, "sundays"), 1);
    assert_ok(store_begin(f->store, &err_));
    row_add(f->store, T_GAP, "person", person, GAP_needed, "A sauna on Tuesdays");
    assert_int_equal(found(f->store, "tuesdays"), 1);
    store_rollback(f->store);
    row_add(f->store, T_GAP, "person", person, GAP_needed, "A lift on Mondays");
    assert_int_equal(found(f->store, "sauna"), 0);
    assert_int_equal(found(f->store, "mondays"), 1);
    many_changes(f->store);
    assert_int_equal(filed(f->store), 2);
    assert_int_equal(found(f->store, "sundays"), 1);
}

static void the_forgotten_leave_no_word_behind(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");

    row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "Quokka on the roof");
    assert_int_equal(found(f->store, "quokka"), 1);
    assert_ok(store_forget(f->store, person, &err_));
    assert_int_equal(found(f->store, "quokka"), 0);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM temp.search_recent WHERE body LIKE '%quokka%'"), 0);
    many_changes(f->store);
    assert_int_equal(found(f->store, "quokka"), 0);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM search_term WHERE term LIKE '%quokka%'"), 0);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM search_note WHERE body LIKE '%quokka%'"), 0);
}

/* Of a form that is still counted its answers go, and what the index was told of them long before goes too. */
static void the_forgotten_leave_no_answer_behind(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    struct answers a = ANSWERS_INIT;
    struct filing talk = { .form = "conversation", .version = 1, .binds = T_COUNT, .person = person, .hash = "00", .yaml = "x",
                           .yaml_bytes = 1, .held_on = { 2026, 2, 3 }, .answers = &a };

    answers_set(&a, "own_words", 0, "Quokka on the roof");
    assert_ok(store_file(f->store, &talk, &err_));
    answers_release(&a);
    many_changes(f->store);
    assert_int_equal(found(f->store, "quokka"), 1);
    assert_ok(store_forget(f->store, person, &err_));
    assert_int_equal(found(f->store, "quokka"), 0);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM search_term WHERE term LIKE '%quokka%'"), 0);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM search_note WHERE body LIKE '%quokka%'"), 0);
}

/* An older program left them there: they go when the file is opened. */
static void what_was_left_of_the_forgotten_goes(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");

    row_add(f->store, T_RESPONSE, "person", person, RESPONSE_form, "conversation");
    assert_ok(store_forget(f->store, person, &err_));
    assert_ok(db_exec(f->store->db, "INSERT INTO search_note(n, body) SELECT row_no * 16 + 1, 'Quokka on the roof' FROM response; "
                                    "INSERT INTO search_note_text(search_note_text) VALUES ('rebuild'); "
                                    "DELETE FROM schema_version WHERE version > 24", &err_));
    assert_int_equal(filed(f->store), 1);
    fixture_reopen(f, false);
    assert_int_equal(filed(f->store), 0);
    assert_ok(store_verify(f->store, &err_));
}

/* As an older program left it: everything filed, and nothing that says so. */
static void an_older_file_counts_as_filed(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");

    row_add(f->store, T_CONTACT, "person", person, CONTACT_note, "Walked to the harbour");
    many_changes(f->store);
    assert_ok(db_exec(f->store->db, BACK_TO_VERSION_12 "; DROP TABLE paperwork; DELETE FROM schema_version WHERE version > 10; "
                                    "DELETE FROM setting WHERE key = '" INDEXED_KEY "'", &err_));
    fixture_reopen(f, false);
    assert_int_equal(f->store->indexed, f->store->seq);
    assert_int_equal(found(f->store, "harbour"), 1);
}

/* --- against a plain list --------------------------------------------------------------------------------------- */

#define WORDS 12
#define ROWS  60

static const char *const words[WORDS] = { "harbour", "choir", "garden", "debt", "walking", "knitting", "bus", "llyfrgell", "capel",
                                          "cerdded", "canu", "garddio" };

struct row {
    enum table_id t;
    int           column, first, second;
    struct id     id;
    bool          binned;
};

struct model {
    struct row rows[ROWS];
    int        count;
    unsigned   seed;
};

static int any(struct model *m, int n)
{
    m->seed = m->seed * 1103515245u + 12345u;
    return (int) (m->seed >> 16 & 0x7fff) % n;
}

static void assert_as_listed(struct store *s, const struct model *m)
{
    for (int w = 0; w < WORDS; w++) {
        int expected = 0, n = found(s, words[w]);

        for (int i = 0; i < m->count; i++) {
            bool has = !m->rows[i].binned && (m->rows[i].first == w || m->rows[i].second == w), is = false;

            expected += has;
            for (int h = 0; h < n; h++)
                is = is || id_eq(hits[h].id, m->rows[i].id);
            if (has != is)
                fail_msg("seed %u: %s is %sfound in row %d", m->seed, words[w], is ? "" : "not ", i);
        }
        assert_int_equal(n, expected);
    }
}

static void row_change(struct store *s, struct model *m, struct row *r, struct id person)
{
    static const struct { enum table_id t; int column; } of[] = {
        { T_CONTACT, CONTACT_note }, { T_GOAL, GOAL_goal }, { T_GAP, GAP_needed },
    };
    char text[64];
    int kind = any(m, ARRAY_LEN(of));

    r->first = any(m, WORDS);
    r->second = any(m, WORDS);
    snprintf(text, sizeof text, "%s %s", words[r->first], words[r->second]);
    if (id_is_set(r->id)) {
        text_set(s, r->t, r->id, r->column, text);
        return;
    }
    r->t = of[kind].t;
    r->column = of[kind].column;
    r->id = row_add(s, r->t, "person", person, r->column, text);
}

static void row_bin(struct store *s, struct row *r)
{
    assert_ok(r->binned ? store_unbin(s, r->t, r->id, &err_) : store_bin(s, r->t, r->id, "test", &err_));
    r->binned = !r->binned;
}

static void one_step(struct fixture *f, struct model *m, struct id person)
{
    int what = any(m, 20);
    struct row *r = m->count ? &m->rows[any(m, m->count)] : NULL;

    if (what == 0)
        fixture_reopen(f, false);
    else if (what == 1)
        many_changes(f->store);
    else if (what < 5 && r)
        row_bin(f->store, r);
    else if (what < 12 && r && !r->binned)
        row_change(f->store, m, r, person);
    else if (m->count < ROWS)
        row_change(f->store, m, &m->rows[m->count++], person);
}

static void search_and_records_agree(void **state)
{
    struct fixture *f = *state;
    struct model m = { .seed = 20261122 };
    struct id person = person_add(f->store, "Nia", "Bowen");
    char folder[64];
    struct store *s;

    for (int i = 0; i < 300; i++) {
        one_step(f, &m, person);
        if (any(&m, 3) == 0)
            assert_as_listed(f->store, &m);
        if (i % 60 == 59) {
            s = killed(f, folder);
            assert_as_listed(s, &m);
            killed_end(s, folder);
        }
    }
    assert_as_listed(f->store, &m);
    many_changes(f->store);
    assert_ok(db_exec(f->store->db, "INSERT INTO search_note_text(search_note_text) VALUES ('integrity-check')", &err_));
    assert_as_listed(f->store, &m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_note_is_found_before_it_is_filed, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_kill_loses_no_note, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_filed_note_is_found_by_its_new_words_alone, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_was_rolled_back_is_not_found, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_forgotten_leave_no_answer_behind, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_was_left_of_the_forgotten_goes, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_forgotten_leave_no_word_behind, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(an_older_file_counts_as_filed, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(search_and_records_agree, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
