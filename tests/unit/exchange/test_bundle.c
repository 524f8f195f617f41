/* Bundles: sealed and opened, opened by other people's programs, and refused one by one for what is wrong with them. */
#include "other_program.h"

#include "dolen/base/mem.h"
#include "dolen/exchange/bundle.h"
#include "dolen/exchange/zip.h"
#include "dolen/vault/hash.h"

static struct err error;
static char dir[32];
static struct minisign_secret *laptop, *stranger;
static struct minisign_public laptop_pub;
static struct age_identity *hub, *other_hub;
static struct age_recipient to_hub;

#define assert_ok(call) do { if ((call) != ST_OK) fail_msg("%s: %s", #call, err_text(&error)); } while (0)

static const struct minisign_public *known_signer(void *ctx, const uint8_t key_id[8])
{
    (void) ctx;
    return memcmp(key_id, laptop_pub.id, 8) == 0 ? &laptop_pub : NULL;
}

static struct bundle_keys keys;

static int start(void **state)
{
    (void) state;
    assert_ok(minisign_secret_new(&laptop, &error));
    assert_ok(minisign_secret_new(&stranger, &error));
    minisign_secret_public(laptop, &laptop_pub);
    assert_ok(age_identity_new(&hub, &error));
    assert_ok(age_identity_new(&other_hub, &error));
    age_identity_recipient(hub, &to_hub);
    keys = (struct bundle_keys) { known_signer, NULL, hub };
    return 0;
}

static int stop(void **state)
{
    (void) state;
    minisign_secret_free(&laptop);
    minisign_secret_free(&stranger);
    age_identity_free(&hub);
    age_identity_free(&other_hub);
    return 0;
}

static int folder_make(void **state)
{
    (void) state;
    str_copy(dir, sizeof dir, "/tmp/dolen-test-XXXXXX");
    return mkdtemp(dir) ? 0 : 1;
}

static int folder_remove(void **state)
{
    (void) state;
    return RUN("rm", "-rf", dir);
}

static const char *in_dir(const char *name)
{
    static char path[4][128];
    static int turn;
    char *p = path[turn = (turn + 1) & 3];

    snprintf(p, sizeof path[0], "%s/%s", dir, name);
    return p;
}

/* --- a manifest and what it describes ----------------------------------------------------------------------------- */

static const char rows[] = "episode_id\r\nE00000000000000000000000000000001\r\n";

static void add_resource(struct buf *b, const char *before, const char *path, const char *bytes)
{
    struct sha256 *sha = sha256_new();
    char hex[65];

    sha256_add(sha, bytes, strlen(bytes));
    sha256_hex_done(&sha, hex);
    buf_addf(b, "%s{\"path\":\"%s\",\"bytes\":%zu,\"hash\":\"sha256:%s\"}", before, path, strlen(bytes), hex);
}

/* The usual manifest: episode.csv and codes/codelist.csv. */
static char *manifest(void)
{
    struct buf b = BUF_INIT;

    buf_add(&b, "{\"dolen:batch\":{\"seq\":7},\"resources\":[");
    add_resource(&b, "", "episode.csv", rows);
    add_resource(&b, ",", "codes/codelist.csv", "list,code\r\n");
    buf_add(&b, "]}");
    return buf_steal(&b);
}

/* A ZIP of these, through age and minisign, whatever it holds. */
static enum bundle_fault opened(const struct bundle_member *m, size_t count, const struct age_recipient *to,
                                const struct minisign_secret *signer)
{
    struct buf archive = BUF_INIT, sealed = BUF_INIT, sig = BUF_INIT;
    struct zip_out *z = NULL;
    struct bundle *b = NULL;
    enum bundle_fault why = BUNDLE_FAULT_NONE;
    enum status st;

    assert_ok(zip_out_new(&z, &error));
    for (size_t i = 0; i < count; i++)
        assert_ok(zip_out_add(z, m[i].name, m[i].bytes, m[i].n ? m[i].n : strlen(m[i].bytes), &error));
    assert_ok(zip_out_done(&z, 4096, NULL, &archive, &error));
    assert_ok(age_encrypt_bytes(&sealed, to, 1, archive.s, archive.len, &error));
    assert_ok(minisign_sign_bytes(&sig, signer, sealed.s, sealed.len, "file:x.dlnb", &error));
    err_clear(&error);
    st = bundle_open_bytes(&b, sealed.s, sealed.len, sig.s, sig.len, &keys, &why, &error);
    assert_int_equal(st == ST_OK, why == BUNDLE_FAULT_NONE);
    assert_int_equal(st == ST_OK, b != NULL);
    assert_int_equal(st == ST_OK, err_text(&error)[0] == '\0');
    bundle_free(&b);
    buf_release(&archive);
    buf_release(&sealed);
    buf_release(&sig);
    return why;
}

