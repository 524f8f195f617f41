/* screen.c - the stack of views: pushing and popping, messages, and who gets a key. Drawing is screen_draw.c. */
#include "dolen/ui/screen.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/actions.h"
#include "dolen/ui/ui.h"
#include "screen_priv.h"
#include "dolen/base/banned.h"

struct screen *screen_new(const struct keymap *km)
{
    struct screen *s = xcalloc(1, sizeof *s);

    s->km = km;
    return s;
}

static void close_view(struct view *v)
{
    if (v->ops->close)
        v->ops->close(v);
    else
        free(v);
}

static void close_gone(struct screen *s)
{
    for (size_t i = 0; i < s->gone.count; i++)
        close_view(s->gone.items[i]);
    s->gone.count = 0;
}

void screen_free(struct screen **sp)
{
    if (!sp || !*sp)
        return;
    struct screen *s = *sp;

    screen_pop_all(s);
    free(s->stack.items);
    free(s->gone.items);
    buf_wipe(&s->text);
    text2_release(&s->message);
    text2_release(&s->note);
    text2_release(&s->tip);
    free(s);
    *sp = NULL;
}

void screen_push(struct screen *s, struct view *take)
{
    take->screen = s;
    take->stale = true;
    *ARRAY_ADD(s->stack.items, s->stack.count, s->stack.cap) = take;
    s->prefix = false;
}

void screen_remove(struct screen *s, struct view *v)
{
    size_t i = 0;

    while (i < s->stack.count && s->stack.items[i] != v)
        i++;
    if (i == s->stack.count)
        return;
    memmove(&s->stack.items[i], &s->stack.items[i + 1], (s->stack.count - i - 1) * sizeof(struct view *));
    s->stack.count--;
    *ARRAY_ADD(s->gone.items, s->gone.count, s->gone.cap) = v;
}

void screen_pop(struct screen *s)
{
    if (s->stack.count > 1)
        screen_remove(s, screen_top(s));
}

void screen_pop_all(struct screen *s)
{
    close_gone(s);
    while (s->stack.count > 0)
        close_view(s->stack.items[--s->stack.count]);
}

struct view *screen_top(const struct screen *s)
{
    return s->stack.count ? s->stack.items[s->stack.count - 1] : NULL;
}

struct view *screen_below(const struct screen *s, const struct view *v)
{
    for (size_t i = 1; i < s->stack.count; i++)
        if (s->stack.items[i] == v)
            return s->stack.items[i - 1];
    return NULL;
}

int screen_depth(const struct screen *s)
{
    return (int) s->stack.count;
}

/* The topmost view with a focus; without panels: a conversation over somebody's record is not the record. */
static struct view *focused(const struct screen *s, bool panels)
{
    for (size_t i = s->stack.count; i-- > 0;)
        if (s->stack.items[i]->ops->focus && (panels || !(s->stack.items[i]->ops->flags & VIEW_PANEL)))
            return s->stack.items[i];
    return NULL;
}

struct focus screen_focus(const struct screen *s)
{
    struct view *v = focused(s, true);

    return v ? v->ops->focus(v) : (struct focus) { .kind = 0 };
}

struct id screen_open_person(const struct screen *s)
{
    struct view *v = focused(s, false);

    return v && v->ops->banner ? v->ops->focus(v).person : ID_NONE;
}

uint64_t screen_context(const struct screen *s)
{
    struct view *v = screen_top(s);

    return v ? v->ops->context : 0;
}

const struct keymap *screen_keymap(const struct screen *s)
{
    return s->km;
}

void screen_say(struct screen *s, enum style style, struct text2 take)
{
    text2_replace(&s->message, take);
    s->message_style = style;
}

const char *screen_message_text(const struct screen *s)
{
    return text2_now(&s->message);
}

void screen_set_training(struct screen *s, bool on)
{
    s->training = on;
}

