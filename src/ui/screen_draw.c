/* screen_draw.c - what stands round the body, and where. All of it a function of rows and columns. */
#include "dolen/ui/screen.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "screen_priv.h"
#include "dolen/base/banned.h"

#define TIP_ROWS 16                     /* a smaller screen needs its rows for the body */

#define BAR_MOST 8                      /* labelled keys at 80 columns, help among them */

/* --- the key bar --- */

struct bar {
    struct area          row;
    const struct screen *s;
    uint64_t             context;
    bool                 typing;
    int                  x, right, used, most;
    int                  ids[BAR_MOST];
};

#define FEW 3                           /* at 40 columns */

static int keys_at(int cols)
{
    return cols >= 80 ? BAR_MOST - 1 : cols >= 60 ? 5 : FEW;
}

/* Where a letter is taken for a word typed too early, a key that is none is named, if there is one. */
static bool bar_key(const struct bar *b, int id, struct key *out)
{
    const struct keymap *km = b->s->km;
    struct key other;

    if (b->typing)
        return keymap_typing_key(km, id, b->context, out);
    if (!keymap_first_key(km, id, b->context, out))
        return false;
    if (screen_top(b->s)->ops->stray && key_is_text(out) && isalnum((unsigned char) out->text[0]) &&
        keymap_typing_key(km, id, b->context, &other))
        *out = other;
    return true;
}

/* Columns of "key label"; what does not fit before right is left out whole. */
static bool put_pair(struct bar *b, const char *key, const char *label)
{
    int need = text_width(key) + 1 + text_width(label);

    if (b->x + need > b->right)
        return false;
    b->x += area_text(b->row, 0, b->x, -1, STYLE_KEY, key);
    b->x += area_text(b->row, 0, b->x, -1, STYLE_KEYLABEL, " ");
    b->x += area_text(b->row, 0, b->x, -1, STYLE_KEYLABEL, label);
    b->x += 2;
    return true;
}

static bool is_shown(const struct bar *b, int id)
{
    for (int i = 0; i < b->used; i++)
        if (b->ids[i] == id)
            return true;
    return id == NAV_HELP;
}

/* Rows of one kind: those for particular contexts, the program's own for everywhere, the kit's moves. */
enum kind { KIND_HERE, KIND_EVERYWHERE, KIND_MOVE, KIND_COUNT };

static enum kind kind_of(const struct action *a)
{
    if ((a->where & IN_EVERYWHERE) != IN_EVERYWHERE)
        return KIND_HERE;
    return a->id < ACTION_OWN ? KIND_MOVE : KIND_EVERYWHERE;
}

/* A key that is text in a field reaches its action after Ctrl-O; said for what the view itself has in its bar. */
static bool bar_key_text(const struct bar *b, const struct action *a, bool own, struct buf *out)
{
    struct key k;

    if (!bar_key(b, a->id, &k)) {
        if (!b->typing || !own || kind_of(a) != KIND_HERE || !keymap_first_key(b->s->km, a->id, b->context, &k))
            return false;
        buf_add(out, "Ctrl-O ");
    }
    key_label(out, &k);
    return true;
}

/* A key in the bar is one that does something: nothing opens in an empty list, an asset has no plan, and what has the
 * view's own name leads to where one is. */
static bool is_idle(const struct bar *b, const struct action *a)
{
    struct view *v = screen_top(b->s);
    uint64_t of_people = IN_PEOPLE | IN_PERSON | IN_REFERRALS | IN_TODAY | IN_CASELOAD;
    bool about = (b->context & of_people) && kind_of(a) == KIND_HERE && (a->where & of_people) == of_people;

    if ((kind_of(a) == KIND_EVERYWHERE && str_eq(a->name, v->ops->name)) || (v->ops->idle && v->ops->idle(v, a->id)))
        return true;
    if (!v->ops->focus || !(b->context & IN_LIST))
        return false;
    struct focus f = v->ops->focus(v);

    return (!b->typing && (a->flags & NEEDS_ROW) && !f.kind && !f.change && !id_is_set(f.subject)) ||
           (about && !id_is_set(f.person));
}

/* Where a letter is taken for a word typed too early, one that leads elsewhere is not offered. */
static bool is_refused(const struct bar *b, const struct action *a)
{
    struct key k;

    return screen_top(b->s)->ops->stray && !b->typing && bar_key(b, a->id, &k) && key_is_text(&k) &&
           isalpha((unsigned char) k.text[0]);
}

static const char *word_of_key(const struct bar *b, const struct action *a)
{
    struct view *v = screen_top(b->s);
    const char *word = v->ops->bar_word ? v->ops->bar_word(v, a->id) : NULL;

    return word ? word : tr(a->label);
}

