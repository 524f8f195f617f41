/* drill_state.c - one step of a drill: trust, minutes, what is told, what happens, which turn comes next. */
#include "dolen/forms/drill_state.h"

#include <string.h>

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

static uint64_t bit(int i)
{
    return (uint64_t) 1 << i;
}

static void change_trust(struct drill_state *s, int by)
{
    s->trust += by;
    if (s->trust > DRILL_TRUST_MAX)
        s->trust = DRILL_TRUST_MAX;
    if (s->trust < 0)
        s->trust = 0;
    if (s->trust < s->lowest)
        s->lowest = s->trust;
}

static void tell(const struct drill *d, struct drill_state *s, const int *tells, size_t n, struct drill_outcome *out)
{
    for (size_t i = 0; i < n; i++) {
        if (s->facts & bit(tells[i]))
            continue;
        if (s->trust < d->facts[tells[i]].trust) {
            out->held_back = true;
            continue;
        }
        s->facts |= bit(tells[i]);
        out->told[out->told_count++] = tells[i];
    }
}

static void go(struct drill_state *s, int turn)
{
    s->turn = turn;
    s->turns |= bit(turn);
    s->stayed = 0;
}

static void happen(const struct drill *d, struct drill_state *s, int event, struct drill_outcome *out)
{
    const struct drill_event *e = &d->events[event];

    out->event = event;
    s->minutes += e->minutes;
    change_trust(s, e->trust);
    tell(d, s, e->tells, e->tell_count, out);
    if (e->next >= 0)
        go(s, e->next);
}

/* An event has one chance: its moment passes whether it happens or not. */
static bool comes_about(const struct drill *d, struct drill_state *s, int event, bool (*dice)(void *ctx, int event),
                        void *ctx)
{
    const struct drill_event *e = &d->events[event];
    struct drill_env env = { d, s, NULL };

    if (s->events & bit(event) || (e->when && !drill_true(&env, e->when)))
        return false;
    if (e->chance < 100 && !(dice && dice(ctx, event)))
        return false;
    s->events |= bit(event);
    return true;
}

static void events_of_step(const struct drill *d, struct drill_state *s, int minutes_before, bool entered,
                           bool (*dice)(void *ctx, int event), void *ctx, struct drill_outcome *out)
{
    for (size_t i = 0; i < d->event_count && out->event < 0; i++) {
        const struct drill_event *e = &d->events[i];
        bool due = (e->at_minute >= 0 && minutes_before < e->at_minute && s->minutes >= e->at_minute) ||
                   (e->at_turn >= 0 && entered && s->turn == e->at_turn);

        if (due && comes_about(d, s, (int) i, dice, ctx))
            happen(d, s, (int) i, out);
    }
}

void drill_begin(const struct drill *d, struct drill_state *s)
{
    memset(s, 0, sizeof *s);
    s->trust = s->lowest = d->trust;
    go(s, d->start);
}

bool drill_made(const struct drill_state *s, int turn, int offer)
{
    int at = turn * DRILL_OFFERS_MAX + offer;

    return s->offers[at / 64] >> (at % 64) & 1;
}

bool drill_ended(const struct drill *d, const struct drill_state *s)
{
    return d->turns[s->turn].end;
}

bool drill_open(const struct drill *d, const struct drill_state *s, int offer)
{
    const struct drill_turn *t = &d->turns[s->turn];
    struct drill_env env = { d, s, NULL };

    if (offer < 0 || (size_t) offer >= t->count)
        return false;
    if (t->offers[offer].next < 0 && s->stayed & 1u << offer)
        return false;
    return !t->offers[offer].when || drill_true(&env, t->offers[offer].when);
}

void drill_say(const struct drill *d, struct drill_state *s, int offer, bool (*dice)(void *ctx, int event), void *ctx,
               struct drill_outcome *out)
{
    const struct drill_offer *o = &d->turns[s->turn].offers[offer];
    int before = s->minutes, at = s->turn * DRILL_OFFERS_MAX + offer;

    out->told_count = 0;
    out->held_back = false;
    out->event = -1;
    s->offers[at / 64] |= (uint64_t) 1 << (at % 64);
    s->kinds[o->kind]++;
    s->minutes += o->minutes;
    change_trust(s, o->trust);
    tell(d, s, o->tells, o->tell_count, out);
    if (o->next < 0)
        s->stayed |= 1u << offer;
    else
        go(s, o->next);
    events_of_step(d, s, before, o->next >= 0, dice, ctx, out);
}

void drill_filed(const struct drill *d, struct drill_state *s, const char *form, bool (*dice)(void *ctx, int event),
                 void *ctx, struct drill_outcome *out)
{
    out->told_count = 0;
    out->held_back = false;
    out->event = -1;
    for (size_t i = 0; i < d->event_count && out->event < 0; i++)
        if (d->events[i].at_form && str_eq(d->events[i].at_form, form) && comes_about(d, s, (int) i, dice, ctx))
            happen(d, s, (int) i, out);
}
