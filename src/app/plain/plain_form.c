/* plain_form.c - a form gone through question by question; kept as a draft after each answer, filed at the end. */
#include "plain_priv.h"
#include "after.h"
#include "paperwork.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/core/consent.h"
#include "review_goals.h"
#include "yes_word.h"
#include "dolen/base/banned.h"

void walk_save(struct walk *w)
{
    struct err err = { .st = ST_OK };

    if (filling_save(w->f, &err) != ST_OK)
        tell_error(&err);
}

void walk_keys(void)
{
    tell_text(_("In a form: Enter keeps what is there, or leaves the question open."));
    tell_text(_("- says why there is no answer. ? reads the hint, the ways to ask and the choices again."));
    tell_text(_("< goes back one question. :missing lists what is required and open."));
    tell_text(_(":file files the form now. :later keeps it as a draft and leaves. :discard puts the draft in the "
                "bin."));
    tell_text(_(":same gives the answer that was filed last to the same question, for whomever."));
    tell_text(_(":remove takes out the goal, action or whatever repeats here. :reveal shows a hidden value."));
    tell_text(_("Two colons at the start of a text stand for one."));
}

/* --- where it is -------------------------------------------------------------------------------------------------- */

static bool is_here(const struct walk *w, const struct row *r)
{
    return r->q == w->q && r->kind == w->kind && r->repeat == w->repeat;
}

/* The row it is at; when a rule took that away, the next one; the number of rows at the end. */
static size_t row_now(const struct walk *w)
{
    size_t n, i;
    const struct row *rows = session_rows(w->s, &n);

    if (!w->q)
        return n;
    for (i = 0; i < n; i++)
        if (is_here(w, &rows[i]))
            return i;
    for (i = 0; i < n && (rows[i].q < w->q || (rows[i].q == w->q && rows[i].repeat <= w->repeat)); i++)
        ;
    return i;
}

static void stand_at(struct walk *w, size_t i)
{
    size_t n;
    const struct row *rows = session_rows(w->s, &n);

    w->q = i < n ? rows[i].q : NULL;
    w->kind = i < n ? rows[i].kind : ROW_HEADING;
    w->repeat = i < n ? rows[i].repeat : 0;
}

static bool instance_has_answers(const struct walk *w, const struct row *r)
{
    const struct form *form = session_form(w->s);

    for (int i = form_index(form, r->q) + 1; i < r->q->end; i++)
        if (qtype_asked(form->questions[i].type) &&
            answers_find(session_answers(w->s), form->questions[i].name, r->repeat))
            return true;
    return false;
}

static void say_instance(const struct walk *w, const struct question *repeat_q, int repeat)
{
    const char *item = text2_now(&repeat_q->item_label);
    struct goal_words *goals = goal_words_load(w->f);
    struct buf about = BUF_INIT;

    goal_words_put(goals, w->f, repeat_q, repeat, &about);
    tell("%s", "");
    tell("%s %d.%s%s", *item ? item : text2_now(&repeat_q->label), repeat, about.len ? " " : "", buf_text(&about));
    buf_wipe(&about);
    goal_words_free(&goals);
}

/* True when it stops here; what only has to be heard is said in passing. */
static bool stops_at(const struct walk *w, const struct row *r)
{
    switch (r->kind) {
    case ROW_HEADING:
        tell("%s", "");
        tell("%s%s", text2_now(&r->q->label), plain_ends(text2_now(&r->q->label)));
        return false;
    case ROW_NOTE:
        tell(_("Note: %s"), text2_now(&r->q->label));
        return false;
    case ROW_INSTANCE:
        if (instance_has_answers(w, r) && !(w->open_q == r->q && w->open == r->repeat))
            return true;
        say_instance(w, r->q, r->repeat);
        return false;
    case ROW_ADD:
        return true;
    case ROW_QUESTION:
        return qtype_asked(r->q->type);
    }
    return false;
}

static void forward(struct walk *w, size_t from)
{
    size_t n, i = from;
    const struct row *rows = session_rows(w->s, &n);

    while (i < n && !stops_at(w, &rows[i]))
        i++;
    stand_at(w, i);
}

static void next(struct walk *w)
{
    size_t n, i = row_now(w);
    const struct row *rows = session_rows(w->s, &n);

    forward(w, i < n && is_here(w, &rows[i]) ? i + 1 : i);
}

