/* The header of an age file: "age-encryption.org/v1", a stanza for each recipient, and a MAC over it all.
 *
 * Reading is strict: every line is exactly as the format asks, base64 has no padding and no loose bits, and one
 * blank more or less anywhere is refused before a key is tried. */
#include "age_priv.h"

#include <sodium.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/banned.h"

#define VERSION_LINE  "age-encryption.org/v1"
#define STANZA_X25519 "X25519"
#define X25519_INFO   "age-encryption.org/v1/X25519"
#define BODY_LINE     64                    /* characters; a shorter line ends the body */
#define HEADER_MAX    (128u * 1024)
#define B64           sodium_base64_VARIANT_ORIGINAL_NO_PADDING
#define B64_32        43                    /* characters of 32 bytes */
#define WRAPPED_BYTES (AGE_FILE_KEY + crypto_aead_chacha20poly1305_IETF_ABYTES)

_Static_assert(WRAPPED_BYTES == 32, "a wrapped file key");

void age_hkdf(uint8_t out[32], const void *key, size_t key_bytes, const void *salt, size_t salt_bytes, const char *info)
{
    crypto_auth_hmacsha256_state state;
    static const uint8_t no_salt[32];
    const uint8_t one = 1;
    uint8_t prk[32];

    crypto_auth_hmacsha256_init(&state, salt_bytes ? salt : no_salt, salt_bytes ? salt_bytes : sizeof no_salt);
    crypto_auth_hmacsha256_update(&state, key, key_bytes);
    crypto_auth_hmacsha256_final(&state, prk);
    crypto_auth_hmacsha256_init(&state, prk, sizeof prk);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *) info, strlen(info));
    crypto_auth_hmacsha256_update(&state, &one, 1);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(prk, sizeof prk);
    sodium_memzero(&state, sizeof state);
}

static void header_mac(uint8_t mac[32], const uint8_t file_key[AGE_FILE_KEY], const void *header, size_t n)
{
    uint8_t key[32];

    age_hkdf(key, file_key, AGE_FILE_KEY, NULL, 0, "header");
    crypto_auth_hmacsha256(mac, header, n, key);
    sodium_memzero(key, sizeof key);
}

