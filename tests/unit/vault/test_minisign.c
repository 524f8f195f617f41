/* Signatures against the minisign program, both ways, and against every kind of damage. */
#include "other_program.h"
#include "vault_fixture.h"

#include "dolen/base/mem.h"
#include "dolen/vault/minisign.h"

static struct minisign_secret *key, *other;
static struct minisign_public pub, other_pub;

static int keys_make(void **state)
{
    (void) state;
    dir_make();
    assert_ok(minisign_secret_new(&key, &fix_err));
    assert_ok(minisign_secret_new(&other, &fix_err));
    minisign_secret_public(key, &pub);
    minisign_secret_public(other, &other_pub);
    return 0;
}

static int keys_free(void **state)
{
    (void) state;
    minisign_secret_free(&key);
    minisign_secret_free(&other);
    return RUN("rm", "-rf", fix_dir);
}

/* --- the minisign program ---------------------------------------------------------------------------------------- */

static void minisign_accepts_what_we_sign(void **state)
{
    struct buf sig = BUF_INIT, file = BUF_INIT;
    char text[MINISIGN_PUBLIC_TEXT];

    (void) state;
    minisign_public_text(&pub, text);
    minisign_public_file(&file, &pub);
    write_file(dir_path("ours.pub"), file.s, file.len);
    for (size_t i = 0; i < ARRAY_LEN(hard_sizes); i++) {
        uint8_t *data = some_bytes(hard_sizes[i]);

        buf_clear(&sig);
        assert_ok(minisign_sign_bytes(&sig, key, data, hard_sizes[i], "file:x.dlnb ŵy", &fix_err));
        write_file(dir_path("x"), data, hard_sizes[i]);
        write_file(dir_path("x.minisig"), sig.s, sig.len);
        assert_int_equal(RUN("minisign", "-V", "-H", "-P", text, "-m", dir_path("x")), 0);
        assert_int_equal(RUN("minisign", "-V", "-p", dir_path("ours.pub"), "-m", dir_path("x")), 0);
        write_file(dir_path("x"), "other", 5);
        assert_int_not_equal(RUN("minisign", "-V", "-P", text, "-m", dir_path("x")), 0);
        free(data);
    }
    buf_release(&sig);
    buf_release(&file);
}

static void we_accept_what_minisign_signs(void **state)
{
    struct buf sig = BUF_INIT, file = BUF_INIT;
    struct minisign_public theirs;
    struct minisign_signature parts;

    (void) state;
    assert_int_equal(RUN("minisign", "-G", "-W", "-f", "-p", dir_path("m.pub"), "-s", dir_path("m.key")), 0);
    read_whole(&file, dir_path("m.pub"));
    assert_ok(minisign_public_parse(&theirs, file.s, &fix_err));
    for (size_t i = 0; i < ARRAY_LEN(hard_sizes); i++) {
        uint8_t *data = some_bytes(hard_sizes[i]);

        write_file(dir_path("y"), data, hard_sizes[i]);
        assert_int_equal(RUN("minisign", "-S", "-W", "-s", dir_path("m.key"), "-t", "three words here", "-m", dir_path("y")), 0);
        read_whole(&sig, dir_path("y.minisig"));
        assert_ok(minisign_verify_bytes(&parts, &theirs, data, hard_sizes[i], sig.s, sig.len, NULL, &fix_err));
        assert_string_equal(parts.comment, "three words here");
        free(data);
    }
    buf_release(&sig);
    buf_release(&file);
}

/* A key file made by one signs for the other. */
static void a_secret_key_goes_both_ways(void **state)
{
    struct buf file = BUF_INIT, sig = BUF_INIT;
    struct minisign_secret *s = NULL;
    struct minisign_public p;
    struct secret *text;

    (void) state;
    assert_int_equal(RUN("minisign", "-G", "-W", "-f", "-p", dir_path("k.pub"), "-s", dir_path("k.key")), 0);
    read_whole(&file, dir_path("k.key"));
    assert_ok(minisign_secret_parse(&s, file.s, file.len, &fix_err));
    assert_ok(minisign_sign_bytes(&sig, s, "abc", 3, "c", &fix_err));
    write_file(dir_path("k"), "abc", 3);
    write_file(dir_path("k.minisig"), sig.s, sig.len);
    assert_int_equal(RUN("minisign", "-V", "-p", dir_path("k.pub"), "-m", dir_path("k")), 0);
    minisign_secret_free(&s);

    assert_ok(minisign_secret_text(key, &text, &fix_err));
    buf_clear(&file);
    buf_add(&file, "untrusted comment: minisign encrypted secret key\n");
    buf_add(&file, secret_text(text));
    buf_add(&file, "\n");
    write_file(dir_path("our.key"), file.s, file.len);
    assert_int_equal(RUN("minisign", "-S", "-W", "-s", dir_path("our.key"), "-t", "t", "-m", dir_path("k")), 0);
    read_whole(&sig, dir_path("k.minisig"));
    assert_ok(minisign_verify_bytes(NULL, &pub, "abc", 3, sig.s, sig.len, NULL, &fix_err));
    assert_ok(minisign_secret_parse(&s, secret_text(text), secret_length(text), &fix_err));
    minisign_secret_public(s, &p);
    assert_true(minisign_public_eq(&p, &pub));
    minisign_secret_free(&s);
    secret_free(&text);
    buf_release(&file);
    buf_release(&sig);
}

