/* handover_view.c - hand-over mode: every key comes here and none goes on, so that nothing else can be reached.
 *
 * The view counts as one in which text is typed (the screen then offers it each key first) and never passes a key. Two
 * things are left to the host: the lock, and what is typed at the gate. */
#include "handover_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/measure.h"
#include "dolen/base/banned.h"

/* --- the pages ---------------------------------------------------------------------------------------------------- */

/* Repeats are for whoever keeps the record: here each question stands once. */
static bool is_page(const struct handover *h, const struct row *r)
{
    if (session_form(h->session)->is_measure && str_eq(r->q->name, MEASURE_DAY))
        return false;                           /* it is today; what is asked is the measure's alone */
    if (r->repeat != 0 || r->q->repeat >= 0 || r->q->type == Q_ACKNOWLEDGE)
        return false;
    return r->kind == ROW_NOTE || (r->kind == ROW_QUESTION && qtype_asked(r->q->type));
}

/* The page before or after this one, in the rows as they stand now; NULL when there is none. */
static const struct question *page_beside(const struct handover *h, const struct question *q, int by)
{
    size_t n;
    const struct row *rows = session_rows(h->session, &n);
    const struct question *found = NULL;

    for (size_t i = 0; i < n; i++) {
        if (!is_page(h, &rows[i]))
            continue;
        if (by > 0 && (!q || rows[i].q > q))
            return rows[i].q;
        if (by < 0 && rows[i].q < q)
            found = rows[i].q;
    }
    return found;
}

void handover_place(const struct handover *h, size_t *at, size_t *of)
{
    size_t n;
    const struct row *rows = session_rows(h->session, &n);

    *at = *of = 0;
    for (size_t i = 0; i < n; i++)
        if (is_page(h, &rows[i])) {
            ++*of;
            if (rows[i].q <= h->q)
                ++*at;
        }
}

static unsigned save(struct handover *h)
{
    return session_dirty(h->session) && h->host.save ? h->host.save(h->host.ctx) : (unsigned) REACT_NONE;
}

static unsigned finish(struct handover *h)
{
    if (!(h->host.finish(h->host.ctx) & REACT_PASS)) {
        handover_shut(h);
        h->finished = true;
        h->page = PAGE_THANKS;
    }
    return REACT_LAYOUT;
}

/* Asked, and gone past: that is said of it too. */
static void note_silence(struct handover *h)
{
    if (handover_is_asked(h) && session_state(h->session, h->q, 0) == MISSING_NOT_REACHED)
        session_set_missing(h->session, h->q, 0, MISSING_NO_ANSWER, NULL);
}

