/* dolen/core/nhs.h - the NHS number: ten digits, the last one a check digit. Never exported. */
#ifndef DOLEN_CORE_NHS_H
#define DOLEN_CORE_NHS_H

#include <stdbool.h>

#include "dolen/base/buf.h"

struct nhs_text {
    char s[13];
};

void            nhs_number_clean(struct buf *out, const char *typed);   /* blanks and hyphens taken out */
bool            nhs_number_valid(const char *digits);                   /* cleaned; ten identical digits are refused */
struct nhs_text nhs_number_show(const char *digits);              /* 999 123 4567; as given when it is not ten digits */

#endif
