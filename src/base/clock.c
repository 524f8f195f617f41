#include "dolen/base/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dolen/base/banned.h"

#define DAY_SECONDS 86400

static struct date frozen;

int64_t clock_now(void)
{
    if (date_is_set(frozen))
        return (int64_t)date_days(frozen) * DAY_SECONDS + DAY_SECONDS / 2;
    return (int64_t)time(NULL);
}

struct date clock_today(void)
{
    return date_is_set(frozen) ? frozen : instant_date(clock_now());
}

void clock_freeze(struct date today)
{
    frozen = today;
}

bool clock_freeze_from_env(void)
{
    const char *s = getenv("DOLEN_TODAY");
    struct date d;

    if (!s || !date_parse_iso(s, &d))
        return false;
    clock_freeze(d);
    return true;
}

struct date instant_date(int64_t at)
{
    time_t    t = (time_t)at;
    struct tm tm;

    if (!localtime_r(&t, &tm))
        return (struct date){ 0, 0, 0 };
    return (struct date){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
}

int64_t instant_of_day(struct date d)
{
    struct tm tm = { .tm_year = d.year - 1900, .tm_mon = d.month - 1, .tm_mday = d.day, .tm_isdst = -1 };

    return (int64_t) mktime(&tm);
}

struct date_text instant_show(int64_t at)
{
    struct date_text out = { "" }, day = date_show(instant_date(at));
    time_t           t = (time_t)at;
    struct tm        tm;

    if (!localtime_r(&t, &tm) || snprintf(out.s, sizeof out.s, "%s %02d:%02d", day.s, tm.tm_hour, tm.tm_min) < 0)
        out.s[0] = '\0';
    return out;
}

struct date_text instant_time(int64_t at)
{
    struct date_text out = { "" };
    time_t t = (time_t) at;
    struct tm tm;

    if (!localtime_r(&t, &tm) || snprintf(out.s, sizeof out.s, "%02d:%02d", tm.tm_hour, tm.tm_min) < 0)
        out.s[0] = '\0';
    return out;
}

struct date_text instant_iso(int64_t at)
{
    struct date_text out = { "" };
    time_t           t = (time_t)at;
    struct tm        tm;

    if (!gmtime_r(&t, &tm) || strftime(out.s, sizeof out.s, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        out.s[0] = '\0';
    return out;
}
