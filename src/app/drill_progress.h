/* app/drill_progress.h - a practitioner's drills so far: which were played, how they went, which one next. */
#ifndef DOLEN_APP_DRILL_PROGRESS_H
#define DOLEN_APP_DRILL_PROGRESS_H

#include "casefile.h"
#include "dolen/drill/drill_next.h"

struct progress {
    const struct drill   **drills;      /* every drill that can be used, by level and title */
    size_t                 count;
    char                   broken[65];  /* one whose file has faults, so that it cannot be used; "" for none */
    struct drill_pasts     past;        /* of this practitioner, oldest first */
    struct records         rows;        /* every attempt of everybody, newest first */
    struct drill_proposal  next;
    struct id              practitioner;
    struct date            today;
};

enum status progress_load(struct progress *out, struct casefile *cf, struct id practitioner, struct err *err);
void        progress_release(struct progress *p);

/* "Next: "Thirteen months". New to you, and the easiest of those." Nothing when there is no drill. Whoever writes
 * drills reads there as well that one of theirs has faults. */
void progress_proposal(const struct progress *p, struct buf *out);
/* "Thirteen months, level 1: 84 of 100 on 3 Mar 2026 (2 times)" */
void progress_row(const struct progress *p, size_t drill, struct buf *out);
/* The same without title and level; true when an attempt at it is going on. */
bool        progress_how(const struct progress *p, size_t drill, struct buf *out);
/* The last time it was played, and how often; NULL when never. */
const struct drill_past *progress_last(const struct progress *p, const char *drill, int *times);
struct json *progress_json(const struct progress *p);

#endif