static enum bundle_fault opened_with(const char *manifest_text, const char *episodes, const char *extra_name)
{
    const struct bundle_member m[] = {
        { BUNDLE_MANIFEST, NULL, manifest_text, 0 }, { "episode.csv", NULL, episodes, 0 },
        { "codes/codelist.csv", NULL, "list,code\r\n", 0 }, { extra_name, NULL, "x", 0 },
    };

    return opened(m, extra_name ? 4 : 3, &to_hub, laptop);
}

static void seal(struct bundle_made *made)
{
    char *text = manifest();
    const struct bundle_member m[] = { { BUNDLE_MANIFEST, NULL, text, strlen(text) }, { "episode.csv", NULL, rows, strlen(rows) },
                                       { "codes/codelist.csv", NULL, "list,code\r\n", 11 }, { "README.txt", NULL, "hello", 5 } };
    const struct bundle_job job = { m, 4, &to_hub, 1, laptop, NULL, NULL };

    assert_ok(bundle_seal(&job, dir, "s-e1-000007", made, &error));
    free(text);
}

/* --- good ones ---------------------------------------------------------------------------------------------------- */

static void what_is_sealed_is_opened(void **state)
{
    struct bundle_made made;
    struct bundle *b = NULL;
    enum bundle_fault why = BUNDLE_FAULT_IO;
    struct buf text = BUF_INIT;
    struct stat info;
    size_t n;

    (void) state;
    seal(&made);
    assert_int_equal(stat(in_dir("s-e1-000007.dlnb"), &info), 0);
    assert_int_equal(info.st_size, made.bytes);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_ok(bundle_open(&b, in_dir("s-e1-000007.dlnb"), &keys, &why, &error));
    assert_int_equal(why, BUNDLE_FAULT_NONE);
    assert_int_equal(bundle_count(b), 4);
    assert_string_equal(bundle_bytes(b, "episode.csv", &n), rows);
    assert_int_equal(n, strlen(rows));
    assert_null(bundle_bytes(b, "goal.csv", &n));
    assert_int_equal(json_int(json_get(bundle_batch(b), "seq")), 7);
    assert_string_equal(bundle_comment(b), "file:s-e1-000007.dlnb");
    assert_string_equal(bundle_manifest_sha256(b), made.manifest_sha256);
    assert_true(minisign_public_eq(bundle_signer(b), &laptop_pub));
    assert_ok(bundle_extract(b, in_dir("out"), &error));
    read_whole(&text, in_dir("out/codes/codelist.csv"));
    assert_string_equal(text.s, "list,code\r\n");
    assert_int_equal(stat(in_dir("out"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(bundle_extract(b, in_dir("out"), &error), ST_REFUSED);
    bundle_free(&b);
    buf_release(&text);
}

static void three_ordinary_programs_open_it(void **state)
{
    struct secret *key;
    char pub[MINISIGN_PUBLIC_TEXT];
    struct buf text = BUF_INIT;

    (void) state;
    seal(NULL);
    minisign_public_text(&laptop_pub, pub);
    assert_ok(age_identity_text(hub, &key, &error));
    write_file(in_dir("hub.key"), secret_text(key), secret_length(key));
    secret_free(&key);
    assert_int_equal(RUN("minisign", "-V", "-P", pub, "-m", in_dir("s-e1-000007.dlnb")), 0);
    assert_int_equal(RUN("age", "-d", "-i", in_dir("hub.key"), "-o", in_dir("x.zip"), in_dir("s-e1-000007.dlnb")), 0);
    assert_int_equal(RUN("unzip", "-q", in_dir("x.zip"), "-d", in_dir("x")), 0);
    read_whole(&text, in_dir("x/episode.csv"));
    assert_string_equal(text.s, rows);
    buf_release(&text);
}

/* The size of what is inside cannot be told from outside, but for steps of 4 KiB. */
static void a_row_more_does_not_show(void **state)
{
    char *text = manifest();
    uint64_t sizes[2];

    (void) state;
    for (int more = 0; more < 2; more++) {
        const struct bundle_member m[] = { { BUNDLE_MANIFEST, NULL, text, strlen(text) },
                                           { "README.txt", NULL, "some words here", more ? 15 : 4 } };
        const struct bundle_job job = { m, 2, &to_hub, 1, laptop, NULL, NULL };
        struct buf payload = BUF_INIT, marker = BUF_INIT;
        struct bundle_made made;

        assert_ok(bundle_seal_bytes(&job, "x", &payload, &marker, &made, &error));
        sizes[more] = made.bytes;
        assert_int_equal(payload.len, made.bytes);
        buf_release(&payload);
        buf_release(&marker);
    }
    assert_int_equal(sizes[0], sizes[1]);
    free(text);
}

static void a_folder_is_taken_as_it_stands(void **state)
{
    struct bundle_member *m = NULL;
    size_t count;

    (void) state;
    assert_int_equal(mkdir(in_dir("e"), 0700), 0);
    assert_int_equal(mkdir(in_dir("e/codes"), 0700), 0);
    write_file(in_dir("e/datapackage.json"), "{}", 2);
    write_file(in_dir("e/codes/codelist.csv"), "x", 1);
    write_file(in_dir("e/.hidden"), "x", 1);
    assert_ok(bundle_members_from_folder(&m, &count, in_dir("e"), &error));
    assert_int_equal(count, 2);
    assert_string_equal(m[0].name, "datapackage.json");
    assert_string_equal(m[1].name, "codes/codelist.csv");
    bundle_members_free(&m, count);
    write_file(in_dir("e/notes.txt"), "x", 1);
    assert_int_equal(bundle_members_from_folder(&m, &count, in_dir("e"), &error), ST_INVALID);
    bundle_members_free(&m, count);
    assert_int_equal(bundle_members_from_folder(&m, &count, in_dir("none"), &error), ST_IO);
    bundle_members_free(&m, count);
}

/* --- the files ----------------------------------------------------------------------------------------------------- */

static void a_name_is_never_used_twice(void **state)
{
    struct bundle_made first;
    struct buf before = BUF_INIT, after = BUF_INIT;
    char *text = manifest();
    const struct bundle_member m[] = { { BUNDLE_MANIFEST, NULL, text, strlen(text) } };
    const struct bundle_job job = { m, 1, &to_hub, 1, laptop, NULL, NULL };

    (void) state;
    seal(&first);
    read_whole(&before, in_dir("s-e1-000007.dlnb"));
    assert_int_equal(bundle_seal(&job, dir, "s-e1-000007", NULL, &error), ST_REFUSED);
    read_whole(&after, in_dir("s-e1-000007.dlnb"));
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.s, after.s, after.len);
    assert_int_equal(unlink(in_dir("s-e1-000007.dlnb.minisig")), 0);      /* as after a crash between the two */
    seal(NULL);
    buf_release(&before);
    buf_release(&after);
    free(text);
}

static void a_job_without_a_manifest_or_with_other_files_is_refused(void **state)
{
    char *text = manifest();
    const struct bundle_member m[] = { { BUNDLE_MANIFEST, NULL, text, strlen(text) }, { "case.db", NULL, "x", 1 } };
    struct bundle_job job = { m, 2, &to_hub, 1, laptop, NULL, NULL };

    (void) state;
    assert_int_equal(bundle_seal(&job, dir, "x", NULL, &error), ST_INVALID);
    job = (struct bundle_job) { m + 1, 1, &to_hub, 1, laptop, NULL, NULL };
    assert_int_equal(bundle_seal(&job, dir, "x", NULL, &error), ST_USAGE);
    job = (struct bundle_job) { m, 1, &to_hub, 0, laptop, NULL, NULL };
    assert_int_equal(bundle_seal(&job, dir, "x", NULL, &error), ST_USAGE);
    assert_false(file_exists(in_dir("x.dlnb")));
    assert_false(file_exists(in_dir("x.dlnb.minisig")));
    free(text);
}

static enum bundle_fault opened_file(enum status *st)
{
    enum bundle_fault why;
    struct bundle *b = NULL;

    err_clear(&error);
    *st = bundle_open(&b, in_dir("s-e1-000007.dlnb"), &keys, &why, &error);
    assert_int_equal(*st == ST_OK, err_text(&error)[0] == '\0');
    bundle_free(&b);
    return why;
}

static void half_of_a_bundle_is_told_as_such(void **state)
{
    enum status st;

    (void) state;
    seal(NULL);
    rename(in_dir("s-e1-000007.dlnb.minisig"), in_dir("kept"));
    assert_int_equal(opened_file(&st), BUNDLE_FAULT_NO_MARKER);
    assert_int_equal(st, ST_NOTFOUND);
    rename(in_dir("kept"), in_dir("s-e1-000007.dlnb.minisig"));
    rename(in_dir("s-e1-000007.dlnb"), in_dir("kept"));
    assert_int_equal(opened_file(&st), BUNDLE_FAULT_NO_PAYLOAD);
    assert_int_equal(st, ST_NOTFOUND);
    unlink(in_dir("s-e1-000007.dlnb.minisig"));
    assert_int_equal(opened_file(&st), BUNDLE_FAULT_IO);
}

static void a_file_beyond_all_measure_is_not_read(void **state)
{
    enum status st;

    (void) state;
    seal(NULL);
    assert_int_equal(truncate(in_dir("s-e1-000007.dlnb"), (off_t) BUNDLE_MAX + 1), 0);
    assert_int_equal(opened_file(&st), BUNDLE_FAULT_TOO_LARGE);
    assert_int_equal(truncate(in_dir("s-e1-000007.dlnb"), 1000), 0);
    assert_int_equal(opened_file(&st), BUNDLE_FAULT_WRONG);
    assert_int_equal(truncate(in_dir("s-e1-000007.dlnb.minisig"), (off_t) 1 << 30), 0);
    assert_int_equal(opened_file(&st), BUNDLE_FAULT_SIGNATURE);
}

static void a_changed_bit_of_a_bundle_is_refused(void **state)
{
    char *text = manifest();
    const struct bundle_member m[] = { { BUNDLE_MANIFEST, NULL, text, strlen(text) } };
    const struct bundle_job job = { m, 1, &to_hub, 1, laptop, NULL, NULL };
    struct buf payload = BUF_INIT, marker = BUF_INIT;
    struct bundle *b = NULL;

    (void) state;
    assert_ok(bundle_seal_bytes(&job, "x", &payload, &marker, NULL, &error));
    for (size_t bit = 0; bit < 8 * payload.len; bit += 7) {
        payload.s[bit / 8] = (char) (payload.s[bit / 8] ^ 1 << bit % 8);
        assert_int_not_equal(bundle_open_bytes(&b, payload.s, payload.len, marker.s, marker.len, &keys, NULL, NULL), ST_OK);
        payload.s[bit / 8] = (char) (payload.s[bit / 8] ^ 1 << bit % 8);
    }
    buf_release(&payload);
    buf_release(&marker);
    free(text);
}

/* --- what is wrong with it: each its own fault --------------------------------------------------------------------- */

static void signed_by_a_stranger(void **state)
{
    char *text = manifest();
    const struct bundle_member m[] = { { BUNDLE_MANIFEST, NULL, text, 0 } };

    (void) state;
    assert_int_equal(opened(m, 1, &to_hub, stranger), BUNDLE_FAULT_UNKNOWN_SIGNER);
    free(text);
}

static void encrypted_for_another_or_not_at_all(void **state)
{
    char *text = manifest();
    const struct bundle_member m[] = { { BUNDLE_MANIFEST, NULL, text, 0 } };
    struct age_recipient other;
    struct buf sig = BUF_INIT;
    struct bundle *b = NULL;
    enum bundle_fault why;

    (void) state;
    age_identity_recipient(other_hub, &other);
    assert_int_equal(opened(m, 1, &other, laptop), BUNDLE_FAULT_NOT_FOR_US);
    assert_ok(minisign_sign_bytes(&sig, laptop, "PK\3\4", 4, "c", &error));
    assert_int_equal(bundle_open_bytes(&b, "PK\3\4", 4, sig.s, sig.len, &keys, &why, &error), ST_INVALID);
    assert_int_equal(why, BUNDLE_FAULT_NOT_ENCRYPTED);
    buf_release(&sig);
    free(text);
}

static void damaged_before_it_was_signed(void **state)
{
    struct buf sealed = BUF_INIT, sig = BUF_INIT;
    struct bundle *b = NULL;
    enum bundle_fault why;

    (void) state;
    assert_ok(age_encrypt_bytes(&sealed, &to_hub, 1, "not a ZIP", 9, &error));
    assert_ok(minisign_sign_bytes(&sig, laptop, sealed.s, sealed.len, "c", &error));
    assert_int_equal(bundle_open_bytes(&b, sealed.s, sealed.len, sig.s, sig.len, &keys, &why, &error), ST_INVALID);
    assert_int_equal(why, BUNDLE_FAULT_NOT_ZIP);
    buf_clear(&sig);
    assert_ok(minisign_sign_bytes(&sig, laptop, sealed.s, sealed.len - 1, "c", &error));
    assert_int_equal(bundle_open_bytes(&b, sealed.s, sealed.len - 1, sig.s, sig.len, &keys, &why, &error), ST_INVALID);
    assert_int_equal(why, BUNDLE_FAULT_DAMAGED);
    buf_release(&sealed);
    buf_release(&sig);
}

static void members_that_do_not_belong(void **state)
{
    char *text = manifest();
    char seventeen[20][16];
    struct bundle_member many[20];

    (void) state;
    assert_int_equal(opened_with(text, rows, NULL), BUNDLE_FAULT_NONE);
    assert_int_equal(opened_with(text, rows, "README.txt"), BUNDLE_FAULT_NONE);
    assert_int_equal(opened_with(text, rows, "../evil.csv"), BUNDLE_FAULT_MEMBER_NAME);
    assert_int_equal(opened_with(text, rows, "goal.csv"), BUNDLE_FAULT_MEMBER_EXTRA);
    for (size_t i = 0; i < ARRAY_LEN(many); i++) {
        snprintf(seventeen[i], sizeof seventeen[i], "t%zu.csv", i);
        many[i] = (struct bundle_member) { seventeen[i], NULL, "x", 1 };
    }
    assert_int_equal(opened(many, ARRAY_LEN(many), &to_hub, laptop), BUNDLE_FAULT_MEMBERS);
    free(text);
}

static void rows_that_are_not_those_of_the_manifest(void **state)
{
    char *text = manifest(), longer[sizeof rows + 2];
    const struct bundle_member only[] = { { BUNDLE_MANIFEST, NULL, text, 0 } };
    const struct bundle_member none[] = { { "episode.csv", NULL, rows, 0 } };

    (void) state;
    str_copy(longer, sizeof longer, rows);
    longer[20] = '2';
    assert_int_equal(opened_with(text, longer, NULL), BUNDLE_FAULT_HASH);
    assert_int_equal(opened(only, 1, &to_hub, laptop), BUNDLE_FAULT_MEMBER_MISSING);
    assert_int_equal(opened(none, 1, &to_hub, laptop), BUNDLE_FAULT_NO_MANIFEST);
    free(text);
}

static void manifests_of_another_shape(void **state)
{
    static const char *const bad[] = {
        "{", "[]", "7", "{}", "{\"resources\":{}}", "{\"resources\":[7]}", "{\"resources\":[{}]}",
        "{\"resources\":[{\"path\":\"episode.csv\"}]}", "{\"resources\":[],\"resources\":[]}",
        "{\"resources\":[{\"path\":\"episode.csv\",\"bytes\":\"45\",\"hash\":\"sha256:\"}]}",
        "{\"resources\":[{\"path\":\"episode.csv\",\"bytes\":45,\"hash\":\"md5:\"}]}",
        "{\"resources\":[{\"path\":\"datapackage.json\",\"bytes\":45,\"hash\":\"sha256:\"}]}",
        "{\"resources\":[{\"path\":\"../x\",\"bytes\":45,\"hash\":\"sha256:\"}]}",
    };
    char *text = manifest();
    struct buf twice = BUF_INIT;
    const char *first = strstr(text, "{\"path\""), *end = strchr(first, '}') + 1;

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(opened_with(bad[i], rows, NULL), BUNDLE_FAULT_MANIFEST);
    buf_add_mem(&twice, text, (size_t) (end - text));
    buf_add(&twice, ",");
    buf_add(&twice, first);
    assert_int_equal(opened_with(twice.s, rows, NULL), BUNDLE_FAULT_MANIFEST);
    buf_release(&twice);
    free(text);
}

#define in_folder(f) cmocka_unit_test_setup_teardown(f, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(what_is_sealed_is_opened),
        in_folder(three_ordinary_programs_open_it),
        cmocka_unit_test(a_row_more_does_not_show),
        in_folder(a_folder_is_taken_as_it_stands),
        in_folder(a_name_is_never_used_twice),
        in_folder(a_job_without_a_manifest_or_with_other_files_is_refused),
        in_folder(half_of_a_bundle_is_told_as_such),
        in_folder(a_file_beyond_all_measure_is_not_read),
        cmocka_unit_test(a_changed_bit_of_a_bundle_is_refused),
        cmocka_unit_test(signed_by_a_stranger),
        cmocka_unit_test(encrypted_for_another_or_not_at_all),
        cmocka_unit_test(damaged_before_it_was_signed),
        cmocka_unit_test(members_that_do_not_belong),
        cmocka_unit_test(rows_that_are_not_those_of_the_manifest),
        cmocka_unit_test(manifests_of_another_shape),
    };

    return cmocka_run_group_tests_name("bundle", tests, start, stop);
}
