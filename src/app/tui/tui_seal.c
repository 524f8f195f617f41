/* tui_seal.c - making a batch on the screen. Looking takes a few milliseconds whenever no key waits; sealing is a
 * thread's; the screen goes on meanwhile, and leaving or locking gives up what is half made. */
#include "tui_seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "outbox_words.h"
#include "tui_case.h"
#include "tui_outbox.h"
#include "dolen/base/banned.h"

enum { SLICE_MS = 20, AT_ONCE_MS = 120, SHOWN_EVERY_MS = 200 };

/* One batch in the making: looked at on its view, then sealed, when the view is gone. */
struct making {
    struct app        *app;
    struct destination d;
    struct outgoing    o;
    struct looking    *looking;         /* NULL: worked out */
    struct view       *view;            /* NULL: left, or being sealed */
    struct sealing    *sealing;
    int                always;          /* a descriptor that can always be read: looking goes on when no key waits */
    bool               ready;           /* o says what would leave */
    int64_t            rows, shown_at;  /* looked at until now, in steps; ms */
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void making_free(struct making *m)
{
    struct app *a = m->app;

    looking_free(&m->looking);
    sealing_free(&m->sealing);
    if (m->always >= 0)
        close(m->always);
    outgoing_release(&m->o);
    destination_release(&m->d);
    if (a->making == m) {
        a->making = NULL;
        if (a->term)
            term_watch(a->term, WATCH_MAKING, -1);
    }
    free(m);
}

void making_stop(struct app *a)
{
    struct making *m = a->making;

    if (m && m->view) {                 /* the view goes later, and frees it then */
        looking_free(&m->looking);
        a->making = NULL;
        if (a->term)
            term_watch(a->term, WATCH_MAKING, -1);
    } else if (m) {
        making_free(m);
    }
}

static void view_left(void *ctx)
{
    struct making *m = ctx;

    m->view = NULL;
    if (!m->sealing)
        making_free(m);
}

/* --- the title ---------------------------------------------------------------------------------------------------- */

static int sealing_percent(const struct app *a)
{
    uint64_t done = 0, total = 0;

    if (!a->making || !a->making->sealing)
        return -1;
    sealing_progress(a->making->sealing, &done, &total);
    return total ? (int) (done * 100 / total) : 0;
}

void say_under_way(struct app *a)
{
    int sealed = sealing_percent(a), sent = carrying_percent(a);
    struct text2 note = { { NULL } };

    if (sealed >= 0)
        text2_append(&note, TEXT2(_("Sealing %d %%"), sealed));
    if (sealed >= 0 && sent >= 0)
        text2_append(&note, TEXT2(", "));
    if (sent >= 0)
        text2_append(&note, TEXT2(_("Sending %d %%"), sent));
    if (sealed < 0 && sent < 0 && a->cf->read_only)
        note = TEXT2(_("READ ONLY"));
    screen_set_note(a->screen, note);
}

/* --- sealing ------------------------------------------------------------------------------------------------------ */

static unsigned sealing_over(struct making *m, const struct err *err)
{
    struct app *a = m->app;

    making_free(m);
    say_under_way(a);
    if (err->st != ST_OK)
        tui_say_error(a, err);
    else
        screen_message(a->screen, STYLE_GOOD, "%s", _("Sealed. It waits here: S sends it."));
    screen_changed(a->screen, ~0u);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned seal_agreed(void *ctx, bool yes)
{
    struct making *m = ctx;
    struct app *a = m->app;
    struct err err = { .st = ST_OK };

    if (!yes)
        return REACT_LAYOUT;
    if (sealing_begin(&m->sealing, a->cf, &m->d, &m->o, &err) != ST_OK) {
        tui_say_error(a, &err);
        return REACT_LAYOUT | REACT_BACK;
    }
    a->making = m;
    term_watch(a->term, WATCH_MAKING, sealing_poll_fd(m->sealing));
    say_under_way(a);
    screen_message(a->screen, STYLE_TEXT, "%s", _("It is being sealed; you can go on working."));
    screen_changed(a->screen, ~0u);
    return REACT_LAYOUT | REACT_RELOAD | REACT_BACK;
}

static unsigned seal_asked(void *ctx)
{
    struct making *m = ctx;
    struct screen *s = m->app->screen;

    if (m->looking) {
        screen_message(s, STYLE_TEXT, "%s", _("It is still being worked out."));
    } else if (!m->ready) {
        return REACT_NONE;
    } else if (batch_is_empty(&m->o.batch)) {
        screen_message(s, STYLE_TEXT, "%s", _("Nothing has changed for this destination: nothing was sealed."));
    } else {
        screen_confirm(s, TEXT2("%s", _(seal_question(&m->o))), seal_agreed, m);
        return REACT_LAYOUT;
    }
    return REACT_DRAW;
}

/* --- looking ------------------------------------------------------------------------------------------------------ */

static bool count_rows(void *ctx, const char *table, int64_t rows)
{
    struct making *m = ctx;

    (void) table;
    (void) rows;
    m->rows++;
    return true;
}

static void show_looked(struct making *m)
{
    struct buf words = BUF_INIT;

    m->ready = true;
    if (batch_is_empty(&m->o.batch))        /* first, where a small screen shows it */
        buf_addf(&words, "%s\n\n", _("Nothing has changed for this destination: there is nothing to seal."));
    outgoing_words(&m->d, &m->o, &words);
    if (!batch_is_empty(&m->o.batch))
        buf_addf(&words, "\n%s", _("Enter seals it, Esc leaves everything as it is."));
    outgoing_view_says(m->view, buf_text(&words));
    buf_release(&words);
}

static void show_looking(struct making *m)
{
    char *words = xasprintf(_("What would leave is being worked out: about %lld rows looked at. Esc leaves "
                              "everything as it is."),
                            (long long) m->rows * 256);

    m->shown_at = now_ms();
    outgoing_view_says(m->view, words);
    free(words);
}

/* Until it is worked out or the time is up. */
static enum status look_for(struct making *m, int ms, struct err *err)
{
    int64_t until = now_ms() + ms;
    bool over = false;
    enum status st = ST_OK;

    while (st == ST_OK && !over && now_ms() < until)
        st = looking_step(m->looking, &over, err);
    if (over || st != ST_OK)
        looking_free(&m->looking);
    return st;
}

static unsigned look_on(struct making *m)
{
    struct app *a = m->app;
    struct err err = { .st = ST_OK };

    if (look_for(m, SLICE_MS, &err) != ST_OK) {
        term_watch(a->term, WATCH_MAKING, -1);
        outgoing_view_says(m->view, err_text(&err));
        a->making = NULL;
        return tui_say_error(a, &err);
    }
    if (!m->looking) {
        term_watch(a->term, WATCH_MAKING, -1);
        a->making = NULL;
        show_looked(m);
        return REACT_DRAW;
    }
    if (now_ms() - m->shown_at < SHOWN_EVERY_MS)
        return REACT_NONE;
    show_looking(m);
    return REACT_DRAW;
}

unsigned making_step(struct app *a)
{
    struct making *m = a->making;
    struct err err = { .st = ST_OK };
    bool over = false;
    enum status st;

    if (!m)
        return REACT_NONE;
    if (m->looking)
        return look_on(m);
    st = sealing_step(m->sealing, &over, &err);
    if (over || st != ST_OK)
        return sealing_over(m, &err);
    say_under_way(a);
    return REACT_DRAW;
}

/* --- beginning ---------------------------------------------------------------------------------------------------- */

bool on_destination(struct app *a, struct focus *f)
{
    *f = screen_focus(a->screen);
    if (f->kind == FOCUS_DESTINATION)
        return true;
    screen_message(a->screen, STYLE_HINT, "%s", _("There is no destination yet. The service gives you a signed "
                                                  "policy and an address; then: dolen destination add"));
    return false;
}

static enum status begin(struct making *m, struct id destination, struct err *err)
{
    struct app *a = m->app;
    struct outbox_wish wish = { false, count_rows, m };
    struct record rec = { .text = NULL };
    enum status st = store_get(a->cf->store, T_DESTINATION, destination, &rec, err);

    if (st == ST_OK)
        st = destination_of(a->cf, &rec, &m->d, err);
    record_release(&rec);
    if (st == ST_OK)
        st = looking_begin(&m->looking, a->cf, &m->d, &wish, &m->o, err);
    return st == ST_OK ? look_for(m, AT_ONCE_MS, err) : st;
}

unsigned act_outbox_seal(struct app *a)
{
    struct making *m;
    struct err err = { .st = ST_OK };
    struct focus f;

    if (!on_destination(a, &f))
        return REACT_DRAW;
    if (a->making) {
        screen_message(a->screen, STYLE_TEXT, "%s", _("A batch is being made already."));
        return REACT_DRAW;
    }
    m = xcalloc(1, sizeof *m);
    m->app = a;
    m->always = -1;
    if (begin(m, f.subject, &err) != ST_OK) {
        making_free(m);
        return tui_say_error(a, &err);
    }
    m->view = outgoing_view_new(&a->ui, "", seal_asked, view_left, m);
    if (!m->looking) {
        show_looked(m);
    } else {
        a->making = m;
        m->always = eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
        term_watch(a->term, WATCH_MAKING, m->always);
        show_looking(m);
    }
    tui_push(a, m->view);
    return REACT_LAYOUT;
}
