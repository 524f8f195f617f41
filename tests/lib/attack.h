/* attack.h - trying to tell hidden counts from what is published: random tables, what a reader knows of them, and how far
 * that narrows each hidden count. Knows the tables' sums by itself, and nothing of how the engine works. */
#ifndef TESTS_ATTACK_H
#define TESTS_ATTACK_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/core/suppress.h"

enum { DIMS_MAX = 3, KEYS_MAX = 8, GROUPS_MAX = 3, SUM_TERMS = 16 };
#define FAR (LONG_MAX / 64)

static uint64_t attack_seed = 1;

static long dice(long n)
{
    attack_seed ^= attack_seed << 13;
    attack_seed ^= attack_seed >> 7;
    attack_seed ^= attack_seed << 17;
    return (long)(attack_seed % (uint64_t)n);
}

/* ---- random tables ---- */

struct random_table {
    size_t dims, size[DIMS_MAX], groups, group[KEYS_MAX];
    long   cross[DIMS_MAX][KEYS_MAX * KEYS_MAX], totals[KEYS_MAX];
};

static const char *const key_names[KEYS_MAX] = { "a", "b", "c", "d", "e", "f", "g", "h" };
static const char *const group_names[GROUPS_MAX] = { "G", "H", "I" };

/* As counts of people are: many zeros, many small ones, some large. */
static long random_count(void)
{
    switch (dice(4)) {
    case 0: return 0;
    case 1: return dice(5);
    case 2: return dice(12);
    default: return dice(60);
    }
}

/* Columns of the second cross table sum to those of the first, so the margin between them is the same. */
static void spread(struct random_table *t, size_t d)
{
    for (size_t j = 0; j < t->size[d]; j++) {
        long left = 0;

        for (size_t i = 0; i < t->size[d - 1]; i++)
            left += t->cross[d - 1][i * t->size[d] + j];
        for (size_t k = 0; k < t->size[d + 1]; k++) {
            long part = k + 1 == t->size[d + 1] ? left : left > 0 ? dice(left + 1) : 0;

            t->cross[d][j * t->size[d + 1] + k] = part;
            left -= part;
        }
    }
}

static void random_table(struct random_table *t)
{
    memset(t, 0, sizeof *t);
    t->dims = 1 + (size_t)dice(DIMS_MAX);
    for (size_t d = 0; d < t->dims; d++)
        t->size[d] = 2 + (size_t)dice(KEYS_MAX - 2);
    if (dice(2)) {
        t->groups = 1 + (size_t)dice(GROUPS_MAX);
        for (size_t i = 0; i < t->size[t->dims - 1]; i++)
            t->group[i] = (size_t)dice((long)t->groups);
    }
    for (size_t i = 0; i < t->size[0]; i++)
        t->totals[i] = random_count();
    for (size_t i = 0; t->dims > 1 && i < t->size[0] * t->size[1]; i++)
        t->cross[0][i] = random_count();
    if (t->dims > 2)
        spread(t, 1);
}

/* Some counts are larger than they were. */
static void grow(struct random_table *t)
{
    for (size_t i = 0; i < t->size[0]; i++)
        t->totals[i] += dice(3) ? 0 : dice(5);
    if (t->dims > 1)
        for (size_t i = 0; i < t->size[0] * t->size[1]; i++) {
            long more = dice(3) ? 0 : dice(5);

            t->cross[0][i] += more;
            if (t->dims > 2)
                t->cross[1][(i % t->size[1]) * t->size[2] + (size_t)dice((long)t->size[2])] += more;
        }
}

static struct suppress_table *put_table(struct suppress *s, const struct random_table *t)
{
    struct suppress_dim dims[DIMS_MAX] = { { .name = NULL } };
    static const char *const names[DIMS_MAX] = { "x", "y", "z" };

    for (size_t d = 0; d < t->dims; d++)
        dims[d] = (struct suppress_dim){ .name = names[d], .count = t->size[d], .keys = key_names,
                                         .cross = d + 1 < t->dims ? t->cross[d] : NULL,
                                         .totals = t->dims == 1 ? t->totals : NULL };
    dims[t->dims - 1].groups = t->groups;
    dims[t->dims - 1].group = t->group;
    dims[t->dims - 1].group_keys = group_names;
    return suppress_table(s, dims, t->dims);
}

