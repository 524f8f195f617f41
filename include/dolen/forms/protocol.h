/* dolen/forms/protocol.h - what to do about something serious: steps, numbers, what to write down. No case data. */
#ifndef DOLEN_FORMS_PROTOCOL_H
#define DOLEN_FORMS_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/status.h"

struct protocol_number {
    struct text2 name, hours, note;
    char        *number;
    struct date  checked;           /* not set: never */
};

struct protocol {
    char                   *id;
    int                     order;
    bool                    stands_in;      /* as shipped, because the service's own file of it cannot be used */
    struct text2            title;
    char                   *approved_by;    /* "" until the organisation's lead has approved it */
    struct date             approved_on;
    struct text2           *steps;
    size_t                  step_count;
    struct protocol_number *numbers;
    size_t                  number_count;
    struct text2           *record;
    size_t                  record_count;
};

enum status protocol_parse(struct protocol **out, const char *file, const char *s, size_t n, struct err *err);
void        protocol_free(struct protocol **pp);
/* True when the number was never checked or longer ago than 180 days. */
bool        protocol_number_is_stale(const struct protocol_number *n, struct date today);

#endif
