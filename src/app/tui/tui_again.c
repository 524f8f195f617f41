/* tui_again.c - '.': the last action once more, on what the cursor is on now.
 *
 * What changes nothing by itself (a form that opens) is done at once; a mark can be taken back with u; the bin asks
 * again. */
#include "tui_again.h"

#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "tui_case.h"
#include "tui_notes.h"
#include "tui_plan.h"
#include "dolen/base/banned.h"

static void forget(struct app *a)
{
    answers_release(&a->again.contact);
    explicit_bzero(&a->again, sizeof a->again);
}

void again_release(struct app *a)
{
    forget(a);
}

static struct again *begin(struct app *a, int action)
{
    forget(a);
    a->again.action = action;
    return &a->again;
}

void again_contact(struct app *a, const struct answers *filed)
{
    static const char *const same[] = { "kind", "with_whom", "result", "minutes", "language" };
    struct again *g = begin(a, ACT_CONTACT);

    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        if (answers_value(filed, same[i], 0))
            answers_set(&g->contact, same[i], 0, answers_value(filed, same[i], 0));
}

void again_measure(struct app *a, const char *form, const char *stage)
{
    struct again *g = begin(a, ACT_MEASURE);

    str_copy(g->form, sizeof g->form, form);
    str_copy(g->value, sizeof g->value, stage);
}

void again_connect(struct app *a, struct id asset)
{
    begin(a, ACT_CONNECT)->asset = asset;
}

void again_mark(struct app *a, bool goal, const char *value, const char *why)
{
    struct again *g = begin(a, ACT_MARK_PLAN);

    g->goal = goal;
    str_copy(g->value, sizeof g->value, value);
    str_copy(g->why, sizeof g->why, why);
}

void again_bin(struct app *a, const char *reason)
{
    str_copy(begin(a, ACT_BIN)->why, sizeof a->again.why, reason);
}

/* --- doing it --------------------------------------------------------------------------------------------------- */

static unsigned contact(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct target t = { .form = "contact", .person = f.person, .episode = f.episode };

    if (!id_is_set(f.person))
        return need_person(a);
    return tui_open_prefilled(a, &t, &a->again.contact, _("Filled in as last time. Ctrl-S files it."));
}

static unsigned measure(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct target t = { .form = a->again.form, .person = f.person, .episode = f.episode, .stage = a->again.value };

    return id_is_set(f.person) ? tui_open_form(a, &t, NULL) : need_person(a);
}

static unsigned connect(struct app *a)
{
    struct focus f = screen_focus(a->screen);

    return id_is_set(f.person) ? tui_connect(a, f.person, f.episode, a->again.asset) : need_person(a);
}

static unsigned mark(struct app *a)
{
    return tui_mark_again(a, a->again.goal, a->again.value, a->again.why);
}

static unsigned bin(struct app *a)
{
    return tui_bin(a, a->again.why);
}

/* What '.' may do; everything else is passed over, so that it never locks, leaves, joins or undoes anything. */
static const struct {
    int       action;
    unsigned (*fn)(struct app *a);
    bool      told;                 /* by one of the functions above, once its choices are known */
} known[] = {
    { ACT_CONTACT, contact, true }, { ACT_MEASURE, measure, true }, { ACT_CONNECT, connect, true },
    { ACT_MARK_PLAN, mark, true },
    { ACT_BIN, bin, true }, { ACT_CONVERSATION, act_conversation, false }, { ACT_NOTES, act_notes, false },
    { ACT_PLAN, act_plan, false }, { ACT_GAP, act_gap, false }, { ACT_REVIEW, act_review, false },
    { ACT_CONSENT, act_consent, false }, { ACT_EQUALITY, act_equality, false }, { ACT_DECIDE, act_decide, false },
    { ACT_FEEDBACK_SENT, act_feedback_sent, false },
};

void again_action(struct app *a, int action)
{
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (known[i].action == action && !known[i].told)
            begin(a, action);
}

unsigned act_again(struct app *a)
{
    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (known[i].action == a->again.action)
            return known[i].fn(a);
    screen_message(a->screen, STYLE_HINT, "%s",
                   _("Nothing to do again yet: . repeats a contact, a mark, a measure, a connection or a form that "
                     "was opened."));
    return REACT_DRAW;
}
