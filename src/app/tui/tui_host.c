/* tui_host.c - the key of an SFTP server on the screen. The server is asked while keys are answered; leaving the
 * view ends it, and nothing is kept that nobody said yes to. */
#include "tui_host.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "host_key.h"
#include "outbox_words.h"
#include "tui_case.h"
#include "tui_seal.h"
#include "dolen/base/banned.h"

struct hosting {
    struct app         *app;
    struct view        *view;
    struct host_asking *asking;         /* kept until the view is left */
    bool                shown;
};

static void view_left(void *ctx)
{
    struct hosting *h = ctx;

    host_asking_free(&h->asking);
    if (h->app->hosting == h) {
        h->app->hosting = NULL;
        if (h->app->term)
            term_watch(h->app->term, WATCH_HOST, -1);
    }
    free(h);
}

static unsigned kept(void *ctx, bool yes)
{
    struct hosting *h = ctx;
    struct app *a = h->app;
    struct err err = { .st = ST_OK };

    if (!yes)
        return REACT_LAYOUT;
    if (host_asking_accept(a->cf, h->asking, &err) != ST_OK)
        tui_say_error(a, &err);
    else
        screen_message(a->screen, STYLE_GOOD, "%s", _("It is kept. S sends what waits."));
    screen_changed(a->screen, CHANGED(DESTINATION));
    return REACT_LAYOUT | REACT_RELOAD | REACT_BACK;
}

static unsigned keep_asked(void *ctx)
{
    struct hosting *h = ctx;

    if (!h->shown || host_asking_standing(h->asking) == HOST_SAME)
        return REACT_NONE;
    screen_confirm(h->app->screen, TEXT2(_("Is it, letter for letter, the print that the service gave you?")), kept, h);
    return REACT_LAYOUT;
}

static void show(struct hosting *h)
{
    struct buf words = BUF_INIT;

    h->shown = true;
    host_asking_words(h->asking, &words);
    if (host_asking_standing(h->asking) != HOST_SAME)
        buf_addf(&words, "\n\n%s", _("Enter when you have compared it, Esc leaves everything as it is."));
    outgoing_view_says(h->view, buf_text(&words));
    buf_release(&words);
}

unsigned host_step(struct app *a)
{
    struct hosting *h = a->hosting;
    struct err err = { .st = ST_OK };
    bool over = false;

    if (!h || h->shown)
        return REACT_NONE;
    if (host_asking_step(h->asking, &over, &err) != ST_OK) {
        outgoing_view_says(h->view, err_text(&err));
        over = true;
    } else if (over) {
        show(h);
    }
    if (!over) {
        term_watch(a->term, WATCH_HOST, host_asking_poll_fd(h->asking));
        return REACT_NONE;
    }
    term_watch(a->term, WATCH_HOST, -1);
    a->hosting = NULL;
    return REACT_DRAW;
}

unsigned act_outbox_host_key(struct app *a)
{
    struct record rec = { .text = NULL };
    struct err err = { .st = ST_OK };
    struct hosting *h;
    struct focus f;
    enum status st;

    if (!on_destination(a, &f))
        return REACT_DRAW;
    h = xcalloc(1, sizeof *h);
    h->app = a;
    st = store_get(a->cf->store, T_DESTINATION, f.subject, &rec, &err);
    if (st == ST_OK)
        st = host_asking_begin(&h->asking, a->cf, &rec, &err);
    record_release(&rec);
    if (st != ST_OK) {
        free(h);
        return tui_say_error(a, &err);
    }
    h->view = outgoing_view_new(&a->ui, _("The server is being asked for its key. Esc leaves everything as it is."),
                                keep_asked, view_left, h);
    outgoing_view_called(h->view, N_("Key of the server"));
    a->hosting = h;
    term_watch(a->term, WATCH_HOST, host_asking_poll_fd(h->asking));
    tui_push(a, h->view);
    return REACT_LAYOUT;
}
