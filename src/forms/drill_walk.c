/* drill_walk.c - every state that a drill can come to, so that lint can say what is never reached and never or
 * always earned.
 *
 * A drill's whole state space is too large to walk: which offers were made, how much trust, how many minutes. So
 * each rubric line gets a walk of its own, in which everything that neither the line nor the way through can see
 * is forgotten after each step. What is on paper is not known here: a line that papers decide is neither never nor
 * always earned. */
#include "drill_build.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "expr_tree.h"

#include "dolen/base/banned.h"

#define WALK_MAX   20000
#define BUCKETS    65536                /* a power of two, well above WALK_MAX */
#define COUNT_CAP  12                   /* more responses of a kind than this are not told apart */

/* What is remembered: a mask in the shape of a state. */
struct keep {
    struct drill_state mask;
    bool               trust, lowest, minutes, kinds[DRILL_KINDS], all_kinds;
};

struct walk {
    const struct drill *d;
    struct keep         keep;
    struct drill_state *states;
    size_t              count, at;
    int                *bucket;         /* index + 1 into states */
    int                *chain;
    uint32_t            dice;           /* bit i: event i with a chance happens */
    uint64_t            turns;          /* ever reached */
    bool                full;
};

/* --- what must be remembered ------------------------------------------------------------------------------------ */

struct keeping {
    struct keep        *k;
    const struct drill *d;
};

static void keep_expr(struct keep *k, const struct drill *d, const struct expr *e);

static void keep_ref(void *ctx, enum expr_ref kind, const char *name, size_t at)
{
    struct keeping *g = ctx;
    struct drill_ref r = drill_ref(g->d, name);
    int offer = r.index * DRILL_OFFERS_MAX + r.offer;

    (void) kind, (void) at;
    switch (r.kind) {
    case REF_TURN:      g->k->mask.turns |= (uint64_t) 1 << r.index; break;
    case REF_OFFER:     g->k->mask.offers[offer / 64] |= (uint64_t) 1 << (offer % 64); break;
    case REF_FACT:      g->k->mask.facts |= (uint64_t) 1 << r.index; break;
    case REF_EVENT:     g->k->mask.events |= (uint64_t) 1 << r.index; break;
    case REF_COUNT:     g->k->kinds[r.index] = true; break;
    case REF_COUNT_ALL: g->k->all_kinds = true; break;
    case REF_MINUTES:   g->k->minutes = true; break;
    case REF_TRUST:     g->k->trust = true; break;
    case REF_LOWEST:    g->k->lowest = true; break;
    case REF_STEP:      keep_expr(g->k, g->d, g->d->steps[r.index].when); break;
    case REF_NONE: case REF_RECORDED: case REF_ASSET: case REF_FORM: case REF_ANSWER: case REF_FIGURE: break;
    }
}

static void keep_expr(struct keep *k, const struct drill *d, const struct expr *e)
{
    struct keeping g = { k, d };

    if (e)
        expr_each_ref(e, keep_ref, &g);
}

/* Whatever decides the way through is remembered in every walk. */
static void keep_way(struct keep *k, const struct drill *d)
{
    for (size_t t = 0; t < d->turn_count; t++)
        for (size_t o = 0; o < d->turns[t].count; o++)
            keep_expr(k, d, d->turns[t].offers[o].when);
    for (size_t i = 0; i < d->event_count; i++) {
        keep_expr(k, d, d->events[i].when);
        k->mask.events |= (uint64_t) 1 << i;
        k->minutes |= d->events[i].at_minute >= 0;
    }
    for (size_t i = 0; i < d->fact_count; i++)
        k->trust |= d->facts[i].trust > 0 && k->mask.facts >> i & 1;
    k->trust |= k->lowest;
}

