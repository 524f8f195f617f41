/* The practice caseload: the same for the same seed, nobody's real numbers, every stage there, and fit to be used. */
#include "fixture.h"

#include "dolen/core/nhs.h"
#include "dolen/core/postcode.h"
#include "drill/practice_priv.h"

#include "dolen/base/banned.h"

/* All rows of a statement as one text. */
static char *everything(struct case_file *f, const char *sql)
{
    struct buf all = BUF_INIT;
    struct stmt *q = NULL;
    bool row = false;

    assert_ok(db_prepare(f->store->db, &q, sql, &err));
    while (stmt_step(q, &row, &err) == ST_OK && row)
        for (int c = 0; c < stmt_columns(q); c++)
            buf_addf(&all, "%s|", stmt_text(q, c) ? stmt_text(q, c) : "");
    stmt_free(&q);
    return buf_steal(&all);
}

static void the_same_seed_gives_the_same_caseload(void **state)
{
    static const char *const tables_[] = {
        "SELECT hex(id), given_name, family_name, birth_date, nhs_number, address, phone, missing FROM person ORDER BY row_no",
        "SELECT hex(id), hex(person), ethnic_group, missing FROM equality ORDER BY row_no",
        "SELECT hex(id), route, received_on, decision, feedback_sent_on FROM referral ORDER BY row_no",
        "SELECT hex(id), opened_on, closed_on, reason FROM episode ORDER BY row_no",
        "SELECT hex(episode), held_on, kind, result, note FROM contact ORDER BY row_no",
        "SELECT hex(owner), question, repeat, value FROM answer ORDER BY owner, question, repeat",
        "SELECT name_en, verified_on, full_until, takes_a_month FROM asset ORDER BY row_no",
        "SELECT hex(asset), status, on_date FROM connection ORDER BY row_no",
        "SELECT hex(person), category, reason, noted_on FROM gap ORDER BY row_no",
        "SELECT kind, due_on, what FROM task ORDER BY row_no",
    };
    struct case_file a = made(40, 7, 0, pretend), b = made(40, 7, 0, pretend), c = made(40, 8, 0, pretend);

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(tables_); i++) {
        char *one = everything(&a, tables_[i]), *same = everything(&b, tables_[i]), *other = everything(&c, tables_[i]);

        assert_string_equal(one, same);
        assert_string_not_equal(one, other);
        free(one);
        free(same);
        free(other);
    }
    gone(&a);
    gone(&b);
    gone(&c);
}

static int64_t number(struct case_file *f, const char *sql)
{
    int64_t n = -1;

    assert_ok(db_ask_int(f->store->db, sql, &n, &err));
    return n;
}

static void a_year_of_supervision_is_there(void **state)
{
    struct case_file f = made(3, 7, 0, pretend);

    (void) state;
    assert_true(number(&f, "SELECT count(*) FROM supervision WHERE with_whom <> '' AND topics <> ''") >= 8);
    assert_int_equal(number(&f, "SELECT count(*) FROM supervision WHERE held_on > '2026-03-09'"), 0);
    assert_int_equal(number(&f, "SELECT count(*) FROM task WHERE kind = 'SUPERVISION_DUE' AND done_on IS NULL AND due_on = "
                                "(SELECT max(next_on) FROM supervision)"), 1);
    gone(&f);
}

static void numbers_belong_to_nobody(void **state)
{
    struct case_file f = made(200, 1, 0, pretend);
    struct stmt *q = NULL;
    bool row = false;
    int seen = 0;

    (void) state;
    assert_ok(db_prepare(f.store->db, &q, "SELECT nhs_number, postcode, phone, email FROM person", &err));
    while (stmt_step(q, &row, &err) == ST_OK && row) {
        const char *nhs = stmt_text(q, 0), *phone = stmt_text(q, 2), *email = stmt_text(q, 3);

        if (nhs) {
            assert_true(nhs_number_valid(nhs));
            assert_true(str_starts(nhs, "999"));
            seen++;
        }
        assert_true(postcode_valid(stmt_text(q, 1)));
        assert_true(!phone || str_starts(phone, "07700900") || str_starts(phone, "02920180"));
        assert_true(!email || strstr(email, "@example.org"));
    }
    stmt_free(&q);
    assert_true(seen > 150);
    assert_int_equal(ask(&f, "SELECT count(nhs_number) - count(DISTINCT nhs_number) FROM person"), 0);
    gone(&f);
}

