/* how far a count may be from the truth: what hiding and rounding leave open, in one release or in several moved at
 * once. */
#include "suppress_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

struct room room_new(const struct suppress *s)
{
    return (struct room){ xcalloc(s->count, sizeof(long)), xcalloc(s->count, sizeof(long)) };
}

void room_free(struct room *r)
{
    free(r->up);
    free(r->down);
}

static const struct seen *seen_in(const struct suppress *s, size_t release, size_t cell)
{
    return &s->releases[release].seen[cell];
}

/* Whether all that a lies in is in b: counts of b are no smaller then. Of one and the same period, the later is. */
static bool within(const struct suppress *s, size_t a, size_t b)
{
    const struct release *ra = &s->releases[a], *rb = &s->releases[b];

    if (str_eq(ra->from, rb->from) && str_eq(ra->until, rb->until))
        return a < b;
    return ra->from && rb->from && strcmp(ra->from, rb->from) >= 0 && strcmp(ra->until, rb->until) <= 0;
}

/* All that is known of one count from what stands in one release: from low to high. The whole stands in other tables
 * too, by other classes: shown it is taken to be known exactly, kept back it is known to be small. */
static void known(const struct suppress *s, size_t release, size_t cell, bool hidden, long *low, long *high)
{
    const struct seen *v = seen_in(s, release, cell);
    bool whole = s->counts[cell].kind == SUPPRESS_TOTAL && !s->whole_may_go;
    long half = (s->rule.base - 1) / 2, shown = suppress_round(&s->rule, v->count);

    if (hidden) {
        *low = s->rule.zero_discloses || s->releases[release].keeps_zeros ? 0 : 1;
        *high = whole && v->count <= s->rule.high ? s->rule.high : ROOM_MAX;
    } else if (whole || shown == 0) {
        *low = *high = v->count;
    } else {
        *low = shown - half > s->rule.high ? shown - half : s->rule.high + 1;
        *high = shown + half;
    }
}

static long least(long a, long b)
{
    return a < b ? a : b;
}

/* One that moves beside one that stays: what ties them together must hold afterwards too. */
static void tie(const struct suppress *s, size_t moves, size_t stays, size_t cell, long *up, long *down)
{
    const struct seen *m = seen_in(s, moves, cell), *f = seen_in(s, stays, cell);
    long more = m->count + m->moved - f->count - f->moved;

    if (!f->there)
        return;
    if (within(s, stays, moves))
        *down = least(*down, more > 0 ? more : 0);
    else if (within(s, moves, stays))
        *up = least(*up, more < 0 ? -more : 0);
}

static void room_of(const struct suppress *s, uint64_t moving, bool as_if_hidden, size_t cell, long *up, long *down)
{
    long low, high;

    *up = *down = ROOM_MAX;
    for (size_t m = 0; m <= s->earlier; m++) {
        const struct seen *v = seen_in(s, m, cell);
        bool may_hide = as_if_hidden && m == s->earlier && may_be_kept_back(s, cell) &&
                        (v->count != 0 || s->releases[m].keeps_zeros);

        if (!(moving & RELEASE_BIT(m)))
            continue;
        if (!v->there) {
            *up = *down = 0;
            return;
        }
        known(s, m, cell, v->hidden || may_hide, &low, &high);
        *up = least(*up, high - v->count - v->moved);
        *down = least(*down, v->count + v->moved - low);
        for (size_t f = 0; f <= s->earlier; f++)
            if (!(moving & RELEASE_BIT(f)))
                tie(s, m, f, cell, up, down);
    }
}

void room_find(const struct suppress *s, uint64_t moving, bool as_if_hidden, struct room *out)
{
    for (size_t i = 0; i < s->count; i++)
        room_of(s, moving, as_if_hidden, i, &out->up[i], &out->down[i]);
}

/* Two releases of the same true table: whoever sees that nothing changed knows that they are equal. */
static bool same_truth(const struct suppress *s, size_t a, size_t b)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct seen *x = seen_in(s, a, i), *y = seen_in(s, b, i);

        if (x->there != y->there || (x->there && x->count != y->count))
            return false;
    }
    return true;
}

/* With the releases that show the same truth as one of those in it. */
static uint64_t closed(const struct suppress *s, uint64_t set)
{
    uint64_t all = set;

    for (size_t a = 0; a <= s->earlier; a++)
        for (size_t b = 0; b <= s->earlier; b++)
            if ((set & RELEASE_BIT(a)) && !(all & RELEASE_BIT(b)) && same_truth(s, a, b))
                all |= RELEASE_BIT(b);
    return all;
}

static size_t add_family(const struct suppress *s, uint64_t set, uint64_t *out, size_t n, size_t max)
{
    set = closed(s, set);
    for (size_t i = 0; i < n; i++)
        if (out[i] == set)
            return n;
    if (n < max)
        out[n++] = set;
    return n;
}

/* Alone; all; and for each release those that it lies in, and those that lie in it. */
size_t families_of(const struct suppress *s, size_t release, uint64_t *out, size_t max)
{
    uint64_t all = RELEASE_BIT(s->earlier) | (RELEASE_BIT(s->earlier) - 1);
    size_t n = add_family(s, RELEASE_BIT(release), out, 0, max);

    n = add_family(s, all, out, n, max);
    for (size_t q = 0; q <= s->earlier; q++) {
        uint64_t outer = RELEASE_BIT(q), inner = RELEASE_BIT(q);

        for (size_t i = 0; i <= s->earlier; i++) {
            outer |= within(s, q, i) ? RELEASE_BIT(i) : 0;
            inner |= within(s, i, q) ? RELEASE_BIT(i) : 0;
        }
        if (outer & RELEASE_BIT(release))
            n = add_family(s, outer, out, n, max);
        if (inner & RELEASE_BIT(release))
            n = add_family(s, inner, out, n, max);
    }
    return n;
}
