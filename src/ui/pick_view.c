/* pick_view.c - one of many: what is typed narrows the list to the lines that have it anywhere in them. */
#include "dolen/ui/notes.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/line.h"
#include "dolen/base/banned.h"

#define TYPED_BYTES 200
#define ROWS_SEEN   8
#define LABEL_X     2

struct pick {
    struct text2 label;
    char        *finds;                 /* NULL, or what else it is found by */
};

struct pick_view {
    struct view  view;                  /* first */
    struct text2 prompt;
    struct pick *picks;
    size_t       n, cap, *shown, shown_count, selected;
    struct line *line;
    unsigned   (*done)(void *ctx, int index);
    void        *ctx;
};

static struct pick_view *of(struct view *v)
{
    return (struct pick_view *) v;
}

static const char *label_at(const struct pick_view *p, size_t i)
{
    return text2_now(&p->picks[i].label);
}

/* The first place where a word of folded begins like wanted; NULL: none does. */
static const char *word_begins(const char *folded, const char *wanted)
{
    const char *at = folded;

    while ((at = strstr(at, wanted)) != NULL && at > folded && at[-1] != ' ')
        at++;
    return at;
}

static bool words_stand_in(const char *folded, const char *wanted, bool begin)
{
    char *words = xstrdup(wanted), *next = NULL;
    bool all = true;

    for (char *word = strtok_r(words, " ", &next); word && all; word = strtok_r(NULL, " ", &next))
        all = (begin ? word_begins(folded, word) : strstr(folded, word)) != NULL;
    free(words);
    return all;
}

int pick_fit(const char *label, const char *text, const char *typed)
{
    struct buf have = BUF_INIT, more = BUF_INIT, want = BUF_INIT;
    int fit = PICK_NOT;

    text_fold(&have, label);
    text_fold(&more, text ? text : "");
    text_fold(&want, typed);
    if (word_begins(buf_text(&have), buf_text(&want)))
        fit = 0;
    else if (words_stand_in(buf_text(&have), buf_text(&want), true))
        fit = 1;
    else if (text && words_stand_in(buf_text(&more), buf_text(&want), true))
        fit = 2;
    else if (words_stand_in(buf_text(&have), buf_text(&want), false))
        fit = 3;
    else if (text && words_stand_in(buf_text(&more), buf_text(&want), false))
        fit = 4;
    buf_release(&have);
    buf_release(&more);
    buf_release(&want);
    return fit;
}

static void narrow(struct pick_view *p)
{
    p->shown_count = p->selected = 0;
    for (int fit = 0; fit < PICK_NOT; fit++)
        for (size_t i = 0; i < p->n; i++)
            if (pick_fit(label_at(p, i), p->picks[i].finds, line_text(p->line)) == fit)
                p->shown[p->shown_count++] = i;
}

/* The view is gone before done is called, which may push the next one. */
static unsigned give(struct pick_view *p, int index)
{
    unsigned (*done)(void *ctx, int index) = p->done;
    void *ctx = p->ctx;

    screen_pop(p->view.screen);
    return done(ctx, index) | REACT_LAYOUT;
}

static unsigned move(struct pick_view *p, int by)
{
    if (p->shown_count == 0)
        return REACT_NONE;
    p->selected = (p->selected + (by > 0 ? 1 : p->shown_count - 1)) % p->shown_count;
    return REACT_DRAW;
}

static unsigned pick_key(struct view *v, const struct key *k)
{
    struct pick_view *p = of(v);
    enum edited e;

    switch (k->code) {
    case K_ESC:   return give(p, -1);
    case K_ENTER: return p->shown_count ? give(p, (int) p->shown[p->selected]) : (unsigned) REACT_NONE;
    case K_UP:    return move(p, -1);
    case K_DOWN:  return move(p, 1);
    default:      break;
    }
    e = line_key(p->line, k);
    if (e == EDIT_CHANGED)
        narrow(p);
    return e == EDIT_PASS ? (unsigned) REACT_PASS : (unsigned) REACT_DRAW;
}

static unsigned pick_act(struct view *v, int action)
{
    return action == NAV_BACK ? give(of(v), -1) : (unsigned) REACT_PASS;
}

