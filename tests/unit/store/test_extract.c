/* Extracts: what a period lets in, values and missing states by name, children that agree with their episode, and plans of
 * the database that need no sorter. */
#include "extract_world.h"

#include "dolen/base/banned.h"

static void a_period_takes_what_was_open_in_it(void **state)
{
    static const struct {
        const char *opened, *closed;
        bool        in;
    } cases[] = {
        { "2026-04-01", NULL, true }, { "2027-03-31", NULL, true }, { "2020-01-01", NULL, true },
        { "2020-01-01", "2026-04-01", true }, { "2020-01-01", "2026-03-31", false }, { "2027-04-01", NULL, false },
        { "2026-05-01", "2026-06-01", true }, { NULL, NULL, true },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct id person = person_add(f->store, "Nia", "Bowen");
        int before = rows_of(f->store, EXTRACT_EPISODE);

        episode_add(f->store, person, ID_NONE, cases[i].opened, cases[i].closed);
        assert_int_equal(rows_of(f->store, EXTRACT_EPISODE) - before, cases[i].in);
    }
}

static void referrals_by_their_date_or_their_episode(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), old;

    referral_add(f->store, person, "2026-04-01", "DECLINED");
    referral_add(f->store, person, "2026-03-31", "DECLINED");
    old = referral_add(f->store, person, "2024-01-01", "ACCEPTED");
    assert_int_equal(rows_of(f->store, EXTRACT_REFERRAL), 1);
    episode_add(f->store, person, old, "2024-01-02", NULL);
    assert_int_equal(rows_of(f->store, EXTRACT_REFERRAL), 2);
    assert_int_equal(rows_of(f->store, EXTRACT_NEED), 6);
    assert_ok(store_bin(f->store, T_PERSON, person, "test", &err_));
    assert_int_equal(rows_of(f->store, EXTRACT_REFERRAL), 0);
    assert_int_equal(rows_of(f->store, EXTRACT_EPISODE), 0);
}

static void children_agree_with_their_episode(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), other = person_add(f->store, "Alun", "Rees");
    struct id episode = episode_add(f->store, person, ID_NONE, "2026-01-01", NULL);
    struct id closed = episode_add(f->store, other, ID_NONE, "2025-01-01", "2025-12-31"), binned;
    struct extract *x;

    contact_add(f->store, person, episode, "2026-02-01", "ATTENDED");
    contact_add(f->store, person, episode, "2026-05-01", "DNA");
    contact_add(f->store, person, episode, "2026-06-01", "ATTENDED");
    binned = contact_add(f->store, person, episode, "2026-07-01", "ATTENDED");
    assert_ok(store_bin(f->store, T_CONTACT, binned, "test", &err_));
    contact_add(f->store, other, closed, "2025-02-01", "ATTENDED");
    assert_int_equal(rows_of(f->store, EXTRACT_CONTACT), 3);
    x = one(f->store, episode);
    assert_string_equal(value(x, "derive.contacts_total"), "3");
    assert_string_equal(value(x, "derive.contacts_attended"), "2");
    assert_string_equal(value(x, "derive.contacts_dna"), "1");
    assert_string_equal(value(x, "derive.first_conversation_on"), "2026-02-01");
    assert_string_equal(value(x, "derive.goals"), "0");
    extract_close(&x);
}

static void response_add(struct store *s, const char *form, struct id person, struct id episode, struct date on,
                         const char *question, const char *answer)
{
    struct answers a = ANSWERS_INIT;
    struct filing f = { .form = form, .version = 1, .binds = T_COUNT, .person = person, .episode = episode, .held_on = on,
                        .hash = "00", .yaml = "x", .yaml_bytes = 1, .answers = &a };

    answers_set(&a, question, 0, answer);
    if (str_eq(question, "agreed"))
        answers_set(&a, "agreed_on", 0, "2026-04-20");
    assert_ok(store_file(s, &f, &err_));
    answers_release(&a);
}

