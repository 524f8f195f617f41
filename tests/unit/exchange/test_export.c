/* test_export.c - a case file made by hand, and every cell that leaves it. GOLDEN=write makes the expected files anew. */
#include "fixture.h"

#include "dolen/base/json.h"
#include "dolen/vault/hash.h"
#include "dolen/base/banned.h"

/* Row 1 of episode.csv: everything answered, one contact did not happen, one reason is sensitive. */
static void full_person(struct fixture *f)
{
    struct store *s = f->store;
    struct id p = person_with_notice(s, "CANARY 1", "1950-05-01", "YES"), r, e, g;

    add(s, T_EQUALITY, "person", ID(p), "sex", "FEMALE", "gender_identity", "YES", "sexual_orientation", "STRAIGHT", "religion",
        "CHRISTIAN", "ethnic_group", "WHITE_WELSH", "welsh_skills", "UNDERSTAND SPEAK", "main_language", "EN_CY",
        "general_health", "FAIR", "condition", "YES", "condition_limits", "LITTLE", "carer", "NO", "armed_forces", "NO",
        "employment", "RETIRED", "tenure", "OWNS", "household", "ALONE", NULL);
    r = add(s, T_REFERRAL, "person", ID(p), "route", "PROFESSIONAL", "source", "CLUS", "org_type", "CLUSTER", "received_on",
            "2026-04-03", "reasons", "HOUSING DOMESTIC_ABUSE FOOD", "urgency", "ROUTINE", "decision", "ACCEPTED", "decided_on",
            "2026-04-08", "feedback_sent_on", "2026-05-30", NULL);
    e = episode(f, p, ID(r), "2026-04-10", NULL);
    add(s, T_CONTACT, "person", ID(p), "episode", ID(e), "held_on", "2026-04-12", "kind", "PHONE", "with_whom", "PERSON",
        "result", "ATTENDED", "minutes", "0", NULL);
    add(s, T_CONTACT, "person", ID(p), "episode", ID(e), "held_on", "2026-04-20", "kind", "PHONE", "result", "DNA", "missing",
        "with_whom:NK", NULL);
    g = add(s, T_GOAL, "person", ID(p), "episode", ID(e), "position", "1", "state", "OPEN", NULL);
    add(s, T_RATING, "goal", ID(g), "rated_on", "2026-04-12", "rating", "0", NULL);
    add(s, T_RATING, "goal", ID(g), "rated_on", "2026-05-12", "rating", "7", NULL);
    add(s, T_CONNECTION, "person", ID(p), "episode", ID(e), "asset", ID(f->asset), "kind", "REFERRED", "status", "ATTENDING",
        "said_by", "PERSON", "on_date", "2026-05-01", NULL);
    add(s, T_GAP, "person", ID(p), "episode", ID(e), "category", "ARTS", "local_authority", "W06000002", "reason",
        "NOT_IN_WELSH", "language", "CY", "transport", "NO", "noted_on", "2026-05-02", NULL);
    add(s, T_MEASURE, "person", ID(p), "episode", ID(e), "instrument", "ons4", "version", "1", "stage", "BASELINE", "taken_on",
        "2026-04-12", "item", "satis", "value", "0", "wording", "draft", "language", "cy", NULL);
    add(s, T_CONCERN, "person", ID(p), "episode", ID(e), "protocol", "CANARY", "noted_on", "2026-05-03", NULL);
}

/* Row 2: nothing but reasons why there is nothing. No referral. */
static void silent_person(struct fixture *f)
{
    struct id p = add(f->store, T_PERSON, "missing", "birth_date:NK local_authority:NANS lsoa:SKIP", NULL);

    add(f->store, T_CONSENT, "person", ID(p), "notice_given", "YES", "notice_on", "2026-04-02", NULL);
    add(f->store, T_EQUALITY, "person", ID(p), "missing", "sex:NANS ethnic_group:PNTS condition:NK religion:PNTS carer:SKIP", NULL);
    add(f->store, T_EPISODE, "person", ID(p), "opened_on", "2026-04-11", "closed_on", "2026-05-11", NULL);
}

static void left_out_people(struct fixture *f)
{
    struct id objects = person_with_notice(f->store, "CANARY 2", "1960-01-01", "OBJECTS");
    struct id not_told = person_with_notice(f->store, "CANARY 3", "1970-01-01", NULL);
    struct id e = episode(f, objects, NULL, "2026-04-10", NULL);

    add(f->store, T_CONTACT, "person", ID(objects), "episode", ID(e), "held_on", "2026-04-12", "kind", "PHONE", NULL);
    add(f->store, T_REFERRAL, "person", ID(not_told), "received_on", "2026-04-03", "reasons", "FOOD", NULL);
    episode(f, not_told, NULL, "2026-04-10", NULL);
}

