/* tui_kept.h - what is kept of a person and for how long, and what there is to read before they are forgotten. */
#ifndef DOLEN_APP_TUI_KEPT_H
#define DOLEN_APP_TUI_KEPT_H

#include "tui.h"

unsigned act_retention(struct app *a);
unsigned act_hold(struct app *a);               /* asks for the reason; of records that are held, whether they still are */
unsigned act_forget_list(struct app *a);
unsigned act_forget(struct app *a);             /* asks for the person's name first */

#endif
