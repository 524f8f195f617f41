/* the days on which nobody is at work: weekends, and the bank holidays of Wales as they come every year. */
#include "dolen/base/date.h"

#include <stddef.h>

#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

enum { MONDAY, TUESDAY, SATURDAY = 5 };

static int day_of_week(struct date d)           /* 0 is Monday; 1970-01-01 was a Thursday */
{
    return (int) (((date_days(d) + 3) % 7 + 7) % 7);
}

/* Easter Sunday of the Gregorian calendar, by the golden number and the century (Meeus, Jones, Butcher). */
static struct date easter(int year)
{
    int golden = year % 19, century = year / 100, of_century = year % 100;
    int skipped = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - century / 4 - skipped + 15) % 30;
    int to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    int late = (golden + 11 * epact + 22 * to_sunday) / 451;
    int n = epact + to_sunday - 7 * late + 114;

    return (struct date) { year, n / 31, n % 31 + 1 };
}

/* Between these days of the month, on a weekday up to last; one that falls on a weekend is kept on the next weekdays. */
static const struct {
    int month, from, to, last;
} holidays[] = {
    { 1, 1, 1, 6 },   { 1, 2, 3, MONDAY },                          /* New Year's Day */
    { 5, 1, 7, MONDAY }, { 5, 25, 31, MONDAY }, { 8, 25, 31, MONDAY },
    { 12, 25, 26, 6 }, { 12, 27, 28, TUESDAY },                     /* Christmas Day and Boxing Day */
};

static bool is_holiday(struct date d)
{
    long from_easter = date_days(d) - date_days(easter(d.year));

    for (size_t i = 0; i < ARRAY_LEN(holidays); i++)
        if (d.month == holidays[i].month && d.day >= holidays[i].from && d.day <= holidays[i].to &&
            day_of_week(d) <= holidays[i].last)
            return true;
    return from_easter == -2 || from_easter == 1;                   /* Good Friday, Easter Monday */
}

struct date date_workday(struct date d)
{
    while (date_is_valid(d) && (day_of_week(d) >= SATURDAY || is_holiday(d)))
        d = date_add_days(d, 1);
    return d;
}
