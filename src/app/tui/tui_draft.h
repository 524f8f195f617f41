/* tui_draft.h - what can be done with an unfinished form before it is opened: see what it would change, bin it. */
#ifndef DOLEN_APP_TUI_DRAFT_H
#define DOLEN_APP_TUI_DRAFT_H

#include "tui.h"

bool     on_draft(struct app *a);               /* the focus is an unfinished form */
/* What filing it would change, to read. Without a draft under the focus: a hint. Makes and changes nothing. */
unsigned act_draft_changes(struct app *a);
/* Into the bin for 30 days, without asking why: it never was on record. */
unsigned tui_bin_draft(struct app *a);

#endif
