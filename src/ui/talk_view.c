/* talk_view.c - talking with the invented person of a drill: what was heard, and the ways to respond, numbered. */
#include "dolen/ui/drills.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/list.h"
#include "dolen/ui/text_view.h"
#include "dolen/base/banned.h"

#define WANTED_ROWS 15                  /* at most: the form above keeps the rest */

struct talk_view {
    struct view       view;             /* first */
    struct ui        *ui;
    struct id         person;
    struct talk_host  host;
    struct talk_model model;
    struct text_view *heard;
    struct list       list;
    bool              low, narrow;      /* few rows: one's own words take one; few columns: the kind stands below */
};

static struct talk_view *of(struct view *v)
{
    return (struct talk_view *) v;
}

/* --- the model -------------------------------------------------------------------------------------------------- */

static void talk_model_release(struct talk_model *m)
{
    for (size_t i = 0; i < m->line_count; i++)
        free(m->lines[i].text);
    for (size_t i = 0; i < m->offer_count; i++) {
        free(m->offers[i].kind);
        free(m->offers[i].text);
    }
    free(m->lines);
    free(m->offers);
    *m = (struct talk_model) { .line_count = 0 };
}

void talk_model_line(struct talk_model *m, enum talk_voice voice, const char *text)
{
    struct talk_line *l = ARRAY_ADD(m->lines, m->line_count, m->line_cap);

    l->voice = voice;
    l->text = xstrdup(text);
}

void talk_model_offer(struct talk_model *m, const char *id, const char *kind, const char *text)
{
    struct talk_offer *o = ARRAY_ADD(m->offers, m->offer_count, m->offer_cap);

    str_copy(o->id, sizeof o->id, id);
    o->kind = xstrdup(kind);
    o->text = xstrdup(text);
}

/* In a small window the rows belong to the person: one's own words are known, and take one. */
static void add_own_words(struct talk_view *t, const char *text, int cols)
{
    struct buf b = BUF_INIT;
    size_t fits;

    buf_addf(&b, _("You: %s"), text);
    fits = text_fit(buf_text(&b), cols, NULL);
    if (t->low && fits < b.len)
        text_view_addf(t->heard, STYLE_DIM, "%.*s…", (int) text_fit(buf_text(&b), cols - 1, NULL), buf_text(&b));
    else
        text_view_add(t->heard, STYLE_DIM, buf_text(&b));
    buf_release(&b);
}

static void hear_again(struct talk_view *t, int cols)
{
    text_view_clear(t->heard);
    for (size_t i = 0; i < t->model.line_count; i++) {
        const struct talk_line *l = &t->model.lines[i];

        if (l->voice == TALK_SCENE)
            text_view_addf(t->heard, STYLE_HINT, "[%s]", l->text);
        else if (l->voice == TALK_YOU)
            add_own_words(t, l->text, cols);
        else
            text_view_add(t->heard, STYLE_VALUE, l->text);
    }
}

static enum status talk_load(struct view *v, struct err *err)
{
    struct talk_view *t = of(v);
    enum status st;

    talk_model_release(&t->model);
    st = t->host.load(t->host.ctx, &t->model, err);
    text_view_act(t->heard, NAV_FIRST);
    list_set_count(&t->list, t->model.offer_count);
    list_select(&t->list, 0);
    return st;
}

/* --- drawing ---------------------------------------------------------------------------------------------------- */

static int talk_height(struct view *v, int cols)
{
    const struct talk_view *t = of(v);
    int rows = 1 + (int) t->model.offer_count + 3;

    for (size_t i = 0; i < t->model.line_count; i++)
        rows += text_wrapped_rows(t->model.lines[i].text, cols);
    return rows < WANTED_ROWS ? rows : WANTED_ROWS;
}

static void draw_offer(void *ctx, size_t i, struct area row)
{
    const struct talk_view *t = ctx;
    const struct talk_offer *o = &t->model.offers[i];
    struct buf b = BUF_INIT;

    if (t->narrow)
        buf_addf(&b, "%zu. %s", i + 1, o->text);
    else
        buf_addf(&b, "%zu. %s: %s", i + 1, o->kind, o->text);
    area_words(row, 0, 0, -1, STYLE_TEXT, buf_text(&b));
    buf_release(&b);
}

/* The whole of the offer in focus, where its row had to be cut. */
static int draw_whole(const struct talk_view *t, struct area a, int most)
{
    const struct talk_offer *o = t->model.offer_count ? &t->model.offers[t->list.selected] : NULL;
    struct buf b = BUF_INIT;
    int rows;

    if (o && t->narrow)
        buf_addf(&b, "%s: ", o->kind);
    buf_add(&b, o ? o->text : t->model.hint);
    rows = text_wrapped_rows(buf_text(&b), a.cols);
    rows = rows < most ? rows : most;
    if (rows > 0)
        area_wrap(area_sub(a, a.rows - rows, 0, rows, -1), 0, 0, -1, o ? STYLE_VALUE : STYLE_HINT, buf_text(&b));
    buf_release(&b);
    return rows;
}

