/* Ways in, changes, and what a failed change leaves behind. */
#include "vault_fixture.h"

#include "dolen/base/mem.h"
#include "vault/wrap.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static struct secret *code;             /* slot 1 */
static uint8_t key_before[99];

static void db_key_of(const struct vault *v, uint8_t out[99])
{
    struct secret *s = NULL;

    assert_ok(vault_db_key(v, &s, &fix_err));
    assert_int_equal(secret_length(s), 99);
    memcpy(out, secret_text(s), 99);
    secret_free(&s);
}

/* Slots 0 passphrase, 1 recovery, 2 organisation, 3 key file. */
static int setup(void **state)
{
    struct id who = { { 7 } };
    struct buf line = BUF_INIT;
    struct vault *v;
    int slot = -1;

    (void) state;
    dir_make();
    v = vault_at_floor();
    assert_int_equal(vault_slot(v), 0);
    assert_ok(vault_add_recovery(v, &code, &slot, &fix_err));
    assert_int_equal(slot, 1);
    assert_ok(organisation_key_make(dir_path("org.key"), &line, &fix_err));
    assert_int_equal(strncmp(buf_text(&line), "dolen-org1:", 11), 0);
    assert_ok(vault_add_organisation(v, buf_text(&line), "Lead", &slot, &fix_err));
    buf_release(&line);
    assert_ok(vault_add_keyfile(v, dir_path("file.key"), "stick", who, &slot, &fix_err));
    assert_int_equal(slot, 3);
    assert_ok(vault_write(v, fix_dir, &fix_err));
    db_key_of(v, key_before);
    vault_free(&v);
    return 0;
}

static int teardown(void **state)
{
    (void) state;
    secret_free(&code);
    dir_remove();
    return 0;
}

static void expect_open(struct vault *v, int slot, enum slot_kind kind)
{
    uint8_t key[99];

    assert_int_equal(vault_slot(v), slot);
    assert_int_equal(vault_slot_info(v).kind, kind);
    db_key_of(v, key);
    assert_memory_equal(key, key_before, sizeof key);
    vault_free(&v);
}

static void every_kind_opens(void **state)
{
    struct vault *v = NULL;
    char lower[64];
    size_t i;

    (void) state;
    assert_ok(open_with(&v, PASS));
    assert_true(vault_memory_is_locked(v));
    expect_open(v, 0, SLOT_PASSPHRASE);
    assert_ok(open_with(&v, secret_text(code)));
    expect_open(v, 1, SLOT_RECOVERY);
    for (i = 0; i < secret_length(code); i++)
        lower[i] = secret_text(code)[i] == '-' ? ' ' : (char) (secret_text(code)[i] | 32);
    lower[i] = '\0';
    assert_ok(open_with(&v, lower));
    expect_open(v, 1, SLOT_RECOVERY);
    assert_ok(open_with_file(&v, dir_path("org.key")));
    expect_open(v, 2, SLOT_ORGANISATION);
    assert_ok(open_with_file(&v, dir_path("file.key")));
    assert_int_equal(vault_slot_info(v).practitioner.b[0], 7);
    expect_open(v, 3, SLOT_KEYFILE);
}

static void what_does_not_open(void **state)
{
    struct buf line = BUF_INIT;
    struct vault *v = NULL;
    char slip[64];

    (void) state;
    assert_int_equal(open_with(&v, "hen wlad fy nhada"), ST_NOSLOT);
    memcpy(slip, secret_text(code), secret_length(code) + 1);
    slip[14] = slip[14] == 'A' ? 'B' : 'A';
    assert_int_equal(open_with(&v, slip), ST_NOSLOT);
    assert_non_null(strstr(err_text(&fix_err), "group 3"));
    assert_ok(organisation_key_make(dir_path("org2.key"), &line, &fix_err));
    assert_int_equal(open_with_file(&v, dir_path("org2.key")), ST_NOSLOT);
    assert_int_equal(open_with_file(&v, dir_path("keyslots")), ST_INVALID);
    assert_int_not_equal(open_with_file(&v, dir_path("none.key")), ST_OK);
    assert_null(v);
    buf_release(&line);
}

