/* practice_life.c - what goes together in an invented life: age, home, work and partnership, then a reason to come that
 * fits them. The tables by age add up to the published shares of practice_shares.c. */
#include "practice_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/text.h"

#include "dolen/base/banned.h"

/* Ages as share_ages draws them: under 18 3 of a hundred, then 9, 30, 32, 13, 13. */
static const int band_starts[] = { 0, 18, 25, 45, 65, 75 };
enum { BANDS = ARRAY_LEN(band_starts) };

static const struct weighted household_of[BANDS][8] = {
    { { "FAMILY", 1 } },
    { { "ALONE", 150 }, { "PARTNER", 120 }, { "PARTNER_CHILDREN", 60 }, { "LONE_PARENT", 60 }, { "FAMILY", 420 },
      { "SHARED", 150 }, { "COMMUNAL", 40 } },
    { { "ALONE", 210 }, { "PARTNER", 110 }, { "PARTNER_CHILDREN", 420 }, { "LONE_PARENT", 190 }, { "FAMILY", 20 },
      { "SHARED", 40 }, { "NO_FIXED_ADDRESS", 10 } },
    { { "ALONE", 369 }, { "PARTNER", 317 }, { "PARTNER_CHILDREN", 189 }, { "LONE_PARENT", 86 }, { "FAMILY", 11 },
      { "COMMUNAL", 20 }, { "NO_FIXED_ADDRESS", 8 } },
    { { "ALONE", 370 }, { "PARTNER", 590 }, { "FAMILY", 15 }, { "SHARED", 10 }, { "COMMUNAL", 15 } },
    { { "ALONE", 540 }, { "PARTNER", 370 }, { "FAMILY", 45 }, { "COMMUNAL", 45 } },
};
static const struct weighted tenure_of[BANDS][5] = {
    { { "MORTGAGE", 450 }, { "RENTS", 400 }, { "OWNS", 150 } },
    { { "RENTS", 650 }, { "MORTGAGE", 200 }, { "OWNS", 130 }, { "RENT_FREE", 20 } },
    { { "RENTS", 440 }, { "MORTGAGE", 460 }, { "OWNS", 100 } },
    { { "RENTS", 240 }, { "MORTGAGE", 340 }, { "OWNS", 420 } },
    { { "RENTS", 170 }, { "MORTGAGE", 50 }, { "OWNS", 780 } },
    { { "RENTS", 170 }, { "OWNS", 830 } },
};
/* Work, partnership, having a carer: ours, no published share was taken. */
static const struct weighted work_of[BANDS][8] = {
    { { "STUDYING", 1 } },
    { { "STUDYING", 35 }, { "EMPLOYEE", 30 }, { "UNEMPLOYED", 23 }, { "LONG_TERM_SICK", 8 }, { "HOME_FAMILY", 4 } },
    { { "EMPLOYEE", 34 }, { "UNEMPLOYED", 20 }, { "LONG_TERM_SICK", 20 }, { "HOME_FAMILY", 14 }, { "STUDYING", 4 },
      { "SELF_EMPLOYED", 5 }, { "AWAY", 3 } },
    { { "EMPLOYEE", 34 }, { "UNEMPLOYED", 16 }, { "LONG_TERM_SICK", 28 }, { "HOME_FAMILY", 9 }, { "SELF_EMPLOYED", 7 },
      { "AWAY", 6 } },
    { { "RETIRED", 90 }, { "EMPLOYEE", 5 }, { "LONG_TERM_SICK", 5 } },
    { { "RETIRED", 1 } },
};
static const struct weighted alone_of[BANDS][6] = {
    { { "NEVER", 1 } },
    { { "NEVER", 1 } },
    { { "NEVER", 80 }, { "DIVORCED", 12 }, { "SEPARATED", 8 } },
    { { "DIVORCED", 45 }, { "NEVER", 33 }, { "SEPARATED", 13 }, { "WIDOWED", 9 } },
    { { "DIVORCED", 38 }, { "WIDOWED", 34 }, { "NEVER", 20 }, { "SEPARATED", 8 } },
    { { "WIDOWED", 68 }, { "DIVORCED", 16 }, { "NEVER", 12 }, { "SEPARATED", 4 } },
};
static const struct weighted with_partner[] = { { "MARRIED", 70 }, { "NEVER", 27 }, { "CIVIL", 3 }, { NULL, 0 } };
static const struct weighted with_children[] = {
    { "NEVER", 48 }, { "DIVORCED", 30 }, { "SEPARATED", 18 }, { "WIDOWED", 4 }, { NULL, 0 }
};

