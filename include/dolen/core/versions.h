/* dolen/core/versions.h - which of two values has seen the other, when two laptops write on their own.
 *
 * A version is a map of lineage (one run of a case file's history on one laptop) to the number of the newest change
 * there that went into the value: {"a3f1…": 120, "77c0…": 12}. A value has seen another when it is at least as far in
 * each lineage. What was lost on the way, comes twice, late or round three laptops makes no difference. NULL is the
 * empty map. */
#ifndef DOLEN_CORE_VERSIONS_H
#define DOLEN_CORE_VERSIONS_H

#include "dolen/base/json.h"

enum versions_order {
    VERSIONS_SAME,
    VERSIONS_OLDER,                     /* the first has been seen by the second */
    VERSIONS_NEWER,                     /* the first has seen the second */
    VERSIONS_APART                      /* neither has seen the other */
};

enum versions_order versions_compare(const struct json *a, const struct json *b);
/* As far as either; the caller's. */
struct json        *versions_join(const struct json *a, const struct json *b);

#endif
