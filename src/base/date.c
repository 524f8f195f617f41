#include "dolen/base/date.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

enum { FIRST_YEAR = 1800, LAST_YEAR = 2199 };

static const char *const months_long[12] = {
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
};
static const char *const months_short[12] = {
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
};
static const char *const weekdays[7] = {
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
};

/* What people type, in both languages whichever is on; the mutated forms are those that follow "o". */
static const struct {
    const char *name;
    int         month;
} month_words[] = {
    { "january", 1 },  { "february", 2 }, { "march", 3 },     { "april", 4 },    { "may", 5 },       { "june", 6 },
    { "july", 7 },     { "august", 8 },   { "september", 9 }, { "october", 10 }, { "november", 11 }, { "december", 12 },
    { "ionawr", 1 },   { "chwefror", 2 }, { "mawrth", 3 },    { "ebrill", 4 },   { "mai", 5 },       { "mehefin", 6 },
    { "gorffennaf", 7 }, { "awst", 8 },   { "medi", 9 },      { "hydref", 10 },  { "tachwedd", 11 }, { "rhagfyr", 12 },
    { "fawrth", 3 },   { "fai", 5 },      { "fehefin", 6 },   { "orffennaf", 7 }, { "fedi", 9 },
    { "dachwedd", 11 }, { "ragfyr", 12 },
};
static const struct {
    const char *word;
    int         days;
} day_words[] = {
    { "today", 0 }, { "heddiw", 0 }, { "tomorrow", 1 }, { "yfory", 1 }, { "fory", 1 },
    { "yesterday", -1 }, { "ddoe", -1 }, { "doe", -1 },
};
/* May stand between day and month without meaning anything: "3rd of February", "3ydd o Chwefror". */
static const char *const filler[] = { "st", "nd", "rd", "th", "of", "o", "af", "ail", "il", "ydd", "fed", "ed", "eg",
                                      "ain" };

bool date_is_set(struct date d)
{
    return d.year != 0;
}

