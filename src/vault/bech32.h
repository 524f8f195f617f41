/* Bech32 (BIP 173), for keys of 32 bytes: text with a human-readable start and six check characters. */
#ifndef VAULT_BECH32_H
#define VAULT_BECH32_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BECH32_KEY_BYTES 32
#define BECH32_DATA      52                     /* characters of 5 bits for a key */
#define BECH32_CHECK     6
#define BECH32_PART_MAX  16                     /* of the start that is known */
#define BECH32_TEXT      (BECH32_PART_MAX + 1 + BECH32_DATA + BECH32_CHECK + 1)

/* part in lower case: "age". Writes lower case. */
void bech32_encode(char out[BECH32_TEXT], const char *part, const uint8_t key[BECH32_KEY_BYTES]);
/* One case throughout, the given part, 32 bytes, a good checksum, and no loose bits at the end. */
bool bech32_decode(uint8_t key[BECH32_KEY_BYTES], const char *part, const char *text, size_t n);

#endif