void screen_set_tip(struct screen *s, struct text2 take)
{
    text2_replace(&s->tip, take);
}

void screen_set_note(struct screen *s, struct text2 take)
{
    text2_replace(&s->note, take);
}

bool screen_is_typing(const struct screen *s)
{
    struct view *v = screen_top(s);

    return v && v->ops->editing && v->ops->editing(v);
}

bool screen_takes_paste(const struct screen *s)
{
    struct view *v = screen_top(s);

    return v && (v->ops->pasting ? v->ops->pasting(v) : screen_is_typing(s));
}

static bool is_on_stack(const struct screen *s, const struct view *v)
{
    for (size_t i = 0; i < s->stack.count; i++)
        if (s->stack.items[i] == v)
            return true;
    return false;
}

/* REACT_BACK is done here, so that no caller has to. From the answer to a question, whose panel is gone already, it
 * means the view that asked. */
static unsigned settle(struct screen *s, struct view *v, unsigned react)
{
    unsigned back = REACT_BACK & ~(unsigned) REACT_DRAW;

    if ((react & back) && s->stack.count > 1)
        screen_remove(s, is_on_stack(s, v) ? v : screen_top(s));
    return react & ~back;
}

/* To the view; true when it took the key. */
static bool offer(struct screen *s, struct view *v, const struct key *k, unsigned *react)
{
    unsigned r = v->ops->key ? v->ops->key(v, k) : (unsigned) REACT_PASS;

    if (r & REACT_PASS)
        return false;
    *react |= settle(s, v, r);
    return true;
}

static int after_prefix(struct screen *s, const struct key *k, unsigned *react)
{
    int id = keymap_lookup(s->km, k, screen_context(s));

    s->prefix = false;
    if (id == 0 && k->code != K_ESC)
        screen_message(s, STYLE_WARN, "%s", _("That key does nothing here."));
    *react |= REACT_DRAW;
    return id;
}

/* A key that does nothing says so; on a bare screen (locked, handed over, blank) it stays silent. */
static void say_unbound(struct screen *s, const struct view *v, unsigned *react)
{
    if (v->ops->flags & VIEW_BARE)
        return;
    screen_message(s, STYLE_HINT, "%s",
                   screen_is_typing(s) ? _("That key does nothing here; F1 shows what does.")
                                       : _("That key does nothing here; ? shows what does."));
    s->unbound = true;
    *react |= REACT_DRAW;
}

static bool begins_prefix(struct screen *s, const struct view *v, const struct key *k, unsigned *react)
{
    if (k->code != K_CTRL('O') || (v->ops->context & IN_HANDOVER))
        return false;
    s->prefix = true;
    screen_message(s, STYLE_HINT, "%s", _("Ctrl-O: the next key is an action, ? for help."));
    *react |= REACT_DRAW;
    return true;
}

static bool is_stray(struct view *v, const struct key *k, int id, unsigned *react)
{
    if (!v->ops->stray || !key_is_text(k) || !isalnum((unsigned char) k->text[0]) || !v->ops->stray(v, id, k))
        return false;
    *react |= REACT_DRAW;
    return true;
}

static int typed(struct screen *s, struct view *v, const struct key *k, unsigned *react)
{
    if (begins_prefix(s, v, k, react))
        return 0;
    if (offer(s, v, k, react))
        return 0;
    int id = keymap_lookup(s->km, k, v->ops->context);

    if (id == 0)
        say_unbound(s, v, react);
    return id;
}

/* To whom the key goes, with no message on the screen. */
static int key_goes(struct screen *s, const struct key *k, unsigned *react)
{
    struct view *v = screen_top(s);

    if (s->prefix)
        return after_prefix(s, k, react);
    if (screen_is_typing(s))
        return typed(s, v, k, react);
    if (v->ops->stray && begins_prefix(s, v, k, react))
        return 0;
    int id = keymap_lookup(s->km, k, v->ops->context);

    if (id == 0 && offer(s, v, k, react))
        return 0;
    if (is_stray(v, k, id, react))
        return 0;
    if (id == 0)
        say_unbound(s, v, react);
    return id;
}

