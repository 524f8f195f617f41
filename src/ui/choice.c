/* choice.c - picking one, several, or several in order. */
#include "dolen/ui/choice.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/ui/keymap.h"
#include "dolen/ui/list.h"
#include "dolen/base/banned.h"

#define TYPED_MAX   48
#define NUMBERED    9
#define LABEL_X     6                   /* after number and box */

struct item {
    struct text2 label, note;           /* in both languages: they may stand while it changes */
    int          rank;                         /* 0 not picked; 1, 2 … in the order of picking */
};

struct choice {
    unsigned     flags;
    struct item *items;
    size_t       count, cap;
    int          picked;
    struct list  list;
    char         typed[TYPED_MAX];      /* type-ahead so far; cleared by a move */
    bool         missed;                /* no label has it: Enter and Space must not take what it last led to */
};

static const char *label_of(const struct item *it)
{
    return text2_now(&it->label);
}

struct choice *choice_new(unsigned flags)
{
    struct choice *c = xcalloc(1, sizeof *c);

    c->flags = flags;
    return c;
}

void choice_free(struct choice **cp)
{
    if (!cp || !*cp)
        return;
    for (size_t i = 0; i < (*cp)->count; i++) {
        text2_release(&(*cp)->items[i].label);
        text2_release(&(*cp)->items[i].note);
    }
    free((*cp)->items);
    free(*cp);
    *cp = NULL;
}

void choice_typed_whole(struct choice *c)
{
    c->flags |= CHOICE_TYPED;
}

bool choice_waits(const struct choice *c)
{
    return (c->flags & CHOICE_TYPED) && c->typed[0];
}

size_t choice_add(struct choice *c, struct text2 take)
{
    *ARRAY_ADD(c->items, c->count, c->cap) = (struct item) { .label = take };
    list_set_count(&c->list, c->count);
    return c->count - 1;
}

void choice_note(struct choice *c, size_t i, struct text2 take)
{
    text2_replace(&c->items[i].note, take);
}

static void forget_typed(struct choice *c)
{
    c->typed[0] = '\0';
    c->missed = false;
}

size_t choice_selected(const struct choice *c)
{
    return c->list.selected;
}

void choice_select(struct choice *c, size_t i)
{
    forget_typed(c);
    list_select(&c->list, i);
}

static void unpick(struct choice *c, size_t i)
{
    int rank = c->items[i].rank;

    if (rank == 0)
        return;
    for (size_t j = 0; j < c->count; j++)
        if (c->items[j].rank > rank)
            c->items[j].rank--;
    c->items[i].rank = 0;
    c->picked--;
}

void choice_pick(struct choice *c, size_t i, bool on)
{
    if (i >= c->count || on == (c->items[i].rank > 0))
        return;
    if (!on) {
        unpick(c, i);
        return;
    }
    for (size_t j = 0; j < c->count && !(c->flags & CHOICE_MANY); j++)
        unpick(c, j);
    c->items[i].rank = ++c->picked;
}

bool choice_is_picked(const struct choice *c, size_t i)
{
    return i < c->count && c->items[i].rank > 0;
}

size_t choice_picked_count(const struct choice *c)
{
    return (size_t) c->picked;
}

size_t choice_picked(const struct choice *c, size_t n)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].rank == (int) n + 1)
            return i;
    return c->count;
}

static enum edited toggle(struct choice *c)
{
    size_t i = c->list.selected;

    if (i >= c->count)
        return EDIT_NOTHING;
    if (c->flags & CHOICE_MANY)
        choice_pick(c, i, c->items[i].rank == 0);
    else
        choice_pick(c, i, true);
    return EDIT_CHANGED;
}

/* true when any word of label starts with what was typed, both folded (so "w" finds "Ŵyn"); inside: or has it
 * anywhere. */
