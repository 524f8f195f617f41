/* tui_draft.c - an unfinished form in a list: what it would change on record, and the bin. */
#include "tui_draft.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/call.h"
#include "dolen/ui/text_view.h"
#include "draft_base.h"
#include "tui_case.h"
#include "dolen/base/banned.h"

struct changes_view {
    struct view       view;
    struct app       *a;
    struct id         draft, person;
    struct person_row whose;
    struct text_view *text;
};

static struct changes_view *of(struct view *v)
{
    return (struct changes_view *) v;
}

static void say_changes(struct text_view *t, const struct filling *f)
{
    struct buf lines = BUF_INIT;
    size_t n = draft_changes(f, &lines);
    char *rest = lines.s, *line;

    text_view_addf(t, STYLE_HEADING, tr_n("%s: %zu answer is not as it is on record.",
                                          "%s: %zu answers are not as they are on record.", n),
                   text2_now(&f->form->title), n);
    if (f->fresh)
        text_view_add(t, STYLE_HINT, _("Nothing of this form is on record yet."));
    while (rest && (line = strsep(&rest, "\n")))
        text_view_add(t, STYLE_TEXT, line);
    text_view_add(t, STYLE_TEXT, "");
    text_view_add(t, STYLE_HINT, _("Enter goes on with the form, d puts it in the bin for 30 days, Esc goes back."));
    buf_wipe(&lines);
}

static enum status changes_load(struct view *view, struct err *err)
{
    struct changes_view *v = of(view);
    struct filling *f = NULL;
    enum status st = filling_resume(&f, v->a->cf, v->draft, err);

    if (st == ST_OK && id_is_set(v->person))
        st = person_row_get(v->a->cf->store, v->person, &v->whose, err);
    if (st == ST_OK) {
        text_view_clear(v->text);
        say_changes(v->text, f);
    }
    filling_free(&f);
    return st;
}

static void changes_draw(struct view *view, struct area body)
{
    text_view_draw(of(view)->text, body);
    area_cursor(body, 0, 0, false);
}

static unsigned changes_act(struct view *view, int action)
{
    return action == NAV_OPEN ? (unsigned) REACT_PASS : text_view_act(of(view)->text, action);
}

static struct focus changes_focus(struct view *view)
{
    return (struct focus) { .kind = FOCUS_DRAFT, .person = of(view)->person, .subject = of(view)->draft };
}

static void changes_title(struct view *view, struct buf *out)
{
    (void) view;
    buf_add(out, _("Not yet filed"));
}

static void changes_banner(struct view *view, struct buf *out)
{
    person_banner_put(&of(view)->a->ui, &of(view)->whose, out);
}

static void changes_close(struct view *view)
{
    explicit_bzero(&of(view)->whose, sizeof of(view)->whose);
    text_view_free(&of(view)->text);
    free(view);
}

static const int bar[] = { NAV_OPEN, ACT_BIN, NAV_BACK, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "draft-changes", .context = IN_TEXT, .stale_on = 0, .bar = bar, .load = changes_load,
    .draw = changes_draw, .act = changes_act, .focus = changes_focus, .title = changes_title,
    .banner = changes_banner, .close = changes_close,
};

bool on_draft(struct app *a)
{
    return screen_focus(a->screen).kind == FOCUS_DRAFT;
}

static bool is_call(struct app *a, struct id draft)
{
    struct record d = { .text = NULL };
    bool call = store_get(a->cf->store, T_DRAFT, draft, &d, NULL) == ST_OK &&
                str_eq(record_text(&d, DRAFT_form), CALL_DRAFT);

    record_release(&d);
    return call;
}

unsigned act_draft_changes(struct app *a)
{
    struct focus f = screen_focus(a->screen);
    struct changes_view *v;

    if (f.kind != FOCUS_DRAFT) {
        screen_message(a->screen, STYLE_TEXT, "%s", _("Go to an unfinished form first: Today lists them."));
        return REACT_DRAW;
    }
    if (str_eq(screen_top(a->screen)->ops->name, ops.name))
        return REACT_NONE;
    if (is_call(a, f.subject)) {
        screen_message(a->screen, STYLE_TEXT, "%s", _("A phone call shows all of it on one screen: Enter opens it."));
        return REACT_DRAW;
    }
    v = xcalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->a = a;
    v->draft = f.subject;
    v->person = f.person;
    v->text = text_view_new();
    return tui_push(a, &v->view);
}

unsigned tui_bin_draft(struct app *a)
{
    struct id draft = screen_focus(a->screen).subject;
    struct err err = { .st = ST_OK };

    if (store_bin(a->cf->store, T_DRAFT, draft, "discarded", &err) != ST_OK)
        return tui_say_error(a, &err);
    if (str_eq(screen_top(a->screen)->ops->name, ops.name))
        screen_pop(a->screen);
    screen_changed(a->screen, ~0u);
    screen_message(a->screen, STYLE_GOOD, "%s", _("In the bin for 30 days; :show-bin has it, Enter takes it out."));
    return REACT_RELOAD | REACT_LAYOUT;
}
