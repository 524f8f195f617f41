/* Windows on the lists: forwards and backwards without a gap, what a row shows, what is due, counts kept by triggers. */
#include "fixture.h"

#include "dolen/base/lang.h"
#include "store/names.h"
#include "store/store_priv.h"

#include "dolen/base/banned.h"

#define PAGE 7

static struct person_row rows[60];

static int page(struct store *s, const char *key, struct id id, bool forward, int limit)
{
    int n = -1;

    assert_ok(people_page(s, key, id, forward, limit, rows, &n, &err_));
    return n;
}

static void pages_meet_without_gap_or_overlap(void **state)
{
    static const char *const families[] = { "Llwyd", "Lewis", "Ŵyn", "Dafydd", "Ddu", "Evans" };
    struct fixture *f = *state;
    struct id seen[60], at = ID_NONE;
    char key[160] = "", before[160] = "";
    int n, count = 0, back = 0;

    for (int i = 0; i < 40; i++)
        person_add(f->store, i % 3 ? "Siân" : "Huw", families[i % 6]);
    while ((n = page(f->store, count ? key : NULL, at, true, PAGE)) > 0) {
        for (int i = 0; i < n; i++) {
            assert_true(strcmp(before, rows[i].sort_key) <= 0);
            str_copy(before, sizeof before, rows[i].sort_key);
            seen[count++] = rows[i].id;
        }
        str_copy(key, sizeof key, rows[n - 1].sort_key);
        at = rows[n - 1].id;
    }
    assert_int_equal(count, 40);
    at = ID_NONE;
    while ((n = page(f->store, back ? key : NULL, at, false, PAGE)) > 0) {
        for (int i = 0; i < n; i++)
            assert_true(id_eq(rows[i].id, seen[count - back - n + i]));
        back += n;
        str_copy(key, sizeof key, rows[0].sort_key);
        at = rows[0].id;
    }
    assert_int_equal(back, 40);
}

static void a_very_long_name_does_not_stop_the_pages(void **state)
{
    struct fixture *f = *state;
    char name[400];
    int n;

    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    person_add(f->store, "One", name);
    person_add(f->store, "Two", name);
    person_add(f->store, "Last", "Zz");
    n = page(f->store, NULL, ID_NONE, true, 1);
    assert_int_equal(n, 1);
    for (int i = 0; i < 2; i++)
        n = page(f->store, rows[0].sort_key, rows[0].id, true, 1);
    assert_int_equal(n, 1);
    assert_string_equal(rows[0].name, "Last Zz");
}

static void change_column(struct store *s, enum table_id t, struct id id, int column, struct id value)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(s, t, id, &r, &err_));
    record_set_id(&r, column, value);
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

static bool is_protected(struct store *s, struct id person)
{
    struct record r = { .text = NULL };
    bool yes;

    assert_ok(store_get(s, T_PERSON, person, &r, &err_));
    yes = person_is_protected(s, &r);
    record_release(&r);
    assert_int_equal(page(s, NULL, ID_NONE, true, 1), 1);
    assert_int_equal(rows[0].safe_contact, yes);
    return yes;
}

/* Whatever another laptop says about it, the more careful answer stands, in the list as in the record. */
static void whom_either_laptop_protects_is_protected_until_it_is_settled(void **state)
{
    static const struct { const char *field, *theirs; bool expected; } cases[] = {
        { "safe_contact", "\"YES\"", true }, { "do_not_contact", "\"YES\"", true }, { "safe_contact", "\"NO\"", false },
        { "do_not_contact", "null", false }, { "safe_contact", "{\"missing\":\"NK\"}", false }, { "safe_how", "\"YES\"", false },
        { "", "{\"phone\":\"1\",\"safe_contact\":\"YES\"}", true }, { "", "{\"do_not_contact\":\"YES\"}", true },
        { "", "{\"phone\":\"YES\"}", false },
    };
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");

    assert_false(is_protected(f->store, person));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct record d;

        record_init(&d, T_DIFFERENCE);
        record_set_id(&d, DIFFERENCE_person, person);
        record_set_id(&d, DIFFERENCE_subject, person);
        record_set(&d, DIFFERENCE_entity, "person");
        record_set(&d, DIFFERENCE_field, cases[i].field);
        record_set(&d, DIFFERENCE_theirs, cases[i].theirs);
        assert_ok(store_put(f->store, &d, NULL, &err_));
        if (is_protected(f->store, person) != cases[i].expected)
            fail_msg("%s %s", cases[i].field, cases[i].theirs);
        record_set(&d, DIFFERENCE_settled, "MINE");
        assert_ok(store_put(f->store, &d, NULL, &err_));
        assert_false(is_protected(f->store, person));
        record_release(&d);
    }
}

