/* app/tui_clash.c - one question a clash: what the draft says, and what the record says by now. */
#include "tui_clash.h"

#include <stdlib.h>
#include <string.h>

#include "draft_base.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/base/banned.h"
#include "dolen/base/said.h"


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
    struct buf question = BUF_INIT, draft = BUF_INIT, record = BUF_INIT, prompt = BUF_INIT;
    struct buf mine = BUF_INIT, theirs = BUF_INIT;
    struct app *a = x->app;

    if (!x->f->clashes) {
        unsigned react = tui_open_filling(a, x->f, x->at);

        asking_free(x);
        return react | REACT_LAYOUT;
    }
    clash_words(x->f, 0, &question, &draft, &record);
    said_addf(&prompt, _("Changed elsewhere since this draft was begun: %s"), buf_text(&question));
    said_addf(&mine, "%s %s", _("Draft:"), buf_text(&draft));
    said_addf(&theirs, "%s %s", _("Record:"), buf_text(&record));
    const char *labels[] = { buf_text(&mine), buf_text(&theirs) };

    screen_choose(a->screen, buf_text(&prompt), labels, ARRAY_LEN(labels), 1, answered, x);
    buf_wipe(&question);
    buf_wipe(&draft);
    buf_wipe(&record);
    buf_wipe(&prompt);
    buf_wipe(&mine);
    buf_wipe(&theirs);
    return REACT_LAYOUT;
}

unsigned tui_ask_clashes(struct app *a, struct filling *f, const char *at)
{
    struct asking *x = xcalloc(1, sizeof *x);

    *x = (struct asking) { a, f, xstrdup(at) };
    return ask(x);
}
