/* form_view.c - the form on the screen: its life, moving between questions, what keys and actions do.
 *
 * Enter goes on and never answers what nobody pointed at: a choice that was not entered and a box that was not ticked
 * stay unanswered, so that a form can be walked through from end to end without leaving a trace. */
#include "form_priv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/safe.h"
#include "dolen/base/banned.h"

#define SAID_TWICE_ROWS 14              /* on a smaller screen a refusal stands at its question alone */

/* --- the focus --- */

static bool can_focus(const struct row *r)
{
    return r->kind == ROW_ADD || r->kind == ROW_NOTE || (r->kind == ROW_QUESTION && qtype_asked(r->q->type));
}

static struct place place_of(const struct row *r)
{
    return (struct place) { r->kind, r->q, r->repeat };
}

static const struct place file_row = { ROW_HEADING, NULL, 0 };

/* Row of the focus; the number of rows for the last one. A row that a rule took away gives the next one that is
 * there. */
static size_t row_at(const struct form_view *f)
{
    size_t n, best;
    const struct row *rows = session_rows(f->session, &n);

    if (!f->at.q)
        return n;
    for (size_t i = 0; i < n; i++)
        if (place_is(&f->at, &rows[i]))
            return i;
    for (best = 0; best < n && (rows[best].q < f->at.q || !can_focus(&rows[best])); best++)
        ;
    return best;
}

static void choose_ops(struct form_view *f);

void form_go(struct form_view *f, struct place to)
{
    editor_close(&f->ed);
    text2_release(&f->refused);
    f->leaving = f->prompts = false;
    f->at = to;
    f->peek = -1;
    choose_ops(f);
    editor_open(f);
}

void form_go_row(struct form_view *f, int row)
{
    size_t n;
    const struct row *rows = session_rows(f->session, &n);

    form_go(f, row >= 0 && (size_t) row < n ? place_of(&rows[row]) : file_row);
}

unsigned form_step(struct form_view *f, int by)
{
    size_t n;
    const struct row *rows = session_rows(f->session, &n);
    long i = (long) row_at(f);
    bool gone = i < (long) n && !place_is(&f->at, &rows[i]);

    if (gone && by > 0)
        i--;                                    /* the rows moved up: the next one is here already */
    do
        i += by;
    while (i >= 0 && i < (long) n && !can_focus(&rows[i]));
    if (i < 0) {
        f->peek = f->peek > 0 ? 0 : f->peek;
        return REACT_DRAW;
    }
    form_go_row(f, (int) i);
    return REACT_DRAW;
}

static unsigned go_end(struct form_view *f, bool last)
{
    size_t n, i = 0;
    const struct row *rows = session_rows(f->session, &n);

    while (!last && i < n && !can_focus(&rows[i]))
        i++;
    form_go_row(f, last ? -1 : (int) i);
    return REACT_DRAW;
}

/* Where a form opens: at the first question that neither only tells something nor answers itself (a date of today). */
static void go_first_question(struct form_view *f)
{
    size_t n;
    const struct row *rows = session_rows(f->session, &n);

    for (size_t i = 0; i < n; i++) {
        bool settled = rows[i].kind == ROW_QUESTION && (rows[i].q->initial || rows[i].q->known) &&
                       session_value(f->session, rows[i].q, rows[i].repeat);

        if (can_focus(&rows[i]) && rows[i].kind != ROW_NOTE && !settled) {
            form_go_row(f, (int) i);
            return;
        }
    }
    go_end(f, false);
}

static const struct block *block_of(const struct form_view *f, size_t row, size_t count)
{
    for (size_t i = 0; i < f->block_count; i++)
        if (f->blocks[i].row == (row < count ? (int) row : BLOCK_FILE))
            return &f->blocks[i];
    return NULL;
}

