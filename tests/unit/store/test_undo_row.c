/* A row of the history taken back, of every kind: with what was filed with it, and not when something stands on it. */
#include "fixture.h"

#include "dolen/base/buf.h"
#include "dolen/store/past.h"
#include "fix_answers.h"

/* Somebody with an open period of support. */
struct case_of {
    struct id person, referral, episode;
};

static struct case_of case_add(struct fixture *f)
{
    struct case_of c = { .person = person_add(f->store, "Mair", "Prawf") };

    c.referral = row_add(f->store, T_REFERRAL, "person", c.person, REFERRAL_received_on, "2026-01-05");
    c.episode = row_add(f->store, T_EPISODE, "person", c.person, EPISODE_opened_on, "2026-01-07");
    return c;
}

static int64_t newest_of(struct fixture *f, struct id id)
{
    struct change_row c = { .seq = 0 };
    int n = 0;
    int64_t seq;

    assert_ok(store_changes(f->store, id, 0, 1, &c, &n, &err_));
    assert_int_equal(n, 1);
    seq = c.seq;
    change_row_release(&c);
    return seq;
}

static int64_t change_column(struct fixture *f, enum table_id t, struct id id, int column, const char *value)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(f->store, t, id, &r, &err_));
    record_set(&r, column, value);
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_release(&r);
    return newest_of(f, id);
}

static bool in_bin(struct fixture *f, enum table_id t, struct id id)
{
    struct record r = { .text = NULL };
    bool binned;

    assert_ok(store_get(f->store, t, id, &r, &err_));
    binned = r.binned;
    record_release(&r);
    return binned;
}

static void take_back(struct fixture *f, int64_t seq)
{
    fixture_reopen(f, false);            /* another day, another session */
    assert_ok(store_take_back_one(f->store, seq, true, &err_));
    assert_ok(store_verify_history(f->store, &err_));
}

/* Refused with a sentence that names says (NULL: any), and nothing is changed. */
static void refused(struct fixture *f, int64_t seq, enum status st, const char *says)
{
    int64_t version = store_version(f->store);
    struct err err = { .st = ST_OK };

    assert_int_equal(store_take_back_one(f->store, seq, true, &err), st);
    if (says && !strstr(err_text(&err), says))
        fail_msg("\"%s\" is not in: %s", says, err_text(&err));
    assert_non_null(strstr(err_text(&err), "Nothing was changed."));
    assert_int_equal(store_version(f->store), version);
}

/* A form filed as the program above files it: the response, then what comes of it, in one transaction. */
struct filed {
    struct id response, goal, action, rating, measure, task;
};

static struct filed plan_file(struct fixture *f, const struct case_of *c, struct id response, const char *goal)
{
    struct answers a = ANSWERS_INIT;
    struct filing x = { .form = "plan", .version = 1, .binds = T_COUNT, .id = response, .person = c->person,
                        .episode = c->episode, .answers = &a, .held_on = { 2026, 2, 3 } };
    struct records open = { NULL, 0, 0 };
    struct filed out = { .response = ID_NONE };
    struct record r;

    answers_set(&a, "goal", 1, goal);
    assert_ok(store_begin(f->store, &err_));
    assert_ok(store_file(f->store, &x, &err_));
    out.response = x.id;
    record_init(&r, T_GOAL);
    record_set_id(&r, GOAL_person, c->person);
    record_set_id(&r, GOAL_episode, c->episode);
    record_set(&r, GOAL_goal, goal);
    assert_ok(store_put(f->store, &r, NULL, &err_));
    out.goal = r.id;
    record_release(&r);
    out.rating = row_add(f->store, T_RATING, "goal", out.goal, RATING_rating, "3");
    out.action = row_add(f->store, T_ACTION, "episode", c->episode, ACTION_action, "Ring the choir");
    record_init(&r, T_MEASURE);
    record_set_id(&r, MEASURE_person, c->person);
    record_set_id(&r, MEASURE_response, out.response);
    record_set(&r, MEASURE_value, "7");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    out.measure = r.id;
    record_release(&r);
    assert_ok(store_task_add(f->store, "REVIEW", (struct date) { 2026, 5, 1 }, c->person, c->episode, c->episode, NULL,
                             &err_));
    assert_ok(store_commit(f->store, &err_));
    assert_ok(store_list(f->store, LIST_TASKS_OF_SUBJECT, c->episode, 1, &open, &err_));
    assert_int_equal(open.count, 1);
    out.task = open.items[0].id;
    records_release(&open);
    answers_release(&a);
    return out;
}