static void forget(const struct keep *k, struct drill_state *s)
{
    int all = 0;

    s->turns &= k->mask.turns;
    s->facts &= k->mask.facts;
    s->events &= k->mask.events;
    for (int i = 0; i < DRILL_OFFER_WORDS; i++)
        s->offers[i] &= k->mask.offers[i];
    for (int i = 0; i < DRILL_KINDS; i++) {
        all += s->kinds[i];
        if (!k->kinds[i])
            s->kinds[i] = 0;
        else if (s->kinds[i] > COUNT_CAP)
            s->kinds[i] = COUNT_CAP;
    }
    if (k->all_kinds) {                 /* kept as a count of the first kind that nobody asks for */
        int spare = 0;

        while (spare < DRILL_KINDS - 1 && k->kinds[spare])
            spare++;
        for (int i = 0; i < DRILL_KINDS; i++)
            all -= i == spare ? 0 : s->kinds[i];
        s->kinds[spare] = (int16_t) (all > 3 * COUNT_CAP ? 3 * COUNT_CAP : all);
    }
    if (!k->trust)
        s->trust = 0;
    if (!k->lowest)
        s->lowest = 0;
    if (!k->minutes)
        s->minutes = 0;
    else if (s->minutes > 600)
        s->minutes = 600;
}

/* --- walking ---------------------------------------------------------------------------------------------------- */

static uint32_t hash_of(const struct drill_state *s)
{
    const unsigned char *p = (const unsigned char *) s;
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < sizeof *s; i++)
        h = (h ^ p[i]) * 16777619u;
    return h & (BUCKETS - 1);
}

static void meet(struct walk *w, struct drill_state s)
{
    struct drill_state clean;
    uint32_t h;

    w->turns |= (uint64_t) 1 << s.turn;
    forget(&w->keep, &s);
    memset(&clean, 0, sizeof clean);    /* padding too: states are compared by their bytes */
    clean.turn = s.turn;
    clean.trust = s.trust;
    clean.lowest = s.lowest;
    clean.minutes = s.minutes;
    clean.stayed = s.stayed;
    clean.facts = s.facts;
    clean.turns = s.turns;
    clean.events = s.events;
    memcpy(clean.offers, s.offers, sizeof clean.offers);
    memcpy(clean.kinds, s.kinds, sizeof clean.kinds);
    h = hash_of(&clean);
    for (int i = w->bucket[h]; i; i = w->chain[i - 1])
        if (memcmp(&w->states[i - 1], &clean, sizeof clean) == 0)
            return;
    if (w->count == WALK_MAX) {
        w->full = true;
        return;
    }
    w->states[w->count] = clean;
    w->chain[w->count] = w->bucket[h];
    w->bucket[h] = (int) ++w->count;
}

static bool roll(void *ctx, int event)
{
    return ((struct walk *) ctx)->dice >> event & 1;
}

static uint32_t chances(const struct drill *d)
{
    uint32_t m = 0;

    for (size_t i = 0; i < d->event_count; i++)
        if (d->events[i].chance < 100)
            m |= (uint32_t) 1 << i;
    return m;
}

/* From one state: every offer, with every event that has a chance happening or not (all or none: one event a
 * step). */
static void step_on(struct walk *w, struct drill_state from)
{
    struct drill_outcome out;
    bool by_chance = chances(w->d) != 0;

    for (int luck = 0; luck <= by_chance; luck++) {
        w->dice = luck ? 0 : ~0u;
        for (size_t o = 0; o < w->d->turns[from.turn].count; o++) {
            struct drill_state to = from;

            if (!drill_open(w->d, &from, (int) o))
                continue;
            drill_say(w->d, &to, (int) o, roll, w, &out);
            meet(w, to);
        }
        for (size_t e = 0; e < w->d->event_count; e++) {
            struct drill_state to = from;

            if (!w->d->events[e].at_form)
                continue;
            drill_filed(w->d, &to, w->d->events[e].at_form, roll, w, &out);
            if (out.event >= 0)
                meet(w, to);
        }
    }
}

