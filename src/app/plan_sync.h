/* app/plan_sync.h - the plan and review forms, carried over to the tables of goals, ratings and actions. */
#ifndef DOLEN_APP_PLAN_SYNC_H
#define DOLEN_APP_PLAN_SYNC_H

#include "dolen/core/answer.h"
#include "dolen/store/write.h"

/* Goals and actions as the plan form has them now. A goal is known again by its words, else by its place; one that the
 * form no longer has goes to the bin. A rating that differs from the last one is added with the day. */
enum status plan_sync(struct store *s, struct id person, struct id episode, const struct answers *a, struct date on,
                      struct err *err);
/* Ratings and states from a review. */
enum status plan_review(struct store *s, struct id episode, const struct answers *a, struct date on, struct err *err);
/* How close a goal is today; what became of an action (OPEN, DONE, CHANGED, DROPPED), and why. */
enum status plan_rate(struct store *s, struct id goal, const char *rating, struct date on, struct err *err);
enum status plan_mark(struct store *s, struct id action, const char *state, const char *why, struct err *err);

#endif