static void derived_columns_are_worked_out(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    struct id referral = referral_add(f->store, person, "2026-04-01", "SERIOUS_FIRST");
    struct id episode = episode_add(f->store, person, referral, "2026-04-03", "2026-09-01");
    struct extract *x;

    contact_add(f->store, person, episode, "2026-04-05", "ATTENDED");
    x = one(f->store, episode);
    assert_string_equal(value(x, "derive.waiting_days"), "4");
    assert_null(value(x, "derive.plan_agreed_on"));
    extract_close(&x);
    response_add(f->store, "conversation", person, episode, (struct date) { 2026, 4, 15 }, "own_words", "Company.");
    response_add(f->store, "plan", person, episode, (struct date) { 2026, 4, 21 }, "agreed", "1");
    x = one(f->store, episode);
    assert_string_equal(value(x, "derive.first_conversation_on"), "2026-04-15");
    assert_string_equal(value(x, "derive.waiting_days"), "14");
    assert_string_equal(value(x, "derive.plan_agreed_on"), "2026-04-20");
    assert_string_equal(value(x, "derive.decision"), "RETURNED");
    assert_string_equal(value(x, "derive.model"), "HOLISTIC");
    assert_string_equal(value(x, "derive.closed_on"), "2026-09-01");
    assert_string_equal(value(x, "conversation.own_words"), "Company.");
    assert_int_equal(missing(x, "conversation.hope"), MISSING_NOT_REACHED);
    assert_true(atol(value(x, "derive.row_version")) > 0);
    assert_true(id_eq(extract_id_value(x, extract_column(x, "id.referral")), referral));
    assert_true(id_eq(extract_id_value(x, extract_column(x, "id.person")), person));
    extract_close(&x);
}

static void missing_states_have_names(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), episode = episode_add(f->store, person, ID_NONE, "2026-04-03", NULL);
    struct answers a = ANSWERS_INIT;
    struct filing equality = { .form = "equality", .version = 1, .binds = T_EQUALITY, .person = person, .answers = &a };
    struct extract *x = one(f->store, episode);
    struct facts facts;
    enum missing why = MISSING_NONE;

    assert_int_equal(missing(x, "equality.religion"), MISSING_NOT_REACHED);
    extract_close(&x);
    answers_set_missing(&a, "religion", 0, MISSING_PREFER_NOT);
    answers_set_missing(&a, "ethnic_group_text", 0, MISSING_NOT_KNOWN);
    answers_set(&a, "sex", 0, "FEMALE");
    assert_ok(store_file(f->store, &equality, &err_));
    answers_release(&a);
    x = one(f->store, episode);
    assert_int_equal(missing(x, "equality.religion"), MISSING_PREFER_NOT);
    assert_int_equal(missing(x, "equality.ethnic_group"), MISSING_NOT_REACHED);
    assert_int_equal(missing(x, "equality.ethnic_group_text"), MISSING_NOT_KNOWN);
    assert_int_equal(missing(x, "equality.sex"), MISSING_NONE);
    facts = extract_facts(x);
    assert_string_equal(facts.value(facts.ctx, "equality.sex", &why), "FEMALE");
    assert_null(facts.value(facts.ctx, "equality.religion", &why));
    assert_int_equal(why, MISSING_PREFER_NOT);
    assert_null(facts.value(facts.ctx, "nonsense", &why));
    assert_int_equal(why, MISSING_NOT_REACHED);
    extract_close(&x);
}

static void consent_rules_read_the_newest(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), episode = episode_add(f->store, person, ID_NONE, "2026-04-03", NULL);
    static const char *const rows[][4] = {      /* notice, its day, state, understood */
        { "YES", "2026-04-10", "GIVEN", "YES" }, { "OBJECTS", "2026-06-01", "WITHDRAWN", "YES" },
        { "NO", "2026-05-01", "GIVEN", "DOUBT" },
    };
    static const char *const expected[][2] = { { "YES", "GIVEN" }, { "OBJECTS", "WITHDRAWN" }, { "OBJECTS", "WITHDRAWN" } };
    struct extract *x = one(f->store, episode);

    assert_null(value(x, "rule.notice"));
    extract_close(&x);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct record r;

        record_init(&r, T_CONSENT);
        record_set_id(&r, CONSENT_person, person);
        set(&r, "notice_given", rows[i][0]);
        set(&r, "notice_on", rows[i][1]);
        set(&r, "purpose", "REPORTING");
        set(&r, "state", rows[i][2]);
        set(&r, "state_on", rows[i][1]);
        set(&r, "understood", rows[i][3]);
        put(f->store, &r);
        x = one(f->store, episode);
        assert_string_equal(value(x, "rule.notice"), expected[i][0]);
        assert_string_equal(value(x, "rule.permission"), expected[i][1]);
        extract_close(&x);
    }
}

