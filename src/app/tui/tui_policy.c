/* tui_policy.c - a new policy of the service on the screen: read first, then adopted or left. */
#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/outbox.h"
#include "policy_offer.h"
#include "tui_case.h"
#include "tui_outbox.h"
#include "tui_seal.h"
#include "dolen/base/banned.h"

struct reading {
    struct app         *app;
    struct destination  d;
    struct policy_file *offered;
};

static void reading_left(void *ctx)
{
    struct reading *r = ctx;

    policy_file_free(&r->offered);
    destination_release(&r->d);
    free(r);
}

/* A batch that is under way was made under the policy that is in force. */
static bool is_busy(struct app *a)
{
    if (a->making || a->carrying)
        screen_message(a->screen, STYLE_TEXT, "%s", _("A batch is on its way already. Wait until it is there, then "
                                                      "try again."));
    return a->making || a->carrying;
}

static unsigned adopt_agreed(void *ctx, bool yes)
{
    struct reading *r = ctx;
    struct app *a = r->app;
    struct err err = { .st = ST_OK };

    if (!yes || is_busy(a))
        return REACT_LAYOUT;
    if (policy_offer_adopt(a->cf, destination_name(&r->d), r->offered->sha256, &err) != ST_OK) {
        tui_say_error(a, &err);
    } else {
        screen_message(a->screen, STYLE_GOOD, "%s", _("Adopted. The next batch has everything again."));
        screen_changed(a->screen, ~0u);
    }
    return REACT_LAYOUT | REACT_RELOAD | REACT_BACK;
}

static unsigned adopt_asked(void *ctx)
{
    struct reading *r = ctx;

    if (is_busy(r->app))
        return REACT_DRAW;
    screen_confirm(r->app->screen, TEXT2(_("Adopt this policy?")), adopt_agreed, r);
    return REACT_LAYOUT;
}

static enum status find(struct reading *r, struct id destination, struct err *err)
{
    struct record rec = { .text = NULL };
    enum status st = store_get(r->app->cf->store, T_DESTINATION, destination, &rec, err);

    if (st == ST_OK)
        st = destination_of(r->app->cf, &rec, &r->d, err);
    if (st == ST_OK)
        r->offered = policy_offer_of(r->app->cf, &r->d);
    record_release(&rec);
    return st;
}

unsigned act_outbox_policy(struct app *a)
{
    struct reading *r;
    struct view *v;
    struct buf words = BUF_INIT;
    struct err err = { .st = ST_OK };
    struct focus f;

    if (!on_destination(a, &f))
        return REACT_DRAW;
    r = xcalloc(1, sizeof *r);
    r->app = a;
    if (find(r, f.subject, &err) != ST_OK) {
        reading_left(r);
        return tui_say_error(a, &err);
    }
    if (!r->offered) {
        reading_left(r);
        screen_message(a->screen, STYLE_TEXT, "%s", _("No new policy of this service is known. r looks for one."));
        return REACT_DRAW;
    }
    policy_offer_words(&r->d, r->offered, &words);
    v = outgoing_view_new(&a->ui, buf_text(&words), adopt_asked, reading_left, r);
    outgoing_view_called(v, N_("New policy"));
    tui_push(a, v);
    buf_release(&words);
    return REACT_LAYOUT;
}
