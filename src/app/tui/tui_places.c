/* tui_places.c - two entries of the directory said to be places of one offer, or the same thing written down
 * twice, on the screen: those with the same name are proposed, any other is found by its name. */
#include "tui_directory.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/places.h"
#include "asset_join.h"
#include "places.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

#define OTHERS_MAX 12

struct linking {
    struct app *app;
    struct id   asset, other[OTHERS_MAX];
    size_t      n;
    bool        one_entry;              /* the same thing, and not places of one offer */
};

/* --- one entry -------------------------------------------------------------------------------------------------- */

static unsigned join_agreed(void *ctx, bool yes)
{
    struct linking *l = ctx;
    struct app *a = l->app;
    struct err err = { .st = ST_OK };
    size_t n = 0;
    unsigned react = REACT_LAYOUT | REACT_RELOAD;

    if (!yes)
        screen_message(a->screen, STYLE_TEXT, "%s", _("They stay two entries. Nothing was changed."));
    else if (assets_join(a->cf, l->asset, l->other[0], NULL, &n, &err) != ST_OK)
        react |= tui_say_error(a, &err);
    else
        screen_message(a->screen, STYLE_GOOD,
                       tr_n("One entry now; %zu connection went over. u takes it back.",
                            "One entry now; %zu connections went over. u takes it back.", (unsigned long) n), n);
    screen_changed(a->screen, ~0u);
    free(l);
    return react;
}

static unsigned join_with(const struct linking *from, struct id other)
{
    struct app *a = from->app;
    struct linking *l;
    struct extent would;
    struct err err = { .st = ST_OK };
    size_t n = 0;

    if (assets_join(a->cf, from->asset, other, &would, &n, &err) != ST_OK)
        return REACT_LAYOUT | tui_say_error(a, &err);
    l = xcalloc(1, sizeof *l);
    l->app = a;
    l->asset = from->asset;
    l->other[0] = other;
    screen_confirm(a->screen, assets_join_question(a->cf, l->asset, other, n), join_agreed, l);
    return REACT_LAYOUT;
}

/* --- one offer -------------------------------------------------------------------------------------------------- */

static unsigned link_with(struct linking *l, struct id other)
{
    struct app *a = l->app;
    struct err err = { .st = ST_OK };
    size_t places = 0;

    if (l->one_entry)
        return join_with(l, other);
    if (places_link(a->cf, l->asset, other, &places, &err) != ST_OK)
        return REACT_LAYOUT | tui_say_error(a, &err);
    screen_changed(a->screen, CHANGED(ASSET));
    screen_message(a->screen, STYLE_GOOD,
                   tr_n("%zu place of one offer. u takes it back.", "%zu places of one offer. u takes it back.",
                        (unsigned long) places),
                   places);
    return REACT_LAYOUT | REACT_RELOAD;
}

/* Not itself, and once only. */
static void propose(struct linking *l, struct id other)
{
    for (size_t i = 0; i < l->n; i++)
        if (id_eq(l->other[i], other))
            return;
    if (l->n < OTHERS_MAX && !id_eq(other, l->asset))
        l->other[l->n++] = other;
}

static void label_put(struct linking *l, size_t i, struct buf *out)
{
    struct record r = { .text = NULL };

    if (store_get(l->app->cf->store, T_ASSET, l->other[i], &r, NULL) == ST_OK)
        place_put(&r, out);
    record_release(&r);
}

/* done takes the ctx l over. */
static struct choice *choose(struct linking *l, unsigned (*done)(void *ctx, int index))
{
    struct choice *entries = screen_choose(l->app->screen,
                                           l->one_entry ? TEXT2(_("Which entry is the same thing?"))
                                                        : TEXT2(_("Places of one offer, with which entry?")), done, l);
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < l->n; i++)
        choice_add(entries, TEXT2_FROM(b, label_put(l, i, &b)));
    return entries;
}

/* --- another one, by its name ----------------------------------------------------------------------------------- */