static void difference_add(struct store *s, struct id person, struct id consent, struct record *d)
{
    record_init(d, T_DIFFERENCE);
    record_set_id(d, DIFFERENCE_person, person);
    record_set_id(d, DIFFERENCE_subject, consent);
    set(d, "entity", "consent");
    set(d, "field", "state");
    set(d, "theirs", "\"WITHDRAWN\"");
    assert_ok(store_put(s, d, NULL, &err_));
}

static int64_t permission_now(struct store *s, struct id episode, const char *expected)
{
    struct extract *x = one(s, episode);
    int64_t version;

    assert_string_equal(value(x, "rule.permission"), expected);
    assert_string_equal(value(x, "rule.notice"), str_eq(expected, "GIVEN") ? "YES" : expected);
    version = strtoll(value(x, "derive.row_version"), NULL, 10);
    extract_close(&x);
    return version;
}

/* Each time the row is newer than what was sent of it. */
static void permission_that_another_laptop_contradicts_does_not_count(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), episode = episode_add(f->store, person, ID_NONE, "2026-04-03", NULL);
    struct record r, d;
    int64_t given, in_doubt, settled;

    record_init(&r, T_CONSENT);
    record_set_id(&r, CONSENT_person, person);
    set(&r, "purpose", "REPORTING");
    set(&r, "state", "GIVEN");
    set(&r, "state_on", "2026-04-10");
    set(&r, "notice_given", "YES");
    set(&r, "notice_on", "2026-04-10");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    given = permission_now(f->store, episode, "GIVEN");
    difference_add(f->store, person, r.id, &d);
    in_doubt = permission_now(f->store, episode, "DOUBT");
    assert_true(in_doubt > given);
    set(&d, "settled", "MINE");
    put(f->store, &d);
    settled = permission_now(f->store, episode, "GIVEN");
    assert_true(settled > in_doubt);
    difference_add(f->store, person, r.id, &d);
    assert_ok(store_bin(f->store, T_DIFFERENCE, d.id, "test", &err_));
    assert_true(permission_now(f->store, episode, "GIVEN") > settled);
    record_release(&d);
    record_release(&r);
}

/* Rows of every kind that a side asks about, with equal dates, dates missing and rows in the bin among them. */
static void caseload_add(struct store *s, unsigned n)
{
    static const char *const days[] = { NULL, "2026-04-05", "2026-04-20", "2026-06-01" };
    static const char *const results[] = { "ATTENDED", "DNA", "NO_ANSWER" }, *const states[] = { "GIVEN", "REFUSED", "WITHDRAWN" };
    static const char *const notices[] = { NULL, "YES", "OBJECTS", "NO" };
    struct id person = person_add(s, "Nia", "Bowen"), episode = episode_add(s, person, ID_NONE, "2026-04-03", NULL), row;
    unsigned r = n * 2654435761u;
    struct record consent;

    for (unsigned i = 0; i < n % 4; i++, r = r * 1664525u + 1013904223u) {
        row = contact_add(s, person, episode, days[1 + (r >> 9) % 3], results[(r >> 12) % 3]);
        if ((r >> 20) % 4 == 0)
            assert_ok(store_bin(s, T_CONTACT, row, "test", &err_));
        record_init(&consent, T_CONSENT);
        record_set_id(&consent, CONSENT_person, person);
        set(&consent, "notice_given", notices[(r >> 14) % 4]);
        set(&consent, "notice_on", days[(r >> 16) % 4]);
        set(&consent, "purpose", (r >> 22) % 4 ? "REPORTING" : "REFERRER");
        set(&consent, "state", states[(r >> 18) % 3]);
        set(&consent, "state_on", days[(r >> 24) % 4]);
        set(&consent, "understood", (r >> 26) % 3 ? "YES" : "DOUBT");
        set(&consent, "recipient", (r >> 27) % 2 ? "The county" : "The health board");
        assert_ok(store_put(s, &consent, NULL, &err_));
        if ((r >> 5) % 4 == 0) {
            struct record d;

            difference_add(s, person, consent.id, &d);
            record_release(&d);
        }
        record_release(&consent);
        if ((r >> 10) % 3)
            response_add(s, "conversation", person, episode, (struct date) { 2026, 4, 3 + (r >> 28) }, "own_words", "Company.");
        if ((r >> 11) % 3)
            response_add(s, "plan", person, episode, (struct date) { 2026, 5, 1 + (r >> 13) % 3 }, "agreed", (r >> 15) % 3 ? "1" : "0");
        if ((r >> 17) % 2)
            row_add(s, T_GOAL, "episode", episode, GOAL_goal, "Sing");
    }
}

