/* tables as networks: lists, two-way tables, and several of them in a row that share a margin. */
#include "dolen/core/suppress.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/buf.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* Each key of a classification is a pipe from its in-joint to its out-joint: its margin. Cross cells lead from the
 * out-joint of one classification to the in-joint of the next; without a cross table all of them meet in one joint. */
struct shape {
    int    *in, *out;                   /* joints, one a key */
    size_t *margin, *cross;             /* cells */
    long   *totals;
};

struct suppress_table {
    struct suppress           *s;
    const struct suppress_dim *dims;    /* borrowed while it is built */
    size_t                     count;
    struct shape              *shape;
    size_t                    *width;   /* keys of each */
    size_t                    *group, *group_cross, groups, whole;
    int                       *group_joint;         /* [key of the dim before][group] */
};

static size_t cells_across(const struct suppress_table *t, size_t d)
{
    return t->dims[d].count * t->dims[d + 1].count;
}

/* Sums of a row of the cross table behind, or of a column of the one before. */
static void find_totals(struct suppress_table *t, size_t d)
{
    const struct suppress_dim *dim = &t->dims[d], *before = d ? dim - 1 : NULL;
    long *totals = t->shape[d].totals;

    for (size_t i = 0; i < dim->count; i++) {
        if (dim->totals) {
            totals[i] = dim->totals[i];
        } else if (d + 1 < t->count && dim->cross) {
            for (size_t j = 0; j < dim[1].count; j++)
                totals[i] += dim->cross[i * dim[1].count + j];
        } else {
            assert(before && before->cross && "no counts for a classification");
            for (size_t k = 0; k < before->count; k++)
                totals[i] += before->cross[k * dim->count + i];
        }
    }
}

static size_t add(struct suppress_table *t, const char *key, long count, enum suppress_kind kind, int from, int to)
{
    return suppress_count(t->s, key, count, kind, from, to);
}

static size_t add_keyed(struct suppress_table *t, size_t d, const char *key, long count, enum suppress_kind kind,
                        int from, int to, const char *other_key)
{
    struct buf b = BUF_INIT;
    size_t     cell;

    buf_addf(&b, "%s=%s", t->dims[d].name, key);
    if (other_key)
        buf_addf(&b, " %s=%s", t->dims[d - 1].name, other_key);
    cell = add(t, buf_text(&b), count, kind, from, to);
    buf_release(&b);
    return cell;
}

static bool crossed(const struct suppress_table *t, size_t d)
{
    return d + 1 < t->count && t->dims[d].cross;
}

/* One joint for each key on a side with a cross table, one for all on a side without. */
static void make_joints(struct suppress_table *t, int start, int end)
{
    int meet = start;

    for (size_t d = 0; d < t->count; d++) {
        bool own_in = d > 0 && crossed(t, d - 1), own_out = crossed(t, d);
        int  next = own_out ? -1 : d + 1 == t->count ? end : suppress_joint(t->s);

        for (size_t i = 0; i < t->dims[d].count; i++) {
            t->shape[d].in[i] = own_in ? suppress_joint(t->s) : meet;
            t->shape[d].out[i] = own_out ? suppress_joint(t->s) : next;
        }
        meet = next;
    }
}

static void add_margins(struct suppress_table *t, size_t d, int end)
{
    const struct suppress_dim *dim = &t->dims[d];
    int *joint = xcalloc(t->groups + 1, sizeof *joint);
    bool last = d + 1 == t->count, summed = crossed(t, d) || (d && crossed(t, d - 1));

    for (size_t g = 0; last && g < t->groups; g++) {
        long sum = 0;

        joint[g] = suppress_joint(t->s);
        for (size_t i = 0; i < dim->count; i++)
            sum += dim->group[i] == g ? t->shape[d].totals[i] : 0;
        t->group[g] = add_keyed(t, d, dim->group_keys[g], sum, SUPPRESS_SUBTOTAL, joint[g], end, NULL);
    }
    for (size_t i = 0; i < dim->count; i++)
        t->shape[d].margin[i] = add_keyed(t, d, dim->keys[i], t->shape[d].totals[i],
                                          summed ? SUPPRESS_SUBTOTAL : SUPPRESS_CELL, t->shape[d].in[i],
                                          last && t->groups ? joint[dim->group[i]] : t->shape[d].out[i], NULL);
    free(joint);
}

