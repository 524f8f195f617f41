/* command_view.c - ':' and the name of an action, completed by Tab and found by words of its help too. */
#include "dolen/ui/views.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/line.h"
#include "dolen/base/banned.h"

#define COMMAND_BYTES 200
#define MATCHES_MAX   64
#define MATCHES_SEEN  7

struct command_view {
    struct view          view;          /* first */
    struct line         *line;
    unsigned           (*done)(void *ctx, const char *line);
    void                *ctx;
    const struct action *matches[MATCHES_MAX];
    size_t               count, by_name, selected;      /* by_name: how many of them begin as typed; they come first */
    bool                 pointed;       /* Up or Down chose one: Enter takes it */
};

static struct command_view *command_of(struct view *v)
{
    return (struct command_view *) v;
}

static bool contains(const char *text, const char *folded)
{
    struct buf b = BUF_INIT;

    text_fold(&b, text);
    bool found = strstr(buf_text(&b), folded);

    buf_release(&b);
    return found;
}

/* 0: the name begins so; 1: it is in the name; 2: in label or help, as translated; -1: nowhere. */
static int rank(const struct action *a, const char *typed, const char *folded)
{
    if (str_starts(a->name, typed))
        return 0;
    if (*folded && contains(a->name, folded))
        return 1;
    return *folded && ((a->label && contains(tr(a->label), folded)) || contains(tr(a->help), folded)) ? 2 : -1;
}

static bool is_command(const struct action *a)
{
    return a->help && (a->id >= ACTION_OWN || a->id == NAV_HELP || a->id == NAV_BACK) && a->id != ACT_COMMAND;
}

static void find(struct command_view *c)
{
    const struct keymap *km = screen_keymap(c->view.screen);
    struct view *below = screen_below(c->view.screen, &c->view);
    uint64_t context = below ? below->ops->context : IN_EVERYWHERE;
    struct buf typed = BUF_INIT, folded = BUF_INIT;

    text_clean(&typed, line_text(c->line));
    if (help_asked(km, buf_text(&typed))) {                     /* what is behind it is for help to find */
        size_t name = strcspn(buf_text(&typed), " ");

        buf_remove(&typed, name, typed.len - name);
    }
    text_fold(&folded, buf_text(&typed));
    c->count = c->by_name = c->selected = 0;
    c->pointed = false;
    for (int want = 0; want < 3; want++) {
        for (size_t i = 0; i < keymap_count(km) && c->count < MATCHES_MAX; i++) {
            const struct action *a = keymap_at(km, i);

            if (is_command(a) && (a->where & context) && rank(a, buf_text(&typed), buf_text(&folded)) == want)
                c->matches[c->count++] = a;
        }
        if (want == 0)
            c->by_name = c->count;
    }
    buf_wipe(&typed);
    buf_wipe(&folded);
}

static enum status load(struct view *v, struct err *err)
{
    (void) err;
    find(command_of(v));
    return ST_OK;
}

/* The view is gone before done is called, which may push the next one. */
static unsigned give(struct command_view *c, const char *line)
{
    struct buf copy = BUF_INIT;

    if (line)
        text_clean(&copy, line);
    screen_pop(c->view.screen);
    unsigned r = c->done(c->ctx, line ? buf_text(&copy) : NULL);

    buf_wipe(&copy);
    return r | REACT_DRAW;
}

static unsigned point(struct command_view *c, int by)
{
    if (c->count == 0)
        return REACT_NONE;
    if (c->pointed || by < 0)
        c->selected = (c->selected + (by > 0 ? 1 : c->count - 1)) % c->count;
    c->pointed = true;
    return REACT_DRAW;
}

/* Words that several actions have: the first of them is pointed at, and the next Enter takes it. */
static unsigned enter(struct command_view *c)
{
    struct buf typed = BUF_INIT;

    text_clean(&typed, line_text(c->line));
    if (help_asked(screen_keymap(c->view.screen), buf_text(&typed))) {
        buf_release(&typed);
        return give(c, line_text(c->line));
    }
    const struct action *named = keymap_find(screen_keymap(c->view.screen), buf_text(&typed));
    bool exact = named && is_command(named);
    bool take = typed.len > 0 && !exact && (c->by_name == 1 || c->count == 1);
    bool several = typed.len > 0 && !exact && !take && !c->pointed && c->count > 1;

    buf_release(&typed);
    if (several)
        return point(c, 1);
    return give(c, take || c->pointed ? c->matches[c->selected]->name : line_text(c->line));
}

static unsigned complete(struct command_view *c)
{
    if (c->count == 0)
        return REACT_NONE;
    line_set(c->line, c->matches[c->selected]->name);
    find(c);
    return REACT_DRAW;
}

static unsigned key(struct view *v, const struct key *k)
{
    struct command_view *c = command_of(v);

    switch (k->code) {
    case K_ESC:   return give(c, NULL);
    case K_ENTER: return enter(c);
    case K_TAB:   return complete(c);
    case K_UP:    return point(c, -1);
    case K_DOWN:  return point(c, 1);
    default:      break;
    }
    enum edited r = line_key(c->line, k);

    if (r == EDIT_CHANGED)
        find(c);
    return r == EDIT_PASS ? (unsigned) REACT_PASS : (unsigned) REACT_DRAW;
}

static unsigned act(struct view *v, int action)
{
    return action == NAV_BACK ? give(command_of(v), NULL) : (unsigned) REACT_PASS;
}

static int height(struct view *v, int cols)
{
    (void) v, (void) cols;
    return 1 + MATCHES_SEEN;            /* always the same, so that the screen above does not jump */
}

static void draw_match(const struct command_view *c, struct area a, int y, size_t i)
{
    int name_cols = a.cols >= 60 ? 22 : 16;
    bool here = c->pointed && i == c->selected;

    area_text(a, y, 0, 1, STYLE_TEXT, here ? style_mark(STYLE_FOCUS) : " ");
    area_text(a, y, 2, name_cols - 1, STYLE_KEY, c->matches[i]->name);
    area_words(a, y, 2 + name_cols, -1, STYLE_TEXT, tr(c->matches[i]->help));
    if (here)
        area_focus(a, y, 0, -1);
}

static void draw(struct view *v, struct area body)
{
    struct command_view *c = command_of(v);
    size_t room = body.rows > 1 ? (size_t) body.rows - 1 : 0;
    size_t first = c->selected >= room && room > 0 ? c->selected - room + 1 : 0;

    if (c->count == 0 && room > 0)
        area_text(body, 1, 2, -1, STYLE_HINT, _("No action is called so."));
    for (size_t i = 0; i < room && first + i < c->count; i++)
        draw_match(c, body, (int) i + 1, first + i);
    int x = area_text(body, 0, 0, -1, STYLE_LABEL, ":");

    line_draw(c->line, body, 0, x, -1, true);
}

static bool editing(struct view *v)
{
    (void) v;
    return true;
}

static void close(struct view *v)
{
    line_free(&command_of(v)->line);
    free(v);
}

static const struct view_ops ops = {
    .name = "command", .context = IN_DIALOG, .flags = VIEW_PANEL, .load = load, .draw = draw, .key = key, .act = act,
    .editing = editing, .height = height, .close = close,
};

struct view *command_view_new(struct ui *u, unsigned (*done)(void *ctx, const char *line), void *ctx)
{
    struct command_view *c = xcalloc(1, sizeof *c);

    (void) u;
    c->view.ops = &ops;
    c->line = line_new(COMMAND_BYTES, 0);
    c->done = done;
    c->ctx = ctx;
    return &c->view;
}
