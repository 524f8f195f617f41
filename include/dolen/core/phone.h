/* dolen/core/phone.h - telephone numbers: kept as digits, found by their tail. */
#ifndef DOLEN_CORE_PHONE_H
#define DOLEN_CORE_PHONE_H

#include <stdbool.h>

#include "dolen/base/buf.h"

/* Digits and a leading +. Words are kept, for phone_valid to refuse: "husband's, do not ring" must not be lost. */
void        phone_clean(struct buf *out, const char *typed);
bool        phone_valid(const char *cleaned);                    /* 3 to 15 digits: 999 and 111 are numbers too */
/* Parted for the eye and the ear: 01974 555177, 029 2055 5123, 0300 555 0123; what is no number of the United Kingdom
 * with eleven digits stays as it is. */
void        phone_show(struct buf *out, const char *cleaned);

#endif
