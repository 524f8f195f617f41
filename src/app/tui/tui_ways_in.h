/* tui_ways_in.h - the ways into the case file on the screen, and a passphrase that is typed twice. */
#ifndef DOLEN_APP_TUI_WAYS_IN_H
#define DOLEN_APP_TUI_WAYS_IN_H

#include "tui.h"

unsigned tui_ways_in(struct app *a);

struct passphrase_ask {
    struct app   *app;
    bool          now;                  /* the one that opened the case file is asked for first */
    struct text2  intro;                /* taken; may be empty */
    void         *ctx;                  /* freed with the view */
    /* Once it was typed twice alike; an error is shown and the asking goes on, else the view is gone afterwards. */
    enum status (*typed)(void *ctx, const struct secret *s, struct err *err);
};
unsigned tui_passphrase(const struct passphrase_ask *ask);

#endif
