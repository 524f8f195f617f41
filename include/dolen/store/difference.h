/* dolen/store/difference.h - reading what two laptops wrote differently; carry.h makes and settles it.
 *
 * Reached through dolen/store/read.h. */
#ifndef DOLEN_STORE_DIFFERENCE_H
#define DOLEN_STORE_DIFFERENCE_H

#include <stdbool.h>

#include "dolen/base/json.h"
#include "dolen/base/status.h"

struct record;
struct store;

enum settle { SETTLE_MINE, SETTLE_THEIRS, SETTLE_BOTH };

/* What stands here for a difference: a field's value (text, {"missing": word} or null), or for a whole record a map
 * of the fields that differ. The caller's. */
enum status store_difference_mine(struct store *s, const struct record *difference, struct json **out, struct err *err);

/* --- until it is settled, the careful answer stands --------------------------------------------------------------- */

/* A permission or a notice is given here, but two laptops differ about it and nobody has settled that: it does not
 * count. False for records of other tables. */
bool consent_is_in_doubt(struct store *s, const struct record *consent);

struct protection {
    bool safe_contact, do_not_contact;  /* on either laptop */
    bool in_doubt;                      /* one of them only there, and not settled */
};
/* person: its record as it stands here. */
struct protection person_protection(struct store *s, const struct record *person);
/* The safe-contact rule holds (core/safe.h). Whatever shows a phone, an address or an e-mail asks this. */
bool              person_is_protected(struct store *s, const struct record *person);

#endif
