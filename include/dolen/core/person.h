/* dolen/core/person.h - what a person is called and how old they are. */
#ifndef DOLEN_CORE_PERSON_H
#define DOLEN_CORE_PERSON_H

#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/date.h"

/* The preferred name with the family name ("Nia Pritchard"), else given and family, else whichever there is. A
 * preferred name that ends in the family name already stands alone. Any may be NULL. */
void person_display_name(struct buf *out, const char *preferred, const char *given, const char *family);
/* For lists: family name first. Give it to text_sort_key. */

/* Whole years, -1 when unknown. precision: DAY (or NULL), MONTH, YEAR, ABOUT. A month alone counts as its last day, so
 * that nobody is taken for older than they are; a year alone counts as 1 July. */
int person_age(struct date birth, const char *precision, struct date today);
/* The date of birth with no more in it than is known: 3 Feb 1950, Feb 1950, 1950, about 1950 (about
 * 3 Feb 1950, where so much was written down). "" when unknown. */
struct date_text person_born(struct date birth, const char *precision);
/* The precision that says so: DAY, MONTH, YEAR, ABOUT. */
const char *birth_precision(enum date_grain g);

struct age_band {
    char s[24];
};
/* The band of an age among ascending lower bounds {0, 18, 25, …}: "A0_17", "A18_24", "A85". "" when the age is unknown
 * or below the first bound. */
struct age_band age_band_code(int age, const int *bounds, size_t n);

#endif