/* About one body further, counted in the lines of the last draw; at least one row. */
static unsigned go_page(struct form_view *f, int by)
{
    size_t n, here = row_at(f);
    const struct row *rows = session_rows(f->session, &n);
    const struct block *from = block_of(f, here, n), *last = block_of(f, n, n);
    int goal = from ? from->y + by * (f->height > 2 ? f->height - 2 : 1) : 0;
    size_t found = here;

    if (by > 0 && last && goal >= last->y)
        return go_end(f, true);
    for (size_t i = 0; i < f->block_count; i++) {
        const struct block *b = &f->blocks[i];

        if (b->row < 0 || (size_t) b->row >= n || !can_focus(&rows[b->row]))
            continue;
        if (by > 0 ? (size_t) b->row > here && b->y <= goal : (size_t) b->row < here && b->y >= goal && found == here)
            found = (size_t) b->row;
    }
    if (found == here)
        return form_step(f, by);
    form_go_row(f, (int) found);
    return REACT_DRAW;
}

/* --- what is hidden --- */

bool form_hides(const struct form_view *f, const char *question)
{
    if (!f->guarded || !safe_covers(question))
        return false;
    for (size_t i = 0; i < f->revealed_count; i++)
        if (str_eq(f->revealed[i], question))
            return false;
    return true;
}

bool form_is_hidden_value(const struct form_view *f, const struct question *q, int repeat)
{
    return form_hides(f, q->name) && session_value(f->session, q, repeat);
}

void form_view_reveal(struct view *v, const char *question)
{
    struct form_view *f = form_of(v);

    if (!form_hides(f, question))
        return;
    *ARRAY_ADD(f->revealed, f->revealed_count, f->revealed_cap) = xstrdup(question);
    if (f->ed.kind == EDITOR_HIDDEN && f->at.q && str_eq(f->at.q->name, question))
        form_go(f, f->at);
}

void form_view_again(struct view *v)
{
    struct form_view *f = form_of(v);

    form_go(f, f->at);
}

/* --- keeping --- */

void form_refuse(struct form_view *f, struct text2 take)
{
    text2_replace(&f->refused, take);
    if (f->height == 0 || f->height >= SAID_TWICE_ROWS)
        screen_message(f->view.screen, STYLE_ERROR, "%s", text2_now(&f->refused));
}

bool form_commit(struct form_view *f)
{
    struct err err = { .st = ST_OK };

    if (editor_commit(f, &err) == ST_OK) {
        text2_release(&f->refused);
        return true;
    }
    form_refuse(f, TEXT2("%s", err_text(&err)));
    return false;
}

unsigned form_save(struct form_view *f)
{
    if (!session_dirty(f->session) || !f->host.save)
        return REACT_NONE;
    f->kept = true;
    return f->host.save(f->host.ctx);
}

bool form_leave_field(struct form_view *f, unsigned *react)
{
    bool ok = form_commit(f);

    *react |= REACT_DRAW | (ok ? form_save(f) : REACT_NONE);
    return ok;
}

static unsigned move(struct form_view *f, unsigned (*go)(struct form_view *f, int by), int by)
{
    unsigned r = REACT_NONE;

    return form_leave_field(f, &r) ? r | go(f, by) : r;
}

/* --- actions --- */

/* A long note is read line by line before the focus goes on. */
static bool peeks(struct form_view *f, int by)
{
    int rows = 0;
    size_t here = row_at(f);

    for (size_t i = 0; i < f->block_count; i++)
        if (f->blocks[i].row == (int) here)
            rows = f->blocks[i].rows;
    if (f->at.kind != ROW_NOTE || !f->at.q || f->peek < 0 || f->peek + by < 0 || f->peek + by > rows - f->height)
        return false;
    f->peek += by;
    return true;
}

static unsigned open_row(struct form_view *f)
{
    if (!f->at.q)
        return form_file_asking(f);
    if (f->at.kind == ROW_ADD)
        return form_add_instance(f);
    return move(f, form_step, 1);
}

static unsigned act_end(struct form_view *f, int by)
{
    return go_end(f, by > 0);
}

