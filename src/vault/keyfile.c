/* Reading and writing key files and organisation keys. Two kinds of file with the same shape: one line that says
 * what it is, one line of base64. Both are read through file_read() and never overwrite anything. */
#include "keyfile.h"

#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define B64_TEXT     sodium_base64_ENCODED_LEN(KEY_BYTES, sodium_base64_VARIANT_ORIGINAL)
#define PUBLIC_START "dolen-org1:"
#define FILE_MAX     4096

static const char *const first_line[] = {
    [KEYFILE_SLOT] = "dolen-keyfile-1",
    [KEYFILE_ORGANISATION] = "dolen-org-secret-1",
};

enum status keyfile_write(const char *path, enum keyfile_kind kind, const uint8_t key[KEY_BYTES], struct err *err)
{
    struct file_out *f = NULL;
    char body[B64_TEXT];
    enum status st = file_out_open(&f, path, false, err);

    sodium_bin2base64(body, sizeof body, key, KEY_BYTES, sodium_base64_VARIANT_ORIGINAL);
    if (st == ST_OK)
        st = file_out_write(f, first_line[kind], strlen(first_line[kind]), err);
    if (st == ST_OK)
        st = file_out_write(f, "\n", 1, err);
    if (st == ST_OK)
        st = file_out_write(f, body, strlen(body), err);
    if (st == ST_OK)
        st = file_out_write(f, "\n", 1, err);
    if (st == ST_OK)
        st = file_out_commit(&f, err);
    file_out_drop(&f);
    sodium_memzero(body, sizeof body);
    return st;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Blanks and line ends round the base64 do not matter; anything else does. libsodium 1.0.18 takes some bytes above
 * 127 for letters: not so here. */
static bool decode(uint8_t key[KEY_BYTES], const char *s, size_t n)
{
    const char *end;
    size_t got;

    while (n > 0 && is_blank(*s)) {
        s++;
        n--;
    }
    while (n > 0 && is_blank(s[n - 1]))
        n--;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char) s[i] > '~')
            return false;
    return n == B64_TEXT - 1 &&
           sodium_base642bin(key, KEY_BYTES, s, n, NULL, &got, &end, sodium_base64_VARIANT_ORIGINAL) == 0 &&
           got == KEY_BYTES && end == s + n;
}

static bool parse(const struct buf *b, enum keyfile_kind *kind, uint8_t key[KEY_BYTES])
{
    const char *s = buf_text(b), *eol = memchr(s, '\n', b->len);
    size_t line = eol ? (size_t) (eol - s) : 0;

    if (line > 0 && s[line - 1] == '\r')
        line--;
    for (size_t i = 0; eol && i < ARRAY_LEN(first_line); i++) {
        if (line != strlen(first_line[i]) || memcmp(s, first_line[i], line) != 0)
            continue;
        *kind = (enum keyfile_kind) i;
        return decode(key, eol + 1, b->len - (size_t) (eol + 1 - s));
    }
    return false;
}

enum status keyfile_read(const char *path, enum keyfile_kind *kind, uint8_t key[KEY_BYTES], struct err *err)
{
    struct buf b = BUF_INIT;
    enum status st = file_read(&b, path, FILE_MAX, err);

    if (st == ST_OK && !parse(&b, kind, key))
        st = err_set(err, ST_INVALID, _("%s is not a Dolen key file. Nothing was opened or changed. "
                                        "Choose the file whose first line starts with \"dolen-\"."), path);
    buf_wipe(&b);
    return st;
}

bool organisation_public_parse(const char *text, uint8_t key[KEY_BYTES])
{
    while (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r')
        text++;
    if (!str_starts(text, PUBLIC_START))
        return false;
    text += strlen(PUBLIC_START);
    return decode(key, text, strlen(text));
}

enum status organisation_key_make(const char *secret_path, struct buf *public_line, struct err *err)
{
    uint8_t pub[crypto_box_PUBLICKEYBYTES];
    char body[B64_TEXT];
    uint8_t *sec = guarded_new(crypto_box_SECRETKEYBYTES);
    enum status st;

    if (!sec)
        return err_set(err, ST_NOMEM, "%s", _("There is no memory to hold a key safely. Nothing was written. "
                                              "Close other programs and try again."));
    crypto_box_keypair(pub, sec);
    st = keyfile_write(secret_path, KEYFILE_ORGANISATION, sec, err);
    sodium_free(sec);
    if (st != ST_OK)
        return st;
    sodium_bin2base64(body, sizeof body, pub, sizeof pub, sodium_base64_VARIANT_ORIGINAL);
    buf_add(public_line, PUBLIC_START);
    buf_add(public_line, body);
    return ST_OK;
}