/* Where the words go on below, the key that shows them is said, were it at the cost of the minutes. */
static void draw_title(const struct talk_view *t, struct area a, bool more)
{
    const char *hint = more ? _("PageDown: more") : t->model.offer_count ? _("Esc to write") : "";
    int left = a.cols - text_width(hint) - 2;

    if (more || text_width(t->model.title) <= left) {
        area_text_right(a, 0, a.cols, STYLE_HINT, hint);
        a.cols = left;
    }
    area_words(a, 0, 0, a.cols, STYLE_HEADING, t->model.title);
}

static void talk_draw(struct view *v, struct area body)
{
    struct talk_view *t = of(v);
    struct list_source src = { .row = draw_offer, .empty = "", .ctx = t };
    int offers = (int) t->model.offer_count, whole, heard, wanted;

    t->low = body.rows <= 12;
    t->narrow = body.cols < 60;
    hear_again(t, body.cols - 2);
    wanted = text_view_rows(t->heard, body.cols);
    whole = draw_whole(t, body, body.rows > 8 || !offers ? 3 : 1);
    if (offers > body.rows - whole - 1 - wanted)
        offers = body.rows - whole - 1 - wanted > 2 ? body.rows - whole - 1 - wanted : offers < 2 ? offers : 2;
    heard = body.rows - 1 - whole - offers;
    draw_title(t, body, wanted > heard);
    if (heard > 0)
        text_view_draw(t->heard, area_sub(body, 1, 0, heard, -1));
    if (t->model.offer_count)
        list_draw(&t->list, &src, area_sub(body, 1 + heard, 0, offers, -1));
}

/* --- keys ------------------------------------------------------------------------------------------------------- */

static unsigned say(struct talk_view *t, size_t i)
{
    if (i < t->model.offer_count)
        return t->host.say(t->host.ctx, t->model.offers[i].id);
    screen_message(t->view.screen, STYLE_HINT, _("A number from %d to %d."), 1, (int) t->model.offer_count);
    return REACT_DRAW;
}

/* Once it is over there is nothing to say, and a digit is as any other key. */
static unsigned talk_key(struct view *v, const struct key *k)
{
    if (!key_is_text(k) || k->text[0] < '1' || k->text[0] > '9' || k->text[1] || !of(v)->model.offer_count)
        return REACT_PASS;
    return say(of(v), (size_t) (k->text[0] - '1'));
}

/* The talk waits. On a form W alone would be the first letter of what was heard. */
static unsigned leave(struct view *v)
{
    const struct view *below = screen_below(v->screen, v);

    screen_message(v->screen, STYLE_HINT, "%s",
                   below && below->ops->context & IN_FORM
                       ? _("Write down what you heard. Ctrl-O, then W, goes on with the talk.")
                       : _("W goes on with the talk."));
    return REACT_BACK;
}

static unsigned talk_act(struct view *v, int action)
{
    struct talk_view *t = of(v);
    struct list_source src = { .row = draw_offer, .empty = "", .ctx = t };

    if (action == NAV_BACK && t->model.offer_count)
        return leave(v);
    if (action == NAV_OPEN && t->model.offer_count)
        return say(t, t->list.selected);
    if (action == NAV_PAGE_UP || action == NAV_PAGE_DOWN)
        return text_view_act(t->heard, action);
    return list_act(&t->list, &src, action);
}

static struct focus talk_focus(struct view *v)
{
    return (struct focus) { .person = of(v)->person };
}

static void talk_close(struct view *v)
{
    struct talk_view *t = of(v);

    if (t->host.release)
        t->host.release(t->host.ctx);
    talk_model_release(&t->model);
    text_view_free(&t->heard);
    free(t);
}

/* There is nothing more to say once the conversation is over. */
static bool talk_idle(struct view *v, int action)
{
    return action == NAV_OPEN && !of(v)->model.offer_count;
}

static const int bar[] = { NAV_OPEN, NAV_BACK, ACT_DRILL_DONE, ACT_SERIOUS, ACT_DRILLS, 0 };

static const struct view_ops ops = {
    .name = "talk", .context = IN_TALK, .stale_on = CHANGED(DRILL) | CHANGED(DRILL_STEP), .flags = VIEW_PANEL,
    .bar = bar,
    .load = talk_load, .draw = talk_draw, .key = talk_key, .act = talk_act, .focus = talk_focus,
    .idle = talk_idle, .height = talk_height,
    .close = talk_close,
};

struct view *talk_view_new(struct ui *u, struct id person, const struct talk_host *host)
{
    struct talk_view *t = xcalloc(1, sizeof *t);

    t->view.ops = &ops;
    t->ui = u;
    t->person = person;
    t->host = *host;
    t->heard = text_view_new();
    return &t->view;
}
