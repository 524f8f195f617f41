/* dolen/store/carry.h - records on their way to another laptop, and what comes from one merged field by field.
 *
 * Every field has a version (core/versions.h), worked out from the history of its record. A field that only one side
 * has changed since the other last saw it takes that side's value; equal values meet; anything else is a row of table
 * difference for a person to settle. A consent, concern or contact that both sides have changed is one conflict as a
 * whole. */
#ifndef DOLEN_STORE_CARRY_H
#define DOLEN_STORE_CARRY_H

#include "dolen/store/write.h"

/* {"definitions": [{"hash", "form", "version", "yaml"}], "records": [{"table", "id", "fields", "versions", "past"}]}:
 * everything about these people, the directory entries and practitioners they name, drafts left out. The caller's. */
enum status store_carry_out(struct store *s, const struct id *people, size_t n, struct json **out, struct err *err);

/* Takes such a load in, in one transaction. source, name: the other laptop's id and what people call it, for the
 * history. told, the caller's:
 * {"added": {table: n}, "taken": [{"person", "kind", "id", "field", "was", "is"}], "conflicts": new ones, "waiting":
 * all of this laptop, "let_go": [id of what was forgotten or let go here]}. Nothing is written when nothing is new.
 * ST_INVALID: not such a load. */
enum status store_carry_in(struct store *s, const struct json *load, const char *source, const char *name,
                           struct json **told, struct err *err);

/* A difference is settled, as a change that has seen both sides. Both: texts one under the other, codes together, a
 * consent, concern or contact as a record of its own. Whether both can stand in a field is the caller's to know: the
 * forms say it. */
enum status store_settle(struct store *s, struct id difference, enum settle how, struct err *err);

/* After a backup is restored its numbers are given again: what is written from now on belongs to a lineage of its
 * own. */
enum status store_lineage_begin(struct store *s, struct err *err);

#endif
