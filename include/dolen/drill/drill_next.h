/* dolen/drill/drill_next.h - which drill next, and why: what was set, then what went wrong, then what is due
 * again, then what is new. Pure: the past and today come in. */
#ifndef DOLEN_DRILL_DRILL_NEXT_H
#define DOLEN_DRILL_DRILL_NEXT_H

#include "dolen/base/date.h"
#include "dolen/drill/drill_judge.h"
#include "dolen/store/read.h"

struct drill_past {                     /* one attempt that is done */
    char                    drill[65];
    struct date             on;
    int                     percent;
    enum drill_safety_state safety;
    int                     skill_points[DRILL_SKILLS], skill_best[DRILL_SKILLS];
};
struct drill_pasts {
    struct drill_past *items;           /* oldest first */
    size_t             count, cap;
};

enum drill_why { WHY_SET, WHY_SAFETY, WHY_DUE, WHY_WEAK, WHY_NEW, WHY_LATER };

struct drill_proposal {
    const struct drill *d;              /* NULL: there is none at all */
    enum drill_why      why;
    struct date         due, last;      /* when it is or was due; when it was last played */
    int                 percent;        /* what it came to then */
    enum drill_skill    skill;          /* WHY_WEAK */
    struct id           set;            /* WHY_SET: the row */
};

/* Days until a drill is due again: 1 when it went badly (below half, or the safety line failed), 3 below 80 of
 * 100; from there on a week, doubled each time it goes well in a row, at most half a year. */
int  drill_interval(const struct drill_pasts *past, const char *drill);

/* set: rows of T_DRILL in state SET for this practitioner. */
void drill_propose(const struct drill *const *all, size_t n, const struct drill_pasts *past,
                   const struct records *set,
                   struct date today, struct drill_proposal *out);
/* "Due again since 3 Mar 2026: it came to 60 of 100 then." in the current language. */
void drill_why_text(const struct drill_proposal *p, struct date today, struct buf *out);

/* From rows of T_DRILL (newest first, as they are listed), of one practitioner (not set: of all). Release items by
 * free. */
void drill_pasts_of(const struct records *rows, struct id practitioner, struct drill_pasts *out);

#endif
