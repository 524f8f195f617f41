/* merge_names.h - the names of a joined record among the other names of the kept one, so that a search finds both. */
#ifndef DOLEN_STORE_MERGE_NAMES_H
#define DOLEN_STORE_MERGE_NAMES_H

#include "dolen/store/record.h"

/* "Other names used" of keep with the names of other that keep does not go by, parted by semicolons. Yours to free;
 * NULL when neither has any. */
char *names_join(const struct record *keep, const struct record *other);

/* now without the names that set has and was does not: what a joining brought, where another joining or somebody's
 * own hand added to it since. Yours to free; NULL when nothing is left. */
char *names_part(const char *now, const char *was, const char *set);

#endif
