/* passphrase_view.c - a new passphrase on the screen: the one of now where there is one, the new one, and the same
 * again. Never shown, not even how long it is, and only in guarded memory. */
#include <stdlib.h>

#include "commands.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "tui_ways_in.h"
#include "ways_in.h"
#include "dolen/base/banned.h"

enum turn { TURN_NOW, TURN_NEW, TURN_AGAIN, TURN_WORKING };

struct passphrase_view {
    struct view           view;
    struct passphrase_ask ask;
    enum turn             turn;
    struct secret        *typed, *first;
    struct text2          sentence;     /* what went wrong, in both languages: F9 works here */
};

static struct passphrase_view *of(struct view *v)
{
    return (struct passphrase_view *) v;
}

static const char *const asked[] = {
    [TURN_NOW] = N_("Your passphrase as it is now, then Enter:"),
    [TURN_NEW] = N_("The new passphrase, then Enter:"),
    [TURN_AGAIN] = N_("The same again, then Enter:"),
    [TURN_WORKING] = N_("One moment: the keys are made, and guessing them is made slow."),
};

static int draw_intro(struct passphrase_view *v, struct area a, int y)
{
    const char *intro = text2_now(&v->ask.intro);
    int from = y;

    if (*intro)
        y += area_wrap(a, y, 2, -1, STYLE_TEXT, intro);
    y += area_wrap(a, y, 2, -1, STYLE_HINT,
                   _("Choose a passphrase: four or more words that do not belong together. Nobody can find it again "
                     "for you."));
    return y - from;
}

/* On a small screen the explanation stands below, where what went wrong takes its place: none of it is cut. */
static void passphrase_draw(struct view *view, struct area a)
{
    struct passphrase_view *v = of(view);
    const char *said = text2_now(&v->sentence);
    bool small = a.rows <= 12;
    int y = small ? 0 : draw_intro(v, a, 0) + 1, x = 4;

    y += area_wrap(a, y, 2, -1, STYLE_LABEL, tr(asked[v->turn]));
    area_text(a, y, 2, -1, STYLE_TEXT, "> ");
    if (secret_length(v->typed) > 0)
        x += area_text(a, y, x, -1, STYLE_SECRET, area_glyph(a, GLYPH_HIDDEN));
    area_cursor(a, y++, x, true);
    if (*said)
        area_wrap(a, y + !small, 2, -1, STYLE_ERROR, said);
    else if (small)
        draw_intro(v, a, y);
}

static void says(struct passphrase_view *v, const struct err *err)
{
    text2_replace(&v->sentence, TEXT2("%s", err_text(err)));
}

/* Stretching takes a second: what is being done is on the screen meanwhile. */
static void show_working(struct passphrase_view *v)
{
    v->turn = TURN_WORKING;
    screen_draw(v->ask.app->screen, v->ask.app->canvas);
    term_flush(v->ask.app->term, v->ask.app->canvas);
}

static unsigned now_typed(struct passphrase_view *v)
{
    struct err err = { .st = ST_OK };

    show_working(v);
    v->turn = way_in_is_mine(v->ask.app->cf, v->typed, &err) == ST_OK ? TURN_NEW : TURN_NOW;
    secret_clear(v->typed);
    if (v->turn == TURN_NOW)
        says(v, &err);
    return REACT_LAYOUT;
}

static unsigned new_typed(struct passphrase_view *v)
{
    struct err err = { .st = ST_OK };

    if (passphrase_is_long(v->typed, &err) == ST_OK) {
        struct secret *was = v->first;

        v->first = v->typed;
        v->typed = was;
        v->turn = TURN_AGAIN;
    } else {
        says(v, &err);
    }
    secret_clear(v->typed);
    return REACT_DRAW;
}

static unsigned again_typed(struct passphrase_view *v)
{
    struct err err = { .st = ST_OK };
    bool done = passphrase_is_same(v->first, v->typed, &err) == ST_OK;

    secret_clear(v->typed);
    if (done) {
        show_working(v);
        done = v->ask.typed(v->ask.ctx, v->first, &err) == ST_OK;
    }
    secret_clear(v->first);
    v->turn = TURN_NEW;
    if (done)
        screen_pop(v->view.screen);         /* v is gone */
    else
        says(v, &err);
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned entered(struct passphrase_view *v)
{
    static unsigned (*const next[])(struct passphrase_view *) = {
        [TURN_NOW] = now_typed, [TURN_NEW] = new_typed, [TURN_AGAIN] = again_typed,
    };

    text2_release(&v->sentence);
    if (secret_length(v->typed) == 0) {
        v->sentence = TEXT2(_("Nothing is typed yet: type a passphrase, then Enter; Esc goes back."));
        return REACT_DRAW;
    }
    return next[v->turn](v);
}

static unsigned passphrase_key(struct view *view, const struct key *k)
{
    struct passphrase_view *v = of(view);

    if (k->code == K_ENTER)
        return entered(v);
    if (!tui_secret_key(v->typed, k))
        return REACT_PASS;
    text2_release(&v->sentence);
    return REACT_DRAW;
}

static bool passphrase_editing(struct view *view)
{
    (void) view;
    return true;
}

static void passphrase_title(struct view *view, struct buf *out)
{
    (void) view;
    buf_add(out, _("New passphrase"));
}

static void passphrase_close(struct view *view)
{
    struct passphrase_view *v = of(view);

    secret_free(&v->typed);
    secret_free(&v->first);
    text2_release(&v->sentence);
    text2_release(&v->ask.intro);
    free(v->ask.ctx);
    free(v);
}

static const int bar[] = { NAV_BACK, 0 };
static const struct view_ops ops = {
    .name = "new-passphrase", .context = IN_TEXT, .flags = VIEW_SECRET, .bar = bar, .draw = passphrase_draw,
    .key = passphrase_key, .editing = passphrase_editing, .title = passphrase_title, .close = passphrase_close
};

unsigned tui_passphrase(const struct passphrase_ask *ask)
{
    struct passphrase_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->ask = *ask;
    v->turn = ask->now ? TURN_NOW : TURN_NEW;
    v->typed = secret_new();
    v->first = secret_new();
    if (!v->typed || !v->first) {
        screen_message(ask->app->screen, STYLE_ERROR, "%s",
                       _("There is not enough locked memory. Nothing was changed. Close other programs."));
        passphrase_close(&v->view);
        return REACT_DRAW;
    }
    screen_push(ask->app->screen, &v->view);
    return REACT_LAYOUT;
}
