/* tui_hosted.c - the forms that are open on the screen, the newest on top. */
#include "tui_hosted.h"

#include <stdlib.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "review_goals.h"
#include "tui.h"
#include "dolen/base/banned.h"

void hosted_leave(struct hosted *h)
{
    for (struct hosted **at = &h->app->hosted; *at; at = &(*at)->below)
        if (*at == h) {
            *at = h->below;
            break;
        }
}

struct hosted *hosted_new(struct app *a, struct filling *f)
{
    struct hosted *h = xcalloc(1, sizeof *h);

    *h = (struct hosted) { .app = a, .f = f, .below = a->hosted };
    a->hosted = h;
    return h;
}

void hosted_free(struct hosted *h)
{
    hosted_leave(h);
    goal_words_free(&h->goals);
    filling_free(&h->f);
    free(h);
}

static bool same_id(struct id x, struct id y)
{
    return id_eq(x, y) || (!id_is_set(x) && !id_is_set(y));
}

bool hosted_is_open(struct app *a, const struct filling *f)
{
    for (struct hosted *h = a->hosted; h; h = h->below) {
        const struct filling *o = h->f;

        if (o->form != f->form || !same_id(o->person, f->person) || !same_id(o->episode, f->episode) ||
            !same_id(o->record, f->record) || (f->binds != T_CONCERN && !str_eq(o->stage, f->stage)))
            continue;
        while (screen_top(a->screen) != h->view && screen_depth(a->screen) > 1) {
            if (a->hosted != h && a->hosted->view == screen_top(a->screen))
                hosted_leave(a->hosted);
            screen_pop(a->screen);
        }
        return true;
    }
    return false;
}
