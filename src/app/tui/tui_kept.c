/* tui_kept.c - whose records are past their time, or held; the page that says what forgetting somebody would delete, and which copies it would not reach; and
 * forgetting them, once their name is typed. */
#include "tui_kept.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/store/past.h"
#include "dolen/ui/reports.h"
#include "dolen/ui/retention.h"
#include "forgetting.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

struct kept {
    struct app       *app;
    struct id         person;
    struct person_row whose;
};

static enum status kept_load(void *ctx, struct err *err)
{
    struct kept *k = ctx;

    return person_row_get(k->app->cf->store, k->person, &k->whose, err);
}

static void put_line(void *ctx, int indent, const char *start, size_t bytes)
{
    buf_addf(ctx, "%*s", indent, "");
    buf_add_mem(ctx, start, bytes);
    buf_add_char(ctx, '\n');
}

static void kept_text(void *ctx, int cols, bool ascii, struct buf *out)
{
    struct kept *k = ctx;
    struct buf all = BUF_INIT;
    struct err err = { .st = ST_OK };

    (void) ascii;
    if (forget_listing(k->app->cf, k->person, &all, &err) != ST_OK)
        buf_add(&all, err_text(&err));
    text_wrap_hung(buf_text(&all), cols, put_line, out);
    buf_wipe(&all);
}

static void kept_title(void *ctx, struct buf *out)
{
    (void) ctx;
    buf_add(out, _("Forgetting"));
}

static void kept_banner(void *ctx, struct buf *out)
{
    struct kept *k = ctx;

    person_banner_put(&k->app->ui, &k->whose, out);
}

static void kept_close(void *ctx)
{
    explicit_bzero(ctx, sizeof(struct kept));
    free(ctx);
}

static unsigned show_page(struct app *a, struct id person)
{
    struct kept *k = xcalloc(1, sizeof *k);

    *k = (struct kept) { .app = a, .person = person };
    return tui_push(a, page_view_new(&a->ui, &(struct page_source) { .ctx = k, .title = kept_title, .load = kept_load,
                                                                     .text = kept_text, .close = kept_close,
                                                                     .banner = kept_banner, .person = person,
                                                                     .about = true }));
}

unsigned act_forget_list(struct app *a)
{
    struct focus f = screen_focus(a->screen);

    return id_is_set(f.person) ? show_page(a, f.person) : need_person(a);
}

/* --- kept longer -------------------------------------------------------------------------------------------------- */

struct holding_on {
    struct app *app;
    struct id   person;
};

/* why NULL: no longer. */
static unsigned held(struct holding_on *x, const char *why, const char *said)
{
    struct app *a = x->app;
    struct err err = { .st = ST_OK };

    if (store_hold(a->cf->store, x->person, why, &err) != ST_OK)
        return tui_say_error(a, &err);
    screen_changed(a->screen, ~0u);
    screen_message(a->screen, STYLE_GOOD, "%s", said);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned reason_typed(void *ctx, const char *text)
{
    struct holding_on *x = ctx;
    unsigned react = REACT_LAYOUT;

    if (text && text[strspn(text, " ")])
        react = held(x, text, _("Held: these records are kept until they are released."));
    else
        screen_message(x->app->screen, STYLE_TEXT, "%s", _("Not held: a reason is needed. Nothing was changed."));
    free(x);
    return react;
}

static unsigned release_agreed(void *ctx, bool yes)
{
    struct holding_on *x = ctx;
    unsigned react = REACT_LAYOUT;

    if (yes)
        react = held(x, NULL, _("Released: these records are kept as long as all others."));
    else
        screen_message(x->app->screen, STYLE_TEXT, "%s", _("They stay held. Nothing was changed."));
    free(x);
    return react;
}

unsigned act_hold(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct holding_on *x;
    struct err err = { .st = ST_OK };
    char *why = NULL;

    if (!id_is_set(f.person))
        return need_person(a);
    if (retention_hold(a->cf->store, f.person, &why, &err) != ST_OK)
        return tui_say_error(a, &err);
    x = xcalloc(1, sizeof *x);
    *x = (struct holding_on) { a, f.person };
    if (why)
        screen_confirm(a->screen, TEXT2(_("These records are held: %s. Keep them no longer than all others?"), why),
                       release_agreed, x);
    else
        screen_ask(a->screen, &(struct ask) { .prompt = TEXT2(_("Why are these records to be kept past their time?")),
                                              .max_bytes = 200, .done = reason_typed, .ctx = x });
    free(why);
    return REACT_LAYOUT;
}

unsigned act_retention(struct app *a)
{
    tui_flush(a);
    return tui_push(a, retention_view_new(&a->ui));
}

/* --- for good ----------------------------------------------------------------------------------------------------- */

struct forgetting {
    struct app *app;
    struct id   person;
};

/* Nothing of theirs may stay open: every screen goes, and Today comes. */
static unsigned forget_now(struct app *a, struct id person)
{
    struct err err = { .st = ST_OK };
    unsigned react;

    if (store_forget(a->cf->store, person, &err) != ST_OK)
        return tui_say_error(a, &err);
    a->again = (struct again) { .action = 0 };
    react = tui_dispatch(a, ACT_TODAY);
    screen_changed(a->screen, ~0u);
    screen_message(a->screen, STYLE_GOOD, "%s",
                   _("Forgotten, for good. The counts stay as they were. What left the laptop is not reached: look for "
                     "the copies that were listed."));
    return react | REACT_LAYOUT | REACT_RELOAD;
}

static void ask_name(struct forgetting *x, const char *initial);

/* A wrong name is asked again: on a screen of keys, the letters of the next try would be actions. */
static unsigned name_typed(void *ctx, const char *text)
{
    struct forgetting *x = ctx;
    struct app *a = x->app;
    struct id person = x->person;

    if (text && !forget_name_fits(a->cf, person, text)) {
        ask_name(x, text);
        screen_message(a->screen, STYLE_WARN, "%s", _("The name typed is not this person's. Nothing was changed."));
        return REACT_LAYOUT;
    }
    free(x);
    if (text)
        return forget_now(a, person);
    screen_pop(a->screen);              /* the page */
    screen_message(a->screen, STYLE_TEXT, "%s", _("Not forgotten. Nothing was changed."));
    return REACT_LAYOUT | REACT_RELOAD;
}

static void ask_name(struct forgetting *x, const char *initial)
{
    struct person_row who = { .name = "" };

    person_row_get(x->app->cf->store, x->person, &who, NULL);
    screen_ask(x->app->screen, &(struct ask) { .prompt = TEXT2(_("There is no way back. To forget them for good type "
                                                                 "their name, %s; Esc leaves everything as it is:"),
                                                               who.name),
                                               .initial = initial, .max_bytes = 160, .done = name_typed, .ctx = x });
    explicit_bzero(&who, sizeof who);
}

unsigned act_forget(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct forgetting *x;
    struct err err = { .st = ST_OK };

    if (!id_is_set(f.person))
        return need_person(a);
    if (a->hosted) {
        screen_message(a->screen, STYLE_WARN, "%s", _("A form is open. Nothing was changed. File it or leave it first."));
        return REACT_DRAW;
    }
    if (store_may_forget(a->cf->store, f.person, &err) != ST_OK)
        return tui_say_error(a, &err);
    x = xcalloc(1, sizeof *x);
    *x = (struct forgetting) { a, f.person };
    show_page(a, f.person);
    ask_name(x, NULL);
    return REACT_LAYOUT | REACT_RELOAD;
}