/* A list asks it of every row. */
static void what_waits_to_be_settled_is_found_by_its_index(void **state)
{
    static const char *const asked[] = {
        "EXPLAIN QUERY PLAN SELECT " PERSON_IS_PROTECTED("p") " FROM person p WHERE p.id = ?1",
        "EXPLAIN QUERY PLAN SELECT " WAITS_TO_BE_SETTLED("consent.id") " FROM consent",
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        struct stmt *q = NULL;
        bool row = false, by_index = false;

        assert_ok(db_prepare(f->store->db, &q, asked[i], &err_));
        while (stmt_step(q, &row, &err_) == ST_OK && row)
            by_index |= strstr(stmt_text(q, 3), "USING INDEX difference_subject (subject=?)") != NULL;
        stmt_free(&q);
        assert_true(by_index);
    }
}

static struct id episode_add(struct store *s, struct id person, const char *opened, const char *closed)
{
    struct record r;
    struct id id;

    record_init(&r, T_EPISODE);
    record_set_id(&r, EPISODE_person, person);
    record_set(&r, EPISODE_opened_on, opened);
    record_set(&r, EPISODE_closed_on, closed);
    assert_ok(store_put(s, &r, NULL, &err_));
    id = r.id;
    record_release(&r);
    return id;
}

static void a_row_shows_the_open_episode(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), open, task;
    struct person_row row;
    struct record r = { .text = NULL };

    assert_ok(person_row_get(f->store, person, &row, &err_));
    assert_false(id_is_set(row.episode) || row.open);
    open = episode_add(f->store, person, "2025-01-01", NULL);
    episode_add(f->store, person, "2025-06-01", "2025-07-01");
    row_add(f->store, T_CONTACT, "episode", open, CONTACT_held_on, "2025-02-03");
    row_add(f->store, T_CONTACT, "episode", open, CONTACT_held_on, "2025-02-01");
    task = row_add(f->store, T_TASK, "episode", open, TASK_due_on, "2025-03-01");
    row_add(f->store, T_TASK, "episode", open, TASK_due_on, "2025-04-01");
    assert_ok(person_row_get(f->store, person, &row, &err_));
    assert_true(id_eq(row.episode, open) && row.open);
    assert_string_equal(date_iso(row.last_contact).s, "2025-02-03");
    assert_string_equal(date_iso(row.next_due).s, "2025-03-01");

    assert_ok(store_get(f->store, T_TASK, task, &r, &err_));
    record_set(&r, TASK_done_on, "2025-02-28");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_ok(store_get(f->store, T_PERSON, person, &r, &err_));
    record_set(&r, PERSON_preferred_name, "Ni");
    record_set(&r, PERSON_safe_contact, "YES");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_release(&r);
    assert_ok(person_row_get(f->store, person, &row, &err_));
    assert_string_equal(date_iso(row.next_due).s, "2025-04-01");
    assert_string_equal(row.name, "Ni Bowen");
    assert_true(row.safe_contact);
    assert_int_equal(person_row_get(f->store, id_new(), &row, NULL), ST_NOTFOUND);
}