static void back(struct walk *w)
{
    size_t n, i = row_now(w);
    const struct row *rows = session_rows(w->s, &n);

    while (i > 0) {
        const struct row *r = &rows[--i];

        if (r->kind != ROW_QUESTION || !qtype_asked(r->q->type))
            continue;
        if (r->repeat && r->repeat != w->repeat)
            say_instance(w, &session_form(w->s)->questions[r->q->repeat], r->repeat);
        w->open_q = r->repeat ? &session_form(w->s)->questions[r->q->repeat] : NULL;
        w->open = r->repeat;
        stand_at(w, i);
        return;
    }
    tell_text(_("This is the first question. :later leaves the form."));
}

/* --- repeats ------------------------------------------------------------------------------------------------------ */

static const char *item_word(const struct question *q)
{
    const char *item = text2_now(&q->item_label);

    return *item ? item : text2_now(&q->label);
}

static enum went walk_add(struct walk *w)
{
    bool any = session_instances(w->s, w->q) > 0;
    char *question = xasprintf(any ? _("%s: another?") : _("%s: add one?"), item_word(w->q));
    struct buf line = BUF_INIT;
    char *prompt = xasprintf("%s %s ", question, _("y or n:"));
    enum reply r = plain_ask(w->p, prompt, &line);
    enum went went = r == REPLY_OVER ? WENT_OVER : WENT_SAME;
    bool known = false;
    int which = r == REPLY_LINE ? yes_word(buf_text(&line)) : 0;

    if (r == REPLY_LINE && which > 0) {
        w->open = session_add_instance(w->s, w->q);
        w->open_q = w->q;
        w->kind = ROW_INSTANCE;
        w->repeat = w->open;
        forward(w, row_now(w));
        went = WENT_JUMPED;
    } else if (r == REPLY_LINE && (which < 0 || !line.len)) {
        went = WENT_NEXT;
    } else if (r == REPLY_LINE) {
        went = walk_command(w, buf_text(&line), &known);
        if (!known)
            tell_text(_("Please answer y for yes or n for no."));
    }
    buf_wipe(&line);
    free(prompt);
    free(question);
    return went;
}

static void say_instance_answers(const struct walk *w)
{
    const struct form *form = session_form(w->s);

    say_instance(w, w->q, w->repeat);
    for (int i = form_index(form, w->q) + 1; i < w->q->end; i++) {
        const struct question *q = &form->questions[i];
        struct buf b = BUF_INIT;

        session_show(w->s, q, w->repeat, &b);
        if (b.len)
            tell("%s%s %s", text2_now(&q->label), plain_colon(text2_now(&q->label)),
                 walk_hides(w, q) ? _("hidden") : buf_text(&b));
        buf_wipe(&b);
    }
}

/* Past the rows of this instance. */
static void skip_instance(struct walk *w)
{
    size_t n, i = row_now(w) + 1;
    const struct row *rows = session_rows(w->s, &n);

    while (i < n && rows[i].kind != ROW_INSTANCE && rows[i].kind != ROW_ADD && rows[i].repeat == w->repeat)
        i++;
    forward(w, i);
}

static enum went walk_instance(struct walk *w)
{
    static const struct choice items[] = {
        { N_(":keep"), N_("Keep it as it is: Enter too"), false }, { N_(":edit"), N_("Go through it"), false },
        { N_(":remove"), N_("Remove it"), false },
    };
    struct question const *q = w->q;
    struct buf other = BUF_INIT;
    enum went went = WENT_SAME;
    bool known = true, on;
    int i;

    say_instance_answers(w);
    i = plain_choose_or(w->p, item_word(q), items, ARRAY_LEN(items), &other);
    on = !other.len;
    if (i == CHOSE_OTHER && !on)
        went = walk_command(w, buf_text(&other), &known);
    if (!known)
        tell_text(_("That is not in the list. Type a number of the list, or a word of it."));
    buf_wipe(&other);
    if (i == CHOSE_OVER)
        return WENT_OVER;
    if (i == CHOSE_BACK)
        return WENT_BACK;
    if (i == CHOSE_AGAIN || (i == CHOSE_OTHER && !on))
        return went;
    if (i == 0 || i == CHOSE_OTHER) {
        skip_instance(w);
    } else if (i == 1) {
        w->open_q = q;
        w->open = w->repeat;
        forward(w, row_now(w) + 1);
    } else {
        size_t at = row_now(w);

        session_take_out(w->s, q, w->repeat);
        walk_save(w);
        forward(w, at);
    }
    return WENT_JUMPED;
}

