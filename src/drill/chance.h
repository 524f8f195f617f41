/* chance.h - splitmix64: the same numbers everywhere for the same seed. Not for secrets. */
#ifndef DOLEN_DRILL_CHANCE_H
#define DOLEN_DRILL_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

struct chance {
    uint64_t state;
};
uint64_t chance_next(struct chance *c);
int      chance_below(struct chance *c, int n);                 /* 0 … n-1 */
int      chance_between(struct chance *c, int low, int high);   /* both included */
bool     chance_percent(struct chance *c, int percent);

struct weighted {
    const char *word;                    /* NULL ends the list */
    int         weight;
};
const char *chance_word(struct chance *c, const struct weighted *list);

#endif
