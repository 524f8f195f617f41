/* form_steps.c - what a form asks before it acts: missing states, repeats, filing, leaving. */
#include "form_priv.h"

#include <stdlib.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/ui/choice.h"
#include "dolen/base/banned.h"

/* --- why there is no answer --- */

static const enum missing states[] = { MISSING_NO_ANSWER, MISSING_PREFER_NOT, MISSING_NOT_KNOWN, MISSING_NOT_REACHED };

static unsigned missing_chosen(void *ctx, int index)
{
    struct form_view *f = ctx;
    struct err err = { .st = ST_OK };

    if (index < 0 || (size_t) index >= ARRAY_LEN(states) || !f->at.q)
        return REACT_DRAW;
    if (session_set_missing(f->session, f->at.q, f->at.repeat, states[index], &err) != ST_OK) {
        screen_message(f->view.screen, STYLE_ERROR, "%s", err_text(&err));
        return REACT_DRAW;
    }
    unsigned r = form_save(f);

    form_go(f, f->at);                  /* whatever was typed gives way to what was chosen */
    return r | (states[index] == MISSING_NOT_REACHED ? (unsigned) REACT_DRAW : form_step(f, 1));
}

unsigned form_missing(struct form_view *f)
{
    struct choice *why;

    if (f->at.kind != ROW_QUESTION || !f->at.q) {
        screen_message(f->view.screen, STYLE_HINT, "%s", _("Nothing is asked here. Go to a question first."));
        return REACT_DRAW;
    }
    if (f->ed.kind == EDITOR_HIDDEN) {
        screen_message(f->view.screen, STYLE_WARN, "%s",
                       _("There is an answer, and it is hidden. Show it before you replace it."));
        return REACT_DRAW;
    }
    why = screen_choose(f->view.screen, TEXT2(_("Why is there no answer?")), missing_chosen, f);
    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        choice_add(why, TEXT2("%s", states[i] == MISSING_NOT_REACHED ? _("clear: not reached yet")
                                                                     : missing_label(states[i])));
        if (session_state(f->session, f->at.q, f->at.repeat) == states[i])
            choice_select(why, i);
    }
    return REACT_DRAW;
}

/* --- the same as last time --- */

unsigned form_same_value(struct form_view *f)
{
    const struct question *q = f->at.kind == ROW_QUESTION ? f->at.q : NULL;
    const char *value = q && f->host.last ? f->host.last(f->host.ctx, q->name) : NULL;
    struct err err = { .st = ST_OK };

    if (!value) {
        screen_message(f->view.screen, STYLE_HINT, "%s",
                       _("Nothing was filed here yet since the case file was opened."));
        return REACT_DRAW;
    }
    if (f->ed.kind == EDITOR_HIDDEN) {
        screen_message(f->view.screen, STYLE_WARN, "%s",
                       _("There is an answer, and it is hidden. Show it before you replace it."));
        return REACT_DRAW;
    }
    if (session_set_canonical(f->session, q, f->at.repeat, value, &err) != ST_OK) {
        screen_message(f->view.screen, STYLE_ERROR, "%s", err_text(&err));
        return REACT_DRAW;
    }
    unsigned r = form_save(f);

    form_go(f, f->at);
    return r | REACT_DRAW;
}

/* --- what repeats --- */

static const struct question *repeat_of(const struct form_view *f, const struct question *q)
{
    const struct form *form = session_form(f->session);

    if (q && q->type == Q_REPEAT)
        return q;
    return q && q->repeat >= 0 ? &form->questions[q->repeat] : NULL;
}

/* The repeat around the focus, or the only one of the form; NULL when nothing repeats here. */
static const struct question *form_repeat_here(const struct form_view *f)
{
    const struct form *form = session_form(f->session);
    const struct question *found = repeat_of(f, f->at.q);
    size_t n = 0;

    for (size_t i = 0; !found && i < form->count; i++)
        n += form->questions[i].type == Q_REPEAT;
    for (size_t i = 0; !found && n == 1 && i < form->count; i++)
        if (form->questions[i].type == Q_REPEAT)
            return session_relevant(f->session, &form->questions[i], 0) ? &form->questions[i] : NULL;
    return found;
}

static const char *item_name(const struct question *repeat_q)
{
    const char *item = text2_now(&repeat_q->item_label);

    return *item ? item : text2_now(&repeat_q->label);
}

