/* names.h - how people and assets are named in lists. */
#ifndef DOLEN_STORE_NAMES_H
#define DOLEN_STORE_NAMES_H

#include <stddef.h>

/* Preferred (else given) name with the family name; the alias when there is neither. Any may be NULL. */
void person_name(char *out, size_t size, const char *given, const char *family, const char *preferred,
                 const char *alias);
/* In the current language, else in the other. */
void asset_name(char *out, size_t size, const char *en, const char *cy);

/* A column that is 1 when phone, address and e-mail of a person are drawn as dots. */
#define PERSON_IS_PROTECTED "coalesce(safe_contact = 'YES' OR do_not_contact = 'YES', 0)"

#endif