/* A referral that became a report: it went back, and nothing says why. */
static void reported_person(struct fixture *f)
{
    struct id p = person_with_notice(f->store, "CANARY 4", "2010-03-01", "YES");

    struct id r = add(f->store, T_REFERRAL, "person", ID(p), "route", "SELF", "received_on", "2026-04-30", NULL);
    struct answers a = ANSWERS_INIT;
    struct filing filing = { .form = "decision", .version = 1, .binds = T_REFERRAL, .id = r, .person = p, .answers = &a,
                             .hash = "00000000000000000000000000000000000000000000000000000000000000ff", .yaml = "x",
                             .yaml_bytes = 1 };

    answers_set(&a, "decision", 0, "SERIOUS_FIRST");
    answers_set_missing(&a, "decision_reason", 0, MISSING_SKIPPED);
    assert_ok(store_file(f->store, &filing, &err_));
    answers_release(&a);
}

static int open_with_people(void **state)
{
    int rc = fixture_open(state);

    if (rc == 0) {
        full_person(*state);
        silent_person(*state);
        left_out_people(*state);
        reported_person(*state);
    }
    return rc;
}

/* --- whole files ------------------------------------------------------------------------------------------------ */

static const char *const csv_files[] = { "episode.csv", "referral.csv", "need.csv", "contact.csv", "goal.csv", "asset_use.csv",
                                         "unmet_need.csv", "outcome.csv", "capacity.csv", "tombstone.csv" };

static void files_are_the_expected_ones(void **state)
{
    struct fixture *f = *state;

    export_again(f);
    for (size_t i = 0; i < ARRAY_LEN(csv_files); i++) {
        char *got = file_text(f->to, csv_files[i], NULL), *wanted;

        if (str_eq(getenv("GOLDEN"), "write"))
            assert_ok(file_replace(DATA "golden", csv_files[i], got, strlen(got), &err_));
        wanted = file_text(DATA "golden", csv_files[i], NULL);
        if (!str_eq(got, wanted))
            fail_msg("%s differs:\n%s", csv_files[i], got);
        free(got);
        free(wanted);
    }
    assert_int_equal(f->done.people, 3);
    assert_int_equal(f->done.unusable, 0);
}

static void two_exports_are_equal(void **state)
{
    static const char *const others[] = { "codes/codelist.csv", "dictionary.csv", "datapackage.json", "README.txt" };
    struct fixture *f = *state;
    char *second = path_join(f->folder, "second");

    export_again(f);
    f->job.folder = second;
    assert_ok(export_write(f->store, &f->job, &f->done, &err_));
    for (size_t i = 0; i < ARRAY_LEN(csv_files) + ARRAY_LEN(others); i++) {
        const char *name = i < ARRAY_LEN(csv_files) ? csv_files[i] : others[i - ARRAY_LEN(csv_files)];
        char *a = file_text(f->to, name, NULL), *b = file_text(second, name, NULL);

        assert_string_equal(a, b);
        free(a);
        free(b);
    }
    f->job.folder = f->to;
    free(second);
}

/* --- what the cells say ----------------------------------------------------------------------------------------- */

static void a_cell_without_a_value_says_why(void **state)
{
    static const struct { const char *column, *wanted; } cells[] = {
        { "sex", "" }, { "sex__missing", "NANS" }, { "ethnic_group__missing", "PNTS" }, { "ethnic_group_nhs", "Z" },
        { "condition__missing", "NK" }, { "disability__missing", "NK" }, { "carer__missing", "SKIP" },
        { "employment__missing", "NREA" }, { "age_band__missing", "NK" }, { "health_board__missing", "NANS" },
        { "wimd_decile__missing", "SKIP" }, { "referral_id", "" }, { "waiting_days__missing", "NREA" }, { "contacts_total", "0" },
    };
    struct fixture *f = *state;

    export_again(f);
    for (size_t i = 0; i < ARRAY_LEN(cells); i++)
        assert_cell(f, "episode.csv", 2, cells[i].column, cells[i].wanted);
    assert_cell(f, "contact.csv", 1, "contact_minutes", "0");
    assert_cell(f, "contact.csv", 1, "contact_minutes__missing", "");
    assert_cell(f, "contact.csv", 2, "contact_with__missing", "NK");
    assert_cell(f, "goal.csv", 1, "goal_rating_start", "0");
}

static void items_missing_is_n_to_go(void **state)
{
    struct fixture *f = *state;

    export_again(f);
    assert_cell(f, "episode.csv", 1, "items_missing", "0");
    /* speak_language, active_offer, employment, model; received_on, route, source, decision; reasons */
    assert_cell(f, "episode.csv", 2, "items_missing", "9");
}

