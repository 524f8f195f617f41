/* Hashes and random bytes, over libsodium. They are not on any path where a half-written file could be left, so a
 * failed allocation ends the program. */
#include "dolen/vault/hash.h"

#include <sodium.h>
#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define STATE_ALIGN 64          /* what libsodium asks of a BLAKE2b state */

struct hash {
    crypto_generichash_state state;
};

struct sha256 {
    crypto_hash_sha256_state state;
};

static void *aligned_new(size_t n)
{
    void *p = aligned_alloc(STATE_ALIGN, (n + STATE_ALIGN - 1) / STATE_ALIGN * STATE_ALIGN);

    if (!p)
        die(9, _("Out of memory. Everything saved before is safe. Close other programs and start again."));
    return p;
}

struct hash *hash_new(const void *key, size_t key_bytes)
{
    struct hash *h = aligned_new(sizeof *h);

    crypto_generichash_init(&h->state, key, key_bytes, 32);
    return h;
}

void hash_add(struct hash *h, const void *p, size_t n)
{
    crypto_generichash_update(&h->state, p, n);
}

void hash_done(struct hash **hp, uint8_t out[32])
{
    crypto_generichash_final(&(*hp)->state, out, 32);
    sodium_memzero(*hp, sizeof **hp);       /* a keyed state could be run on */
    free(*hp);
    *hp = NULL;
}

void hash_once(uint8_t out[32], const void *p, size_t n)
{
    crypto_generichash(out, 32, p, n, NULL, 0);
}

struct sha256 *sha256_new(void)
{
    struct sha256 *h = aligned_new(sizeof *h);

    crypto_hash_sha256_init(&h->state);
    return h;
}

void sha256_add(struct sha256 *h, const void *p, size_t n)
{
    crypto_hash_sha256_update(&h->state, p, n);
}

void sha256_hex_done(struct sha256 **hp, char out[65])
{
    uint8_t raw[crypto_hash_sha256_BYTES];

    crypto_hash_sha256_final(&(*hp)->state, raw);
    hex_of(out, raw, sizeof raw);
    free(*hp);
    *hp = NULL;
}

void keyed_id(uint8_t out[16], const uint8_t key[32], const void *p, size_t n)
{
    crypto_generichash(out, 16, p, n, key, 32);
}

bool hash_equal(const void *a, const void *b)
{
    return sodium_memcmp(a, b, 32) == 0;
}

void random_fill(void *p, size_t n)
{
    randombytes_buf(p, n);
}

void wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}

void hex_of(char *out, const void *p, size_t n)
{
    sodium_bin2hex(out, 2 * n + 1, p, n);
}
