/* tui_host.h - the key of an SFTP server on the screen: asked for while keys are answered, compared, kept. */
#ifndef DOLEN_APP_TUI_HOST_H
#define DOLEN_APP_TUI_HOST_H

#include "tui.h"

unsigned act_outbox_host_key(struct app *a);
/* The server has something to say. */
unsigned host_step(struct app *a);

#endif
