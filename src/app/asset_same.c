/* app/asset_same.c - duplicates in the directory: told when one is filed, listed by asset duplicates. */
#include "asset_same.h"

#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"

static void name_of(struct casefile *cf, struct id asset, char *name, size_t size)
{
    struct asset_row row;

    str_copy(name, size, asset_row_get(cf->store, asset, &row, NULL) == ST_OK ? row.name : "");
}

bool asset_has_twin(struct casefile *cf, struct id asset, char *name, size_t size)
{
    struct asset_keys all = { NULL, 0, 0 };
    const struct asset_key *own = NULL;
    bool found = false;

    if (asset_keys(cf->store, &all, NULL) != ST_OK)
        return false;
    for (size_t i = 0; i < all.count && !own; i++)
        if (id_eq(all.items[i].id, asset))
            own = &all.items[i];
    for (size_t i = 0; own && i < all.count && !found; i++)
        if (&all.items[i] != own && asset_alike(own, &all.items[i])) {
            name_of(cf, all.items[i].id, name, size);
            found = true;
        }
    free(all.items);
    return found;
}

static void print_pair(struct run *r, struct json *list, struct id a, struct id b)
{
    struct json *pair = json_new_map();
    char one[200], other[200];
    struct buf line = BUF_INIT, tame = BUF_INIT;

    name_of(r->cf, a, one, sizeof one);
    name_of(r->cf, b, other, sizeof other);
    json_set_text(pair, "id", id_show(a).s);
    json_set_text(pair, "name", one);
    json_set_text(pair, "other", id_show(b).s);
    json_set_text(pair, "other_name", other);
    json_append(list, pair);
    buf_addf(&line, "%s  %s  =  %s  %s", id_show(a).s, one, id_show(b).s, other);
    text_tame(&tame, buf_text(&line), false);
    if (!r->json)
        puts(buf_text(&tame));
    buf_release(&line);
    buf_release(&tame);
}

static enum status duplicates_run(struct run *r, struct err *err)
{
    struct asset_keys all = { NULL, 0, 0 };
    struct json *j = json_new_map(), *list = json_new_list();
    struct asset_pair *pair = NULL;
    enum status st = asset_keys(r->cf->store, &all, err);
    size_t n = st == ST_OK ? asset_pairs(all.items, all.count, &pair) : 0;

    for (size_t i = 0; i < n; i++)
        print_pair(r, list, all.items[pair[i].a].id, all.items[pair[i].b].id);
    if (st == ST_OK && !r->json && !json_count(list))
        puts(_("No two entries look alike."));
    json_set(j, "items", list);
    if (st == ST_OK && r->json)
        run_print_json("asset-duplicates", j);
    else
        json_free(&j);
    free(pair);
    free(all.items);
    return st;
}

const struct command asset_same_commands[] = {
    { "asset", "duplicates", "", 0, 0, N_("Entries that look like one thing written down twice"), NULL, NEEDS_CASE,
      duplicates_run },
    { NULL, NULL, NULL, 0, 0, NULL, NULL, 0, NULL }
};
