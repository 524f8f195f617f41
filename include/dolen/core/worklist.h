/* dolen/core/worklist.h - what is due, in what order, and why in one line.
 *
 * Each kind has a weight; every day past its date adds to it, up to a cap, so that nothing waits for ever behind newer
 * things. The weights are data (forms/codes/work.yaml, which a service may replace), not code. The same items on the
 * same day come in the same order, whatever order they were given in. */
#ifndef DOLEN_CORE_WORKLIST_H
#define DOLEN_CORE_WORKLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/id.h"

/* X(name, code of task.kind): the codes of the list "work", which holds how they are ordered. */
#define WORK_LIST(X)                                \
    X(RESUME_DRAFT,     "RESUME_DRAFT")             \
    X(SUPERVISION,      "SUPERVISOR")               \
    X(REFERRAL_WAITING, "REFERRAL_WAITING")         \
    X(REFERRAL_PUT_OFF, "REFERRAL_PUT_OFF")         \
    X(WAITING_LIST,     "WAITING_LIST")             \
    X(FIRST_CONTACT,    "FIRST_CONTACT")            \
    X(FOLLOW_UP,        "FOLLOW_UP")                \
    X(REVIEW,           "REVIEW")                   \
    X(FEEDBACK_OWED,    "FEEDBACK_OWED")            \
    X(NEWS_DUE,         "NEWS_DUE")                 \
    X(DRAFT,            "DRAFT")                    \
    X(SUPERVISION_DUE,  "SUPERVISION_DUE")          \
    X(RECOVERY_TEST,    "RECOVERY_TEST")            \
    X(ASSET_VERIFY,     "ASSET_VERIFY")             \
    X(GAP,              "GAP")

enum work_kind {
#define X(name, code) WORK_##name,
    WORK_LIST(X)
#undef X
    WORK_COUNT
};

/* How one kind is ordered: what it weighs on its day, what each day past it adds, and how much those days add at
 * most. */
struct work_rule {
    int weight, per_day, at_most;
};
struct work_rules {
    struct work_rule of[WORK_COUNT];
};

struct work_item {
    enum work_kind kind;
    struct date    due, since;           /* either may be unset */
    struct id      person, episode, subject;
    char           name[160];            /* person or asset */
    char           what[120];            /* the form of a draft, the follow-up's own words; may be "" */
    int64_t        left_at;              /* drafts: when it was left; else 0 */
    unsigned long  given;                /* drafts: how many answers wait in it */
    int            more;                 /* what weighs beside the kind: how soon a person asks to be seen */
};

const char *work_kind_code(enum work_kind k);
bool        work_kind_parse(const char *code, enum work_kind *out);
int         work_weight(const struct work_item *item, const struct work_rules *rules, struct date today);
bool        work_is_overdue(const struct work_item *item, struct date today);

/* Heaviest first; equal weights by due date, then name, then ids. */
void worklist_sort(struct work_item *items, size_t n, const struct work_rules *rules, struct date today);
/* "follow-up due 3 days ago", "feedback owed to the referrer for 12 days". Without the name. */
void worklist_why(struct buf *out, const struct work_item *item, struct date today);

#endif