/* False only when there was no room for it. */
static bool put_action(struct bar *b, const struct action *a, bool own)
{
    struct buf key = BUF_INIT;
    bool fits = true;

    if (!a || !a->label || b->used >= b->most || is_shown(b, a->id) || is_idle(b, a))
        return true;
    if (bar_key_text(b, a, own, &key) && (own || !is_refused(b, a))) {
        fits = put_pair(b, buf_text(&key), word_of_key(b, a));
        if (fits)
            b->ids[b->used++] = a->id;
    }
    buf_release(&key);
    return fits;
}

/* In the table's order, up to the first that has no room: what comes later is not more useful for being shorter. */
static void put_by_table(struct bar *b, enum kind kind)
{
    bool room = true;

    for (size_t i = 0; room && i < keymap_count(b->s->km); i++) {
        const struct action *a = keymap_at(b->s->km, i);

        if ((a->where & b->context) && kind_of(a) == kind)
            room = put_action(b, a, false);
    }
}

/* The row of an id whose label fits this context: "Next" in a form where elsewhere Enter is "Open". */
static const struct action *row_here(const struct bar *b, int id)
{
    const struct action *found = NULL;

    for (size_t i = 0; i < keymap_count(b->s->km); i++) {
        const struct action *a = keymap_at(b->s->km, i);

        if (a->id == id && (a->where & b->context) && (!found || kind_of(a) == KIND_HERE))
            found = a;
    }
    return found;
}

/* A panel that asks something and names no keys of its own can still be left. */
static const int *keys_of(const struct view *v)
{
    static const int answer[] = { NAV_OPEN, NAV_BACK, 0 };

    return !v->ops->bar && v->ops->context == IN_DIALOG ? answer : v->ops->bar;
}

static bool wants(const int *ids, int id)
{
    while (ids && *ids && *ids != id)
        ids++;
    return ids && *ids == id;
}

/* The view's own keys, in its order; on a line that holds few, the way back comes second. */
static void put_own(struct bar *b, const int *ids)
{
    bool has_back = wants(ids, NAV_BACK);

    for (const int *id = ids; id && *id; id++) {
        put_action(b, row_here(b, *id), true);
        if (has_back && b->most <= FEW)
            put_action(b, row_here(b, NAV_BACK), true);
    }
}

static void put_help(struct bar *b, int cols)
{
    struct buf key = BUF_INIT;
    const struct action *a = row_here(b, NAV_HELP);
    struct key k;

    if (!a || !bar_key(b, NAV_HELP, &k))
        return;
    key_label(&key, &k);
    int need = text_width(buf_text(&key)) + 1 + text_width(tr(a->label)), x = b->x;

    b->right = cols;
    b->x = cols - need;
    put_pair(b, buf_text(&key), tr(a->label));
    b->x = x;
    b->right = cols - need - 1;
    buf_release(&key);
}

/* The key bar alone: at most 8 labelled keys from 80 columns, 5 from 60, 3 below, then help. For tests. */
static void screen_draw_bar(const struct screen *s, struct area row)
{
    struct view *v = screen_top(s);

    if (!v || row.rows < 1)
        return;
    struct bar b = { .row = row, .s = s, .context = v->ops->context, .typing = screen_is_typing(s),
                     .right = row.cols, .most = keys_at(row.cols) };

    if (!(v->ops->flags & VIEW_OWN_BAR) || wants(v->ops->bar, NAV_HELP))
        put_help(&b, row.cols);
    put_own(&b, keys_of(v));
    for (enum kind k = KIND_HERE; k < KIND_COUNT && !(v->ops->flags & VIEW_OWN_BAR); k++)
        put_by_table(&b, k);
    if (b.typing && b.used < b.most)
        put_pair(&b, "Ctrl-O", _("then a key"));
}

/* --- title and message --- */

/* The view that stands under any panels: its flags and title are the screen's. */
static struct view *base_view(const struct screen *s)
{
    size_t i = s->stack.count;

    while (i > 1 && (s->stack.items[i - 1]->ops->flags & VIEW_PANEL))
        i--;
    return i ? s->stack.items[i - 1] : NULL;
}

/* Never taken over from a view further down: help, a list or the settings are not about the person one came from. */
static const char *banner(struct screen *s, struct view *base)
{
    buf_clear(&s->text);
    if (base->ops->banner)
        base->ops->banner(base, &s->text);
    return buf_text(&s->text);
}

/* Whom the view is about: what the title leaves, and never less than half; the language goes before a letter of the name
 * does. Returns the columns taken. */
static int draw_banner(struct area row, int right, int title, const char *who)
{
    int most = right - title - 1 > right / 2 ? right - title - 1 : right / 2, width = text_width(who);
    const char *language = strstr(who, " · ");
    char *name = xstrndup(who, language ? (size_t) (language - who) : strlen(who));

    if (width > most)
        who = name;
    width = text_width(who) < most ? text_width(who) : most;
    if (width > 0)
        area_text(row, 0, right - width, width, STYLE_BANNER, who);
    free(name);
    return width > 0 ? width + 1 : 0;
}

