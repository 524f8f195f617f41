/* tui_plan.h - x on a line of the plan. */
#ifndef DOLEN_APP_TUI_PLAN_H
#define DOLEN_APP_TUI_PLAN_H

#include "tui.h"

unsigned act_mark_plan(struct app *a);          /* REACT_* */

/* The same rating or state on what the cursor is on now; says so when that is of another kind. */
unsigned tui_mark_again(struct app *a, bool goal, const char *value, const char *why);

#endif