static bool matches(const char *label, const char *typed, bool inside)
{
    struct buf folded = BUF_INIT, wanted = BUF_INIT;
    bool found;

    text_fold(&folded, label);
    text_fold(&wanted, typed);
    found = inside && wanted.len > 0 && strstr(buf_text(&folded), wanted.s);
    for (const char *p = buf_text(&folded); p && !found; p = strchr(p, ' ')) {
        p += strspn(p, " ");
        found = wanted.len > 0 && strncmp(p, wanted.s, wanted.len) == 0;
        if (!*p)
            break;
    }
    buf_release(&folded);
    buf_release(&wanted);
    return found;
}

/* From the selected one on, round the end. */
static bool find_typed(struct choice *c, size_t from, bool inside)
{
    for (size_t n = 0; n < c->count; n++) {
        size_t i = (from + n) % c->count;

        if (matches(label_of(&c->items[i]), c->typed, inside)) {
            c->list.selected = i;
            return true;
        }
    }
    return false;
}

static enum edited look_for(struct choice *c, const char *text)
{
    size_t len = strlen(c->typed), from = c->list.selected;
    char before[TYPED_MAX];

    if (c->count == 0 || len + strlen(text) >= sizeof c->typed)
        return EDIT_NOTHING;
    memcpy(before, c->typed, sizeof before);
    memcpy(c->typed + len, text, strlen(text) + 1);
    if (find_typed(c, from, false))
        return EDIT_MOVED;
    /* A word as it is spoken ("fon" of "Ffôn", "ganolfan" of "canolfan"), but not the same letter again. */
    if (len > 0 && !str_eq(before, text) && find_typed(c, from, true))
        return EDIT_MOVED;
    if (!str_eq(before, text))
        return EDIT_MISSED;             /* and so do all letters after it: none of them is another word's first */
    /* The same letter again: look further on. */
    memcpy(c->typed, text, strlen(text) + 1);
    return find_typed(c, from + 1, false) ? EDIT_MOVED : EDIT_MISSED;
}

static enum edited type_ahead(struct choice *c, const char *text)
{
    enum edited r = look_for(c, text);

    if (r != EDIT_NOTHING)
        c->missed = r == EDIT_MISSED;
    return r;
}

const char *choice_typed(const struct choice *c)
{
    return c->typed;
}

static enum edited number(struct choice *c, char digit)
{
    size_t i = (size_t) (digit - '1');

    if (i >= c->count)
        return EDIT_NOTHING;
    choice_select(c, i);
    toggle(c);
    return c->flags & CHOICE_MANY ? EDIT_CHANGED : EDIT_DONE;
}

static enum edited enter(struct choice *c)
{
    if (c->missed)
        return EDIT_MISSED;
    if (!(c->flags & CHOICE_MANY))
        toggle(c);
    return EDIT_DONE;
}

/* A digit goes on with a word only where a label has it there; after any other letters it is the number it says. */
static bool goes_on_with(struct choice *c, const char *text)
{
    size_t len = strlen(c->typed);
    bool found;

    if (len == 0 || len + strlen(text) >= sizeof c->typed)
        return false;
    memcpy(c->typed + len, text, strlen(text) + 1);
    found = find_typed(c, c->list.selected, false);
    c->typed[len] = '\0';
    return found;
}

/* The first label that begins with what was typed has the focus; it is picked when no other one does. */
static enum edited typed_whole(struct choice *c, const char *text)
{
    size_t len = strlen(c->typed), found = 0;

    if (len + strlen(text) >= sizeof c->typed)
        return EDIT_MISSED;
    memcpy(c->typed + len, text, strlen(text) + 1);
    for (size_t i = c->count; i-- > 0;)
        if (str_starts(label_of(&c->items[i]), c->typed)) {
            c->list.selected = i;
            found++;
        }
    if (found == 1)
        toggle(c);
    return found == 1 ? EDIT_DONE : found ? EDIT_MOVED : EDIT_MISSED;
}

static enum edited text_key(struct choice *c, const char *text)
{
    if (c->flags & CHOICE_TYPED && text[0] != ' ')
        return typed_whole(c, text);
    if (text[0] >= '1' && text[0] <= '9' && !goes_on_with(c, text))
        return number(c, text[0]);
    if (text[0] == ' ' && c->typed[0] == '\0')
        return toggle(c);
    if (text[0] == ' ' && (c->flags & CHOICE_MANY)) {
        if (c->missed)
            return EDIT_MISSED;
        forget_typed(c);
        return toggle(c);
    }
    return type_ahead(c, text);
}

