/* tui_plan.c - marks on the plan as it stands on the screen: how close a goal is, what became of an action. */
#include "tui_plan.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/choice.h"
#include "plan_sync.h"
#include "tui_again.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

struct marking {
    struct app *app;
    struct id   id;
    const char *state;
};

static unsigned marked(struct app *a, enum status st, const struct err *err)
{
    if (st != ST_OK)
        return tui_say_error(a, err);
    screen_message(a->screen, STYLE_GOOD, "%s", _("Kept; u takes it back."));
    screen_changed(a->screen, ~0u);
    return REACT_RELOAD | REACT_LAYOUT;
}

/* --- goals --- */

static const char *const ratings[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10" };

static unsigned rating_chosen(void *ctx, int index)
{
    struct marking *m = ctx;
    struct app *a = m->app;
    struct err err = { .st = ST_OK };
    unsigned react = REACT_LAYOUT;

    if (index >= 0) {
        react |= marked(a, plan_rate(a->cf->store, m->id, ratings[index], clock_today(), &err), &err);
        again_mark(a, true, ratings[index], "");
    }
    free(m);
    return react;
}

/* --- actions --- */

static const struct {
    const char *state, *label;
    bool        asks_why;
} states[] = {
    { "DONE", N_("Done"), false },
    { "CHANGED", N_("Changed, and why"), true },
    { "DROPPED", N_("Dropped, and why"), true },
    { "OPEN", N_("Still to do"), false },
};

static unsigned why_typed(void *ctx, const char *why)
{
    struct marking *m = ctx;
    struct app *a = m->app;
    struct err err = { .st = ST_OK };
    unsigned react = REACT_LAYOUT;

    if (why) {
        react |= marked(a, plan_mark(a->cf->store, m->id, m->state, why, &err), &err);
        again_mark(a, false, m->state, why);
    }
    free(m);
    return react;
}

static unsigned state_chosen(void *ctx, int index)
{
    struct marking *m = ctx;

    if (index < 0) {
        free(m);
        return REACT_LAYOUT;
    }
    m->state = states[index].state;
    if (!states[index].asks_why)
        return why_typed(m, "");
    screen_ask(m->app->screen,
               &(struct ask) { .prompt = TEXT2(_("Why?")), .max_bytes = 200, .done = why_typed, .ctx = m });
    return REACT_LAYOUT;
}

unsigned act_mark_plan(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    bool rated = f.kind == FOCUS_GOAL;
    struct choice *marks;
    struct marking *m;

    if (f.kind != FOCUS_GOAL && f.kind != FOCUS_ACTION) {
        screen_message(a->screen, STYLE_HINT, "%s", _("Go to a goal or an action first."));
        return REACT_DRAW;
    }
    m = xcalloc(1, sizeof *m);
    *m = (struct marking) { .app = a, .id = f.subject };
    if (rated)
        marks = screen_choose(a->screen, TEXT2(_("How close is the person to it now, 0 to 10?")), rating_chosen, m);
    else
        marks = screen_choose(a->screen, TEXT2(_("What became of it?")), state_chosen, m);
    for (size_t i = 0; i < (rated ? ARRAY_LEN(ratings) : ARRAY_LEN(states)); i++)
        choice_add(marks, TEXT2("%s", rated ? ratings[i] : _(states[i].label)));
    if (rated)
        choice_typed_whole(marks);
    return REACT_LAYOUT;
}

unsigned tui_mark_again(struct app *a, bool goal, const char *value, const char *why)
{
    struct focus f = screen_focus(a->screen);
    struct err err = { .st = ST_OK };

    if (f.kind != (goal ? FOCUS_GOAL : FOCUS_ACTION)) {
        screen_message(a->screen, STYLE_HINT, "%s", goal ? _("Go to a goal first: the last mark was a rating.")
                                                         : _("Go to an action first: the last mark was of an action."));
        return REACT_DRAW;
    }
    return marked(a, goal ? plan_rate(a->cf->store, f.subject, value, clock_today(), &err)
                          : plan_mark(a->cf->store, f.subject, value, why, &err), &err);
}
