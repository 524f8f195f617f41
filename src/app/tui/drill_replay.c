/* drill_replay.c - the same play again: key by key with the screen that each one brought, or step by step with the
 * points that were decided there. */
#include "tui_drill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/drill/drill_file.h"
#include "dolen/drill/drill_keys.h"
#include "dolen/ui/text_view.h"
#include "dolen/base/banned.h"

#define LONGEST_MS 3000                 /* a longer pause for thought is not waited for, only told */
#define POINT_ROWS 3

struct replay_view {
    struct view         view;           /* first */
    struct attempt     *a;
    struct drill_keys  *keys;
    struct drill_score  score;
    bool                by_keys, runs;
    int                 step;           /* steps: -1 is how it begins */
    size_t              at;             /* keys */
    int                 scroll;         /* rows away from where the cursor was */
    struct drill_screen screen;
    struct text_view   *text;
};

static struct replay_view *of(struct view *v)
{
    return (struct replay_view *) v;
}

/* --- what was decided ------------------------------------------------------------------------------------------- */

/* Calls fn for each line of the rubric that was decided at this step of the log. */
static void each_point(const struct replay_view *r, int step, void (*fn)(void *ctx, enum style style, const char *text),
                       void *ctx)
{
    for (size_t i = 0; i < r->a->d->line_count; i++) {
        const struct drill_line *x = &r->a->d->lines[i];
        const struct drill_verdict *v = &r->score.lines[i];
        bool harm = x->points < 0;
        char *text;

        if (step < 0 || v->step != step || (harm && !v->yes))
            continue;
        text = xasprintf("%+d  %s", v->yes ? x->points : 0, text2_now(v->yes ? &x->earned : &x->lost));
        fn(ctx, v->yes && !harm ? STYLE_GOOD : STYLE_WARN, text);
        free(text);
    }
}

/* What came with the drill was nobody's step. */
static bool came_with_it(const struct drill_log *l)
{
    return l->kind == LOG_ARRIVED || l->kind == LOG_ASSET;
}

/* Steps somebody took, among the first `n` of the log. */
static int steps_taken(const struct replay_view *r, size_t n)
{
    size_t all;
    const struct drill_log *log = drill_play_log(r->a->play, &all);
    int taken = 0;

    for (size_t i = 0; i < n && i < all; i++)
        taken += !came_with_it(&log[i]);
    return taken;
}

static size_t log_count(const struct replay_view *r)
{
    size_t n;

    drill_play_log(r->a->play, &n);
    return n;
}

/* --- step by step ----------------------------------------------------------------------------------------------- */

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

static void add_what(struct replay_view *r, const struct drill_log *l)
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

static int trust_after(const struct replay_view *r)
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

static void text_point(void *ctx, enum style style, const char *text)
{
    text_view_add(ctx, style, text);
}

static void load_step(struct replay_view *r)
{
    size_t n;
    const struct drill_log *log = drill_play_log(r->a->play, &n);

    text_view_addf(r->text, STYLE_DIM, _("Step %d of %zu, minute %d, trust %d of %d"),
                   steps_taken(r, (size_t) (r->step + 1)), (size_t) steps_taken(r, n),
                   r->step >= 0 ? log[r->step].clock : 0, trust_after(r), DRILL_TRUST_MAX);
    if (r->step < 0)
        text_view_add(r->text, STYLE_HINT, _("Right or Enter goes on, Left goes back."));
    if (r->step < 0 && !drill_keys_count(r->keys))
        text_view_add(r->text, STYLE_HINT, _("No keys were kept of this one; it goes step by step."));
    if (r->step >= 0)
        add_what(r, &log[r->step]);
    drill_play_hear(r->a->play, r->step, hear, r->text);
    each_point(r, r->step, text_point, r->text);
    if (r->step + 1 == (int) n)
        text_view_add(r->text, STYLE_DIM, _("This was the last step."));
}

