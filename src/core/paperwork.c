/* core/paperwork.c - how long a form is filled in: the time between one key and the next, without the long pauses. */
#include "dolen/core/paperwork.h"

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

int64_t paperwork_key(struct paperwork_meter *m, int64_t now)
{
    int64_t gap = now - m->last;

    m->last = now;
    if (!m->form[0] || gap < 0)
        return 0;
    if (gap > m->pause)
        return m->lines ? m->pause : 0;
    return gap;
}

void paperwork_front(struct paperwork_meter *m, const char *form)
{
    str_copy(m->form, sizeof m->form, form ? form : "");
}

struct date paperwork_monday(struct date d)
{
    return date_add_days(d, -(int) (((date_days(d) + 3) % 7 + 7) % 7));    /* 1 January 1970 was a Thursday */
}
