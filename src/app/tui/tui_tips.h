/* tui_tips.h - tips of the first week: which one stands on the screen now. */
#ifndef DOLEN_APP_TUI_TIPS_H
#define DOLEN_APP_TUI_TIPS_H

#include "tui.h"

/* Before a frame is drawn: a screen that was just opened gets its tip, and that is counted for this practitioner. */
void     tips_follow(struct app *a);
unsigned act_tip_away(struct app *a);

#endif
