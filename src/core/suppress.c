/* which counts are kept back: the small ones, one more wherever an equation would give one away, and then as many as it
 * takes until no small count can be told by anybody. */
#include "dolen/core/suppress.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "suppress_priv.h"
#include "dolen/base/banned.h"

enum { CANDIDATES = 3 };                /* how many of the numbers 1 to 4 a small count must be able to be */

const struct suppress_rule suppress_default = { 1, 4, 5, false };

struct suppress *suppress_new(const struct suppress_rule *rule)
{
    struct suppress *s = xcalloc(1, sizeof *s);

    assert(rule->base % 2 == 1);
    s->rule = *rule;
    return s;
}

void suppress_free(struct suppress **sp)
{
    struct suppress *s = sp ? *sp : NULL;

    if (!s)
        return;
    for (size_t i = 0; i < s->count; i++)
        free(s->counts[i].key);
    for (size_t i = 0; i <= s->earlier; i++) {
        free(s->releases[i].from);
        free(s->releases[i].until);
        if (i < s->earlier)
            free(s->releases[i].seen);
    }
    free(s->now);
    free(s->counts);
    free(s);
    *sp = NULL;
}

int suppress_joint(struct suppress *s)
{
    return s->joints++;
}

size_t suppress_count(struct suppress *s, const char *key, long count, enum suppress_kind kind, int from, int to)
{
    size_t        n = s->count;
    struct count *c = ARRAY_ADD(s->counts, s->count, s->cap);
    struct seen  *v = ARRAY_ADD(s->now, n, s->now_cap);

    *c = (struct count){ xstrdup(key), from, to, kind };
    *v = (struct seen){ .there = true, .count = count };
    return s->count - 1;
}

/* ---- releases ---- */

void suppress_period(struct suppress *s, const char *from, const char *until)
{
    struct release *r = &s->releases[s->earlier];

    free(r->from);
    free(r->until);
    r->from = xstrdup(from);
    r->until = xstrdup(until);
}

/* The table itself stays the last one; with too many, the oldest goes. */
size_t suppress_earlier(struct suppress *s, const char *from, const char *until)
{
    struct release self = s->releases[s->earlier];

    if (s->earlier == RELEASES_MAX) {
        free(s->releases[0].from);
        free(s->releases[0].until);
        free(s->releases[0].seen);
        memmove(s->releases, s->releases + 1, (RELEASES_MAX - 1) * sizeof *s->releases);
        s->earlier--;
    }
    s->releases[s->earlier] = (struct release){ xstrdup(from), xstrdup(until), xcalloc(s->count, sizeof(struct seen)),
                                                false };
    s->releases[s->earlier + 1] = self;
    return s->earlier++;
}

void suppress_earlier_count(struct suppress *s, size_t release, const char *key, long count, bool hidden)
{
    for (size_t i = 0; i < s->count; i++)
        if (str_eq(s->counts[i].key, key))
            s->releases[release].seen[i] = (struct seen){ .there = true, .hidden = hidden, .count = count };
}

void suppress_earlier_kept_zeros(struct suppress *s, size_t release)
{
    s->releases[release].keeps_zeros = true;
}

/* ---- the simple rules ---- */

static bool is_small(const struct suppress *s, long count)
{
    return count >= s->rule.low && count <= s->rule.high;
}

long hide_cost(const struct suppress *s, size_t cell)
{
    static const long apart[] = { [SUPPRESS_CELL] = 20, [SUPPRESS_SUBTOTAL] = 4000, [SUPPRESS_TOTAL] = 1000000 };

    return apart[s->counts[cell].kind] * (s->now[cell].count ? 1 : 100) + s->now[cell].count;
}

/* The whole stands in other tables too, where it would be shown. */
bool may_be_kept_back(const struct suppress *s, size_t cell)
{
    return s->counts[cell].kind != SUPPRESS_TOTAL || s->whole_may_go;
}

static void hide_small(struct suppress *s)
{
    for (size_t i = 0; i < s->count; i++)
        s->now[i].hidden = is_small(s, s->now[i].count) || (s->rule.zero_discloses && s->now[i].count == 0);
}

