/* tui_paper.h - pages for somebody else, read on the screen and saved to be printed. */
#ifndef DOLEN_APP_TUI_PAPER_H
#define DOLEN_APP_TUI_PAPER_H

#include "tui.h"

unsigned act_print_plan(struct app *a);         /* the person's copy of the plan, in their language */
unsigned act_letter(struct app *a);             /* feedback to who referred the person */

#endif