/* Out of bounds: stays. */
static int step_by(const struct replay_view *r, int by)
{
    size_t n;
    const struct drill_log *log = drill_play_log(r->a->play, &n);
    int at = r->step + by;

    while (at >= 0 && at < (int) n && came_with_it(&log[at]))
        at += by;
    return at >= (int) n ? r->step : at < -1 ? -1 : at;
}

/* --- key by key ------------------------------------------------------------------------------------------------- */

static void key_words(const struct drill_key *k, struct buf *out)
{
    struct key key;

    if (k->kind == KEY_BEGINS)
        buf_add(out, _("It begins, or goes on after a lock."));
    else if (k->kind == KEY_SECRET)
        buf_add(out, _("A passphrase was asked for: nothing of that is kept."));
    else if (key_parse(k->name, 0, &key))
        key_label(out, &key);
    else
        buf_add(out, k->name);
}

/* "Key 12 of 340: Enter" and when. */
static void key_line(const struct replay_view *r, struct buf *out)
{
    const struct drill_key *k = drill_keys_at(r->keys, r->at);
    size_t n = drill_keys_count(r->keys);
    int64_t tenths = k->ms / 100;

    buf_addf(out, _("Key %zu of %zu:"), r->at, n - 1);
    buf_add(out, " ");
    key_words(k, out);
    buf_add(out, "  ");
    buf_addf(out, _("(minute %d, step %d of %d)"), k->minute, steps_taken(r, (size_t) k->step),
             steps_taken(r, log_count(r)));
    if (tenths > 0)
        buf_addf(out, _(" after %d.%d s"), (int) (tenths / 10), (int) (tenths % 10));
    if (r->runs)
        buf_addf(out, "  %s", _("runs on"));
    else if (r->at + 1 == n)
        buf_addf(out, "  %s", _("This was the last key."));
}

struct point_rows {
    struct area a;
    int         y;
};

static void row_point(void *ctx, enum style style, const char *text)
{
    struct point_rows *p = ctx;

    if (p->y < p->a.rows)
        area_marked(p->a, p->y, 0, -1, style, text);
    p->y++;
}

/* What was decided by this key. With no rows in the area only how many there are is told. */
static int key_points(const struct replay_view *r, struct area a)
{
    struct point_rows p = { a, 0 };
    int from = r->at ? drill_keys_at(r->keys, r->at - 1)->step : drill_keys_at(r->keys, 0)->step;

    for (int step = from; step < drill_keys_at(r->keys, r->at)->step; step++)
        each_point(r, step, row_point, &p);
    return p.y;
}

static int bounded(int n, int most)
{
    return n > most ? (most > 0 ? most : 0) : n < 0 ? 0 : n;
}

/* The rows to show, by number: blank ones are left out, the last first, while there are more than the room takes. */
static int rows_to_show(const struct drill_screen *s, int room, int shown[DRILL_ROWS_MAX])
{
    int n = s->rows < DRILL_ROWS_MAX ? s->rows : DRILL_ROWS_MAX;

    for (int y = 0; y < n; y++)
        shown[y] = y;
    for (int i = n - 1; i >= 0 && n > room; i--) {
        if (s->text[shown[i]] || shown[i] == s->y)
            continue;
        memmove(shown + i, shown + i + 1, (size_t) (n - i - 1) * sizeof *shown);
        n--;
    }
    return n;
}

/* The part of the screen round its cursor, where it is larger than the room for it. */
static void draw_screen(struct replay_view *r, struct area a)
{
    const struct drill_screen *s = &r->screen;
    int shown[DRILL_ROWS_MAX], n = rows_to_show(s, a.rows, shown), at = 0, top, used;
    int left = bounded(s->x - a.cols + 8, s->cols - a.cols), most = n > a.rows ? n - a.rows : 0;

    while (at + 1 < n && shown[at] != s->y)
        at++;
    top = bounded(at - a.rows + 2, most);
    r->scroll = top + r->scroll > most ? most - top : top + r->scroll < 0 ? -top : r->scroll;
    top += r->scroll;
    for (int y = 0; y < a.rows && top + y < n; y++) {
        const char *row = s->text[shown[top + y]];

        if (row)
            area_text_cut(a, y, 0, -1, STYLE_TEXT, row + text_fit(row, left, &used));
    }
    if (at >= top && at < top + a.rows)
        area_cursor(a, at - top, s->x - left, false);
}