static const int moves[][2] = {
    { K_UP, NAV_UP }, { K_DOWN, NAV_DOWN }, { K_PAGE_UP, NAV_PAGE_UP }, { K_PAGE_DOWN, NAV_PAGE_DOWN },
    { K_HOME, NAV_FIRST }, { K_END, NAV_LAST }, { K_ENTER, NAV_OPEN },
};

enum edited choice_act(struct choice *c, int action)
{
    unsigned did;

    if (action == NAV_OPEN)
        return enter(c);
    if (action == NAV_MARK)
        return c->missed ? EDIT_MISSED : toggle(c);
    did = list_act(&c->list, NULL, action);
    if (did == REACT_PASS)
        return EDIT_PASS;
    forget_typed(c);
    return did == REACT_DRAW ? EDIT_MOVED : EDIT_NOTHING;
}

enum edited choice_key(struct choice *c, const struct key *k)
{
    if (key_is_text(k))
        return text_key(c, k->text);
    if (k->code == K_BACKSPACE && c->typed[0]) {
        forget_typed(c);
        return EDIT_MOVED;
    }
    for (size_t i = 0; i < ARRAY_LEN(moves); i++)
        if (k->code == moves[i][0])
            return choice_act(c, moves[i][1]);
    return EDIT_PASS;
}

int choice_rows(const struct choice *c)
{
    return (int) c->count;
}

static bool is_cut(const struct item *it, int cols)
{
    return LABEL_X + text_width(label_of(it)) > cols - 3;          /* the list keeps three: its mark, its arrows */
}

int choice_whole_rows(const struct choice *c, int cols)
{
    int most = 0;

    for (size_t i = 0; i < c->count; i++) {
        int rows = is_cut(&c->items[i], cols) ? text_wrapped_rows(label_of(&c->items[i]), cols) : 0;

        most = rows > most ? rows : most;
    }
    return most;
}

void choice_draw_whole(const struct choice *c, struct area a)
{
    if (c->list.selected < c->count && is_cut(&c->items[c->list.selected], a.cols))
        area_wrap(a, 0, 0, -1, STYLE_HINT, label_of(&c->items[c->list.selected]));
}

static void draw_box(const struct choice *c, struct area row, int x, const struct item *it)
{
    bool many = c->flags & CHOICE_MANY;

    if ((c->flags & CHOICE_RANKED) == CHOICE_RANKED && it->rank > 0)
        area_textf(row, 0, x, 3, STYLE_TEXT, "%2d.", it->rank);
    else if (it->rank > 0)
        area_text(row, 0, x, 3, STYLE_TEXT, area_glyph(row, many ? GLYPH_TICKED : GLYPH_PICKED));
    else
        area_text(row, 0, x, 3, STYLE_TEXT, area_glyph(row, many ? GLYPH_UNTICKED : GLYPH_UNPICKED));
}

static void draw_item(void *ctx, size_t i, struct area row)
{
    const struct choice *c = ctx;
    const struct item *it = &c->items[i];

    if (i < NUMBERED && !(c->flags & CHOICE_TYPED))
        area_textf(row, 0, 0, 1, STYLE_DIM, "%d", (int) i + 1);
    draw_box(c, row, 2, it);
    int used = area_text(row, 0, LABEL_X, -1, STYLE_TEXT, label_of(it));
    const char *note = text2_now(&it->note);

    if (*note && LABEL_X + used + 2 + text_width(note) <= row.cols)      /* whole, or not at all */
        area_text(row, 0, LABEL_X + used + 2, -1, STYLE_DIM, note);
}

void choice_draw(struct choice *c, struct area a, bool focused)
{
    struct list_source src = { .row = draw_item, .ctx = c };
    struct spot cursor = canvas_cursor(a.canvas);

    list_draw(&c->list, &src, a);
    if (!focused)
        area_cursor(area_all(a.canvas), cursor.y, cursor.x, cursor.editing);
}
