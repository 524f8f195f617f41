/* The slot file as bytes: damage, torn writes, forged headers. Derivations are few; most of this needs none. */
#include "vault_fixture.h"

#include <sys/stat.h>

static uint8_t old_file[2 * COPY_BYTES], new_file[2 * COPY_BYTES];     /* two generations of one vault */
static struct vault *made;

static void load(uint8_t *to)
{
    struct buf b = BUF_INIT;

    assert_ok(file_read(&b, dir_path("keyslots"), 2 * COPY_BYTES, &fix_err));
    assert_int_equal(b.len, 2 * COPY_BYTES);
    memcpy(to, b.s, b.len);
    buf_release(&b);
}

static int setup(void **state)
{
    (void) state;
    dir_make();
    made = vault_at_floor();
    assert_ok(vault_write(made, fix_dir, &fix_err));
    load(old_file);
    assert_ok(vault_mark_tested(made, 0, 1234, &fix_err));
    assert_ok(vault_write(made, fix_dir, &fix_err));
    load(new_file);
    return 0;
}

static int teardown(void **state)
{
    (void) state;
    vault_free(&made);
    dir_remove();
    return 0;
}

static enum status parse(const uint8_t *bytes, size_t n, struct keyslots **k)
{
    *k = NULL;
    return keyslots_from_bytes(k, bytes, n, &fix_err);
}

/* What the file says after a parse: its generation, or 0 with the status in *st. */
static uint64_t generation_of(const uint8_t *bytes, size_t n, enum status *st, bool *one_bad)
{
    struct keyslots *k;
    uint64_t generation;

    *st = parse(bytes, n, &k);
    generation = *st == ST_OK ? keyslots_generation(k) : 0;
    *one_bad = *st == ST_OK && keyslots_one_copy_bad(k);
    keyslots_free(&k);
    return generation;
}

static void as_written(void **state)
{
    struct slot_info info[VAULT_SLOTS];
    struct keyslots *k;
    struct stat sb;

    (void) state;
    assert_int_equal(stat(dir_path("keyslots"), &sb), 0);
    assert_int_equal(sb.st_mode & 0777, 0600);
    assert_memory_equal(new_file, new_file + COPY_BYTES, COPY_BYTES);
    assert_int_equal(parse(new_file, sizeof new_file, &k), ST_OK);
    assert_false(keyslots_one_copy_bad(k));
    assert_false(keyslots_is_training(k));
    assert_int_equal(keyslots_generation(k), 2);
    assert_int_equal(keyslots_list(k, info), 1);
    assert_int_equal(info[0].kind, SLOT_PASSPHRASE);
    assert_int_equal(info[0].kdf_mib, VAULT_KDF_FLOOR_MIB);
    assert_int_equal(info[0].tested_at, 1234);
    assert_string_equal(info[0].label, "Siân");
    keyslots_free(&k);
}

static void every_byte_of_one_copy(void **state)
{
    uint8_t bytes[sizeof new_file];
    enum status st;
    bool one_bad;

    (void) state;
    memcpy(bytes, new_file, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] ^= (uint8_t) (1u << (i & 7));
        assert_int_equal(generation_of(bytes, sizeof bytes, &st, &one_bad), 2);
        assert_true(one_bad);
        bytes[i] = new_file[i];
    }
}

static void every_byte_of_both_copies(void **state)
{
    uint8_t bytes[sizeof new_file];
    enum status st;
    bool one_bad;

    (void) state;
    memcpy(bytes, new_file, sizeof bytes);
    for (size_t i = 0; i < COPY_BYTES; i++) {
        bytes[i] ^= 0xff;
        bytes[i + COPY_BYTES] ^= 0xff;
        generation_of(bytes, sizeof bytes, &st, &one_bad);
        assert_int_equal(st, ST_SLOTS_DAMAGED);
        bytes[i] = bytes[i + COPY_BYTES] = new_file[i];
    }
}

