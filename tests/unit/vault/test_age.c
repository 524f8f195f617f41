/* The age format against the age program, both ways, and against every kind of damage. */
#include "other_program.h"
#include "vault_fixture.h"

#include "dolen/base/mem.h"
#include "dolen/vault/age.h"
#include "vault/age_priv.h"

static struct age_identity *mine, *theirs;
static struct age_recipient to_me, to_them;

static int keys_make(void **state)
{
    (void) state;
    dir_make();
    assert_ok(age_identity_new(&mine, &fix_err));
    assert_ok(age_identity_new(&theirs, &fix_err));
    age_identity_recipient(mine, &to_me);
    age_identity_recipient(theirs, &to_them);
    return 0;
}

static int keys_free(void **state)
{
    (void) state;
    age_identity_free(&mine);
    age_identity_free(&theirs);
    return RUN("rm", "-rf", fix_dir);
}

static void write_identity(const char *path, const struct age_identity *id)
{
    struct secret *s;

    assert_ok(age_identity_text(id, &s, &fix_err));
    write_file(path, secret_text(s), secret_length(s));
    secret_free(&s);
}

/* --- the age program -------------------------------------------------------------------------------------------- */

static void age_opens_what_we_write(void **state)
{
    struct age_recipient both[] = { to_me, to_them };
    struct buf sealed = BUF_INIT, back = BUF_INIT;

    (void) state;
    write_identity(dir_path("me.key"), mine);
    write_identity(dir_path("them.key"), theirs);
    for (size_t i = 0; i < ARRAY_LEN(hard_sizes); i++) {
        uint8_t *plain = some_bytes(hard_sizes[i]);

        buf_clear(&sealed);
        assert_ok(age_encrypt_bytes(&sealed, both, 2, plain, hard_sizes[i], &fix_err));
        write_file(dir_path("x.age"), sealed.s, sealed.len);
        write_file(dir_path("x"), "", 0);           /* age makes no file for nothing */
        assert_int_equal(RUN("age", "-d", "-i", dir_path("me.key"), "-o", dir_path("x"), dir_path("x.age")), 0);
        read_whole(&back, dir_path("x"));
        assert_int_equal(back.len, hard_sizes[i]);
        assert_memory_equal(buf_text(&back), plain, back.len);
        assert_int_equal(RUN("age", "-d", "-i", dir_path("them.key"), "-o", dir_path("x"), dir_path("x.age")), 0);
        free(plain);
    }
    buf_release(&sealed);
    buf_release(&back);
}

static void we_open_what_age_writes(void **state)
{
    char me[AGE_RECIPIENT_TEXT], them[AGE_RECIPIENT_TEXT];
    struct buf sealed = BUF_INIT, back = BUF_INIT;

    (void) state;
    age_recipient_text(&to_me, me);
    age_recipient_text(&to_them, them);
    for (size_t i = 0; i < ARRAY_LEN(hard_sizes); i++) {
        uint8_t *plain = some_bytes(hard_sizes[i]);

        write_file(dir_path("y"), plain, hard_sizes[i]);
        assert_int_equal(RUN("age", "-r", them, "-r", me, "-o", dir_path("y.age"), dir_path("y")), 0);
        read_whole(&sealed, dir_path("y.age"));
        buf_clear(&back);
        assert_ok(age_decrypt_bytes(&back, mine, sealed.s, sealed.len, NULL, &fix_err));
        assert_int_equal(back.len, hard_sizes[i]);
        assert_memory_equal(buf_text(&back), plain, back.len);
        buf_clear(&back);
        assert_ok(age_decrypt_bytes(&back, theirs, sealed.s, sealed.len, NULL, &fix_err));
        free(plain);
    }
    buf_release(&sealed);
    buf_release(&back);
}

static void a_key_of_age_keygen_is_read(void **state)
{
    struct age_identity *id = NULL;
    struct age_recipient r;
    struct buf file = BUF_INIT;
    char text[AGE_RECIPIENT_TEXT];

    (void) state;
    assert_int_equal(RUN("age-keygen", "-o", dir_path("made.key")), 0);
    read_whole(&file, dir_path("made.key"));
    assert_ok(age_identity_parse(&id, file.s, file.len, &fix_err));
    age_identity_recipient(id, &r);
    age_recipient_text(&r, text);
    assert_non_null(strstr(file.s, text));
    age_identity_free(&id);
    buf_release(&file);
}

