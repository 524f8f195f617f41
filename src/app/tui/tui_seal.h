/* tui_seal.h - making a batch on the screen: what would leave is worked out, and sealed, while keys
 * are answered. */
#ifndef DOLEN_APP_TUI_SEAL_H
#define DOLEN_APP_TUI_SEAL_H

#include "tui.h"

unsigned act_outbox_seal(struct app *a);
/* Looking or sealing has something to say. */
unsigned making_step(struct app *a);
/* Before the case file is closed: what is half made is given up; nothing of it was sent. */
void     making_stop(struct app *a);
/* In the title: how far sealing and sending are, or that the file is open for reading only. */
void     say_under_way(struct app *a);
/* The cursor is on a destination; else a message says how one is added. */
bool     on_destination(struct app *a, struct focus *f);

#endif
