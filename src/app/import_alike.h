/* app/import_alike.h - is this row about somebody who is there already, or in an earlier row? */
#ifndef DOLEN_APP_IMPORT_ALIKE_H
#define DOLEN_APP_IMPORT_ALIKE_H

#include <stdbool.h>

struct person_key {
    char name[160], birth[12], nhs[16];     /* folded; as much of the date as is known */
};

/* Each may be NULL. */
struct person_key person_key_make(const char *first, const char *family, const char *birth, const char *precision,
                                  const char *nhs);
/* The same NHS number; or the same name, unless two dates of birth say otherwise. */
bool              person_alike(const struct person_key *a, const struct person_key *b);

#endif