/* age's own command writes what it finds in the identity's own text: the same 74 characters. */
static void keys_survive_their_text(void **state)
{
    static const char line[] = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
    struct age_identity *id = NULL;
    struct secret *s;
    struct age_recipient r, again;
    char text[AGE_RECIPIENT_TEXT];

    (void) state;
    assert_ok(age_identity_parse(&id, line, strlen(line), &fix_err));
    assert_ok(age_identity_text(id, &s, &fix_err));
    assert_string_equal(secret_text(s), line);
    age_identity_recipient(id, &r);
    age_recipient_text(&r, text);
    assert_string_equal(text, "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
    assert_ok(age_recipient_parse(&again, " AGE1ZVKYG2LQZRAA2LNJVQEJ32NKUU0UES2S82HZRYE869XEEXVN73EQUNUJWJ\n", &fix_err));
    assert_memory_equal(&r, &again, sizeof r);
    secret_free(&s);
    age_identity_free(&id);
}

static void a_slip_in_a_key_is_seen(void **state)
{
    static const char good[] = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    char bad[sizeof good];
    struct age_recipient r;

    (void) state;
    for (size_t i = 0; i + 1 < sizeof good; i++)
        for (int bit = 0; bit < 8; bit++) {
            memcpy(bad, good, sizeof good);
            bad[i] = (char) (bad[i] ^ 1 << bit);
            assert_int_equal(age_recipient_parse(&r, bad, &fix_err), ST_INVALID);
        }
    assert_int_equal(age_recipient_parse(&r, "", &fix_err), ST_INVALID);
    assert_int_equal(age_recipient_parse(&r, "ssh-ed25519 AAAA", &fix_err), ST_INVALID);
}

static void what_is_no_secret_key_is_refused(void **state)
{
    static const char *const bad[] = { "", "# only a comment\n", "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
                                       "AGE-SECRET-KEY-1", "age-secret-key-1gfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpq4egaex",
                                       "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEQ" };
    struct age_identity *id = NULL;

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        assert_int_equal(age_identity_parse(&id, bad[i], strlen(bad[i]), &fix_err), ST_INVALID);
        assert_null(id);
    }
}

/* --- damage ----------------------------------------------------------------------------------------------------- */

static void sealed_of(struct buf *out, size_t n)
{
    uint8_t *plain = some_bytes(n);

    assert_ok(age_encrypt_bytes(out, &to_me, 1, plain, n, &fix_err));
    free(plain);
}

/* Refused, nothing given out, a sentence said. */
static enum age_fault refused(const void *p, size_t n)
{
    struct buf out = BUF_INIT;
    enum age_fault why = AGE_FAULT_NONE;
    struct err err = { .st = ST_OK };
    enum status st = age_decrypt_bytes(&out, mine, p, n, &why, &err);

    assert_int_not_equal(st, ST_OK);
    assert_int_equal(err.st, st);
    assert_int_equal(out.len, 0);
    buf_release(&out);
    return why;
}

static void every_changed_bit_is_refused(void **state)
{
    struct buf sealed = BUF_INIT;

    (void) state;
    sealed_of(&sealed, 40);
    for (size_t bit = 0; bit < 8 * sealed.len; bit++) {
        sealed.s[bit / 8] = (char) (sealed.s[bit / 8] ^ 1 << bit % 8);
        refused(sealed.s, sealed.len);
        sealed.s[bit / 8] = (char) (sealed.s[bit / 8] ^ 1 << bit % 8);
    }
    buf_release(&sealed);
}

static void every_shorter_and_longer_file_is_refused(void **state)
{
    struct buf sealed = BUF_INIT;

    (void) state;
    sealed_of(&sealed, 40);
    for (size_t n = 0; n < sealed.len; n++)
        refused(sealed.s, n);
    buf_add_char(&sealed, 'x');
    assert_int_equal(refused(sealed.s, sealed.len), AGE_FAULT_DAMAGED);
    buf_release(&sealed);
}

/* One chunk is 65552 bytes; the header and nonce before the first are what an empty file has less its 16. */
static void a_file_cut_between_two_chunks_is_told_apart(void **state)
{
    struct buf empty = BUF_INIT, sealed = BUF_INIT;
    size_t start;

    (void) state;
    sealed_of(&empty, 0);
    start = empty.len - 16;
    sealed_of(&sealed, 3 * 65536);
    assert_int_equal(sealed.len, start + 3 * 65552);
    for (size_t chunks = 0; chunks < 3; chunks++)
        assert_int_equal(refused(sealed.s, start + chunks * 65552), AGE_FAULT_TRUNCATED);
    assert_int_equal(refused(sealed.s, start + 65552 + 100), AGE_FAULT_DAMAGED);
    memmove(sealed.s + start, sealed.s + start + 65552, 65552);         /* the second chunk in the place of the first */
    assert_int_equal(refused(sealed.s, sealed.len), AGE_FAULT_DAMAGED);
    buf_release(&empty);
    buf_release(&sealed);
}