/* The key that files, pressed once more on what is no form: "Filed" answers that too, and says what u takes back. */
static bool files_twice(const struct screen *s, const struct key *k, enum style said_as)
{
    return s->unbound && said_as == STYLE_GOOD && keymap_lookup(s->km, k, IN_FORM) == ACT_FILE_FORM;
}

/* What was said stands until the next key, the one that changes the language excepted: it is said again in the other,
 * or that something is kept would be lost without having been read. */
int screen_key(struct screen *s, const struct key *k, unsigned *react)
{
    struct text2 said = s->message;
    enum style said_as = s->message_style;
    int id;

    close_gone(s);
    s->unbound = false;
    *react = said.t[lang_now()] ? REACT_DRAW : REACT_NONE;
    s->message = (struct text2) { { NULL } };
    id = screen_top(s) ? key_goes(s, k, react) : 0;
    if (said.t[lang_now()] && files_twice(s, k, said_as)) {
        text2_release(&s->message);
        s->message = said;
        s->message_style = said_as;
    } else if (id == ACT_LANGUAGE && !*screen_message_text(s)) {
        s->message = said;
    } else {
        text2_release(&said);
    }
    return id;
}

void screen_paste(struct screen *s, const struct key *k, unsigned *react)
{
    struct view *v = screen_top(s);

    close_gone(s);
    *react = REACT_NONE;
    if (!v)
        return;
    s->prefix = false;
    text2_release(&s->message);
    *react = REACT_DRAW;
    if (screen_takes_paste(s)) {
        offer(s, v, k, react);
        return;
    }
    if (!(v->ops->flags & VIEW_BARE))
        screen_message(s, STYLE_HINT, "%s", _("Pasted text has no place here. Nothing was changed. Go to a line where "
                                              "you can type, and paste again."));
}

unsigned screen_act(struct screen *s, int action)
{
    struct view *v = screen_top(s);
    unsigned r;

    close_gone(s);
    if (!v)
        return REACT_PASS;
    r = v->ops->act ? v->ops->act(v, action) : (unsigned) REACT_PASS;
    if (!(r & REACT_PASS))
        return settle(s, v, r);
    if (action == NAV_BACK && s->stack.count > 1) {
        screen_remove(s, v);
        return REACT_DRAW;
    }
    return REACT_PASS;
}

void screen_changed(struct screen *s, unsigned changed)
{
    for (size_t i = 0; i < s->stack.count; i++)
        if (changed == ~0u || (s->stack.items[i]->ops->stale_on & changed))
            s->stack.items[i]->stale = true;
}

static enum status load(struct screen *s, struct view *v, struct err *err)
{
    enum status st = ST_OK;

    if (v->stale && v->ops->load)
        st = v->ops->load(v, err);
    v->stale = false;                   /* also after a failure: the sentence stands, one key asks again */
    if (st != ST_OK)
        screen_message(s, STYLE_ERROR, "%s", err_text(err));
    return st;
}

bool ui_new_day(struct ui *u)
{
    struct date today = clock_today();

    if (date_compare(today, u->today) == 0)
        return false;
    u->today = today;
    screen_changed(u->screen, ~0u);
    return true;
}

enum status screen_load(struct screen *s, struct err *err)
{
    struct err own = { .st = ST_OK };
    size_t first = s->stack.count;
    enum status worst = ST_OK;

    close_gone(s);
    while (first > 0) {
        first--;
        if (!(s->stack.items[first]->ops->flags & VIEW_PANEL))
            break;
    }
    for (size_t i = first; i < s->stack.count; i++) {
        enum status st = load(s, s->stack.items[i], err ? err : &own);

        worst = st == ST_OK ? worst : st;
    }
    return worst;
}