static void every_stage_is_there(void **state)
{
    static const char *const some[] = {
        "SELECT count(*) FROM referral WHERE decision IS NULL",
        "SELECT count(*) FROM referral WHERE decision NOT IN ('ACCEPTED', 'WAITING')",
        "SELECT count(*) FROM episode e WHERE NOT EXISTS (SELECT 1 FROM response WHERE episode = e.id)",
        "SELECT count(*) FROM episode e WHERE EXISTS (SELECT 1 FROM response WHERE episode = e.id AND form = 'conversation') "
        "AND NOT EXISTS (SELECT 1 FROM goal WHERE episode = e.id)",
        "SELECT count(*) FROM episode e WHERE EXISTS (SELECT 1 FROM goal WHERE episode = e.id) "
        "AND NOT EXISTS (SELECT 1 FROM connection WHERE episode = e.id)",
        "SELECT count(*) FROM response WHERE form = 'review'", "SELECT count(*) FROM episode WHERE closed_on IS NOT NULL",
        "SELECT count(*) FROM task WHERE kind = 'FEEDBACK_OWED'", "SELECT count(*) FROM task WHERE kind = 'FOLLOW_UP'",
        "SELECT count(*) FROM task WHERE kind = 'REFERRAL_WAITING'", "SELECT count(*) FROM task WHERE kind = 'ASSET_VERIFY'",
        "SELECT count(*) FROM referral WHERE feedback_sent_on IS NOT NULL",
        "SELECT count(*) FROM measure WHERE stage = 'CLOSING'", "SELECT count(*) FROM gap",
        "SELECT count(*) FROM person WHERE safe_contact = 'YES'", "SELECT count(*) FROM person WHERE speak_language = 'CY'",
        "SELECT count(*) FROM consent WHERE notice_given = 'OBJECTS'", "SELECT count(*) FROM equality WHERE missing LIKE '%PNTS%'",
    };
    struct case_file f = made(300, 7, 0, pretend);

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(some); i++)
        if (ask(&f, some[i]) < 1)
            fail_msg("none: %s", some[i]);
    assert_int_equal(ask(&f, "SELECT count(*) FROM person"), 300);
    /* One definition: what waits for a decision on Today is what the inbox and the caseload count. */
    assert_int_equal(ask(&f, "SELECT count(*) FROM task WHERE kind = 'REFERRAL_WAITING' AND done_on IS NULL"),
                     ask(&f, "SELECT count(*) FROM referral WHERE decision IS NULL"));
    assert_int_equal(ask(&f, "SELECT count(*) FROM task WHERE kind = 'WAITING_LIST' AND done_on IS NULL"),
                     ask(&f, "SELECT count(*) FROM referral WHERE decision = 'WAITING'"));
    assert_true(ask(&f, "SELECT count(*) FROM asset") >= 20 && ask(&f, "SELECT count(*) FROM asset") <= 60);
    gone(&f);
}

static void nothing_happens_after_today_or_out_of_order(void **state)
{
    static const char *const never[] = {
        "SELECT count(*) FROM contact WHERE held_on > '2026-03-02'",
        "SELECT count(*) FROM response WHERE held_on > '2026-03-02'",
        "SELECT count(*) FROM episode WHERE closed_on < opened_on OR closed_on > '2026-03-02'",
        "SELECT count(*) FROM episode e JOIN referral r ON r.id = e.referral WHERE e.opened_on < r.received_on",
        "SELECT count(*) FROM contact c JOIN episode e ON e.id = c.episode WHERE c.held_on < e.opened_on "
        "OR c.held_on > e.closed_on",
        "SELECT count(*) FROM response c JOIN episode e ON e.id = c.episode WHERE c.held_on < e.opened_on "
        "OR c.held_on > e.closed_on",
        "SELECT count(*) FROM task t JOIN episode e ON e.id = t.episode WHERE e.closed_on IS NOT NULL "
        "AND t.kind IN ('FOLLOW_UP', 'REVIEW')",
    };
    struct case_file f = made(300, 3, 0, pretend);

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        if (ask(&f, never[i]) != 0)
            fail_msg("some: %s", never[i]);
    gone(&f);
}