/* To the first question of an instance, or to "add another" when it is not there. */
static void go_instance(struct form_view *f, const struct question *repeat_q, int repeat)
{
    size_t n;
    const struct row *rows = session_rows(f->session, &n);

    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            const struct row *r = &rows[i];
            bool asked = pass == 0 && r->kind == ROW_QUESTION && qtype_asked(r->q->type) && r->repeat == repeat &&
                         repeat_of(f, r->q) == repeat_q;

            if (asked || (pass == 1 && r->kind == ROW_ADD && r->q == repeat_q)) {
                form_go_row(f, (int) i);
                return;
            }
        }
    form_go_row(f, -1);
}

static bool is_empty(const struct form_view *f, const struct question *repeat_q, int repeat)
{
    const struct form *form = session_form(f->session);

    for (int i = form_index(form, repeat_q) + 1; i < repeat_q->end; i++)
        if (qtype_asked(form->questions[i].type) &&
            answers_find(session_answers(f->session), form->questions[i].name, repeat))
            return false;
    return true;
}

/* On "add another" of what begins with words: they are typed there as well. */
bool form_adds_words(const struct form_view *f)
{
    const struct form *form = session_form(f->session);

    if (f->at.kind != ROW_ADD)
        return false;
    for (int i = form_index(form, f->at.q) + 1; i < f->at.q->end; i++)
        if (qtype_asked(form->questions[i].type))
            return form->questions[i].type == Q_TEXT;
    return false;
}

/* The one that a word typed on "add another" begins: an empty one that is there already, or a new one. */
unsigned form_begin_instance(struct form_view *f)
{
    int last = session_instances(f->session, f->at.q);

    if (last < 1 || !is_empty(f, f->at.q, last))
        return form_add_instance(f);
    go_instance(f, f->at.q, last);
    return REACT_DRAW;
}

/* An empty one is there already: Enter on "add another" goes on past it, so that a form can be walked through. */
unsigned form_add_instance(struct form_view *f)
{
    const struct question *q = form_repeat_here(f);
    unsigned r = REACT_NONE;

    if (!q) {
        screen_message(f->view.screen, STYLE_HINT, "%s", _("Nothing repeats here."));
        return REACT_DRAW;
    }
    if (!form_leave_field(f, &r))
        return r;
    int last = session_instances(f->session, q);

    if (last > 0 && is_empty(f, q, last)) {
        if (f->at.kind == ROW_ADD)
            return r | form_step(f, 1);
        go_instance(f, q, last);
        return r | REACT_DRAW;
    }
    int repeat = session_add_instance(f->session, q);

    if (repeat == 0)
        screen_message(f->view.screen, STYLE_WARN, "%s", _("There is no room for another one. Take one out first, "
                                                           "or change one that is there."));
    else
        go_instance(f, q, repeat);
    return r | REACT_DRAW;
}

static unsigned removal_agreed(void *ctx, bool yes)
{
    struct form_view *f = ctx;
    const struct question *q = repeat_of(f, f->at.q);
    int repeat = f->at.repeat;

    if (!yes || !q || repeat < 1)
        return REACT_DRAW;
    session_take_out(f->session, q, repeat);
    go_instance(f, q, repeat <= session_instances(f->session, q) ? repeat : repeat - 1);
    return form_save(f) | REACT_DRAW;
}

unsigned form_remove_instance(struct form_view *f)
{
    const struct question *q = repeat_of(f, f->at.q);

    if (!q || f->at.repeat < 1) {
        screen_message(f->view.screen, STYLE_HINT, "%s", _("Go to a question of what you want to remove."));
        return REACT_DRAW;
    }
    screen_confirm(f->view.screen, TEXT2(_("Remove %s %d and what is written there?"), item_name(q), f->at.repeat),
                   removal_agreed, f);
    return REACT_DRAW;
}

/* --- filing --- */

static int first_problem(const struct problems *p, bool open)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->items[i].open == open)
            return (int) i;
    return -1;
}

static unsigned file_agreed(void *ctx, bool yes)
{
    struct form_view *f = ctx;
    struct problems p = { NULL, 0, 0 };

    if (yes)
        return f->host.file ? f->host.file(f->host.ctx) : (unsigned) REACT_DRAW;
    session_problems(f->session, &p);
    int i = first_problem(&p, true);

    if (i >= 0) {
        form_go_row(f, p.items[i].row);
        screen_message(f->view.screen, STYLE_HINT, "%s", text2_now(&p.items[i].sentence));
    }
    problems_release(&p);
    return REACT_DRAW;
}

