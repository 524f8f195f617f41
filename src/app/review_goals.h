/* app/review_goals.h - a review begins with the goals that are there: their numbers filled in, their words to be
 * read; a plan with what the person said. */
#ifndef DOLEN_APP_REVIEW_GOALS_H
#define DOLEN_APP_REVIEW_GOALS_H

#include "filing.h"

/* A new review gets an instance for each open goal, so that only the ratings are left to give; a new plan one for each
 * thing that the person would like, in the words of the conversation. Other forms stay as they are. */
void goals_begin(struct filling *f);
/* The number of a goal in a review: put in by goals_begin, and no answer of anybody's. */
bool goals_number(const struct filling *f, const struct question *q);
/* The goals' words and how close each is, as they are now; NULL for a form that asks for no goal's number. */
struct goal_words;
struct goal_words *goal_words_load(const struct filling *f);
void               goal_words_free(struct goal_words **wp);
/* Adds what this instance is about, by the number given in it: "Get out of the house: 3 of 10"; nothing when the
 * instance names no goal. w NULL is fine. */
void goal_words_put(const struct goal_words *w, const struct filling *f, const struct question *repeat, int instance,
                    struct buf *out);
/* Adds "1. Get out of the house: 3 of 10", a line each, for a form that asks for the number of a goal; nothing for
 * others. In a plan that began with what was said, that it did. */
void review_goals_words(const struct filling *f, struct buf *out);

#endif
