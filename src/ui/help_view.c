/* help_view.c - what can be done on the screen below, with the keys that do it: read from the action tables, so that it
 * cannot be out of date. */
#include "dolen/ui/views.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/line.h"
#include "dolen/ui/list.h"
#include "dolen/ui/notes.h"
#include "dolen/ui/text_view.h"
#include "search_line.h"
#include "dolen/base/banned.h"

#define KEYS_COLS  18
#define SEARCH_ROWS 14                  /* a smaller screen needs its rows until something is searched for */
#define NARROW     60                   /* below: keys and meaning on lines of their own */

struct help_view {
    struct view       view;             /* first */
    char             *of_view;
    uint64_t          context;
    struct text_view *text;
    int               cols;             /* the text was made for; 0 not yet */
    struct line      *line;             /* what is searched for */
    bool              editing;
    int               found;            /* actions in the text */
    bool              by_key;           /* what stands in the search line is the name of a key */
};

/* What the tables cannot say. */
static const struct {
    const char *view, *text;
} about[] = {
    { "form",
      N_("Up, Down and Tab go from question to question. Enter goes on; it never answers and never files. What you "
                 "type is kept as a draft all the time. In a text every letter is text: press Ctrl-O, and the next "
                 "key is an action. In a list of choices press a number, or type how the choice begins.") },
    { "today", N_("What is due, most urgent first, and why.") },
    { "serious", N_("What to do and whom to ring, in Welsh and English. It opens from every screen with F2.") },
};

enum part { PART_HERE, PART_EVERYWHERE, PART_MOVES, PART_ELSEWHERE, PART_COUNT };
static const char *const part_titles[PART_COUNT] = { N_("On this screen"), N_("On every screen"), N_("Moving about"),
                                                     N_("On other screens") };

static struct help_view *help_of(struct view *v)
{
    return (struct help_view *) v;
}

static enum part part_of(const struct action *a)
{
    if ((a->where & IN_EVERYWHERE) != IN_EVERYWHERE)
        return PART_HERE;
    return a->id < ACTION_OWN ? PART_MOVES : PART_EVERYWHERE;
}

/* Another row of the same action that is meant for this context says it better. */
static bool is_said_better(const struct keymap *km, const struct action *a, uint64_t context)
{
    for (size_t i = 0; part_of(a) != PART_HERE && i < keymap_count(km); i++) {
        const struct action *other = keymap_at(km, i);

        if (other != a && other->id == a->id && (other->where & context) && part_of(other) == PART_HERE)
            return true;
    }
    return false;
}

struct hanging {
    struct text_view *text;
    struct buf       *line;             /* begun with the keys; blanks from the second line on */
    int               indent;
};

static void add_line(void *ctx, const char *start, size_t bytes)
{
    struct hanging *h = ctx;
    int width = text_width(buf_text(h->line));

    buf_addf(h->line, "%*s", h->indent - width, "");
    buf_add_mem(h->line, start, bytes);
    text_view_add(h->text, STYLE_TEXT, buf_text(h->line));
    buf_clear(h->line);
}

/* "Up, k" has both. */
static bool is_on_key(const struct keymap *km, const struct action *a, uint64_t context, const char *key)
{
    struct buf keys = BUF_INIT;
    size_t n = strlen(key);
    bool found = false;

    keymap_keys(km, a->id, a->where & context ? context : a->where, &keys);
    for (const char *at = buf_text(&keys); *at && !found; at += strspn(at, ", ")) {
        found = strncmp(at, key, n) == 0 && (!at[n] || strncmp(at + n, ", ", 2) == 0);
        at += strcspn(at + 1, ",") + 1;                 /* the comma itself is a key too */
    }
    buf_release(&keys);
    return found;
}

/* By its key, where a key was asked about; else by its name, its word in the key bar, or anything that is said about it. */
static bool is_looked_for(const struct help_view *h, const struct action *a)
{
    struct buf all = BUF_INIT;
    bool fits;

    if (line_is_empty(h->line))
        return true;
    if (h->by_key)
        return is_on_key(screen_keymap(h->view.screen), a, h->context, line_text(h->line));
    buf_addf(&all, "%s %s %s", a->name, a->label ? tr(a->label) : "", tr(a->help));
    fits = pick_fit(buf_text(&all), NULL, line_text(h->line)) != PICK_NOT;
    buf_release(&all);
    return fits;
}

static void add_action(struct help_view *h, const struct keymap *km, const struct action *a, int cols)
{
    struct buf line = BUF_INIT;
    struct hanging hang = { h->text, &line, cols < NARROW ? 2 : KEYS_COLS };

    h->found++;
    keymap_keys(km, a->id, a->where & h->context ? h->context : a->where, &line);
    if (line.len == 0)
        buf_addf(&line, ":%s", a->name);
    if (text_width(buf_text(&line)) >= hang.indent) {
        text_view_add(h->text, STYLE_HEADING, buf_text(&line));
        buf_clear(&line);
    }
    text_wrap(tr(a->help), cols - 2 - hang.indent, add_line, &hang);
    buf_release(&line);
}