static void contacts_and_episodes_can_be_counted_on(void **state)
{
    struct case_file f = made(200, 5, 10, pretend);
    struct counts counts;
    struct hit hits[10];
    int64_t episodes = ask(&f, "SELECT count(*) FROM episode");
    int n = 0;

    (void) state;
    assert_true(episodes >= 185 && episodes <= 200);
    assert_int_equal(ask(&f, "SELECT count(*) FROM contact"), episodes * 10);
    assert_int_equal(ask(&f, "SELECT count(*) FROM (SELECT episode FROM contact GROUP BY episode HAVING count(*) <> 10)"), 0);
    assert_ok(store_counts(f.store, &counts, &err));
    assert_int_equal(counts.people, 200);
    assert_int_equal(counts.open_episodes, ask(&f, "SELECT count(*) FROM episode WHERE closed_on IS NULL"));
    assert_ok(store_search(f.store, "jones", 1u << HIT_PERSON, hits, 10, &n, &err));
    assert_true(n > 0);
    assert_ok(store_search(f.store, "bws", 1u << HIT_NOTE, hits, 10, &n, &err));
    assert_true(n > 0);
    assert_ok(store_verify(f.store, &err));
    gone(&f);
}

/* --- the valley is Wales ---------------------------------------------------------------------------------------- */

/* What is counted for a share that is no question of its own: YES or NO of everybody it is asked about. */
static const struct {
    const char *name, *column, *from;
} counted[] = {
    { "65 and over", "iif(birth_date <= '1961-03-02', 'YES', 'NO')", "person WHERE birth_date IS NOT NULL" },
    { "speaks Welsh", "iif(speak_language IN ('CY', 'BOTH'), 'YES', 'NO')", "person" },
    { "disabled", "iif(condition_limits IN ('LOT', 'LITTLE'), 'YES', 'NO')",
      "equality WHERE condition = 'NO' OR condition_limits IS NOT NULL" },
};

static int per_mille(struct case_file *f, const struct share *s, const char *word)
{
    char sql[512], column[96], from[160];

    snprintf(column, sizeof column, "%s", s->name);
    snprintf(from, sizeof from, "equality WHERE %s IS NOT NULL", s->name);
    for (size_t i = 0; i < ARRAY_LEN(counted); i++)
        if (str_eq(counted[i].name, s->name)) {
            snprintf(column, sizeof column, "%s", counted[i].column);
            snprintf(from, sizeof from, "%s", counted[i].from);
        }
    snprintf(sql, sizeof sql, "SELECT sum(%s = '%s') * 1000 / count(*) FROM %s", column, word, from);
    return (int) ask(f, sql);
}

static void people_are_as_the_published_shares_say(void **state)
{
    struct case_file f = made(3000, 11, 1, pretend);

    (void) state;
    assert_true(share_count > 10);
    for (size_t i = 0; i < share_count; i++) {
        int sum = 0;

        for (const struct weighted *w = shares[i].of; w->word; w++)
            sum += w->weight;
        assert_int_equal(sum, 1000);
        assert_true(shares[i].source[0]);
        for (const struct weighted *w = shares[i].of; w->word; w++) {
            int found = per_mille(&f, &shares[i], w->word), off = found - w->weight;
            int room = str_eq(shares[i].name, "landlord") ? 50 : 30;     /* asked of the third that rents */

            if (off < -room || off > room)
                fail_msg("%s %s: %d per thousand, published %d", shares[i].name, w->word, found, w->weight);
        }
    }
    gone(&f);
}

