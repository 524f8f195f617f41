/* suppress_priv.h - the inside of the suppression engine, for suppress*.c. */
#ifndef DOLEN_CORE_SUPPRESS_PRIV_H
#define DOLEN_CORE_SUPPRESS_PRIV_H

#include <limits.h>
#include <stdint.h>

#include "dolen/core/suppress.h"

#define RELEASES_MAX 16                 /* the newest ones are looked at */
#define ROOM_MAX     (LONG_MAX / 4)     /* no bound */

/* One count in one release. moved: how far from the truth the table under trial has it. */
struct seen {
    bool there, hidden;
    long count, moved;
};

struct count {
    char              *key;
    int                from, to;
    enum suppress_kind kind;
};

struct release {
    char        *from, *until;
    struct seen *seen;                  /* one a count */
    bool         keeps_zeros;           /* c can be a 0 */
};

/* How far a count may still be moved, one a count. */
struct room {
    long *up, *down;
};

struct suppress {
    struct suppress_rule rule;
    struct count        *counts;
    size_t               count, cap;
    int                  joints;
    struct release       releases[RELEASES_MAX + 1];    /* [earlier] is the table itself, the others are older */
    size_t               earlier;
    bool                 whole_may_go;                  /* the whole is as any other count: see suppress_run */
    struct seen         *now;           /* of the table itself */
    size_t               now_cap;
};

#define RELEASE_BIT(i) (UINT64_C(1) << (i))    /* a set of releases is a uint64_t */

/* suppress_room.c */
/* The families of releases through which a loop may go to move a count of one of them. Returns how many. */
size_t families_of(const struct suppress *s, size_t release, uint64_t *out, size_t max);
/* as_if_hidden: counts of the table itself as if all were kept back. */
void   room_find(const struct suppress *s, uint64_t moving, bool as_if_hidden, struct room *out);
struct room room_new(const struct suppress *s);
void   room_free(struct room *r);

/* suppress_flow.c */
/* How many units, at most want, the count can be moved up or down. What moves with it is added in the releases of the
 * set, so that the next loop starts from there. */
long   flow_reach(struct suppress *s, uint64_t moving, const struct room *room, size_t cell, bool up, long want);
/* The cheapest set of counts to keep back so that it can be moved by want: marks them in hide and returns what they
 * cost, or -1 when there is none. now: as things are, hidden: if all were kept back. */
long   flow_repair(const struct suppress *s, const struct room *now, const struct room *hidden, size_t cell, bool up,
                   long want, bool *hide);
/* What keeping a count back costs. */
long   hide_cost(const struct suppress *s, size_t cell);
/* Whether a count that is not small may be kept back beside one that is. */
bool   may_be_kept_back(const struct suppress *s, size_t cell);

#endif
