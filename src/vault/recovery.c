/* Making and checking recovery codes. Seven groups of four characters and a check character, Crockford's base32:
 * 28 x 5 = 140 bits.
 *
 * The check character is a weighted sum in GF(32). With weights that differ, one wrong character and two neighbours
 * changed over are always seen; the group's own number in the sum shows groups written in the wrong order. */
#include "recovery.h"

#include <sodium.h>
#include <string.h>

#include "dolen/vault/vault.h"
#include "dolen/base/banned.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#define NOT_A_CHARACTER 0xff

static unsigned gf32_double(unsigned a)
{
    a <<= 1;
    return a & 32 ? a ^ 0x25 : a;   /* x^5 + x^2 + 1 */
}

static uint8_t check_of(const uint8_t *group, unsigned number)
{
    unsigned sum = 0;

    for (int i = RECOVERY_GROUP - 2; i >= 0; i--)
        sum = gf32_double(sum ^ group[i]);
    return (uint8_t) (sum ^ number);
}

static uint8_t value_of(char c)
{
    const char *at;

    if (c >= 'a' && c <= 'z')
        c = (char) (c - 'a' + 'A');
    if (c == 'O')
        c = '0';
    if (c == 'I' || c == 'L')
        c = '1';
    at = c ? strchr(alphabet, c) : NULL;
    return at ? (uint8_t) (at - alphabet) : NOT_A_CHARACTER;
}

/* Returns how many characters were typed, blanks and hyphens apart; at most RECOVERY_CHARS of them are in v. */
static size_t values_of(uint8_t v[RECOVERY_CHARS], const struct secret *typed)
{
    const char *s = secret_text(typed);
    size_t count = 0;

    for (; *s; s++) {
        if (*s == ' ' || *s == '\t' || *s == '-')
            continue;
        if (count < RECOVERY_CHARS)
            v[count] = value_of(*s);
        count++;
    }
    return count;
}

static bool group_is_right(const uint8_t *group, unsigned number)
{
    return !memchr(group, NOT_A_CHARACTER, RECOVERY_GROUP) && check_of(group, number) == group[RECOVERY_GROUP - 1];
}

static int check_values(const uint8_t v[RECOVERY_CHARS])
{
    for (unsigned g = 1; g <= RECOVERY_GROUPS; g++)
        if (!group_is_right(v + (g - 1) * RECOVERY_GROUP, g))
            return (int) g;
    return 0;
}

size_t recovery_groups_right(const struct secret *typed, size_t *chars)
{
    uint8_t v[RECOVERY_CHARS];
    size_t right = 0, groups;

    *chars = values_of(v, typed);
    groups = (*chars < RECOVERY_CHARS ? *chars : RECOVERY_CHARS) / RECOVERY_GROUP;
    while (right < groups && group_is_right(v + right * RECOVERY_GROUP, (unsigned) right + 1))
        right++;
    sodium_memzero(v, sizeof v);
    return right;
}

int recovery_code_check(const struct secret *typed)
{
    uint8_t v[RECOVERY_CHARS];
    int result = values_of(v, typed) == RECOVERY_CHARS ? check_values(v) : -1;

    sodium_memzero(v, sizeof v);
    return result;
}

bool recovery_plain(char out[RECOVERY_CHARS], const struct secret *typed)
{
    uint8_t v[RECOVERY_CHARS];
    bool good = values_of(v, typed) == RECOVERY_CHARS && check_values(v) == 0;

    for (size_t i = 0; good && i < RECOVERY_CHARS; i++)
        out[i] = alphabet[v[i]];
    sodium_memzero(v, sizeof v);
    return good;
}

bool recovery_make(struct secret *s)
{
    uint8_t group[RECOVERY_GROUP];
    char text[RECOVERY_GROUP + 1];
    bool fits = true;

    for (unsigned g = 1; fits && g <= RECOVERY_GROUPS; g++) {
        randombytes_buf(group, sizeof group);
        for (size_t i = 0; i < RECOVERY_GROUP; i++)
            group[i] &= 31;
        group[RECOVERY_GROUP - 1] = check_of(group, g);
        for (size_t i = 0; i < RECOVERY_GROUP; i++)
            text[i] = alphabet[group[i]];
        text[RECOVERY_GROUP] = '-';
        fits = secret_add(s, text, g < RECOVERY_GROUPS ? sizeof text : RECOVERY_GROUP);
    }
    sodium_memzero(group, sizeof group);
    sodium_memzero(text, sizeof text);
    return fits;
}
