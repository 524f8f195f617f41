/* drill_judge.c - the rubric over the log: after every step each line is asked again, and the step at which its
 * answer last changed is the moment that it points at. */
#include "dolen/drill/drill_judge.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "drill_priv.h"

#include "dolen/base/banned.h"

struct judging {
    const struct drill_play *p;
    const struct drill      *d;
    const struct drill_log  *log;
    size_t                   count;
    struct drill_state       state;         /* as after the step that is looked at */
    struct reading           read;
    struct drill_score      *out;
    struct drill_papers      papers;
};

static const char *const safety_codes[] = { "NONE", "KEPT", "FAILED" };

const char *drill_safety_code(enum drill_safety_state s)
{
    return safety_codes[s];
}

int drill_percent(const struct drill_score *s)
{
    return s->best > 0 ? (s->points * 100 + s->best / 2) / s->best : 0;
}

/* --- what expressions ask --------------------------------------------------------------------------------------- */

static void slot_recorded(void *ctx, int fact, struct value *out)
{
    *out = value_bool(folder_recorded(&((struct judging *) ctx)->read, fact));
}

static void slot_step(void *ctx, int step, struct value *out)
{
    *out = value_bool(((struct judging *) ctx)->out->steps[step].yes);
}

static void slot_answer(void *ctx, const char *form, const char *question, struct value *out)
{
    folder_answer(&((struct judging *) ctx)->read, form, question, out);
}

static void slot_filed(void *ctx, const char *form, struct value *out)
{
    folder_filed(&((struct judging *) ctx)->read, form, out);
}

static void slot_asset(void *ctx, int asset, struct value *out)
{
    folder_asset(&((struct judging *) ctx)->read, asset, out);
}

static void slot_figure(void *ctx, const char *name, struct value *out)
{
    folder_figure(&((struct judging *) ctx)->read, name, out);
}

static bool holds(struct judging *j, const struct expr *e)
{
    struct drill_env env = { j->d, &j->state, &j->papers };

    return drill_true(&env, e);
}

/* --- step by step ----------------------------------------------------------------------------------------------- */

static void look_at_steps(struct judging *j, int at)
{
    int clock = at >= 0 ? j->log[at].clock : 0;

    for (size_t i = 0; i < j->d->step_count; i++) {
        const struct drill_safety *s = &j->d->steps[i];
        struct drill_verdict *v = &j->out->steps[i];

        if (v->yes || v->step >= 0 || !holds(j, s->when))
            continue;
        v->step = at;
        v->yes = s->by_minute < 0 || clock <= s->by_minute;    /* late is not in time, however often it is done again */
    }
    j->read.steps_in_order = j->d->step_count > 0;
    for (size_t i = 0; i < j->d->step_count; i++)
        j->read.steps_in_order &= j->out->steps[i].yes &&
            (i == 0 || j->out->steps[i].step >= j->out->steps[i - 1].step);
}

static void look_at_lines(struct judging *j, int at)
{
    for (size_t i = 0; i < j->d->line_count; i++) {
        struct drill_verdict *v = &j->out->lines[i];
        bool yes = holds(j, j->d->lines[i].when);

        if (yes != v->yes)
            v->step = at;
        v->yes = yes;
    }
}

static bool same_dice(void *ctx, int event)
{
    const int *happened = ctx;

    return *happened == event;
}

/* The machine once more, with the dice as they fell. */
static void follow(struct judging *j, const struct drill_log *l)
{
    struct drill_outcome out;
    int event = l->out.event;

    if (l->kind == LOG_SAY)
        drill_say(j->d, &j->state, l->offer, same_dice, &event, &out);
    else if (l->kind == LOG_FILED) {
        j->read.paper_minutes += l->minutes;
        drill_filed(j->d, &j->state, l->form, same_dice, &event, &out);
    }
    j->read.heard = j->state.facts;
}

/* --- what is told of it ----------------------------------------------------------------------------------------- */

struct pointing {
    const struct judging *j;
    int                   step;
    bool                  figures_only, in_step;
};

/* Could this have been decided here? In the turn that an offer is of, or in the form that an answer is of; what is
 * counted or heard, at any answer; what is on paper, at any form. */
static bool was_the_place(const struct drill_log *l, const struct drill_ref *r)
{
    switch (r->kind) {
    case REF_TURN: case REF_OFFER:
        return l->kind == LOG_SAY && l->turn == r->index;
    case REF_FACT: case REF_COUNT: case REF_COUNT_ALL: case REF_MINUTES: case REF_TRUST: case REF_LOWEST:
    case REF_EVENT:
        return l->kind == LOG_SAY;
    case REF_ANSWER: case REF_FORM:
        return l->kind == LOG_FILED && str_eq(l->form, r->form);
    case REF_RECORDED: case REF_ASSET: case REF_FIGURE:
        return l->kind == LOG_FILED;
    case REF_STEP: case REF_NONE:
        break;
    }
    return false;
}