static void key_files_are_private_and_never_overwritten(void **state)
{
    struct vault *v = NULL;
    struct stat sb;
    int slot;

    (void) state;
    assert_int_equal(stat(dir_path("file.key"), &sb), 0);
    assert_int_equal(sb.st_mode & 0777, 0600);
    assert_int_equal(stat(dir_path("org.key"), &sb), 0);
    assert_int_equal(sb.st_mode & 0777, 0600);
    assert_ok(open_with_file(&v, dir_path("file.key")));
    assert_int_not_equal(vault_add_keyfile(v, dir_path("file.key"), "", ID_NONE, &slot, &fix_err), ST_OK);
    assert_int_not_equal(organisation_key_make(dir_path("org.key"), &(struct buf) BUF_INIT, &fix_err), ST_OK);
    vault_free(&v);
    assert_ok(open_with_file(&v, dir_path("file.key")));
    vault_free(&v);
}

static void bad_requests_change_nothing(void **state)
{
    struct slot_info all[VAULT_SLOTS];
    struct secret *s = secret_of("x"), *none = secret_new();
    struct vault *v = NULL;
    char label[VAULT_LABEL_MAX + 2];
    int slot;

    (void) state;
    memset(label, 'x', sizeof label);
    label[VAULT_LABEL_MAX + 1] = '\0';
    assert_ok(open_with_file(&v, dir_path("file.key")));
    assert_int_equal(vault_add_passphrase(v, s, label, ID_NONE, 64, &slot, &fix_err), ST_INVALID);
    assert_int_equal(vault_add_passphrase(v, s, "a\nb", ID_NONE, 64, &slot, &fix_err), ST_INVALID);
    assert_int_equal(vault_add_passphrase(v, s, "", ID_NONE, 63, &slot, &fix_err), ST_INVALID);
    assert_int_equal(vault_add_passphrase(v, s, "", ID_NONE, 4097, &slot, &fix_err), ST_INVALID);
    assert_int_equal(vault_add_passphrase(v, none, "", ID_NONE, 64, &slot, &fix_err), ST_INVALID);
    assert_int_equal(vault_change_passphrase(v, 1, s, 64, &fix_err), ST_NOTFOUND);
    assert_int_equal(vault_change_passphrase(v, 7, s, 64, &fix_err), ST_NOTFOUND);
    assert_int_equal(vault_change_passphrase(v, -1, s, 64, &fix_err), ST_NOTFOUND);
    assert_int_equal(vault_add_organisation(v, "dolen-org1:AAAA", "", &slot, &fix_err), ST_INVALID);
    assert_int_equal(vault_add_organisation(v, "dolen-org1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "", &slot,
                                            &fix_err), ST_INVALID);      /* a point of low order */
    assert_int_equal(vault_remove_slot(v, 6, &fix_err), ST_NOTFOUND);
    assert_int_equal(vault_remove_slot(v, 8, &fix_err), ST_NOTFOUND);
    assert_int_equal(vault_mark_tested(v, -1, 1, &fix_err), ST_NOTFOUND);
    assert_int_equal(vault_list(v, all), 4);
    vault_free(&v);
    secret_free(&s);
    secret_free(&none);
}

static void the_last_tested_slot_stays(void **state)
{
    struct vault *v = NULL;

    (void) state;
    assert_ok(open_with_file(&v, dir_path("file.key")));
    assert_ok(vault_mark_tested(v, 3, 1000, &fix_err));
    assert_int_equal(vault_remove_slot(v, 3, &fix_err), ST_REFUSED);
    assert_ok(vault_remove_slot(v, 2, &fix_err));
    assert_ok(vault_mark_tested(v, 1, 1001, &fix_err));
    assert_ok(vault_remove_slot(v, 3, &fix_err));
    assert_int_equal(vault_remove_slot(v, 1, &fix_err), ST_REFUSED);
    vault_free(&v);                     /* never written */
    assert_ok(open_with_file(&v, dir_path("org.key")));
    vault_free(&v);
}

