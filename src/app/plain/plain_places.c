/* plain_places.c - one entry of the directory line by line, and the other places of its offer. */
#include "plain_priv.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/places.h"
#include "asset_join.h"
#include "places.h"
#include "dolen/base/banned.h"

/* The other places of the offer, each to go to. ID_NONE: none was chosen. */
static struct id other_place(struct plain *p, struct id asset)
{
    struct record a = { .text = NULL };
    struct records all = { NULL, 0, 0 };
    struct err err = { .st = ST_OK };
    struct id chosen = ID_NONE;
    int i = CHOSE_BACK;

    if (store_get(p->cf->store, T_ASSET, asset, &a, &err) != ST_OK ||
        places_of_offer(p->cf->store, &a, &all, &err) != ST_OK)
        tell_error(&err);
    else if (all.count == 0)
        tell_text(_("No other place of it is in the directory."));
    else {
        struct choice *items = xcalloc(all.count, sizeof *items);
        struct buf *label = xcalloc(all.count, sizeof *label);

        for (size_t k = 0; k < all.count; k++) {
            place_put(&all.items[k], &label[k]);
            items[k] = (struct choice) { NULL, buf_text(&label[k]), true };
        }
        i = plain_choose(p, _("The same offer at other places"), items, all.count);
        if (i >= 0)
            chosen = all.items[i].id;
        for (size_t k = 0; k < all.count; k++)
            buf_release(&label[k]);
        free(label);
        free(items);
    }
    records_release(&all);
    record_release(&a);
    return chosen;
}

static void another_place(struct plain *p, struct id *asset)
{
    struct target t = { .form = "asset" };
    struct err err = { .st = ST_OK };
    bool gone = false;

    if (places_add(p->cf, *asset, &t.record, &err) != ST_OK) {
        tell_error(&err);
        return;
    }
    tell_text(_("Another place: say when and where it is. Left empty, it is not added."));
    if (plain_form(p, &t, "day") == FORM_LEFT && places_left(p->cf, t.record, &gone, &err) != ST_OK)
        tell_error(&err);
    if (gone)
        tell_text(_("Nothing was typed: the other place is not in the directory."));
    else
        *asset = t.record;
}

static void one_offer(struct plain *p, struct id asset)
{
    struct err err = { .st = ST_OK };
    struct id other = ID_NONE;
    size_t n = 0;

    if (choose_asset(p, _("Places of one offer, with which entry?"), &other) != ST_OK || !id_is_set(other))
        return;
    if (places_link(p->cf, asset, other, &n, &err) != ST_OK)
        tell_error(&err);
    else
        tell(tr_n("%zu place of one offer.", "%zu places of one offer.", n), n);
}

static void one_entry(struct plain *p, struct id asset)
{
    struct err err = { .st = ST_OK };
    struct id other = ID_NONE;
    struct extent would;
    struct text2 question;
    size_t n = 0;

    if (choose_asset(p, _("Which entry is the same thing?"), &other) != ST_OK || !id_is_set(other))
        return;
    if (assets_join(p->cf, asset, other, &would, &n, &err) != ST_OK) {
        tell_error(&err);
        return;
    }
    question = assets_join_question(p->cf, asset, other, n);
    if (plain_yes(p, text2_now(&question)) != ANSWER_YES)
        tell_text(_("They stay two entries. Nothing was changed."));
    else if (assets_join(p->cf, asset, other, NULL, &n, &err) != ST_OK)
        tell_error(&err);
    else
        tell(tr_n("One entry now; %zu connection went over. undo takes it back.",
                  "One entry now; %zu connections went over. undo takes it back.", (unsigned long) n), n);
    text2_release(&question);
}

static void own_offer(struct plain *p, struct id asset)
{
    struct err err = { .st = ST_OK };

    if (places_part(p->cf, asset, &err) != ST_OK)
        tell_error(&err);
    else
        tell_text(_("It is an offer of its own."));
}

/* What is known of it, as its form has it. */
void asset_page(struct plain *p, struct id asset)
{
    static const struct choice items[] = {
        { N_(":edit"), N_("Change it"), false }, { N_(":call"), N_("One phone call: news of everyone who waits on it"),
                                                   false },
        { N_(":another-place"), N_("The same offer at another place"), false },
        { N_(":places"), N_("Its other places"), false },
        { N_(":history"), N_("Who changed what; a number takes it back"), false },
        { N_(":one-offer"), N_("Another entry is a place of the same offer"), false },
        { N_(":own-offer"), N_("It is an offer of its own"), false },
        { N_(":one-entry"), N_("Another entry is the same thing, written down twice"), false },
    };
    int i = CHOSE_AGAIN;

    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        struct target t = { .form = "asset", .record = asset };
        struct id other = ID_NONE;

        record_says(p, T_ASSET, "asset", asset);
        i = plain_choose(p, _("Directory"), items, ARRAY_LEN(items));
        if (i == 0)
            plain_form(p, &t, NULL);
        else if (i == 1)
            plain_call(p, asset);
        else if (i == 2)
            another_place(p, &asset);
        else if (i == 3)
            other = other_place(p, asset);
        else if (i == 4)
            plain_history_of(p, asset);
        else if (i == 5)
            one_offer(p, asset);
        else if (i == 6)
            own_offer(p, asset);
        else if (i == 7)
            one_entry(p, asset);
        if (id_is_set(other))
            asset = other;
    }
}
