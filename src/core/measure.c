#include "dolen/core/measure.h"

#include <math.h>
#include <stdlib.h>

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

double stat_mean(const double *v, size_t n)
{
    double sum = 0;
    size_t there = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(v[i])) {
            sum += v[i];
            there++;
        }
    }
    return there ? sum / (double)there : NAN;
}

static int compare(const void *pa, const void *pb)
{
    const double *a = pa, *b = pb;

    return (*a > *b) - (*a < *b);
}

double stat_quantile(const double *v, size_t n, double p)
{
    double *sorted = xcalloc(n, sizeof *sorted), at, q = NAN;
    size_t  there = 0, low;

    for (size_t i = 0; i < n; i++)
        if (!isnan(v[i]))
            sorted[there++] = v[i];
    if (there > 0 && p >= 0 && p <= 1) {
        qsort(sorted, there, sizeof *sorted, compare);
        at = (double)(there - 1) * p;
        low = (size_t)at;
        q = sorted[low];
        if (low + 1 < there)
            q += (at - (double)low) * (sorted[low + 1] - sorted[low]);
    }
    free(sorted);
    return q;
}

double stat_median(const double *v, size_t n)
{
    return stat_quantile(v, n, 0.5);
}
