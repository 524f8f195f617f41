/* tui_again.h - '.': the last action once more, on what the cursor is on now. It lives as long as the case file
 * is open. */
#ifndef DOLEN_APP_TUI_AGAIN_H
#define DOLEN_APP_TUI_AGAIN_H

#include "tui.h"

/* What was done is told where it was done: each sets what the next '.' does. Texts are copied. */
void again_action(struct app *a, int action);                          /* an action without choices; others no effect */
void again_contact(struct app *a, const struct answers *filed);          /* how, with whom, result, minutes, language */
void again_measure(struct app *a, const char *form, const char *stage);
void again_connect(struct app *a, struct id asset);
void again_mark(struct app *a, bool goal, const char *value, const char *why);  /* a rating, or a state */
void again_bin(struct app *a, const char *reason);

unsigned act_again(struct app *a);
void     again_release(struct app *a);

#endif
