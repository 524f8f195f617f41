/* hub/scatter.h - one engine over several servers: questions about rows go to all of them at once, and what they
 * answer is put together.
 *
 * Every row of a laptop lies on one server, and reports join rows of one laptop only, so a sum or a count over all is
 * the sum of those of the servers. A question is taken apart by its last SELECT list: a column with count( or sum( is
 * added up, max( and min( are compared, the others tell groups apart; without any such column the rows are those of
 * all servers. They are in the order of the question's ORDER BY as far as that names columns of the list, upwards. */
#ifndef DOLEN_HUB_SCATTER_H
#define DOLEN_HUB_SCATTER_H

#include "dolen/report/query.h"
#include "dolen/report/schema.h"
#include "pq.h"

struct scatter {
    struct pq              *home;       /* settings, registers, releases of reports */
    struct pq             **shard;
    size_t                  shards;
    const struct wh_schema *schema;     /* its tables lie on the shards; so do hub_batch and tombstone */
};

/* s is borrowed and outlives the engine. */
struct engine engine_scatter(struct scatter *s);

#endif
