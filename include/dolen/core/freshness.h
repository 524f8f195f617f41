/* dolen/core/freshness.h - how long a directory entry can be trusted since somebody talked to them.
 *
 * Only talking to them counts: an edit here, or something heard from somebody else, proves nothing about opening hours.
 * How many months a kind of entry keeps is data (fresh_months of its code in forms/codes/asset_category.yaml). */
#ifndef DOLEN_CORE_FRESHNESS_H
#define DOLEN_CORE_FRESHNESS_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"

#define FRESH_MONTHS 6              /* where the code list says nothing */

enum freshness {
    FRESHNESS_FRESH,
    FRESHNESS_DUE,                  /* in its last month: ring them before it goes stale */
    FRESHNESS_STALE                 /* past it, or never talked to */
};

/* months below 1: FRESH_MONTHS. */
struct date    fresh_due_on(struct date verified, int months);      /* first day of FRESHNESS_DUE */
enum freshness freshness_of(struct date verified, int months, struct date today);
/* "talked to them 12 days ago", "talked to them 5 months ago: ring before 3 Apr 2026", "nobody has talked to them
 * yet" … */
void           freshness_why(struct buf *out, struct date verified, int months, struct date today);
/* Order of a call list: what has been stale longest comes first, what was never verified before everything. <0, 0,
 * >0. */
int            freshness_compare(struct date verified_a, int months_a, struct date verified_b, int months_b);

/* --- before somebody is sent there ------------------------------------------------------------------------------ */

enum caution {
    CAUTION_CLOSED      = 1 << 0,   /* they said that it no longer runs */
    CAUTION_FULL        = 1 << 1,
    CAUTION_ENOUGH      = 1 << 2,   /* as many sent this month as they said they can take */
    CAUTION_UNLISTED    = 1 << 3,   /* asks not to be advertised */
    CAUTION_STALE       = 1 << 4,
    CAUTION_LOCAL       = 1 << 5    /* for people of the area they serve, and nobody else */
};

struct asset_load {
    struct date verified, full_until, added;        /* added today: just written down, not out of date */
    int         fresh_months;
    long        takes_a_month;      /* below 0: they have not said */
    long        sent_this_month;    /* referred there in this calendar month; signposting is not counted */
    bool        unlisted, local_only, closed;
};

unsigned cautions_of(const struct asset_load *a, struct date today);
/* The worst one in a few words for a row ("full until 3 Apr 2026"); nothing when there is none. */
void     caution_brief(struct buf *out, const struct asset_load *a, struct date today);
/* All of them, a sentence each, blanks between. */
void     caution_sentences(struct buf *out, const struct asset_load *a, struct date today);

#endif
