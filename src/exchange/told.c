#include "dolen/exchange/told.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/core/suppress.h"
#include "dolen/exchange/shape.h"
#include "dolen/base/banned.h"

static struct told_number *find(struct told_numbers *t, const char *quarter)
{
    for (size_t i = 0; i < t->count; i++)
        if (str_eq(t->items[i].quarter, quarter))
            return &t->items[i];
    return NULL;
}

static struct told_number *enter(struct told_numbers *t, const char *quarter)
{
    struct told_number *n;

    if (t->count == TOLD_MAX)
        return NULL;
    n = &t->items[t->count++];
    str_copy(n->quarter, sizeof n->quarter, quarter);
    return n;
}

/* Numbers of quarters have no total beside them, so hiding one asks for no other. */
static void decide(struct told_number *n, const struct policy *p, long count)
{
    struct suppress_rule rule = suppress_default;

    if (p->suppress_below > rule.high)
        rule.high = p->suppress_below - 1;
    if (p->round_to > rule.base)
        rule.base = p->round_to;
    n->n = suppress_round(&rule, count);
    n->hidden = (count >= rule.low && count <= rule.high) || (count > 0 && n->n == 0);
    if (n->hidden)
        n->n = 0;
}

const struct told_number *told_for(struct told_numbers *t, const struct policy *p, const char *quarter, long count)
{
    struct told_number *n = find(t, quarter);

    if (!n && (n = enter(t, quarter)))
        decide(n, p, count);
    return n;
}

/* --- remembered ------------------------------------------------------------------------------------------------- */

char *told_key(const char *policy)
{
    return xasprintf("told.safeguarding.%s", policy);
}

char *told_text(const struct told_numbers *t)
{
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < t->count; i++) {
        if (t->items[i].hidden)
            buf_addf(&b, "%s=c;", t->items[i].quarter);
        else
            buf_addf(&b, "%s=%lld;", t->items[i].quarter, (long long) t->items[i].n);
    }
    return t->count ? buf_steal(&b) : NULL;
}

static void read_one(struct told_numbers *t, const char *s, size_t n)
{
    char quarter[8], *end = NULL;
    const char *value = s + sizeof quarter;
    struct told_number *out;
    int64_t count = 0;
    bool hidden;

    if (n <= sizeof quarter || s[sizeof quarter - 1] != '=')
        return;
    memcpy(quarter, s, sizeof quarter - 1);
    quarter[sizeof quarter - 1] = '\0';
    hidden = *value == 'c';
    if (!hidden)
        count = strtoll(value, &end, 10);
    if (!quarter_shape_ok(quarter) || (hidden ? value + 1 : end) != s + n || count < 0 || find(t, quarter))
        return;
    out = enter(t, quarter);
    if (out) {
        out->hidden = hidden;
        out->n = count;
    }
}

void told_read(struct told_numbers *t, const char *text)
{
    t->count = 0;
    while (*text) {
        size_t n = strcspn(text, ";");

        read_one(t, text, n);
        text += n + (text[n] == ';');
    }
}
