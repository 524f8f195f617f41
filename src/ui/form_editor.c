/* form_editor.c - the editor of the question with the focus, by its type.
 *
 * Typed text goes to the session when the field is left or typing pauses; choices, scales and boxes go there
 * at once. */
#include "form_priv.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/banned.h"

#define LINE_BYTES  1000                /* as long as the session takes */
#define MULTI_BYTES 60000
#define SCALE_STEPS 20                  /* a longer scale is typed */

/* --- opening --- */

static bool has_code(const struct editor *e, const char *code)
{
    for (size_t i = 0; i < e->code_count; i++)
        if (str_eq(e->codes[i]->code, code))
            return true;
    return false;
}

/* What is on offer, and behind it what was chosen once and is no longer offered. */
static void find_codes(struct form_view *f)
{
    const struct question *q = f->at.q;
    const char *value = session_value(f->session, q, f->at.repeat);
    struct editor *e = &f->ed;
    size_t n = session_choices(f->session, q, f->at.repeat, NULL, 0), all = q->choices ? q->choices->count : 0;

    e->codes = xcalloc(n + all + 1, sizeof *e->codes);
    e->code_count = session_choices(f->session, q, f->at.repeat, e->codes, n);
    for (size_t i = 0; value && i < all; i++) {
        const struct code *c = &q->choices->items[i];

        if (codes_has(value, c->code) && !has_code(e, c->code))
            e->codes[e->code_count++] = c;
    }
}

static void pick_again(struct form_view *f)
{
    const char *value = session_value(f->session, f->at.q, f->at.repeat);
    struct editor *e = &f->ed;
    char *codes = xstrdup(value ? value : ""), *next = NULL;

    for (size_t i = 0; i < e->code_count; i++)
        choice_pick(e->choice, i, false);
    for (char *code = strtok_r(codes, " ", &next); code; code = strtok_r(NULL, " ", &next))
        for (size_t i = 0; i < e->code_count; i++)
            if (str_eq(e->codes[i]->code, code))
                choice_pick(e->choice, i, true);
    free(codes);
}

static void open_choice(struct form_view *f)
{
    const struct question *q = f->at.q;
    struct editor *e = &f->ed;

    e->kind = EDITOR_CHOICE;
    e->choice = choice_new(q->type == Q_SELECT_ONE ? 0 : q->appearance == APPEAR_RANKED ? CHOICE_RANKED : CHOICE_MANY);
    find_codes(f);
    for (size_t i = 0; i < e->code_count; i++) {
        choice_add(e->choice, TEXT2("%s", text2_now(&e->codes[i]->label)));
        choice_note(e->choice, i, TEXT2("%s", text2_now(&e->codes[i]->hint)));
    }
    pick_again(f);
    e->inside = choice_picked_count(e->choice) > 0;
    if (e->inside)
        choice_select(e->choice, choice_picked(e->choice, 0));
}

/* Day, month, year in figures: read the same in both languages. */
static char *typed_date(const char *value)
{
    struct date d;

    return date_parse_iso(value, &d) ? xasprintf("%d/%d/%d", d.day, d.month, d.year) : xstrdup(value);
}

static void open_text(struct form_view *f, const char *value)
{
    struct editor *e = &f->ed;

    if (f->at.q->type == Q_TEXT && f->at.q->appearance == APPEAR_MULTILINE) {
        e->kind = EDITOR_MULTI;
        e->multi = multi_new(MULTI_BYTES);
        multi_set(e->multi, value);
        return;
    }
    char *text = f->at.q->type == Q_DATE ? typed_date(value) : xstrdup(value);

    e->kind = EDITOR_LINE;
    e->line = line_new(LINE_BYTES, 0);
    line_set(e->line, text);
    f->ed.touched = session_is_unfinished(f->session, f->at.q, f->at.repeat);
    if (!f->ed.touched && (f->at.q->type != Q_TEXT || f->at.q->initial))
        line_offer(e->line);
    explicit_bzero(text, strlen(text));
    free(text);
}

static void open_scale(struct form_view *f, const char *value)
{
    f->ed.kind = EDITOR_SCALE;
    f->ed.scale = scale_make(f->at.q->from, f->at.q->to);
    if (*value)
        scale_set(&f->ed.scale, atoi(value));
}

void editor_open(struct form_view *f)
{
    const struct question *q = f->at.q;
    const char *value = q ? session_value(f->session, q, f->at.repeat) : NULL;

    f->ed = (struct editor) { .lang = lang_now() };
    if (!q || f->at.kind != ROW_QUESTION || !qtype_asked(q->type))
        return;
    value = value ? value : "";
    if (form_is_hidden_value(f, q, f->at.repeat))
        f->ed.kind = EDITOR_HIDDEN;
    else if (q->type == Q_SELECT_ONE || q->type == Q_SELECT_MULTIPLE)
        open_choice(f);
    else if (q->type == Q_SCALE && q->to - q->from <= SCALE_STEPS)
        open_scale(f, value);
    else if (q->type == Q_ACKNOWLEDGE)
        f->ed.kind = EDITOR_TICK;
    else
        open_text(f, value);
}

