/* tui_outbox.h - the outbox on the screen: sending while the screen stays live. */
#ifndef DOLEN_APP_TUI_OUTBOX_H
#define DOLEN_APP_TUI_OUTBOX_H

#include "tui.h"

unsigned act_outbox(struct app *a);
unsigned act_outbox_send(struct app *a);
unsigned act_outbox_fetch(struct app *a);
/* What a new policy of the service would change; adopting it. tui_policy.c */
unsigned act_outbox_policy(struct app *a);
/* Enter on a batch or a destination: all that is known about it. */
unsigned act_outbox_open(struct app *a);

/* After unlocking, and again when its time has come: what was tried before and is due goes on its way by itself. */
void     carrying_start(struct app *a, bool again);
/* The road has something to say. */
unsigned carrying_step(struct app *a);
/* Of the batch that is on its way; -1: there is none. */
int      carrying_percent(const struct app *a);
/* Before the case file is closed: what is on its way waits again. */
void     carrying_stop(struct app *a);

#endif
