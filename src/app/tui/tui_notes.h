/* tui_notes.h - the notes of a talk as the program sees them. */
#ifndef DOLEN_APP_TUI_NOTES_H
#define DOLEN_APP_TUI_NOTES_H

#include "tui.h"

/* N: today's notes of the person in focus; on an answer, or a row, that came from notes: those words in them. */
unsigned act_notes(struct app *a);
/* A page by its record. */
unsigned tui_notes_record(struct app *a, struct id person, struct id note, size_t at, const char *words);
/* Takes the filling; at: where the caret stands, in characters, SIZE_MAX at the end. */
unsigned tui_open_notes(struct app *a, struct filling *f, size_t at);
bool     tui_is_notes(const struct filling *f);
/* After undo took an excerpt back: its words go out of the answer too. */
void     tui_excerpt_undone(struct app *a, struct id excerpt);

#endif