/* What a task is about lies in the bin: nobody has to come back to it on that day. */
static void the_next_date_is_of_nothing_in_the_bin(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), open, note;
    struct person_row row;

    open = episode_add(f->store, person, "2025-01-01", NULL);
    note = row_add(f->store, T_CONCERN, "person", person, CONCERN_noted_on, "2025-02-03");
    assert_ok(store_task_add(f->store, "SUPERVISOR", (struct date) { 2025, 2, 4 }, person, open, note, NULL, &err_));
    assert_ok(store_task_add(f->store, "REVIEW", (struct date) { 2025, 4, 1 }, person, open, open, NULL, &err_));
    assert_ok(person_row_get(f->store, person, &row, &err_));
    assert_string_equal(date_iso(row.next_due).s, "2025-02-04");
    assert_ok(store_bin(f->store, T_CONCERN, note, "Somebody else's", &err_));
    assert_ok(person_row_get(f->store, person, &row, &err_));
    assert_string_equal(date_iso(row.next_due).s, "2025-04-01");
    assert_ok(store_unbin(f->store, T_CONCERN, note, &err_));
    assert_ok(person_row_get(f->store, person, &row, &err_));
    assert_string_equal(date_iso(row.next_due).s, "2025-02-04");
}

static void what_is_due_is_oldest_first(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), binned = person_add(f->store, "Alun", "Rees");
    struct task_row tasks[10];
    struct record r;
    struct id asset;
    char name[160];
    int n;

    record_init(&r, T_ASSET);
    record_set(&r, ASSET_name_en, "Choir");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    asset = r.id;
    record_release(&r);
    row_add(f->store, T_TASK, "person", person, TASK_due_on, "2026-03-05");
    row_add(f->store, T_TASK, "person", person, TASK_due_on, "2026-03-01");
    row_add(f->store, T_TASK, "subject", asset, TASK_due_on, "2026-03-02");
    row_add(f->store, T_TASK, "person", person, TASK_due_on, "2026-04-01");
    row_add(f->store, T_TASK, "person", binned, TASK_due_on, "2026-03-01");
    assert_ok(store_bin(f->store, T_PERSON, binned, "test", &err_));
    assert_ok(tasks_due(f->store, ID_NONE, (struct date) { 2026, 3, 5 }, 10, tasks, &n, &err_));
    assert_int_equal(n, 3);
    assert_ok(task_name(f->store, tasks[0].person, tasks[0].subject, name, sizeof name, &err_));
    assert_string_equal(name, "Nia Bowen");
    assert_ok(task_name(f->store, tasks[1].person, tasks[1].subject, name, sizeof name, &err_));
    assert_string_equal(name, "Choir");
    assert_ok(task_name(f->store, ID_NONE, ID_NONE, name, sizeof name, &err_));
    assert_string_equal(name, "");
    assert_string_equal(date_iso(tasks[2].due).s, "2026-03-05");
    assert_ok(tasks_due(f->store, ID_NONE, (struct date) { 2026, 3, 5 }, 1, tasks, &n, &err_));
    assert_int_equal(n, 1);
}

