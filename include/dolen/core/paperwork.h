/* dolen/core/paperwork.h - how long a form is filled in: the time between one key and the next, without the long
 * pauses.
 *
 * The rule (docs/manual.md says it to practitioners): a form counts from the key that opened it to the key that left
 * it. Time in which no key came for longer than a pause may last is no paperwork (somebody talks, the telephone
 * rings) and counts not at all. Line mode hears of a line when it is finished: of a line that took longer, a pause's
 * length counts. */
#ifndef DOLEN_CORE_PAPERWORK_H
#define DOLEN_CORE_PAPERWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/date.h"

struct paperwork_meter {
    char    form[48];                        /* id of the form in front, "" none */
    int64_t last;                            /* ms, any clock that only goes on: the key before */
    int64_t pause;                           /* ms: longer ones do not count */
    bool    lines;                           /* line mode */
};

/* A key at that time, before it does anything. Returns the ms that it adds to m->form; 0 when none is in front. */
int64_t paperwork_key(struct paperwork_meter *m, int64_t now);
/* What is in front once the key has done its work; NULL none. */
void    paperwork_front(struct paperwork_meter *m, const char *form);

struct date paperwork_monday(struct date d);                 /* the Monday of its week */

#endif
