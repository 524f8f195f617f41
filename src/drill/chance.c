/* chance.c - splitmix64: the same numbers everywhere for the same seed. */
#include "chance.h"

#include "dolen/base/banned.h"

uint64_t chance_next(struct chance *c)
{
    uint64_t z = c->state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

int chance_below(struct chance *c, int n)
{
    return n <= 1 ? 0 : (int) (chance_next(c) % (uint64_t) n);
}

int chance_between(struct chance *c, int low, int high)
{
    return low + chance_below(c, high - low + 1);
}

bool chance_percent(struct chance *c, int percent)
{
    return chance_below(c, 100) < percent;
}

const char *chance_word(struct chance *c, const struct weighted *list)
{
    int sum = 0, at;

    for (const struct weighted *w = list; w->word; w++)
        sum += w->weight;
    at = chance_below(c, sum);
    for (const struct weighted *w = list; w->word; w++)
        if ((at -= w->weight) < 0)
            return w->word;
    return list->word;
}
