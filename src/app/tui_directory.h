/* app/tui_directory.h - actions on the directory. Each returns REACT_* bits. */
#ifndef DOLEN_APP_TUI_DIRECTORY_H
#define DOLEN_APP_TUI_DIRECTORY_H

#include "tui.h"

unsigned go_call_list(struct app *a);
unsigned act_call(struct app *a);               /* the entry the cursor is on */
unsigned act_another_place(struct app *a);      /* the same offer somewhere else: a new entry, opened as a form */
unsigned tui_call(struct app *a, struct id asset);

#endif
