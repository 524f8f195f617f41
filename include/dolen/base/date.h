/* dolen/base/date.h - calendar dates without time zones, instants in UTC seconds, and the only clock.
 *
 * A birthday never moves: dates are year, month, day and nothing else, stored as YYYY-MM-DD. */
#ifndef DOLEN_BASE_DATE_H
#define DOLEN_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

struct date {
    int year, month, day;           /* year 0 = no date */
};

struct date_text {
    char s[40];
};

bool        date_is_set(struct date d);
bool        date_is_valid(struct date d);                    /* Gregorian, years 1800-2199 */
int         date_compare(struct date a, struct date b);      /* <0, 0, >0 */
long        date_days(struct date d);                        /* days since 1970-01-01 */
struct date date_from_days(long days);
struct date date_add_days(struct date d, int days);
struct date date_add_months(struct date d, int months);      /* clamps to the month's last day */
/* That day, or the first one after it that is no weekend and no bank holiday of Wales (those proclaimed for one year
 * alone are not known). */
struct date date_workday(struct date d);
int         date_age(struct date birth, struct date on);     /* whole years; -1 when unknown */

/* Strict YYYY-MM-DD. */
bool date_parse_iso(const char *s, struct date *out);
/* What people type, day first: 3/2/26, 03.02.2026, 3 Feb 2026, 3 Chwefror 2026, 2026-02-03, and, relative to today:
 * today/heddiw, tomorrow/yfory, yesterday/ddoe, +7, -3. Two-digit years: the year within 80 past and 19 coming. */
bool date_parse(const char *s, struct date today, struct date *out);
/* The same, and where the lean allows it a day without its year (3/2, 3 Feb): the last such day up to today, or the
 * next one from today on. 29 Feb is looked for in the years that have it. */
/* DATE_BORN: with its year; of two digits it is the last such day up to today, for many are over 80. */
enum date_lean { DATE_WITH_YEAR, DATE_PAST, DATE_COMING, DATE_BORN };
bool date_parse_lean(const char *s, struct date today, enum date_lean lean, struct date *out);

/* How much of a date is known. */
enum date_grain { GRAIN_DAY, GRAIN_MONTH, GRAIN_YEAR, GRAIN_ABOUT };
/* A month with its year (March 1950, 3/1950: its 1st) or a year of four digits (1 July), never after today where that
 * can be: what is known of some birthdays. */
bool date_parse_vague(const char *s, struct date today, struct date *out, enum date_grain *grain);

struct date_text date_iso(struct date d);                    /* 2026-02-03, "" when not set */
struct date_text date_show(struct date d);                   /* 3 Feb 2026 / 3 Chwe 2026 in the current language */
struct date_text date_show_grain(struct date d, enum date_grain g);      /* as date_show; Feb 2026; 2026; about 2026 */
struct date_text date_show_long(struct date d);              /* Tuesday 3 February 2026 */
struct date_text date_show_month(struct date d);             /* February 2026 */
struct date_text date_show_day(struct date d);               /* Tuesday 3 February */
/* of "2026-02": Feb / Chwe; "" of anything else */
const char *date_month_short(const char *code);
/* of "2026-Q1": Jan-Mar 2026, for no number tells which year */
struct date_text date_show_quarter(const char *code);

/* --- the clock: nothing else asks the system what time it is --- */

int64_t     clock_now(void);                                 /* UTC seconds */
struct date clock_today(void);                               /* local calendar date */
/* Freezes both at noon UTC of that day (a later call moves it on). Only training files and test builds honour
 * DOLEN_TODAY: the caller decides, see clock_freeze_from_env. */
void        clock_freeze(struct date today);
bool        clock_freeze_from_env(void);                     /* reads DOLEN_TODAY; false when absent or bad */
struct date_text instant_show(int64_t at);                   /* 3 Feb 2026 14:07, local time */
struct date_text instant_time(int64_t at);                   /* 14:07, local time */
struct date_text instant_iso(int64_t at);                    /* 2026-02-03T14:07:00Z */
struct date      instant_date(int64_t at);                   /* local date of an instant */
int64_t          instant_of_day(struct date d);              /* when that day begins here; summer time is seen to */

#endif
