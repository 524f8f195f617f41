/* tui_case.h - actions on the case file, as functions of the workstation. Each returns REACT_* bits. */
#ifndef DOLEN_APP_TUI_CASE_H
#define DOLEN_APP_TUI_CASE_H

#include "tui.h"

unsigned tui_push(struct app *a, struct view *v);
unsigned need_person(struct app *a);            /* says so */
unsigned act_conversation(struct app *a);
unsigned act_plan(struct app *a);
unsigned act_contact(struct app *a);
unsigned act_gap(struct app *a);
unsigned act_review(struct app *a);
unsigned act_consent(struct app *a);
unsigned act_equality(struct app *a);
unsigned act_close(struct app *a);
unsigned act_note_serious(struct app *a);
unsigned act_decide(struct app *a);
unsigned act_measure(struct app *a);
/* Baseline, review, closing: index into the code list "stage"; -1 Esc. The one that comes next in the episode, which
 * may be ID_NONE, is pointed at. */
void     tui_choose_stage(struct app *a, const struct form *form, struct id episode,
                          unsigned (*done)(void *ctx, int index), void *ctx);
unsigned act_connect(struct app *a);
/* A connection of this person to this asset, its form opened. */
unsigned tui_connect(struct app *a, struct id person, struct id episode, struct id asset);
unsigned act_bin(struct app *a);
unsigned tui_bin(struct app *a, const char *reason);        /* the same, asking with this reason on offer; NULL none */
unsigned act_undo(struct app *a);
unsigned act_feedback_sent(struct app *a);
unsigned act_reveal(struct app *a);
unsigned act_mark_meaning(struct app *a);
unsigned act_missing(struct app *a);
unsigned act_discard_draft(struct app *a);

#endif
