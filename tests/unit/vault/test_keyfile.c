/* Key files that were damaged, cut or written by something else: refused, never read as some other key. */
#include "vault_fixture.h"

#include "vault/keyfile.h"

static struct buf whole;                    /* a good key file */
static uint8_t    key[KEY_BYTES];

static int file_made(void **state)
{
    (void) state;
    dir_make();
    for (size_t i = 0; i < KEY_BYTES; i++)
        key[i] = (uint8_t) (7 * i + 3);
    assert_ok(keyfile_write(dir_path("file.key"), KEYFILE_SLOT, key, &fix_err));
    assert_ok(file_read(&whole, dir_path("file.key"), 4096, &fix_err));
    return 0;
}

static int file_gone(void **state)
{
    (void) state;
    buf_release(&whole);
    dir_remove();
    return 0;
}

static enum status read_bytes(const void *p, size_t n, uint8_t out[KEY_BYTES])
{
    enum keyfile_kind kind;

    assert_ok(file_replace_later(fix_dir, "org.key", p, n, &fix_err));
    return keyfile_read(dir_path("org.key"), &kind, out, &fix_err);
}

static void a_whole_one_is_read_and_blanks_round_it_do_not_matter(void **state)
{
    uint8_t out[KEY_BYTES];
    struct buf b = BUF_INIT;

    (void) state;
    assert_ok(read_bytes(whole.s, whole.len, out));
    assert_memory_equal(out, key, KEY_BYTES);
    buf_add(&b, "dolen-keyfile-1\r\n \t");
    buf_add_mem(&b, whole.s + 16, whole.len - 17);
    buf_add(&b, "\r\n\r\n");
    assert_ok(read_bytes(b.s, b.len, out));
    assert_memory_equal(out, key, KEY_BYTES);
    buf_release(&b);
}

static bool is_letter(int c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

/* Every byte of it replaced by every other that is not base64. */
static void a_byte_that_does_not_belong_is_refused_at_every_place(void **state)
{
    struct buf b = BUF_INIT;
    uint8_t out[KEY_BYTES];

    (void) state;
    for (size_t at = 0; at + 1 < whole.len; at++)
        for (int c = 0; c < 256; c++) {
            bool in_key = at >= 16, edge = at == 16 || at + 2 == whole.len;

            if ((in_key && is_letter(c)) || (unsigned char) whole.s[at] == c || (at < 16 && c != 0 && c < 128 && c % 16))
                continue;
            if (edge && (c == ' ' || c == '\t' || c == '\r' || c == '\n'))
                c = c == '\n' ? '\v' : c + 1;     /* shorter by one then, and tried below */
            buf_clear(&b);
            buf_add_mem(&b, whole.s, whole.len);
            b.s[at] = (char) c;
            if (read_bytes(b.s, b.len, out) == ST_OK)
                fail_msg("byte %zu as 0x%02x was taken", at, (unsigned) c);
        }
    buf_release(&b);
}

static void cut_or_lengthened_it_is_refused(void **state)
{
    struct buf b = BUF_INIT;
    uint8_t out[KEY_BYTES];

    (void) state;
    for (size_t n = 0; n + 1 < whole.len; n++)
        assert_int_equal(read_bytes(whole.s, n, out), ST_INVALID);
    for (int c = 0; c < 256; c++) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            continue;
        buf_clear(&b);
        buf_add_mem(&b, whole.s, whole.len);
        buf_add_char(&b, (char) c);
        assert_int_equal(read_bytes(b.s, b.len, out), ST_INVALID);
    }
    buf_release(&b);
}

static void an_organisation_key_is_as_strict(void **state)
{
    struct buf line = BUF_INIT;
    uint8_t out[KEY_BYTES];

    (void) state;
    assert_ok(organisation_key_make(dir_path("org2.key"), &line, &fix_err));
    assert_true(organisation_public_parse(line.s, out));
    for (size_t at = 0; at < line.len; at++)
        for (int c = 128; c < 256; c++) {
            char was = line.s[at];

            line.s[at] = (char) c;
            assert_false(organisation_public_parse(line.s, out));
            line.s[at] = was;
        }
    buf_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_one_is_read_and_blanks_round_it_do_not_matter),
        cmocka_unit_test(a_byte_that_does_not_belong_is_refused_at_every_place),
        cmocka_unit_test(cut_or_lengthened_it_is_refused),
        cmocka_unit_test(an_organisation_key_is_as_strict),
    };

    return cmocka_run_group_tests_name("keyfile", tests, file_made, file_gone);
}
