/* app/review_goals.h - a review begins with the goals that are there: their numbers filled in, their words to be
 * read. */
#ifndef DOLEN_APP_REVIEW_GOALS_H
#define DOLEN_APP_REVIEW_GOALS_H

#include "filing.h"

/* A new review gets an instance for each open goal, so that only the ratings are left to give. Other forms stay as
 * they are. */
void review_begin(struct filling *f);
/* Adds "1. Get out of the house: 3 of 10", a line each, for a form that asks for the number of a goal; nothing for
 * others. */
void review_goals_words(const struct filling *f, struct buf *out);

#endif
