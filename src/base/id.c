#include "dolen/base/id.h"

#include <string.h>
#include <uuid/uuid.h>

#include "dolen/base/banned.h"

const struct id ID_NONE = { { 0 } };

static bool     seeded;
static uint64_t state;

/* splitmix64: small, fast and the same on every machine. Only training files take their ids from it. */
static uint64_t next_seeded(void)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

void id_seed(uint64_t seed)
{
    seeded = true;
    state = seed;
}

struct id id_new(void)
{
    struct id id;

    if (!seeded) {
        uuid_generate_random(id.b);
        return id;
    }
    for (int half = 0; half < 2; half++) {
        uint64_t n = next_seeded();

        for (int i = 0; i < 8; i++)
            id.b[half * 8 + i] = (uint8_t)(n >> (56 - 8 * i));
    }
    id.b[6] = (uint8_t)((id.b[6] & 0x0F) | 0x40);
    id.b[8] = (uint8_t)((id.b[8] & 0x3F) | 0x80);
    return id;
}

bool id_is_set(struct id id)
{
    return !id_eq(id, ID_NONE);
}

bool id_eq(struct id a, struct id b)
{
    return memcmp(a.b, b.b, sizeof a.b) == 0;
}

struct id_text id_show(struct id id)
{
    struct id_text t;

    uuid_unparse_lower(id.b, t.s);
    return t;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool id_parse(const char *s, struct id *out)
{
    struct id id;
    bool      hyphens;

    if (!s)
        return false;
    hyphens = strlen(s) == 36;
    if (!hyphens && strlen(s) != 32)
        return false;
    for (int i = 0; i < 16; i++) {
        int hi, lo;

        if (hyphens && (i == 4 || i == 6 || i == 8 || i == 10) && *s++ != '-')
            return false;
        hi = hex_value(s[0]);
        lo = hi < 0 ? -1 : hex_value(s[1]);
        if (lo < 0)
            return false;
        id.b[i] = (uint8_t)(hi << 4 | lo);
        s += 2;
    }
    *out = id;
    return true;
}
