/* app/draft_base.c - three ways: as it was when the draft was begun, as the draft has it, as the record has it now. */
#include "draft_base.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/date.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/safe.h"
#include "dolen/base/banned.h"

/* --- one piece: a question, or a repeat with all that is in it --------------------------------------------------- */

static bool is_piece(const struct form *f, size_t i)
{
    const struct question *q = &f->questions[i];

    return q->type == Q_REPEAT || (qtype_asked(q->type) && q->repeat < 0);
}

static bool in_piece(const struct form *f, const struct question *piece, const char *name)
{
    const struct question *q = form_question(f, name);

    if (!q)
        return false;
    return piece->type == Q_REPEAT ? q->repeat == form_index(f, piece) : q == piece;
}

const struct answer *answer_given(const struct answers *a, const char *name, int repeat)
{
    const struct answer *x = answers_find(a, name, repeat);

    return x && (x->value || (x->missing != MISSING_NONE && x->missing != MISSING_NOT_REACHED &&
                              x->missing != MISSING_SKIPPED)) ? x : NULL;
}

static bool holds(const struct form *f, const struct question *piece, const struct answers *a, const struct answers *b)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct answer *x = answer_given(a, a->items[i].name, a->items[i].repeat), *y;

        if (!x || !in_piece(f, piece, x->name))
            continue;
        y = answer_given(b, x->name, x->repeat);
        if (!y || !str_eq(x->value, y->value) || (!x->value && x->missing != y->missing))
            return false;
    }
    return true;
}

static bool same(const struct form *f, const struct question *piece, const struct answers *a, const struct answers *b)
{
    return holds(f, piece, a, b) && holds(f, piece, b, a);
}

static void put_one(struct session *s, const struct question *q, int repeat, const struct answer *a)
{
    if (!a)
        session_clear(s, q, repeat);
    else if (a->value)
        session_set_canonical(s, q, repeat, a->value, NULL);
    else
        session_set_missing(s, q, repeat, a->missing, NULL);
}

/* The session's piece becomes as from has it. */
static void put_piece(struct filling *f, const struct question *piece, const struct answers *from)
{
    int instances = 0;

    if (piece->type != Q_REPEAT) {
        put_one(f->session, piece, 0, answer_given(from, piece->name, 0));
        return;
    }
    for (size_t i = 0; i < from->count; i++)
        if (in_piece(f->form, piece, from->items[i].name) && from->items[i].repeat > instances)
            instances = from->items[i].repeat;
    for (int n = session_instances(f->session, piece); n > 0; n--)
        session_remove_instance(f->session, piece, n);
    for (int n = 1; n <= instances; n++) {
        while (session_instances(f->session, piece) < n && session_add_instance(f->session, piece))
            ;
        for (int i = form_index(f->form, piece) + 1; i < piece->end; i++)
            if (qtype_asked(f->form->questions[i].type))
                put_one(f->session, &f->form->questions[i], n, answer_given(from, f->form->questions[i].name, n));
    }
}

static void copy_piece(struct filling *f, const struct question *piece, struct answers *to, const struct answers *from)
{
    for (size_t i = to->count; i > 0; i--)
        if (in_piece(f->form, piece, to->items[i - 1].name))
            answers_remove(to, to->items[i - 1].name, to->items[i - 1].repeat);
    for (size_t i = 0; i < from->count; i++) {
        const struct answer *a = &from->items[i];

        if (!in_piece(f->form, piece, a->name))
            continue;
        if (a->value)
            answers_set(to, a->name, a->repeat, a->value);
        else
            answers_set_missing(to, a->name, a->repeat, a->missing);
    }
}

/* --- three ways ------------------------------------------------------------------------------------------------- */

void base_begin(struct filling *f, const struct answers *record)
{
    answers_release(&f->base);
    answers_copy(&f->base, record);
    f->based = true;
}

enum status base_resume(struct filling *f, struct err *err)
{
    answers_release(&f->base);
    f->based = true;
    return store_draft_base(f->cf->store, f->draft, &f->base, err);
}

/* A piece that was changed on both sides, to something else each. */
static void clash(struct filling *f, const struct question *piece)
{
    *ARRAY_ADD(f->clash, f->clashes, f->clash_cap) = piece;
}

enum status base_meet(struct filling *f, size_t *taken, struct err *err)
{
    enum table_id t = f->binds == T_COUNT ? T_RESPONSE : f->binds;
    const struct answers *mine = session_answers(f->session);
    enum status st = ST_OK;

    *taken = f->clashes = 0;
    if (!f->based || f->fresh || !id_is_set(f->record))
        return ST_OK;
    answers_release(&f->now);
    st = store_answers(f->cf->store, t, f->record, &f->now, err);
    for (size_t i = 0; st == ST_OK && i < f->form->count; i++) {
        const struct question *piece = &f->form->questions[i];

        if (!is_piece(f->form, i) || same(f->form, piece, &f->now, &f->base))
            continue;
        if (!same(f->form, piece, mine, &f->base) && !same(f->form, piece, mine, &f->now)) {
            clash(f, piece);
            continue;
        }
        if (!same(f->form, piece, mine, &f->now)) {
            put_piece(f, piece, &f->now);
            (*taken)++;
        }
        copy_piece(f, piece, &f->base, &f->now);
    }
    return st;
}