/* A line that was never earned points at the last step at which it could have been. */
static void point_at(void *ctx, enum expr_ref kind, const char *name, size_t at)
{
    struct pointing *p = ctx;
    struct drill_ref r = drill_ref(p->j->d, name);

    (void) kind, (void) at;
    if (r.kind == REF_STEP && !p->figures_only) { /* where the step itself could have been taken; steps name no steps */
        if (!p->in_step) {
            p->in_step = true;
            expr_each_ref(p->j->d->steps[r.index].when, point_at, p);
            p->in_step = false;
        }
        return;
    }
    if (p->figures_only && r.kind != REF_FIGURE)
        return;
    for (size_t i = 0; i < p->j->count; i++)
        if (was_the_place(&p->j->log[i], &r) && (int) i > p->step)
            p->step = (int) i;
}

static void point(struct judging *j)
{
    for (size_t i = 0; i < j->d->line_count; i++) {
        struct pointing p = { j, -1, j->out->lines[i].yes, false };    /* what held from the beginning points nowhere */

        if (j->out->lines[i].step >= 0)
            continue;
        expr_each_ref(j->d->lines[i].when, point_at, &p);
        j->out->lines[i].step = p.step;
    }
}

static void add_up(struct judging *j)
{
    struct drill_score *s = j->out;

    for (size_t i = 0; i < j->d->line_count; i++) {
        const struct drill_line *x = &j->d->lines[i];
        int points = s->lines[i].yes ? x->points : 0;

        s->points += points;
        s->skill_points[x->skill] += points;
        s->best += x->points > 0 ? x->points : 0;
        s->skill_best[x->skill] += x->points > 0 ? x->points : 0;
        if (x->safety && s->safety != SAFETY_FAILED)
            s->safety = s->lines[i].yes ? SAFETY_KEPT : SAFETY_FAILED;
    }
    if (s->points < 0)
        s->points = 0;
    for (int k = 0; k < DRILL_SKILLS; k++)
        if (s->skill_points[k] < 0)
            s->skill_points[k] = 0;
}

/* The weightiest line not chosen yet: safety first, then points, then the order of the rubric. */
static int weightiest(const struct judging *j, bool earned, int not_this)
{
    int best = -1, weight = 0;

    for (size_t i = 0; i < j->d->line_count; i++) {
        const struct drill_line *x = &j->d->lines[i];
        bool harm = x->points < 0 && j->out->lines[i].yes;
        bool fits = earned ? j->out->lines[i].yes && x->points > 0 : harm || (!j->out->lines[i].yes && x->points > 0);
        int w = abs(x->points) + (x->safety ? 100 : 0);

        if (fits && (int) i != not_this && w > weight) {
            best = (int) i;
            weight = w;
        }
    }
    return best;
}

static void sum_up(struct judging *j)
{
    struct drill_score *s = j->out;

    for (size_t i = 0; i < j->d->fact_count; i++)
        if (folder_recorded(&j->read, (int) i))
            s->recorded |= (uint64_t) 1 << i;
    s->heard = j->state.facts;
    s->minutes = j->state.minutes;
    s->paper_minutes = j->read.paper_minutes;
    s->to_go = j->read.folder->to_go;
    s->steps_in_order = j->read.steps_in_order;
    s->strengths[0] = weightiest(j, true, -1);
    s->strengths[1] = weightiest(j, true, s->strengths[0]);
    s->next_steps[0] = weightiest(j, false, -1);
    s->next_steps[1] = weightiest(j, false, s->next_steps[0]);
}

static bool figure(struct judging *j, const char *name)
{
    struct value v = value_missing();
    bool truth;

    folder_figure(&j->read, name, &v);
    truth = value_true(&v);
    value_release(&v);
    return truth;
}

void drill_judge(const struct drill_play *p, const struct drill_folder *f, struct drill_score *out)
{
    struct judging j = { .p = p, .d = drill_play_of(p), .out = out };

    memset(out, 0, sizeof *out);
    j.log = drill_play_log(p, &j.count);
    j.read = (struct reading) { .d = j.d, .folder = f, .upto = -1 };
    j.papers = (struct drill_papers) { &j, slot_answer, slot_filed, slot_recorded, slot_asset, slot_figure,
                                       slot_step };
    drill_begin(j.d, &j.state);
    for (size_t i = 0; i < j.d->line_count; i++)
        out->lines[i].step = -1;
    for (size_t i = 0; i < j.d->step_count; i++)
        out->steps[i].step = -1;
    look_at_steps(&j, -1);
    look_at_lines(&j, -1);
    for (size_t i = 0; i < j.count; i++) {
        follow(&j, &j.log[i]);
        j.read.upto = (int) i;
        if (j.log[i].kind != LOG_SAY && j.log[i].kind != LOG_FILED)
            continue;
        look_at_steps(&j, (int) i);
        look_at_lines(&j, (int) i);
    }
    point(&j);
    add_up(&j);
    sum_up(&j);
    out->plan_words = figure(&j, "plan_words");
    out->plan_small_step = figure(&j, "plan_small_step");
    out->plan_asset = figure(&j, "plan_asset");
    out->plan_wrong_asset = figure(&j, "plan_wrong_asset");
    out->plan_follow_up = figure(&j, "plan_follow_up");
}
