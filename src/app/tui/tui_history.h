/* tui_history.h - screen actions about what was: opening again, the bin. Each returns REACT_* bits. */
#ifndef DOLEN_APP_TUI_HISTORY_H
#define DOLEN_APP_TUI_HISTORY_H

#include "tui.h"

unsigned act_reopen(struct app *a);
unsigned act_bin_list(struct app *a);
unsigned act_restore(struct app *a);
unsigned act_as_of(struct app *a);
unsigned act_history(struct app *a);
/* Asks whether the row of the history in focus is taken back, and does it. */
unsigned tui_row_back(struct app *a, const struct focus *f);

/* --- tui_merge.c --- */
unsigned act_merge(struct app *a);
unsigned act_unmerge(struct app *a);             /* which of the records joined to this one; then parted */
/* Says so when somebody very like the person of these answers is in the case file already. */
bool     tui_say_same(struct app *a, const struct answers *answers, struct id person);

/* Asks for another value of a setting of the case file, and keeps it. */
unsigned tui_case_setting(struct app *a, const char *key);

#endif
