/* dolen/core/stats.h - the numbers that sum up many: means and their intervals, percentiles, rates and ratios.
 *
 * Missing is NAN on the way in: left out and counted, never taken for 0. A figure that cannot be given is NAN on the
 * way out. Each formula is stated, because it is printed beside the figure; R gives the same to 12 digits. */
#ifndef DOLEN_CORE_STATS_H
#define DOLEN_CORE_STATS_H

#include <stddef.h>

#define STAT_Z975 1.959963984540054         /* qnorm(0.975) */

double stat_quantile(const double *v, size_t n, double p);   /* type 7, as R and spreadsheets do; p from 0 to 1 */

/* The same percentile from counted values: value[i] occurs times[i] times, values rising. */
struct stat_tally {
    double value;
    long   times;
};
double stat_quantile_tally(const struct stat_tally *t, size_t n, double p);

/* Sums that add up over laptops, months and shards: partials of the parts give the whole exactly while the values are
 * whole numbers below 2^26. */
struct stat_sums {
    double n, sum, squares;
};
void   stat_add(struct stat_sums *s, const struct stat_sums *part);
double stat_sums_mean(const struct stat_sums *s);
double stat_sums_sd(const struct stat_sums *s);              /* of a sample, n - 1; NAN below two */

struct stat_interval {
    double low, high;
};
/* mean -+ t(0.975, n - 1) * sd / sqrt(n): the 95 % t interval for the mean of paired changes. NAN below two. */
struct stat_interval stat_mean_interval(const struct stat_sums *s);
/* The upper 2.5 % point of Student's t with df degrees of freedom; NAN for 0. */
double stat_t975(size_t df);

/* Byar's approximate 95 % limits of a count O (Breslow and Day 1987, volume II, page 69), z = qnorm(0.975):
 *   low  = O * (1 - 1/(9 O) - z / (3 sqrt(O)))^3                 high = (O + 1) * (1 - 1/(9 (O + 1)) + z / (3 sqrt(O
 * + 1)))^3 low is 0 for O = 0. */
struct stat_interval stat_byar(double count);
/* A rate per `per` people, with the limits of its count divided the same way. NAN for a population that is not above
 * 0. */
struct stat_rate {
    double rate, low, high;
};
struct stat_rate stat_rate(double count, double population, double per);

/* The indirectly standardised ratio, 100 * O / E, with Byar's limits of O over E. E is the count that the standard
 * rates would give in this population; E must not come from the population's own counts alone. NAN for E not
 * above 0. */
struct stat_rate stat_isr(double observed, double expected);

#endif