void clash_settle(struct filling *f, size_t i, bool draft)
{
    const struct question *piece = f->clash[i];

    if (!draft)
        put_piece(f, piece, &f->now);
    copy_piece(f, piece, &f->base, &f->now);
    f->base_changed = true;
    f->clash[i] = f->clash[--f->clashes];
}

/* --- in words --------------------------------------------------------------------------------------------------- */

static void piece_words(const struct filling *f, const struct question *piece, const struct answers *a, struct buf *out)
{
    struct session *s = session_new(f->form, a, NULL, 0, clock_today());
    bool covered = f->binds == T_PERSON && safe_covers(piece->name) && person_is_guarded(f->cf, f->person);

    if (piece->type != Q_REPEAT)
        session_show(s, piece, 0, out);
    for (size_t i = 0; piece->type == Q_REPEAT && i < a->count; i++)
        if (a->items[i].value && in_piece(f->form, piece, a->items[i].name) &&
            form_question(f->form, a->items[i].name)->type == Q_TEXT)
            buf_addf(out, "%s%s", out->len ? "; " : "", a->items[i].value);
    if (covered && out->len) {
        buf_clear(out);
        buf_add(out, safe_show("x", true, false));
    }
    if (!out->len)
        buf_add(out, _("(empty)"));
    session_free(&s);
}

const struct text2 *clash_question(const struct filling *f, size_t i)
{
    return &f->clash[i]->label;
}

void clash_answer(const struct filling *f, size_t i, bool draft, struct buf *out)
{
    piece_words(f, f->clash[i], draft ? session_answers(f->session) : &f->now, out);
}

/* One answer on one line, however many it was written on. */
static void answer_words(const struct filling *f, const struct session *s, const struct question *q, int repeat,
                         struct buf *out)
{
    bool there = q->repeat < 0 || repeat <= session_instances(s, &f->form->questions[q->repeat]);
    struct buf all = BUF_INIT;

    if (there)                  /* of a goal that is new or taken out there is nothing on the other side */
        session_show(s, q, repeat, &all);
    if (f->binds == T_PERSON && safe_covers(q->name) && all.len && person_is_guarded(f->cf, f->person))
        buf_add(out, safe_show("x", true, false));
    else
        text_clean(out, buf_text(&all));
    if (!out->len)
        buf_add(out, _("(empty)"));
    else if (session_is_unfinished(s, q, repeat))
        buf_addf(out, " %s", _("(not finished)"));
    buf_wipe(&all);
}

struct changes {
    const struct filling *f;
    const struct answers *filed, *mine;
    struct session       *was, *is;
    struct buf           *out;
    size_t                n;
};

static bool is_changed(const struct changes *c, const struct question *q, int repeat)
{
    const struct answer *x = answer_given(c->filed, q->name, repeat), *y = answer_given(c->mine, q->name, repeat);

    if (!x && !session_relevant(c->is, q, repeat))
        return false;           /* a rule hides it, and filing leaves it out */
    return !x != !y || (x && (!str_eq(x->value, y->value) || (!x->value && x->missing != y->missing)));
}

static void change_line(struct changes *c, const struct question *repeat_q, const struct question *q, int repeat)
{
    struct buf was = BUF_INIT, is = BUF_INIT;

    if (!is_changed(c, q, repeat))
        return;
    answer_words(c->f, c->was, q, repeat, &was);
    answer_words(c->f, c->is, q, repeat, &is);
    if (c->n++)
        buf_add_char(c->out, '\n');
    if (repeat_q) {
        const char *item = text2_now(&repeat_q->item_label);

        buf_addf(c->out, "%s %d, ", *item ? item : text2_now(&repeat_q->label), repeat);
    }
    buf_addf(c->out, "%s: ", text2_now(&q->label));
    if (c->f->fresh)
        buf_add(c->out, buf_text(&is));
    else
        buf_addf(c->out, _("%s; on record: %s"), buf_text(&is), buf_text(&was));
    buf_wipe(&was);
    buf_wipe(&is);
}

static void changes_of_piece(struct changes *c, const struct question *piece)
{
    int before = session_instances(c->was, piece), now = session_instances(c->is, piece);

    for (int n = 1; n <= (before > now ? before : now); n++)
        for (int i = form_index(c->f->form, piece) + 1; i < piece->end; i++)
            if (qtype_asked(c->f->form->questions[i].type))
                change_line(c, piece, &c->f->form->questions[i], n);
}

size_t draft_changes(const struct filling *f, struct buf *out)
{
    static const struct answers nothing = ANSWERS_INIT;
    struct changes c = { .f = f, .filed = f->based && !f->fresh ? &f->now : &nothing, .out = out,
                         .mine = session_answers(f->session) };

    c.was = session_new(f->form, c.filed, NULL, 0, clock_today());
    c.is = session_new(f->form, c.mine, NULL, 0, clock_today());
    for (size_t i = 0; i < f->form->count; i++) {
        const struct question *piece = &f->form->questions[i];

        if (is_piece(f->form, i) && piece->type == Q_REPEAT)
            changes_of_piece(&c, piece);
        else if (is_piece(f->form, i))
            change_line(&c, NULL, piece, 0);
    }
    session_free(&c.was);
    session_free(&c.is);
    return c.n;
}
