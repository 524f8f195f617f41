#include "dolen/core/person.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

static bool has(const char *s)
{
    return s && *s;
}

static bool ends_with_word(const char *s, const char *word)
{
    size_t n = strlen(s), w = strlen(word);

    return n >= w && strcmp(s + n - w, word) == 0 && (n == w || s[n - w - 1] == ' ');
}

static void add_word(struct buf *out, size_t from, const char *word)
{
    if (out->len > from)
        buf_add_char(out, ' ');
    buf_add(out, word);
}

void person_display_name(struct buf *out, const char *preferred, const char *given, const char *family)
{
    const char *first = has(preferred) ? preferred : has(given) ? given : NULL;
    size_t      from = out->len;

    if (first)
        add_word(out, from, first);
    if (has(family) && !(has(preferred) && ends_with_word(preferred, family)))
        add_word(out, from, family);
}

int person_age(struct date birth, const char *precision, struct date today)
{
    if (!date_is_set(birth))
        return -1;
    if (str_eq(precision, "MONTH")) {
        birth.day = 1;
        birth = date_add_days(date_add_months(birth, 1), -1);
    } else if (str_eq(precision, "YEAR")) {
        birth.month = 7;
        birth.day = 1;
    }
    return date_age(birth, today);
}

static const char *const precisions[] = {
    [GRAIN_DAY] = "DAY", [GRAIN_MONTH] = "MONTH", [GRAIN_YEAR] = "YEAR", [GRAIN_ABOUT] = "ABOUT",
};

const char *birth_precision(enum date_grain g)
{
    return precisions[g];
}

/* A year alone is kept as its middle or its beginning (date_parse_vague), a month as its first day. */
static struct date_text born_about(struct date d)
{
    bool        year_alone = d.day == 1 && (d.month == 7 || d.month == 1);
    struct date_text out = date_show_grain(d, year_alone ? GRAIN_ABOUT : d.day == 1 ? GRAIN_MONTH : GRAIN_DAY);
    char       *s;

    if (year_alone || !date_is_valid(d))
        return out;
    s = xasprintf(_("about %s"), out.s);
    str_copy(out.s, sizeof out.s, s);
    free(s);
    return out;
}

struct date_text person_born(struct date birth, const char *precision)
{
    if (str_eq(precision, "ABOUT"))
        return born_about(birth);
    for (size_t g = 0; g < ARRAY_LEN(precisions); g++)
        if (str_eq(precisions[g], precision))
            return date_show_grain(birth, (enum date_grain) g);
    return date_show(birth);
}

struct age_band age_band_code(int age, const int *bounds, size_t n)
{
    struct age_band out = { "" };
    size_t          i = 0;

    if (n == 0 || age < bounds[0])
        return out;
    while (i + 1 < n && age >= bounds[i + 1])
        i++;
    if (i + 1 < n)
        snprintf(out.s, sizeof out.s, "A%d_%d", bounds[i], bounds[i + 1] - 1);
    else
        snprintf(out.s, sizeof out.s, "A%d", bounds[i]);
    return out;
}
