/* change_view.c - one change of the history, whole: what the list shortens, and each answer of a form filled in
 * anew. */
#include "change_words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/text_view.h"
#include "dolen/base/banned.h"

struct change_view {
    struct view       view;
    struct ui        *u;
    struct id         person;           /* not set: of nobody */
    struct person_row whose;
    int64_t           seq;
    struct text_view *text;
};

static struct change_view *of(struct view *v)
{
    return (struct change_view *) v;
}

static enum status change_load(struct view *view, struct err *err)
{
    struct change_view *v = of(view);
    struct change_row c = { .seq = 0 };
    struct buf head = BUF_INIT, body = BUF_INIT;
    enum status st = store_change_at(v->u->store, v->seq, &c, err);

    if (st == ST_OK && id_is_set(v->person))
        st = person_row_get(v->u->store, v->person, &v->whose, err);
    text_view_clear(v->text);
    if (st == ST_OK) {
        change_lines(v->u, v->person, &c, &head, &body);
        text_view_add(v->text, STYLE_HEADING, buf_text(&head));
        text_view_add(v->text, STYLE_TEXT, instant_show(c.at).s);
        text_view_add(v->text, STYLE_TEXT, "");
        text_view_add(v->text, STYLE_TEXT, buf_text(&body));
    }
    change_row_release(&c);
    buf_wipe(&head);
    buf_wipe(&body);
    return st;
}

static void change_draw(struct view *view, struct area body)
{
    text_view_draw(of(view)->text, body);
}

static unsigned change_act(struct view *view, int action)
{
    return text_view_act(of(view)->text, action);
}

/* So that u takes this change back here as in the list. */
static struct focus change_focus(struct view *view)
{
    return (struct focus) { .person = of(view)->person, .change = of(view)->seq };
}

static void change_title(struct view *view, struct buf *out)
{
    (void) view;
    buf_add(out, _("One change"));
}

static void change_banner(struct view *view, struct buf *out)
{
    if (id_is_set(of(view)->person))
        person_banner_put(of(view)->u, &of(view)->whose, out);
}

static void change_close(struct view *view)
{
    text_view_free(&of(view)->text);
    explicit_bzero(&of(view)->whose, sizeof of(view)->whose);
    free(view);
}

static void change_place(struct view *view, struct buf *out)
{
    buf_addf(out, "%" PRId64, of(view)->seq);
}

static const int bar[] = { NAV_BACK, ACT_UNDO, ACT_TODAY, 0 };

static const struct view_ops ops = {
    .name = "change", .context = IN_TEXT, .stale_on = ~0u, .bar = bar, .load = change_load, .draw = change_draw,
    .act = change_act, .focus = change_focus, .title = change_title, .banner = change_banner, .place = change_place,
    .close = change_close,
};

struct view *change_view_new(struct ui *u, struct id person, int64_t seq)
{
    struct change_view *v = xcalloc(1, sizeof *v);

    v->view.ops = &ops;
    v->u = u;
    v->person = person;
    v->seq = seq;
    v->text = text_view_new();
    return &v->view;
}