static void sensitive_codes_are_withheld(void **state)
{
    struct fixture *f = *state;

    export_again(f);
    assert_cell(f, "episode.csv", 1, "religion", "WITHHELD");
    assert_cell(f, "episode.csv", 1, "sexual_orientation", "WITHHELD");
    assert_cell(f, "episode.csv", 1, "gender_identity", "WITHHELD");
    assert_cell(f, "episode.csv", 2, "religion", "WITHHELD");
    assert_cell(f, "episode.csv", 2, "religion__missing", "");
    assert_cell(f, "need.csv", 1, "need_code", "HOUSING");
    assert_cell(f, "need.csv", 2, "need_code", "WITHHELD");
    assert_cell(f, "need.csv", 3, "need_code", "FOOD");
    assert_cell(f, "episode.csv", 1, "lsoa__missing", "WITHHELD");
}

static void no_row_says_that_a_report_was_made(void **state)
{
    struct fixture *f = *state;

    export_again(f);
    assert_int_equal(rows_of(f, "referral"), 2);
    assert_cell(f, "referral.csv", 2, "decision", "RETURNED");
    assert_cell(f, "referral.csv", 2, "decision_reason__missing", "NREA");
}

static void people_left_out_are_counted(void **state)
{
    struct fixture *f = *state;

    export_again(f);
    assert_int_equal(f->done.left_out[LEFT_OBJECTS], 1);
    assert_int_equal(f->done.left_out[LEFT_NO_NOTICE], 1);
    assert_int_equal(rows_of(f, "episode"), 2);
    assert_int_equal(rows_of(f, "contact"), 2);
    assert_int_equal(rows_of(f, "need"), 3);
}

/* --- nothing that names anybody --------------------------------------------------------------------------------- */

static void search_file(const char *folder, const char *name)
{
    static const char *const never[] = { "CANARY", "canary", "9990000018", "1950-05-01",
                                         "1950", "LL99", "W01000099", "CHRISTIAN", "STRAIGHT", "DOMESTIC_ABUSE\r", "SERIOUS" };
    size_t n;
    char *text = file_text(folder, name, &n);
    bool codes = str_eq(name, "codelist.csv");

    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        if ((!codes || i < 7) && memmem(text, n, never[i], strlen(never[i])))
            fail_msg("%s has \"%s\"", name, never[i]);
    free(text);
}

static void search_folder(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    int files = 0;

    assert_non_null(d);
    while ((e = readdir(d))) {
        char *inner = path_join(folder, e->d_name);

        if (e->d_name[0] == '.') {
            free(inner);
            continue;
        }
        if (e->d_type == DT_DIR)
            search_folder(inner);
        else
            search_file(folder, e->d_name);
        files++;
        free(inner);
    }
    closedir(d);
    assert_true(files > 0);
}

static void nothing_that_names_anybody_leaves(void **state)
{
    struct fixture *f = *state;

    export_again(f);
    search_folder(f->to);
    f->job.excel = true;
    export_again(f);
    search_folder(f->to);
}