/* The subtotals of a cross table: from the key before into the group, and from there to the group's members. */
static void add_group_cross(struct suppress_table *t, size_t d, size_t i)
{
    const struct suppress_dim *dim = &t->dims[d], *next = dim + 1;

    for (size_t g = 0; g < t->groups; g++) {
        long sum = 0;
        int  joint = suppress_joint(t->s);

        for (size_t j = 0; j < next->count; j++)
            sum += next->group[j] == g ? dim->cross[i * next->count + j] : 0;
        t->group_joint[i * t->groups + g] = joint;
        t->group_cross[i * t->groups + g] = add_keyed(t, d + 1, next->group_keys[g], sum, SUPPRESS_SUBTOTAL,
                                                      t->shape[d].out[i], joint, dim->keys[i]);
    }
}

static void add_cross(struct suppress_table *t, size_t d)
{
    const struct suppress_dim *dim = &t->dims[d], *next = dim + 1;
    bool grouped = d + 2 == t->count && t->groups > 0;

    for (size_t i = 0; i < dim->count; i++) {
        if (grouped)
            add_group_cross(t, d, i);
        for (size_t j = 0; j < next->count; j++) {
            size_t at = i * next->count + j;
            int    from = grouped ? t->group_joint[i * t->groups + next->group[j]] : t->shape[d].out[i];

            t->shape[d].cross[at] = add_keyed(t, d + 1, next->keys[j], dim->cross[at], SUPPRESS_CELL, from,
                                              t->shape[d + 1].in[j], dim->keys[i]);
        }
    }
}

static void make_room(struct suppress_table *t)
{
    const struct suppress_dim *last = &t->dims[t->count - 1];
    size_t before = t->count > 1 ? last[-1].count : 0;

    t->shape = xcalloc(t->count, sizeof *t->shape);
    t->width = xcalloc(t->count, sizeof *t->width);
    t->groups = last->groups;
    t->group = xcalloc(t->groups + 1, sizeof *t->group);
    t->group_cross = xcalloc(before * t->groups + 1, sizeof *t->group_cross);
    t->group_joint = xcalloc(before * t->groups + 1, sizeof *t->group_joint);
    for (size_t d = 0; d < t->count; d++) {
        size_t n = t->dims[d].count + 1;

        t->width[d] = t->dims[d].count;
        t->shape[d] = (struct shape){ xcalloc(n, sizeof(int)), xcalloc(n, sizeof(int)), xcalloc(n, sizeof(size_t)),
                                      crossed(t, d) ? xcalloc(cells_across(t, d) + 1, sizeof(size_t)) : NULL,
                                      xcalloc(n, sizeof(long)) };
    }
}

struct suppress_table *suppress_table(struct suppress *s, const struct suppress_dim *dims, size_t n)
{
    struct suppress_table *t = xcalloc(1, sizeof *t);
    int  start = suppress_joint(s), end = suppress_joint(s);
    long whole = 0;

    t->s = s;
    t->dims = dims;
    t->count = n;
    make_room(t);
    make_joints(t, start, end);
    for (size_t d = 0; d < n; d++)
        find_totals(t, d);
    for (size_t i = 0; i < dims[0].count; i++)
        whole += t->shape[0].totals[i];
    t->whole = add(t, "", whole, SUPPRESS_TOTAL, end, start);
    for (size_t d = 0; d < n; d++)
        add_margins(t, d, end);
    for (size_t d = 0; d < n; d++)
        if (crossed(t, d))
            add_cross(t, d);
    t->dims = NULL;
    return t;
}

void suppress_table_free(struct suppress_table **tp)
{
    struct suppress_table *t = tp ? *tp : NULL;

    if (!t)
        return;
    for (size_t d = 0; d < t->count; d++) {
        free(t->shape[d].in);
        free(t->shape[d].out);
        free(t->shape[d].margin);
        free(t->shape[d].cross);
        free(t->shape[d].totals);
    }
    free(t->shape);
    free(t->width);
    free(t->group);
    free(t->group_cross);
    free(t->group_joint);
    free(t);
    *tp = NULL;
}

size_t suppress_whole(const struct suppress_table *t)
{
    return t->whole;
}

size_t suppress_margin(const struct suppress_table *t, size_t dim, size_t i)
{
    return t->shape[dim].margin[i];
}

size_t suppress_cross(const struct suppress_table *t, size_t dim, size_t i, size_t j)
{
    return t->shape[dim].cross[i * t->width[dim + 1] + j];
}

size_t suppress_group(const struct suppress_table *t, size_t g)
{
    return t->group[g];
}

size_t suppress_group_cross(const struct suppress_table *t, size_t i, size_t g)
{
    return t->group_cross[i * t->groups + g];
}