static void the_old_kind_of_signature_is_refused(void **state)
{
    struct buf sig = BUF_INIT, file = BUF_INIT;
    struct minisign_public theirs;
    enum minisign_fault why;

    (void) state;
    assert_int_equal(RUN("minisign", "-G", "-W", "-f", "-p", dir_path("l.pub"), "-s", dir_path("l.key")), 0);
    write_file(dir_path("l"), "abc", 3);
    assert_int_equal(RUN("minisign", "-S", "-W", "-l", "-s", dir_path("l.key"), "-m", dir_path("l")), 0);
    read_whole(&file, dir_path("l.pub"));
    read_whole(&sig, dir_path("l.minisig"));
    assert_ok(minisign_public_parse(&theirs, file.s, &fix_err));
    assert_int_equal(minisign_verify_bytes(NULL, &theirs, "abc", 3, sig.s, sig.len, &why, &fix_err), ST_INVALID);
    assert_int_equal(why, MINISIGN_FAULT_FORMAT);
    buf_release(&sig);
    buf_release(&file);
}

/* --- damage ----------------------------------------------------------------------------------------------------- */

static const char data[] = "forty bytes of what the signature is of.";

static enum minisign_fault refused(const void *p, size_t n, const char *sig, size_t sig_bytes)
{
    enum minisign_fault why = MINISIGN_FAULT_NONE;
    struct err err = { .st = ST_OK };

    assert_int_not_equal(minisign_verify_bytes(NULL, &pub, p, n, sig, sig_bytes, &why, &err), ST_OK);
    assert_int_not_equal(err.st, ST_OK);
    assert_int_not_equal(why, MINISIGN_FAULT_NONE);
    return why;
}

