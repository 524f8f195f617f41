/* tui_directory.h - actions on the directory. Each returns REACT_* bits. */
#ifndef DOLEN_APP_TUI_DIRECTORY_H
#define DOLEN_APP_TUI_DIRECTORY_H

#include "tui.h"

unsigned go_call_list(struct app *a);
unsigned act_call(struct app *a);               /* the entry the cursor is on */
unsigned act_another_place(struct app *a);      /* the same offer somewhere else: a new entry, opened as a form */
/* The entry that the cursor is on. False: none; *react with the sentence that says so. */
bool     focused_entry(struct app *a, struct id *asset, unsigned *react);
/* The entry and another one that is there already are places of one offer; those with its name are proposed. */
unsigned act_one_offer(struct app *a);
unsigned act_own_offer(struct app *a);          /* an offer of its own again */
/* The entry and another one are the same thing: asked first, with what goes over. */
unsigned act_one_entry(struct app *a);
unsigned tui_call(struct app *a, struct id asset);

#endif
