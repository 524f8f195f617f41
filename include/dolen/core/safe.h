/* dolen/core/safe.h - the safe-contact rule: what stands on the screen, in a list, a letter or --json in place of a
 * protected person's phone, address and e-mail. Anything that shows one of them asks here. */
#ifndef DOLEN_CORE_SAFE_H
#define DOLEN_CORE_SAFE_H

#include <stdbool.h>

#define SAFE_DOTS "•••"

/* safe_contact and do_not_contact as recorded: codes or NULL. */
bool        safe_is_protected(const char *safe_contact, const char *do_not_contact);
bool        safe_covers(const char *person_column);              /* phone, phone2, email, address, postcode … */
/* value, or SAFE_DOTS when it is covered; "" stays "", so that an empty field does not look filled. */
const char *safe_show(const char *value, bool is_protected, bool revealed);

#endif
