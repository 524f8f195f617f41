/* drill_record.h - while a drill runs, the keys that are pressed and the screens they bring are kept, for the
 * replay.
 *
 * Nothing is kept from any other time, and nothing from where a passphrase or a recovery code is asked for. */
#ifndef DOLEN_APP_DRILL_RECORD_H
#define DOLEN_APP_DRILL_RECORD_H

#include "tui.h"

/* A key is about to be carried out. */
void keep_key(struct app *a, const struct key *k);
/* It was carried out. The canvas must show what it brought when keep_is_on says so. */
bool keep_is_on(const struct app *a);
void keep_after(struct app *a);
/* What waits goes into the case file: in a pause, and before it is closed. */
void keep_flush(struct app *a);
void keep_release(struct app *a);

#endif
