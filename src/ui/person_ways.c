/* person_ways.c - which keys begin something for a person as things stand, so that a key bar names no other. */
#include "person_priv.h"

#include "dolen/base/mem.h"
#include "dolen/ui/actions.h"
#include "dolen/base/banned.h"

bool person_way_idle(const struct episode_facts *f, bool waits, int action)
{
    static const struct { int action; enum step step; } steps[] = {
        { ACT_CONTACT, STEP_CONTACT }, { ACT_CONVERSATION, STEP_CONVERSATION }, { ACT_PLAN, STEP_PLAN },
        { ACT_CONNECT, STEP_CONNECT }, { ACT_REVIEW, STEP_REVIEW }, { ACT_CLOSE_EPISODE, STEP_CLOSE },
        { ACT_REOPEN, STEP_REOPEN },
    };

    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (steps[i].action == action)
            return !episode_allows(f, steps[i].step);
    if (action == ACT_DECIDE)
        return !waits;
    return (action == ACT_MISSING || action == ACT_MEASURE || action == ACT_GAP) && !date_is_set(f->opened_on);
}

bool person_row_idle(struct ui *u, const struct person_row *p, int action)
{
    bool waits = action == ACT_DECIDE && id_is_set(person_waiting_referral(u, p->id));
    struct episode_facts f = { .has_referral = waits };

    if (id_is_set(p->episode))
        f.opened_on = u->today;
    if (id_is_set(p->episode) && !p->open)
        f.closed_on = u->today;
    return person_way_idle(&f, waits, action);
}