static int month_length(int year, int month)
{
    static const int lengths[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return lengths[month - 1] + (month == 2 && leap);
}

bool date_is_valid(struct date d)
{
    return d.year >= FIRST_YEAR && d.year <= LAST_YEAR && d.month >= 1 && d.month <= 12 && d.day >= 1
        && d.day <= month_length(d.year, d.month);
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* Counts in years that begin in March and eras of 400 years, so that the leap day comes last. */
long date_days(struct date d)
{
    long y = d.month <= 2 ? d.year - 1 : d.year;
    long era = y / 400, in_era = y - era * 400;
    long in_year = (153L * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;

    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

struct date date_from_days(long days)
{
    long z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, in_era = z - era * 146097;
    long year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    long in_year = in_era - (365 * year + year / 4 - year / 100), m = (5 * in_year + 2) / 153;
    int  month = (int)(m < 10 ? m + 3 : m - 9);

    return (struct date){ (int)(year + era * 400 + (month <= 2)), month, (int)(in_year - (153 * m + 2) / 5 + 1) };
}

struct date date_add_days(struct date d, int days)
{
    return date_is_set(d) ? date_from_days(date_days(d) + days) : d;
}

struct date date_add_months(struct date d, int months)
{
    int n = d.year * 12 + d.month - 1 + months;

    if (!date_is_set(d))
        return d;
    d.year = n / 12;
    d.month = n % 12 + 1;
    if (d.day > month_length(d.year, d.month))
        d.day = month_length(d.year, d.month);
    return d;
}

int date_age(struct date birth, struct date on)
{
    int age = on.year - birth.year;

    if (!date_is_set(birth) || !date_is_set(on) || date_compare(on, birth) < 0)
        return -1;
    if (on.month < birth.month || (on.month == birth.month && on.day < birth.day))
        age--;
    return age;
}

bool date_parse_iso(const char *s, struct date *out)
{
    struct date d;

    if (!s || strlen(s) != 10)
        return false;
    for (int i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? s[i] != '-' : !isdigit((unsigned char)s[i]))
            return false;
    d = (struct date){ atoi(s), atoi(s + 5), atoi(s + 8) };
    if (!date_is_valid(d))
        return false;
    *out = d;
    return true;
}

/* A run of digits or of ASCII letters; anything else parts them. */
struct word {
    char s[16];
    bool number;
};

static bool is_filler(const char *s)
{
    for (size_t i = 0; i < ARRAY_LEN(filler); i++)
        if (str_eq(s, filler[i]))
            return true;
    return false;
}

/* Words of s, fillers left out; -1 when there are more than max or one cannot be part of a date. */
static int split(const char *s, struct word *words, int max)
{
    int n = 0;

    while (*s) {
        unsigned char c = (unsigned char)*s;
        size_t        len = 0;
        struct word   w = { "", isdigit(c) != 0 };

        if (strchr(" \t/.-,", c)) {
            s++;
            continue;
        }
        if (!isalnum(c))
            return -1;
        while (w.number ? isdigit((unsigned char)*s) : isalpha((unsigned char)*s)) {
            if (len + 1 == sizeof w.s)
                return -1;
            w.s[len++] = (char)tolower((unsigned char)*s++);
        }
        if (!w.number && is_filler(w.s))
            continue;
        if (n == max)
            return -1;
        words[n++] = w;
    }
    return n;
}

static int month_of(const struct word *w)
{
    size_t n = strlen(w->s);

    if (w->number)
        return n <= 2 ? atoi(w->s) : 0;
    for (size_t i = 0; n >= 3 && i < ARRAY_LEN(month_words); i++)
        if (str_starts(month_words[i].name, w->s))
            return month_words[i].month;
    return 0;
}

/* Two digits: the year within 80 past and 19 coming. */
static int year_of(const struct word *w, struct date today)
{
    size_t n = strlen(w->s);
    int    year;

    if (!w->number || (n != 2 && n != 4))
        return 0;
    year = atoi(w->s);
    if (n == 4)
        return year;
    year += today.year / 100 * 100;
    if (year > today.year + 19)
        year -= 100;
    else if (year < today.year - 80)
        year += 100;
    return year;
}

static bool parse_relative(const char *s, struct date today, struct date *out)
{
    char *end;
    long  n;

    for (size_t i = 0; i < ARRAY_LEN(day_words); i++) {
        if (strcasecmp(s, day_words[i].word) == 0) {
            *out = date_add_days(today, day_words[i].days);
            return true;
        }
    }
    if ((*s != '+' && *s != '-') || !isdigit((unsigned char)s[1]))
        return false;
    n = strtol(s, &end, 10);
    if (*end || n < -36500 || n > 36500)
        return false;
    *out = date_add_days(today, (int)n);
    return date_is_valid(*out);
}

static bool set_valid(struct date d, struct date *out)
{
    if (!date_is_valid(d))
        return false;
    *out = d;
    return true;
}

#define LEAP_YEARS_APART 8      /* at most: over a century that is none */

/* The nearest year on the side that is leant to in which there is such a day. */
static bool lean_to(struct date d, struct date today, enum date_lean lean, struct date *out)
{
    int step = lean == DATE_PAST ? -1 : 1;

    d.year = today.year;
    if (lean == DATE_WITH_YEAR || lean == DATE_BORN)
        return false;
    for (int i = 0; i <= LEAP_YEARS_APART; i++, d.year += step)
        if (date_compare(d, today) * step >= 0 && set_valid(d, out))
            return true;
    return false;
}

/* Without the blanks around it; false when it is too long for a date. */
static bool trimmed(char *t, size_t size, const char *s)
{
    size_t n;

    if (!s || !str_copy(t, size, s + strspn(s, " \t")))
        return false;
    for (n = strlen(t); n > 0 && (t[n - 1] == ' ' || t[n - 1] == '\t'); n--)
        t[n - 1] = '\0';
    return true;
}

bool date_parse_lean(const char *s, struct date today, enum date_lean lean, struct date *out)
{
    char        t[48];
    struct word w[3];
    struct date d;
    int         words;

    if (!trimmed(t, sizeof t, s))
        return false;
    if (parse_relative(t, today, out) || date_parse_iso(t, out))
        return true;
    if (t[0] == '+' || t[0] == '-' || (words = split(t, w, 3)) < 2 || !w[0].number || strlen(w[0].s) > 2)
        return false;
    d = (struct date){ words == 3 ? year_of(&w[2], today) : 0, month_of(&w[1]), atoi(w[0].s) };
    if (lean == DATE_BORN && words == 3 && strlen(w[2].s) == 2 && date_compare(d, today) > 0)
        d.year -= 100;
    return words == 3 ? set_valid(d, out) : lean_to(d, today, lean, out);
}

bool date_parse_vague(const char *s, struct date today, struct date *out, enum date_grain *grain)
{
    char        t[48];
    struct word w[2];
    struct date d;
    int         words = trimmed(t, sizeof t, s) && t[0] != '+' && t[0] != '-' ? split(t, w, 2) : 0;

    if (words < 1 || !w[words - 1].number || strlen(w[words - 1].s) != 4)
        return false;
    *grain = words == 2 ? GRAIN_MONTH : GRAIN_YEAR;
    d = (struct date){ atoi(w[words - 1].s), words == 2 ? month_of(&w[0]) : 7, 1 };
    if (*grain == GRAIN_YEAR && d.year == today.year && date_compare(d, today) > 0)
        d.month = 1;
    return set_valid(d, out);
}

bool date_parse(const char *s, struct date today, struct date *out)
{
    return date_parse_lean(s, today, DATE_WITH_YEAR, out);
}

struct date_text date_iso(struct date d)
{
    struct date_text out = { "" };

    if (date_is_set(d) && snprintf(out.s, sizeof out.s, "%04d-%02d-%02d", d.year, d.month, d.day) < 0)
        out.s[0] = '\0';
    return out;
}

static struct date_text show(struct date d, const char *before, const char *month)
{
    struct date_text out;
    char            *s = xasprintf("%s%s%d %s %d", before, *before ? " " : "", d.day, month, d.year);

    str_copy(out.s, sizeof out.s, s);
    free(s);
    return out;
}

struct date_text date_show(struct date d)
{
    if (!date_is_valid(d))
        return (struct date_text){ "" };
    return show(d, "", _(months_short[d.month - 1]));
}

struct date_text date_show_grain(struct date d, enum date_grain g)
{
    struct date_text out = { "" };
    char            *s;

    if (g == GRAIN_DAY || !date_is_valid(d))
        return date_show(d);
    s = g == GRAIN_MONTH ? xasprintf("%s %d", _(months_short[d.month - 1]), d.year)
                         : xasprintf(g == GRAIN_ABOUT ? _("about %d") : "%d", d.year);
    str_copy(out.s, sizeof out.s, s);
    free(s);
    return out;
}

/* 1970-01-01 was a Thursday. */
static const char *weekday(struct date d)
{
    return _(weekdays[((date_days(d) + 3) % 7 + 7) % 7]);
}

struct date_text date_show_long(struct date d)
{
    if (!date_is_valid(d))
        return (struct date_text){ "" };
    return show(d, weekday(d), _(months_long[d.month - 1]));
}

struct date_text date_show_day(struct date d)
{
    struct date_text out = { "" };
    char            *s;

    if (!date_is_valid(d))
        return out;
    s = xasprintf("%s %d %s", weekday(d), d.day, _(months_long[d.month - 1]));
    str_copy(out.s, sizeof out.s, s);
    free(s);
    return out;
}

struct date_text date_show_month(struct date d)
{
    struct date_text out = { "" };

    if (date_is_valid(d))
        snprintf(out.s, sizeof out.s, "%s %d", _(months_long[d.month - 1]), d.year);
    return out;
}

const char *date_month_short(const char *code)
{
    int year, month;

    return sscanf(code, "%4d-%2d", &year, &month) == 2 && month >= 1 && month <= 12 ? _(months_short[month - 1]) : "";
}

struct date_text date_show_quarter(const char *code)
{
    struct date_text out = { "" };
    int year, quarter;

    if (sscanf(code, "%4d-Q%1d", &year, &quarter) != 2 || quarter < 1 || quarter > 4)
        return out;
    const char *first = _(months_short[3 * quarter - 3]), *last = _(months_short[3 * quarter - 1]);

    snprintf(out.s, sizeof out.s, "%s-%s %d", first, last, year);
    return out;
}
