/* drill_names.c - what the names in a drill's expressions mean: turns reached, things said, facts, answers,
 * minutes. */
#include "dolen/forms/drill_state.h"

#include <string.h>

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

/* Names of figures besides minutes, trust and lowest_trust: NULL-terminated. */
static const char *const drill_figures[] = { "plan_words", "plan_small_step", "plan_asset", "plan_wrong_asset",
                                      "plan_follow_up",
                                      "to_go", "paper_minutes", "papers", "guessed", "steps_in_order", NULL };

static const char *const kind_words[] = {
#define X(name, word, trust, minutes, label) word,
    DRILL_KIND_LIST(X)
#undef X
};

int drill_turn_index(const struct drill *d, const char *id)
{
    for (size_t i = 0; i < d->turn_count; i++)
        if (str_eq(d->turns[i].id, id))
            return (int) i;
    return -1;
}

int drill_offer_index(const struct drill_turn *t, const char *id)
{
    for (size_t i = 0; i < t->count; i++)
        if (str_eq(t->offers[i].id, id))
            return (int) i;
    return -1;
}

static int fact_index(const struct drill *d, const char *id)
{
    for (size_t i = 0; i < d->fact_count; i++)
        if (str_eq(d->facts[i].id, id))
            return (int) i;
    return -1;
}

static int event_index(const struct drill *d, const char *id)
{
    for (size_t i = 0; i < d->event_count; i++)
        if (str_eq(d->events[i].id, id))
            return (int) i;
    return -1;
}

static int step_index(const struct drill *d, const char *id)
{
    for (size_t i = 0; i < d->step_count; i++)
        if (str_eq(d->steps[i].id, id))
            return (int) i;
    return -1;
}

static int asset_index(const struct drill *d, const char *id)
{
    for (size_t i = 0; i < d->asset_count; i++)
        if (str_eq(d->assets[i].id, id))
            return (int) i;
    return -1;
}

static int count_index(const struct drill *d, const char *id)
{
    (void) d;
    for (int k = 0; k < DRILL_KINDS; k++)
        if (str_eq(kind_words[k], id))
            return k;
    return -1;
}

static struct drill_ref offer_ref(const struct drill *d, const char *rest)
{
    struct drill_ref r = { .kind = REF_NONE };
    const char *dot = strchr(rest, '.');
    char turn[41];

    if (!dot || (size_t) (dot - rest) >= sizeof turn)
        return r;
    memcpy(turn, rest, (size_t) (dot - rest));
    turn[dot - rest] = '\0';
    r.index = drill_turn_index(d, turn);
    r.offer = r.index >= 0 ? drill_offer_index(&d->turns[r.index], dot + 1) : -1;
    if (r.offer >= 0)
        r.kind = REF_OFFER;
    return r;
}

static const struct {
    const char         *word;
    enum drill_ref_kind kind;
    int               (*find)(const struct drill *d, const char *id);
} spaces[] = {
    { "turn", REF_TURN, drill_turn_index }, { "fact", REF_FACT, fact_index },
        { "recorded", REF_RECORDED, fact_index },
    { "event", REF_EVENT, event_index },    { "step", REF_STEP, step_index }, { "asset", REF_ASSET, asset_index },
    { "count", REF_COUNT, count_index },
};

static struct drill_ref plain_ref(const char *name)
{
    struct drill_ref r = { .kind = REF_NONE };

    if (str_eq(name, "minutes"))
        r.kind = REF_MINUTES;
    else if (str_eq(name, "trust"))
        r.kind = REF_TRUST;
    else if (str_eq(name, "lowest_trust"))
        r.kind = REF_LOWEST;
    for (size_t i = 0; drill_figures[i]; i++)
        if (str_eq(name, drill_figures[i])) {
            r.kind = REF_FIGURE;
            str_copy(r.question, sizeof r.question, name);
        }
    return r;
}

struct drill_ref drill_ref(const struct drill *d, const char *name)
{
    struct drill_ref r = { .kind = REF_NONE };
    const char *dot = strchr(name, '.');
    size_t len = dot ? (size_t) (dot - name) : 0;

    if (!dot)
        return plain_ref(name);
    if (str_starts(name, "offer."))
        return offer_ref(d, dot + 1);
    if (str_eq(name, "count.all"))
        return (struct drill_ref) { .kind = REF_COUNT_ALL };
    if (str_starts(name, "form.") && str_copy(r.form, sizeof r.form, dot + 1)) {
        r.kind = REF_FORM;
        return r;
    }
    for (size_t i = 0; i < ARRAY_LEN(spaces); i++)
        if (strlen(spaces[i].word) == len && strncmp(spaces[i].word, name, len) == 0) {
            r.index = spaces[i].find(d, dot + 1);
            r.kind = r.index >= 0 ? spaces[i].kind : REF_NONE;
            return r;
        }
    if (len < sizeof r.form && str_copy(r.question, sizeof r.question, dot + 1)) {
        memcpy(r.form, name, len);
        r.form[len] = '\0';
        r.kind = REF_ANSWER;
    }
    return r;
}

static void of_papers(const struct drill_papers *p, const struct drill_ref *r, struct value *out)
{
    if (r->kind == REF_RECORDED && p->recorded)
        p->recorded(p->ctx, r->index, out);
    else if (r->kind == REF_STEP && p->step)
        p->step(p->ctx, r->index, out);
    else if (r->kind == REF_ASSET && p->asset)
        p->asset(p->ctx, r->index, out);
    else if (r->kind == REF_FORM && p->filed)
        p->filed(p->ctx, r->form, out);
    else if (r->kind == REF_ANSWER && p->answer)
        p->answer(p->ctx, r->form, r->question, out);
    else if (r->kind == REF_FIGURE && p->figure)
        p->figure(p->ctx, r->question, out);
}

static int all_kinds(const struct drill_state *s)
{
    int n = 0;

    for (int k = 0; k < DRILL_KINDS; k++)
        n += s->kinds[k];
    return n;
}

static void name_value(void *ctx, const char *name, struct value *out)
{
    const struct drill_env *env = ctx;
    const struct drill_state *s = env->s;
    struct drill_ref r = drill_ref(env->d, name);

    switch (r.kind) {
    case REF_TURN:      *out = value_bool(s->turns >> r.index & 1); break;
    case REF_OFFER:     *out = value_bool(drill_made(s, r.index, r.offer)); break;
    case REF_FACT:      *out = value_bool(s->facts >> r.index & 1); break;
    case REF_EVENT:     *out = value_bool(s->events >> r.index & 1); break;
    case REF_COUNT:     *out = value_number(s->kinds[r.index]); break;
    case REF_COUNT_ALL: *out = value_number(all_kinds(s)); break;
    case REF_MINUTES:   *out = value_number(s->minutes); break;
    case REF_TRUST:     *out = value_number(s->trust); break;
    case REF_LOWEST:    *out = value_number(s->lowest); break;
    case REF_NONE:      break;
    case REF_RECORDED: case REF_STEP: case REF_ASSET: case REF_FORM: case REF_ANSWER: case REF_FIGURE:
        if (env->p)
            of_papers(env->p, &r, out);
        break;
    }
}

struct value drill_value(const struct drill_env *env, const struct expr *e)
{
    struct drill_env own = *env;
    struct expr_env names = { .ctx = &own, .name = name_value };

    return expr_eval(e, &names);
}

bool drill_true(const struct drill_env *env, const struct expr *e)
{
    struct value v = drill_value(env, e);
    bool truth = value_true(&v);

    value_release(&v);
    return truth;
}