static void all_in_bin(struct fixture *f, const struct filed *x, bool binned)
{
    assert_int_equal(in_bin(f, T_RESPONSE, x->response), binned);
    assert_int_equal(in_bin(f, T_GOAL, x->goal), binned);
    assert_int_equal(in_bin(f, T_RATING, x->rating), binned);
    assert_int_equal(in_bin(f, T_ACTION, x->action), binned);
    assert_int_equal(in_bin(f, T_MEASURE, x->measure), binned);
    assert_int_equal(in_bin(f, T_TASK, x->task), binned);
}

static void a_plan_goes_back_with_all_that_came_of_it(void **state)
{
    struct fixture *f = *state;
    struct case_of c = case_add(f);
    struct filed x = plan_file(f, &c, ID_NONE, "Sing again");
    int64_t before = store_version(f->store);

    take_back(f, newest_of(f, x.response));
    all_in_bin(f, &x, true);
    assert_int_equal(store_version(f->store), before + 6);
    assert_int_equal(ask(f->store, "SELECT count(DISTINCT step) FROM change WHERE undoes IS NOT NULL"), 1);
    assert_false(in_bin(f, T_EPISODE, c.episode));
    take_back(f, newest_of(f, x.response));         /* the taking back, taken back */
    all_in_bin(f, &x, false);
    take_back(f, newest_of(f, x.response));         /* and that again */
    all_in_bin(f, &x, true);
}

/* A goal has no life beside the plan it stands in: its row takes the whole filing back, and so does a measure's. */
static void a_part_of_a_filing_takes_the_filing_back(void **state)
{
    struct fixture *f = *state;
    struct case_of c = case_add(f);
    struct filed x = plan_file(f, &c, ID_NONE, "Swim");
    struct change_row *rows;
    size_t n;

    assert_ok(store_goes_back(f->store, newest_of(f, x.goal), &rows, &n, &err_));
    assert_int_equal(n, 6);
    assert_string_equal(rows[0].entity, "response");
    for (size_t i = 0; i < n; i++)
        change_row_release(&rows[i]);
    free(rows);
    take_back(f, newest_of(f, x.measure));
    all_in_bin(f, &x, true);
}

static void out_of_the_bin_comes_all_that_went(void **state)
{
    struct fixture *f = *state;
    struct case_of c = case_add(f);
    struct filed x = plan_file(f, &c, ID_NONE, "Garden");

    take_back(f, newest_of(f, x.response));
    assert_ok(store_unbin(f->store, T_RESPONSE, x.response, &err_));
    all_in_bin(f, &x, false);
    assert_ok(store_bin(f->store, T_GOAL, x.goal, "not hers", &err_));
    assert_ok(store_unbin(f->store, T_GOAL, x.goal, &err_));
    assert_false(in_bin(f, T_GOAL, x.goal));
}

