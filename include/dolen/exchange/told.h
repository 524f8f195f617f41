/* dolen/exchange/told.h - numbers that leave by themselves, in no row about anybody: how many reports were made in a
 * quarter.
 *
 * A small number is kept back and every other rounded, by the policy's numbers and never less than suppress_default.
 * Each is told once: what a destination was told first of a quarter it is told again in every later batch, whatever
 * was written down, changed or taken back since. So two batches can never be subtracted from each other. */
#ifndef DOLEN_EXCHANGE_TOLD_H
#define DOLEN_EXCHANGE_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/forms/policy.h"

#define TOLD_MAX 200                    /* quarters: fifty years */

struct told_number {
    char    quarter[8];                 /* "2026-Q1" */
    bool    hidden;
    int64_t n;                          /* rounded; 0 when hidden */
};
struct told_numbers {
    struct told_number items[TOLD_MAX];
    size_t             count;
};

/* What was told before, or is told now for the first time: then it is entered. NULL: there is no more room. */
const struct told_number *told_for(struct told_numbers *t, const struct policy *p, const char *quarter, long count);

/* Kept in a setting of the case file: "2026-Q1=15;2026-Q2=c;". Reading leaves out what is not of that form. */
char *told_key(const char *policy);                                 /* the caller's */
char *told_text(const struct told_numbers *t);                      /* the caller's; NULL: nothing to remember */
void  told_read(struct told_numbers *t, const char *text);

#endif
