/* tui_laptops.h - handovers on the screen: making one of the person in focus, opening one, settling
 * what differs. */
#ifndef DOLEN_APP_TUI_LAPTOPS_H
#define DOLEN_APP_TUI_LAPTOPS_H

#include "tui.h"

unsigned tui_conflicts(struct app *a);
unsigned tui_handover_open(struct app *a);
unsigned tui_handover_make(struct app *a);
unsigned tui_trusted(struct app *a);
/* After opening: says that differences wait. False when none do. */
bool     tui_say_conflicts(struct app *a);

#endif
