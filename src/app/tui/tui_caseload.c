/* tui_caseload.c - handing cases to a colleague on the screen: which, to whom, yes or no. */
#include "tui_caseload.h"

#include <stdlib.h>
#include <string.h>

#include "caseload.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/choice.h"
#include "large_step.h"
#include "tui_case.h"
#include "ways_in.h"
#include "dolen/base/banned.h"

#define COLLEAGUES_MAX 32

struct handing {
    struct app *app;
    struct id   from, to, colleague[COLLEAGUES_MAX];
    struct id  *people;                 /* NULL: all of from's */
    size_t      count, colleagues;
};

static void handing_free(struct handing *h)
{
    free(h->people);
    free(h);
}

static unsigned agreed(void *ctx, bool yes)
{
    struct handing *h = ctx;
    struct app *a = h->app;
    struct caseload_move moved;
    struct err err = { .st = ST_OK };

    if (yes && h->count > BULK_UNASKED)
        tui_say_working(a);
    if (!yes)
        screen_message(a->screen, STYLE_TEXT, "%s", _("Not handed over. Nothing was changed."));
    else if (caseload_hand(a->cf, h->from, h->to, h->people, h->people ? h->count : 0, true, &moved, &err) != ST_OK)
        tui_say_error(a, &err);
    else {
        screen_message(a->screen, STYLE_GOOD, _("Handed over. People: %zu, things to do: %zu. u takes it back."),
                       moved.people, moved.tasks);
        screen_changed(a->screen, ~0u);
    }
    handing_free(h);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned to_chosen(void *ctx, int index)
{
    struct handing *h = ctx;
    struct app *a = h->app;
    char *name;

    if (index < 0) {
        handing_free(h);
        return REACT_LAYOUT;
    }
    h->to = h->colleague[index];
    name = practitioner_name(a->cf, h->to);
    screen_confirm(a->screen,
                   TEXT2(tr_n("Hand %zu open case to %s? Who did what stays as it is; it can be undone.",
                              "Hand %zu open cases to %s? Who did what stays as it is; it can be undone.", h->count),
                         h->count, name), agreed, h);
    free(name);
    return REACT_LAYOUT;
}

static unsigned hand(void *ctx, struct id from, const struct id *people, size_t count)
{
    struct app *a = ctx;
    struct handing *h = xcalloc(1, sizeof *h);
    struct records all = { NULL, 0, 0 };
    struct choice *whom = NULL;
    struct err err = { .st = ST_OK };
    unsigned react = REACT_LAYOUT;

    *h = (struct handing) { .app = a, .from = from, .count = count };
    if (people) {
        h->people = xcalloc(count, sizeof *people);
        memcpy(h->people, people, count * sizeof *people);
    }
    if (store_list(a->cf->store, LIST_PRACTITIONERS, ID_NONE, COLLEAGUES_MAX, &all, &err) != ST_OK)
        react = tui_say_error(a, &err);
    for (size_t i = 0; i < all.count; i++) {
        if (id_eq(all.items[i].id, from))
            continue;
        if (h->colleagues == 0)
            whom = screen_choose(a->screen, TEXT2(_("To whom?")), to_chosen, h);
        h->colleague[h->colleagues++] = all.items[i].id;
        choice_add(whom, TEXT2(way_in_of(a->cf, all.items[i].id) < 0 ? _("%s, who has no way in here") : "%s",
                               record_or(&all.items[i], PRACTITIONER_name, "?")));
    }
    if (!h->colleagues) {
        screen_message(a->screen, STYLE_WARN, "%s",
                       _("Nobody else uses this case file. :ways-in gives a colleague a passphrase of their own."));
        handing_free(h);
    }
    records_release(&all);
    return react;
}

unsigned tui_only_own(struct app *a)
{
    struct err err = { .st = ST_OK };

    if (caseload_turn(a->cf, &err) != ST_OK)
        return tui_say_error(a, &err);
    a->ui.whose = caseload_shown(a->cf);
    screen_message(a->screen, STYLE_TEXT, "%s",
                   id_is_set(a->ui.whose) ? _("Only what is yours now, and what is nobody's yet; o shows everybody's.")
                                          : _("Everybody's now; o shows only yours."));
    screen_changed(a->screen, CHANGED(TASK));
    return REACT_LAYOUT | REACT_RELOAD;
}

unsigned tui_caseload(struct app *a)
{
    return tui_push(a, caseload_view_new(&a->ui, a->cf->slot.practitioner, hand, a));
}