static unsigned nav(struct form_view *f, int action)
{
    switch (action) {
    case NAV_UP:         return peeks(f, -1) ? (unsigned) REACT_DRAW : move(f, form_step, -1);
    case NAV_DOWN:       return peeks(f, 1) ? (unsigned) REACT_DRAW : move(f, form_step, 1);
    case NAV_PREV_FIELD: return move(f, form_step, -1);
    case NAV_NEXT_FIELD: return move(f, form_step, 1);
    case NAV_PAGE_UP:    return move(f, go_page, -1);
    case NAV_PAGE_DOWN:  return move(f, go_page, 1);
    case NAV_FIRST:      return move(f, act_end, -1);
    case NAV_LAST:       return move(f, act_end, 1);
    case NAV_OPEN:       return open_row(f);
    case NAV_BACK:       return form_back(f);
    case NAV_LEFT:
    case NAV_RIGHT:
    case NAV_MARK:       return REACT_NONE;
    default:             return REACT_PASS;
    }
}

static unsigned toggle_prompts(struct form_view *f)
{
    if (!f->at.q || f->at.kind != ROW_QUESTION || f->at.q->prompt_count == 0)
        screen_message(f->view.screen, STYLE_HINT, "%s", _("There are no other ways to ask noted for this question."));
    else
        f->prompts = !f->prompts;
    return REACT_DRAW;
}

static unsigned reveal(struct form_view *f)
{
    if (f->ed.kind == EDITOR_HIDDEN)
        return REACT_PASS;
    screen_message(f->view.screen, STYLE_HINT, "%s", _("Nothing is hidden here. Go to a value that is dots (•••) "
                                                       "first."));
    return REACT_DRAW;
}

/* Keys for records have no meaning on an unfinished form; a stray letter must not bin or undo something else. */
static unsigned not_here(struct form_view *f)
{
    screen_message(f->view.screen, STYLE_HINT, "%s", _("Not in a form. Leave it first: the draft is kept."));
    return REACT_DRAW;
}

/* Going elsewhere, or locking: the text in the editor is kept first, and the program carries on. What closes the form
 * is held up once by text that does not pass; locking never is. */
static unsigned keep_and_pass(struct form_view *f, int action, bool again)
{
    bool closes = action == ACT_TODAY || action == ACT_QUIT;

    if (closes && !again && !form_commit(f)) {
        f->leaving = true;
        return REACT_DRAW;
    }
    form_view_flush(&f->view);
    return REACT_PASS;
}

static const struct {
    int      action;
    unsigned (*act)(struct form_view *f);
} own_actions[] = {
    { ACT_FILE_FORM, form_file },
    { ACT_MISSING, form_missing },
    { ACT_PROMPTS, toggle_prompts },
    { ACT_SAME_VALUE, form_same_value },
    { ACT_ADD_INSTANCE, form_add_instance },
    { ACT_ADD, form_add_instance },
    { ACT_REMOVE_INSTANCE, form_remove_instance },
    { ACT_REVEAL, reveal },
    { ACT_EDIT, not_here },
    { ACT_BIN, not_here },
    { ACT_UNDO, not_here },
    { ACT_AGAIN, not_here },
};

static unsigned act(struct view *v, int action)
{
    struct form_view *f = form_of(v);
    bool again = f->leaving;
    unsigned r = editor_act(f, action);

    if (!(r & REACT_PASS))
        return r;
    if (action != NAV_BACK)
        f->leaving = false;
    for (size_t i = 0; i < ARRAY_LEN(own_actions); i++)
        if (own_actions[i].action == action)
            return own_actions[i].act(f);
    r = nav(f, action);
    return r & REACT_PASS ? keep_and_pass(f, action, again) : r;
}

static bool begins_words(const struct form_view *f, const struct key *k)
{
    unsigned char first = (unsigned char) k->text[0];

    return form_adds_words(f) && key_is_text(k) && (first >= 0x80 || isalnum(first));
}

static unsigned key(struct view *v, const struct key *k)
{
    struct form_view *f = form_of(v);
    unsigned r = begins_words(f, k) ? form_begin_instance(f) : (unsigned) REACT_NONE;

    r |= editor_key(f, k);
    if (!(r & REACT_PASS))
        f->leaving = false;
    return r;
}