/* --- the end ------------------------------------------------------------------------------------------------------ */

/* To the first value that does not pass: filing would refuse it. */
static bool goes_to_wrong(struct walk *w)
{
    struct problems all = { NULL, 0, 0 };
    bool wrong = false;

    session_problems(w->s, &all);
    for (size_t i = 0; i < all.count && !wrong; i++)
        if (!all.items[i].open) {
            tell_text(text2_now(&all.items[i].sentence));
            stand_at(w, (size_t) all.items[i].row);
            wrong = true;
        }
    problems_release(&all);
    return wrong;
}

static void say_open(const struct walk *w)
{
    size_t open = session_to_go(w->s);

    tell("%s", "");
    tell(_("End of the form: %s."), text2_now(&session_form(w->s)->title));
    if (open)
        tell(tr_n("%zu required question is open. :missing reads it.",
                  "%zu required questions are open. :missing reads them.", open), open);
    else
        tell_text(_("No required question is open."));
}

static enum went walk_end(struct walk *w)
{
    struct buf line = BUF_INIT;
    char *prompt;
    bool known = true;
    enum went went = WENT_SAME;
    enum reply r;

    if (goes_to_wrong(w))
        return WENT_JUMPED;
    if (!w->refused)
        say_open(w);
    w->refused = false;
    prompt = xasprintf("%s %s ", _("File it?"), _("y or n:"));
    r = plain_ask(w->p, prompt, &line);
    free(prompt);
    if (r == REPLY_OVER) {
        went = WENT_OVER;
    } else if (r == REPLY_LINE && line.len) {
        int which = yes_word(buf_text(&line));

        went = which > 0 ? WENT_FILE : which < 0 ? WENT_LEAVE : walk_command(w, buf_text(&line), &known);
        w->refused = !known;
        if (!known)
            tell_text(_("Please answer y for yes or n for no."));
    } else if (r == REPLY_LINE) {
        w->refused = true;
        tell_text(_("Enter alone does not file it: y files it, n leaves and keeps it as a draft, < goes back."));
    }
    buf_wipe(&line);
    return went;
}

/* --- the walk ----------------------------------------------------------------------------------------------------- */

static enum went step(struct walk *w)
{
    if (!w->q)
        return walk_end(w);
    if (w->kind == ROW_ADD)
        return walk_add(w);
    if (w->kind == ROW_INSTANCE)
        return walk_instance(w);
    return walk_question(w);
}

/* What follows from a permission that is filed as refused or taken back; NULL when nothing does. */
static const char *then_of(const struct walk *w)
{
    const struct answers *a = session_answers(w->s);

    return w->f->binds == T_CONSENT ? consent_then(answers_value(a, "state", 0), answers_value(a, "purpose", 0)) : NULL;
}

static void say_filed(const struct walk *w)
{
    const char *then = then_of(w);
    struct buf sums = BUF_INIT;

    if (!w->f->wrote) {
        tell(_("%s: nothing was changed, and it stands as it was."), text2_now(&session_form(w->s)->title));
        return;
    }
    form_summary(w->s, &sums);
    tell(_("Filed: %s."), text2_now(&session_form(w->s)->title));
    tell(w->f->binds == T_CONCERN ? "%s." : _("%s. undo takes it back."), buf_text(&sums));
    if (then)
        tell_text(tr(then));
    if (left_undue(w->f))
        tell_text(_("Nothing is due for them now: the next contact says when."));
    buf_wipe(&sums);
}

static bool files(struct walk *w)
{
    struct err err = { .st = ST_OK };

    if (goes_to_wrong(w))
        return false;
    if (filling_file(w->f, true, NULL, &err) == ST_OK) {
        say_filed(w);
        plain_drill_filed(w->p, w->f->person);
        return true;
    }
    tell_error(&err);
    if (w->f->clashes && walk_clashes(w->p, w->f))
        tell_text(_("Settled. It can be filed now."));
    walk_save(w);
    return false;
}

static enum form_end leaves(struct walk *w)
{
    struct err err = { .st = ST_OK };
    bool blank = false;

    walk_save(w);
    if (!session_dirty(w->f->session) && filling_drop_blank(w->f, &blank, &err) != ST_OK)
        tell_error(&err);
    if (id_is_set(w->f->draft))
        tell_text(_("Not filed. Kept as a draft; today lists it."));
    else
        tell_text(_("Left. Nothing was written."));
    return FORM_LEFT;
}

