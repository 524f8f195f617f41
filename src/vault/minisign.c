/* minisign's files: keys, and signatures over the BLAKE2b-512 of what is signed.
 *
 * A signature file is four lines. The second signs the hash, the fourth signs the second and the trusted comment;
 * the first says nothing that is signed, so only one wording of it is let through. */
#include "dolen/vault/minisign.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "slotfile.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

#define UNTRUSTED   "untrusted comment: "
#define TRUSTED     "trusted comment: "
#define SIGNED_LINE UNTRUSTED "signature from minisign secret key\n"
#define B64         sodium_base64_VARIANT_ORIGINAL
#define B64_TEXT(n) sodium_base64_ENCODED_LEN(n, B64)           /* with the zero */
#define HASH_BYTES  64
#define CHECK_BYTES 32

/* As base64 holds them: bytes, no numbers, no padding. */
struct public_disk {
    uint8_t algorithm[2];           /* "Ed" */
    uint8_t id[8];
    uint8_t key[32];
};
struct secret_disk {
    uint8_t algorithm[2];           /* "Ed" */
    uint8_t kdf[2];                 /* 0 0: no passphrase */
    uint8_t check_algorithm[2];     /* "B2" */
    uint8_t kdf_salt[32], kdf_ops[8], kdf_mem[8];
    uint8_t id[8];
    uint8_t key[64];                /* seed and public key */
    uint8_t check[CHECK_BYTES];     /* BLAKE2b-256 of algorithm, id and key; minisign -W leaves it 0 */
};
struct signature_disk {
    uint8_t algorithm[2];           /* "ED": of the hash */
    uint8_t id[8];
    uint8_t signature[64];
};

_Static_assert(sizeof(struct public_disk) == 42, "no padding");
_Static_assert(sizeof(struct secret_disk) == 158, "no padding");
_Static_assert(sizeof(struct signature_disk) == 74, "no padding");
_Static_assert(B64_TEXT(42) == MINISIGN_PUBLIC_TEXT, "the length of a public key's text");

struct minisign_secret {            /* in guarded memory */
    struct secret_disk d;
    uint8_t unused[2];              /* a multiple of 16, as the guard asks */
};

struct minisign_hash {
    crypto_generichash_state state;
};

/* --- keys ------------------------------------------------------------------------------------------------------- */

static enum status no_memory(struct err *err)
{
    return err_set(err, ST_NOMEM, "%s", _("There is no memory to hold a key safely. Nothing was written. Close other "
                                          "programs and try again."));
}

static void check_of(uint8_t out[CHECK_BYTES], const struct secret_disk *d)
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, CHECK_BYTES);
    crypto_generichash_update(&state, d->algorithm, sizeof d->algorithm);
    crypto_generichash_update(&state, d->id, sizeof d->id);
    crypto_generichash_update(&state, d->key, sizeof d->key);
    crypto_generichash_final(&state, out, CHECK_BYTES);
    sodium_memzero(&state, sizeof state);
}

enum status minisign_secret_new(struct minisign_secret **out, struct err *err)
{
    struct minisign_secret *s = guarded_new(sizeof *s);
    uint8_t public[32];

    if (!s)
        return no_memory(err);
    memset(s, 0, sizeof *s);
    memcpy(s->d.algorithm, "Ed", 2);
    memcpy(s->d.check_algorithm, "B2", 2);
    randombytes_buf(s->d.id, sizeof s->d.id);
    crypto_sign_keypair(public, s->d.key);
    check_of(s->d.check, &s->d);
    *out = s;
    return ST_OK;
}

enum status minisign_secret_text(const struct minisign_secret *s, struct secret **out, struct err *err)
{
    struct secret *text = secret_new();
    char b64[B64_TEXT(sizeof s->d)];

    if (!text)
        return no_memory(err);
    sodium_bin2base64(b64, sizeof b64, (const uint8_t *) &s->d, sizeof s->d, B64);
    secret_add(text, b64, strlen(b64));
    sodium_memzero(b64, sizeof b64);
    *out = text;
    return ST_OK;
}

