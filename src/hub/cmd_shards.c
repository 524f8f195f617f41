/* shards init|status: one hub over several PostgreSQL servers. */
#include "open.h"

#include <stdio.h>
#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "shards.h"
#include "dolen/base/banned.h"

static enum status init_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    enum status st = hub_open(&h, r, err);

    if (st == ST_OK)
        st = shards_make(h.w, r->operand, (size_t) r->operands, h.keys.vault, h.catalog, err);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "shards", r->operands);
        hub_print_json("shards", j);
    } else if (st == ST_OK) {
        printf(tr_n("The hub lies on %d server.\n", "The hub lies on %d servers.\n", (unsigned long) r->operands),
               r->operands);
    }
    hub_close(&h);
    return st;
}

/* Rows of one shard alone, asked of it directly. */
static enum status count_shard(struct warehouse *shard, int64_t out[3], struct err *err)
{
    static const char *const asks[] = { "SELECT count(*) FROM hub_source",
                                        "SELECT count(*) FROM hub_batch WHERE status = 'accepted'",
                                        "SELECT count(*) FROM episode" };
    enum status st = ST_OK;

    for (size_t i = 0; i < ARRAY_LEN(asks) && st == ST_OK; i++)
        st = warehouse_number(shard, asks[i], NULL, 0, &out[i], err);
    return st;
}

static enum status status_run(struct hub_run *r, struct err *err)
{
    struct hub h = { .w = NULL };
    struct json *j = json_new_map(), *list = json_new_list();
    enum status st = hub_open(&h, r, err);

    if (st == ST_OK && !h.w->shards)
        st = err_set(err, ST_NOTFOUND,
                     _("This hub lies on one server. Nothing was changed. See: dolen-hub shards init"));
    for (size_t i = 0; st == ST_OK && i < h.w->shards; i++) {
        struct json *one = json_new_map();
        int64_t n[3] = { 0, 0, 0 };

        st = count_shard(h.w->shard[i], n, err);
        json_set_int(one, "sources", n[0]);
        json_set_int(one, "bundles", n[1]);
        json_set_int(one, "episodes", n[2]);
        json_append(list, one);
        if (st == ST_OK && !r->json)
            printf(_("Server %zu: %lld laptops, %lld bundles, %lld episodes\n"), i + 1, (long long) n[0],
                   (long long) n[1], (long long) n[2]);
    }
    json_set(j, "shards", list);
    if (st == ST_OK && r->json)
        hub_print_json("shards", j);
    else
        json_free(&j);
    hub_close(&h);
    return st;
}

const struct hub_command shard_commands[] = {
    { "shards", "init", "URL…", 1, SHARDS_MAX, N_("Lay an empty hub over several PostgreSQL servers"), NULL, init_run },
    { "shards", "status", "", 0, 0, N_("What lies on each server"), NULL, status_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, NULL }
};