static void draw_keys(struct replay_view *r, struct area body)
{
    struct buf line = BUF_INIT;
    int head, foot = key_points(r, area_sub(body, 0, 0, 0, -1));

    key_line(r, &line);
    head = area_wrap(body, 0, 0, -1, STYLE_HEADING, buf_text(&line));
    buf_wipe(&line);
    foot = bounded(foot, POINT_ROWS);
    foot = bounded(foot, (body.rows - head) / 3);
    area_hline(body, head, 0, -1, STYLE_LINE);
    area_cursor(body, 0, 0, false);
    draw_screen(r, area_sub(body, head + 1, 0, body.rows - head - foot - 1, -1));
    if (foot)
        key_points(r, area_sub(body, body.rows - foot, 0, foot, -1));
}

static void key_go(struct replay_view *r, size_t at)
{
    r->at = at;
    r->scroll = 0;
    drill_screen_release(&r->screen);
    drill_keys_screen(r->keys, at, &r->screen);
}

/* The next key, or the one before, that made a step of the drill. */
static size_t key_of_step(const struct replay_view *r, int by)
{
    size_t n = drill_keys_count(r->keys), at = r->at;

    while (by > 0 ? at + 1 < n : at > 0) {
        at = by > 0 ? at + 1 : at - 1;
        if (at > 0 && drill_keys_at(r->keys, at)->step != drill_keys_at(r->keys, at - 1)->step)
            return at;
    }
    return at;
}

/* --- both ------------------------------------------------------------------------------------------------------- */

static enum status replay_load(struct view *v, struct err *err)
{
    struct replay_view *r = of(v);

    (void) err;
    text_view_clear(r->text);
    if (!r->by_keys)
        load_step(r);
    return ST_OK;
}

static void replay_draw(struct view *v, struct area body)
{
    if (of(v)->by_keys)
        draw_keys(of(v), body);
    else
        text_view_draw(of(v)->text, body);
}

static unsigned keys_act(struct replay_view *r, int action)
{
    size_t n = drill_keys_count(r->keys), to = r->at;

    switch (action) {
    case NAV_OPEN: case NAV_RIGHT: case NAV_MARK: to += r->at + 1 < n; break;
    case NAV_LEFT:       to -= r->at > 0; break;
    case NAV_FIRST:      to = 0; break;
    case NAV_LAST:       to = n - 1; break;
    case NAV_NEXT_FIELD: to = key_of_step(r, 1); break;
    case NAV_PREV_FIELD: to = key_of_step(r, -1); break;
    case NAV_DOWN:       r->scroll++; return REACT_DRAW;
    case NAV_UP:         r->scroll--; return REACT_DRAW;
    default:             return REACT_PASS;
    }
    if (to != r->at)
        key_go(r, to);
    return REACT_DRAW;
}

static unsigned steps_act(struct replay_view *r, int action)
{
    int n = (int) log_count(r), to;

    switch (action) {
    case NAV_OPEN: case NAV_RIGHT: case NAV_MARK: case NAV_NEXT_FIELD: to = step_by(r, 1); break;
    case NAV_LEFT: case NAV_PREV_FIELD: to = step_by(r, -1); break;
    case NAV_FIRST: to = -1; break;
    case NAV_LAST:  to = n - 1; break;
    default:        return text_view_act(r->text, action);
    }
    if (to == r->step)
        return REACT_NONE;
    r->step = to;
    r->view.stale = true;
    return REACT_RELOAD;
}

