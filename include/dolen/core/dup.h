/* dolen/core/dup.h - are two records of the same person? Names are compared folded, forgiving one slip, turned
 * order and, unless the dates of birth differ, another spelling of the same sound; dates of birth forgiving two digits
 * exchanged or day and month; then phone, postcode and NHS number. */
#ifndef DOLEN_CORE_DUP_H
#define DOLEN_CORE_DUP_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/date.h"

/* Any may be NULL or not set. */
struct dup_facts {
    const char *given, *family, *preferred, *alias;
    struct date birth;
    bool        birth_vague;                 /* month, year or about: says nothing by its digits */
    const char *phone, *phone2, *postcode, *nhs_number;
};

enum dup_sign {
    DUP_NAME = 1 << 0, DUP_NAME_TURNED = 1 << 1, DUP_NAME_SLIP = 1 << 2, DUP_FIRST_NAME = 1 << 3,
    DUP_BIRTH = 1 << 4, DUP_BIRTH_SLIP = 1 << 5, DUP_PHONE = 1 << 6, DUP_POSTCODE = 1 << 7, DUP_NHS = 1 << 8,
    DUP_BIRTH_OTHER = 1 << 9, DUP_NHS_OTHER = 1 << 10,       /* both known, and different */
    DUP_NAME_SOUND = 1 << 11
};
/* DUP_SOUNDS: nothing but names of one sound, and no date of birth to tell two people apart. */
enum dup_level { DUP_NONE, DUP_SOUNDS, DUP_POSSIBLE, DUP_LIKELY };

unsigned       dup_signs(const struct dup_facts *a, const struct dup_facts *b);
enum dup_level dup_level(unsigned signs);

/* The date itself and every valid one that a slip makes of it. */
#define DUP_DATES 32
size_t dup_dates(struct date d, struct date out[DUP_DATES]);

/* Pairs among many, likely ones first, at most max. Only records that share something (a phone, a postcode, the
 * digits of a date of birth and an initial, a whole name) are compared, each with a bounded number of others. Returns
 * how many. */
struct dup_pair {
    size_t         a, b;                     /* places in all, a < b */
    enum dup_level level;
    unsigned       signs;
};
size_t dup_pairs(const struct dup_facts *all, size_t n, struct dup_pair *out, size_t max);

#endif
