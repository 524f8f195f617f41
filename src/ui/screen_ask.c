/* screen_ask.c - questions as panels on the stack: yes or no, a line of text, one of several.
 *
 * A panel takes every key first (it counts as a text field), is taken off the stack, and only then gives its answer:
 * the function that gets it may push the next view. */
#include "dolen/ui/screen.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/actions.h"
#include "dolen/ui/choice.h"
#include "dolen/ui/line.h"
#include "screen_priv.h"
#include "dolen/base/banned.h"

#define ASK_BYTES    400
#define CHOICES_SEEN 12

struct question {
    struct view    view;
    struct text2   prompt;              /* in both languages: the question may stand while the language changes */
    bool           yes;                 /* which of the two has the focus */
    int            again;               /* the action that asked: its key once more is a yes; 0: no key is */
    uint64_t       asked_in;            /* where that key was pressed */
    struct line   *line;
    struct choice *choice;
    unsigned     (*answer_yes)(void *ctx, bool yes);
    unsigned     (*answer_text)(void *ctx, const char *text);
    unsigned     (*changed)(void *ctx, const char *text);
    unsigned     (*answer_index)(void *ctx, int index);
    void          *ctx;
};

static struct question *question_of(struct view *v)
{
    return (struct question *) v;       /* view stands first */
}

static const char *prompt_of(const struct question *q)
{
    return text2_now(&q->prompt);
}

static struct question *question_new(const struct view_ops *ops, struct text2 take, void *ctx)
{
    struct question *q = xcalloc(1, sizeof *q);

    q->view.ops = ops;
    q->prompt = take;
    q->ctx = ctx;
    return q;
}

static void question_close(struct view *v)
{
    struct question *q = question_of(v);

    line_free(&q->line);
    choice_free(&q->choice);
    text2_release(&q->prompt);
    free(q);
}

static bool takes_keys(struct view *v)
{
    (void) v;
    return true;
}

static unsigned back_is(struct view *v, int action, unsigned (*cancel)(struct view *v))
{
    return action == NAV_BACK ? cancel(v) : (unsigned) REACT_PASS;
}

/* --- yes or no --- */

static unsigned say(struct view *v, bool yes)
{
    struct question *q = question_of(v);

    screen_remove(v->screen, v);
    return q->answer_yes(q->ctx, yes) | REACT_DRAW;
}

static unsigned say_no(struct view *v)
{
    return say(v, false);
}

static unsigned confirm_act(struct view *v, int action)
{
    return back_is(v, action, say_no);
}

/* y and n work in both languages, and so does the first letter of the translated word (i, n in Welsh). */
static bool is_letter_of(const struct key *k, const char *plain, const char *word)
{
    struct buf typed = BUF_INIT, first = BUF_INIT;

    text_fold(&typed, k->text);
    text_fold(&first, word);
    bool same = str_eq(buf_text(&typed), plain) || (typed.len == 1 && first.len > 0 && typed.s[0] == first.s[0]);

    buf_release(&typed);
    buf_release(&first);
    return same;
}

/* ! and ? keep their meaning where no word is being typed: whoever needs them has no time to look for another key. */
static bool keeps_meaning(struct view *v, const struct key *k)
{
    int id = key_is_text(k) && ispunct((unsigned char) k->text[0])
                 ? keymap_lookup(screen_keymap(v->screen), k, v->ops->context) : 0;

    return id == ACT_SERIOUS || id == NAV_HELP;
}

static unsigned say_letters(struct view *v)
{
    /* L10N: y and n are the first letters of the words Yes and No, as translated. */
    screen_message(v->screen, STYLE_HINT, "%s", _("Here y is yes and n is no."));
    return REACT_DRAW;
}

static unsigned confirm_key(struct view *v, const struct key *k)
{
    struct question *q = question_of(v);

    if (keeps_meaning(v, k))
        return REACT_PASS;
    if (key_is_text(k)) {
        if (is_letter_of(k, "y", _("Yes")))
            return say(v, true);
        return is_letter_of(k, "n", _("No")) ? say(v, false) : say_letters(v);
    }
    if (q->again && keymap_lookup(screen_keymap(v->screen), k, q->asked_in) == q->again)
        return say(v, true);
    switch (k->code) {
    case K_ENTER: return say(v, q->yes);
    case K_ESC:   return say(v, false);
    case K_LEFT: case K_RIGHT: case K_UP: case K_DOWN: case K_TAB: case K_SHIFT_TAB:
        q->yes = !q->yes;
        return REACT_DRAW;
    default:      return REACT_PASS;
    }
}