static void close_episode(struct store *s, struct id episode)
{
    struct record r = { .text = NULL };

    assert_ok(store_get(s, T_EPISODE, episode, &r, &err_));
    record_set(&r, EPISODE_closed_on, "2026-03-01");
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

static int due_of(struct store *s, struct id whose, struct task_row *tasks)
{
    int n = 0;

    assert_ok(tasks_due(s, whose, (struct date) { 2026, 3, 5 }, 10, tasks, &n, &err_));
    return n;
}

static void put_kind(struct store *s, struct id person, const char *kind)
{
    struct record r;

    record_init(&r, T_TASK);
    record_set(&r, TASK_kind, kind);
    record_set_id(&r, TASK_person, person);
    record_set(&r, TASK_due_on, "2026-03-01");
    assert_ok(store_put(s, &r, NULL, &err_));
    record_release(&r);
}

static void what_is_due_of_one_practitioner(void **state)
{
    struct store *s = ((struct fixture *) *state)->store;
    struct id mair = row_add(s, T_PRACTITIONER, NULL, ID_NONE, PRACTITIONER_name, "Mair");
    struct id gwen = row_add(s, T_PRACTITIONER, NULL, ID_NONE, PRACTITIONER_name, "Gwen");
    struct id hers = person_add(s, "Nia", "Bowen"), waits = person_add(s, "Huw", "Rees"), episode, second;
    struct task_row tasks[10];

    episode = episode_add(s, hers, "2026-01-01", NULL);
    row_add(s, T_TASK, "person", hers, TASK_due_on, "2026-03-01");
    row_add(s, T_TASK, "person", waits, TASK_due_on, "2026-03-02");
    row_add(s, T_TASK, NULL, ID_NONE, TASK_due_on, "2026-03-03");
    assert_int_equal(due_of(s, mair, tasks), 3);
    change_column(s, T_EPISODE, episode, EPISODE_practitioner, gwen);
    assert_int_equal(due_of(s, ID_NONE, tasks), 3);
    assert_int_equal(due_of(s, gwen, tasks), 3);
    assert_int_equal(due_of(s, mair, tasks), 2);
    assert_true(id_eq(tasks[0].person, waits));
    second = episode_add(s, hers, "2026-02-01", NULL);
    change_column(s, T_EPISODE, second, EPISODE_practitioner, mair);
    assert_int_equal(due_of(s, mair, tasks), 3);
    close_episode(s, second);
    assert_int_equal(due_of(s, mair, tasks), 2);
    put_kind(s, hers, "SUPERVISOR");
    assert_int_equal(due_of(s, mair, tasks), 3);
    close_episode(s, episode);
    assert_int_equal(due_of(s, mair, tasks), 4);
}

static void counts_follow_every_change(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen"), other = person_add(f->store, "Alun", "Rees"), episode, referral;
    struct record r = { .text = NULL };
    struct counts c;

    episode = episode_add(f->store, person, "2026-01-01", NULL);
    referral = row_add(f->store, T_REFERRAL, "person", person, REFERRAL_received_on, "2026-01-01");
    row_add(f->store, T_GAP, "person", person, GAP_needed, "a lift");
    assert_ok(store_counts(f->store, &c, &err_));
    assert_true(c.people == 2 && c.open_episodes == 1 && c.referrals == 1 && c.referrals_waiting == 1 && c.gaps == 1);

    assert_ok(store_get(f->store, T_EPISODE, episode, &r, &err_));
    record_set(&r, EPISODE_closed_on, "2026-02-01");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_ok(store_get(f->store, T_REFERRAL, referral, &r, &err_));
    record_set(&r, REFERRAL_decision, "ACCEPTED");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_ok(store_bin(f->store, T_PERSON, other, "test", &err_));
    assert_ok(store_counts(f->store, &c, &err_));
    assert_true(c.people == 1 && c.open_episodes == 0 && c.referrals == 1 && c.referrals_waiting == 0);

    assert_ok(store_unbin(f->store, T_PERSON, other, &err_));
    assert_ok(store_get(f->store, T_EPISODE, episode, &r, &err_));
    record_set(&r, EPISODE_closed_on, NULL);
    assert_ok(store_put(f->store, &r, NULL, &err_));
    record_release(&r);
    assert_ok(store_counts(f->store, &c, &err_));
    assert_true(c.people == 2 && c.open_episodes == 1);
    assert_int_equal(ask(f->store, "SELECT count(*) FROM person"), 2);
}

static void months_count_back_from_the_newest(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    struct month_row months[3];

    row_add(f->store, T_REFERRAL, "person", person, REFERRAL_received_on, "2026-03-31");
    row_add(f->store, T_REFERRAL, "person", person, REFERRAL_received_on, "2026-02-28");
    row_add(f->store, T_REFERRAL, "person", person, REFERRAL_received_on, "2026-02-01");
    episode_add(f->store, person, "2025-01-01", "2026-01-31");
    episode_add(f->store, person, "2026-01-10", "2026-03-02");
    episode_add(f->store, person, "2026-02-10", NULL);
    assert_ok(store_months(f->store, (struct date) { 2026, 3, 15 }, 3, months, &err_));
    assert_string_equal(months[0].month, "2026-03");
    assert_int_equal(months[0].received, 1);
    assert_int_equal(months[1].received, 2);
    assert_string_equal(months[2].month, "2026-01");
    assert_int_equal(months[2].closed, 1);
    assert_int_equal(months[2].opened, 1);
    assert_int_equal(months[2].open_at_end, 1);         /* the second one; the first was closed on its last day */
    assert_int_equal(months[1].open_at_end, 2);
    assert_int_equal(months[0].open_at_end, 1);
}

static void a_month_forgets_what_moved_or_went_to_the_bin(void **state)
{
    struct fixture *f = *state;
    struct id person = person_add(f->store, "Nia", "Bowen");
    struct id moved = row_add(f->store, T_REFERRAL, "person", person, REFERRAL_received_on, "2026-03-31");
    struct id binned = row_add(f->store, T_REFERRAL, "person", person, REFERRAL_received_on, "2026-03-30");
    struct month_row months[2];
    struct record r = { .text = NULL };

    assert_ok(store_get(f->store, T_REFERRAL, moved, &r, &err_));
    record_set(&r, REFERRAL_received_on, "2026-02-27");
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_ok(store_bin(f->store, T_REFERRAL, binned, "entered twice", &err_));
    assert_ok(store_months(f->store, (struct date) { 2026, 3, 15 }, 2, months, &err_));
    assert_int_equal(months[0].received, 0);
    assert_int_equal(months[1].received, 1);
    assert_ok(store_unbin(f->store, T_REFERRAL, binned, &err_));
    record_set(&r, REFERRAL_received_on, NULL);
    assert_ok(store_put(f->store, &r, NULL, &err_));
    assert_ok(store_months(f->store, (struct date) { 2026, 3, 15 }, 2, months, &err_));
    assert_int_equal(months[0].received, 1);
    assert_int_equal(months[1].received, 0);
    record_release(&r);
}

/* A chart that counts somebody whom the count beside it leaves out is not believed. */
static void a_month_leaves_out_people_in_the_bin(void **state)
{
    struct fixture *f = *state;
    struct id stays = person_add(f->store, "Nia", "Bowen"), goes = person_add(f->store, "Alun", "Prawf");
    struct id of[] = { stays, goes };
    struct month_row months[3];
    struct counts c;

    for (size_t i = 0; i < ARRAY_LEN(of); i++) {
        row_add(f->store, T_REFERRAL, "person", of[i], REFERRAL_received_on, "2026-03-01");
        episode_add(f->store, of[i], "2026-02-10", "2026-03-02");
        episode_add(f->store, of[i], "2026-01-10", NULL);
    }
    assert_ok(store_bin(f->store, T_PERSON, goes, "test", &err_));
    assert_ok(store_months(f->store, (struct date) { 2026, 3, 15 }, 3, months, &err_));
    assert_ok(store_counts(f->store, &c, &err_));
    assert_int_equal(c.open_episodes, 1);
    assert_int_equal(months[0].open_at_end, c.open_episodes);
    assert_true(months[0].received == 1 && months[0].closed == 1);
    assert_true(months[1].opened == 1 && months[1].open_at_end == 2 && months[2].open_at_end == 1);
}

static void the_directory_is_paged_like_people(void **state)
{
    struct fixture *f = *state;
    struct asset_row assets[10];
    struct id ids[5];
    int n;

    for (int i = 0; i < 5; i++) {
        struct record r;
        char name[24];

        snprintf(name, sizeof name, "Choir %d", i);
        record_init(&r, T_ASSET);
        record_set(&r, ASSET_name_en, name);
        record_set(&r, ASSET_category, "ARTS");
        record_set(&r, ASSET_do_not_advertise, i == 4 ? "YES" : i == 3 ? "LOCAL" : "NO");
        assert_ok(store_put(f->store, &r, NULL, &err_));
        ids[i] = r.id;
        record_release(&r);
    }
    row_add(f->store, T_CONNECTION, "asset", ids[1], CONNECTION_status, "WAITING");
    row_add(f->store, T_CONNECTION, "asset", ids[1], CONNECTION_status, "ATTENDING");
    assert_ok(assets_page(f->store, NULL, ID_NONE, true, 2, assets, &n, &err_));
    assert_int_equal(n, 2);
    assert_string_equal(assets[0].name, "Choir 0");
    assert_int_equal(assets[1].waiting, 1);
    assert_ok(assets_page(f->store, assets[1].sort_key, assets[1].id, true, 10, assets, &n, &err_));
    assert_int_equal(n, 3);
    assert_true(assets[2].do_not_advertise && !assets[1].do_not_advertise);
    assert_true(assets[1].local_only && !assets[2].local_only && !assets[0].local_only);
    assert_ok(assets_page(f->store, assets[0].sort_key, assets[0].id, false, 1, assets, &n, &err_));
    assert_string_equal(assets[0].name, "Choir 1");
}

/* Page by page, forward and back, in the order of the Welsh names; what goes to the bin is gone from it. */
static void the_directory_is_paged_by_its_welsh_names_too(void **state)
{
    struct fixture *f = *state;
    struct asset_row a, back;
    struct id last = ID_NONE, id = ID_NONE;
    char key[sizeof a.sort_key] = "", name[24];
    int n = 0, seen = 0;

    for (int i = 0; i < 6; i++) {
        struct record r;

        record_init(&r, T_ASSET);
        snprintf(name, sizeof name, "Choir %d", i);
        record_set(&r, ASSET_name_en, name);
        snprintf(name, sizeof name, "C\u00f4r %d", 5 - i);
        record_set(&r, ASSET_name_cy, name);
        assert_ok(store_put(f->store, &r, NULL, &err_));
        id = r.id;
        record_release(&r);
    }
    assert_ok(store_bin(f->store, T_ASSET, id, "twice", &err_));        /* "Cor 0" */
    lang_set(LANG_CY);
    while (assets_page(f->store, id_is_set(last) ? key : NULL, last, true, 1, &a, &n, &err_) == ST_OK && n == 1) {
        snprintf(name, sizeof name, "C\u00f4r %d", ++seen);
        assert_string_equal(a.name, name);
        if (seen > 1) {
            assert_ok(assets_page(f->store, a.sort_key, a.id, false, 1, &back, &n, &err_));
            assert_true(n == 1 && id_eq(back.id, last));
        }
        last = a.id;
        str_copy(key, sizeof key, a.sort_key);
    }
    assert_int_equal(seen, 5);
    lang_set(LANG_EN);
}

/* Pages of whose cases are whose: what the whole list has, each person once, few of them and many. */
static void pages_of_cases_are_the_list_of_cases(struct store *s, struct id practitioner, size_t people)
{
    struct caseload_row *all = NULL, page[PAGE];
    char key[160] = "";
    struct id at = ID_NONE, last = ID_NONE;
    size_t n = 0, counted = 0, seen = 0, k = 0;
    int got = 0;

    assert_ok(caseload_list(s, practitioner, &all, &n, &err_));
    assert_ok(caseload_count(s, practitioner, &counted, &err_));
    assert_int_equal(counted, people);
    do {
        assert_ok(caseload_page(s, practitioner, seen ? key : NULL, at, true, PAGE, page, &got, &err_));
        for (int i = 0; i < got; i++, seen++) {
            for (; k < n && id_eq(all[k].person, last); k++)
                ;
            assert_true(id_eq(page[i].person, all[k].person));
            assert_true(id_eq(page[i].episode, all[k].episode));
            assert_string_equal(page[i].name, all[k].name);
            last = page[i].person;
            str_copy(key, sizeof key, page[i].sort_key);
            at = page[i].person;
        }
    } while (got > 0);
    assert_int_equal(seen, people);
    assert_ok(caseload_page(s, practitioner, NULL, ID_NONE, false, PAGE, page, &got, &err_));
    assert_true(people == 0 || id_eq(page[got - 1].person, all[n - 1].person));
    free(all);
}

static struct id case_add(struct store *s, struct id practitioner, int i)
{
    char family[16];
    struct id person;

    snprintf(family, sizeof family, "N%03d", (i * 37) % 401);
    person = person_add(s, i % 2 ? "Huw" : "Nia", family);
    change_column(s, T_EPISODE, episode_add(s, person, "2026-01-05", NULL), EPISODE_practitioner, practitioner);
    if (i % 5 == 0)                         /* a second one, begun later */
        change_column(s, T_EPISODE, episode_add(s, person, "2026-02-05", NULL), EPISODE_practitioner, practitioner);
    return person;
}

static void whose_cases_are_whose_by_the_page(void **state)
{
    struct fixture *f = *state;
    struct id mair = row_add(f->store, T_PRACTITIONER, NULL, ID_NONE, PRACTITIONER_name, "Mair");
    struct id gwen = row_add(f->store, T_PRACTITIONER, NULL, ID_NONE, PRACTITIONER_name, "Gwen"), binned = ID_NONE;

    assert_ok(store_begin(f->store, &err_));
    for (int i = 0; i < 330; i++)
        binned = case_add(f->store, i % 30 ? mair : gwen, i);
    case_add(f->store, ID_NONE, 400);
    assert_ok(store_commit(f->store, &err_));
    pages_of_cases_are_the_list_of_cases(f->store, mair, 319);
    pages_of_cases_are_the_list_of_cases(f->store, gwen, 11);
    pages_of_cases_are_the_list_of_cases(f->store, ID_NONE, 1);
    assert_ok(store_bin(f->store, T_PERSON, binned, "not ours", &err_));
    pages_of_cases_are_the_list_of_cases(f->store, mair, 318);
}

static void assert_people(struct store *s, struct id practitioner, size_t people)
{
    size_t n = 99;

    assert_ok(caseload_count(s, practitioner, &n, &err_));
    assert_int_equal(n, people);
    pages_of_cases_are_the_list_of_cases(s, practitioner, people);
}

static void how_many_people_somebody_has_follows_every_change(void **state)
{
    struct store *s = ((struct fixture *) *state)->store;
    struct id mair = row_add(s, T_PRACTITIONER, NULL, ID_NONE, PRACTITIONER_name, "Mair");
    struct id gwen = row_add(s, T_PRACTITIONER, NULL, ID_NONE, PRACTITIONER_name, "Gwen");
    struct id person = person_add(s, "Nia", "Prawf"), other = person_add(s, "Huw", "Prawf");
    struct id first = episode_add(s, person, "2026-01-05", NULL), second = episode_add(s, person, "2026-02-05", NULL);
    struct id undone;
    enum table_id what;

    assert_people(s, ID_NONE, 1);
    change_column(s, T_EPISODE, first, EPISODE_practitioner, mair);
    assert_people(s, ID_NONE, 1);
    assert_people(s, mair, 1);
    change_column(s, T_EPISODE, second, EPISODE_practitioner, mair);
    assert_people(s, ID_NONE, 0);
    assert_people(s, mair, 1);
    change_column(s, T_EPISODE, second, EPISODE_person, other);
    assert_people(s, mair, 2);
    change_column(s, T_EPISODE, second, EPISODE_person, person);
    assert_people(s, mair, 1);
    assert_ok(store_bin(s, T_EPISODE, first, "twice", &err_));
    assert_people(s, mair, 1);
    change_column(s, T_EPISODE, second, EPISODE_practitioner, gwen);
    assert_people(s, mair, 0);
    assert_people(s, gwen, 1);
    assert_ok(store_unbin(s, T_EPISODE, first, &err_));
    assert_people(s, mair, 1);
    assert_ok(store_undo(s, &what, &undone, &err_));
    assert_people(s, mair, 0);
    assert_ok(store_bin(s, T_PERSON, person, "not ours", &err_));
    assert_people(s, gwen, 0);
    assert_ok(store_unbin(s, T_PERSON, person, &err_));
    assert_people(s, gwen, 1);
    close_episode(s, second);
    assert_people(s, gwen, 0);
    assert_ok(store_undo(s, &what, &undone, &err_));
    assert_people(s, gwen, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(how_many_people_somebody_has_follows_every_change, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_month_leaves_out_people_in_the_bin, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_directory_is_paged_by_its_welsh_names_too, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(pages_meet_without_gap_or_overlap, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_very_long_name_does_not_stop_the_pages, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(whom_either_laptop_protects_is_protected_until_it_is_settled, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_waits_to_be_settled_is_found_by_its_index, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(whose_cases_are_whose_by_the_page, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_row_shows_the_open_episode, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_next_date_is_of_nothing_in_the_bin, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_is_due_is_oldest_first, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(what_is_due_of_one_practitioner, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(counts_follow_every_change, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(months_count_back_from_the_newest, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_month_forgets_what_moved_or_went_to_the_bin, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_directory_is_paged_like_people, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
