/* plain_paperwork.c - line mode: the practitioner's own paperwork time, read out, and forgotten. */
#include "plain_priv.h"

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "paperwork.h"
#include "paperwork_text.h"
#include "dolen/base/banned.h"

#define COLS 72

static bool read_it(struct plain *p)
{
    static const struct paperwork_page page = { COLS, false, true };
    struct paperwork_figures f;
    struct buf text = BUF_INIT;
    struct err err = { .st = ST_OK };
    bool ok = paperwork_figures(p->cf, PAPERWORK_WEEKS, &f, &err) == ST_OK;

    if (ok) {
        paperwork_text(p->cf, &f, &page, &text);
        tell_text(buf_text(&text));
    } else {
        tell_error(&err);
    }
    paperwork_figures_release(&f);
    buf_release(&text);
    return ok;
}

static void forget(struct plain *p)
{
    struct err err = { .st = ST_OK };
    size_t n;

    if (plain_yes(p, _("Forget all your minutes on forms, for good? Undo does not bring them back.")) != ANSWER_YES)
        return;
    if (paperwork_forget(p->cf, &n, &err) != ST_OK)
        tell_error(&err);
    else
        tell_text(_("Your minutes are forgotten, all of them."));
}

void plain_paperwork(struct plain *p)
{
    static const struct choice items[] = { { N_(":forget"), N_("Forget your minutes on forms, all of them, for good"),
                                             false } };
    int i = CHOSE_AGAIN;

    if (!read_it(p))
        return;
    while (p->end == PLAIN_GO_ON && i != CHOSE_BACK && i != CHOSE_OVER) {
        i = plain_choose(p, _("My paperwork time"), items, ARRAY_LEN(items));
        if (i == 0)
            forget(p);
    }
}
