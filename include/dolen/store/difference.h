/* dolen/store/difference.h - reading what two laptops wrote differently; carry.h makes and settles it.
 *
 * Reached through dolen/store/read.h. */
#ifndef DOLEN_STORE_DIFFERENCE_H
#define DOLEN_STORE_DIFFERENCE_H

#include "dolen/base/json.h"
#include "dolen/base/status.h"

struct record;
struct store;

enum settle { SETTLE_MINE, SETTLE_THEIRS, SETTLE_BOTH };

/* What stands here for a difference: a field's value (text, {"missing": word} or null), or for a whole record a map
 * of the fields that differ. The caller's. */
enum status store_difference_mine(struct store *s, const struct record *difference, struct json **out, struct err *err);

#endif