/* Each row: who is looked at, and what never is together. A year is left for a birth of which only the year is known. */
#define AGE "((julianday('2026-03-02') - julianday(p.birth_date)) / 365.25)"
#define REASON(code) "(' ' || r.reasons || ' ') LIKE '% " code " %' AND "
static const struct {
    const char *never, *who;
} oddities[] = {
    { "a parent of a baby who is not a woman of 20 to 42 with a partner and children", REASON("PARENTING")
      "(" AGE " NOT BETWEEN 19 AND 44 OR q.sex <> 'FEMALE' OR q.household <> 'PARTNER_CHILDREN' OR q.employment = 'RETIRED')" },
    { "a widow or widower who is neither", REASON("BEREAVEMENT") "(q.partnership <> 'WIDOWED' OR " AGE " < 44)" },
    { "lives alone, and does not", REASON("BEFRIENDING") "q.household <> 'ALONE'" },
    { "out of work, and at work or retired", REASON("UNEMPLOYMENT") "(q.employment <> 'UNEMPLOYED' OR " AGE " > 66)" },
    { "a carer who cares for nobody", REASON("CARING") "q.carer = 'NO'" },
    { "a condition, and none", REASON("LONG_TERM_CONDITION") "q.condition = 'NO'" },
    { "a damp flat of their own", REASON("HOUSING") "q.tenure <> 'RENTS'" },
    { "a pensioner's work", AGE " > 77 AND q.employment <> 'RETIRED'" },
    { "retired young", AGE " < 63 AND q.employment = 'RETIRED'" },
    { "a child with a home, work or marriage of their own", AGE " < 17 AND (q.household <> 'FAMILY' OR q.employment <> "
      "'STUDYING' OR q.partnership <> 'NEVER')" },
    { "children at home of somebody of 70", AGE " > 70 AND q.household IN ('PARTNER_CHILDREN', 'LONE_PARENT')" },
    { "a mortgage at 80", AGE " > 77 AND q.tenure = 'MORTGAGE'" },
    { "a care home without others in it", "q.tenure = 'CARE_HOME' AND q.household <> 'COMMUNAL'" },
    { "sent by a jobcentre at 70", "r.source = 'JOBC' AND " AGE " > 67" },
    { "sent by a jobcentre while at work", "r.source = 'JOBC' AND q.employment <> 'UNEMPLOYED'" },
    { "sent by a landlord they do not have", "r.source = 'HOUS' AND q.tenure <> 'RENTS'" },
    { "sent by a school after it", "r.source = 'EDUC' AND " AGE " > 19" },
    { "sent by somebody else's practice", "r.source = 'GPPR' AND r.referrer_org <> p.gp_practice" },
    { "a child who came alone", "r.source = 'SELF' AND " AGE " < 14" },
    { "a language that does not go with the name", "EXISTS (SELECT 1 FROM answer a WHERE a.question = 'other_language' AND a.owner IN (SELECT id FROM response WHERE person = p.id) AND a.value = 'Polish') AND p.family_name NOT IN ('Nowak', 'Mazur')" },
    { "another language, and a Welsh name", "EXISTS (SELECT 1 FROM answer a WHERE a.question = 'other_language' AND a.owner = p.id) AND q.ethnic_group = 'WHITE_WELSH'" },
    { "a daughter at 20", AGE " < 28 AND p.emergency_relation IN ('daughter', 'merch')" },
    { "one who lives alone with another", "q.household = 'ALONE' AND EXISTS (SELECT 1 FROM person o WHERE o.id <> p.id AND "
      "o.address = p.address AND o.postcode = p.postcode)" },
};

static void what_is_said_of_somebody_goes_together(void **state)
{
    static const uint64_t seeds[] = { 1, 7, 42, 2026 };

    (void) state;
    for (size_t s = 0; s < ARRAY_LEN(seeds); s++) {
        struct case_file f = made(400, seeds[s], 1, pretend);

        for (size_t i = 0; i < ARRAY_LEN(oddities); i++) {
            char *sql = xasprintf("SELECT count(*) FROM person p JOIN referral r ON r.person = p.id LEFT JOIN equality q ON "
                                  "q.person = p.id WHERE %s", oddities[i].who);

            if (number(&f, sql) != 0)
                fail_msg("seed %d: %s", (int) seeds[s], oddities[i].never);
            free(sql);
        }
        assert_true(number(&f, "SELECT count(DISTINCT reasons) FROM referral") >= 12);
        assert_true(number(&f, "SELECT count(*) - count(DISTINCT address || postcode) FROM person") > 0);
        gone(&f);
    }
}

#define RUNNING(code) \
    "asset IN (SELECT owner FROM answer WHERE question = 'running' AND value = '" code "')"

static void assets_fill_up_close_and_open_as_weeks_pass(void **state)
{
    static const char *const some[] = {
        "SELECT count(*) FROM asset WHERE full_until > '2026-03-02'",
        "SELECT count(*) FROM answer WHERE question = 'running' AND value = 'ACTIVE'",
        "SELECT count(*) FROM answer WHERE question = 'running' AND value = 'PAUSED'",
        /* It ran once: people went there, and stopped. */
        "SELECT count(*) FROM connection WHERE status = 'STOPPED' AND " RUNNING("DEFUNCT"),
        "SELECT count(*) FROM connection WHERE status = 'NOT_AVAILABLE' AND " RUNNING("DEFUNCT"),
        "SELECT count(*) FROM connection WHERE status = 'WAITING'",
        /* Full in one month, and people found a place in another. */
        "SELECT count(DISTINCT substr(noted_on, 1, 7)) > 6 FROM gap WHERE reason = 'FULL'",
        ("SELECT count(*) FROM asset a JOIN connection c ON c.asset = a.id WHERE c.status = 'ATTENDING' "
        "AND EXISTS (SELECT 1 FROM gap g WHERE g.category = a.category AND g.reason = 'FULL' AND g.noted_on < c.on_date)"),
        "SELECT count(*) FROM gap WHERE reason = 'NO_ASSET'",
    };
    static const char *const never[] = {
        "SELECT count(*) FROM connection WHERE status IN ('ATTENDING', 'WAITING', 'SENT', 'ACCEPTED') AND "
        "on_date >= (SELECT verified_on FROM asset WHERE id = asset) AND " RUNNING("DEFUNCT"),
        /* Whoever found it full is on its list, or was until their case closed. */
        ("SELECT count(*) FROM gap g WHERE g.reason = 'FULL' AND NOT EXISTS (SELECT 1 FROM connection c JOIN asset a "
        "ON a.id = c.asset WHERE c.episode = g.episode AND a.category = g.category AND c.status IN ('WAITING', 'NOT_AVAILABLE'))"),
        "SELECT count(*) FROM asset WHERE verified_on > '2026-03-02' OR told_on > verified_on",
        "SELECT count(*) - count(DISTINCT name_en || area) FROM asset WHERE name_en LIKE '%,%'",
    };
    struct case_file f = made(1000, 4, 1, pretend);

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(some); i++)
        if (ask(&f, some[i]) < 1)
            fail_msg("none: %s", some[i]);
    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        if (ask(&f, never[i]) != 0)
            fail_msg("some: %s", never[i]);
    gone(&f);
}

