/* drill_play.c - playing: the seed shuffles offers and throws dice, every step goes into the log. */
#include "dolen/drill/drill_play.h"

#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

struct drill_play {
    const struct drill *d;
    uint64_t            seed;
    struct drill_state  state;
    int                 paper;              /* simulated minutes of paperwork */
    struct drill_state  state_before;       /* and paper: as they were before the newest step */
    int                 paper_before;
    struct drill_log   *log;
    size_t              count, cap;
};

static const char *const codes[LOG_KINDS] = {
#define X(name, code) code,
    DRILL_LOG_LIST(X)
#undef X
};

const char *drill_log_code(enum drill_log_kind k)
{
    return codes[k];
}

bool drill_log_by_code(const char *code, enum drill_log_kind *out)
{
    for (int k = 0; k < LOG_KINDS; k++)
        if (str_eq(codes[k], code)) {
            *out = (enum drill_log_kind) k;
            return true;
        }
    return false;
}

struct drill_play *drill_play_new(const struct drill *d, uint64_t seed)
{
    struct drill_play *p = xcalloc(1, sizeof *p);

    p->d = d;
    p->seed = seed;
    drill_begin(d, &p->state);
    return p;
}

void drill_play_free(struct drill_play **pp)
{
    if (!pp || !*pp)
        return;
    free((*pp)->log);
    free(*pp);
    *pp = NULL;
}

const struct drill *drill_play_of(const struct drill_play *p)             { return p->d; }
uint64_t drill_play_seed(const struct drill_play *p)                      { return p->seed; }
const struct drill_state *drill_play_state(const struct drill_play *p)    { return &p->state; }
bool drill_play_ended(const struct drill_play *p)                         { return drill_ended(p->d, &p->state); }
int drill_play_clock(const struct drill_play *p)                          { return p->state.minutes + p->paper; }

const struct drill_log *drill_play_log(const struct drill_play *p, size_t *n)
{
    *n = p->count;
    return p->log;
}

/* A generator of its own for each question that chance decides, so that no answer depends on how often was asked. */
static struct chance chance_for(const struct drill_play *p, uint64_t question)
{
    struct chance c = { p->seed * 0x9e3779b97f4a7c15u + question };

    chance_next(&c);
    return c;
}

static bool dice(void *ctx, int event)
{
    const struct drill_play *p = ctx;
    struct chance c = chance_for(p, 1000 + (uint64_t) event);

    return chance_percent(&c, p->d->events[event].chance);
}

size_t drill_play_offers(const struct drill_play *p, int order[DRILL_OFFERS_MAX])
{
    const struct drill_turn *t = &p->d->turns[p->state.turn];
    struct chance c = chance_for(p, (uint64_t) p->state.turn);
    int all[DRILL_OFFERS_MAX];
    size_t n = 0;

    for (size_t i = 0; i < t->count; i++)
        all[i] = (int) i;
    for (size_t i = t->count; i > 1; i--) {
        size_t k = (size_t) chance_below(&c, (int) i);
        int swap = all[i - 1];

        all[i - 1] = all[k];
        all[k] = swap;
    }
    for (size_t i = 0; i < t->count; i++)
        if (drill_open(p->d, &p->state, all[i]))
            order[n++] = all[i];
    return n;
}

static struct drill_log *log_add(struct drill_play *p, enum drill_log_kind kind)
{
    struct drill_log *l = ARRAY_ADD(p->log, p->count, p->cap);

    p->state_before = p->state;
    p->paper_before = p->paper;
    l->kind = kind;
    l->turn = l->turn_after = p->state.turn;
    l->offer = l->out.event = -1;
    l->clock = drill_play_clock(p);
    return l;
}

static void log_close(struct drill_play *p, struct drill_log *l, const struct drill_outcome *out)
{
    l->out = *out;
    l->turn_after = p->state.turn;
    l->clock = drill_play_clock(p);
}

enum status drill_play_say(struct drill_play *p, const char *offer, struct err *err)
{
    const struct drill_turn *t = &p->d->turns[p->state.turn];
    int at = drill_offer_index(t, offer);
    struct drill_outcome out;
    struct drill_log *l;

    if (at < 0 || !drill_open(p->d, &p->state, at))
        return err_set(err, ST_INVALID,
                       _("\"%s\" cannot be said at \"%s\". Nothing was changed. See: dolen drill show %s --offers"), offer,
                       t->id,
                       p->d->id);
    l = log_add(p, LOG_SAY);
    l->offer = at;
    drill_say(p->d, &p->state, at, dice, p, &out);
    log_close(p, l, &out);
    return ST_OK;
}