/* Every cell of a table is empty, a code, an id, a date, a month or a number: nothing needs a quote. */
static bool shape_is_known(const char *s, size_t n)
{
    bool code = n && s[0] >= 'A' && s[0] <= 'Z', number = true;

    for (size_t i = 0; i < n; i++) {
        code = code && (strchr("._- ", s[i]) || (s[i] >= '0' && s[i] <= '9') || ((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z'));
        number = number && ((s[i] >= '0' && s[i] <= '9') || s[i] == '-');
    }
    return code || number;
}

static void every_cell_has_a_known_shape(void **state)
{
    struct fixture *f = *state;

    export_again(f);
    for (size_t i = 0; i < ARRAY_LEN(csv_files); i++) {
        char *text = file_text(f->to, csv_files[i], NULL);
        const char *p = strstr(text, "\r\n") + 2;

        for (; *p; p += p[0] == ',' ? 1 : 2) {
            size_t n = strcspn(p, ",\r");

            if (!shape_is_known(p, n))
                fail_msg("%s: \"%.*s\"", csv_files[i], (int) n, p);
            p += n;
        }
        free(text);
    }
}

/* --- the period ------------------------------------------------------------------------------------------------- */

static void the_period_has_both_its_ends(void **state)
{
    static const struct { const char *opened, *closed; bool in; } episodes[] = {
        { "2026-06-30", NULL, true }, { "2026-07-01", NULL, false }, { "2026-01-01", "2026-04-01", true },
        { "2026-01-01", "2026-03-31", false }, { "2026-01-01", NULL, true },
    };
    struct fixture *f = *state;
    int in = 0;

    for (size_t i = 0; i < ARRAY_LEN(episodes); i++) {
        struct id p = person_with_notice(f->store, "Emyr", "1980-01-01", "YES");

        episode(f, p, NULL, episodes[i].opened, episodes[i].closed);
        in += episodes[i].in;
    }
    export_again(f);
    assert_int_equal(rows_of(f, "episode"), in);
    assert_int_equal(f->done.people, in);
    assert_cell(f, "episode.csv", 1, "period_until", "2026-06-30");
    assert_cell(f, "episode.csv", 1, "age_band", "A45_64");
}

/* --- the description -------------------------------------------------------------------------------------------- */

static void check_resource(struct fixture *f, const struct json *r)
{
    const char *path = json_get_text(r, "path");
    const struct json *fields = json_get(json_get(r, "schema"), "fields");
    struct sha256 *sha = sha256_new();
    char hex[65], *text, *header;
    struct buf wanted = BUF_INIT;
    size_t n;

    text = file_text(f->to, path, &n);
    sha256_add(sha, text, n);
    sha256_hex_done(&sha, hex);
    assert_int_equal(json_int(json_get(r, "bytes")), n);
    assert_string_equal(json_get_text(r, "hash") + strlen("sha256:"), hex);
    assert_string_equal(json_get_text(r, "type"), "table");
    assert_string_equal(json_get_text(r, "profile"), "tabular-data-resource");
    assert_int_equal(json_kind(json_get(json_get(r, "schema"), "missingValues")), JSON_LIST_);
    for (size_t i = 0; i < json_count(fields); i++) {
        buf_add(&wanted, i ? "," : "");
        buf_add(&wanted, json_get_text(json_at(fields, i), "name"));
    }
    header = xstrndup(text, strcspn(text, "\r"));
    assert_string_equal(header, buf_text(&wanted));
    buf_release(&wanted);
    free(header);
    free(text);
}

static void the_description_fits_the_files(void **state)
{
    struct fixture *f = *state;
    struct json *j = NULL;
    const struct json *resources, *batch, *key;
    char *path;

    f->job.training = true;
    export_again(f);
    path = path_join(f->to, "datapackage.json");
    assert_ok(json_read_file(&j, path, 1 << 20, &err_));
    assert_string_equal(json_get_text(j, "profile"), "tabular-data-package");
    assert_non_null(strstr(json_get_text(j, "title"), "rovisional"));
    assert_true(json_bool(json_get(j, "provisional")));
    resources = json_get(j, "resources");
    assert_int_equal(json_count(resources), ARRAY_LEN(csv_files) + 2);
    for (size_t i = 0; i < json_count(resources); i++)
        check_resource(f, json_at(resources, i));
    key = json_get(json_get(json_at(resources, 0), "schema"), "primaryKey");
    assert_int_equal(json_kind(key), JSON_LIST_);
    assert_string_equal(json_text(json_at(key, 0)), "episode_id");
    batch = json_get(j, "dolen:batch");
    assert_true(json_bool(json_get(batch, "training")));
    assert_int_equal(json_int(json_get(json_get(batch, "rows"), "episode")), 2);
    assert_int_equal(json_int(json_get(json_get(batch, "left_out"), "objects")), 1);
    free(path);
    path = path_join(f->to, "TRAINING.txt");
    assert_true(file_exists(path));
    free(path);
    json_free(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_are_the_expected_ones, open_with_people, fixture_close),
        cmocka_unit_test_setup_teardown(two_exports_are_equal, open_with_people, fixture_close),
        cmocka_unit_test_setup_teardown(a_cell_without_a_value_says_why, open_with_people, fixture_close),
        cmocka_unit_test_setup_teardown(items_missing_is_n_to_go, open_with_people, fixture_close),
        cmocka_unit_test_setup_teardown(sensitive_codes_are_withheld, open_with_people, fixture_close),
        cmocka_unit_test_setup_teardown(no_row_says_that_a_report_was_made, open_with_people, fixture_close),
        cmocka_unit_test_setup_teardown(people_left_out_are_counted, open_with_people, fixture_close),
        cmocka_unit_test_setup_teardown(nothing_that_names_anybody_leaves, open_with_people, fixture_close),
        cmocka_unit_test_setup_teardown(every_cell_has_a_known_shape, open_with_people, fixture_close),
        cmocka_unit_test_setup_teardown(the_period_has_both_its_ends, fixture_open, fixture_close),
        cmocka_unit_test_setup_teardown(the_description_fits_the_files, open_with_people, fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