static void a_marked_goal_action_and_rating_go_back_alone(void **state)
{
    struct fixture *f = *state;
    struct case_of c = case_add(f);
    struct filed x = plan_file(f, &c, ID_NONE, "Walk");
    int64_t done = change_column(f, T_ACTION, x.action, ACTION_state, "DONE");
    int64_t met = change_column(f, T_GOAL, x.goal, GOAL_state, "MET");
    int64_t seven = change_column(f, T_RATING, x.rating, RATING_rating, "7");
    char named[32];

    snprintf(named, sizeof named, "change %lld", (long long) seven);
    refused(f, newest_of(f, x.measure), ST_CONFLICT, NULL);
    refused(f, newest_of(f, x.response), ST_CONFLICT, NULL);
    take_back(f, done);
    assert_column(f->store, T_ACTION, x.action, ACTION_state, NULL);
    assert_column(f->store, T_GOAL, x.goal, GOAL_state, "MET");
    take_back(f, met);
    assert_column(f->store, T_GOAL, x.goal, GOAL_state, NULL);
    refused(f, newest_of(f, x.response), ST_CONFLICT, named);       /* only the rating stands in the way now */
    take_back(f, seven);
    assert_column(f->store, T_RATING, x.rating, RATING_rating, "3");
    take_back(f, newest_of(f, x.response));
    all_in_bin(f, &x, true);
}

static void a_conversation_gets_its_earlier_answers_again(void **state)
{
    struct fixture *f = *state;
    struct case_of c = case_add(f);
    struct answers first = ANSWERS_INIT, second = ANSWERS_INIT, third = ANSWERS_INIT, back = ANSWERS_INIT;
    struct filing x = { .form = "conversation", .version = 1, .binds = T_COUNT, .person = c.person,
                        .episode = c.episode, .answers = &first, .held_on = { 2026, 2, 3 } };
    int64_t changed;

    answers_set(&first, "matters", 0, "Y teulu");
    answers_set_missing(&first, "sleep", 0, MISSING_NOT_KNOWN);
    answers_set(&first, "step", 1, "Ffonio");
    assert_ok(store_file(f->store, &x, &err_));
    answers_set(&second, "matters", 0, "Y côr");
    answers_set(&second, "sleep", 0, "Gwael");
    x.answers = &second;
    assert_ok(store_file(f->store, &x, &err_));
    changed = newest_of(f, x.id);
    take_back(f, changed);
    assert_ok(store_answers(f->store, T_RESPONSE, x.id, &back, &err_));
    assert_true(answers_equal(&first, &back));
    answers_release(&back);
    take_back(f, newest_of(f, x.id));
    assert_ok(store_answers(f->store, T_RESPONSE, x.id, &back, &err_));
    assert_true(answers_equal(&second, &back));
    answers_release(&back);

    answers_set(&third, "matters", 0, "Y capel");
    answers_set(&third, "sleep", 0, "Gwael");
    x.answers = &third;
    assert_ok(store_file(f->store, &x, &err_));
    refused(f, changed, ST_CONFLICT, "changed again since");
    answers_release(&first);
    answers_release(&second);
    answers_release(&third);
}

static void a_directory_entry_and_its_places_go_back(void **state)
{
    struct fixture *f = *state;
    struct case_of c = case_add(f);
    struct id asset = row_add(f->store, T_ASSET, "offer", ID_NONE, ASSET_name_en, "Choir"), place;
    int64_t made = newest_of(f, asset), phone = change_column(f, T_ASSET, asset, ASSET_phone, "1"), placed, joined;
    struct record r;

    take_back(f, phone);
    assert_column(f->store, T_ASSET, asset, ASSET_phone, NULL);
    place = row_add(f->store, T_ASSET, "offer", asset, ASSET_name_en, "Choir in Barry");
    placed = newest_of(f, place);
    refused(f, made, ST_CONFLICT, "Directory entry stands on it");
    take_back(f, placed);
    assert_true(in_bin(f, T_ASSET, place));
    record_init(&r, T_CONNECTION);
    record_set_id(&r, CONNECTION_person, c.person);
    record_set_id(&r, CONNECTION_episode, c.episode);
    record_set_id(&r, CONNECTION_asset, asset);
    assert_ok(store_put(f->store, &r, NULL, &err_));
    joined = newest_of(f, r.id);
    refused(f, made, ST_CONFLICT, "Connection stands on it");
    take_back(f, joined);
    record_release(&r);
    take_back(f, made);
    assert_true(in_bin(f, T_ASSET, asset));
    take_back(f, newest_of(f, asset));
    assert_false(in_bin(f, T_ASSET, asset));
}

