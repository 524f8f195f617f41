/* app/tui_plan.h - x on a line of the plan. */
#ifndef DOLEN_APP_TUI_PLAN_H
#define DOLEN_APP_TUI_PLAN_H

#include "tui.h"

unsigned act_mark_plan(struct app *a);          /* REACT_* */

#endif
