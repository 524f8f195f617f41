/* app/asset_join.c - two entries joined: what would happen, doing it, taking it back; and the command. */
#include "asset_join.h"

#include <stdio.h>
#include <stdlib.h>

#include "after.h"
#include "bulk.h"
#include "call_draft.h"
#include "commands.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "large_step.h"
#include "steps.h"
#include "dolen/base/banned.h"

#define STEP "assets.joined"

/* What two calls say of one thing could not be told apart when the entries are parted again. */
static enum status one_call_at_most(struct casefile *cf, struct id keep, struct id other, struct err *err)
{
    if (!id_is_set(call_draft(cf, keep)) || !id_is_set(call_draft(cf, other)) || id_eq(keep, other))
        return ST_OK;
    return err_set(err, ST_REFUSED, _("A phone call to each of the two is begun and not filed. Nothing was changed. "
                                      "File one of them, or throw it away: Today lists them."));
}

enum status assets_join(struct casefile *cf, struct id keep, struct id other, struct extent *would,
                        size_t *connections, struct err *err)
{
    int64_t after = store_version(cf->store);
    enum status st = store_begin(cf->store, err);

    if (st != ST_OK)
        return st;
    st = one_call_at_most(cf, keep, other, err);
    if (st == ST_OK)
        st = store_join_assets(cf->store, keep, other, connections, err);
    if (st == ST_OK)
        st = after_joining(cf, keep, other, err);
    if (would) {
        store_extent_since(cf->store, after, would);
        dry_end(cf);
        return st;
    }
    if (st == ST_OK)
        st = step_note(cf, STEP, after, err);
    return store_end(cf->store, st, err);
}

enum status assets_part(struct casefile *cf, bool apply, size_t *changes, struct err *err)
{
    return step_take_back(cf, STEP, apply, changes, err);
}

struct text2 assets_join_question(struct casefile *cf, struct id keep, struct id other, size_t connections)
{
    struct asset_row kept = { .name = "" }, gone = { .name = "" };

    if (asset_row_get(cf->store, keep, &kept, NULL) != ST_OK || asset_row_get(cf->store, other, &gone, NULL) != ST_OK)
        str_copy(kept.name, sizeof kept.name, "?");
    return TEXT2(tr_n("Keep %s? %zu connection goes over to it, and %s goes to the bin.",
                      "Keep %s? %zu connections go over to it, and %s goes to the bin.",
                      (unsigned long) connections), kept.name, connections, gone.name);
}

static void propose(struct id *out, size_t max, size_t *n, struct id id)
{
    for (size_t i = 0; i < *n; i++)
        if (id_eq(out[i], id))
            return;
    if (*n < max)
        out[(*n)++] = id;
}

enum status assets_alike_to(struct casefile *cf, struct id asset, struct id *out, size_t max, size_t *n,
                            struct err *err)
{
    struct asset_keys all = { NULL, 0, 0 };
    const struct asset_key *own = NULL;
    enum status st = asset_keys(cf->store, &all, err);

    *n = 0;
    for (size_t i = 0; i < all.count && !own; i++)
        if (id_eq(all.items[i].id, asset))
            own = &all.items[i];
    for (int pass = 0; own && pass < 2; pass++)
        for (size_t i = 0; i < all.count; i++)
            if (&all.items[i] != own && (pass ? asset_same_name : asset_alike)(own, &all.items[i]))
                propose(out, max, n, all.items[i].id);
    free(all.items);
    return st;
}

/* --- by command ------------------------------------------------------------------------------------------------- */

static enum status part(struct run *r, struct err *err)
{
    size_t n = 0;
    enum status st = bulk_undo(r, assets_part,
                               NP_("%zu change of the last joining of two entries is taken back.",
                                   "%zu changes of the last joining of two entries are taken back."), &n, err);

    if (st != ST_OK || bulk_dry(r))
        return st;
    if (r->json) {
        struct json *j = json_new_map();

        json_set_int(j, "changes", (int64_t) n);
        run_print_json("asset-one-entry-undo", j);
    } else if (st == ST_OK) {
        puts(_("Two entries again, as they were."));
    }
    return st;
}

static enum status agreed(struct run *r, struct id keep, struct id other, struct err *err)
{
    struct extent would;
    size_t connections;
    struct text2 will;
    enum status st = assets_join(r->cf, keep, other, &would, &connections, err);

    if (st != ST_OK)
        return st;
    will = assets_join_question(r->cf, keep, other, connections);
    st = bulk_agreed(r, would.records, text2_now(&will), err);
    text2_release(&will);
    return st;
}

static enum status join_run(struct run *r, struct err *err)
{
    struct id keep, other;
    size_t connections;
    enum status st = ST_OK;

    if (run_flag(r, "--undo"))
        return r->operands ? err_set(err, ST_USAGE, _("--undo takes back the last joining, and no entry is named with "
                                                      "it. Nothing was changed.")) : part(r, err);
    if (r->operands != 2)
        return err_set(err, ST_USAGE, _("Name two entries: the one that stays, and the one that goes to the bin. "
                                        "Nothing was changed. See: dolen asset duplicates"));
    st = operand_id(r, T_ASSET, r->operand[0], &keep, err);
    if (st == ST_OK)
        st = operand_id(r, T_ASSET, r->operand[1], &other, err);
    if (st == ST_OK)
        st = agreed(r, keep, other, err);
    if (st != ST_OK || bulk_dry(r))
        return st;
    if (st == ST_OK)
        st = assets_join(r->cf, keep, other, NULL, &connections, err);
    if (st == ST_OK && r->json) {
        struct json *j = json_new_map();

        json_set_text(j, "id", id_show(keep).s);
        json_set_int(j, "connections", (int64_t) connections);
        run_print_json("asset-one-entry", j);
    } else if (st == ST_OK) {
        printf(tr_n("One entry now; %zu connection went over.", "One entry now; %zu connections went over.",
                    (unsigned long) connections), connections);
        printf(" %s\n", _("Taken back with: dolen asset one-entry --undo"));
    }
    return st;
}

static const struct option options[] = {
    { "--undo", NULL, N_("Take the last joining of two entries back") }, BULK_YES, BULK_DRY,
    { NULL, NULL, NULL }
};

const struct command asset_join_commands[] = {
    { "asset", "one-entry", "KEEP OTHER", 0, 2,
      N_("One thing that stands in the directory twice: its connections go to KEEP, OTHER to the bin"), options,
      NEEDS_CASE, join_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
