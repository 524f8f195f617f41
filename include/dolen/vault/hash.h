/* dolen/vault/hash.h - hashes and random bytes, over libsodium. */
#ifndef DOLEN_VAULT_HASH_H
#define DOLEN_VAULT_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* BLAKE2b-256 of the parts one after the other. Streaming, so a big file needs no memory. */
struct hash;
struct hash *hash_new(const void *key, size_t key_bytes);           /* key may be NULL, 0 */
void         hash_add(struct hash *h, const void *p, size_t n);
void         hash_done(struct hash **hp, uint8_t out[32]);           /* frees */
void         hash_once(uint8_t out[32], const void *p, size_t n);

struct sha256;
struct sha256 *sha256_new(void);
void           sha256_add(struct sha256 *h, const void *p, size_t n);
void           sha256_hex_done(struct sha256 **hp, char out[65]);

/* BLAKE2b-128 keyed: the pseudonymous person key of exports. key is 32 bytes. */
void keyed_id(uint8_t out[16], const uint8_t key[32], const void *p, size_t n);

/* Of two hashes or MACs of 32 bytes; takes the same time wherever they differ. */
bool hash_equal(const void *a, const void *b);

void random_fill(void *p, size_t n);
void wipe(void *p, size_t n);
void hex_of(char *out, const void *p, size_t n);                     /* out holds 2n+1 */

#endif