/* The reminder of the next one goes with it, and the one it ended is due again. */
static void supervision_goes_back_with_its_reminder(void **state)
{
    struct fixture *f = *state;
    struct id first = row_add(f->store, T_SUPERVISION, "held_on", ID_NONE, SUPERVISION_with_whom, "Ann"), second;
    struct record r;

    assert_ok(store_task_add(f->store, "SUPERVISION_DUE", (struct date) { 2026, 3, 1 }, ID_NONE, ID_NONE, first, NULL,
                             &err_));
    assert_ok(store_begin(f->store, &err_));
    record_init(&r, T_SUPERVISION);
    record_set(&r, SUPERVISION_with_whom, "Bob");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    second = r.id;
    record_release(&r);
    assert_ok(store_task_done(f->store, "SUPERVISION_DUE", first, (struct date) { 2026, 3, 2 }, &err_));
    assert_ok(store_task_add(f->store, "SUPERVISION_DUE", (struct date) { 2026, 4, 1 }, ID_NONE, ID_NONE, second, NULL,
                             &err_));
    assert_ok(store_commit(f->store, &err_));
    take_back(f, newest_of(f, second));
    assert_true(in_bin(f, T_SUPERVISION, second));
    assert_false(in_bin(f, T_SUPERVISION, first));
    assert_int_equal(ask(f->store, "SELECT count(*) FROM task WHERE done_on IS NULL AND binned_at IS NULL"), 1);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM task WHERE done_on IS NULL AND binned_at IS NULL "
                                   "AND due_on = '2026-03-01'"), 1);
}

/* A decision opens a period of support; with the decision it goes, unless something was done in it. */
static void a_decision_goes_back_with_what_it_opened(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Ifan", "Prawf"),
              referral = row_add(f->store, T_REFERRAL, "person", person, REFERRAL_received_on, "2026-01-05"), episode,
              contact;
    struct record r = { .text = NULL };
    int64_t decided;

    assert_ok(store_task_add(f->store, "REFERRAL_WAITING", (struct date) { 2026, 1, 5 }, person, ID_NONE, referral, NULL,
                             &err_));
    assert_ok(store_begin(f->store, &err_));
    decided = change_column(f, T_REFERRAL, referral, REFERRAL_decision, "ACCEPTED");
    assert_ok(store_task_done(f->store, "REFERRAL_WAITING", referral, (struct date) { 2026, 1, 7 }, &err_));
    record_init(&r, T_EPISODE);
    record_set_id(&r, EPISODE_person, person);
    record_set_id(&r, EPISODE_referral, referral);
    assert_ok(store_put(f->store, &r, NULL, &err_));
    episode = r.id;
    record_release(&r);
    assert_ok(store_commit(f->store, &err_));

    contact = row_add(f->store, T_CONTACT, "episode", episode, CONTACT_held_on, "2026-01-09");
    refused(f, decided, ST_CONFLICT, "Contact stands on it");
    take_back(f, newest_of(f, contact));
    take_back(f, decided);
    assert_column(f->store, T_REFERRAL, referral, REFERRAL_decision, NULL);
    assert_true(in_bin(f, T_EPISODE, episode));
    assert_int_equal(ask(f->store, "SELECT count(*) FROM task WHERE done_on IS NULL AND binned_at IS NULL"), 1);
    assert_false(in_bin(f, T_REFERRAL, referral));
}

