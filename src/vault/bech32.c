#include "bech32.h"

#include <sodium.h>
#include <string.h>

#include "dolen/base/banned.h"

static const char letters[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static uint32_t step(uint32_t check, unsigned value)
{
    static const uint32_t generator[5] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
    uint32_t top = check >> 25;

    check = (check & 0x1ffffff) << 5 ^ value;
    for (unsigned i = 0; i < 5; i++)
        if (top >> i & 1)
            check ^= generator[i];
    return check;
}

static uint32_t check_of(const char *part, const uint8_t *five, size_t count)
{
    uint32_t check = 1;

    for (const char *c = part; *c; c++)
        check = step(check, (unsigned char) *c >> 5);
    check = step(check, 0);
    for (const char *c = part; *c; c++)
        check = step(check, *c & 31);
    for (size_t i = 0; i < count; i++)
        check = step(check, five[i]);
    return check;
}

void bech32_encode(char out[BECH32_TEXT], const char *part, const uint8_t key[BECH32_KEY_BYTES])
{
    uint8_t five[BECH32_DATA + BECH32_CHECK] = { 0 };
    size_t n = strlen(part);
    uint32_t check;

    for (size_t bit = 0; bit < 8 * BECH32_KEY_BYTES; bit++)
        if (key[bit / 8] >> (7 - bit % 8) & 1)
            five[bit / 5] |= (uint8_t) (16 >> bit % 5);
    check = check_of(part, five, sizeof five) ^ 1;
    for (size_t i = 0; i < BECH32_CHECK; i++)
        five[BECH32_DATA + i] = (uint8_t) (check >> 5 * (BECH32_CHECK - 1 - i) & 31);
    memcpy(out, part, n);
    out[n++] = '1';
    for (size_t i = 0; i < sizeof five; i++)
        out[n++] = letters[five[i]];
    out[n] = '\0';
    sodium_memzero(five, sizeof five);
}

/* The text in lower case; false when its case is mixed. */
static bool lower_case(char *out, const char *text, size_t n)
{
    bool upper = false, lower = false;

    for (size_t i = 0; i < n; i++) {
        char c = text[i];

        upper = upper || (c >= 'A' && c <= 'Z');
        lower = lower || (c >= 'a' && c <= 'z');
        out[i] = c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
    }
    return !(upper && lower);
}

bool bech32_decode(uint8_t key[BECH32_KEY_BYTES], const char *part, const char *text, size_t n)
{
    uint8_t five[BECH32_DATA + BECH32_CHECK];
    size_t start = strlen(part) + 1;
    char low[BECH32_TEXT];
    bool good;

    if (n != start + sizeof five || n >= sizeof low || memchr(text, '\0', n))
        return false;
    good = lower_case(low, text, n) && memcmp(low, part, start - 1) == 0 && low[start - 1] == '1';
    for (size_t i = 0; i < sizeof five && good; i++) {
        const char *at = strchr(letters, low[start + i]);

        good = at != NULL;
        five[i] = at ? (uint8_t) (at - letters) : 0;
    }
    /* 52 characters are 260 bits: the last four stand for nothing and must be 0. */
    good = good && check_of(part, five, sizeof five) == 1 && (five[BECH32_DATA - 1] & 15) == 0;
    memset(key, 0, BECH32_KEY_BYTES);
    for (size_t bit = 0; bit < 8 * BECH32_KEY_BYTES && good; bit++)
        if (five[bit / 5] >> (4 - bit % 5) & 1)
            key[bit / 8] |= (uint8_t) (128 >> bit % 8);
    sodium_memzero(five, sizeof five);
    sodium_memzero(low, sizeof low);
    return good;
}