static void torn_at_each_offset(void **state)
{
    uint8_t bytes[sizeof new_file];
    enum status st;
    bool one_bad;

    (void) state;
    for (size_t cut = 1; cut < sizeof bytes; cut++) {
        uint64_t generation;

        memcpy(bytes, new_file, cut);
        memcpy(bytes + cut, old_file + cut, sizeof bytes - cut);
        generation = generation_of(bytes, sizeof bytes, &st, &one_bad);
        assert_true(generation == 1 || generation == 2);
        memset(bytes + cut, 0, sizeof bytes - cut);          /* the rest never reached the disk */
        generation = generation_of(bytes, sizeof bytes, &st, &one_bad);
        bool whole = memcmp(bytes, new_file, COPY_BYTES) == 0;          /* also where its last bytes are noughts by chance */
        assert_true(whole ? generation == 2 : st == ST_SLOTS_DAMAGED);
    }
}

static void wrong_sizes(void **state)
{
    uint8_t longer[sizeof new_file + 512] = { 0 };
    enum status st;
    bool one_bad;

    (void) state;
    for (size_t n = 0; n < sizeof new_file; n += 64) {
        generation_of(new_file, n, &st, &one_bad);
        assert_int_equal(st, n >= COPY_BYTES ? ST_OK : ST_SLOTS_DAMAGED);
        assert_int_equal(one_bad, n >= COPY_BYTES);
    }
    memcpy(longer, new_file, sizeof new_file);
    assert_int_equal(generation_of(longer, sizeof longer, &st, &one_bad), 2);
    assert_true(one_bad);
    assert_int_equal(truncate(dir_path("keyslots"), 100), 0);
    assert_int_equal(open_with(&(struct vault *) { NULL }, PASS), ST_SLOTS_DAMAGED);
    assert_ok(file_replace(fix_dir, "keyslots", new_file, sizeof new_file, &fix_err));
}

static void fell_back_opens_and_heals_on_the_next_write(void **state)
{
    uint8_t bytes[sizeof new_file];
    struct vault *v = NULL;
    struct keyslots *k;

    (void) state;
    memcpy(bytes, new_file, sizeof bytes);
    bytes[777] ^= 1;
    assert_ok(file_replace(fix_dir, "keyslots", bytes, sizeof bytes, &fix_err));
    assert_ok(open_with(&v, PASS));
    assert_ok(vault_write(v, fix_dir, &fix_err));
    vault_free(&v);
    assert_ok(keyslots_read(&k, fix_dir, &fix_err));
    assert_false(keyslots_one_copy_bad(k));
    assert_int_equal(keyslots_generation(k), 3);
    keyslots_free(&k);
    assert_ok(file_replace(fix_dir, "keyslots", new_file, sizeof new_file, &fix_err));
}

/* What a person with the file, but without a key, can do: edit both copies and make the checksums right again. */
static void forge(uint8_t bytes[2 * COPY_BYTES], size_t at, const void *p, size_t n)
{
    for (size_t i = 0; i < 2; i++) {
        uint8_t *copy = bytes + i * COPY_BYTES;

        memcpy(copy + at, p, n);
        crypto_generichash(copy + COPY_BYTES - 32, 32, copy, COPY_BYTES - 32, NULL, 0);
    }
}

static enum status open_forged(size_t at, const void *p, size_t n)
{
    uint8_t bytes[sizeof new_file];
    struct vault *v = NULL;
    enum status st;

    memcpy(bytes, new_file, sizeof bytes);
    forge(bytes, at, p, n);
    assert_ok(file_replace(fix_dir, "keyslots", bytes, sizeof bytes, &fix_err));
    st = open_with(&v, PASS);
    vault_free(&v);
    return st;
}

#define HEAD(field) offsetof(struct copy_disk, field)
#define SLOT0(field) (HEAD(slot) + offsetof(struct slot_disk, field))

static void absurd_costs_are_refused_before_they_are_paid(void **state)
{
    static const struct { size_t at; uint32_t value; } absurd[] = {
        { SLOT0(kib), 0 }, { SLOT0(kib), 8 }, { SLOT0(kib), 64 * 1024 - 1 }, { SLOT0(kib), 4096u * 1024 + 1 },
        { SLOT0(kib), 0xffffffff }, { SLOT0(ops), 0 }, { SLOT0(ops), 1 }, { SLOT0(ops), 2 }, { SLOT0(ops), 17 },
        { SLOT0(ops), 0xffffffff },
    };
    static const uint8_t bad_kdf[] = { 0, 2, 255 }, bad_kind[] = { 5, 255 };
    uint8_t le[4];

    (void) state;
    for (size_t i = 0; i < sizeof absurd / sizeof absurd[0]; i++) {
        put_le(le, 4, absurd[i].value);
        assert_int_equal(open_forged(absurd[i].at, le, 4), ST_SLOTS_DAMAGED);
    }
    for (size_t i = 0; i < sizeof bad_kdf; i++)
        assert_int_equal(open_forged(SLOT0(kdf), &bad_kdf[i], 1), ST_SLOTS_DAMAGED);
    for (size_t i = 0; i < sizeof bad_kind; i++)
        assert_int_equal(open_forged(SLOT0(kind), &bad_kind[i], 1), ST_SLOTS_DAMAGED);
}