/* The line of base64 in a bare line or in a file with a comment line before it. */
static const char *key_line(const char *text, size_t n, size_t *length)
{
    const char *end = text + n, *eol;

    if (n >= strlen(UNTRUSTED) && memcmp(text, UNTRUSTED, strlen(UNTRUSTED)) == 0) {
        eol = memchr(text, '\n', n);
        text = eol ? eol + 1 : end;
    }
    while (end > text && end[-1] && strchr(" \t\r\n", end[-1]))
        end--;
    while (text < end && *text && strchr(" \t\r\n", *text))
        text++;
    *length = (size_t) (end - text);
    return text;
}

/* Exactly n bytes from exactly that much base64. libsodium 1.0.18 takes some bytes above 127 for letters: not so
 * here. */
static bool read_base64(void *out, size_t n, const char *text, size_t length)
{
    const char *end;
    size_t got;

    for (size_t i = 0; i < length; i++)
        if ((unsigned char) text[i] > '~')
            return false;
    return sodium_base642bin(out, n, text, length, NULL, &got, &end, B64) == 0 && got == n && end == text + length;
}

static bool secret_is_whole(const struct secret_disk *d)
{
    uint8_t check[CHECK_BYTES], seed[32], public[32], pair[64];
    bool whole;

    check_of(check, d);
    memcpy(seed, d->key, sizeof seed);
    crypto_sign_seed_keypair(public, pair, seed);
    whole = (sodium_is_zero(d->check, sizeof check) || sodium_memcmp(check, d->check, sizeof check) == 0) &&
            sodium_memcmp(pair, d->key, sizeof pair) == 0;
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(pair, sizeof pair);
    return whole;
}

enum status minisign_secret_parse(struct minisign_secret **out, const char *text, size_t n, struct err *err)
{
    struct minisign_secret *s = guarded_new(sizeof *s);
    enum status st = ST_OK;
    size_t length;

    if (!s)
        return no_memory(err);
    text = key_line(text, n, &length);
    if (!read_base64(&s->d, sizeof s->d, text, length) || memcmp(s->d.algorithm, "Ed", 2) != 0)
        st = err_set(err, ST_INVALID, "%s", _("This is not a secret signing key. Nothing was signed. Choose the key "
                                              "file that was made with the public key."));
    else if (s->d.kdf[0] || s->d.kdf[1])
        st = err_set(err, ST_INVALID, "%s", _("This signing key is kept under a passphrase of its own, which Dolen "
                                              "does not open. Nothing was signed. Make one without: minisign -G -W"));
    else if (memcmp(s->d.check_algorithm, "B2", 2) != 0 || !secret_is_whole(&s->d))
        st = err_set(err, ST_INVALID, "%s", _("The signing key is damaged. Nothing was signed. Use a copy of it, or "
                                              "make a new one and give its public key out."));
    if (st == ST_OK)
        *out = s;
    else
        sodium_free(s);
    return st;
}

void minisign_secret_public(const struct minisign_secret *s, struct minisign_public *out)
{
    memcpy(out->id, s->d.id, sizeof out->id);
    memcpy(out->key, s->d.key + 32, sizeof out->key);
}

void minisign_secret_free(struct minisign_secret **sp)
{
    if (!sp || !*sp)
        return;
    sodium_free(*sp);
    *sp = NULL;
}

enum status minisign_public_parse(struct minisign_public *out, const char *text, struct err *err)
{
    struct public_disk d;
    size_t length;
    const char *line = key_line(text, strlen(text), &length);

    if (!read_base64(&d, sizeof d, line, length) || memcmp(d.algorithm, "Ed", 2) != 0) {
        char shown[71];

        str_copy(shown, sizeof shown, line);        /* what was pasted may be anything: whole letters of it */
        return err_set(err, ST_INVALID, _("\"%s\" is not a public signing key of the kind RW… (56 characters). "
                                          "Nothing was changed. Check it for a slip, or ask for it again."), shown);
    }
    memcpy(out->id, d.id, sizeof out->id);
    memcpy(out->key, d.key, sizeof out->key);
    return ST_OK;
}

void minisign_public_text(const struct minisign_public *p, char out[MINISIGN_PUBLIC_TEXT])
{
    struct public_disk d = { .algorithm = { 'E', 'd' } };

    memcpy(d.id, p->id, sizeof d.id);
    memcpy(d.key, p->key, sizeof d.key);
    sodium_bin2base64(out, MINISIGN_PUBLIC_TEXT, (const uint8_t *) &d, sizeof d, B64);
}

void minisign_key_id_text(const uint8_t id[8], char out[MINISIGN_KEY_ID_TEXT])
{
    snprintf(out, MINISIGN_KEY_ID_TEXT, "%016llX", (unsigned long long) get_le(id, 8));
}