/* What was kept back from the same true table is kept back again: two choices would tell more than one. */
static void hide_as_before(struct suppress *s)
{
    for (size_t r = 0; r < s->earlier; r++) {
        const struct seen *old = s->releases[r].seen;
        bool same = true;

        for (size_t i = 0; i < s->count && same; i++)
            same = old[i].there && old[i].count == s->now[i].count;
        for (size_t i = 0; i < s->count && same; i++)
            s->now[i].hidden |= old[i].hidden && may_be_kept_back(s, i);
    }
}

/* At a joint with one hidden count and no other: the cheapest other. */
static bool hide_beside(struct suppress *s, int joint)
{
    size_t hidden = 0, best = s->count;

    for (size_t i = 0; i < s->count; i++) {
        if (s->counts[i].from != joint && s->counts[i].to != joint)
            continue;
        if (s->now[i].hidden)
            hidden++;
        else if (s->now[i].count == 0 || !may_be_kept_back(s, i))
            continue;
        else if (best == s->count || hide_cost(s, i) < hide_cost(s, best))
            best = i;
    }
    if (hidden != 1 || best == s->count)
        return false;
    s->now[best].hidden = true;
    return true;
}

static void hide_pairs(struct suppress *s)
{
    bool again = true;

    while (again) {
        again = false;
        for (int j = 0; j < s->joints; j++)
            again |= hide_beside(s, j);
    }
}

/* ---- the proof, and what it finds wanting ---- */

static void start_from_truth(struct suppress *s)
{
    for (size_t r = 0; r <= s->earlier; r++)
        for (size_t i = 0; i < s->count; i++)
            s->releases[r].seen[i].moved = 0;
}

/* Moves one count loop by loop, through one family of releases after the other, as far as it goes. */
static long move(struct suppress *s, size_t cell, bool up, long want, const uint64_t *family, size_t n)
{
    struct room room = room_new(s);
    long        done = 0, before = -1;

    start_from_truth(s);
    while (done < want && done > before) {
        before = done;
        for (size_t f = 0; f < n && done < want; f++) {
            room_find(s, family[f], false, &room);
            done += flow_reach(s, family[f], &room, cell, up, want - done);
        }
    }
    room_free(&room);
    return done;
}

struct plan {
    bool *hide;
    long  cost;                         /* -1 none yet */
};

/* What would have to be hidden for one step more. */
static void consider(const struct suppress *s, uint64_t family, size_t cell, bool up, struct plan *best)
{
    struct room now = room_new(s), hidden = room_new(s);
    bool       *hide = xcalloc(s->count, sizeof *hide);
    long        cost;

    room_find(s, family, false, &now);
    room_find(s, family, true, &hidden);
    cost = flow_repair(s, &now, &hidden, cell, up, 1, hide);
    if (cost > 0 && (best->cost < 0 || cost < best->cost)) {
        memcpy(best->hide, hide, s->count * sizeof *hide);
        best->cost = cost;
    }
    free(hide);
    room_free(&now);
    room_free(&hidden);
}

/* One count of one release: how many of the small numbers it could be, and what would let it be one more. */
static long candidates(struct suppress *s, size_t release, size_t cell, struct plan *more)
{
    long     x = s->releases[release].seen[cell].count, all = 1;
    uint64_t family[2 * RELEASES_MAX + 4];
    size_t   n = families_of(s, release, family, ARRAY_LEN(family));

    for (int up = 0; up < 2; up++) {
        long most = up ? s->rule.high - x : x - s->rule.low, done = move(s, cell, up, most, family, n);

        all += done;
        for (size_t f = 0; f < n && all < CANDIDATES && done < most; f++)
            if (family[f] & RELEASE_BIT(s->earlier))
                consider(s, family[f], cell, up, more);
    }
    return all;
}