static const char *bar_word(struct view *v, int action)
{
    struct form_view *f = form_of(v);

    return action != NAV_OPEN ? NULL : !f->at.q ? _("Look and file") : f->at.kind == ROW_ADD ? _("Add another") : NULL;
}

static bool editing(struct view *v)
{
    return editor_takes_text(&form_of(v)->ed) || form_adds_words(form_of(v));
}

/* A list to pick from looks for typed letters; a pasted line would pick at random. */
static bool pasting(struct view *v)
{
    return editor_text(&form_of(v)->ed) != NULL;
}

/* What a letter may still do where a number or a tick is wanted, where Enter adds something, where something is only
 * told, and on the row that files. The rest would answer the question, or lead on to another field or away from the form
 * in the middle of a word that somebody types there: h on a scale is no step to the left. */
static const int letters_allowed[] = { ACT_PROMPTS, ACT_REVEAL, ACT_TIP_AWAY };

static bool letter_may(const struct form_view *f, int action)
{
    if (f->at.kind == ROW_NOTE && f->at.q && (action == NAV_UP || action == NAV_DOWN))
        return true;                                    /* what is long is read line by line */
    for (size_t i = 0; i < ARRAY_LEN(letters_allowed); i++)
        if (letters_allowed[i] == action)
            return true;
    return false;
}

static bool stray(struct view *v, int action, const struct key *k)
{
    (void) k;
    struct form_view *f = form_of(v);
    bool files = !f->at.q, adds = !files && f->at.kind == ROW_ADD, tells = !files && f->at.kind == ROW_NOTE;
    bool scale = f->ed.kind == EDITOR_SCALE, tick = f->ed.kind == EDITOR_TICK;

    if ((!files && !adds && !scale && !tick && !tells) || ((adds || f->at.repeat > 0) && action == ACT_ADD))
        return false;
    if (letter_may(f, action))
        return false;
    screen_message(v->screen, STYLE_HINT, "%s",
                   files   ? _("Nothing is typed here: Enter shows what would be filed. For an action, Ctrl-O and then "
                               "its letter.")
                   : tells ? _("Nothing is typed here: Tab goes on to the question. For an action, Ctrl-O and then its "
                               "letter.")
                   : adds  ? _("Enter adds one; then type. For an action, Ctrl-O and then its letter.")
                   : scale ? _("A number answers this, or the arrows. For an action, Ctrl-O and then its letter.")
                           : _("Space ticks this. For an action, Ctrl-O and then its letter."));
    return true;
}

/* Where nothing is asked there is no reason to give for having no answer; what is in plain sight is not shown. */
static bool idle(struct view *v, int action)
{
    struct form_view *f = form_of(v);

    return (action == ACT_MISSING && f->at.kind != ROW_QUESTION) ||
           (action == ACT_REVEAL && f->ed.kind != EDITOR_HIDDEN);
}

/* --- what the screen asks --- */

static struct focus focus(struct view *v)
{
    struct form_view *f = form_of(v);

    return (struct focus) {
        .person = f->person, .episode = f->row.episode,
        .kind = f->ed.kind == EDITOR_HIDDEN ? FOCUS_VALUE : FOCUS_FORM,
        .form = session_form(f->session)->id,
        .question = f->at.q ? f->at.q->name : NULL,
    };
}

static void title(struct view *v, struct buf *out)
{
    struct form_view *f = form_of(v);
    size_t n = session_to_go(f->session);

    buf_add(out, text2_now(&session_form(f->session)->title));
    if (n > 0)
        buf_addf(out, tr_n(" (%zu to go)", " (%zu to go)", n), n);
}

static void banner(struct view *v, struct buf *out)
{
    if (form_of(v)->has_person)
        person_banner_put(form_of(v)->ui, &form_of(v)->row, out);
}

static enum status load(struct view *v, struct err *err)
{
    struct form_view *f = form_of(v);
    enum status st = ST_OK;