static void ask_open(struct form_view *f, size_t n)
{
    screen_confirm(f->view.screen, TEXT2(tr_n("%zu required question is still open. File all the same?",
                                              "%zu required questions are still open. File all the same?", n), n),
                   file_agreed, f);
}

void form_summary(const struct session *s, struct buf *out)
{
    size_t n, given = 0, empty = 0, why[ARRAY_LEN(states)] = { 0 };
    const struct row *rows = session_rows(s, &n);

    for (size_t i = 0; i < n; i++) {
        const struct row *r = &rows[i];
        enum missing state = MISSING_NONE;

        if (r->kind != ROW_QUESTION || !qtype_asked(r->q->type))
            continue;
        if (session_value(s, r->q, r->repeat)) {
            given++;
            continue;
        }
        state = session_state(s, r->q, r->repeat);
        empty += state == MISSING_NOT_REACHED;
        for (size_t k = 0; k < ARRAY_LEN(states); k++)
            why[k] += state == states[k] && state != MISSING_NOT_REACHED;
    }
    buf_addf(out, tr_n("%zu answer", "%zu answers", given), given);
    if (empty)
        buf_addf(out, tr_n(", %zu left empty", ", %zu left empty", empty), empty);
    for (size_t k = 0; k < ARRAY_LEN(states); k++)
        if (why[k])
            buf_addf(out, "; %s: %zu", missing_label(states[k]), why[k]);
}

static void summary_question(const struct session *s, struct buf *out)
{
    buf_addf(out, _("File %s?"), text2_now(&session_form(s)->title));
    buf_add(out, " ");
    form_summary(s, out);
    buf_add(out, ".");
}

/* Enter only ever goes on: behind the last question it shows what would be filed, and asks. */
static unsigned ask_summary(struct form_view *f)
{
    struct buf b = BUF_INIT;

    screen_confirm_again(f->view.screen, TEXT2_FROM(b, summary_question(f->session, &b)), ACT_FILE_FORM, file_agreed,
                         f);
    return REACT_DRAW;
}

unsigned form_file_asking(struct form_view *f)
{
    struct problems p = { NULL, 0, 0 };

    session_problems(f->session, &p);
    bool clear = p.count == 0;

    problems_release(&p);
    return clear ? ask_summary(f) : form_file(f);
}

unsigned form_file(struct form_view *f)
{
    struct problems p = { NULL, 0, 0 };
    unsigned r = REACT_NONE;

    if (!form_leave_field(f, &r))
        return r;
    session_problems(f->session, &p);
    int bad = first_problem(&p, false);
    bool ask = bad < 0 && p.count > 0;

    if (bad >= 0) {
        form_go_row(f, p.items[bad].row);
        form_refuse(f, TEXT2("%s", text2_now(&p.items[bad].sentence)));
    } else if (ask) {
        ask_open(f, p.count);
    }
    problems_release(&p);
    return bad >= 0 || ask || !f->host.file ? r | REACT_DRAW : r | f->host.file(f->host.ctx);
}

/* --- leaving --- */

/* Text that does not pass, and a draft that could not be written, hold the form open once: the second Esc leaves. */
static unsigned hold(struct form_view *f, struct text2 take)
{
    f->leaving = true;
    screen_say(f->view.screen, STYLE_ERROR, take);
    return REACT_DRAW;
}

unsigned form_back(struct form_view *f)
{
    bool again = f->leaving;

    if (!form_commit(f) && !again)
        return hold(f, TEXT2(_("%s Esc again leaves without it."), text2_now(&f->refused)));
    unsigned r = form_save(f);

    if (f->host.save && session_dirty(f->session) && !again)
        return r | hold(f, TEXT2(_("The draft could not be kept. Stay, and try again; Esc again leaves and loses what "
                                   "is not kept.")));
    if (f->host.leave && !session_dirty(f->session) && f->host.leave(f->host.ctx))
        return r | REACT_BACK;
    if (f->kept && !session_dirty(f->session))
        screen_message(f->view.screen, STYLE_GOOD, "%s", _("Kept as a draft."));
    return r | REACT_BACK;
}
