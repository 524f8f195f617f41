/* store/carry_lineage.c - which run of the history a change number belongs to: a restored backup gives numbers out
 * again. */
#include "carry_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/vault/hash.h"

#include "dolen/base/banned.h"

#define LINEAGES "carry.lineages"       /* "ID AFTER;ID AFTER" */

/* was: NULL when there is none yet. *text is the caller's. */
static enum status add(struct store *s, const char *was, int64_t after, char **text, struct err *err)
{
    struct buf now = BUF_INIT;
    char hex[17];
    uint8_t id[8];
    enum status st;

    random_fill(id, sizeof id);
    hex_of(hex, id, sizeof id);
    buf_addf(&now, "%s%s%s %lld", was ? was : "", was ? ";" : "", hex, (long long) after);
    st = store_set_setting(s, LINEAGES, buf_text(&now), err);
    *text = buf_steal(&now);
    return st;
}

enum status lineages_read(struct store *s, struct lineages *out, struct err *err)
{
    char *text;
    enum status st = store_setting_read(s, LINEAGES, &text, err);

    if (st == ST_OK && !text)
        st = add(s, NULL, 0, &text, err);
    for (const char *p = text; st == ST_OK && p && *p; p += strcspn(p, ";"), p += *p == ';') {
        char id[17];
        long long after;

        if (sscanf(p, "%16[0-9a-f] %lld", id, &after) != 2)
            continue;
        size_t at = out->count;

        (void) ARRAY_ADD(out->items, out->count, out->cap);
        str_copy(out->items[at].id, sizeof out->items[at].id, id);
        out->items[at].after = after;
    }
    free(text);
    return st;
}

const char *lineage_of(const struct lineages *l, int64_t seq)
{
    const char *id = "";

    for (size_t i = 0; i < l->count; i++)
        if (seq > l->items[i].after)
            id = l->items[i].id;
    return id;
}

void lineages_release(struct lineages *l)
{
    free(l->items);
    *l = (struct lineages) { NULL, 0, 0 };
}

enum status store_lineage_begin(struct store *s, struct err *err)
{
    char *there, *now = NULL;
    enum status st = store_setting_read(s, LINEAGES, &there, err);

    if (st == ST_OK && there)                   /* nothing was ever carried: the first may be any */
        st = add(s, there, store_version(s), &now, err);
    free(there);
    free(now);
    return st;
}
