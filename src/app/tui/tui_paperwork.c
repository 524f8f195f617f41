/* tui_paperwork.c - one's own paperwork time on the screen: which form is in front, the page, forgetting it all. */
#include "tui_paperwork.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/call.h"
#include "dolen/ui/reports.h"
#include "paperwork.h"
#include "paperwork_text.h"
#include "tui_case.h"
#include "tui_hosted.h"
#include "dolen/base/banned.h"

const char *form_in_front(const struct app *a)
{
    struct view *v = screen_top(a->screen);

    if (!a->cf->store || a->handed)
        return NULL;
    while (v && v->ops->flags & VIEW_PANEL)
        v = screen_below(a->screen, v);
    for (struct hosted *h = a->hosted; v && h; h = h->below)
        if (h->view == v)
            return h->f->form->id;
    return v && str_eq(v->ops->name, "call") ? CALL_DRAFT : NULL;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

struct page {
    struct app              *app;
    struct paperwork_figures figures;
};

static enum status page_load(void *ctx, struct err *err)
{
    struct page *p = ctx;

    paperwork_figures_release(&p->figures);
    return paperwork_figures(p->app->cf, PAPERWORK_WEEKS, &p->figures, err);
}

static void page_text(void *ctx, int cols, bool ascii, struct buf *out)
{
    struct page *p = ctx;
    struct paperwork_page page = { cols, true, ascii };

    paperwork_text(p->app->cf, &p->figures, &page, out);
}

static void page_title(void *ctx, struct buf *out)
{
    (void) ctx;
    buf_add(out, _("My paperwork time"));
}

static unsigned confirmed(void *ctx, bool yes)
{
    struct page *p = ctx;
    struct err err = { .st = ST_OK };
    size_t n;

    if (!yes)
        return REACT_LAYOUT;
    if (paperwork_forget(p->app->cf, &n, &err) != ST_OK)
        return REACT_LAYOUT | tui_say_error(p->app, &err);
    screen_changed(p->app->screen, ~0u);
    screen_message(p->app->screen, STYLE_GOOD, "%s", _("Your minutes are forgotten, all of them."));
    return REACT_LAYOUT | REACT_RELOAD;
}

static unsigned page_act(void *ctx, int action)
{
    struct page *p = ctx;

    if (action != ACT_PAPERWORK_FORGET)
        return REACT_PASS;
    screen_confirm(p->app->screen, TEXT2(_("Forget all your minutes on forms, for good? Undo does not bring them "
                                                "back.")),
                   confirmed, p);
    return REACT_LAYOUT;
}

static void page_close(void *ctx)
{
    struct page *p = ctx;

    paperwork_figures_release(&p->figures);
    free(p);
}

unsigned tui_paperwork(struct app *a)
{
    struct page *p = xcalloc(1, sizeof *p);
    struct page_source src = { .ctx = p, .title = page_title, .load = page_load, .text = page_text, .act = page_act,
                               .close = page_close,
                               .own = true };

    p->app = a;
    return tui_push(a, page_view_new(&a->ui, &src));
}
