#include "dolen/core/episode.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static const char *const stages[STAGE_COUNT] = {
#define X(name, label) [STAGE_##name] = label,
    STAGE_LIST(X)
#undef X
};

static const struct {
    const char *form, *label;
} steps[STEP_COUNT] = {
#define X(name, form, label) [STEP_##name] = { form, label },
    STEP_LIST(X)
#undef X
};

/* The waiting list goes on; "something serious came first" leaves the referral to be decided on when that has been seen
 * to; the rest of the list ends here, told apart by who ended it. */
static const struct {
    const char   *code;
    enum decision decision;
} decisions[] = {
    { "ACCEPTED", DECISION_ACCEPTED },     { "WAITING", DECISION_ACCEPTED },  { "SERIOUS_FIRST", DECISION_PUT_OFF },
    { "DECLINED", DECISION_DECLINED },     { "NO_CONTACT", DECISION_DECLINED },
    { "NOT_ELIGIBLE", DECISION_RETURNED }, { "CLINICAL", DECISION_RETURNED }, { "RETURNED", DECISION_RETURNED },
    { "DUPLICATE", DECISION_RETURNED },
};

/* A code that a service added itself ends the referral: it can be changed as long as the case is not closed. */
enum decision decision_of_code(const char *code)
{
    if (!code || !*code)
        return DECISION_NONE;
    for (size_t i = 0; i < ARRAY_LEN(decisions); i++)
        if (str_eq(code, decisions[i].code))
            return decisions[i].decision;
    return DECISION_RETURNED;
}

static bool is_open(const struct episode_facts *f)
{
    return date_is_set(f->opened_on) && !date_is_set(f->closed_on);
}

static bool was_turned_away(const struct episode_facts *f)
{
    return f->decision == DECISION_DECLINED || f->decision == DECISION_RETURNED;
}

static bool has_ended(const struct episode_facts *f)
{
    return date_is_set(f->closed_on) || (was_turned_away(f) && !date_is_set(f->opened_on));
}

/* A contact is a follow-up once there is something to follow up. */
static bool is_followed_up(const struct episode_facts *f)
{
    return date_is_set(f->connected_on) && date_is_set(f->last_contact_on)
        && date_compare(f->last_contact_on, f->connected_on) > 0;
}

/* The furthest that was reached, whatever was left out on the way. */
enum stage episode_stage(const struct episode_facts *f)
{
    if (has_ended(f) && date_is_set(f->feedback_sent_on))
        return STAGE_FEEDBACK_SENT;
    if (date_is_set(f->closed_on))
        return STAGE_CLOSED;
    if (has_ended(f))
        return f->decision == DECISION_DECLINED ? STAGE_DECLINED : STAGE_RETURNED;
    if (date_is_set(f->review_on))
        return STAGE_REVIEW;
    if (is_followed_up(f))
        return STAGE_FOLLOW_UP;
    if (date_is_set(f->connected_on))
        return STAGE_CONNECTED;
    if (date_is_set(f->plan_on))
        return STAGE_PLAN;
    if (date_is_set(f->conversation_on))
        return STAGE_CONVERSATION;
    if (date_is_set(f->opened_on) || f->decision == DECISION_ACCEPTED)
        return STAGE_ACCEPTED;
    return f->has_referral ? STAGE_REFERRED : STAGE_NEW;
}

const char *stage_label(enum stage s)
{
    return (unsigned)s < STAGE_COUNT ? _(stages[s]) : "";
}

/* A contact may be written up after closing; the rest of the work wants the case opened again first. */
bool episode_allows(const struct episode_facts *f, enum step s)
{
    switch (s) {
    case STEP_DECIDE:
        return f->referral_waits || (f->has_referral && !date_is_set(f->closed_on));
    case STEP_CONTACT:
        return date_is_set(f->opened_on);
    case STEP_CONVERSATION:
    case STEP_PLAN:
    case STEP_AGREE:
    case STEP_CONNECT:
    case STEP_SUGGESTED:
    case STEP_REVIEW:
    case STEP_CLOSE:
        return is_open(f);
    case STEP_REOPEN:
        return date_is_set(f->closed_on);
    case STEP_FEEDBACK:
        return f->has_referrer && (f->decision != DECISION_NONE || date_is_set(f->opened_on))
            && !date_is_set(f->feedback_sent_on);
    default:
        return false;
    }
}

static bool is_wanted(const struct episode_facts *f, enum step s)
{
    switch (s) {
    case STEP_DECIDE:       /* from the waiting list, too */
        return f->referral_waits || (!was_turned_away(f) && !date_is_set(f->opened_on));
    case STEP_CONVERSATION: return !date_is_set(f->conversation_on);
    case STEP_PLAN:         return !date_is_set(f->plan_on) && !f->plan_begun;
    case STEP_AGREE:        return !date_is_set(f->plan_on) && f->plan_begun;
    case STEP_CONNECT:      return !date_is_set(f->connected_on) && !f->suggested;
    case STEP_SUGGESTED:    return !date_is_set(f->connected_on) && f->suggested;
    case STEP_CONTACT:      return is_open(f) && date_is_set(f->connected_on) && !is_followed_up(f);
    case STEP_REVIEW:       return date_is_set(f->connected_on) && !date_is_set(f->review_on);
    case STEP_CLOSE:        return date_is_set(f->review_on);
    case STEP_FEEDBACK:     return f->feedback_wanted && has_ended(f);
    default:                return false;
    }
}

size_t episode_next(const struct episode_facts *f, enum step *out, size_t max)
{
    size_t n = 0;

    for (int s = 0; s < STEP_COUNT; s++) {
        if (!is_wanted(f, (enum step)s) || !episode_allows(f, (enum step)s))
            continue;
        if (n < max)
            out[n] = (enum step)s;
        n++;
    }
    return n;
}

const char *step_form(enum step s)
{
    return (unsigned)s < STEP_COUNT ? steps[s].form : "";
}

const char *step_label(enum step s)
{
    return (unsigned)s < STEP_COUNT ? _(steps[s].label) : "";
}