/* One phone call about two people is one transaction; each goes back alone, with the day that was agreed for them. */
static void a_call_about_two_goes_back_for_one(void **state)
{
    struct fixture *f = *state;
    struct case_of c[2] = { case_add(f), case_add(f) };
    struct id contact[2];

    assert_ok(store_begin(f->store, &err_));
    for (int i = 0; i < 2; i++) {
        struct record r;

        record_init(&r, T_CONTACT);
        record_set_id(&r, CONTACT_person, c[i].person);
        record_set_id(&r, CONTACT_episode, c[i].episode);
        assert_ok(store_put(f->store, &r, NULL, &err_));
        contact[i] = r.id;
        record_release(&r);
    }
    for (int i = 0; i < 2; i++)
        assert_ok(store_task_add(f->store, "FOLLOW_UP", (struct date) { 2026, 2, 1 + i }, c[i].person, c[i].episode,
                                 c[i].episode, NULL, &err_));
    assert_ok(store_commit(f->store, &err_));
    take_back(f, newest_of(f, contact[0]));
    assert_true(in_bin(f, T_CONTACT, contact[0]));
    assert_false(in_bin(f, T_CONTACT, contact[1]));
    assert_int_equal(ask(f->store, "SELECT count(*) FROM task WHERE binned_at IS NOT NULL "
                                   "AND due_on = '2026-02-01'"), 1);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM task WHERE binned_at IS NULL"), 1);
    take_back(f, newest_of(f, contact[0]));
    assert_false(in_bin(f, T_CONTACT, contact[0]));
    assert_int_equal(ask(f->store, "SELECT count(*) FROM task WHERE binned_at IS NULL"), 2);
}

/* A list that came in at once: of one person's two referrals each goes back with its own period of support alone. */
static void of_a_whole_list_only_what_belongs_together_goes(void **state)
{
    struct fixture *f = *state;
    struct id person, referral[2], episode[2];

    assert_ok(store_begin(f->store, &err_));
    person = person_add(f->store, "Nest", "Prawf");
    for (int i = 0; i < 2; i++) {
        struct record r;

        referral[i] = row_add(f->store, T_REFERRAL, "person", person, REFERRAL_received_on, "2026-01-05");
        record_init(&r, T_EPISODE);
        record_set_id(&r, EPISODE_person, person);
        record_set_id(&r, EPISODE_referral, referral[i]);
        assert_ok(store_put(f->store, &r, NULL, &err_));
        episode[i] = r.id;
        record_release(&r);
    }
    assert_ok(store_commit(f->store, &err_));
    refused(f, newest_of(f, person), ST_CONFLICT, "Referral stands on it");
    take_back(f, newest_of(f, episode[1]));
    assert_true(in_bin(f, T_REFERRAL, referral[1]) && in_bin(f, T_EPISODE, episode[1]));
    assert_false(in_bin(f, T_REFERRAL, referral[0]) || in_bin(f, T_EPISODE, episode[0]));
}

static void equality_answers_and_a_handed_case_go_back(void **state)
{
    struct fixture *f = *state;
    struct case_of c = case_add(f);
    struct id answers = row_add(f->store, T_EQUALITY, "person", c.person, EQUALITY_carer, "YES");
    int64_t changed = change_column(f, T_EQUALITY, answers, EQUALITY_carer, "NO");
    struct record r = { .text = NULL };

    take_back(f, changed);
    assert_column(f->store, T_EQUALITY, answers, EQUALITY_carer, "YES");
    assert_ok(store_get(f->store, T_EPISODE, c.episode, &r, &err_));
    record_set_id(&r, EPISODE_practitioner, row_add(f->store, T_PRACTITIONER, "slot", ID_NONE, PRACTITIONER_name, "G"));
    assert_ok(store_put(f->store, &r, "handed over", &err_));
    record_release(&r);
    take_back(f, newest_of(f, c.episode));
    assert_column(f->store, T_EPISODE, c.episode, EPISODE_practitioner, NULL);
}

