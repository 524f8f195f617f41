/* dolen/core/postcode.h - United Kingdom postcodes in one spelling: "cf101aa" becomes "CF10 1AA". */
#ifndef DOLEN_CORE_POSTCODE_H
#define DOLEN_CORE_POSTCODE_H

#include <stdbool.h>

#include "dolen/base/buf.h"

/* Canonical when it can be a postcode; else the typed letters in capitals, single blanks kept. */
void postcode_clean(struct buf *out, const char *typed);
bool postcode_valid(const char *canonical);              /* the shape is right; whether it exists nobody here knows */

#endif
