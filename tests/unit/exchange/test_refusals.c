/* test_refusals.c - what does not leave: by definition, by policy, by a fault of the disk; and the guard against Excel. */
#include "fixture.h"

#include <signal.h>
#include <sys/resource.h>

#include "dolen/vault/hash.h"
#include "exchange/csv.h"
#include "dolen/base/banned.h"

static struct id one_person(struct fixture *f)
{
    struct id p = person_with_notice(f->store, "CANARY", "1990-01-01", "YES");

    add(f->store, T_EQUALITY, "person", ID(p), "religion", "CHRISTIAN", "sex", "FEMALE", NULL);
    episode(f, p, NULL, "2026-04-10", NULL);
    return p;
}

static int files_in(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    int n = 0;

    while (d && (e = readdir(d)))
        n += !str_eq(e->d_name, ".") && !str_eq(e->d_name, "..");
    if (d)
        closedir(d);
    return n;
}

static void assert_nothing_written(struct fixture *f)
{
    assert_false(file_exists(f->to));
    assert_int_equal(files_in(f->folder), 1);                    /* the case file */
    assert_true(strlen(err_text(&err_)) > 20);
}

/* --- definitions ------------------------------------------------------------------------------------------------ */

static enum status export_item(struct fixture *f, const char *table, const char *source, const char *type, const char *codes)
{
    char *yaml = xasprintf("data_set: own\nversion: \"1\"\nstatus: provisional\ntitle: {en: A, cy: B}\ntables:\n"
                           "  - table: %s\n    items:\n      - item: x\n        source: %s\n        type: %s\n%s%s%s"
                           "        label: {en: A, cy: B}\n", table, source, type, codes ? "        codes: " : "",
                           codes ? codes : "", codes ? "\n" : "");
    struct data_set *d = NULL;
    enum status st;

    assert_ok(data_set_parse(&d, "own.yaml", yaml, strlen(yaml), f->catalog, &err_));
    f->job.data_set = d;
    st = export_write(f->store, &f->job, &f->done, &err_);
    data_set_free(&d);
    free(yaml);
    return st;
}

static void a_definition_cannot_ask_for_what_may_not_leave(void **state)
{
    static const struct { const char *table, *source, *type, *codes; } asked[] = {
        { "episode", "person.given_name", "code", "sex" }, { "episode", "person.nhs_number", "integer", NULL },
        { "episode", "person.birth_date", "date", NULL }, { "episode", "person.birth_date", "month", NULL },
        { "episode", "person.postcode", "code", NULL }, { "episode", "person.phone", "integer", NULL },
        { "episode", "person.lsoa", "code", NULL }, { "episode", "person.given_name", "id", NULL },
        { "contact", "contact.note", "code", NULL }, { "referral", "referral.referrer_words", "codes", "reason" },
        { "episode", "concern.consent", "code", "concern_consent" }, { "episode", "equality.sex", "code", NULL },
        { "episode", "equality.nothing", "code", "sex" }, { "episode", "derive.nothing", "code", NULL },
        { "contact", "derive.goal_key", "id", NULL },
    };
    struct fixture *f = *state;

    one_person(f);
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        if (export_item(f, asked[i].table, asked[i].source, asked[i].type, asked[i].codes) != ST_INVALID)
            fail_msg("%s as %s was not refused", asked[i].source, asked[i].type);
        assert_nothing_written(f);
    }
    assert_int_equal(export_item(f, "nothing", "derive.episode_key", "id", NULL), ST_INVALID);
    assert_nothing_written(f);
}

static void text_has_a_column_and_never_a_value(void **state)
{
    struct fixture *f = *state;
    struct id p = one_person(f), e = episode(f, p, NULL, "2026-04-10", NULL);

    add(f->store, T_CONTACT, "person", ID(p), "episode", ID(e), "note", "CANARY", NULL);
    assert_ok(export_item(f, "contact", "contact.note", "text_none", NULL));
    assert_cell(f, "contact.csv", 1, "x", "");
}

static void a_value_outside_its_list_stays_behind(void **state)
{
    struct fixture *f = *state;
    struct id p = person_with_notice(f->store, "CANARY", "1990-01-01", "YES");

    add(f->store, T_EQUALITY, "person", ID(p), "sex", "NOT_A_CODE", NULL);
    episode(f, p, NULL, "2026-04-10", NULL);
    export_again(f);
    assert_cell(f, "episode.csv", 1, "sex", "");
    assert_cell(f, "episode.csv", 1, "sex__missing", "NK");
    assert_int_equal(f->done.unusable, 1);
}

/* --- policies --------------------------------------------------------------------------------------------------- */

static struct policy *policy_of(const char *consent, const char *sensitive, const char *geography, const char *dates,
                                const char *key, const char *drop)
{
    char *yaml = xasprintf("policy: board\ntitle: {en: A, cy: B}\nconsent: %s\nwithhold_sensitive: true\n"
                           "sensitive_allowed: [%s]\ngeography: %s\nage_bands: [0, 50]\ndates: %s\nperson_key: %s\ndrop: [%s]\n",
                           consent, sensitive, geography, dates, key, drop);
    struct policy *p = NULL;

    assert_ok(policy_parse(&p, "board.yaml", yaml, strlen(yaml), &err_));
    free(yaml);
    return p;
}