/* ---- what a reader knows ---- */

static bool is_small(long count)
{
    return count >= 1 && count <= 4;
}

struct sum {
    size_t whole, part[SUM_TERMS], parts;
};

struct release_seen {
    size_t cells;
    long  *count, *low, *high;
    bool  *hidden;
};

struct attack {
    struct sum         *sums;           /* of the table, alike in every release */
    size_t              sum_count, sum_cap;
    struct release_seen release[4];
    size_t              releases;       /* counts do not get fewer from one to the next */
    bool                unchanged;      /* … and are known to be the same */
    bool                whole_printed;  /* of the whole no more is known than what is printed of it elsewhere, rounded */
};

static struct sum *sum_new(struct attack *a, size_t whole)
{
    if (a->sum_count == a->sum_cap)
        a->sums = realloc(a->sums, (a->sum_cap = a->sum_cap ? a->sum_cap * 2 : 64) * sizeof *a->sums);
    a->sums[a->sum_count] = (struct sum){ .whole = whole };
    return &a->sums[a->sum_count++];
}

static void sum_part(struct sum *s, size_t part)
{
    if (s->parts < SUM_TERMS)
        s->part[s->parts++] = part;
    else
        abort();
}

static void learn_margin(struct attack *a, const struct random_table *t, const struct suppress_table *p, size_t d)
{
    struct sum *all = sum_new(a, suppress_whole(p));

    for (size_t i = 0; i < t->size[d]; i++)
        sum_part(all, suppress_margin(p, d, i));
    if (d + 1 < t->dims || !t->groups)
        return;
    all = sum_new(a, suppress_whole(p));
    for (size_t g = 0; g < t->groups; g++)
        sum_part(all, suppress_group(p, g));
    for (size_t g = 0; g < t->groups; g++) {
        all = sum_new(a, suppress_group(p, g));
        for (size_t i = 0; i < t->size[d]; i++)
            if (t->group[i] == g)
                sum_part(all, suppress_margin(p, d, i));
    }
}

static void learn_groups(struct attack *a, const struct random_table *t, const struct suppress_table *p, size_t d)
{
    for (size_t i = 0; i < t->size[d]; i++) {
        struct sum *row = sum_new(a, suppress_margin(p, d, i));

        for (size_t g = 0; g < t->groups; g++)
            sum_part(row, suppress_group_cross(p, i, g));
        for (size_t g = 0; g < t->groups; g++) {
            row = sum_new(a, suppress_group_cross(p, i, g));
            for (size_t j = 0; j < t->size[d + 1]; j++)
                if (t->group[j] == g)
                    sum_part(row, suppress_cross(p, d, i, j));
        }
    }
    for (size_t g = 0; g < t->groups; g++) {
        struct sum *column = sum_new(a, suppress_group(p, g));

        for (size_t i = 0; i < t->size[d]; i++)
            sum_part(column, suppress_group_cross(p, i, g));
    }
}

static void learn_cross(struct attack *a, const struct random_table *t, const struct suppress_table *p, size_t d)
{
    for (size_t i = 0; i < t->size[d]; i++) {
        struct sum *row = sum_new(a, suppress_margin(p, d, i));

        for (size_t j = 0; j < t->size[d + 1]; j++)
            sum_part(row, suppress_cross(p, d, i, j));
    }
    for (size_t j = 0; j < t->size[d + 1]; j++) {
        struct sum *column = sum_new(a, suppress_margin(p, d + 1, j));

        for (size_t i = 0; i < t->size[d]; i++)
            sum_part(column, suppress_cross(p, d, i, j));
    }
    if (d + 2 == t->dims && t->groups)
        learn_groups(a, t, p, d);
}

static void learn_sums(struct attack *a, const struct random_table *t, const struct suppress_table *p)
{
    if (a->sum_count)
        return;
    for (size_t d = 0; d < t->dims; d++)
        learn_margin(a, t, p, d);
    for (size_t d = 0; d + 1 < t->dims; d++)
        learn_cross(a, t, p, d);
}