static void every_changed_bit_is_refused(void **state)
{
    struct buf sig = BUF_INIT;
    char changed[sizeof data];

    (void) state;
    assert_ok(minisign_sign_bytes(&sig, key, data, sizeof data, "file:a.dlnb", &fix_err));
    for (size_t bit = 0; bit < 8 * sig.len; bit++) {
        sig.s[bit / 8] = (char) (sig.s[bit / 8] ^ 1 << bit % 8);
        if (minisign_verify_bytes(NULL, &pub, data, sizeof data, sig.s, sig.len, NULL, NULL) == ST_OK)
            fail_msg("bit %zu of byte %zu is let through: %s", bit % 8, bit / 8, sig.s);
        sig.s[bit / 8] = (char) (sig.s[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t bit = 0; bit < 8 * sizeof data; bit++) {
        memcpy(changed, data, sizeof data);
        changed[bit / 8] = (char) (changed[bit / 8] ^ 1 << bit % 8);
        assert_int_equal(refused(changed, sizeof data, sig.s, sig.len), MINISIGN_FAULT_WRONG);
    }
    buf_release(&sig);
}

static void every_shorter_and_longer_signature_is_refused(void **state)
{
    struct buf sig = BUF_INIT;

    (void) state;
    assert_ok(minisign_sign_bytes(&sig, key, data, sizeof data, "file:a.dlnb", &fix_err));
    for (size_t n = 0; n < sig.len; n++)
        assert_int_equal(refused(data, sizeof data, sig.s, n), MINISIGN_FAULT_FORMAT);
    buf_add_char(&sig, '\n');
    assert_int_equal(refused(data, sizeof data, sig.s, sig.len), MINISIGN_FAULT_FORMAT);
    buf_release(&sig);
}

static void each_fault_has_its_own_answer(void **state)
{
    struct buf sig = BUF_INIT, forged = BUF_INIT;
    enum minisign_fault why;
    char *at;

    (void) state;
    assert_ok(minisign_sign_bytes(&sig, key, data, sizeof data, "file:a.dlnb", &fix_err));
    assert_int_equal(minisign_verify_bytes(NULL, &other_pub, data, sizeof data, sig.s, sig.len, &why, &fix_err), ST_REFUSED);
    assert_int_equal(why, MINISIGN_FAULT_SIGNER);
    at = strstr(sig.s, "a.dlnb");
    *at = 'b';
    assert_int_equal(refused(data, sizeof data, sig.s, sig.len), MINISIGN_FAULT_COMMENT);
    /* Another key that takes this key's id on itself. */
    memcpy(other_pub.id, pub.id, sizeof pub.id);
    *at = 'a';
    assert_int_equal(minisign_verify_bytes(NULL, &other_pub, data, sizeof data, sig.s, sig.len, &why, &fix_err), ST_REFUSED);
    assert_int_equal(why, MINISIGN_FAULT_WRONG);
    minisign_secret_public(other, &other_pub);
    buf_release(&sig);
    buf_release(&forged);
}

static void a_comment_is_one_line_of_text(void **state)
{
    struct buf sig = BUF_INIT;
    char longest[MINISIGN_COMMENT_MAX + 2];

    (void) state;
    assert_int_equal(minisign_sign_bytes(&sig, key, data, sizeof data, "two\nlines", &fix_err), ST_USAGE);
    assert_int_equal(minisign_sign_bytes(&sig, key, data, sizeof data, "\x1b[2J", &fix_err), ST_USAGE);
    memset(longest, 'x', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(minisign_sign_bytes(&sig, key, data, sizeof data, longest, &fix_err), ST_USAGE);
    assert_int_equal(sig.len, 0);
    longest[MINISIGN_COMMENT_MAX] = '\0';
    assert_ok(minisign_sign_bytes(&sig, key, data, sizeof data, longest, &fix_err));
    assert_ok(minisign_verify_bytes(NULL, &pub, data, sizeof data, sig.s, sig.len, NULL, &fix_err));
    buf_release(&sig);
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static void public_keys_survive_their_text(void **state)
{
    struct minisign_public back;
    char text[MINISIGN_PUBLIC_TEXT], id[MINISIGN_KEY_ID_TEXT];
    struct buf file = BUF_INIT;

    (void) state;
    minisign_public_text(&pub, text);
    assert_memory_equal(text, "RW", 2);
    assert_int_equal(strlen(text), 56);
    assert_ok(minisign_public_parse(&back, text, &fix_err));
    assert_true(minisign_public_eq(&back, &pub));
    minisign_public_file(&file, &pub);
    assert_ok(minisign_public_parse(&back, file.s, &fix_err));
    assert_true(minisign_public_eq(&back, &pub));
    minisign_key_id_text(pub.id, id);
    assert_non_null(strstr(file.s, id));
    text[1] = 'X';
    assert_int_equal(minisign_public_parse(&back, text, &fix_err), ST_INVALID);
    assert_int_equal(minisign_public_parse(&back, "", &fix_err), ST_INVALID);
    assert_int_equal(minisign_public_parse(&back, "RWQ", &fix_err), ST_INVALID);
    buf_release(&file);
}

static void a_damaged_secret_key_is_seen(void **state)
{
    struct secret *text;
    struct minisign_secret *s = NULL;
    char line[400];

    (void) state;
    assert_ok(minisign_secret_text(key, &text, &fix_err));
    for (size_t i = 0; i < secret_length(text); i++) {
        memcpy(line, secret_text(text), secret_length(text));
        line[i] = line[i] == 'A' ? 'B' : 'A';
        if (i >= 8 && i < 8 + 64)               /* salt and cost, which stand for nothing here */
            continue;
        assert_int_equal(minisign_secret_parse(&s, line, secret_length(text), &fix_err), ST_INVALID);
        assert_null(s);
    }
    secret_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minisign_accepts_what_we_sign),
        cmocka_unit_test(we_accept_what_minisign_signs),
        cmocka_unit_test(a_secret_key_goes_both_ways),
        cmocka_unit_test(the_old_kind_of_signature_is_refused),
        cmocka_unit_test(every_changed_bit_is_refused),
        cmocka_unit_test(every_shorter_and_longer_signature_is_refused),
        cmocka_unit_test(each_fault_has_its_own_answer),
        cmocka_unit_test(a_comment_is_one_line_of_text),
        cmocka_unit_test(public_keys_survive_their_text),
        cmocka_unit_test(a_damaged_secret_key_is_seen),
    };

    return cmocka_run_group_tests_name("minisign", tests, keys_make, keys_free);
}