void editor_close(struct editor *e)
{
    line_free(&e->line);
    multi_free(&e->multi);
    choice_free(&e->choice);
    free(e->codes);
    *e = (struct editor) { .kind = EDITOR_NONE };
}

/* A list of choices counts: letters look for a label there. */
bool editor_takes_text(const struct editor *e)
{
    return e->kind == EDITOR_LINE || e->kind == EDITOR_MULTI || e->kind == EDITOR_CHOICE;
}

const char *editor_text(const struct editor *e)
{
    return e->line ? line_text(e->line) : e->multi ? multi_text(e->multi) : NULL;
}

enum status editor_commit(struct form_view *f, struct err *err)
{
    enum status st = ST_OK;

    if (f->ed.touched && editor_text(&f->ed))
        st = session_set(f->session, f->at.q, f->at.repeat, editor_text(&f->ed), err);
    if (st == ST_OK)
        f->ed.touched = false;
    return st;
}

/* --- what goes to the session at once --- */

/* After a change: the sentence when it was refused, and the editor back to what is kept. */
static bool taken(struct form_view *f, enum status st, const struct err *err)
{
    text2_release(&f->refused);
    if (st != ST_OK)
        form_refuse(f, TEXT2("%s", err_text(err)));
    return st == ST_OK;
}

static unsigned choice_changed(struct form_view *f, bool done)
{
    const struct question *q = f->at.q;
    struct err err = { .st = ST_OK };
    struct editor *e = &f->ed;
    size_t i = choice_selected(e->choice);
    enum status st = ST_OK;

    if (i >= e->code_count)
        return REACT_DRAW;
    const char *code = e->codes[i]->code, *value = session_value(f->session, q, f->at.repeat);
    bool picked = choice_is_picked(e->choice, i);

    if (q->type == Q_SELECT_ONE && picked)
        st = session_set_canonical(f->session, q, f->at.repeat, code, &err);
    else if (picked != (value && codes_has(value, code)))
        st = session_toggle(f->session, q, f->at.repeat, code, &err);
    if (!taken(f, st, &err)) {
        pick_again(f);
        return REACT_DRAW;
    }
    return done ? form_save(f) | form_step(f, 1) : (unsigned) REACT_DRAW;
}

static unsigned clear_answer(struct form_view *f)
{
    session_clear(f->session, f->at.q, f->at.repeat);
    taken(f, ST_OK, NULL);
    if (f->ed.choice)
        pick_again(f);
    return REACT_DRAW;
}

static unsigned scale_changed(struct form_view *f)
{
    struct err err = { .st = ST_OK };
    struct editor *e = &f->ed;
    char text[16];

    if (!e->scale.set)
        return clear_answer(f);
    snprintf(text, sizeof text, "%d", e->scale.value);
    if (!taken(f, session_set_canonical(f->session, f->at.q, f->at.repeat, text, &err), &err)) {
        const char *kept = session_value(f->session, f->at.q, f->at.repeat);

        open_scale(f, kept ? kept : "");
    }
    return REACT_DRAW;
}

static unsigned tick(struct form_view *f, bool on)
{
    struct err err = { .st = ST_OK };

    if (!on)
        return clear_answer(f);
    taken(f, session_set_canonical(f->session, f->at.q, f->at.repeat, "1", &err), &err);
    return REACT_DRAW;
}

/* --- keys --- */

static unsigned typed(struct form_view *f, enum edited r)
{
    switch (r) {
    case EDIT_PASS:    return REACT_PASS;
    case EDIT_NOTHING: return REACT_NONE;
    case EDIT_FULL:
        screen_message(f->view.screen, STYLE_WARN, "%s", _("There is no room for more here. Shorten what is there, "
                                                           "or go on in another field."));
        return REACT_DRAW;
    case EDIT_CHANGED:
        f->ed.touched = true;
        text2_release(&f->refused);
        return REACT_DRAW;
    case EDIT_MOVED:
    case EDIT_DONE:
    default:           return REACT_DRAW;
    }
}

/* A mark such as - or ? is no label's first letter: it keeps its meaning as an action. */
static unsigned choice_mark(struct form_view *f, const struct key *k)
{
    if (keymap_lookup(screen_keymap(f->view.screen), k, IN_FORM) == ACT_MISSING)
        return form_missing(f);
    return REACT_PASS;
}

/* A word that no label has picks nothing: whoever typed it thought of another question. */
static void say_missed(struct form_view *f)
{
    screen_message(f->view.screen, STYLE_WARN, _("Nothing here has \"%s\". Backspace begins again."),
                   choice_typed(f->ed.choice));
}

