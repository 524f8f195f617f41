#include "dolen/core/measure.h"

#include <math.h>
#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/stats.h"
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

struct paired measure_pairs(const double *before, const double *after, size_t n, bool higher_is_better)
{
    struct paired p = { 0, 0, 0, 0, 0, 0, NAN, NAN };
    double       *change = xcalloc(n, sizeof *change);

    for (size_t i = 0; i < n; i++) {
        enum change c = measure_change(before[i], after[i], higher_is_better);

        p.before += !isnan(before[i]);
        p.after += !isnan(after[i]);
        p.better += c == CHANGE_BETTER;
        p.same += c == CHANGE_SAME;
        p.worse += c == CHANGE_WORSE;
        if (c != CHANGE_NONE)
            change[p.pairs++] = after[i] - before[i];
    }
    p.mean_change = stat_mean(change, p.pairs);
    p.median_change = stat_median(change, p.pairs);
    free(change);
    return p;
}