static int confirm_height(struct view *v, int cols)
{
    return text_wrapped_rows(prompt_of(question_of(v)), cols) + 1;
}

static int draw_button(struct area a, int y, int x, const char *word, bool focused)
{
    int used = area_text(a, y, x, 2, STYLE_TEXT, focused ? "> " : "  ");

    used += area_text(a, y, x + used, -1, STYLE_HEADING, word);
    if (focused) {
        area_focus(a, y, x, used + 1);
        area_cursor(a, y, x + 2, false);
    }
    return used + 3;
}

static void confirm_draw(struct view *v, struct area body)
{
    struct question *q = question_of(v);
    int y = area_wrap(body, 0, 0, -1, STYLE_TEXT, prompt_of(q)), x;

    y = y < body.rows ? y : body.rows - 1;
    x = draw_button(body, y, 0, _("Yes"), q->yes);
    draw_button(body, y, x, _("No"), !q->yes);
}

static const struct view_ops confirm_ops = {
    .name = "confirm", .context = IN_DIALOG, .flags = VIEW_PANEL, .draw = confirm_draw, .key = confirm_key,
    .act = confirm_act, .editing = takes_keys, .height = confirm_height, .close = question_close,
};

void screen_confirm(struct screen *s, struct text2 take, unsigned (*done)(void *ctx, bool yes), void *ctx)
{
    struct question *q = question_new(&confirm_ops, take, ctx);

    q->answer_yes = done;
    screen_push(s, &q->view);
}

void screen_confirm_again(struct screen *s, struct text2 take, int action, unsigned (*done)(void *ctx, bool yes),
                          void *ctx)
{
    uint64_t asked_in = screen_context(s);

    screen_confirm(s, take, done, ctx);
    question_of(screen_top(s))->again = action;
    question_of(screen_top(s))->asked_in = asked_in;
}

/* --- a line of text --- */

static unsigned give_text(struct view *v, bool given)
{
    struct question *q = question_of(v);
    struct buf text = BUF_INIT;
    unsigned r;

    buf_add(&text, line_text(q->line));     /* a copy: the answer may lock the file, which closes every view */
    screen_remove(v->screen, v);
    r = q->answer_text(q->ctx, given ? buf_text(&text) : NULL);
    buf_wipe(&text);
    return r | REACT_DRAW;
}

static unsigned give_none(struct view *v)
{
    return give_text(v, false);
}

static unsigned ask_act(struct view *v, int action)
{
    return back_is(v, action, give_none);
}

static unsigned edited_line(struct view *v, enum edited e)
{
    struct question *q = question_of(v);

    switch (e) {
    case EDIT_PASS:    return REACT_PASS;
    case EDIT_NOTHING: return REACT_NONE;
    case EDIT_FULL:
        screen_message(v->screen, STYLE_WARN, "%s", _("There is no room for more here. Shorten what is there, or "
                                                      "go on in another field."));
        return REACT_DRAW;
    case EDIT_CHANGED: return q->changed ? q->changed(q->ctx, line_text(q->line)) | REACT_DRAW : (unsigned) REACT_DRAW;
    case EDIT_MOVED:
    case EDIT_DONE:
    default:           return REACT_DRAW;
    }
}

static unsigned ask_key(struct view *v, const struct key *k)
{
    if (k->code == K_ENTER || k->code == K_ESC)
        return give_text(v, k->code == K_ENTER);
    return edited_line(v, line_key(question_of(v)->line, k));
}

/* Prompt and field share a row unless the prompt would leave the field less than half. */
static bool on_one_row(const struct question *q, int cols)
{
    return text_width(prompt_of(q)) + 1 <= cols / 2;
}

static int ask_height(struct view *v, int cols)
{
    struct question *q = question_of(v);

    return on_one_row(q, cols) ? 1 : text_wrapped_rows(prompt_of(q), cols) + 1;
}

static void ask_draw(struct view *v, struct area body)
{
    struct question *q = question_of(v);

    if (on_one_row(q, body.cols)) {
        int x = area_text(body, 0, 0, -1, STYLE_LABEL, prompt_of(q));

        line_draw(q->line, body, 0, x ? x + 1 : 0, -1, true);
        return;
    }
    int y = area_wrap(body, 0, 0, -1, STYLE_LABEL, prompt_of(q));

    line_draw(q->line, body, y < body.rows ? y : body.rows - 1, 0, -1, true);
}