static void all_slots_taken(void **state)
{
    struct vault *v = NULL;
    struct buf line = BUF_INIT;
    int slot, n;

    (void) state;
    assert_int_equal(unlink(dir_path("org2.key")), 0);
    assert_ok(organisation_key_make(dir_path("org2.key"), &line, &fix_err));
    assert_ok(open_with_file(&v, dir_path("file.key")));
    for (n = 4; n < VAULT_SLOTS; n++)
        assert_ok(vault_add_organisation(v, buf_text(&line), "", &slot, &fix_err));
    assert_int_equal(vault_add_organisation(v, buf_text(&line), "", &slot, &fix_err), ST_REFUSED);
    assert_int_equal(vault_add_keyfile(v, dir_path("other.key"), "", ID_NONE, &slot, &fix_err), ST_REFUSED);
    assert_false(file_exists(dir_path("other.key")));
    vault_free(&v);
    buf_release(&line);
}

static void a_failed_write_takes_the_change_back(void **state)
{
    struct vault *v = NULL;
    struct slot_info all[VAULT_SLOTS];

    (void) state;
    assert_ok(open_with_file(&v, dir_path("file.key")));
    assert_ok(vault_mark_tested(v, 3, 1, &fix_err));
    assert_ok(vault_remove_slot(v, 0, &fix_err));
    assert_int_not_equal(vault_write(v, dir_path("no-such-folder"), &fix_err), ST_OK);
    assert_int_equal(vault_list(v, all), 4);
    assert_int_equal(all[3].tested_at, 0);
    vault_free(&v);
}

static void a_failed_write_leaves_who_opened_it(void **state)
{
    struct vault *v = NULL;

    (void) state;
    assert_ok(open_with_file(&v, dir_path("file.key")));
    assert_ok(vault_remove_slot(v, 3, &fix_err));
    assert_int_equal(vault_slot(v), -1);
    assert_int_not_equal(vault_write(v, dir_path("no-such-folder"), &fix_err), ST_OK);
    assert_int_equal(vault_slot(v), 3);
    assert_int_equal(vault_slot_info(v).kind, SLOT_KEYFILE);
    vault_free(&v);
}

static void a_changed_passphrase(void **state)
{
    struct secret *s = secret_of("môr o gân");
    struct vault *v = NULL;
    struct slot_info info;

    (void) state;
    assert_ok(open_with_file(&v, dir_path("file.key")));
    assert_ok(vault_change_passphrase(v, 0, s, 65, &fix_err));
    assert_ok(vault_write(v, fix_dir, &fix_err));
    vault_free(&v);
    assert_int_equal(open_with(&v, PASS), ST_NOSLOT);
    assert_ok(open_with(&v, "môr o gân"));
    info = vault_slot_info(v);
    assert_string_equal(info.label, "Siân");
    assert_int_equal(info.kdf_mib, 65);
    assert_int_equal(info.tested_at, 0);
    expect_open(v, 0, SLOT_PASSPHRASE);
    secret_free(&s);
}

static void slots_travel_in_a_backup(void **state)
{
    struct vault *v = NULL, *w = NULL;
    struct keyslots *k = NULL;
    uint8_t *bytes = NULL;
    size_t n = 0;

    (void) state;
    assert_ok(open_with_file(&v, dir_path("file.key")));
    assert_ok(vault_slot_bytes(v, &bytes, &n, &fix_err));
    assert_ok(keyslots_from_bytes(&k, bytes, n, &fix_err));
    assert_ok(vault_open_file(&w, k, dir_path("org.key"), &fix_err));
    assert_true(id_eq(vault_file_id(v), vault_file_id(w)));
    expect_open(w, 2, SLOT_ORGANISATION);
    keyslots_free(&k);
    free(bytes);
    vault_free(&v);
}

/* 32 MiB more than is mapped now: relative, because sanitizers map a great deal. */
static bool memory_get_tight(void)
{
    struct rlimit tight;
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    bool known = f && fscanf(f, "%lu", &pages) == 1;

    if (f)
        fclose(f);
    tight.rlim_cur = tight.rlim_max = (rlim_t) pages * (rlim_t) sysconf(_SC_PAGESIZE) + (32u << 20);
    return known && setrlimit(RLIMIT_AS, &tight) == 0;
}

static void short_of_memory_is_its_own_answer(void **state)
{
    int status = 0;
    pid_t pid = fork();

    (void) state;
    if (pid == 0) {
        struct vault *v = NULL;

        if (!memory_get_tight())
            _exit(1);
        _exit(open_with(&v, "môr o gân") == ST_NOMEM && !v && strstr(err_text(&fix_err), "MiB") ? 0 : 2);
    }
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
}

