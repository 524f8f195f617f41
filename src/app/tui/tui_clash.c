/* tui_clash.c - one question a clash: what the draft says, and what the record says by now. */
#include "tui_clash.h"

#include <stdlib.h>
#include <string.h>

#include "draft_base.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/choice.h"
#include "dolen/base/banned.h"


struct asking {
    struct app     *app;
    struct filling *f;
    char           *at;
};

static unsigned ask(struct asking *x);

static void asking_free(struct asking *x)
{
    free(x->at);
    free(x);
}

static unsigned answered(void *ctx, int index)
{
    struct asking *x = ctx;
    struct app *a = x->app;
    struct err err = { .st = ST_OK };

    if (index < 0) {
        screen_message(a->screen, STYLE_TEXT, "%s", _("Not opened. The draft stays as it was."));
        filling_free(&x->f);
        asking_free(x);
        return REACT_LAYOUT;
    }
    clash_settle(x->f, 0, index == 0);
    if (!x->f->clashes && filling_save(x->f, &err) != ST_OK)
        tui_say_error(a, &err);
    return ask(x);
}

static unsigned ask(struct asking *x)
{
    struct app *a = x->app;
    struct choice *sides;
    struct buf b = BUF_INIT;

    if (!x->f->clashes) {
        unsigned react = tui_open_filling(a, x->f, x->at);

        asking_free(x);
        return react | REACT_LAYOUT;
    }
    sides = screen_choose(a->screen, TEXT2(_("Changed elsewhere since this draft was begun: %s"),
                                           text2_now(clash_question(x->f, 0))), answered, x);
    for (int draft = 1; draft >= 0; draft--) {
        struct text2 answer = TEXT2_FROM(b, clash_answer(x->f, 0, draft, &b));

        choice_add(sides, TEXT2("%s %s", draft ? _("Draft:") : _("Record:"), text2_now(&answer)));
        text2_release(&answer);
    }
    choice_select(sides, 1);
    return REACT_LAYOUT;
}

unsigned tui_ask_clashes(struct app *a, struct filling *f, const char *at)
{
    struct asking *x = xcalloc(1, sizeof *x);

    *x = (struct asking) { a, f, xstrdup(at) };
    return ask(x);
}
