/* tui_paperwork.h - one's own paperwork time on the screen. */
#ifndef DOLEN_APP_TUI_PAPERWORK_H
#define DOLEN_APP_TUI_PAPERWORK_H

#include "tui.h"

/* The id of the form that the practitioner has in front, also below a panel; NULL none. A form in the person's hands
 * is none. */
const char *form_in_front(const struct app *a);
unsigned    tui_paperwork(struct app *a);

#endif
