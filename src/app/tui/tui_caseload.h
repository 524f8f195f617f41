/* tui_caseload.h - the open cases of a practitioner, and handing them to a colleague. */
#ifndef DOLEN_APP_TUI_CASELOAD_H
#define DOLEN_APP_TUI_CASELOAD_H

#include "tui.h"

unsigned tui_caseload(struct app *a);
/* Today shows what is one's own alone, or everybody's again. */
unsigned tui_only_own(struct app *a);

#endif
