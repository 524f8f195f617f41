/* unpacking bundles side by side: checking signatures, decrypting, inflating and hashing is most of what a hub's
 * processor does before the rows, and no bundle waits for another in it. */
#include "incoming.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "dolen/base/banned.h"

enum { HANDS_MAX = 4 };

struct unpacking {
    struct incoming   *in;
    size_t             n;
    uint64_t           limit;
    struct reception  *rc;              /* read only */
    atomic_size_t      next;
    _Atomic uint64_t   bytes;
};

/* Whoever is free takes the next one, so that those taken are always the first ones. */
static void *unpack(void *ctx)
{
    struct unpacking *u = ctx;

    while (atomic_load(&u->bytes) <= u->limit) {
        size_t i = atomic_fetch_add(&u->next, 1);

        if (i >= u->n)
            break;
        incoming_unpack(&u->in[i], u->rc);
        atomic_fetch_add(&u->bytes, u->in[i].bytes);
    }
    return NULL;
}

static long hands_for(const struct incoming *in, size_t n)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN), work = 0;

    for (size_t i = 0; i < n; i++)
        work += in[i].fate == FATE_MERGE;
    cores = cores < HANDS_MAX ? cores : HANDS_MAX;
    return work < cores ? work : cores;
}

size_t incoming_unpack_all(struct incoming *in, size_t n, uint64_t limit, struct reception *rc)
{
    struct unpacking u = { .in = in, .n = n, .limit = limit, .rc = rc };
    pthread_t helpers[HANDS_MAX];
    long hands = hands_for(in, n), helping = 0;
    size_t taken;

    /* One that cannot be had is done without. */
    while (helping + 1 < hands && pthread_create(&helpers[helping], NULL, unpack, &u) == 0)
        helping++;
    unpack(&u);
    while (helping > 0)
        pthread_join(helpers[--helping], NULL);
    taken = atomic_load(&u.next);
    return taken < n ? taken : n;
}
