/* tui_reports.c - a report is made when its page is shown, and made again, as given out, when it is saved. */
#include "tui_reports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/report/render.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/reports.h"
#include "own_report.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

struct page {
    struct app       *app;
    struct own_report want;
    struct report    *made;
    enum report_format format;
};

static enum status page_load(void *ctx, struct err *err)
{
    struct page *p = ctx;
    struct report *fresh = NULL;
    enum status st = own_report_make(p->app->cf, &p->want, &fresh, err);

    if (st != ST_OK)
        return st;
    report_free(&p->made);
    p->made = fresh;
    fresh->draft = false;               /* to be read, not a page that lies about */
    return ST_OK;
}

static void page_text(void *ctx, int cols, bool ascii, struct buf *out)
{
    struct page *p = ctx;

    if (p->made)
        report_text(p->made, cols, ascii, out);
}

static void page_title(void *ctx, struct buf *out)
{
    struct page *p = ctx;

    buf_add(out, report_name(p->want.id));
    if (p->want.unsuppressed)
        buf_addf(out, " (%s)", _("exact"));
}

static void page_close(void *ctx)
{
    struct page *p = ctx;

    report_free(&p->made);
    free(p);
}

/* --- saving ------------------------------------------------------------------------------------------------------- */

static unsigned named(void *ctx, const char *path)
{
    struct page *p = ctx;
    struct err err = { .st = ST_OK };

    if (!path || !*path)
        return REACT_LAYOUT;
    if (own_report_give(p->app->cf, &p->want, p->format, path, &err) != ST_OK)
        return REACT_LAYOUT | tui_say_error(p->app, &err);
    screen_message(p->app->screen, STYLE_GOOD, _("Saved, with small numbers kept back: %s"), path);
    return REACT_LAYOUT;
}

static const char *const endings[REPORT_FORMATS] = {
    [REPORT_AS_TEXT] = "txt", [REPORT_AS_CSV] = "csv", [REPORT_AS_XLSX] = "xlsx", [REPORT_AS_HTML] = "html",
};

static unsigned format_chosen(void *ctx, int index)
{
    struct page *p = ctx;
    const char *home = getenv("HOME");
    char *path;

    if (index < 0)
        return REACT_LAYOUT;
    p->format = (enum report_format) index;
    path = xasprintf("%s/%s-%d.%s", home ? home : ".", report_word(p->want.id), p->want.from.year, endings[index]);
    screen_ask(p->app->screen,
               &(struct ask) { .prompt = TEXT2(_("Into which new file?")), .initial = path, .done = named, .ctx = p });
    free(path);
    return REACT_LAYOUT;
}

static unsigned save(struct page *p)
{
    static const char *const labels[REPORT_FORMATS] = {
        [REPORT_AS_TEXT] = N_("Plain text"), [REPORT_AS_CSV] = N_("CSV, for statistical programs"),
        [REPORT_AS_XLSX] = N_("Workbook, for Excel"), [REPORT_AS_HTML] = N_("Web page with charts, to read or print"),
    };
    struct choice *formats = screen_choose(p->app->screen, TEXT2(_("Save as")), format_chosen, p);

    for (size_t i = 0; i < REPORT_FORMATS; i++)
        choice_add(formats, TEXT2("%s", tr(labels[i])));
    choice_select(formats, REPORT_AS_HTML);
    return REACT_LAYOUT;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static unsigned exact(struct page *p)
{
    p->want.unsuppressed = !p->want.unsuppressed;
    screen_changed(p->app->screen, ~0u);
    screen_message(p->app->screen, STYLE_HINT, "%s",
                   p->want.unsuppressed ? _("Exact counts, for your own eyes. A file never has them.") :
                                          _("As it is given out: small numbers kept back."));
    return REACT_RELOAD;
}

static unsigned page_act(void *ctx, int action)
{
    struct page *p = ctx;

    if (action == ACT_REPORT_SAVE)
        return save(p);
    if (action == ACT_REPORT_EXACT)
        return exact(p);
    return REACT_PASS;
}

static void page_place(void *ctx, struct buf *out)
{
    struct page *p = ctx;

    buf_addf(out, "%d %d %s", p->want.from.year, (int) p->want.id, p->want.unsuppressed ? "exact" : "page");
}

static unsigned show_page(struct app *a, size_t i, int year, bool exact_counts)
{
    struct page *p = xcalloc(1, sizeof *p);
    struct page_source src = { .ctx = p, .title = page_title, .load = page_load, .text = page_text, .act = page_act,
                               .close = page_close, .place = page_place };

    p->app = a;
    p->want.id = (enum report_id) i;
    p->want.unsuppressed = exact_counts;
    report_year((struct date) { year, 4, 1 }, &p->want.from, &p->want.until);
    return tui_push(a, page_view_new(&a->ui, &src));
}

static unsigned open_page(void *ctx, size_t i, int year)
{
    return show_page(ctx, i, year, false);
}

static const char *name_of(void *ctx, size_t i)
{
    (void) ctx;
    return report_name((enum report_id) i);
}

static const char *help_of(void *ctx, size_t i)
{
    (void) ctx;
    return report_help((enum report_id) i);
}

unsigned tui_reports(struct app *a)
{
    struct reports_source src = { a, REPORT_COUNT, name_of, help_of, open_page };

    return tui_push(a, reports_view_new(&a->ui, &src));
}

void tui_report_again(struct app *a, const char *place)
{
    char how[8] = "";
    int year = 0;
    unsigned i = 0;

    tui_reports(a);
    if (sscanf(place, "%d %u %7s", &year, &i, how) < 2 || i >= REPORT_COUNT)
        return;
    reports_view_turn(screen_top(a->screen), year, i);
    if (*how)
        show_page(a, i, year, str_eq(how, "exact"));
}
