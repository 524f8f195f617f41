/* dolen/drill/drill_keys.h - the keys of an attempt at a drill, and the screen that each of them brought.
 *
 * Written while somebody plays on the screen, read by whoever watches the replay. Only what changed of a screen is
 * kept. What is typed where a passphrase or a recovery code is asked for never comes here; that something was is one
 * entry without a key and without a screen. */
#ifndef DOLEN_DRILL_DRILL_KEYS_H
#define DOLEN_DRILL_DRILL_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/id.h"
#include "dolen/base/status.h"

#define DRILL_ROWS_MAX 200              /* of a screen; what is below is not kept */
#define DRILL_KEY_NAME 24

struct store;

enum drill_key_kind {
    KEY_PRESSED,
    KEY_BEGINS,                         /* no key: the screen as it was when it began, or went on after a lock */
    KEY_SECRET                          /* a passphrase was asked for: neither keys nor screen are kept */
};

struct drill_screen {
    int   rows, cols, y, x;             /* y, x: the cursor */
    char *text[DRILL_ROWS_MAX];         /* NULL: blank */
};
void drill_screen_release(struct drill_screen *s);

/* --- writing --- */

struct drill_recorder;

struct drill_recorder *drill_recorder_new(struct id attempt);
void        drill_recorder_free(struct drill_recorder **rp);            /* what was not flushed is wiped */
struct id   drill_recorder_attempt(const struct drill_recorder *r);
/* ms: since the key before; minute: of simulated time, after it; step: how many steps the log has after it. now: the
 * screen after it, NULL for KEY_SECRET and where nothing was drawn. */
void drill_recorder_add(struct drill_recorder *r, enum drill_key_kind kind, const char *name, int64_t ms, int minute,
                        int step, const struct drill_screen *now);
size_t      drill_recorder_waiting(const struct drill_recorder *r);     /* entries that are not in the case file yet */
enum status drill_recorder_flush(struct drill_recorder *r, struct store *s, struct err *err);

/* --- reading --- */

struct drill_key {
    enum drill_key_kind kind;
    char                name[DRILL_KEY_NAME];   /* as key files have it; "" when no key was pressed */
    int64_t             ms;
    int                 minute, step;
};
struct drill_keys;

/* None is fine: an attempt from before keys were kept, or one that was played by commands. Pieces that cannot be read
 * are left out. */
enum status drill_keys_read(struct drill_keys **out, struct store *s, struct id attempt, struct err *err);
void        drill_keys_free(struct drill_keys **kp);
size_t      drill_keys_count(const struct drill_keys *k);
const struct drill_key *drill_keys_at(const struct drill_keys *k, size_t i);
/* The screen after entry i. Release it. */
void        drill_keys_screen(const struct drill_keys *k, size_t i, struct drill_screen *out);

#endif
