/* tui_handover.h - hand-over mode as the program sees it. */
#ifndef DOLEN_APP_TUI_HANDOVER_H
#define DOLEN_APP_TUI_HANDOVER_H

#include "tui.h"

unsigned        act_handover(struct app *a);                /* REACT_* */
struct filling *handed_filling(const struct app *a);        /* what the person is filling in, or NULL */
void            handed_flush(struct app *a);

#endif