static void everybody_at_once_or_one_by_one_the_answers_agree(void **state)
{
    struct fixture *f = *state;
    struct extract *x = NULL, *alone;
    int compared = 0, known = 0;
    bool row;

    for (unsigned n = 0; n < 60; n++)
        caseload_add(f->store, n);
    assert_ok(extract_open(&x, f->store, EXTRACT_EPISODE, from, until, &err_));
    while (extract_next(x, &row, &err_) == ST_OK && row) {
        alone = one(f->store, extract_id_value(x, extract_column(x, "id.episode")));
        for (int k = 0; k < SIDE_COUNT; k++)
            for (int i = 0; k != SIDE_RATINGS && i < SIDE_COLUMNS && side_specs[k].names[i]; i++) {
                const char *a = value(x, side_specs[k].names[i]), *b = value(alone, side_specs[k].names[i]);

                if (!str_eq(a, b))
                    fail_msg("row %d: %s is %s for everybody, %s alone", compared, side_specs[k].names[i],
                             a ? a : "nothing", b ? b : "nothing");
                known += a != NULL;
            }
        extract_close(&alone);
        compared++;
    }
    extract_close(&x);
    assert_int_equal(compared, 60);
    assert_true(known > 400);
}

static long version_of(struct store *s, enum extract_id which)
{
    struct extract *x = NULL;
    bool row = false;
    long version;

    assert_ok(extract_open(&x, s, which, from, until, &err_));
    assert_ok(extract_next(x, &row, &err_));
    assert_true(row);
    version = atol(value(x, "derive.row_version"));
    extract_close(&x);
    return version;
}

static void change(struct store *s, enum table_id t, struct id id, const char *column, const char *text)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(s, t, id, &r, &err_));
    set(&r, column, text);
    put(s, &r);
}

#define assert_newer(which) do { long now_ = version_of(f->store, which); assert_true(now_ > was[which]); was[which] = now_; } while (0)
#define assert_as_it_was(which) assert_int_equal(version_of(f->store, which), was[which])

/* A copy that takes over only what is newer must never keep an older count, date or rating. */
static void a_row_is_as_new_as_everything_in_it(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), contact, goal, rating, asset;
    struct id referral = referral_add(f->store, person, "2026-04-01", "ACCEPTED");
    struct id episode = episode_add(f->store, person, referral, "2026-04-03", NULL);
    long was[EXTRACT_COUNT] = { 0 };
    struct record r;

    assert_newer(EXTRACT_EPISODE);
    assert_newer(EXTRACT_REFERRAL);
    change(f->store, T_PERSON, person, "local_authority", "W06000001");
    assert_newer(EXTRACT_EPISODE);
    assert_newer(EXTRACT_REFERRAL);
    contact = contact_add(f->store, person, episode, "2026-05-01", "ATTENDED");
    assert_newer(EXTRACT_EPISODE);
    change(f->store, T_CONTACT, contact, "result", "DNA");
    assert_newer(EXTRACT_EPISODE);
    assert_ok(store_bin(f->store, T_CONTACT, contact, "test", &err_));
    assert_newer(EXTRACT_EPISODE);
    response_add(f->store, "plan", person, episode, (struct date) { 2026, 4, 21 }, "agreed", "1");
    assert_newer(EXTRACT_EPISODE);
    goal = row_add(f->store, T_GOAL, "episode", episode, GOAL_goal, "Sing");
    assert_newer(EXTRACT_EPISODE);
    assert_newer(EXTRACT_GOAL);
    rating = row_add(f->store, T_RATING, "goal", goal, RATING_rating, "3");
    assert_newer(EXTRACT_GOAL);
    assert_as_it_was(EXTRACT_EPISODE);
    assert_ok(store_bin(f->store, T_RATING, rating, "test", &err_));
    assert_newer(EXTRACT_GOAL);
    record_init(&r, T_ASSET);
    set(&r, "name_en", "Choir");
    asset = put(f->store, &r);
    record_init(&r, T_CONNECTION);
    record_set_id(&r, CONNECTION_episode, episode);
    record_set_id(&r, CONNECTION_asset, asset);
    set(&r, "kind", "REFERRED");
    put(f->store, &r);
    assert_newer(EXTRACT_ASSET_USE);
    change(f->store, T_ASSET, asset, "category", "ARTS");
    assert_newer(EXTRACT_ASSET_USE);
    assert_as_it_was(EXTRACT_REFERRAL);
}

