/* people.h - who is in the rows: the consent rule is asked once a person, and the pseudonym made once. */
#ifndef DOLEN_EXCHANGE_PEOPLE_H
#define DOLEN_EXCHANGE_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/exchange/export.h"

/* A letter and 32 hex digits. */
struct pseudonym {
    char s[34];
};
struct pseudonym pseudonym_by(const uint8_t key[EXPORT_KEY_BYTES], char letter, const char *domain, const void *p,
                              size_t n);
struct pseudonym pseudonym_of(const struct export_job *job, char letter, const char *domain, const void *p, size_t n);

struct person {
    struct id        id;
    struct pseudonym key;
    enum left_out    why;               /* LEFT_COUNT: in the rows */
};

struct people {
    struct person *items;               /* a power of two of places, found by their id, which is random */
    size_t         count, places;
    const struct person *last;          /* rows of one person stand together */
};

/* The person of this row of x, which is asked about only when they are new. Borrowed until the next call. */
const struct person *people_at(struct people *p, const struct export_job *job, struct extract *x, struct id id);
void people_count(const struct people *p, struct export_result *out);
void people_release(struct people *p);

#endif