static void draw_title(struct screen *s, struct view *base, struct area row)
{
    int right = row.cols;

    area_fill(row, STYLE_TITLE, " ");
    if (s->training) {
        struct buf word = BUF_INIT;

        buf_addf(&word, "%s %s ", style_mark(STYLE_TRAINING), _("TRAINING"));
        right = area_text_right(row, 0, right, STYLE_TRAINING, buf_text(&word)) - 1;
        buf_release(&word);
    }
    struct buf title = BUF_INIT;

    if (base->ops->title)
        base->ops->title(base, &title);
    right -= draw_banner(row, right, text_width(buf_text(&title)), banner(s, base));
    area_words(row, 0, 0, right, STYLE_TITLE, buf_text(&title));
    buf_wipe(&title);
}

/* What stands on the message line, and how it is meant. */
static const char *said_now(const struct screen *s, const struct area *all, enum style *style)
{
    const struct view *top = screen_top(s);
    const char *message = screen_message_text(s), *tip = text2_in(&s->tip, lang_now());

    *style = s->message_style;
    if (message[0] || !tip[0] || all->rows < TIP_ROWS || !top || top->ops->flags & (VIEW_PANEL | VIEW_BARE))
        return message;
    *style = STYLE_HINT;
    return tip;
}

/* A sentence says last what to do: it is never cut while the body has rows to give. */
static int message_rows(const struct screen *s, const struct area *all)
{
    enum style style;
    const char *said = said_now(s, all, &style);
    int mark = style_mark(style)[0] ? 2 : 0, most = all->rows / 2, rows;

    if (!said[0] || text_width(said) + mark <= all->cols)
        return 1;
    rows = text_wrapped_rows(said, all->cols - mark);
    return rows < most ? rows : most;
}

static void draw_message(const struct screen *s, const struct area *all, struct area row)
{
    enum style style;
    const char *said = said_now(s, all, &style), *note = text2_now(&s->note);
    int used = 0;

    if (row.rows > 1) {
        const char *mark = style_mark(style);

        area_text(row, 0, 0, -1, style, mark);
        area_wrap(row, 0, mark[0] ? 2 : 0, -1, style, said);
        return;
    }
    if (said[0])
        used = area_marked(row, 0, 0, -1, style, said);
    if (note[0] && used + 2 + text_width(note) <= row.cols)
        area_text_right(row, 0, row.cols, STYLE_DIM, note);
}

/* --- body --- */

static void draw_view(struct screen *s, size_t i, struct area body)
{
    struct view *v = s->stack.items[i];

    if (i > 0 && (v->ops->flags & VIEW_PANEL)) {
        int rows = v->ops->height ? v->ops->height(v, body.cols) : 1;
        int rule = rows > 1 ? 1 : 0, above = body.rows - rows - rule;

        if (above > 0) {
            draw_view(s, i - 1, area_sub(body, 0, 0, above, -1));
            if (rule)
                area_hline(body, above, 0, -1, STYLE_LINE);
            body = area_sub(body, above + rule, 0, -1, -1);
        }
    }
    area_cursor(body, 0, 0, false);
    v->ops->draw(v, body);
}

static void draw_too_small(struct area all, const struct view *asked)
{
    struct buf b = BUF_INIT;

    if (asked && asked->ops->context & IN_SERIOUS)               /* there is room for this number in any window */
        buf_add(&b, "999  ");
    buf_addf(&b, _("This window is too small. It needs %d columns and %d rows; nothing is lost."), SCREEN_MIN_COLS,
             SCREEN_MIN_ROWS);
    area_wrap(all, 0, 0, -1, STYLE_TEXT, buf_text(&b));
    area_cursor(all, 0, 0, false);
    buf_release(&b);
}

void screen_draw(struct screen *s, struct canvas *c)
{
    struct area all = area_all(c);
    struct view *base = base_view(s);

    canvas_clear(c);
    if (all.rows < SCREEN_MIN_ROWS || all.cols < SCREEN_MIN_COLS) {
        draw_too_small(all, base);
        return;
    }
    if (!base)
        return;
    bool bare = base->ops->flags & VIEW_BARE;
    int below = bare ? 0 : 1, above = bare ? 0 : 1, said = message_rows(s, &all);

    draw_message(s, &all, area_sub(all, all.rows - below - said, 0, said, -1));
    if (!bare)
        draw_title(s, base, area_sub(all, 0, 0, 1, -1));
    draw_view(s, s->stack.count - 1, area_sub(all, above, 0, all.rows - above - below - said, -1));
    if (!bare)          /* after the body: a list may only then know what is under its cursor */
        screen_draw_bar(s, area_sub(all, all.rows - 1, 0, 1, -1));
}