static unsigned go(struct handover *h, int by)
{
    const struct question *next;

    if (!handover_keep(h))
        return REACT_DRAW;
    if (by > 0)
        note_silence(h);
    save(h);
    next = page_beside(h, h->q, by);
    if (next)
        handover_open(h, next);
    else if (by > 0)
        return finish(h);
    return REACT_DRAW;
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

static unsigned move(struct handover *h, int by)
{
    int to = h->focus + by, n = handover_answers(h);

    h->focus = to < FOCUS_FIELD ? FOCUS_FIELD : to >= n ? n - 1 : to;
    return REACT_DRAW;
}

/* Enter takes the answer it stands on, when it is the only one that can be taken, and goes on. */
static unsigned enter(struct handover *h)
{
    if (h->focus >= 0 && (h->q->type != Q_SELECT_MULTIPLE || h->focus == (int) h->code_count) &&
        !handover_pick(h, h->focus))
        return REACT_DRAW;
    return go(h, 1);
}

static unsigned flip(void)
{
    lang_set(lang_now() == LANG_EN ? LANG_CY : LANG_EN);
    return REACT_LAYOUT;
}

static unsigned question_key(struct handover *h, const struct key *k)
{
    bool typing = (h->line || h->multi) && h->focus == FOCUS_FIELD;

    if (h->multi && typing && k->code == K_ENTER && multi_is_empty(h->multi))
        return go(h, 1);
    unsigned r = handover_field_key(h, k);

    if (!(r & REACT_PASS))
        return r;
    switch (k->code) {
    case K_ENTER:
    case K_TAB:       return k->code == K_ENTER ? enter(h) : go(h, 1);
    case K_PAGE_DOWN: return go(h, 1);
    case K_PAGE_UP:
    case K_SHIFT_TAB: return go(h, -1);
    case K_UP:        return move(h, -1);
    case K_DOWN:      return move(h, 1);
    default:          break;
    }
    if (k->code == K_TEXT && k->text[0] == ' ' && h->focus >= 0)
        handover_pick(h, h->focus);
    else if (k->code == K_TEXT && (str_eq(k->text, "L") || str_eq(k->text, "l")))
        return flip();
    return REACT_DRAW;
}

static unsigned gate_key(struct handover *h, const struct key *k)
{
    if (k->code == K_ESC) {
        h->host.typed(h->host.ctx, "");
        err_clear(&h->refused);
        h->page = h->behind;
    } else if (k->code == K_BACKSPACE) {
        h->host.typed(h->host.ctx, NULL);
    } else if (k->code == K_ENTER && h->host.has_typed(h->host.ctx)) {
        bool open = h->host.open(h->host.ctx, &h->refused);

        h->host.typed(h->host.ctx, "");
        if (open)
            return h->host.leave(h->host.ctx) | REACT_BACK;
    } else if (key_is_text(k)) {
        err_clear(&h->refused);
        h->host.typed(h->host.ctx, k->text);
    }
    return REACT_DRAW;
}

/* With a key for those whose F-keys dim the screen. */
static bool wants_numbers(const struct key *k)
{
    return k->code == K_F(2) || k->code == K_CTRL('N');
}

static bool wants_language(const struct key *k)
{
    return k->code == K_F(9) || k->code == K_CTRL('L');
}

static unsigned numbers_key(struct handover *h, const struct key *k)
{
    static const int moves[][2] = { { K_UP, NAV_UP }, { K_DOWN, NAV_DOWN }, { K_PAGE_UP, NAV_PAGE_UP },
                                    { K_PAGE_DOWN, NAV_PAGE_DOWN }, { K_HOME, NAV_FIRST }, { K_END, NAV_LAST } };

    for (size_t i = 0; i < ARRAY_LEN(moves); i++)
        if (moves[i][0] == k->code)
            text_view_act(h->numbers, moves[i][1]);
    if (k->code == K_ESC || k->code == K_ENTER || wants_numbers(k))
        h->page = h->behind;
    return REACT_DRAW;
}

static unsigned show_numbers(struct handover *h)
{
    text_view_free(&h->numbers);
    h->numbers = serious_numbers_new(h->ui);
    h->behind = h->page == PAGE_GATE ? h->behind : h->page;
    h->page = PAGE_NUMBERS;
    h->host.typed(h->host.ctx, "");
    return REACT_LAYOUT;
}

static unsigned show_gate(struct handover *h)
{
    if (h->page == PAGE_QUESTION && !handover_keep(h))
        h->touched = false;                     /* what does not pass is shown again, never lost by coming back */
    save(h);
    h->behind = h->page == PAGE_NUMBERS ? h->behind : h->page;
    h->page = PAGE_GATE;
    err_clear(&h->refused);
    h->host.typed(h->host.ctx, "");
    return REACT_LAYOUT;
}

static bool locks(const struct key *k)
{
    return k->code == K_CTRL('C') || k->code == K_CTRL('K') || k->code == K_CTRL('Q') || k->code == K_CTRL('Z');
}

static unsigned key(struct view *v, const struct key *k)
{
    struct handover *h = handover_of(v);

    if (locks(k)) {
        handover_view_flush(v);
        return h->host.lock(h->host.ctx);
    }
    if (wants_language(k))
        return flip();
    if (wants_numbers(k) && h->page != PAGE_NUMBERS)
        return show_numbers(h);
    if (k->code == K_CTRL('P') && h->page != PAGE_GATE)
        return show_gate(h);
    switch (h->page) {
    case PAGE_QUESTION: return question_key(h, k);
    case PAGE_GATE:     return gate_key(h, k);
    case PAGE_NUMBERS:  return numbers_key(h, k);
    case PAGE_THANKS:
    default:            return k->code == K_ENTER ? show_gate(h) : (unsigned) REACT_NONE;
    }
}

/* --- the view ----------------------------------------------------------------------------------------------------- */

static unsigned act(struct view *v, int action)
{
    (void) v;
    (void) action;
    return REACT_NONE;                          /* whatever was asked for: not here */
}

static bool editing(struct view *v)
{
    (void) v;
    return true;
}

static struct focus focus(struct view *v)
{
    struct handover *h = handover_of(v);

    return (struct focus) { .person = h->person, .kind = FOCUS_FORM, .form = session_form(h->session)->id,
                            .question = h->q ? h->q->name : NULL };
}

static void close(struct view *v)
{
    struct handover *h = handover_of(v);

    handover_shut(h);
    text_view_free(&h->numbers);
    if (h->host.release)
        h->host.release(h->host.ctx);
    free(h);
}

static const struct view_ops ops = {
    .name = "hand-over", .context = IN_HANDOVER, .flags = VIEW_BARE | VIEW_SECRET, .draw = handover_draw, .key = key,
    .act = act,
    .focus = focus, .editing = editing, .close = close,
};

unsigned handover_view_flush(struct view *v)
{
    struct handover *h = handover_of(v);

    if (h->finished)
        return REACT_NONE;
    handover_keep(h);
    return save(h);
}

struct view *handover_view_new(struct ui *u, struct session *session, const struct handover_host *host,
                               struct id person)
{
    struct handover *h = xcalloc(1, sizeof *h);

    h->view.ops = &ops;
    h->ui = u;
    h->session = session;
    h->host = *host;
    h->person = person;
    handover_open(h, page_beside(h, NULL, 1));
    return &h->view;
}
