#include "dolen/core/measure.h"

#include <math.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

enum change measure_change(double before, double after, bool higher_is_better)
{
    if (isnan(before) || isnan(after))
        return CHANGE_NONE;
    if (!(after > before) && !(after < before))
        return CHANGE_SAME;
    return (after > before) == higher_is_better ? CHANGE_BETTER : CHANGE_WORSE;
}

const char *change_label(enum change c)
{
    static const char *const labels[] = { "", N_("better"), N_("the same"), N_("worse") };

    return (unsigned)c < ARRAY_LEN(labels) ? _(labels[c]) : "";
}

