/* fix_answers.h - two sets of answers compared. */
#ifndef TESTS_FIX_ANSWERS_H
#define TESTS_FIX_ANSWERS_H

#include "dolen/core/answer.h"

/* The order in which they were answered does not count. */
bool answers_equal(const struct answers *a, const struct answers *b);

#endif