static enum form_end walk(struct walk *w)
{
    for (;;) {
        enum went went = step(w);

        if (went == WENT_FILE && files(w))
            return FORM_FILED;
        if (went == WENT_LEAVE)
            return leaves(w);
        if (went == WENT_OVER) {
            walk_save(w);
            w->p->mid_form = w->p->mid_form || id_is_set(w->f->draft);
            return FORM_OVER;
        }
        if (went == WENT_NEXT)
            next(w);
        else if (went == WENT_BACK)
            back(w);
    }
}

/* --- the beginning ------------------------------------------------------------------------------------------------ */

/* False: it went to the bin, or the program is ending. */
static bool takes_up_draft(struct walk *w, enum form_end *end)
{
    static const struct choice items[] = {
        { N_(":on"), N_("Go on where it was left"), false },
        { N_(":start"), N_("Go through it from the start"), false },
        { N_(":view"), N_("View what it would change on record"), false },
        { N_(":discard"), N_("Put the draft in the bin for 30 days"), false },
    };
    struct err err = { .st = ST_OK };
    int i;

    do {
        tell(tr_n("Draft of %s: %zu answer not yet filed.", "Draft of %s: %zu answers not yet filed.",
                  w->f->draft_given),
             instant_show(w->f->draft_since).s, w->f->draft_given);
        i = plain_choose(w->p, text2_now(&session_form(w->s)->title), items, ARRAY_LEN(items));
        if (i == 2)
            walk_changes(w->f);
    } while (i == CHOSE_AGAIN || i == 2);
    *end = i == CHOSE_OVER ? FORM_OVER : FORM_LEFT;
    if (i == 0 || i == 1) {
        size_t from = i == 0 ? filling_left_at(w->f) : 0, n;
        const struct row *rows = session_rows(w->s, &n);

        if (from > 0 && rows[from - 1].repeat) {
            w->open_q = &session_form(w->s)->questions[rows[from - 1].q->repeat];
            w->open = rows[from - 1].repeat;
        }
        forward(w, from);
        return true;
    }
    if (i == 3) {
        if (filling_discard(w->f, &err) == ST_OK)
            tell_text(_("The draft is in the bin for 30 days; :bin-list has it."));
        else
            tell_error(&err);
    }
    return false;
}

static enum form_end run(struct plain *p, struct filling *f, const char *at)
{
    struct walk w = { .p = p, .f = f, .s = f->session, .kind = ROW_HEADING };
    enum form_end end = FORM_LEFT;
    int row = at ? session_find_row(f->session, at, 0) : -1;
    bool goes = true, was_in_form = p->in_form;
    char before[48];

    if (!walk_clashes(p, f)) {
        tell_text(_("Not opened. The draft stays as it was."));
        filling_free(&f);
        return p->end == PLAIN_GO_ON ? FORM_LEFT : FORM_OVER;
    }
    str_copy(before, sizeof before, paperwork_shown(p->cf));
    paperwork_shows(p->cf, f->form->id);
    w.guarded = id_is_set(f->person) && person_is_guarded(p->cf, f->person);
    walk_title(&w);
    walk_goals(f);
    if (f->draft_since)
        goes = takes_up_draft(&w, &end);
    else if (row >= 0)
        stand_at(&w, (size_t) row);
    else
        forward(&w, 0);
    p->in_form = true;
    if (goes)
        end = walk(&w);
    p->in_form = was_in_form;
    paperwork_shows(p->cf, before);
    filling_free(&f);
    return end;
}

enum form_end plain_form(struct plain *p, const struct target *t, const char *at)
{
    struct filling *f = NULL;
    struct err err = { .st = ST_OK };

    if (filling_start(&f, p->cf, t, &err) != ST_OK) {
        tell_error(&err);
        return FORM_LEFT;
    }
    return run(p, f, at);
}

enum form_end plain_draft(struct plain *p, struct id draft)
{
    struct filling *f = NULL;
    struct err err = { .st = ST_OK };

    if (plain_call_draft(p, draft))
        return p->end == PLAIN_GO_ON ? FORM_LEFT : FORM_OVER;
    if (filling_resume(&f, p->cf, draft, &err) != ST_OK) {
        tell_error(&err);
        return FORM_LEFT;
    }
    return run(p, f, NULL);
}