/* The other way of watching, at the same moment of the play. */
static unsigned switch_ways(struct replay_view *r)
{
    size_t n = drill_keys_count(r->keys), at = 0;

    if (!n) {
        screen_message(r->view.screen, STYLE_WARN, "%s", _("No keys were kept of this one; it goes step by step."));
        return REACT_DRAW;
    }
    r->by_keys = !r->by_keys;
    r->view.stale = true;
    if (!r->by_keys) {
        r->step = drill_keys_at(r->keys, r->at)->step - 1;
        r->step = steps_taken(r, (size_t) (r->step + 1)) ? r->step : -1;
        return REACT_RELOAD;
    }
    while (at + 1 < n && drill_keys_at(r->keys, at)->step <= r->step)
        at++;
    key_go(r, r->step < 0 ? 0 : at);
    return REACT_RELOAD;
}

static unsigned run_or_stop(struct replay_view *r, bool ran)
{
    if (!r->by_keys && !switch_ways(r))
        return REACT_NONE;
    r->runs = r->by_keys && !ran && r->at + 1 < drill_keys_count(r->keys);
    return REACT_RELOAD;
}

static unsigned replay_act(struct view *v, int action)
{
    struct replay_view *r = of(v);
    bool ran = r->runs;
    unsigned react;

    r->runs = false;
    if (action == ACT_REPLAY_STEPS)
        return switch_ways(r);
    if (action == ACT_REPLAY_RUN)
        return run_or_stop(r, ran);
    react = r->by_keys ? keys_act(r, action) : steps_act(r, action);
    return react == REACT_NONE && ran ? (unsigned) REACT_DRAW : react;
}

long replay_due(const struct view *top)
{
    const struct replay_view *r = (const struct replay_view *) top;
    int64_t ms;

    if (!top || !str_eq(top->ops->name, "replay") || !r->runs)
        return -1;
    ms = drill_keys_at(r->keys, r->at + 1)->ms;
    return ms < 1 ? 1 : ms > LONGEST_MS ? LONGEST_MS : (long) ms;
}

unsigned replay_tick(struct view *top)
{
    struct replay_view *r = of(top);

    key_go(r, r->at + 1);
    r->runs = r->at + 1 < drill_keys_count(r->keys);
    return REACT_DRAW;
}

static struct focus replay_focus(struct view *v)
{
    return (struct focus) { .person = record_id(&of(v)->a->row, DRILL_person), .kind = FOCUS_DRILL,
                            .question = of(v)->a->d->id };
}

static void replay_title(struct view *v, struct buf *out)
{
    buf_addf(out, "%s: %s", _("Replay"), text2_now(&of(v)->a->d->title));
}

static void replay_close(struct view *v)
{
    struct replay_view *r = of(v);

    text_view_free(&r->text);
    drill_screen_release(&r->screen);
    drill_keys_free(&r->keys);
    attempt_free(&r->a);
    free(v);
}

static const int bar[] = { NAV_OPEN, NAV_LEFT, ACT_REPLAY_RUN, ACT_REPLAY_STEPS, NAV_NEXT_FIELD, NAV_BACK, 0 };

static const struct view_ops ops = {
    .name = "replay", .context = IN_REPLAY | IN_TEXT, .bar = bar, .load = replay_load, .draw = replay_draw,
    .act = replay_act, .focus = replay_focus, .title = replay_title, .close = replay_close,
};

struct view *replay_view_new(struct attempt *take, struct drill_keys *keys, const struct drill_score *score)
{
    struct replay_view *r = xcalloc(1, sizeof *r);

    r->view.ops = &ops;
    r->a = take;
    r->keys = keys;
    r->score = *score;
    r->step = -1;
    r->by_keys = drill_keys_count(keys) > 1;
    r->text = text_view_new();
    if (r->by_keys)
        key_go(r, 0);
    return &r->view;
}