static void edited_headers_are_seen(void **state)
{
    static const uint8_t training = FLAG_TRAINING, one = 1, escape[] = "\033[2J";
    uint8_t full[64];

    (void) state;
    assert_int_equal(open_forged(HEAD(flags), &training, 1), ST_SLOTS_DAMAGED);
    const uint8_t other_salt = old_file[HEAD(salt)] ^ 1;        /* random bytes: a fixed one may be there already */

    assert_int_equal(open_forged(HEAD(salt), &other_salt, 1), ST_SLOTS_DAMAGED);
    assert_int_equal(open_forged(HEAD(generation) + 7, &one, 1), ST_SLOTS_DAMAGED);
    assert_int_equal(open_forged(SLOT0(tested_at), &one, 1), ST_SLOTS_DAMAGED);
    assert_int_equal(open_forged(HEAD(unused_b) + 9, &one, 1), ST_SLOTS_DAMAGED);
    assert_int_equal(open_forged(SLOT0(label), escape, 4), ST_SLOTS_DAMAGED);
    memset(full, 'x', sizeof full);
    assert_int_equal(open_forged(SLOT0(label), full, sizeof full), ST_SLOTS_DAMAGED);
}

/* Within bounds, but not what was bound to the wrap: the slot does not open, and nothing weaker is accepted. */
static void edited_slots_do_not_open(void **state)
{
    static const uint8_t four = 4;

    (void) state;
    const uint8_t other = old_file[SLOT0(practitioner)] ^ 1;

    assert_int_equal(open_forged(SLOT0(practitioner), &other, 1), ST_NOSLOT);
    assert_int_equal(open_forged(SLOT0(ops), &four, 1), ST_NOSLOT);
    assert_int_equal(open_forged(HEAD(file_id), "other file's id.", 16), ST_NOSLOT);
}

static void newer_formats_say_so(void **state)
{
    static const uint8_t two[] = { 2, 0 };

    (void) state;
    assert_int_equal(open_forged(HEAD(version), two, 2), ST_NEWER);
    assert_int_equal(open_forged(HEAD(db_format), two, 2), ST_NEWER);
    assert_int_equal(open_forged(HEAD(version), two + 1, 1), ST_SLOTS_DAMAGED);
}

static void an_old_slot_in_a_new_header_is_seen(void **state)
{
    (void) state;
    assert_int_equal(open_forged(HEAD(slot), old_file + HEAD(slot), sizeof(struct slot_disk)), ST_SLOTS_DAMAGED);
    /* Played back whole it opens: only a counter kept elsewhere could tell. */
    assert_ok(file_replace(fix_dir, "keyslots", old_file, sizeof old_file, &fix_err));
    struct vault *v = NULL;
    assert_ok(open_with(&v, PASS));
    vault_free(&v);
}

static void no_file(void **state)
{
    struct keyslots *k = NULL;

    (void) state;
    assert_int_equal(keyslots_read(&k, dir_path("other"), &fix_err), ST_NOTFOUND);
    assert_null(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_written),
        cmocka_unit_test(every_byte_of_one_copy),
        cmocka_unit_test(every_byte_of_both_copies),
        cmocka_unit_test(torn_at_each_offset),
        cmocka_unit_test(wrong_sizes),
        cmocka_unit_test(fell_back_opens_and_heals_on_the_next_write),
        cmocka_unit_test(absurd_costs_are_refused_before_they_are_paid),
        cmocka_unit_test(edited_headers_are_seen),
        cmocka_unit_test(edited_slots_do_not_open),
        cmocka_unit_test(newer_formats_say_so),
        cmocka_unit_test(an_old_slot_in_a_new_header_is_seen),
        cmocka_unit_test(no_file),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
