/* dolen/core/facts.h - where the value or missing state of "form.question" or "derive.rule" can be asked for.
 *
 * The store gives one for a row of an extract, the data set asks it: so that "N to go" on the screen and the column
 * items_missing of an export come from one function. */
#ifndef DOLEN_CORE_FACTS_H
#define DOLEN_CORE_FACTS_H

#include "dolen/core/answer.h"

struct facts {
    void *ctx;
    /* NULL when there is no value; *why (may be NULL) then says which missing state. Valid until the next row. */
    const char *(*value)(void *ctx, const char *source, enum missing *why);
};

#endif