static void needs_goals_and_outcomes_are_rows(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    struct id referral = referral_add(f->store, person, "2026-04-01", "ACCEPTED");
    struct id episode = episode_add(f->store, person, referral, "2026-04-03", NULL), goal;
    struct extract *x = NULL;
    struct record r;
    bool row;

    goal = row_add(f->store, T_GOAL, "episode", episode, GOAL_goal, "Sing");
    row_add(f->store, T_RATING, "goal", goal, RATING_rating, "3");
    record_init(&r, T_MEASURE);
    record_set_id(&r, MEASURE_episode, episode);
    set(&r, "instrument", "ons-loneliness");
    set(&r, "item", "ucla");
    set(&r, "value", "0");
    set(&r, "wording", "en_shown");
    set(&r, "language", "cy");
    put(f->store, &r);

    assert_ok(extract_open(&x, f->store, EXTRACT_NEED, from, until, &err_));
    for (int i = 1; i <= 3; i++) {
        assert_ok(extract_next(x, &row, &err_));
        assert_true(row);
        assert_int_equal(atoi(value(x, "derive.need_rank")), i);
        assert_string_equal(value(x, "derive.need_code"), i == 1 ? "LONELINESS" : i == 2 ? "DEBT" : "FALLS");
    }
    assert_ok(extract_next(x, &row, &err_));
    assert_false(row);
    extract_close(&x);

    assert_ok(extract_open(&x, f->store, EXTRACT_GOAL, from, until, &err_));
    assert_ok(extract_next(x, &row, &err_));
    assert_string_equal(value(x, "derive.goal_rating_start"), "3");
    assert_null(value(x, "derive.goal_rating_end"));
    assert_string_equal(value(x, "person.family_name"), "Bowen");
    extract_close(&x);

    assert_ok(extract_open(&x, f->store, EXTRACT_OUTCOME, from, until, &err_));
    assert_ok(extract_next(x, &row, &err_));
    assert_string_equal(value(x, "derive.instrument"), "ONS-LONELINESS");
    assert_string_equal(value(x, "derive.item"), "UCLA");
    assert_string_equal(value(x, "derive.value"), "0");
    assert_string_equal(value(x, "derive.wording"), "EN_SHOWN");
    assert_string_equal(value(x, "derive.measure_language"), "CY");
    extract_close(&x);
}

/* With temp_store in memory a sorter over everything would be memory that grows with the caseload. */
static void no_extract_of_people_sorts(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < EXTRACT_CAPACITY; i++) {
        char *sql = xasprintf("EXPLAIN QUERY PLAN %s", extract_specs[i].all);
        struct stmt *q = NULL;
        bool row = false;

        assert_ok(db_prepare(f->store->db, &q, sql, &err_));
        while (stmt_step(q, &row, &err_) == ST_OK && row) {
            const char *detail = stmt_text(q, 3);

            if (strstr(detail, "TEMP B-TREE") || strstr(detail, "MATERIALIZE") || strstr(detail, "AUTOMATIC"))
                fail_msg("%s: %s", extract_specs[i].table, detail);
        }
        stmt_free(&q);
        free(sql);
    }
}

static void tables_are_found_by_name(void **state)
{
    enum extract_id which;

    (void) state;
    assert_true(extract_by_name("asset_use", &which));
    assert_int_equal(which, EXTRACT_ASSET_USE);
    assert_false(extract_by_name("tombstone", &which));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_period_takes_what_was_open_in_it, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(referrals_by_their_date_or_their_episode, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(children_agree_with_their_episode, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(derived_columns_are_worked_out, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(missing_states_have_names, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(consent_rules_read_the_newest, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(permission_that_another_laptop_contradicts_does_not_count, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(everybody_at_once_or_one_by_one_the_answers_agree, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_row_is_as_new_as_everything_in_it, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(needs_goals_and_outcomes_are_rows, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(no_extract_of_people_sorts, fixture_open, fixture_close),
        cmocka_unit_test(tables_are_found_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
