/* app/drill_text.c - the debrief, the replay step by step and the group, to read on the screen. */
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
    int                step;            /* replay: -1 is how it begins */
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
    bool moved;

    return text_view_act(of(v)->text, action, &moved) ? REACT_DRAW : REACT_PASS;
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
    r->step = -1;
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
    case BLOCK_BULLET:   text_view_addf(t, STYLE_TEXT, "- %s", b->text); break;
    case BLOCK_NUMBERED: text_view_addf(t, STYLE_TEXT, "%d. %s", b->number, b->text); break;
    case BLOCK_PARA: case BLOCK_PAGE: case BLOCK_COUNT: text_view_add(t, STYLE_TEXT, b->text ? b->text : ""); break;
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

static const int debrief_bar[] = { NAV_PAGE_DOWN, ACT_DRILL_REPLAY, NAV_BACK, ACT_DRILLS, 0 };

static void debrief_title(struct view *v, struct buf *out)
{
    buf_addf(out, "%s: %s", _("Debrief"), text2_now(&of(v)->a->d->title));
}

static const struct view_ops debrief_ops = {
    .name = "debrief", .context = IN_DRILLS | IN_TEXT, .bar = debrief_bar, .load = debrief_load, .draw = view_draw,
    .act = debrief_act, .focus = view_focus, .title = debrief_title, .close = view_close,
};

struct view *debrief_view_new(struct attempt *take, const struct drill_score *score)
{
    return view_new(&debrief_ops, take, score);
}

/* --- the replay: one step after the other ----------------------------------------------------------------------- */

static void hear(void *ctx, enum drill_voice voice, const char *text)
{
    struct text_view *t = ctx;

    if (voice == VOICE_SCENE)
        text_view_addf(t, STYLE_HINT, "[%s]", text);
    else if (voice == VOICE_YOU)
        text_view_addf(t, STYLE_HEADING, _("You: %s"), text);
    else
        text_view_add(t, STYLE_VALUE, text);
}

/* The points that were decided at this step. */
static void add_points(struct reading_view *r)
{
    for (size_t i = 0; i < r->a->d->line_count; i++) {
        const struct drill_line *x = &r->a->d->lines[i];
        const struct drill_verdict *v = &r->score.lines[i];
        bool harm = x->points < 0;

        if (v->step != r->step || r->step < 0 || (harm && !v->yes))
            continue;
        text_view_addf(r->text, v->yes && !harm ? STYLE_GOOD : STYLE_WARN, "%+d  %s", v->yes ? x->points : 0,
                       text2_now(v->yes ? &x->earned : &x->lost));
    }
}

static void add_what(struct reading_view *r, const struct drill_log *l)
{
    const struct form *f = l->form[0] ? catalog_form(r->a->cat, l->form, NULL) : NULL;

    switch (l->kind) {
    case LOG_SAY:
        text_view_add(r->text, STYLE_LABEL, drill_kind_label(r->a->d->turns[l->turn].offers[l->offer].kind));
        break;
    case LOG_FILED:   text_view_addf(r->text, STYLE_LABEL, _("Filed: %s"), f ? text2_now(&f->title) : l->form); break;
    case LOG_ARRIVED:
        text_view_addf(r->text, STYLE_LABEL, _("It came with: %s"), f ? text2_now(&f->title) : l->form);
        break;
    case LOG_ASSET:   text_view_addf(r->text, STYLE_LABEL, _("In the directory: %s"), l->part); break;
    case LOG_PAUSED:  text_view_add(r->text, STYLE_LABEL, _("Paused.")); break;
    case LOG_RESUMED: case LOG_KINDS: text_view_add(r->text, STYLE_LABEL, _("Gone on with.")); break;
    }
}

static int trust_after(const struct reading_view *r)
{
    size_t n;
    const struct drill_log *log = drill_play_log(r->a->play, &n);
    struct drill_play *p = drill_play_new(r->a->d, drill_play_seed(r->a->play));
    int trust;

    for (int i = 0; i <= r->step; i++)
        if (log[i].kind == LOG_SAY)
            drill_play_say(p, r->a->d->turns[log[i].turn].offers[log[i].offer].id, NULL);
        else if (log[i].kind == LOG_FILED)
            drill_play_filed(p, log[i].form, log[i].record, log[i].minutes);
    trust = drill_play_state(p)->trust;
    drill_play_free(&p);
    return trust;
}

/* What came with the drill was nobody's step. */
static bool came_with_it(const struct drill_log *l)
{
    return l->kind == LOG_ARRIVED || l->kind == LOG_ASSET;
}

/* Steps somebody took, among the first `n` of the log. */
static size_t steps_taken(const struct drill_log *log, size_t n)
{
    size_t taken = 0;

    for (size_t i = 0; i < n; i++)
        taken += !came_with_it(&log[i]);
    return taken;
}

static enum status replay_load(struct view *v, struct err *err)
{
    struct reading_view *r = of(v);
    size_t n;
    const struct drill_log *log = drill_play_log(r->a->play, &n);

    (void) err;
    text_view_clear(r->text);
    text_view_addf(r->text, STYLE_DIM, _("Step %d of %zu, minute %d, trust %d of %d"),
                   (int) steps_taken(log, (size_t) (r->step + 1)), steps_taken(log, n),
                   r->step >= 0 ? log[r->step].clock : 0, trust_after(r), DRILL_TRUST_MAX);
    if (r->step < 0)
        text_view_add(r->text, STYLE_HINT, _("Right or Enter goes on, Left goes back."));
    if (r->step >= 0)
        add_what(r, &log[r->step]);
    drill_play_hear(r->a->play, r->step, hear, r->text);
    add_points(r);
    if (r->step + 1 == (int) n)
        text_view_add(r->text, STYLE_DIM, _("This was the last step."));
    return ST_OK;
}

/* Out of bounds: stays. */
static int step_by(const struct reading_view *r, int by)
{
    size_t n;
    const struct drill_log *log = drill_play_log(r->a->play, &n);
    int at = r->step + by;

    while (at >= 0 && at < (int) n && came_with_it(&log[at]))
        at += by;
    return at >= (int) n ? r->step : at < -1 ? -1 : at;
}

static unsigned replay_act(struct view *v, int action)
{
    struct reading_view *r = of(v);
    int by = action == NAV_OPEN || action == NAV_RIGHT || action == NAV_MARK || action == NAV_NEXT_FIELD ? 1
             : action == NAV_LEFT || action == NAV_PREV_FIELD ? -1 : 0;

    if (!by)
        return view_act(v, action);
    if (step_by(r, by) == r->step)
        return REACT_NONE;
    r->step = step_by(r, by);
    v->stale = true;
    return REACT_RELOAD;
}

static void replay_title(struct view *v, struct buf *out)
{
    buf_addf(out, "%s: %s", _("Replay"), text2_now(&of(v)->a->d->title));
}

static const int replay_bar[] = { NAV_RIGHT, NAV_LEFT, NAV_BACK, 0 };

static const struct view_ops replay_ops = {
    .name = "replay", .context = IN_TEXT, .bar = replay_bar, .load = replay_load, .draw = view_draw,
        .act = replay_act,
    .focus = view_focus, .title = replay_title, .close = view_close,
};

struct view *replay_view_new(struct attempt *take, const struct drill_score *score)
{
    return view_new(&replay_ops, take, score);
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
