/* app/tui_kept.c - the page that says what forgetting somebody would delete, and which copies it would not reach. */
#include "tui_kept.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/reports.h"
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
    buf_add(out, _("What forgetting would reach"));
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

unsigned act_forget_list(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct kept *k;

    if (!id_is_set(f.person))
        return need_person(a);
    k = xcalloc(1, sizeof *k);
    *k = (struct kept) { .app = a, .person = f.person };
    return tui_push(a, page_view_new(&a->ui, &(struct page_source) { .ctx = k, .title = kept_title, .load = kept_load,
                                                                     .text = kept_text, .close = kept_close,
                                                                     .banner = kept_banner, .person = f.person,
                                                                     .about = true }));
}
