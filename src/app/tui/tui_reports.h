/* tui_reports.h - the reports on the screen: the list, a page, giving one out as a file. */
#ifndef DOLEN_APP_TUI_REPORTS_H
#define DOLEN_APP_TUI_REPORTS_H

#include "tui.h"

unsigned tui_reports(struct app *a);
/* After a lock: the list, or the page that lay over it: "YEAR INDEX", and "page" or "exact". */
void     tui_report_again(struct app *a, const char *place);

#endif
