/* unlock_view.c - the passphrase. Says neither whose case file it is nor how long the passphrase is; something
 * serious, the language and leaving work here too. */
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/vault/secret.h"
#include "tui.h"
#include "dolen/base/banned.h"

struct unlock {
    struct view view;
    struct app *app;
    bool        opening;
    struct text2 sentence;          /* in both languages: F9 works here */
    enum style   style;             /* of the sentence */
};

/* What went wrong, and under it the keys that work all the same: they are never pushed off the screen. */
static void draw_said(const struct unlock *u, struct area box, int y, const char *said)
{
    const char *keys = _("F2: something serious. F9: Cymraeg.");
    int below = text_wrapped_rows(keys, box.cols), at = y + text_wrapped_rows(said, box.cols) + (box.rows > 12);

    if (at + below > box.rows)
        at = box.rows - below;
    area_wrap(area_sub(box, y, 0, at - y, -1), 0, 0, -1, u->style, said);
    area_wrap(box, at, 0, -1, STYLE_HINT, keys);
}

static void unlock_draw(struct view *v, struct area body)
{
    struct unlock *u = (struct unlock *) v;
    int width = body.cols > 72 ? 72 : body.cols - 2, y = body.rows > 16 ? body.rows / 4 : body.rows > 12;
    int x = (body.cols - width) / 2;
    struct area box = area_sub(body, y, x, -1, width);

    area_text(box, 0, 0, -1, STYLE_HEADING, "Dolen");
    if (u->app->ui.training)
        area_text_right(box, 0, width, STYLE_TRAINING, _("TRAINING"));
    /* What is asked keeps its rows while it opens: the caret does not jump. */
    const char *asked = _("Passphrase or recovery code, then Enter:");
    const char *said = text2_in(&u->sentence, lang_now());
    int at = 2 + text_wrapped_rows(asked, width);

    area_wrap(box, 2, 0, width, STYLE_LABEL, u->opening ? _("Opening…") : asked);
    area_text(box, at, 0, -1, STYLE_TEXT, "> ");
    if (secret_length(u->app->typed) > 0)
        area_text(box, at, 2, -1, STYLE_SECRET, area_glyph(body, GLYPH_HIDDEN));
    if (*said)
        draw_said(u, box, at + (body.rows > 12 ? 2 : 1), said);
    else
        area_wrap(box, at + (body.rows > 12 ? 2 : 1), 0, width, STYLE_HINT,
                  _("What you type is not shown, not even how long it is. F2 or Ctrl-O !: something serious. "
                    "F9: Cymraeg. Ctrl-Q: leave."));
    area_cursor(box, at, 2 + (secret_length(u->app->typed) > 0 ? text_width(area_glyph(body, GLYPH_HIDDEN)) : 0), true);
}

static void open_now(struct unlock *u)
{
    struct app *a = u->app;
    struct err err = { .st = ST_OK };

    u->opening = true;
    text2_release(&u->sentence);
    screen_draw(a->screen, a->canvas);
    term_flush(a->term, a->canvas);
    if (tui_unlock(a, &err) != ST_OK) {
        u->opening = false;
        u->style = STYLE_ERROR;
        text2_replace(&u->sentence, TEXT2("%s", err_text(&err)));
    }
}

bool tui_secret_key(struct secret *typed, const struct key *k)
{
    if (k->code == K_BACKSPACE)
        secret_drop_last(typed);
    else if (k->code == K_CTRL('U'))
        secret_clear(typed);
    else if (key_is_text(k))
        secret_add(typed, k->text, strlen(k->text));
    else
        return false;
    return true;
}

static unsigned unlock_key(struct view *v, const struct key *k)
{
    struct unlock *u = (struct unlock *) v;
    struct secret *typed = u->app->typed;

    if (k->code == K_ENTER) {
        if (secret_length(typed) > 0)
            open_now(u);        /* may have replaced this view */
        return REACT_LAYOUT;
    }
    if (k->code == K_ESC)
        secret_clear(typed);
    else if (!tui_secret_key(typed, k))
        return REACT_PASS;
    text2_release(&u->sentence);
    return REACT_DRAW;
}

static bool unlock_editing(struct view *v)
{
    (void) v;
    return true;
}

static void unlock_close(struct view *v)
{
    text2_release(&((struct unlock *) v)->sentence);
    free(v);
}

static const struct view_ops unlock_ops = {
    .name = "unlock", .context = IN_LOCK, .flags = VIEW_BARE | VIEW_SECRET, .draw = unlock_draw, .key = unlock_key,
    .editing = unlock_editing, .close = unlock_close
};

struct view *unlock_view_new(struct app *a)
{
    struct unlock *u = xcalloc(1, sizeof *u);

    u->view.ops = &unlock_ops;
    u->app = a;
    return &u->view;
}

void unlock_view_says(struct view *v, enum style style, struct text2 take)
{
    struct unlock *u = (struct unlock *) v;

    if (!v || v->ops != &unlock_ops) {
        text2_release(&take);
        return;
    }
    u->style = style;
    text2_replace(&u->sentence, take);
}