static void what_must_stay_says_why(void **state)
{
    struct fixture *f = *state;
    struct case_of c = case_add(f);
    struct id concern = row_add(f->store, T_CONCERN, "person", c.person, CONCERN_what_seen, "a bruise");
    struct record r = { .text = NULL };

    enum table_id what;
    struct id at;

    refused(f, newest_of(f, concern), ST_REFUSED, "never taken back");
    assert_int_equal(store_undo(f->store, &what, &at, &err_), ST_REFUSED);
    assert_non_null(strstr(err_text(&err_), "never taken back"));
    assert_ok(store_bin(f->store, T_CONCERN, concern, "another person's", &err_));
    assert_ok(store_undo(f->store, &what, &at, &err_));
    assert_int_equal(what, T_CONCERN);
    assert_int_equal(store_undo(f->store, &what, &at, &err_), ST_REFUSED);
    assert_column(f->store, T_CONCERN, concern, CONCERN_what_seen, "a bruise");
    assert_ok(store_note(f->store, "person", c.person, "revealed: phone", &err_));
    refused(f, newest_of(f, c.person), ST_NOTFOUND, "only keeps that something was seen");
    refused(f, 999999, ST_NOTFOUND, NULL);
    assert_ok(store_get(f->store, T_EPISODE, c.episode, &r, &err_));
    record_set(&r, EPISODE_closed_on, "2026-03-01");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    refused(f, newest_of(f, c.episode), ST_REFUSED, "opened again with O");
    record_set(&r, EPISODE_closed_on, NULL);
    assert_ok(store_put(f->store, &r, "reopened", &err_));
    record_release(&r);
    take_back(f, newest_of(f, c.episode));          /* opening again is no closing */
    assert_column(f->store, T_EPISODE, c.episode, EPISODE_closed_on, "2026-03-01");
}

/* Back in the bin it lies there for the reason it was put there for. */
static void what_goes_back_into_the_bin_keeps_its_reason(void **state)
{
    struct fixture *f = *state;
    struct case_of c = case_add(f);
    struct bin_row rows[4];
    enum table_id what;
    struct id at;
    int n = 0;

    assert_ok(store_bin(f->store, T_EPISODE, c.episode, "typed twice", &err_));
    assert_ok(store_unbin(f->store, T_EPISODE, c.episode, &err_));
    take_back(f, newest_of(f, c.episode));
    assert_ok(bin_list(f->store, 0, 0, 4, rows, &n, &err_));
    assert_int_equal(n, 1);
    assert_string_equal(rows[0].why, "typed twice");
    assert_ok(store_bin(f->store, T_REFERRAL, c.referral, "came by post too", &err_));
    assert_ok(store_unbin(f->store, T_REFERRAL, c.referral, &err_));
    assert_ok(store_undo(f->store, &what, &at, &err_));
    assert_ok(bin_list(f->store, 0, 0, 4, rows, &n, &err_));
    assert_int_equal(n, 2);
    assert_string_equal(rows[rows[0].table == T_REFERRAL ? 0 : 1].why, "came by post too");
}

/* Changes from before steps were written down: what one hand wrote in one second. */
static void an_older_history_goes_back_whole_too(void **state)
{
    struct fixture *f = *state;
    struct case_of c = case_add(f);
    struct filed x = plan_file(f, &c, ID_NONE, "Paint");

    assert_ok(db_exec(f->store->db, "UPDATE change SET step = NULL, at = 1000 + (SELECT min(n.step) FROM change n "
                                    "WHERE n.seq = change.seq)", &err_));
    assert_ok(store_take_back_one(f->store, newest_of(f, x.response), true, &err_));
    all_in_bin(f, &x, true);
    assert_false(in_bin(f, T_EPISODE, c.episode));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        T(a_plan_goes_back_with_all_that_came_of_it), T(a_part_of_a_filing_takes_the_filing_back),
        T(out_of_the_bin_comes_all_that_went), T(a_marked_goal_action_and_rating_go_back_alone),
        T(a_conversation_gets_its_earlier_answers_again), T(a_directory_entry_and_its_places_go_back),
        T(supervision_goes_back_with_its_reminder), T(a_decision_goes_back_with_what_it_opened),
        T(a_call_about_two_goes_back_for_one), T(equality_answers_and_a_handed_case_go_back),
        T(of_a_whole_list_only_what_belongs_together_goes),
        T(what_must_stay_says_why), T(what_goes_back_into_the_bin_keeps_its_reason),
        T(an_older_history_goes_back_whole_too),
    };

    return cmocka_run_group_tests_name("store: rows of the history taken back", tests, NULL, NULL);
}