/* Any of the blank-separated codes. NULL: all are welcome. */
static bool among(const char *codes, const char *code)
{
    size_t n = strlen(code);

    for (const char *at = codes; at && (at = strstr(at, code)); at += n)
        if ((at == codes || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
            return true;
    return !codes;
}

static int band_of(int age)
{
    int band = BANDS - 1;

    while (age < band_starts[band])
        band--;
    return band;
}

static const char *tenure(struct chance *c, const struct subject *p, int band)
{
    if (str_eq(p->household, "NO_FIXED_ADDRESS"))
        return "HOMELESS";
    if (str_eq(p->household, "COMMUNAL"))
        return p->age >= 75 ? "CARE_HOME" : "SUPPORTED";
    return chance_word(c, tenure_of[band]);
}

static const char *partnership(struct chance *c, const struct subject *p, int band)
{
    bool partner = among("PARTNER PARTNER_CHILDREN", p->household);

    return chance_word(c, partner ? with_partner : str_eq(p->household, "LONE_PARENT") ? with_children : alone_of[band]);
}

static bool fits(const struct fits *f, const struct subject *p)
{
    return p->age >= f->low && p->age <= f->high && (!f->women || p->woman) && among(f->household, p->household)
        && among(f->tenure, p->tenure) && (!f->carers || !str_eq(p->carer, "NO"))
        && (!f->condition || str_eq(p->condition, "YES"))
        && (!f->not_other_language || !among("OTHER BSL", p->speaks));
}

static int weight_of(const struct theme *t, const struct subject *p)
{
    if (!fits(&t->fits, p))
        return 0;
    return p->lang == LANG_CY && t->fits.weight_welsh ? t->fits.weight_welsh : t->fits.weight;
}

static const struct theme *theme_for(struct chance *c, const struct subject *p)
{
    int sum = 0, at;

    for (size_t i = 0; i < theme_count; i++)
        sum += weight_of(&themes[i], p);
    at = chance_below(c, sum);
    for (size_t i = 0; i < theme_count; i++)
        if ((at -= weight_of(&themes[i], p)) < 0)
            return &themes[i];
    return &themes[0];
}

void live(struct subject *p)
{
    struct chance *c = &p->c;
    int band = band_of(p->age);

    p->household = chance_word(c, household_of[band]);
    p->tenure = tenure(c, p, band);
    p->work = chance_word(c, work_of[band]);
    p->partnership = partnership(c, p, band);
    p->carer = p->age < 18 || str_eq(p->tenure, "CARE_HOME") ? "NO" : chance_word(c, share_carer);
    p->condition = chance_word(c, share_condition);
    p->theme = theme_for(c, p);
    if (p->theme->fits.work)
        p->work = p->theme->fits.work;
    if (p->theme->fits.partnership)
        p->partnership = p->theme->fits.partnership;
}

bool fits_reasons(const char *wanted, const struct subject *p)
{
    char reasons[96], *rest = reasons;

    str_copy(reasons, sizeof reasons, p->theme->reasons);
    for (const char *one = strtok_r(rest, " ", &rest); one; one = strtok_r(rest, " ", &rest))
        if (among(wanted, one))
            return true;
    return false;
}

/* Two at one address say alike that they are not alone, and are of one age unless they are parent and child. */
bool could_share(const struct household *h, const struct subject *p)
{
    bool couple = among("PARTNER PARTNER_CHILDREN", p->household);

    return among("PARTNER PARTNER_CHILDREN FAMILY", p->household) && str_eq(h->kind, p->household)
        && h->names == p->names && (!couple || abs(h->age - p->age) <= 12);
}
