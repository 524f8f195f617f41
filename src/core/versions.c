/* versions.c - maps of numbers compared and joined. */
#include "dolen/core/versions.h"

#include <stddef.h>
#include <stdint.h>

#include "dolen/base/banned.h"

static int64_t at(const struct json *v, const char *lineage)
{
    const struct json *n = v ? json_get(v, lineage) : NULL;

    return n && json_kind(n) == JSON_INT_ ? json_int(n) : 0;
}

struct ahead {
    const struct json *of;
    bool               any;
};

static void is_ahead(void *ctx, const char *lineage, struct json *n)
{
    struct ahead *a = ctx;

    a->any |= json_kind(n) == JSON_INT_ && json_int(n) > at(a->of, lineage);
}

enum versions_order versions_compare(const struct json *a, const struct json *b)
{
    struct ahead a_is = { b, false }, b_is = { a, false };

    if (a)
        json_each(a, is_ahead, &a_is);
    if (b)
        json_each(b, is_ahead, &b_is);
    if (a_is.any)
        return b_is.any ? VERSIONS_APART : VERSIONS_NEWER;
    return b_is.any ? VERSIONS_OLDER : VERSIONS_SAME;
}

static void take_further(void *ctx, const char *lineage, struct json *n)
{
    struct json *into = ctx;

    if (json_kind(n) == JSON_INT_ && json_int(n) > at(into, lineage))
        json_set_int(into, lineage, json_int(n));
}

struct json *versions_join(const struct json *a, const struct json *b)
{
    struct json *both = json_new_map();

    if (a)
        json_each(a, take_further, both);
    if (b)
        json_each(b, take_further, both);
    return both;
}
