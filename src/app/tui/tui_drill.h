/* tui_drill.h - drills on the screen: the list, the talk over the real forms, debrief, replay, trainer's acts.
 *
 * In the key map of training case files only. Each returns REACT_* bits. */
#ifndef DOLEN_APP_TUI_DRILL_H
#define DOLEN_APP_TUI_DRILL_H

#include "tui.h"

unsigned go_drills(struct app *a);
unsigned act_drill_open(struct app *a, const char *drill);
unsigned act_drill_talk(struct app *a);
unsigned act_drill_done(struct app *a);
unsigned act_drill_debrief(struct app *a);
unsigned act_drill_replay(struct app *a);
unsigned act_drill_pause(struct app *a);
unsigned act_drill_leave(struct app *a);
unsigned act_drill_set(struct app *a);
unsigned act_drill_group(struct app *a);

/* The panel of the talk on top, when this person's drill is running and somebody can still be talked to. */
unsigned tui_talk_over(struct app *a, struct id person);
/* A form of this person was filed: what happened then, if anything did. */
unsigned tui_drill_filed(struct app *a, struct id person);

/* --- drill_text.c: to read --- */
struct attempt;
struct drill_score;
/* Take a (freed when the view closes). */
struct view *debrief_view_new(struct attempt *take, const struct drill_score *score);
struct view *group_view_new(struct casefile *cf);

/* --- drill_replay.c: the same play again, key by key where keys were kept, else step by step --- */
struct drill_keys;
/* Takes both; keys may be none. */
struct view *replay_view_new(struct attempt *take, struct drill_keys *keys, const struct drill_score *score);
long         replay_due(const struct view *top);        /* ms until its next key; -1: no replay that runs on */
unsigned     replay_tick(struct view *top);             /* that key; REACT_* */

#endif