void minisign_public_file(struct buf *out, const struct minisign_public *p)
{
    char id[MINISIGN_KEY_ID_TEXT], text[MINISIGN_PUBLIC_TEXT];

    minisign_key_id_text(p->id, id);
    minisign_public_text(p, text);
    buf_addf(out, UNTRUSTED "minisign public key %s\n%s\n", id, text);
}

bool minisign_public_eq(const struct minisign_public *a, const struct minisign_public *b)
{
    return memcmp(a->id, b->id, sizeof a->id) == 0 && memcmp(a->key, b->key, sizeof a->key) == 0;
}

/* --- the signed bytes ------------------------------------------------------------------------------------------- */

struct minisign_hash *minisign_hash_new(void)
{
    struct minisign_hash *h = aligned_alloc(64, (sizeof *h + 63) / 64 * 64);

    if (!h)
        die(9, _("Out of memory. Everything saved before is safe. Close other programs and start again."));
    crypto_generichash_init(&h->state, NULL, 0, HASH_BYTES);
    return h;
}

void minisign_hash_add(struct minisign_hash *h, const void *p, size_t n)
{
    crypto_generichash_update(&h->state, p, n);
}

void minisign_hash_free(struct minisign_hash **hp)
{
    if (!hp)
        return;
    free(*hp);
    *hp = NULL;
}

static void hash_done(struct minisign_hash **hp, uint8_t out[HASH_BYTES])
{
    crypto_generichash_final(&(*hp)->state, out, HASH_BYTES);
    minisign_hash_free(hp);
}

/* What the fourth line signs. */
static size_t second_text(uint8_t out[64 + MINISIGN_COMMENT_MAX], const uint8_t signature[64], const char *comment)
{
    size_t n = strlen(comment);

    memcpy(out, signature, 64);
    memcpy(out + 64, comment, n);
    return 64 + n;
}

/* --- signing ---------------------------------------------------------------------------------------------------- */

static bool comment_is_good(const char *comment, size_t n)
{
    return n <= MINISIGN_COMMENT_MAX && strlen(comment) == n && text_is_tame(comment, false);
}

static void write_signature(struct buf *out, const struct minisign_secret *s, const uint8_t hash[HASH_BYTES],
                            const char *comment)
{
    struct signature_disk d = { .algorithm = { 'E', 'D' } };
    uint8_t second[64 + MINISIGN_COMMENT_MAX], global[64];
    char b64[B64_TEXT(sizeof d)];

    memcpy(d.id, s->d.id, sizeof d.id);
    crypto_sign_detached(d.signature, NULL, hash, HASH_BYTES, s->d.key);
    crypto_sign_detached(global, NULL, second, second_text(second, d.signature, comment), s->d.key);
    sodium_bin2base64(b64, sizeof b64, (const uint8_t *) &d, sizeof d, B64);
    buf_add(out, SIGNED_LINE);
    buf_addf(out, "%s\n" TRUSTED "%s\n", b64, comment);
    sodium_bin2base64(b64, sizeof b64, global, sizeof global, B64);
    buf_addf(out, "%s\n", b64);
}

enum status minisign_sign(struct buf *out, const struct minisign_secret *s, struct minisign_hash **hp,
                          const char *comment, struct err *err)
{
    uint8_t hash[HASH_BYTES];

    hash_done(hp, hash);
    if (!comment_is_good(comment, strlen(comment)))
        return err_set(err, ST_USAGE, _("The comment of a signature is one line of at most %d bytes. Nothing was "
                                        "signed."
                                        " Shorten it."),
                       MINISIGN_COMMENT_MAX);
    write_signature(out, s, hash, comment);
    return ST_OK;
}

enum status minisign_sign_bytes(struct buf *out, const struct minisign_secret *s, const void *p, size_t n,
                                const char *comment, struct err *err)
{
    struct minisign_hash *h = minisign_hash_new();

    minisign_hash_add(h, p, n);
    return minisign_sign(out, s, &h, comment, err);
}

/* --- verifying -------------------------------------------------------------------------------------------------- */

