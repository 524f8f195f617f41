/* drill_text.c - the debrief and the group, to read on the screen. */
#include <stdlib.h>

#include "debrief.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/text_view.h"
#include "drill_progress.h"
#include "drilling.h"
#include "tui_drill.h"
#include "dolen/base/banned.h"

struct reading_view {
    struct view        view;            /* first */
    struct attempt    *a;
    struct drill_score score;
    struct casefile   *cf;              /* the group */
    struct text_view  *text;
};

static struct reading_view *of(struct view *v)
{
    return (struct reading_view *) v;
}

static void view_draw(struct view *v, struct area body)
{
    text_view_draw(of(v)->text, body);
}

static unsigned view_act(struct view *v, int action)
{
    return text_view_act(of(v)->text, action);
}

static struct focus view_focus(struct view *v)
{
    struct reading_view *r = of(v);

    if (!r->a)
        return (struct focus) { .kind = FOCUS_NONE };
    return (struct focus) { .person = record_id(&r->a->row, DRILL_person), .kind = FOCUS_DRILL,
                            .question = r->a->d->id };
}

static void view_close(struct view *v)
{
    text_view_free(&of(v)->text);
    attempt_free(&of(v)->a);
    free(v);
}

static struct view *view_new(const struct view_ops *ops, struct attempt *a, const struct drill_score *s)
{
    struct reading_view *r = xcalloc(1, sizeof *r);

    r->view.ops = ops;
    r->a = a;
    if (s)
        r->score = *s;
    r->text = text_view_new();
    return &r->view;
}

/* --- the debrief ------------------------------------------------------------------------------------------------ */

static void add_block(struct text_view *t, const struct block *b)
{
    switch (b->kind) {
    case BLOCK_HEADING:
        text_view_add(t, STYLE_TEXT, "");
        text_view_add(t, STYLE_HEADING, b->text);
        break;
    case BLOCK_LABELLED: text_view_addf(t, STYLE_LABEL, "%s %s", b->label, b->text); break;
    case BLOCK_BULLET: case BLOCK_STEP: text_view_addf(t, STYLE_TEXT, "- %s", b->text); break;
    case BLOCK_NUMBERED: text_view_addf(t, STYLE_TEXT, "%d. %s", b->number, b->text); break;
    case BLOCK_PARA: case BLOCK_FACT: case BLOCK_COUNT:
        text_view_add(t, STYLE_TEXT, b->text ? b->text : "");
        break;
    }
}

static enum status debrief_load(struct view *v, struct err *err)
{
    struct document *d = debrief_document(of(v)->a, &of(v)->score, lang_now());

    (void) err;
    text_view_clear(of(v)->text);
    for (size_t i = 0; i < d->count; i++)
        add_block(of(v)->text, &d->items[i]);
    document_free(&d);
    return ST_OK;
}

/* Enter means nothing here: it would start the drill that the focus names for the replay. */
static unsigned debrief_act(struct view *v, int action)
{
    return action == NAV_OPEN ? (unsigned) REACT_NONE : view_act(v, action);
}

static const int debrief_bar[] = { ACT_DRILL_REPLAY, NAV_BACK, ACT_DRILLS, NAV_HELP, 0 };

static void debrief_title(struct view *v, struct buf *out)
{
    buf_addf(out, "%s: %s", _("Debrief"), text2_now(&of(v)->a->d->title));
}

static const struct view_ops debrief_ops = {
    .name = "debrief", .context = IN_DRILLS | IN_TEXT, .flags = VIEW_OWN_BAR, .bar = debrief_bar, .load = debrief_load,
    .draw = view_draw,
    .act = debrief_act, .focus = view_focus, .title = debrief_title, .close = view_close,
};

struct view *debrief_view_new(struct attempt *take, const struct drill_score *score)
{
    return view_new(&debrief_ops, take, score);
}

/* --- the group -------------------------------------------------------------------------------------------------- */

static void add_practitioner(struct reading_view *r, const struct progress *all, const struct record *who)
{
    struct progress mine = { .past = { NULL, 0, 0 } };
    int done = 0;

    drill_pasts_of(&all->rows, who->id, &mine.past);
    text_view_add(r->text, STYLE_HEADING, record_or(who, PRACTITIONER_name, ""));
    for (size_t i = 0; i < all->count; i++) {
        int times;
        const struct drill_past *last = progress_last(&mine, all->drills[i]->id, &times);

        if (!last)
            continue;
        done++;
        text_view_addf(r->text, last->safety == SAFETY_FAILED ? STYLE_WARN : STYLE_TEXT, "  %3d  %s%s%s",
                       last->percent,
                       text2_now(&all->drills[i]->title), last->safety == SAFETY_FAILED ? ", " : "",
                       last->safety == SAFETY_FAILED ? _("safety not kept") : "");
    }
    if (!done)
        text_view_addf(r->text, STYLE_DIM, "  %s", _("No drill is done yet."));
    free(mine.past.items);
}

static enum status group_load(struct view *v, struct err *err)
{
    struct reading_view *r = of(v);
    struct records people = { NULL, 0, 0 };
    struct progress all;
    enum status st = progress_load(&all, r->cf, ID_NONE, err);

    text_view_clear(r->text);
    if (st == ST_OK)
        st = store_list(r->cf->store, LIST_PRACTITIONERS, ID_NONE, 0, &people, err);
    for (size_t i = 0; i < people.count; i++)
        add_practitioner(r, &all, &people.items[i]);
    records_release(&people);
    progress_release(&all);
    return st;
}

static void group_title(struct view *v, struct buf *out)
{
    (void) v;
    buf_add(out, _("Drills: the group"));
}

static const struct view_ops group_ops = {
    .name = "drill-group", .context = IN_TEXT, .stale_on = CHANGED(DRILL), .load = group_load, .draw = view_draw,
    .act = view_act, .focus = view_focus, .title = group_title, .close = view_close,
};

struct view *group_view_new(struct casefile *cf)
{
    struct view *v = view_new(&group_ops, NULL, NULL);

    of(v)->cf = cf;
    return v;
}
