#include "dolen/core/stats.h"

#include <math.h>
#include <stdlib.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

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

static double tally_at(const struct stat_tally *t, size_t n, double place)
{
    double seen = 0;

    for (size_t i = 0; i < n; i++) {
        seen += (double)t[i].times;
        if (seen > place)
            return t[i].value;
    }
    return NAN;
}

double stat_quantile_tally(const struct stat_tally *t, size_t n, double p)
{
    double all = 0, at, low, q;

    for (size_t i = 0; i < n; i++)
        all += (double)t[i].times;
    if (!(all > 0) || !(p >= 0 && p <= 1))
        return NAN;
    at = (all - 1) * p;
    low = floor(at);
    q = tally_at(t, n, low);
    return low + 1 < all ? q + (at - low) * (tally_at(t, n, low + 1) - q) : q;
}

void stat_add(struct stat_sums *s, const struct stat_sums *part)
{
    s->n += part->n;
    s->sum += part->sum;
    s->squares += part->squares;
}

double stat_sums_mean(const struct stat_sums *s)
{
    return s->n > 0 ? s->sum / s->n : NAN;
}

double stat_sums_sd(const struct stat_sums *s)
{
    double spread = s->n * s->squares - s->sum * s->sum;     /* exact for whole numbers */

    return s->n < 2 ? NAN : spread > 0 ? sqrt(spread / (s->n * (s->n - 1))) : 0;
}

struct stat_interval stat_mean_interval(const struct stat_sums *s)
{
    double half = s->n < 2 ? NAN : stat_t975((size_t)s->n - 1) * stat_sums_sd(s) / sqrt(s->n);
    double mean = stat_sums_mean(s);

    return (struct stat_interval){ mean - half, mean + half };
}

/* The share of Student's t within -t … t: the finite series of Abramowitz and Stegun, 26.7.3 and 26.7.4. All terms are
 * positive, so nothing cancels. */
static double t_within(double t, size_t df)
{
    double theta = atan2(t, sqrt((double)df)), c = cos(theta), s = sin(theta), term, sum;
    size_t k;

    if (df == 1)
        return 2 * theta / M_PI;
    term = df % 2 ? c : 1;
    sum = term;
    for (k = df % 2 ? 3 : 2; k < df; k += 2) {
        term *= c * c * (double)(k - 1) / (double)k;
        sum += term;
    }
    return df % 2 ? 2 * (theta + s * sum) / M_PI : s * sum;
}

static double t_density(double t, size_t df)
{
    double n = (double)df;

    return exp(lgamma((n + 1) / 2) - lgamma(n / 2) - (n + 1) / 2 * log1p(t * t / n)) / sqrt(n * M_PI);
}

/* Fisher's expansion in powers of 1/df about the normal quantile (Abramowitz and Stegun, 26.7.5). */
static double t_expanded(double df)
{
    double z = STAT_Z975, z2 = z * z, g1, g2, g3, g4;

    g1 = z * (z2 + 1) / 4;
    g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
    g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
    return z + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df;
}

double stat_t975(size_t df)
{
    enum { SERIES_UP_TO = 1000, STEPS = 40 };
    double t;

    if (df == 0)
        return NAN;
    if (df == 1)
        return tan(0.95 * M_PI / 2);
    t = df > 4 ? t_expanded((double)df) : 3;
    for (int i = 0; df <= SERIES_UP_TO && i < STEPS; i++) {     /* Newton: t_within is concave above 0 */
        double step = (t_within(t, df) - 0.95) / (2 * t_density(t, df));

        t -= step;
        if (fabs(step) < 1e-14 * t)
            break;
    }
    return t;
}

static double byar_limit(double o, double z)
{
    double root = 1 - 1 / (9 * o) + z / (3 * sqrt(o));

    return o * root * root * root;
}

struct stat_interval stat_byar(double count)
{
    if (!(count >= 0))
        return (struct stat_interval){ NAN, NAN };
    return (struct stat_interval) { count > 0 ? fmax(0, byar_limit(count, -STAT_Z975)) : 0,
                                    byar_limit(count + 1, STAT_Z975) };
}

struct stat_rate stat_rate(double count, double population, double per)
{
    struct stat_interval limits = stat_byar(count);
    double               scale = population > 0 ? per / population : NAN;

    return (struct stat_rate){ count * scale, limits.low * scale, limits.high * scale };
}

struct stat_rate stat_isr(double observed, double expected)
{
    return stat_rate(observed, expected, 100);
}
