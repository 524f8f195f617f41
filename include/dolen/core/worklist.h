/* dolen/core/worklist.h - what is due, in what order, and why in one line.
 *
 * Each kind has a weight; every day past its date adds to it, up to a cap, so that nothing waits for ever behind newer
 * things. The same items on the same day come in the same order, whatever order they were given in. */
#ifndef DOLEN_CORE_WORKLIST_H
#define DOLEN_CORE_WORKLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/id.h"

/* X(name, code of task.kind, base, a day past the date, cap of those days' sum) */
#define WORK_LIST(X)                                            \
    X(RESUME_DRAFT,     "RESUME_DRAFT",     1000,  0,   0)      \
    X(SUPERVISION,      "SUPERVISOR",        600, 20, 300)      \
    X(REFERRAL_WAITING, "REFERRAL_WAITING",  500, 15, 300)      \
    X(REFERRAL_PUT_OFF, "REFERRAL_PUT_OFF",  620, 15, 300)      \
    X(WAITING_LIST,     "WAITING_LIST",      420, 10, 300)      \
    X(FOLLOW_UP,        "FOLLOW_UP",         450, 20, 350)      \
    X(REVIEW,           "REVIEW",            400, 10, 250)      \
    X(FEEDBACK_OWED,    "FEEDBACK_OWED",     350, 10, 250)      \
    X(DRAFT,            "DRAFT",             300,  5, 100)      \
    X(SUPERVISION_DUE,  "SUPERVISION_DUE",   270,  5, 150)      \
    X(RECOVERY_TEST,    "RECOVERY_TEST",     250, 10, 400)      \
    X(ASSET_VERIFY,     "ASSET_VERIFY",      200,  1, 100)      \
    X(GAP,              "GAP",               150,  1,  50)

enum work_kind {
#define X(name, code, base, day, cap) WORK_##name,
    WORK_LIST(X)
#undef X
    WORK_COUNT
};

struct work_item {
    enum work_kind kind;
    struct date    due, since;           /* either may be unset */
    struct id      person, episode, subject;
    char           name[160];            /* person or asset */
    char           what[120];            /* the form of a draft, the follow-up's own words; may be "" */
    int64_t        left_at;              /* drafts: when it was left; else 0 */
    unsigned long  given;                /* drafts: how many answers wait in it */
};

const char *work_kind_code(enum work_kind k);
bool        work_kind_parse(const char *code, enum work_kind *out);
int         work_weight(const struct work_item *item, struct date today);
bool        work_is_overdue(const struct work_item *item, struct date today);

/* Heaviest first; equal weights by due date, then name, then ids. */
void worklist_sort(struct work_item *items, size_t n, struct date today);
/* "follow-up due 3 days ago", "feedback owed to the referrer for 12 days". Without the name. */
void worklist_why(struct buf *out, const struct work_item *item, struct date today);

#endif
