/* asset_words.c - what the rules of the directory need of a row: months that a category keeps, what speaks against
 * it. */
#include "person_priv.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/refusals.h"
#include "dolen/base/banned.h"

int asset_months(struct ui *u, const char *category)
{
    const struct code *c = codelist_find(catalog_codes(u->catalog, "asset_category", NULL), category);

    return c ? c->fresh_months : 0;
}

struct asset_load asset_load_of(struct ui *u, const struct asset_row *row)
{
    const struct code *running = codelist_find(catalog_codes(u->catalog, "asset_status", NULL), row->running);

    return (struct asset_load) { .verified = row->verified_on, .full_until = row->full_until, .added = row->added_on,
                                 .fresh_months = asset_months(u, row->category), .takes_a_month = row->takes_a_month,
                                 .sent_this_month = row->sent_this_month, .unlisted = row->do_not_advertise,
                                 .local_only = row->local_only,
                                 .closed = running && str_eq(running->group, "CLOSED") };
}

/* Their no stands first: what it is about cannot be taken back once a name was given away. */
static void refusal_words(struct ui *u, struct id person, struct id asset, struct buf *out)
{
    struct record a;
    struct refusal no;
    bool said_no = false;

    record_init(&a, T_ASSET);
    if (id_is_set(person) && store_get(u->store, T_ASSET, asset, &a, NULL) == ST_OK &&
        asset_refused(u->store, person, &a, &said_no, &no, NULL) == ST_OK && said_no) {
        if (date_is_set(no.on))
            buf_addf(out, _("Said no on %s to their details going there."), date_show(no.on).s);
        else
            buf_add(out, _("Said no to their details going there."));
    }
    record_release(&a);
}

void choosing_cautions(struct ui *u, struct id person, struct id episode, const struct asset_row *row, struct buf *out)
{
    struct asset_load load = asset_load_of(u, row);
    struct records all = { NULL, 0, 0 };

    refusal_words(u, person, row->id, out);
    caution_sentences(out, &load, u->today);
    if (!id_is_set(episode) || store_list(u->store, LIST_CONNECTIONS_OF_EPISODE, episode, 0, &all, NULL) != ST_OK)
        return;
    for (size_t i = 0; i < all.count; i++)
        if (id_eq(record_id(&all.items[i], CONNECTION_asset), row->id)) {
            buf_add(out, out->len ? " " : "");
            buf_addf(out, _("The person is connected to it already: %s."),
                     word_of(u, "connection_status", record_text(&all.items[i], CONNECTION_status)));
            break;
        }
    records_release(&all);
}