static void the_directory_grows_a_little_with_the_caseload(void **state)
{
    struct case_file small = made(10, 4, 1, pretend), large = made(1700, 4, 1, pretend);
    int64_t few = ask(&small, "SELECT count(*) FROM asset"), many = ask(&large, "SELECT count(*) FROM asset");
    char *one, *same;

    (void) state;
    assert_true(few >= 25 && few <= 50);
    assert_true(many > few + 40 && many < 2 * few + 50);
    one = everything(&small, "SELECT name_en, area FROM asset ORDER BY row_no");
    same = everything(&large, "SELECT name_en, area FROM asset ORDER BY row_no");
    assert_true(str_starts(same, one));
    free(one);
    free(same);
    gone(&small);
    gone(&large);
}

/* Who was sent somewhere and is not known to go, and what was not there: both come up on Today, of open episodes alone. */
static void what_is_to_be_asked_again_is_on_today(void **state)
{
    static const char *const kinds[] = { "NEWS_DUE", "GAP" };
    struct case_file f = made(30, 7, 0, pretend);

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        char *due = xasprintf("SELECT count(*) FROM task WHERE kind = '%s' AND done_on IS NULL AND due_on BETWEEN "
                              "date('2026-03-02', '-56 days') AND '2026-03-02'", kinds[i]);
        char *over = xasprintf("SELECT count(*) FROM task t JOIN episode e ON e.id = t.episode WHERE t.kind = '%s' AND "
                               "e.closed_on IS NOT NULL", kinds[i]);

        assert_true(number(&f, due) > 0);
        assert_int_equal(number(&f, over), 0);
        free(due);
        free(over);
    }
    assert_int_equal(number(&f, "SELECT count(*) FROM task t LEFT JOIN connection c ON c.id = t.subject WHERE t.kind = 'NEWS_DUE' "
                                "AND (c.kind IS NOT 'REFERRED' OR c.status NOT IN ('SENT', 'ACCEPTED', 'WAITING'))"), 0);
    gone(&f);
}

static void both_questions_are_on_today_whatever_the_seed(void **state)
{
    (void) state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct case_file f = made(10, seed, 1, pretend);

        if (number(&f, "SELECT count(DISTINCT kind) FROM task WHERE kind IN ('NEWS_DUE', 'GAP') AND done_on IS NULL AND "
                       "due_on <= '2026-03-02'") != 2)
            fail_msg("seed %d", (int) seed);
        gone(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_caseload),
        cmocka_unit_test(a_year_of_supervision_is_there), cmocka_unit_test(numbers_belong_to_nobody),
        cmocka_unit_test(every_stage_is_there), cmocka_unit_test(what_is_to_be_asked_again_is_on_today),
        cmocka_unit_test(nothing_happens_after_today_or_out_of_order),
        cmocka_unit_test(contacts_and_episodes_can_be_counted_on),
        cmocka_unit_test(people_are_as_the_published_shares_say),
        cmocka_unit_test(what_is_said_of_somebody_goes_together),
        cmocka_unit_test(both_questions_are_on_today_whatever_the_seed),
        cmocka_unit_test(assets_fill_up_close_and_open_as_weeks_pass),
        cmocka_unit_test(the_directory_grows_a_little_with_the_caseload),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
