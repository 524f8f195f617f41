/* app/draft_left.c - what a draft holds of its own: where it was left, and whether anything was written in it at all. */
#include "draft_base.h"

#include "dolen/base/mem.h"
#include "dolen/store/write.h"
#include "review_goals.h"
#include "dolen/base/banned.h"

/* Answered in the draft: it says something else than the record said when the draft was begun. */
static bool is_own_answer(const struct filling *f, const struct row *r)
{
    const struct answer *now = answers_find(session_answers(f->session), r->q->name, r->repeat);
    const struct answer *was = f->based ? answers_find(&f->base, r->q->name, r->repeat) : NULL;

    if (r->kind != ROW_QUESTION || r->q->initial || r->q->known || goals_number(f, r->q) ||
        session_state(f->session, r->q, r->repeat) == MISSING_NOT_REACHED)
        return false;
    return !now || !was || !str_eq(now->value, was->value) || now->missing != was->missing;
}

size_t filling_left_at(const struct filling *f)
{
    size_t n, at = 0;
    const struct row *rows = session_rows(f->session, &n);

    for (size_t i = 0; i < n; i++)
        if (is_own_answer(f, &rows[i]))
            at = i + 1;
    return at;
}

/* Of an answer that was there before, and is no more, there is something to file too. */
static bool is_to_file(const struct filling *f, const struct row *r)
{
    const struct answer *now = answer_given(session_answers(f->session), r->q->name, r->repeat);
    const struct answer *was = answer_given(&f->base, r->q->name, r->repeat);

    if (r->kind != ROW_QUESTION || !qtype_asked(r->q->type))
        return false;
    return !now != !was || (now && (!str_eq(now->value, was->value) || now->missing != was->missing));
}

size_t filling_unfiled(const struct filling *f)
{
    size_t n, count = 0;
    const struct row *rows = session_rows(f->session, &n);

    if (f->fresh || !f->based)
        return session_given(f->session);
    for (size_t i = 0; i < n; i++)
        count += is_to_file(f, &rows[i]);
    return count;
}

static bool is_blank(const struct filling *f)
{
    size_t n;
    const struct row *rows = session_rows(f->session, &n);

    for (size_t i = 0; i < n; i++)
        if (rows[i].kind == ROW_QUESTION && session_is_unfinished(f->session, rows[i].q, rows[i].repeat))
            return false;
    return filling_left_at(f) == 0;
}

enum status filling_drop_blank(struct filling *f, bool *dropped, struct err *err)
{
    enum status st = ST_OK;

    *dropped = id_is_set(f->draft) && is_blank(f);
    if (*dropped)
        st = store_draft_done(f->cf->store, f->draft, err);
    if (*dropped && st == ST_OK) {
        f->draft = ID_NONE;
        session_mark_clean(f->session);
    }
    return st;
}