static unsigned found_chosen(void *ctx, int index)
{
    struct linking *l = ctx;
    unsigned react = index < 0 ? REACT_LAYOUT : link_with(l, l->other[index]);

    free(l);
    return react;
}

static unsigned name_typed(void *ctx, const char *text)
{
    struct linking *l = ctx;
    struct hit hit[OTHERS_MAX];
    struct err err = { .st = ST_OK };
    enum status st = ST_OK;
    int n = 0;
    unsigned react = REACT_LAYOUT;

    l->n = 0;
    if (text && text[0])
        st = store_search(l->app->cf->store, text, 1u << HIT_ASSET, hit, OTHERS_MAX, &n, &err);
    for (int i = 0; st == ST_OK && i < n; i++)
        propose(l, hit[i].id);
    if (st == ST_OK && l->n > 0) {
        choose(l, found_chosen);
        return REACT_LAYOUT;
    }
    if (st != ST_OK)
        react |= tui_say_error(l->app, &err);
    else if (text)
        screen_message(l->app->screen, STYLE_WARN, "%s",
                       _("No other entry was found by that name. Nothing was changed."));
    free(l);
    return react;
}

static unsigned ask_name(struct linking *l)
{
    screen_ask(l->app->screen,
               &(struct ask) {
                   .prompt = l->one_entry ? TEXT2(_("Name of the entry that is the same thing:"))
                                          : TEXT2(_("Name of the other entry:")),
                   .max_bytes = 160, .done = name_typed, .ctx = l });
    return REACT_LAYOUT;
}

/* --- the ones with the same name -------------------------------------------------------------------------------- */

static unsigned proposed_chosen(void *ctx, int index)
{
    struct linking *l = ctx;
    unsigned react = REACT_LAYOUT;

    if (index >= 0 && (size_t) index == l->n)
        return ask_name(l);
    if (index >= 0)
        react = link_with(l, l->other[index]);
    free(l);
    return react;
}

static enum status propose_same_name(struct linking *l, struct err *err)
{
    struct asset_keys all = { NULL, 0, 0 };
    const struct asset_key *own = NULL;
    enum status st = asset_keys(l->app->cf->store, &all, err);

    for (size_t i = 0; i < all.count && !own; i++)
        if (id_eq(all.items[i].id, l->asset))
            own = &all.items[i];
    for (size_t i = 0; own && i < all.count; i++)
        if (asset_same_name(own, &all.items[i]) && !asset_one_offer(own, &all.items[i]))
            propose(l, all.items[i].id);
    free(all.items);
    return st;
}

static enum status propose_some(struct linking *l, struct err *err)
{
    if (!l->one_entry)
        return propose_same_name(l, err);
    return assets_alike_to(l->app->cf, l->asset, l->other, OTHERS_MAX, &l->n, err);
}

static unsigned begin(struct app *a, bool one_entry)
{
    struct linking *l;
    struct err err = { .st = ST_OK };
    struct id asset = ID_NONE;
    unsigned react;

    if (!focused_entry(a, &asset, &react))
        return react;
    l = xcalloc(1, sizeof *l);
    l->app = a;
    l->asset = asset;
    l->one_entry = one_entry;
    if (propose_some(l, &err) != ST_OK) {
        free(l);
        return tui_say_error(a, &err);
    }
    if (l->n == 0)
        return ask_name(l);
    choice_add(choose(l, proposed_chosen), TEXT2(_("Another entry, by its name")));
    return REACT_LAYOUT;
}

unsigned act_one_offer(struct app *a)
{
    return begin(a, false);
}

unsigned act_one_entry(struct app *a)
{
    return begin(a, true);
}

unsigned act_own_offer(struct app *a)
{
    struct err err = { .st = ST_OK };
    struct id asset = ID_NONE;
    unsigned react;

    if (!focused_entry(a, &asset, &react))
        return react;
    if (places_part(a->cf, asset, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_changed(a->screen, CHANGED(ASSET));
    screen_message(a->screen, STYLE_GOOD, "%s", _("It is an offer of its own. u takes it back."));
    return REACT_RELOAD;
}
