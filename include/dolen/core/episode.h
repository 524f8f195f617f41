/* dolen/core/episode.h - the way through a case: where it stands, what comes next, what may be done.
 *
 * referred -> accepted | declined | returned -> conversation held -> plan agreed -> connected -> follow-ups -> review
 * -> closed -> feedback sent. Nothing is blocked because an earlier step was left out: people come as they come. The
 * only steps refused are those that make no sense (closing what is closed). */
#ifndef DOLEN_CORE_EPISODE_H
#define DOLEN_CORE_EPISODE_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/date.h"

/* X(name, label), in order */
#define STAGE_LIST(X)                                \
    X(NEW,           N_("New"))                      \
    X(REFERRED,      N_("Referred"))                 \
    X(ACCEPTED,      N_("Accepted"))                 \
    X(DECLINED,      N_("Declined"))                 \
    X(RETURNED,      N_("Returned to the referrer")) \
    X(CONVERSATION,  N_("Conversation held"))        \
    X(PLAN,          N_("Plan agreed"))              \
    X(CONNECTED,     N_("Connected"))                \
    X(FOLLOW_UP,     N_("Followed up"))              \
    X(REVIEW,        N_("Reviewed"))                 \
    X(CLOSED,        N_("Closed"))                   \
    X(FEEDBACK_SENT, N_("Feedback sent"))

enum stage {
#define X(name, label) STAGE_##name,
    STAGE_LIST(X)
#undef X
    STAGE_COUNT
};

/* X(name, form that records it, label) */
#define STEP_LIST(X)                                                        \
    X(DECIDE,       "decision",     N_("Decide on the referral"))           \
    X(CONVERSATION, "conversation", N_("Have the conversation"))            \
    X(PLAN,         "plan",         N_("Agree a plan"))                     \
    X(AGREE,        "plan",         N_("Agree the plan with the person"))   \
    X(CONNECT,      "connection",   N_("Connect to something in the community")) \
    X(SUGGESTED,    "connection",   N_("Say what became of the suggestion")) \
    X(CONTACT,      "contact",      N_("Follow up"))                        \
    X(REVIEW,       "review",       N_("Review together"))                  \
    X(CLOSE,        "closure",      N_("Close"))                            \
    X(REOPEN,       "",             N_("Open again"))                       \
    X(FEEDBACK,     "",             N_("Send feedback to the referrer"))

enum step {
#define X(name, form, label) STEP_##name,
    STEP_LIST(X)
#undef X
    STEP_COUNT
};

enum decision { DECISION_NONE, DECISION_ACCEPTED, DECISION_DECLINED, DECISION_RETURNED, DECISION_PUT_OFF };

/* What is recorded about one case. Dates not set = did not happen (or not written down). */
struct episode_facts {
    bool          has_referral, has_referrer;     /* a self-referral has no referrer to answer to */
    enum decision decision;
    struct date received_on, decided_on, opened_on, conversation_on, plan_on, connected_on, last_contact_on,
        review_on, closed_on, feedback_sent_on;
    bool          feedback_wanted, plan_begun;    /* a plan is written down, agreed or not */
    bool          suggested;                      /* something to connect to, and nothing came of it yet */
    bool          referral_waits;                 /* another one came, and waits for its decision: of a closed case */
};

enum decision decision_of_code(const char *code);      /* of the code list "decision"; NULL: none yet */

enum stage  episode_stage(const struct episode_facts *f);
const char *stage_label(enum stage s);                 /* translated */

bool        episode_allows(const struct episode_facts *f, enum step s);
/* Steps worth taking next, the most natural first; returns how many (at most STEP_COUNT, at most max written). */
size_t      episode_next(const struct episode_facts *f, enum step *out, size_t max);
const char *step_form(enum step s);                    /* "" when no form records it */
const char *step_label(enum step s);                   /* translated */

#endif
