/* clock_shim.c - preloaded: the clock of the calendar is CLOCK_DAYS days off (ahead, or behind when negative). */
#include "shim.h"

#include <sys/time.h>
#include <time.h>

static time_t off(void)
{
    const char *days = getenv("CLOCK_DAYS");

    return days ? (time_t) atol(days) * 86400 : 0;
}

time_t time(time_t *out)
{
    REAL(time_t, "time", time_t *);
    time_t t = real(NULL) + off();

    if (out)
        *out = t;
    return t;
}

int clock_gettime(clockid_t which, struct timespec *out)
{
    REAL(int, "clock_gettime", clockid_t, struct timespec *);
    int rc = real(which, out);

    if (rc == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE))
        out->tv_sec += off();
    return rc;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    REAL(int, "gettimeofday", struct timeval *, void *);
    int rc = real(out, zone);

    out->tv_sec += off();
    return rc;
}
