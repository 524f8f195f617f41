/* dolen/ui/choice.h - picking from a list: arrows, numbers 1-9, or typing the first letters of any word.
 *
 * One: Enter or a number picks and is done. Many: Space or a number ticks, Enter is done. Ranked: ticking gives the
 * next rank (1st, 2nd …), unticking closes the gap. */
#ifndef DOLEN_UI_CHOICE_H
#define DOLEN_UI_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/lang.h"
#include "dolen/ui/canvas.h"
#include "dolen/ui/edit.h"
#include "dolen/ui/key.h"

struct choice;

/* CHOICE_TYPED: the labels are numbers themselves and stand without one before them. What is typed is the label: it
 * picks as soon as it can be no other, so that 7 is done and 1 waits, for 10 or for Enter. */
enum choice_flag { CHOICE_MANY = 1, CHOICE_RANKED = 2 | CHOICE_MANY, CHOICE_TYPED = 4 };

struct choice *choice_new(unsigned flags);
void           choice_free(struct choice **cp);
void           choice_typed_whole(struct choice *c);                    /* CHOICE_TYPED for one that is there already */
bool           choice_waits(const struct choice *c);                    /* CHOICE_TYPED: more may be typed */
size_t         choice_add(struct choice *c, struct text2 take);         /* its label; returns its index */
void           choice_note(struct choice *c, size_t i, struct text2 take);     /* a quieter text behind the label */
size_t         choice_selected(const struct choice *c);                 /* where the focus is */
void           choice_select(struct choice *c, size_t i);
void           choice_pick(struct choice *c, size_t i, bool on);        /* the others go off unless CHOICE_MANY */
bool           choice_is_picked(const struct choice *c, size_t i);
size_t         choice_picked_count(const struct choice *c);
size_t         choice_picked(const struct choice *c, size_t n);         /* nth picked, in order of picking */
enum edited    choice_key(struct choice *c, const struct key *k);       /* Enter: EDIT_DONE */
/* The letters that lead to an item, after EDIT_MISSED those that lead to none; a move or Backspace drops them. */
const char    *choice_typed(const struct choice *c);
enum edited    choice_act(struct choice *c, int action);                /* NAV_* for views that do not hand over keys */
int            choice_rows(const struct choice *c);
/* A label too long for its line of so many columns stands below the list while it is pointed at: how many rows the
 * longest of them takes (0: none is too long), and the one pointed at written out (nothing for one that fits its
 * line). */
int            choice_whole_rows(const struct choice *c, int cols);
void           choice_draw_whole(const struct choice *c, struct area a);
void           choice_draw(struct choice *c, struct area a, bool focused);

#endif