/* The keep is set; calls ended for every state in which the conversation is over until it says stop. */
static void walk(struct walk *w, bool (*ended)(void *ctx, const struct drill_state *s), void *ctx)
{
    struct drill_state s;

    memset(w->bucket, 0, BUCKETS * sizeof *w->bucket);
    w->count = w->at = 0;
    w->full = false;
    drill_begin(w->d, &s);
    meet(w, s);
    for (; w->at < w->count; w->at++) {
        s = w->states[w->at];
        if (drill_ended(w->d, &s) && ended && !ended(ctx, &s))
            return;
        step_on(w, s);
    }
}

/* --- rubric lines ----------------------------------------------------------------------------------------------- */

struct judging {
    const struct drill      *d;
    const struct drill_line *line;
    bool                     may, may_not;      /* some end earns it, or could; some end does not, or could */
};

static void step_value(void *ctx, int step, struct value *out)
{
    const struct drill_env *env = ctx;
    const struct drill_safety *x = &env->d->steps[step];
    struct drill_env plain = { env->d, env->s, NULL };
    struct value v = drill_value(&plain, x->when);
    bool truth;

    if (value_as_truth(&v, &truth) && !(truth && x->by_minute >= 0))
        *out = value_bool(truth);
    value_release(&v);
}

static bool judge_end(void *ctx, const struct drill_state *s)
{
    struct judging *j = ctx;
    struct drill_env env = { j->d, s, NULL };
    struct drill_papers papers = { .ctx = &env, .step = step_value };
    struct drill_env with = { j->d, s, &papers };
    struct value v = drill_value(&with, j->line->when);
    bool truth, known = value_as_truth(&v, &truth) && expr_is_monotone(j->line->when);

    j->may |= !known || truth;
    j->may_not |= !known || !truth;
    value_release(&v);
    return !(j->may && j->may_not);
}

static void judge_line(struct build *b, struct walk *w, const struct drill_line *x)
{
    struct judging j = { .d = w->d, .line = x };

    memset(&w->keep, 0, sizeof w->keep);
    keep_expr(&w->keep, w->d, x->when);
    keep_way(&w->keep, w->d);
    walk(w, judge_end, &j);
    if (w->full)                        /* not every state was seen: nothing is claimed */
        return;
    if (!j.may)
        findings_add(b->f, false, b->file, x->line, x->column, x->id,
                     _("this line is never earned, however it is played"),
                     _("correct when:, or the turns it names"));
    else if (!j.may_not)
        findings_add(b->f, false, b->file, x->line, x->column, x->id,
                     _("this line is always earned, however it is played"),
                     _("correct when:, or remove the line"));
}

static void judge_turns(struct build *b, const struct walk *w)
{
    bool ends = false;

    for (size_t i = 0; i < w->d->turn_count; i++) {
        const struct drill_turn *t = &w->d->turns[i];

        ends |= t->end && w->turns >> i & 1;
        if (!(w->turns >> i & 1) && !w->full)
            findings_add(b->f, false, b->file, t->line, t->column, t->id, _("this turn is never reached"),
                         _("name it in the next: of an offer or an event"));
    }
    if (!ends && !w->full)
        findings_add(b->f, false, b->file, 1, 1, w->d->id, _("the conversation cannot be brought to its end"),
                     _("add a turn with end: true and a way to it"));
}

void drill_lint_walk(struct build *b, const struct drill *d)
{
    struct walk w = { .d = d };

    w.states = xcalloc(WALK_MAX, sizeof *w.states);
    w.chain = xcalloc(WALK_MAX, sizeof *w.chain);
    w.bucket = xcalloc(BUCKETS, sizeof *w.bucket);
    keep_way(&w.keep, d);
    walk(&w, NULL, NULL);
    judge_turns(b, &w);
    for (size_t i = 0; i < d->line_count; i++)
        judge_line(b, &w, &d->lines[i]);
    free(w.states);
    free(w.chain);
    free(w.bucket);
}
