/* dolen/drill/practice.h - an invented caseload to try things on: people, referrals, conversations, plans, a
 * directory.
 *
 * Everything is made up from the seed: the same options give the same caseload on any machine (the clock is the
 * caller's to freeze: it stamps the records). NHS numbers are from the test range (999), phones from the ranges that
 * Ofcom keeps for drama, e-mail addresses at example.org. */
#ifndef DOLEN_DRILL_PRACTICE_H
#define DOLEN_DRILL_PRACTICE_H

#include <stddef.h>
#include <stdint.h>

#include "dolen/base/date.h"
#include "dolen/base/status.h"
#include "dolen/store/write.h"

/* A definition as the catalogue has it: what filled-in forms are pinned to. */
struct practice_form {
    int         version;
    const char *hash;                    /* 64 hex digits; NULL: there is no such form, its answers are left out */
    const char *yaml;
    size_t      yaml_bytes;
};

struct practice_options {
    int         cases;                   /* people referred */
    uint64_t    seed;
    struct date today;                   /* the caseload's present day */
    int         contacts_each;           /* exactly so many contacts an episode; 0: 3 to 8 by stage */
    struct id   practitioner;            /* of the key slot, when it already has one; else a new one is made */
    /* May be NULL: then conversations, plans, reviews and measures have no filled-in forms, only their results. */
    struct practice_form (*form)(void *ctx, const char *id);
    void      (*progress)(void *ctx, int done, int cases);       /* may be NULL */
    void       *ctx;
};

/* Fills an empty case file, in one transaction. Sets the seed of new ids. */
enum status practice_make(struct store *s, const struct practice_options *o, struct err *err);

#endif
