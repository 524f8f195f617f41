/* hub/shards.h - one hub over several PostgreSQL servers.
 *
 * The coordinator (--into) has the registers and the settings. The rows of a laptop, and the ledger of its bundles,
 * lie on one shard, found by the hash of source_id that PostgreSQL itself divides by. Bundles are merged on the shard
 * directly; reports ask all shards at once (scatter.h). For people with SQL, the coordinator has each table as a
 * whole, in partitions that are foreign tables, and views of additive partials. */
#ifndef DOLEN_HUB_SHARDS_H
#define DOLEN_HUB_SHARDS_H

#include "ledger.h"
#include "scatter.h"
#include "warehouse.h"

#define SHARDS_MAX 64

/* Lays the tables of the hub w, which has no rows yet, over these servers, which have no hub yet. ST_REFUSED,
 * ST_USAGE. */
enum status shards_make(struct warehouse *w, const char *const *urls, size_t n, const struct vault *v,
                        struct catalog *c, struct err *err);
/* Opens the shards of a hub that has some; nothing for one that has none. */
enum status shards_open(struct warehouse *w, const struct vault *v, struct err *err);
void        shards_close(struct warehouse *w);
/* The shard that a source's rows lie on. */
enum status shard_of(struct warehouse *w, int64_t source_id, struct warehouse **out, struct err *err);
/* What the shards know about each source (covered, newest snapshot), into the coordinator's register. */
enum status shards_take_over(struct warehouse *w, struct err *err);

#endif