/* The key that wraps the file key; share is the one-time public key of the file. */
static void wrap_key(uint8_t out[32], const uint8_t shared[32], const uint8_t share[32], const uint8_t recipient[32])
{
    uint8_t salt[64];

    memcpy(salt, share, 32);
    memcpy(salt + 32, recipient, 32);
    age_hkdf(out, shared, 32, salt, sizeof salt, X25519_INFO);
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

static void add_base64(struct buf *out, const uint8_t p[32])
{
    char text[B64_32 + 1];

    sodium_bin2base64(text, sizeof text, p, 32, B64);
    buf_add(out, text);
}

static bool add_stanza(struct buf *out, const struct age_recipient *to, const uint8_t file_key[AGE_FILE_KEY])
{
    static const uint8_t nonce[crypto_aead_chacha20poly1305_IETF_NPUBBYTES];
    uint8_t once[32], share[32], shared[32], key[32], wrapped[WRAPPED_BYTES];
    bool good;

    randombytes_buf(once, sizeof once);
    good = crypto_scalarmult_base(share, once) == 0 && crypto_scalarmult(shared, once, to->key) == 0;
    if (good) {
        wrap_key(key, shared, share, to->key);
        crypto_aead_chacha20poly1305_ietf_encrypt(wrapped, NULL, file_key, AGE_FILE_KEY, NULL, 0, NULL, nonce, key);
        buf_add(out, "-> " STANZA_X25519 " ");
        add_base64(out, share);
        buf_add_char(out, '\n');
        add_base64(out, wrapped);
        buf_add_char(out, '\n');
        sodium_memzero(key, sizeof key);
        sodium_memzero(shared, sizeof shared);
    }
    sodium_memzero(once, sizeof once);
    return good;
}

enum status age_header_write(struct buf *out, const struct age_recipient *to, size_t count,
                             const uint8_t file_key[AGE_FILE_KEY], struct err *err)
{
    size_t start = out->len;
    uint8_t mac[32];

    buf_add(out, VERSION_LINE "\n");
    for (size_t i = 0; i < count; i++)
        if (!add_stanza(out, &to[i], file_key))
            return err_set(err, ST_INVALID, "%s", _("A recipient is not a usable key. Nothing was written. Ask for "
                                                    "the recipient again."));
    buf_add(out, "---");
    header_mac(mac, file_key, out->s + start, out->len - start);
    buf_add_char(out, ' ');
    add_base64(out, mac);
    buf_add_char(out, '\n');
    return ST_OK;
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

struct header {
    struct age_reader         *from;
    const struct age_identity *id;
    struct buf                 all;         /* what was read so far, for the MAC */
    size_t                     line;        /* where the last line begins in it */
    uint8_t                    file_key[AGE_FILE_KEY];
    bool                       ours;        /* a stanza was opened */
};

/* The next line into all, with its line end; *n is its length without. */
static enum status read_line(struct header *h, size_t *n, enum age_fault *why, struct err *err)
{
    size_t got;
    char c;

    h->line = h->all.len;
    for (;;) {
        enum status st = age_read(h->from, &c, 1, &got, err);

        if (st != ST_OK)
            return st;
        if (got == 0)
            return age_fault(why, h->line == 0 ? AGE_FAULT_NOT_AGE : AGE_FAULT_TRUNCATED, err);
        buf_add_char(&h->all, c);
        if (c == '\n')
            break;
        if (h->all.len > (h->line == 0 ? sizeof VERSION_LINE : HEADER_MAX) || (unsigned char) c < ' ' ||
            (unsigned char) c > '~')
            return age_fault(why, h->line == 0 ? AGE_FAULT_NOT_AGE : AGE_FAULT_HEADER, err);
    }
    *n = h->all.len - h->line - 1;
    return ST_OK;
}

static bool read_base64(uint8_t out[32], const char *text, size_t n)
{
    const char *end;
    size_t got;

    return n == B64_32 && sodium_base642bin(out, 32, text, n, NULL, &got, &end, B64) == 0 && got == 32 &&
           end == text + n;
}

/* The arguments of a stanza line: one blank between two, none at the end. */
static bool line_is_stanza(const char *line, size_t n)
{
    if (n < 4 || memcmp(line, "-> ", 3) != 0 || line[n - 1] == ' ')
        return false;
    for (size_t i = 3; i < n; i++)
        if (line[i] == ' ' && line[i - 1] == ' ')
            return false;
    return true;
}

static bool body_is_base64(const char *line, size_t n)
{
    uint8_t raw[BODY_LINE];
    const char *end;
    size_t got;

    return n <= BODY_LINE && sodium_base642bin(raw, sizeof raw, line, n, NULL, &got, &end, B64) == 0 && end == line + n;
}

/* False: not ours. A wrapped key that opens is remembered. */
static void try_stanza(struct header *h, const uint8_t share[32], const uint8_t wrapped[WRAPPED_BYTES])
{
    static const uint8_t nonce[crypto_aead_chacha20poly1305_IETF_NPUBBYTES];
    uint8_t shared[32], key[32];

    if (h->ours || crypto_scalarmult(shared, h->id->secret, share) != 0)
        return;
    wrap_key(key, shared, share, h->id->public);
    h->ours = crypto_aead_chacha20poly1305_ietf_decrypt(h->file_key, NULL, NULL, wrapped, WRAPPED_BYTES, NULL, 0, nonce,
                                                        key) == 0;
    sodium_memzero(shared, sizeof shared);
    sodium_memzero(key, sizeof key);
}

/* The body of the stanza whose first line ends at all.len: lines of 64, up to and with a shorter one. */
static enum status read_stanza(struct header *h, size_t n, enum age_fault *why, struct err *err)
{
    static const char start[] = "-> " STANZA_X25519;
    const char *line = h->all.s + h->line;
    bool x25519 = n >= sizeof start - 1 && memcmp(line, start, sizeof start - 1) == 0 &&
                  (n == sizeof start - 1 || line[sizeof start - 1] == ' ');
    uint8_t share[32], wrapped[WRAPPED_BYTES];
    enum status st;
    size_t lines = 0;

    if (x25519 && (n != sizeof start + B64_32 || !read_base64(share, line + sizeof start, B64_32)))
        return age_fault(why, AGE_FAULT_HEADER, err);
    do {
        st = read_line(h, &n, why, err);
        if (st != ST_OK)
            return st;
        if (!body_is_base64(h->all.s + h->line, n))
            return age_fault(why, AGE_FAULT_HEADER, err);
        lines++;
    } while (n == BODY_LINE);
    if (!x25519)
        return ST_OK;
    if (lines != 1 || !read_base64(wrapped, h->all.s + h->line, n))
        return age_fault(why, AGE_FAULT_HEADER, err);
    try_stanza(h, share, wrapped);
    return ST_OK;
}

/* h->line is the MAC's own line, of n characters. */
static enum status check_mac(struct header *h, size_t n, enum age_fault *why, struct err *err)
{
    const char *line = h->all.s + h->line;
    uint8_t said[32], mac[32];

    if (n != 4 + B64_32 || memcmp(line, "--- ", 4) != 0 || !read_base64(said, line + 4, B64_32))
        return age_fault(why, AGE_FAULT_HEADER, err);
    if (!h->ours)
        return age_fault(why, AGE_FAULT_NOT_OURS, err);
    header_mac(mac, h->file_key, h->all.s, h->line + 3);
    return sodium_memcmp(mac, said, sizeof mac) == 0 ? ST_OK : age_fault(why, AGE_FAULT_DAMAGED, err);
}

enum status age_header_read(struct age_reader *r, const struct age_identity *id, uint8_t file_key[AGE_FILE_KEY],
                            enum age_fault *why, struct err *err)
{
    struct header h = { .from = r, .id = id };
    size_t n = 0;
    enum status st = read_line(&h, &n, why, err);

    if (st == ST_OK && (n != strlen(VERSION_LINE) || memcmp(h.all.s, VERSION_LINE, n) != 0))
        st = age_fault(why, AGE_FAULT_NOT_AGE, err);
    while (st == ST_OK) {
        st = read_line(&h, &n, why, err);
        if (st != ST_OK || !line_is_stanza(h.all.s + h.line, n))
            break;
        st = read_stanza(&h, n, why, err);
    }
    if (st == ST_OK)
        st = check_mac(&h, n, why, err);
    if (st == ST_OK)
        memcpy(file_key, h.file_key, AGE_FILE_KEY);
    sodium_memzero(h.file_key, sizeof h.file_key);
    buf_release(&h.all);
    return st;
}
