/* The data key in and out of one slot. */
#ifndef VAULT_WRAP_H
#define VAULT_WRAP_H

#include "slotfile.h"

/* Argon2id with the slot's own cost and salt. ST_NOMEM, never a cheaper run. */
enum status stretch(uint8_t wrap[KEY_BYTES], const struct slot_disk *s, const char *text, size_t n, struct err *err);
/* For a key file: 32 random bytes need no stretching, only a key of their own for each slot. */
void keyfile_wrap_key(uint8_t wrap[KEY_BYTES], const struct slot_disk *s, const uint8_t file_key[KEY_BYTES]);

/* Every bound field of slot i is set before it is wrapped. */
void wrap_symmetric(struct copy_disk *c, int i, const uint8_t wrap[KEY_BYTES], const uint8_t key[KEY_BYTES]);
bool unwrap_symmetric(const struct copy_disk *c, int i, const uint8_t wrap[KEY_BYTES], uint8_t key[KEY_BYTES]);
bool wrap_sealed(struct copy_disk *c, int i, const uint8_t key[KEY_BYTES]);     /* false: not a usable public key */
bool unwrap_sealed(const struct copy_disk *c, int i, const uint8_t secret_key[KEY_BYTES], uint8_t key[KEY_BYTES]);

#endif