static const struct view_ops ask_ops = {
    .name = "ask", .context = IN_DIALOG, .flags = VIEW_PANEL, .draw = ask_draw, .key = ask_key, .act = ask_act,
    .editing = takes_keys, .height = ask_height, .close = question_close,
};

static const struct view_ops masked_ops = {
    .name = "ask", .context = IN_DIALOG, .flags = VIEW_PANEL | VIEW_SECRET, .draw = ask_draw, .key = ask_key,
    .act = ask_act,
    .editing = takes_keys, .height = ask_height, .close = question_close,
};

void screen_ask(struct screen *s, const struct ask *a)
{
    struct question *q = question_new(a->flags & ASK_MASKED ? &masked_ops : &ask_ops, a->prompt, a->ctx);

    q->line = line_new(a->max_bytes ? a->max_bytes : ASK_BYTES, a->flags & ASK_MASKED ? LINE_MASKED : 0);
    if (a->initial)
        line_set(q->line, a->initial);
    q->changed = a->changed;
    q->answer_text = a->done;
    screen_push(s, &q->view);
}

/* --- one of several --- */

static unsigned give_index(struct view *v, int index)
{
    struct question *q = question_of(v);

    screen_remove(v->screen, v);
    return q->answer_index(q->ctx, index) | REACT_DRAW;
}

static unsigned choose_none(struct view *v)
{
    return give_index(v, -1);
}

static unsigned chosen(struct view *v, enum edited e)
{
    if (e == EDIT_DONE)
        return give_index(v, (int) choice_selected(question_of(v)->choice));
    if (e == EDIT_MISSED)
        screen_message(v->screen, STYLE_WARN, _("Nothing here has \"%s\". Backspace begins again."),
                       choice_typed(question_of(v)->choice));
    if (e == EDIT_MOVED && choice_waits(question_of(v)->choice))
        screen_message(v->screen, STYLE_HINT, "%s", _("Enter takes it; another digit goes on with it."));
    return e == EDIT_PASS ? (unsigned) REACT_PASS : e == EDIT_NOTHING ? (unsigned) REACT_NONE : (unsigned) REACT_DRAW;
}

static unsigned choose_act(struct view *v, int action)
{
    return action == NAV_BACK ? choose_none(v) : chosen(v, choice_act(question_of(v)->choice, action));
}

static unsigned choose_key(struct view *v, const struct key *k)
{
    if (!*choice_typed(question_of(v)->choice) && keeps_meaning(v, k))
        return REACT_PASS;
    return k->code == K_ESC ? choose_none(v) : chosen(v, choice_key(question_of(v)->choice, k));
}

static int choose_height(struct view *v, int cols)
{
    struct question *q = question_of(v);
    int rows = choice_rows(q->choice);

    return text_wrapped_rows(prompt_of(q), cols) + (rows < CHOICES_SEEN ? rows : CHOICES_SEEN) +
           choice_whole_rows(q->choice, cols);
}

static void choose_draw(struct view *v, struct area body)
{
    struct question *q = question_of(v);
    int y = area_wrap(body, 0, 0, -1, STYLE_LABEL, prompt_of(q));

    int whole = choice_whole_rows(q->choice, body.cols), room;

    y = y < body.rows ? y : body.rows - 1;
    whole = whole < body.rows - y ? whole : body.rows - y - 1;
    room = body.rows - y - whole;
    if (whole > 0)
        choice_draw_whole(q->choice, area_sub(body, y + room, 0, -1, -1));
    choice_draw(q->choice, area_sub(body, y, 0, room, -1), true);
}

static const struct view_ops choose_ops = {
    .name = "choose", .context = IN_DIALOG, .flags = VIEW_PANEL, .draw = choose_draw, .key = choose_key,
    .act = choose_act, .editing = takes_keys, .height = choose_height, .close = question_close,
};

struct choice *screen_choose(struct screen *s, struct text2 take, unsigned (*done)(void *ctx, int index), void *ctx)
{
    struct question *q = question_new(&choose_ops, take, ctx);

    q->choice = choice_new(0);
    q->answer_index = done;
    screen_push(s, &q->view);
    return q->choice;
}