/* A full chunk and an empty last one after it would be a second way to write the same file. */
static void an_empty_last_chunk_is_refused(void **state)
{
    uint8_t file_key[AGE_FILE_KEY] = { 7 }, salt[16] = { 9 }, key[32], nonce[12] = { 0 }, *plain = some_bytes(AGE_CHUNK);
    uint8_t *sealed = malloc(AGE_CHUNK + 16);
    struct buf bad = BUF_INIT, good = BUF_INIT, out = BUF_INIT;

    (void) state;
    assert_ok(age_header_write(&bad, &to_me, 1, file_key, &fix_err));
    buf_add_mem(&bad, salt, sizeof salt);
    buf_add_mem(&good, bad.s, bad.len);
    age_hkdf(key, file_key, sizeof file_key, salt, sizeof salt, "payload");
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed, NULL, plain, AGE_CHUNK, NULL, 0, NULL, nonce, key);
    buf_add_mem(&bad, sealed, AGE_CHUNK + 16);
    nonce[10] = 1;
    nonce[11] = 1;
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed, NULL, plain, 0, NULL, 0, NULL, nonce, key);
    buf_add_mem(&bad, sealed, 16);
    assert_int_equal(refused(bad.s, bad.len), AGE_FAULT_DAMAGED);
    nonce[10] = 0;
    crypto_aead_chacha20poly1305_ietf_encrypt(sealed, NULL, plain, AGE_CHUNK, NULL, 0, NULL, nonce, key);
    buf_add_mem(&good, sealed, AGE_CHUNK + 16);
    assert_ok(age_decrypt_bytes(&out, mine, good.s, good.len, NULL, &fix_err));
    assert_int_equal(out.len, AGE_CHUNK);
    free(plain);
    free(sealed);
    buf_release(&bad);
    buf_release(&good);
    buf_release(&out);
}

static void the_wrong_key_has_its_own_answer(void **state)
{
    struct buf sealed = BUF_INIT, out = BUF_INIT;
    enum age_fault why;

    (void) state;
    sealed_of(&sealed, 100);
    assert_int_equal(age_decrypt_bytes(&out, theirs, sealed.s, sealed.len, &why, &fix_err), ST_NOSLOT);
    assert_int_equal(why, AGE_FAULT_NOT_OURS);
    assert_int_equal(refused("PK\3\4 and so on, which is a ZIP file", 30), AGE_FAULT_NOT_AGE);
    buf_release(&sealed);
    buf_release(&out);
}

/* The place of s in the sealed text, then another text in its stead. */
static void with_change(struct buf *out, const struct buf *sealed, const char *was, const char *now)
{
    const char *at = strstr(sealed->s, was);

    assert_non_null(at);
    buf_clear(out);
    buf_add_mem(out, sealed->s, (size_t) (at - sealed->s));
    buf_add(out, now);
    at += strlen(was);
    buf_add_mem(out, at, sealed->len - (size_t) (at - sealed->s));
}

static void a_header_with_one_blank_more_is_refused(void **state)
{
    static const char *const changes[][2] = {
        { "--- ", "---  " }, { "--- ", "---\t" }, { "\n-> X25519 ", "\n->  X25519 " }, { "-> X25519 ", "-> X25519  " },
        { "/v1\n", "/v1\r\n" }, { "/v1\n", "/v2\n" }, { "\n--- ", "\n\n--- " }, { "\n-> ", "\n-> grease \nAAAA\n-> " },
        { "\n-> X25519 ", "\n-> X25519\n\n-> X25519 " }, { "\n-> ", "\n-> x y\nAAAA=\n-> " },
    };
    struct buf sealed = BUF_INIT, bad = BUF_INIT;

    (void) state;
    sealed_of(&sealed, 10);
    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        with_change(&bad, &sealed, changes[i][0], changes[i][1]);
        refused(bad.s, bad.len);
    }
    buf_release(&sealed);
    buf_release(&bad);
}

static void a_header_without_end_is_given_up(void **state)
{
    struct buf bad = BUF_INIT;

    (void) state;
    buf_add(&bad, "age-encryption.org/v1\n");
    for (int i = 0; i < 100000; i++)
        buf_add(&bad, "-> x\n\n");
    assert_int_equal(refused(bad.s, bad.len), AGE_FAULT_HEADER);
    buf_release(&bad);
}

/* --- streaming -------------------------------------------------------------------------------------------------- */

/* Gives one, two, three … bytes. */
struct drip { const char *s; size_t n, turn; };

static enum status drip(void *ctx, void *p, size_t n, size_t *got, struct err *err)
{
    struct drip *d = ctx;
    size_t part = ++d->turn % 997;

    (void) err;
    part = part < n ? part : n;
    *got = part < d->n ? part : d->n;
    memcpy(p, d->s, *got);
    d->s += *got;
    d->n -= *got;
    return ST_OK;
}