/* What the published figure says: "c" is at least 1, because a 0 would be shown (unless zeros had to be kept back too);
 * 0 is 0; 5 is 5, 6 or 7; others +-2. The whole stands in other tables too, by other classes: it is known exactly or as
 * it is printed there, or known to be small. */
static void learn_release(struct attack *a, const struct suppress *s, bool primary_alone)
{
    struct release_seen *r = &a->release[a->releases++];
    size_t n = suppress_cells(s);

    *r = (struct release_seen){ n, calloc(n, sizeof(long)), calloc(n, sizeof(long)), calloc(n, sizeof(long)), calloc(n, 1) };
    for (size_t i = 0; i < n; i++) {
        long x = suppress_true(s, i), shown = suppress_round(&suppress_default, x);

        r->count[i] = x;
        r->hidden[i] = primary_alone ? x >= 1 && x <= 4 : suppress_shown(s, i).hidden;
        r->low[i] = r->hidden[i] ? (suppress_keeps_zeros(s) && !primary_alone ? 0 : 1) : shown == 0 ? 0 : shown == 5 ? 5 : shown - 2;
        r->high[i] = r->hidden[i] ? FAR : shown == 0 ? 0 : shown + 2;
        if (!*suppress_key(s, i)) {
            long half = a->whole_printed && x ? 2 : 0, least = half ? 5 : 0;

            r->low[i] = is_small(x) ? 1 : half ? (shown - half > least ? shown - half : least) : x;
            r->high[i] = is_small(x) ? 4 : half ? shown + half : x;
        }
    }
}

static void attack_release(struct attack *a)
{
    for (size_t r = 0; r < a->releases; r++) {
        free(a->release[r].count);
        free(a->release[r].low);
        free(a->release[r].high);
        free(a->release[r].hidden);
    }
    free(a->sums);
}

/* ---- interval propagation ---- */

static bool narrow(long *low, long *high, long new_low, long new_high)
{
    bool better = new_low > *low || new_high < *high;

    *low = new_low > *low ? new_low : *low;
    *high = new_high < *high ? new_high : *high;
    return better;
}

static bool narrow_sum(struct release_seen *r, const struct sum *s)
{
    long low = 0, high = 0;
    bool better;

    for (size_t i = 0; i < s->parts; i++) {
        low += r->low[s->part[i]];
        high += r->high[s->part[i]];
    }
    better = narrow(&r->low[s->whole], &r->high[s->whole], low, high > FAR ? FAR : high);
    for (size_t i = 0; i < s->parts; i++) {
        size_t p = s->part[i];
        long   others_low = low - r->low[p], others_high = high - r->high[p];

        better |= narrow(&r->low[p], &r->high[p], others_high >= FAR ? 0 : r->low[s->whole] - others_high,
                         r->high[s->whole] - others_low);
        low = others_low + r->low[p];
        high = others_high + r->high[p];
    }
    return better;
}

static bool narrow_between(struct attack *a, size_t r)
{
    struct release_seen *old = &a->release[r - 1], *now = &a->release[r];
    bool better = false;

    for (size_t i = 0; i < old->cells; i++) {
        better |= narrow(&now->low[i], &now->high[i], old->low[i], a->unchanged ? old->high[i] : FAR);
        better |= narrow(&old->low[i], &old->high[i], a->unchanged ? now->low[i] : 0, now->high[i]);
    }
    return better;
}

static inline void propagate(struct attack *a)
{
    bool again = true;

    while (again) {
        again = false;
        for (size_t r = 0; r < a->releases; r++) {
            for (size_t i = 0; i < a->sum_count; i++)
                again |= narrow_sum(&a->release[r], &a->sums[i]);
            if (r)
                again |= narrow_between(a, r);
        }
    }
}

/* Fewer than three of 1, 2, 3, 4 are left. */
static bool told(long low, long high)
{
    return (high < 4 ? high : 4) - (low > 1 ? low : 1) + 1 < 3;
}

#endif
