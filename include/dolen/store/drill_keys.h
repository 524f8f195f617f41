/* dolen/store/drill_keys.h - the keys of a drill as they were pressed, in a training case file only.
 *
 * Pieces of text, appended while it is played; they are no records: no history, no undo, nothing that leaves. They go
 * when the attempt goes. */
#ifndef DOLEN_STORE_DRILL_KEYS_H
#define DOLEN_STORE_DRILL_KEYS_H

#include "dolen/base/id.h"
#include "dolen/base/status.h"

struct store;

/* ST_REFUSED in a case file of real people. On disk when it returns, unless a transaction of the caller is open. */
enum status store_drill_keys_add(struct store *s, struct id attempt, const char *keys, struct err *err);
/* Piece by piece, in order; none is fine. keys is valid during the call of fn only. */
enum status store_drill_keys(struct store *s, struct id attempt, void (*fn)(void *ctx, const char *keys), void *ctx,
                             struct err *err);

#endif