static const struct { enum status st; const char *sentence; } faults[MINISIGN_FAULT_COUNT] = {
    [MINISIGN_FAULT_FORMAT] = { ST_INVALID, N_("The signature file is damaged, or is not a minisign signature of "
                                               "today's kind. Nothing was opened. Ask for it again.") },
    [MINISIGN_FAULT_SIGNER] = { ST_REFUSED, N_("The signature was made with another key than the one expected. "
                                               "Nothing was opened. Find out who sent it.") },
    [MINISIGN_FAULT_WRONG] = { ST_REFUSED, N_("The signature does not fit the file: one of the two was changed or "
                                              "damaged on the way. Nothing was opened. Ask for both again.") },
    [MINISIGN_FAULT_COMMENT] = { ST_REFUSED, N_("The signed comment of the signature was changed. Nothing was opened. "
                                                "Ask for the file and its signature again.") },
};

static enum status fault(enum minisign_fault *why, enum minisign_fault f, struct err *err)
{
    if (why)
        *why = f;
    return err_set(err, faults[f].st, "%s", _(faults[f].sentence));
}

/* Takes a line that begins with start off the text: what follows start. NULL: it does not, or has no line end. */
static const char *take_line(const char **s, const char *end, const char *start, size_t *n)
{
    const char *line = *s, *eol = memchr(line, '\n', (size_t) (end - line));
    size_t skip = strlen(start);

    if (!eol || (size_t) (eol - line) < skip || memcmp(line, start, skip) != 0)
        return NULL;
    *s = eol + 1;
    *n = (size_t) (eol - line) - skip;
    return line + skip;
}

static bool take_apart(struct minisign_signature *out, const char *s, size_t n)
{
    const char *end = s + n, *line;
    struct signature_disk d;
    size_t length;

    if (n < strlen(SIGNED_LINE) || memcmp(s, SIGNED_LINE, strlen(SIGNED_LINE)) != 0)
        return false;
    s += strlen(SIGNED_LINE);
    if (!(line = take_line(&s, end, "", &length)) || !read_base64(&d, sizeof d, line, length) ||
        memcmp(d.algorithm, "ED", 2) != 0)
        return false;
    memcpy(out->key_id, d.id, sizeof out->key_id);
    memcpy(out->signature, d.signature, sizeof out->signature);
    if (!(line = take_line(&s, end, TRUSTED, &length)) || length > MINISIGN_COMMENT_MAX)
        return false;
    memcpy(out->comment, line, length);
    out->comment[length] = '\0';
    if (!comment_is_good(out->comment, length))
        return false;
    line = take_line(&s, end, "", &length);
    return line && read_base64(out->global, sizeof out->global, line, length) && s == end;
}

enum status minisign_signature_parse(struct minisign_signature *out, const char *text, size_t n, struct err *err)
{
    return n <= MINISIGN_FILE_MAX && take_apart(out, text, n) ? ST_OK : fault(NULL, MINISIGN_FAULT_FORMAT, err);
}

enum status minisign_verify(const struct minisign_signature *sig, const struct minisign_public *p,
                            struct minisign_hash **hp, enum minisign_fault *why, struct err *err)
{
    uint8_t hash[HASH_BYTES], second[64 + MINISIGN_COMMENT_MAX];
    size_t n = second_text(second, sig->signature, sig->comment);

    hash_done(hp, hash);
    if (memcmp(sig->key_id, p->id, sizeof p->id) != 0)
        return fault(why, MINISIGN_FAULT_SIGNER, err);
    if (crypto_sign_verify_detached(sig->signature, hash, sizeof hash, p->key) != 0)
        return fault(why, MINISIGN_FAULT_WRONG, err);
    if (crypto_sign_verify_detached(sig->global, second, n, p->key) != 0)
        return fault(why, MINISIGN_FAULT_COMMENT, err);
    if (why)
        *why = MINISIGN_FAULT_NONE;
    return ST_OK;
}

enum status minisign_verify_bytes(struct minisign_signature *out, const struct minisign_public *p, const void *data,
                                  size_t n, const char *sig, size_t sig_bytes, enum minisign_fault *why,
                                  struct err *err)
{
    struct minisign_signature own, *parts = out ? out : &own;
    struct minisign_hash *h;

    if (minisign_signature_parse(parts, sig, sig_bytes, NULL) != ST_OK)
        return fault(why, MINISIGN_FAULT_FORMAT, err);
    h = minisign_hash_new();
    minisign_hash_add(h, data, n);
    return minisign_verify(parts, p, &h, why, err);
}