void drill_play_filed(struct drill_play *p, const char *form, struct id record, int minutes)
{
    struct drill_log *l = log_add(p, LOG_FILED);
    struct drill_outcome out;

    str_copy(l->form, sizeof l->form, form);
    l->record = record;
    l->minutes = minutes;
    p->paper += minutes;
    drill_filed(p->d, &p->state, form, dice, p, &out);
    log_close(p, l, &out);
}

void drill_play_arrived(struct drill_play *p, const char *form, struct id record)
{
    struct drill_log *l = log_add(p, LOG_ARRIVED);

    str_copy(l->form, sizeof l->form, form);
    l->record = record;
}

void drill_play_asset(struct drill_play *p, const char *part, struct id record)
{
    struct drill_log *l = log_add(p, LOG_ASSET);

    str_copy(l->part, sizeof l->part, part);
    l->record = record;
}

void drill_play_mark(struct drill_play *p, enum drill_log_kind kind)
{
    log_add(p, kind);
}

void drill_play_take_back(struct drill_play *p)
{
    p->state = p->state_before;
    p->paper = p->paper_before;
    p->count--;
}

void drill_play_at(struct drill_play *p, int64_t at)
{
    if (p->count)
        p->log[p->count - 1].at = at;
}

int drill_paper_minutes(const struct form *form, const struct answers *a)
{
    int given = 0;

    for (size_t i = 0; i < a->count; i++) {
        const struct question *q = form_question(form, a->items[i].name);

        given += q && qtype_asked(q->type) && a->items[i].missing != MISSING_SKIPPED &&
            a->items[i].missing != MISSING_NOT_REACHED;
    }
    return 1 + (given + 3) / 4;
}

/* --- what is seen and heard ------------------------------------------------------------------------------------- */

static bool voice(const struct text2 *t, enum drill_voice v, drill_hear *fn, void *ctx)
{
    const char *text = text2_now(t);

    if (*text)
        fn(ctx, v, text);
    return *text != '\0';
}

static bool hear_turn(const struct drill_play *p, int turn, drill_hear *fn, void *ctx)
{
    bool scene = voice(&p->d->turns[turn].scene, VOICE_SCENE, fn, ctx);

    return voice(&p->d->turns[turn].says, VOICE_PERSON, fn, ctx) || scene;
}

static bool hear_told(const struct drill_play *p, const struct drill_log *l, drill_hear *fn, void *ctx)
{
    const struct drill_offer *o = l->offer >= 0 ? &p->d->turns[l->turn].offers[l->offer] : NULL;
    bool any = o && voice(&o->reply, VOICE_PERSON, fn, ctx);

    for (size_t i = 0; i < l->out.told_count; i++)
        any |= voice(&p->d->facts[l->out.told[i]].said, VOICE_PERSON, fn, ctx);
    if (o && l->out.held_back && l->out.told_count == 0)
        any |= voice(&o->otherwise, VOICE_PERSON, fn, ctx);
    return any;
}

static bool hear_event(const struct drill_play *p, const struct drill_log *l, drill_hear *fn, void *ctx)
{
    bool scene;

    if (l->out.event < 0)
        return false;
    scene = voice(&p->d->events[l->out.event].scene, VOICE_SCENE, fn, ctx);
    return voice(&p->d->events[l->out.event].says, VOICE_PERSON, fn, ctx) || scene;
}

/* What is said and brings nothing is answered by silence, and that is told: the screen would look as if nothing had
 * been said. */
void drill_play_hear(const struct drill_play *p, int step, drill_hear *fn, void *ctx)
{
    const struct drill_log *l;
    bool any;

    if (step < 0) {
        hear_turn(p, p->d->start, fn, ctx);
        return;
    }
    l = &p->log[step];
    if (l->kind == LOG_SAY)
        voice(&p->d->turns[l->turn].offers[l->offer].text, VOICE_YOU, fn, ctx);
    if (l->kind != LOG_SAY && l->kind != LOG_FILED)
        return;
    any = hear_told(p, l, fn, ctx);
    any |= hear_event(p, l, fn, ctx);
    if (l->turn_after != l->turn)
        any |= hear_turn(p, l->turn_after, fn, ctx);
    if (l->kind == LOG_SAY && !any)
        fn(ctx, VOICE_SCENE, _("Silence. Nothing more is said."));
}

int drill_play_last_heard(const struct drill_play *p)
{
    size_t n;
    const struct drill_log *log = drill_play_log(p, &n);

    while (n > 0 && log[n - 1].kind != LOG_SAY && !(log[n - 1].kind == LOG_FILED && log[n - 1].out.event >= 0))
        n--;
    return (int) n - 1;
}
