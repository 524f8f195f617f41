/* number.h - numbers as canonical text, whatever the locale thinks a decimal point is. */
#ifndef DOLEN_FORMS_NUMBER_H
#define DOLEN_FORMS_NUMBER_H

#include <stdbool.h>

struct number_text {
    char s[40];
};

bool               number_parse(const char *s, double *out); /* -?digits[.digits], at most 15 digits before the point */
struct number_text number_show(double d);                      /* up to 6 decimals, no trailing zeros, never "-0" */

#endif
