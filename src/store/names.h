/* names.h - how people and assets are named in lists. */
#ifndef DOLEN_STORE_NAMES_H
#define DOLEN_STORE_NAMES_H

#include <stddef.h>

/* Preferred (else given) name with the family name; the alias when there is neither. Any may be NULL. */
void person_name(char *out, size_t size, const char *given, const char *family, const char *preferred,
                 const char *alias);
/* In the current language, else in the other. */
void asset_name(char *out, size_t size, const char *en, const char *cy);

/* Two laptops differ about the record whose id is given (an expression; never a bare column of difference's own):
 * through the index on what is not settled. */
#define WAITS_TO_BE_SETTLED(id) \
    "EXISTS (SELECT 1 FROM difference WHERE subject = " id " AND settled IS NULL AND binned_at IS NULL)"
/* The other laptop says YES to one of these columns of the person, and nobody has settled it: values are JSON, of one
 * field or of a whole record. */
#define OTHER_SAYS_YES(id, fields, whole) \
    "EXISTS (SELECT 1 FROM difference WHERE subject = " id " AND settled IS NULL AND binned_at IS NULL AND " \
    "((field IN (" fields ") AND theirs = '\"YES\"') OR (coalesce(field, '') = '' AND (" whole "))))"
#define THEIRS(column) "theirs ->> '$." column "' = 'YES'"

/* A column that is 1 when phone, address and e-mail of a person are drawn as dots: person is how the statement calls
 * the table. Until a difference is settled the careful answer stands. */
#define PERSON_IS_PROTECTED(person) \
    "coalesce(" person ".safe_contact = 'YES' OR " person ".do_not_contact = 'YES' OR " \
    OTHER_SAYS_YES(person ".id", "'safe_contact', 'do_not_contact'", \
                   THEIRS("safe_contact") " OR " THEIRS("do_not_contact")) ", 0)"

#endif
