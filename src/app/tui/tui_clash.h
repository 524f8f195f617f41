/* tui_clash.h - a draft and its record that were both changed: which of the two stands, asked before the form
 * opens. */
#ifndef DOLEN_APP_TUI_CLASH_H
#define DOLEN_APP_TUI_CLASH_H

#include "tui.h"

/* Asks about every clash of f, one after the other, then opens the form; Esc leaves the draft as it was. Takes f. */
unsigned tui_ask_clashes(struct app *a, struct filling *f, const char *at);
/* In tui_forms.c: a filling on the screen, at a question or NULL. Takes f. */
unsigned tui_open_filling(struct app *a, struct filling *f, const char *at);

#endif