static void small_steps_give_the_same_bytes(void **state)
{
    uint8_t *plain = some_bytes(200000);
    struct buf sealed = BUF_INIT, back = BUF_INIT;
    struct age_writer *w = NULL;

    (void) state;
    assert_ok(age_writer_new(&w, &to_me, 1, age_to_buf(&sealed), &fix_err));
    for (size_t at = 0, part = 1; at < 200000; at += part, part = part * 7 % 9973 + 1) {
        part = part < 200000 - at ? part : 200000 - at;
        assert_ok(age_writer_add(w, plain + at, part, &fix_err));
    }
    assert_ok(age_writer_done(&w, &fix_err));
    struct drip d = { sealed.s, sealed.len, 0 };
    assert_ok(age_decrypt(mine, (struct age_source) { drip, &d }, age_to_buf(&back), NULL, &fix_err));
    assert_int_equal(back.len, 200000);
    assert_memory_equal(back.s, plain, 200000);
    free(plain);
    buf_release(&sealed);
    buf_release(&back);
}

static enum status full_disk(void *ctx, const void *p, size_t n, struct err *err)
{
    size_t *room = ctx;

    (void) p;
    if (n > *room)
        return err_set(err, ST_NOSPACE, "The disk is full.");
    *room -= n;
    return ST_OK;
}

static void a_full_disk_is_told_as_such(void **state)
{
    size_t room = 100000;
    uint8_t *plain = some_bytes(200000);
    struct buf sealed = BUF_INIT;
    struct age_bytes bytes;
    struct age_writer *w = NULL;
    enum age_fault why;

    (void) state;
    assert_ok(age_writer_new(&w, &to_me, 1, (struct age_sink) { full_disk, &room }, &fix_err));
    assert_int_equal(age_writer_add(w, plain, 200000, &fix_err), ST_NOSPACE);
    age_writer_free(&w);
    sealed_of(&sealed, 200000);
    bytes = (struct age_bytes) { sealed.s, sealed.len };
    room = 100000;
    assert_int_equal(age_decrypt(mine, age_from_bytes(&bytes), (struct age_sink) { full_disk, &room }, &why, &fix_err),
                     ST_NOSPACE);
    assert_int_equal(why, AGE_FAULT_IO);
    free(plain);
    buf_release(&sealed);
}

static void recipients_are_counted(void **state)
{
    struct age_recipient many[AGE_RECIPIENTS_MAX + 1];
    struct age_recipient zero = { { 0 } };
    struct buf out = BUF_INIT, back = BUF_INIT;

    (void) state;
    for (size_t i = 0; i < ARRAY_LEN(many); i++)
        many[i] = i + 2 == ARRAY_LEN(many) ? to_me : to_them;
    assert_int_equal(age_encrypt_bytes(&out, many, 0, "x", 1, &fix_err), ST_USAGE);
    assert_int_equal(age_encrypt_bytes(&out, many, ARRAY_LEN(many), "x", 1, &fix_err), ST_USAGE);
    assert_int_equal(age_encrypt_bytes(&out, &zero, 1, "x", 1, &fix_err), ST_INVALID);
    assert_int_equal(out.len, 0);
    assert_ok(age_encrypt_bytes(&out, many, AGE_RECIPIENTS_MAX, "x", 1, &fix_err));
    assert_ok(age_decrypt_bytes(&back, mine, out.s, out.len, NULL, &fix_err));
    assert_string_equal(back.s, "x");
    buf_release(&out);
    buf_release(&back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(age_opens_what_we_write),
        cmocka_unit_test(we_open_what_age_writes),
        cmocka_unit_test(a_key_of_age_keygen_is_read),
        cmocka_unit_test(keys_survive_their_text),
        cmocka_unit_test(a_slip_in_a_key_is_seen),
        cmocka_unit_test(what_is_no_secret_key_is_refused),
        cmocka_unit_test(every_changed_bit_is_refused),
        cmocka_unit_test(every_shorter_and_longer_file_is_refused),
        cmocka_unit_test(a_file_cut_between_two_chunks_is_told_apart),
        cmocka_unit_test(an_empty_last_chunk_is_refused),
        cmocka_unit_test(the_wrong_key_has_its_own_answer),
        cmocka_unit_test(a_header_with_one_blank_more_is_refused),
        cmocka_unit_test(a_header_without_end_is_given_up),
        cmocka_unit_test(small_steps_give_the_same_bytes),
        cmocka_unit_test(a_full_disk_is_told_as_such),
        cmocka_unit_test(recipients_are_counted),
    };

    return cmocka_run_group_tests_name("age", tests, keys_make, keys_free);
}
