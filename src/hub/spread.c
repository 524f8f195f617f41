/* receiving into a hub of one server or of several: each bundle goes to the server that its laptop's rows lie on. */
#include "receive.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "shards.h"
#include "dolen/base/banned.h"

/* Whose hub it is, is known to the coordinator before and after. */
static enum status share_destination(struct reception *rc, struct warehouse *coordinator, struct err *err)
{
    char *known = NULL;
    enum status st = warehouse_setting(coordinator, "destination", &known, err);

    if (st == ST_OK && known && !rc->destination) {
        rc->destination = xstrdup(known);
        st = warehouse_set(rc->w, "destination", known, err);
    } else if (st == ST_OK && !known && rc->destination) {
        st = warehouse_set(coordinator, "destination", rc->destination, err);
    }
    free(known);
    return st;
}

enum status reception_open_for(struct reception *rc, struct warehouse *w, int64_t source_id, struct err *err)
{
    struct warehouse *to = w;
    enum status st = w->shards ? shard_of(w, source_id, &to, err) : ST_OK;

    if (st == ST_OK)
        st = reception_open(rc, rc->keys, to, rc->catalog, err);
    return st == ST_OK && w->shards ? share_destination(rc, w, err) : st;
}

/* The bundles of this shard's laptops; with the first also those of nobody that is known, which are refused there. */
static void take_mine(struct file_names *mine, const struct file_names *all, bool *taken, struct reception *rc,
                      bool rest)
{
    for (size_t i = 0; i < all->count; i++) {
        const char *slash = strrchr(all->items[i], '/');
        struct id source;
        int64_t epoch, seq;
        bool named = batch_name_parse(slash ? slash + 1 : all->items[i], &source, &epoch, &seq);

        if (taken[i] || (!rest && (!named || !sources_by_id(&rc->sources, source))))
            continue;
        taken[i] = true;
        *ARRAY_ADD(mine->items, mine->count, mine->cap) = all->items[i];
    }
}

static enum status into_shard(struct reception *rc, struct warehouse *w, size_t i, const struct file_names *files,
                              bool *taken, bool rest, struct err *err)
{
    struct file_names mine = { NULL, 0, 0 };
    enum status st = reception_open(rc, rc->keys, w->shard[i], rc->catalog, err);

    if (st == ST_OK)
        st = share_destination(rc, w, err);
    take_mine(&mine, files, taken, rc, rest);
    if (st == ST_OK && mine.count)
        st = receive_files(rc, &mine, err);
    if (st == ST_OK)
        st = share_destination(rc, w, err);
    free(mine.items);
    reception_close(rc);
    return st;
}

enum status receive_spread(struct reception *rc, struct warehouse *w, const struct file_names *files, struct err *err)
{
    bool *taken;
    enum status st = ST_OK;

    if (!w->shards) {
        st = reception_open(rc, rc->keys, w, rc->catalog, err);
        if (st == ST_OK)
            st = receive_files(rc, files, err);
        reception_close(rc);
        return st;
    }
    taken = xcalloc(files->count + 1, sizeof *taken);
    for (size_t i = 0; i < w->shards && st == ST_OK; i++)
        st = into_shard(rc, w, i, files, taken, false, err);
    if (st == ST_OK)
        st = into_shard(rc, w, 0, files, taken, true, err);
    free(taken);
    return st == ST_OK ? shards_take_over(w, err) : st;
}
