/* dolen/exchange/ics.h - all-day events for a calendar (RFC 5545). No person is in it: the titles are all alike. */
#ifndef DOLEN_EXCHANGE_ICS_H
#define DOLEN_EXCHANGE_ICS_H

#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"
#include "dolen/base/id.h"

void ics_begin(struct buf *out);
/* One day, one event. of: what falls due then; its UID is a hash of that, the same in every calendar, so that importing
 * the next one doubles nothing, and nothing in the case file can be told from it. made: UTC seconds. */
void ics_event(struct buf *out, struct id of, struct date on, const char *title, int64_t made);
void ics_end(struct buf *out);

#endif
