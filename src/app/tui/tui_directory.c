/* tui_directory.c - the call list, and filing one phone call. */
#include "tui_directory.h"

#include <stdlib.h>

#include "call.h"
#include "call_draft.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "places.h"
#include "tui_case.h"
#include "tui_hosted.h"
#include "dolen/base/banned.h"

unsigned go_call_list(struct app *a)
{
    return tui_push(a, call_list_view_new(&a->ui));
}

static bool take_up(void *ctx, struct call *c)
{
    return call_take_up(((struct app *) ctx)->cf, c);
}

static unsigned keep_call(void *ctx, const struct call *c)
{
    struct app *a = ctx;
    struct err err = { .st = ST_OK };

    if (call_keep(a->cf, c, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_changed(a->screen, CHANGED(DRAFT));
    return REACT_DRAW;
}

static unsigned discard_call(void *ctx, const struct call *c)
{
    struct app *a = ctx;
    struct err err = { .st = ST_OK };

    if (call_draft_bin(a->cf, c->asset, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_changed(a->screen, CHANGED(DRAFT));
    screen_message(a->screen, STYLE_GOOD, "%s", _("The draft is in the bin for 30 days."));
    return REACT_BACK;
}

static unsigned file_call(void *ctx, const struct call *c)
{
    struct app *a = ctx;
    struct err err = { .st = ST_OK };
    int n = 0;

    if (call_file(a->cf, c, &n, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_pop(a->screen);
    screen_changed(a->screen, ~0u);
    screen_message(a->screen, STYLE_GOOD,
                   tr_n("The call is filed, with news of %d person. u takes it back.",
                        "The call is filed, with news of %d people. u takes it back.", (unsigned long) n),
                   n);
    return REACT_RELOAD | REACT_LAYOUT;
}

unsigned tui_call(struct app *a, struct id asset)
{
    struct call_host host = { a, take_up, keep_call, file_call, discard_call };

    return tui_push(a, call_view_new(&a->ui, asset, &host));
}

static bool is_entry(const struct focus *f)
{
    return (f->kind == FOCUS_ASSET || f->kind == FOCUS_CALL || (f->kind == FOCUS_FORM && str_eq(f->form, "asset"))) &&
           id_is_set(f->subject);
}

static unsigned no_entry(struct app *a)
{
    screen_message(a->screen, STYLE_WARN, "%s", _("Choose an entry of the directory first: A shows them."));
    return REACT_DRAW;
}

bool focused_entry(struct app *a, struct id *asset, unsigned *react)
{
    struct focus f = screen_focus(a->screen);

    if (!is_entry(&f)) {
        *react = no_entry(a);
        return false;
    }
    *asset = f.subject;
    return true;
}

unsigned act_call(struct app *a)
{
    struct focus f = screen_focus(a->screen);

    return is_entry(&f) ? tui_call(a, f.subject) : no_entry(a);
}

unsigned act_another_place(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct target t = { .form = "asset" };
    struct err err = { .st = ST_OK };
    unsigned react;

    if (!is_entry(&f))
        return no_entry(a);
    if (!tui_flush(a))
        return REACT_DRAW;
    if (places_add(a->cf, f.subject, &t.record, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_changed(a->screen, CHANGED(ASSET));
    react = tui_open_form(a, &t, "day");
    if (a->hosted && id_eq(a->hosted->f->record, t.record))
        a->hosted->placed = true;
    screen_message(a->screen, STYLE_GOOD, "%s",
                   _("Where is the other place, and when? Ctrl-S files it; empty, it is not added."));
    return react | REACT_RELOAD;
}