    if (id_is_set(f->person) && f->ui->store)
        st = person_row_get(f->ui->store, f->person, &f->row, err);
    f->has_person = id_is_set(f->person) && f->ui->store && st == ST_OK;
    return st == ST_NOTFOUND ? ST_OK : st;
}

static void close(struct view *v)
{
    struct form_view *f = form_of(v);

    editor_close(&f->ed);
    if (f->host.release)
        f->host.release(f->host.ctx);
    for (size_t i = 0; i < f->revealed_count; i++)
        free(f->revealed[i]);
    free(f->revealed);
    text2_release(&f->refused);
    problems_release(&f->problems);
    free(f->blocks);
    free(f->note);
    older_release(&f->older);
    explicit_bzero(&f->row, sizeof f->row);
    free(f);
}

static const int bar[] = { ACT_FILE_FORM, ACT_MISSING, ACT_PROMPTS, NAV_BACK, ACT_SERIOUS, ACT_LANGUAGE, ACT_MENU, 0 };
static const int row_bar[] = { NAV_OPEN, ACT_FILE_FORM, NAV_BACK, ACT_SERIOUS, ACT_LANGUAGE, ACT_MENU, 0 };
static const int unprompted_bar[] = { ACT_FILE_FORM, ACT_MISSING, NAV_BACK, ACT_SERIOUS, ACT_LANGUAGE, ACT_MENU, 0 };

#define FORM_OPS(keys)                                                                                              \
    { .name = "form", .context = IN_FORM, .stale_on = CHANGED(PERSON), .bar = keys, .load = load, .draw = form_draw, \
      .key = key, .act = act, .focus = focus, .title = title, .banner = banner, .editing = editing,                 \
      .pasting = pasting, .stray = stray,                                                                           \
      .bar_word = bar_word, .idle = idle, .close = close }
static const struct view_ops ops = FORM_OPS(bar), unprompted_ops = FORM_OPS(unprompted_bar),
                             row_ops = FORM_OPS(row_bar);

/* The key bar offers ways to ask only where there are any; on a row that Enter does something with, that comes
 * first. */
static void choose_ops(struct form_view *f)
{
    if (!f->at.q || f->at.kind == ROW_ADD)
        f->view.ops = &row_ops;
    else
        f->view.ops = f->at.kind == ROW_QUESTION && f->at.q->prompt_count > 0 ? &ops : &unprompted_ops;
}

unsigned form_view_flush(struct view *v)
{
    while (v && v->ops->draw != form_draw)
        v = screen_below(v->screen, v);
    if (!v)
        return REACT_NONE;
    struct form_view *f = form_of(v);

    if (editor_commit(f, NULL) != ST_OK)        /* still touched: leaving the field refuses it as before */
        session_keep_unfinished(f->session, f->at.q, f->at.repeat, editor_text(&f->ed));
    return form_save(f) | REACT_DRAW;
}

void form_view_stand(struct view *v, size_t row)
{
    struct form_view *f = form_of(v);
    size_t n;
    const struct row *rows = session_rows(f->session, &n);

    form_go_row(f, row < n ? (int) row : -1);
    if (row < n && !can_focus(&rows[row]))
        form_step(f, 1);
}

/* "action#3" is the third of what repeats. */
static int row_named(const struct session *s, const char *at)
{
    const char *number = strchr(at, '#');
    char *name = xstrndup(at, strcspn(at, "#"));
    int row = session_find_row(s, name, number ? atoi(number + 1) : 0);

    free(name);
    return row;
}

struct view *form_view_new(struct ui *u, struct session *session, const struct form_host *host, struct id person,
                           bool guarded, const char *at, const char *note)
{
    struct form_view *f = xcalloc(1, sizeof *f);
    int row = at ? row_named(session, at) : -1;

    f->ui = u;
    f->session = session;
    f->host = *host;
    f->person = person;
    f->guarded = guarded;
    f->note = xstrdup(note);
    go_first_question(f);
    if (row >= 0)
        form_view_stand(&f->view, (size_t) row);
    return &f->view;
}
