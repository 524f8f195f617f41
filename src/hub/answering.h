/* hub/answering.h - receipts of bundles whose rows are committed, written while other work goes on. */
#ifndef DOLEN_HUB_ANSWERING_H
#define DOLEN_HUB_ANSWERING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "incoming.h"

struct answering {
    struct incoming        *in;         /* borrowed, and nobody else's until the end */
    size_t                  n;
    const struct reception *rc;
    pthread_t               thread;
    bool                    beside;     /* a thread is at it */
    enum status             st;
    struct err              err;
};

/* Signs and writes the receipts of n bundles, all durable by one sync; in a thread of its own when one can be had.
 * Only what is committed may be given here. */
void        answering_begin(struct answering *a, struct incoming *in, size_t n, const struct reception *rc);
/* Waits for it. ST_OK when nothing was begun. ST_IO, ST_NOSPACE …: not all receipts are written; the next run writes
 * them. */
enum status answering_end(struct answering *a, struct err *err);

#endif