static void add_part(struct help_view *h, enum part part, int cols)
{
    const struct keymap *km = screen_keymap(h->view.screen);
    bool first = true;

    for (size_t i = 0; i < keymap_count(km); i++) {
        const struct action *a = keymap_at(km, i);

        bool here = a->where & h->context;

        if (!a->help || !is_looked_for(h, a) || here == (part == PART_ELSEWHERE))
            continue;
        if (here && (part_of(a) != part || is_said_better(km, a, h->context)))
            continue;
        if (first) {
            text_view_add(h->text, STYLE_TEXT, "");
            text_view_add(h->text, STYLE_LABEL, tr(part_titles[part]));
        }
        first = false;
        add_action(h, km, a, cols);
    }
}

static void add_marks(struct help_view *h)
{
    text_view_add(h->text, STYLE_TEXT, "");
    text_view_add(h->text, STYLE_LABEL, _("Marks"));
    text_view_addf(h->text, STYLE_TEXT,
                   _("%s the cursor is here   %s required and open   %s a reason why there is no answer"),
                   style_mark(STYLE_FOCUS), style_mark(STYLE_REQUIRED), style_mark(STYLE_MISSING));
    text_view_addf(h->text, STYLE_TEXT, _("%s does not pass   %s overdue or out of date   %s read something first"),
                   style_mark(STYLE_ERROR), style_mark(STYLE_OVERDUE), style_mark(STYLE_MARK));
}

/* What is not of this screen is shown when it is looked for. */
static void fill(struct help_view *h, int cols)
{
    bool all = line_is_empty(h->line);

    if (h->cols == cols)
        return;
    text_view_clear(h->text);
    h->found = 0;
    for (size_t i = 0; all && i < ARRAY_LEN(about); i++)
        if (str_eq(about[i].view, h->of_view))
            text_view_add(h->text, STYLE_TEXT, tr(about[i].text));
    for (enum part p = PART_HERE; p < (all ? PART_ELSEWHERE : PART_COUNT); p++)
        add_part(h, p, cols);
    if (all)
        add_marks(h);
    else if (h->found == 0)
        text_view_add(h->text, STYLE_HINT, _("Nothing has that in it. Backspace takes letters away."));
    h->cols = cols;
}

static enum status load(struct view *v, struct err *err)
{
    (void) err;
    help_of(v)->cols = 0;               /* the language may be another one now */
    return ST_OK;
}

static void draw(struct view *v, struct area body)
{
    struct help_view *h = help_of(v);
    int top = h->editing || !line_is_empty(h->line) || body.rows >= SEARCH_ROWS;

    fill(h, body.cols);
    text_view_draw(h->text, area_sub(body, top, 0, body.rows - top, -1));
    if (top)
        search_line_draw(h->line, h->editing, area_sub(body, 0, 0, 1, -1), _("/ then a word"));
}

static unsigned search_again(struct help_view *h)
{
    h->cols = 0;
    h->by_key = false;
    text_view_act(h->text, NAV_FIRST);
    return REACT_DRAW;
}

static unsigned key(struct view *v, const struct key *k)
{
    struct help_view *h = help_of(v);
    bool changed;
    unsigned react = search_line_key(h->line, &h->editing, k, &changed);
    return changed ? search_again(h) : react;
}

static unsigned act(struct view *v, int action)
{
    struct help_view *h = help_of(v);
    struct list found = { .count = (size_t) h->found };

    if (action == NAV_BACK && (h->editing || !line_is_empty(h->line))) {
        line_set(h->line, "");
        h->editing = false;
        return search_again(h);
    }
    if ((h->editing || action == ACT_SEARCH) && search_line_act(h->line, &h->editing, &found, action) != REACT_PASS)
        return REACT_DRAW;
    return action == NAV_HELP ? (unsigned) REACT_BACK : text_view_act(h->text, action);
}

static bool editing(struct view *v)
{
    return help_of(v)->editing;
}

static void title(struct view *v, struct buf *out)
{
    (void) v;
    buf_add(out, _("Help"));
}

static void close(struct view *v)
{
    struct help_view *h = help_of(v);

    text_view_free(&h->text);
    line_free(&h->line);
    free(h->of_view);
    free(h);
}

static const int bar[] = { ACT_SEARCH, NAV_BACK, 0 };
static const struct view_ops ops = {
    .name = "help", .context = IN_TEXT, .bar = bar, .load = load, .draw = draw, .key = key, .act = act,
    .title = title, .editing = editing, .close = close,
};

struct view *help_view_new(struct ui *u, const char *of_view, uint64_t context)
{
    struct help_view *h = xcalloc(1, sizeof *h);

    (void) u;
    h->view.ops = &ops;
    h->of_view = xstrdup(of_view ? of_view : "");
    h->context = context;
    h->text = text_view_new();
    h->line = line_new(80, 0);
    return &h->view;
}

void help_view_look_for(struct view *v, const char *words)
{
    struct help_view *h = help_of(v);
    struct key k;

    line_set(h->line, words);
    h->by_key = key_parse(words, strlen(words), &k);
}

const char *help_asked(const struct keymap *km, const char *line)
{
    size_t n = strcspn(line, " ");
    char *name = xstrndup(line, n);
    const struct action *a = keymap_find(km, name);

    free(name);
    return a && a->id == NAV_HELP && line[n] && line[n + 1] ? line + n + 1 : NULL;
}