static void export_by(struct fixture *f, struct policy *p)
{
    f->job.policy = p;
    f->job.recipient = "board";
    export_again(f);
    policy_free(&p);
}

static void a_policy_may_name_a_sensitive_item(void **state)
{
    struct fixture *f = *state;

    one_person(f);
    export_by(f, policy_of("notice", "religion", "la_decile", "month", "random", "household"));
    assert_cell(f, "episode.csv", 1, "religion", "CHRISTIAN");
    assert_cell(f, "episode.csv", 1, "sexual_orientation", "WITHHELD");
    assert_cell(f, "episode.csv", 1, "lsoa", "");
    assert_cell(f, "episode.csv", 1, "age_band", "A0_49");
    assert_cell(f, "episode.csv", 1, "opened_on", "2026-04");
}

static void a_small_area_never_leaves_beside_a_sensitive_code(void **state)
{
    struct fixture *f = *state;

    one_person(f);
    export_by(f, policy_of("notice", "religion", "lsoa", "day", "random", ""));
    assert_cell(f, "episode.csv", 1, "lsoa", "W01000099");
    assert_cell(f, "episode.csv", 1, "religion", "WITHHELD");
    export_by(f, policy_of("notice", "religion", "lsoa", "day", "random", "lsoa"));
    assert_cell(f, "episode.csv", 1, "religion", "CHRISTIAN");
}

static void a_dropped_column_is_not_there(void **state)
{
    struct fixture *f = *state;
    char *text;

    one_person(f);
    export_by(f, policy_of("notice", "", "la_decile", "day", "random", "household, episode.tenure"));
    text = file_text(f->to, "episode.csv", NULL);
    assert_null(strstr(text, "household"));
    assert_null(strstr(text, "tenure"));
    free(text);
}

static void permission(struct fixture *f, struct id p, const char *state, const char *recipient, const char *on, const char *understood)
{
    add(f->store, T_CONSENT, "person", ID(p), "purpose", "REPORTING", "recipient", recipient, "state", state, "state_on", on,
        "understood", understood, NULL);
}

static void permission_is_asked_for_each_person(void **state)
{
    struct fixture *f = *state;

    one_person(f);
    permission(f, one_person(f), "GIVEN", "board", "2026-04-03", "YES");
    permission(f, one_person(f), "GIVEN", "somebody", "2026-04-03", "YES");
    permission(f, one_person(f), "REFUSED", "board", "2026-04-03", "YES");
    permission(f, one_person(f), "GIVEN", "board", "2026-04-03", "DOUBT");
    struct id changed = one_person(f);
    permission(f, changed, "GIVEN", "board", "2026-04-03", "YES");
    permission(f, changed, "WITHDRAWN", "board", "2026-04-04", NULL);
    export_by(f, policy_of("permission", "", "la_decile", "day", "random", ""));
    assert_int_equal(f->done.people, 1);
    for (int i = LEFT_NO_PERMISSION; i < LEFT_COUNT; i++)
        assert_int_equal(f->done.left_out[i], 1);
    assert_int_equal(f->done.left_out[LEFT_NO_NOTICE] + f->done.left_out[LEFT_OBJECTS], 0);
}

static void the_same_nhs_number_makes_the_same_key(void **state)
{
    static const char said[] = "dolen-pk-1" "9990000018";
    struct fixture *f = *state;
    uint8_t digest[16];
    char wanted[34] = "P";
    struct id none;

    one_person(f);
    none = add(f->store, T_PERSON, "nhs_number", NULL, "missing", "nhs_number:NK", NULL);
    add(f->store, T_CONSENT, "person", ID(none), "notice_given", "YES", NULL);
    episode(f, none, NULL, "2026-04-10", NULL);
    export_by(f, policy_of("notice", "", "la_decile", "day", "nhs", ""));
    keyed_id(digest, f->job.key, said, strlen(said));
    hex_of(wanted + 1, digest, sizeof digest);
    assert_cell(f, "episode.csv", 1, "person_id", wanted);
    assert_int_equal(f->done.people, 2);
}

static void another_destination_knows_nobody_by_the_same_key(void **state)
{
    struct fixture *f = *state;
    char *first;

    one_person(f);
    export_again(f);
    first = cell_of(f, "episode.csv", 1, "person_id");
    export_again(f);
    assert_cell(f, "episode.csv", 1, "person_id", first);
    f->job.key[0] ^= 1;
    export_again(f);
    char *second = cell_of(f, "episode.csv", 1, "person_id");
    assert_string_not_equal(first, second);
    free(first);
    free(second);
}

/* --- the folder ------------------------------------------------------------------------------------------------- */