/* True when something more was hidden. Counts whose case is hopeless add to *lost. */
static bool look_at(struct suppress *s, size_t release, size_t cell, size_t *lost)
{
    const struct seen *v = &s->releases[release].seen[cell];
    struct plan        more = { NULL, -1 };
    bool               enough;

    if (!v->there || !v->hidden || !is_small(s, v->count))
        return false;
    more.hide = xcalloc(s->count, sizeof(bool));
    enough = candidates(s, release, cell, &more) >= CANDIDATES;
    for (size_t i = 0; i < s->count && !enough && more.cost > 0; i++)
        s->now[i].hidden |= more.hide[i];
    *lost += !enough && more.cost <= 0;
    free(more.hide);
    return !enough && more.cost > 0;
}

static size_t prove(struct suppress *s)
{
    size_t lost;
    bool   again = true;

    while (again) {
        again = false;
        lost = 0;
        for (size_t r = 0; r <= s->earlier; r++)
            for (size_t i = 0; i < s->count; i++)
                again |= look_at(s, r, i, &lost);
        hide_pairs(s);
    }
    return lost;
}

static void hide_all(struct suppress *s)
{
    for (size_t i = 0; i < s->count; i++)
        s->now[i].hidden = true;
}

/* Zeros are kept back too, at least one where there is one: beside the first joint that has anything hidden. */
static size_t prove_with_zeros(struct suppress *s)
{
    size_t lost;
    bool   done = false;

    s->releases[s->earlier].keeps_zeros = true;
    lost = prove(s);
    for (size_t i = 0; i < s->count && !done; i++)
        done = s->now[i].count == 0 && s->now[i].hidden;
    for (size_t i = 0; i < s->count && !done; i++)
        for (size_t k = 0; k < s->count && !done && s->now[i].count == 0; k++)
            if (s->now[k].hidden && (s->counts[k].from == s->counts[i].from || s->counts[k].to == s->counts[i].to))
                done = s->now[i].hidden = true;
    return lost;
}

static bool balanced(const struct suppress *s)
{
    long *in = xcalloc((size_t)s->joints + 1, sizeof *in);
    bool  ok = true;

    for (size_t i = 0; i < s->count; i++) {
        in[s->counts[i].to] += s->now[i].count;
        in[s->counts[i].from] -= s->now[i].count;
    }
    for (int j = 0; j < s->joints; j++)
        ok = ok && in[j] == 0;
    free(in);
    return ok;
}

/* From the beginning: what was kept back for a proof that failed is shown again. */
static size_t decide(struct suppress *s)
{
    size_t lost;

    for (size_t i = 0; i < s->count; i++)
        s->now[i].hidden = false;
    s->releases[s->earlier].keeps_zeros = s->rule.zero_discloses;
    hide_small(s);
    hide_as_before(s);
    hide_pairs(s);
    lost = prove(s);
    return lost > 0 ? prove_with_zeros(s) : 0;
}

/* Beside earlier releases, to know the whole exactly can be too much: from 47 to 48 there is one more, and where a
 * zero was it can be nothing but a 1. Then the whole counts as what is printed of it, and may be kept back. */
size_t suppress_run(struct suppress *s)
{
    size_t lost;

    assert(balanced(s) && "a table whose totals are not its sums");
    s->releases[s->earlier].seen = s->now;
    lost = decide(s);
    if (lost > 0) {
        s->whole_may_go = true;
        lost = decide(s);
    }
    if (lost > 0)
        hide_all(s);
    return lost;
}

/* ---- what came out ---- */

bool suppress_keeps_zeros(const struct suppress *s)
{
    return s->releases[s->earlier].keeps_zeros;
}

size_t suppress_cells(const struct suppress *s)
{
    return s->count;
}

const char *suppress_key(const struct suppress *s, size_t cell)
{
    return s->counts[cell].key;
}

long suppress_true(const struct suppress *s, size_t cell)
{
    return s->now[cell].count;
}

long suppress_round(const struct suppress_rule *r, long count)
{
    return (count + r->base / 2) / r->base * r->base;
}

struct suppress_shown suppress_shown(const struct suppress *s, size_t cell)
{
    const struct seen *v = &s->now[cell];

    return (struct suppress_shown){ v->hidden, v->hidden ? 0 : suppress_round(&s->rule, v->count) };
}
