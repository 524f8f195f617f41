/* app/plan_text.c - the person's copy of the plan on the screen, as it will be printed. */
#include "plan_text.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/print/plan_sheet.h"
#include "dolen/ui/text_view.h"
#include "filing.h"
#include "dolen/base/banned.h"

enum lang plan_language(struct casefile *cf, struct id person)
{
    return person_reads(cf->store, person, lang_now());
}

enum status plan_text(struct casefile *cf, struct id person, enum lang l, int cols, struct buf *out, struct err *err)
{
    struct plan_sheet ask = { .person = person, .episode = person_episode(cf, person), .lang = l,
                              .training = keyslots_is_training(cf->slots) };
    struct document *d = NULL;
    enum status st = plan_sheet_make(&d, cf->store, &ask, err);

    if (st == ST_OK)
        document_text(d, cols, out);
    document_free(&d);
    return st;
}

/* --- on the screen -------------------------------------------------------------------------------------------------- */

struct plan_view {
    struct view       view;
    struct casefile  *cf;
    struct ui        *u;
    struct id         person;
    struct person_row whose;
    struct text_view *text;
};

static enum status view_load(struct view *v, struct err *err)
{
    struct plan_view *p = (struct plan_view *) v;
    struct buf b = BUF_INIT;
    enum status st = plan_text(p->cf, p->person, plan_language(p->cf, p->person), 76, &b, err);

    if (st == ST_OK)
        st = person_row_get(p->cf->store, p->person, &p->whose, err);
    text_view_clear(p->text);
    text_view_add(p->text, STYLE_TEXT, buf_text(&b));
    buf_wipe(&b);
    return st;
}

static void view_draw(struct view *v, struct area body)
{
    text_view_draw(((struct plan_view *) v)->text, body);
}

static unsigned view_act(struct view *v, int action)
{
    bool moved;

    return text_view_act(((struct plan_view *) v)->text, action, &moved) ? REACT_DRAW : REACT_PASS;
}

static struct focus view_focus(struct view *v)
{
    return (struct focus) { .person = ((struct plan_view *) v)->person };
}

static void view_title(struct view *v, struct buf *out)
{
    (void) v;
    buf_add(out, _("The person's copy of the plan"));
}

static void view_banner(struct view *v, struct buf *out)
{
    person_banner_put(((struct plan_view *) v)->u, &((struct plan_view *) v)->whose, out);
}

static void view_close(struct view *v)
{
    explicit_bzero(&((struct plan_view *) v)->whose, sizeof(struct person_row));
    text_view_free(&((struct plan_view *) v)->text);
    free(v);
}

static const struct view_ops plan_view_ops = {
    .name = "plan-text", .context = IN_TEXT, .stale_on = CHANGED(GOAL) | CHANGED(ACTION) | CHANGED(CONNECTION) | CHANGED(PERSON), .load = view_load,
    .draw = view_draw, .act = view_act, .focus = view_focus, .title = view_title, .banner = view_banner, .close = view_close
};

struct view *plan_text_view_new(struct casefile *cf, struct ui *u, struct id person)
{
    struct plan_view *p = xcalloc(1, sizeof *p);

    p->view.ops = &plan_view_ops;
    p->cf = cf;
    p->u = u;
    p->person = person;
    p->text = text_view_new();
    return &p->view;
}