static void a_new_vault_needs_a_way_in(void **state)
{
    struct vault *v = NULL;
    uint8_t *bytes = NULL;
    size_t n;

    (void) state;
    assert_ok(vault_create(&v, true, &fix_err));
    assert_true(vault_is_training(v));
    assert_int_equal(vault_slot(v), -1);
    assert_int_equal(vault_slot_info(v).kind, SLOT_EMPTY);
    assert_int_equal(vault_write(v, fix_dir, &fix_err), ST_REFUSED);
    assert_int_equal(vault_slot_bytes(v, &bytes, &n, &fix_err), ST_REFUSED);
    vault_free(&v);
}

static void subkeys_differ(void **state)
{
    uint8_t a[32], b[32], salt[16], zero[16] = { 0 };
    struct vault *v = NULL, *w = NULL;

    (void) state;
    assert_ok(vault_create(&v, false, &fix_err));
    assert_ok(vault_create(&w, false, &fix_err));
    vault_state_mac(v, "x", 1, a);
    vault_backup_mac(v, "x", 1, b);
    assert_memory_not_equal(a, b, 32);
    vault_state_mac(w, "x", 1, b);
    assert_memory_not_equal(a, b, 32);
    vault_salt(v, salt);
    assert_memory_not_equal(salt, zero, 16);
    vault_free(&v);
    vault_free(&w);
}

static void calibration_stays_in_bounds(void **state)
{
    unsigned mib = vault_calibrate();

    (void) state;
    assert_in_range(mib, VAULT_KDF_FLOOR_MIB, 1024);
}

/* "tŷ bach gwyn", in one character or two for the ŷ. */
#define COMPOSED   "t\u0177 bach gwyn"
#define DECOMPOSED "ty\u0302 bach gwyn"

static void a_letter_with_a_mark_is_the_same_however_it_was_typed(void **state)
{
    static const char *const made[] = { COMPOSED, DECOMPOSED };
    struct vault *v = NULL;

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(made); i++) {
        struct secret *s = secret_of(made[i]);

        v = vault_at_floor();
        assert_ok(vault_change_passphrase(v, 0, s, VAULT_KDF_FLOOR_MIB, &fix_err));
        assert_ok(vault_write(v, fix_dir, &fix_err));
        vault_free(&v);
        secret_free(&s);
        assert_ok(open_with(&v, COMPOSED));
        vault_free(&v);
        assert_ok(open_with(&v, DECOMPOSED));
        vault_free(&v);
        assert_int_equal(open_with(&v, "ty bach gwyn"), ST_NOSLOT);
    }
}

/* Slots of before: the bytes as they came from the keyboard. */
static void a_passphrase_of_before_still_opens(void **state)
{
    uint8_t wrap[KEY_BYTES];
    struct vault *v = vault_at_floor();

    (void) state;
    assert_ok(stretch(wrap, &v->now.slot[0], DECOMPOSED, strlen(DECOMPOSED), &fix_err));
    wrap_symmetric(&v->now, 0, wrap, v->key);
    assert_ok(vault_write(v, fix_dir, &fix_err));
    vault_free(&v);
    assert_ok(open_with(&v, DECOMPOSED));
    vault_free(&v);
    assert_int_equal(open_with(&v, COMPOSED), ST_NOSLOT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_opens),
        cmocka_unit_test(what_does_not_open),
        cmocka_unit_test(key_files_are_private_and_never_overwritten),
        cmocka_unit_test(bad_requests_change_nothing),
        cmocka_unit_test(the_last_tested_slot_stays),
        cmocka_unit_test(all_slots_taken),
        cmocka_unit_test(a_failed_write_takes_the_change_back),
        cmocka_unit_test(a_failed_write_leaves_who_opened_it),
        cmocka_unit_test(a_changed_passphrase),
        cmocka_unit_test(slots_travel_in_a_backup),
        cmocka_unit_test(short_of_memory_is_its_own_answer),
        cmocka_unit_test(a_new_vault_needs_a_way_in),
        cmocka_unit_test(subkeys_differ),
        cmocka_unit_test(calibration_stays_in_bounds),
        cmocka_unit_test(a_letter_with_a_mark_is_the_same_however_it_was_typed),
        cmocka_unit_test(a_passphrase_of_before_still_opens),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
