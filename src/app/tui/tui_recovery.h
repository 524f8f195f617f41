/* tui_recovery.h - the recovery drill on the screen, from Today and from Settings. */
#ifndef DOLEN_APP_TUI_RECOVERY_H
#define DOLEN_APP_TUI_RECOVERY_H

#include "tui.h"

unsigned tui_recovery(struct app *a);

#endif