static void a_folder_that_holds_something_is_left_alone(void **state)
{
    struct fixture *f = *state;

    one_person(f);
    mkdir(f->to, 0700);
    assert_ok(export_write(f->store, &f->job, &f->done, &err_));         /* an empty one is fine */
    int before = files_in(f->to);
    assert_int_equal(export_write(f->store, &f->job, &f->done, &err_), ST_REFUSED);
    assert_int_equal(files_in(f->to), before);
    assert_int_equal(files_in(f->folder), 2);
}

static void nothing_is_left_when_the_disk_fails(void **state)
{
    struct fixture *f = *state;
    struct rlimit was, small;
    char *nowhere = path_join(f->folder, "no/such/out");

    one_person(f);
    getrlimit(RLIMIT_FSIZE, &was);
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t size = 0; size < 32 * 1024; size += 1500) {
        small = (struct rlimit) { size, was.rlim_max };
        setrlimit(RLIMIT_FSIZE, &small);
        err_clear(&err_);
        enum status st = export_write(f->store, &f->job, &f->done, &err_);
        setrlimit(RLIMIT_FSIZE, &was);
        assert_int_not_equal(st, ST_OK);
        assert_nothing_written(f);
    }
    f->job.folder = nowhere;
    assert_int_not_equal(export_write(f->store, &f->job, &f->done, &err_), ST_OK);
    f->job.folder = f->to;
    assert_nothing_written(f);
    free(nowhere);
}

static bool never_again(void *ctx, const char *table, int64_t rows)
{
    (void) rows;
    return !str_eq(table, ctx);
}

static void an_export_that_is_stopped_leaves_nothing(void **state)
{
    static char episodes[] = "episode";
    struct fixture *f = *state;

    one_person(f);
    f->job.progress = never_again;
    f->job.progress_ctx = episodes;
    assert_int_equal(export_write(f->store, &f->job, &f->done, &err_), ST_INTERRUPTED);
    assert_nothing_written(f);
}

/* --- Excel ------------------------------------------------------------------------------------------------------ */

static void excel_runs_nothing(void **state)
{
    static const char *const cells[] = { "=1+1", "+44", "-1", "@x", "\tx", "\rx", "a,b", "say \"so\"", "ŵyn", "" };
    struct fixture *f = *state;
    struct csv_made made = { .rows = 0 };
    struct csv c;
    char *text;

    for (int excel = 0; excel < 2; excel++) {
        assert_ok(csv_open(&c, f->folder, excel ? "e.csv" : "s.csv", excel, &err_));
        for (size_t i = 0; i < ARRAY_LEN(cells); i++)
            csv_text(&c, cells[i]);
        csv_plain(&c, "-1", 2);
        csv_end_row(&c);
        assert_ok(csv_close(&c, &made, &err_));
    }
    text = file_text(f->folder, "s.csv", NULL);
    assert_string_equal(text, "=1+1,+44,-1,@x,\tx,\"\rx\",\"a,b\",\"say \"\"so\"\"\",ŵyn,,-1\r\n");
    free(text);
    text = file_text(f->folder, "e.csv", NULL);
    assert_string_equal(text, "\xef\xbb\xbf\"'=1+1\",\"'+44\",\"'-1\",\"'@x\",\"'\tx\",\"'\rx\",\"a,b\",\"say \"\"so\"\"\",ŵyn,,-1\r\n");
    assert_int_equal(made.bytes, strlen(text));
    assert_int_equal(made.rows, 1);
    free(text);
}

/* A file far longer than the buffer, cell by cell. */
static void a_long_file_is_whole(void **state)
{
    struct fixture *f = *state;
    struct csv_made made;
    struct csv c;
    struct sha256 *sha = sha256_new();
    char hex[65], *text;
    size_t n;

    assert_ok(csv_open(&c, f->folder, "long.csv", false, &err_));
    for (int i = 0; i < 40000; i++) {
        csv_plain(&c, "ABCDEFG", 7);
        csv_text(&c, "x,y");
        csv_end_row(&c);
    }
    assert_ok(csv_close(&c, &made, &err_));
    text = file_text(f->folder, "long.csv", &n);
    assert_int_equal(n, 40000 * 15);
    assert_int_equal(made.bytes, n);
    for (size_t i = 0; i < n; i += 15)
        assert_memory_equal(text + i, "ABCDEFG,\"x,y\"\r\n", 15);
    sha256_add(sha, text, n);
    sha256_hex_done(&sha, hex);
    assert_string_equal(made.sha256, hex);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_definition_cannot_ask_for_what_may_not_leave, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(text_has_a_column_and_never_a_value, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_value_outside_its_list_stays_behind, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_policy_may_name_a_sensitive_item, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_small_area_never_leaves_beside_a_sensitive_code, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_dropped_column_is_not_there, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(permission_is_asked_for_each_person, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_same_nhs_number_makes_the_same_key, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(another_destination_knows_nobody_by_the_same_key, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_folder_that_holds_something_is_left_alone, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(nothing_is_left_when_the_disk_fails, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(an_export_that_is_stopped_leaves_nothing, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(excel_runs_nothing, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(a_long_file_is_whole, fixture_open, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