static unsigned key_of_choice(struct form_view *f, const struct key *k)
{
    struct editor *e = &f->ed;

    if (!key_is_text(k)) {
        if (k->code != K_BACKSPACE && k->code != K_DELETE)
            return REACT_PASS;                          /* moves come back as actions */
        return choice_key(e->choice, k) == EDIT_PASS ? clear_answer(f) : (unsigned) REACT_DRAW;
    }
    if (ispunct((unsigned char) k->text[0]))
        return choice_mark(f, k);
    if (k->text[0] == ' ' && !e->inside) {
        e->inside = e->code_count > 0;
        return REACT_DRAW;
    }
    enum edited r = choice_key(e->choice, k);

    if (r == EDIT_NOTHING)
        return REACT_NONE;
    if (r == EDIT_MISSED)
        say_missed(f);
    e->inside = true;
    return r == EDIT_CHANGED || r == EDIT_DONE ? choice_changed(f, r == EDIT_DONE) : (unsigned) REACT_DRAW;
}

unsigned editor_key(struct form_view *f, const struct key *k)
{
    struct editor *e = &f->ed;

    switch (e->kind) {
    case EDITOR_LINE:   return typed(f, line_key(e->line, k));
    case EDITOR_MULTI:
        if (k->code == K_ENTER && multi_is_empty(e->multi))
            return REACT_PASS;                          /* nothing to break into lines: Enter goes on */
        return typed(f, multi_key(e->multi, k));
    case EDITOR_CHOICE: return key_of_choice(f, k);
    case EDITOR_SCALE: {
        enum edited r = scale_key(&e->scale, k);

        return r == EDIT_PASS ? (unsigned) REACT_PASS : r == EDIT_CHANGED ? scale_changed(f) : (unsigned) REACT_NONE;
    }
    case EDITOR_TICK:
        if (k->code == K_BACKSPACE || k->code == K_DELETE)
            return tick(f, false);
        return k->code == K_TEXT && str_eq(k->text, "x") ? tick(f, true) : (unsigned) REACT_PASS;
    case EDITOR_NONE:
    case EDITOR_HIDDEN:
    default:            return REACT_PASS;
    }
}

/* --- moves inside an editor --- */

static unsigned move_rank(struct form_view *f, int by)
{
    struct editor *e = &f->ed;
    size_t i = choice_selected(e->choice);

    if (f->at.q->appearance != APPEAR_RANKED || !choice_is_picked(e->choice, i) ||
        !session_move_rank(f->session, f->at.q, f->at.repeat, e->codes[i]->code, by))
        return REACT_NONE;
    pick_again(f);
    return REACT_DRAW;
}

/* Up at the first and Down at the last go on to the question before or after. */
static unsigned choice_moved(struct form_view *f, int action)
{
    struct editor *e = &f->ed;
    size_t i = choice_selected(e->choice);

    if (!e->inside) {
        e->inside = (action == NAV_DOWN || action == NAV_PAGE_DOWN || action == NAV_FIRST) && e->code_count > 0;
        return e->inside ? (unsigned) REACT_DRAW : (unsigned) REACT_PASS;
    }
    if (action == NAV_LEFT || action == NAV_RIGHT)
        return move_rank(f, action == NAV_LEFT ? -1 : 1);
    if (((action == NAV_UP || action == NAV_PAGE_UP) && i == 0) ||
        ((action == NAV_DOWN || action == NAV_PAGE_DOWN) && i + 1 >= e->code_count))
        return REACT_PASS;
    enum edited r = choice_act(e->choice, action);

    if (r == EDIT_MISSED)
        say_missed(f);
    if (r == EDIT_CHANGED || r == EDIT_DONE)
        return choice_changed(f, r == EDIT_DONE);
    return r == EDIT_PASS ? (unsigned) REACT_PASS : (unsigned) REACT_DRAW;
}

static unsigned scale_moved(struct form_view *f, int action)
{
    static const int keys[][2] = { { NAV_LEFT, K_LEFT }, { NAV_RIGHT, K_RIGHT }, { NAV_FIRST, K_HOME },
                                   { NAV_LAST, K_END } };

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (keys[i][0] == action) {
            struct key k = key_of_code(keys[i][1]);

            return scale_key(&f->ed.scale, &k) == EDIT_CHANGED ? scale_changed(f) : (unsigned) REACT_NONE;
        }
    return REACT_PASS;
}

unsigned editor_act(struct form_view *f, int action)
{
    switch (f->ed.kind) {
    case EDITOR_CHOICE: return choice_moved(f, action);
    case EDITOR_SCALE:  return scale_moved(f, action);
    case EDITOR_TICK:
        return action == NAV_MARK ? tick(f, !session_value(f->session, f->at.q, f->at.repeat)) : (unsigned) REACT_PASS;
    case EDITOR_NONE:
    case EDITOR_HIDDEN:
    case EDITOR_LINE:
    case EDITOR_MULTI:
    default:            return REACT_PASS;
    }
}