/* A line too long for the screen stands below the list while it is pointed at: rows for the longest. */
static bool is_cut(const char *label, int cols)
{
    return LABEL_X + text_width(label) > cols;
}

static int whole_rows(const struct pick_view *p, int cols)
{
    int most = 0;

    for (size_t i = 0; i < p->n; i++) {
        int rows = is_cut(label_at(p, i), cols) ? text_wrapped_rows(label_at(p, i), cols) : 0;

        most = rows > most ? rows : most;
    }
    return most;
}

static int pick_height(struct view *v, int cols)
{
    size_t n = of(v)->n;

    return text_wrapped_rows(text2_now(&of(v)->prompt), cols) + 1 + (int) (n < ROWS_SEEN ? n : ROWS_SEEN) +
           whole_rows(of(v), cols);
}

static void draw_row(const struct pick_view *p, struct area a, int y, size_t i)
{
    bool here = i == p->selected;

    area_text(a, y, 0, 1, STYLE_TEXT, here ? style_mark(STYLE_FOCUS) : " ");
    area_text(a, y, LABEL_X, -1, STYLE_TEXT, label_at(p, p->shown[i]));
    if (here)
        area_focus(a, y, 0, -1);
}

/* The caret is where one types; what Enter takes has its mark. */
static void pick_draw(struct view *v, struct area body)
{
    struct pick_view *p = of(v);
    int y = area_wrap(body, 0, 0, -1, STYLE_LABEL, text2_now(&p->prompt)), whole = whole_rows(p, body.cols);
    size_t room, first;

    y = y < body.rows - 1 ? y : body.rows > 1 ? body.rows - 2 : 0;
    whole = whole < body.rows - y - 2 ? whole : body.rows - y > 2 ? body.rows - y - 2 : 0;
    room = body.rows - y - whole > 1 ? (size_t) (body.rows - y - whole - 1) : 0;
    first = room > 0 && p->selected >= room ? p->selected - room + 1 : 0;
    if (p->shown_count == 0 && room > 0)
        area_wrap(body, y + 1, 2, body.cols - 2, STYLE_HINT,
                  _("Nothing has that in it. Backspace takes letters away."));
    for (size_t i = 0; i < room && first + i < p->shown_count; i++)
        draw_row(p, body, y + 1 + (int) i, first + i);
    if (whole > 0 && p->shown_count > 0 && is_cut(label_at(p, p->shown[p->selected]), body.cols))
        area_wrap(body, body.rows - whole, 0, -1, STYLE_HINT, label_at(p, p->shown[p->selected]));
    line_draw(p->line, body, y, 0, -1, true);
}

static bool editing(struct view *v)
{
    (void) v;
    return true;
}

static void pick_close(struct view *v)
{
    struct pick_view *p = of(v);

    for (size_t i = 0; i < p->n; i++) {
        text2_release(&p->picks[i].label);
        free(p->picks[i].finds);
    }
    free(p->picks);
    free(p->shown);
    text2_release(&p->prompt);
    line_free(&p->line);
    free(p);
}

static const struct view_ops ops = {
    .name = "pick", .context = IN_DIALOG, .flags = VIEW_PANEL, .draw = pick_draw, .key = pick_key, .act = pick_act,
    .editing = editing, .height = pick_height, .close = pick_close,
};

struct view *pick_view_new(struct text2 take, unsigned (*done)(void *ctx, int index), void *ctx)
{
    struct pick_view *p = xcalloc(1, sizeof *p);

    p->view.ops = &ops;
    p->prompt = take;
    p->line = line_new(TYPED_BYTES, 0);
    p->done = done;
    p->ctx = ctx;
    return &p->view;
}

void pick_view_add(struct view *v, struct text2 take, const char *finds)
{
    struct pick_view *p = of(v);

    *ARRAY_ADD(p->picks, p->n, p->cap) = (struct pick) { take, xstrdup(finds) };
    p->shown = xgrow(p->shown, p->n, sizeof *p->shown);
    p->shown[p->shown_count++] = p->n - 1;      /* nothing is typed yet */
}
