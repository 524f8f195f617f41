/* tui_return.h - where one was when the case file locked, and the way back there. */
#ifndef DOLEN_APP_TUI_RETURN_H
#define DOLEN_APP_TUI_RETURN_H

#include "tui.h"

/* Appends the name of the topmost screen that can be shown again, and what it needs for that; "-" when none can. */
void place_of(struct app *a, struct buf *out);
/* Shows it on top of what is there; nothing for a name that is not known. */
void place_show(struct app *a, const char *place);
/* The person and the section below whatever stands on top; ID_NONE without one. */
struct id place_person(const struct screen *s, enum person_section *section);

#endif
