/* loops through the network of counts: how far one can be moved, and what would have to be hidden to move
 * it further. */
#include "suppress_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

/* A search over joints: what it costs to get there, and by which count, forwards or backwards. */
struct search {
    long *cost;
    long *via;                          /* count + 1, negative when passed backwards; 0 none */
};

/* One way of passing a count: -1 not at all, 0 there is room, else what hiding it costs. */
struct toll {
    const struct suppress *s;
    const long            *moved;       /* net, so far */
    const struct room     *now, *hidden;
    const bool            *hide;
};

static long toll_of(const struct toll *t, size_t cell, bool forwards)
{
    long moved = forwards ? t->moved[cell] : -t->moved[cell];
    long now = forwards ? t->now->up[cell] : t->now->down[cell], most = now;

    if (t->hidden)
        most = forwards ? t->hidden->up[cell] : t->hidden->down[cell];
    if (moved < now || (t->hidden && t->hide[cell] && moved < most))
        return 0;
    return moved < most ? hide_cost(t->s, cell) : -1;
}

static bool relax(const struct toll *t, struct search *q, size_t cell, bool forwards)
{
    const struct count *c = &t->s->counts[cell];
    int  here = forwards ? c->from : c->to, there = forwards ? c->to : c->from;
    long toll = q->cost[here] < ROOM_MAX ? toll_of(t, cell, forwards) : -1;

    if (toll < 0 || q->cost[here] + toll >= q->cost[there])
        return false;
    q->cost[there] = q->cost[here] + toll;
    q->via[there] = forwards ? (long)cell + 1 : -(long)cell - 1;
    return true;
}

/* The cheapest way from a joint to another without passing the cell itself. */
static bool find_way(const struct toll *t, struct search *q, int start, int goal, size_t without)
{
    bool again = true;

    for (int i = 0; i < t->s->joints; i++) {
        q->cost[i] = ROOM_MAX;
        q->via[i] = 0;
    }
    q->cost[start] = 0;
    while (again) {
        again = false;
        for (size_t i = 0; i < t->s->count; i++) {
            if (i == without)
                continue;
            again |= relax(t, q, i, true);
            again |= relax(t, q, i, false);
        }
    }
    return q->cost[goal] < ROOM_MAX;
}

/* Sends one unit along the way found, and marks what has to be hidden for it. */
static void send(const struct toll *t, const struct search *q, long *moved, bool *hide, int start, int goal)
{
    for (int at = goal; at != start;) {
        long   via = q->via[at];
        bool   forwards = via > 0;
        size_t cell = (size_t)(forwards ? via : -via) - 1;

        if (toll_of(t, cell, forwards) > 0)
            hide[cell] = true;
        moved[cell] += forwards ? 1 : -1;
        at = forwards ? t->s->counts[cell].from : t->s->counts[cell].to;
    }
}

struct loop {
    struct search q;
    long         *moved;
    bool         *hide;
};

static struct loop loop_new(const struct suppress *s)
{
    return (struct loop){ { xcalloc((size_t)s->joints, sizeof(long)), xcalloc((size_t)s->joints, sizeof(long)) },
                          xcalloc(s->count, sizeof(long)), xcalloc(s->count, sizeof(bool)) };
}

static void loop_free(struct loop *l)
{
    free(l->q.cost);
    free(l->q.via);
    free(l->moved);
    free(l->hide);
}

/* Moves the cell unit by unit; returns how far it got. The hidden cells are marked in l->hide. */
static long go_round(const struct suppress *s, struct loop *l, const struct room *now, const struct room *hidden,
                     size_t cell, bool up, long want)
{
    const struct count *c = &s->counts[cell];
    struct toll         t = { s, l->moved, now, hidden, l->hide };
    int                 start = up ? c->to : c->from, goal = up ? c->from : c->to;
    const struct room  *most = hidden ? hidden : now;
    long own = up ? now->up[cell] : now->down[cell], limit = up ? most->up[cell] : most->down[cell], done = 0;

    while (done < want && done < limit && find_way(&t, &l->q, start, goal, cell)) {
        send(&t, &l->q, l->moved, l->hide, start, goal);
        l->hide[cell] = l->hide[cell] || done >= own;
        done++;
    }
    return done;
}

long flow_reach(struct suppress *s, uint64_t moving, const struct room *room, size_t cell, bool up, long want)
{
    struct loop l = loop_new(s);
    long        done = go_round(s, &l, room, NULL, cell, up, want);

    l.moved[cell] = up ? done : -done;
    for (size_t r = 0; r <= s->earlier; r++)
        for (size_t i = 0; i < s->count && (moving & RELEASE_BIT(r)); i++)
            s->releases[r].seen[i].moved += l.moved[i];
    loop_free(&l);
    return done;
}

long flow_repair(const struct suppress *s, const struct room *now, const struct room *hidden, size_t cell, bool up,
                 long want, bool *hide)
{
    struct loop l = loop_new(s);
    long        cost = -1;

    if (go_round(s, &l, now, hidden, cell, up, want) == want) {
        cost = 0;
        for (size_t i = 0; i < s->count; i++)
            cost += l.hide[i] ? hide_cost(s, i) : 0;
        memcpy(hide, l.hide, s->count * sizeof *hide);
    }
    loop_free(&l);
    return cost;
}
