/* drill_folder.c - reading what is on paper: is a fact recorded, what was answered, how good is the plan? */
#include "drill_priv.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"

#include "dolen/base/banned.h"

#define SURE 7                          /* of 10: below it an action is too large, as the form says */

struct drill_paper_there *drill_folder_add(struct drill_folder *f)
{
    struct drill_paper_there *p = ARRAY_ADD(f->items, f->count, f->cap);

    p->asset = -1;
    return p;
}

void drill_folder_release(struct drill_folder *f)
{
    for (size_t i = 0; i < f->count; i++) {
        answers_release(&f->items[i].answers);
        answers_release(&f->items[i].before);
    }
    free(f->items);
    *f = (struct drill_folder) { NULL, 0, 0, -1 };
}

static bool is_there(const struct reading *r, const struct drill_paper_there *p)
{
    return p->step <= r->upto;
}

/* --- words ------------------------------------------------------------------------------------------------------ */

/* Does a word of the text begin so? Both are folded. */
static bool begins_word(const char *text, const char *word)
{
    size_t n = strlen(word);

    if (n == 0)
        return false;
    for (const char *at = text; (at = strstr(at, word)); at++)
        if (at == text || at[-1] == ' ')
            return true;
    return false;
}

static bool has_word(const char *text, char *const *words, size_t n)
{
    struct buf folded = BUF_INIT, word = BUF_INIT;
    bool found = false;

    text_fold(&folded, text);
    for (size_t i = 0; i < n && !found; i++) {
        buf_clear(&word);
        text_fold(&word, words[i]);
        found = begins_word(buf_text(&folded), buf_text(&word));
    }
    buf_wipe(&folded);
    buf_release(&word);
    return found;
}

static bool has_any(const char *text, char **const words[LANG_COUNT], const size_t count[LANG_COUNT])
{
    return has_word(text, words[LANG_EN], count[LANG_EN]) || has_word(text, words[LANG_CY], count[LANG_CY]);
}

/* An answer that stands as it arrived was not written down by the player. */
static bool as_it_arrived(const struct reading *r, const struct drill_paper_there *p, const struct answer *a)
{
    for (size_t i = 0; i < r->folder->count; i++) {
        const struct drill_paper_there *there = &r->folder->items[i];

        if (there->arrived && there->form == p->form &&
            str_eq(answers_value(&there->before, a->name, a->repeat), a->value))
            return true;
    }
    return false;
}

static bool in_notes(const struct reading *r, const struct drill_paper_there *p, const struct drill_fact *f)
{
    for (size_t i = 0; i < p->answers.count; i++) {
        const struct answer *a = &p->answers.items[i];
        const struct question *q = form_question(p->form, a->name);

        if (a->value && q && q->type == Q_TEXT && has_any(a->value, f->evidence, f->evidence_count) &&
            !as_it_arrived(r, p, a))
            return true;
    }
    return false;
}

static bool by_code(const struct drill_paper_there *p, const struct drill_code *c)
{
    if (!str_eq(p->form->id, c->form))
        return false;
    for (size_t i = 0; i < p->answers.count; i++) {
        const struct answer *a = &p->answers.items[i];

        if (str_eq(a->name, c->question) && a->value && (!c->code || codes_has(a->value, c->code)))
            return true;
    }
    return false;
}

bool folder_recorded(const struct reading *r, int fact)
{
    const struct drill_fact *f = &r->d->facts[fact];

    for (size_t i = 0; i < r->folder->count; i++) {
        const struct drill_paper_there *p = &r->folder->items[i];

        if (!is_there(r, p) || p->arrived)
            continue;
        if (in_notes(r, p, f))
            return true;
        for (size_t k = 0; k < f->filed_count; k++)
            if (by_code(p, &f->filed[k]))
                return true;
    }
    return false;
}

/* --- what expressions ask --------------------------------------------------------------------------------------- */

static void value_of_answers(const struct answers *a, const char *question, struct value *out)
{
    int repeats = answers_repeats(a, question);
    const char *v = answers_value(a, question, 0);

    if (repeats == 0) {
        *out = value_text(v);
        return;
    }
    for (int i = 1; i <= repeats; i++)
        value_append(out, value_text(answers_value(a, question, i)));
}

/* The newest paper of this form that has the answer; what arrived counts when nothing else has it, as it arrived: a
 * record that was filed again is another paper, from that step on. */
void folder_answer(void *ctx, const char *form, const char *question, struct value *out)
{
    const struct reading *r = ctx;

    for (size_t i = r->folder->count; i-- > 0 && out->kind == VALUE_MISSING;) {
        const struct drill_paper_there *p = &r->folder->items[i];

        if (is_there(r, p) && str_eq(p->form->id, form))
            value_of_answers(p->arrived ? &p->before : &p->answers, question, out);
    }
}

void folder_filed(void *ctx, const char *form, struct value *out)
{
    const struct reading *r = ctx;
    int n = 0;

    for (size_t i = 0; i < r->folder->count; i++)
        n += is_there(r, &r->folder->items[i]) && !r->folder->items[i].arrived &&
            str_eq(r->folder->items[i].form->id, form);
    *out = value_number(n);
}

static int papers_filed(const struct reading *r)
{
    int n = 0;

    for (size_t i = 0; i < r->folder->count; i++)
        n += is_there(r, &r->folder->items[i]) && !r->folder->items[i].arrived;
    return n;
}

/* Facts that stand on paper and were never said. */
static int guessed(const struct reading *r)
{
    int n = 0;

    for (size_t i = 0; i < r->d->fact_count; i++)
        n += !(r->heard >> i & 1) && folder_recorded(r, (int) i);
    return n;
}

static bool came_to_something(const struct drill_paper_there *p)
{
    static const char *const nothing[] = { "DECLINED", "NOT_AVAILABLE", "STOPPED", "" };

    for (size_t i = 0; i < ARRAY_LEN(nothing); i++)
        if (str_eq(p->status, nothing[i]))
            return false;
    return true;
}

void folder_asset(void *ctx, int asset, struct value *out)
{
    const struct reading *r = ctx;

    for (size_t i = r->folder->count; i-- > 0 && out->kind == VALUE_MISSING;) {
        const struct drill_paper_there *p = &r->folder->items[i];

        if (is_there(r, p) && p->asset == asset && p->status[0])
            *out = value_text(p->status);
    }
}

/* --- the plan --------------------------------------------------------------------------------------------------- */

static bool is_right(const struct drill *d, int asset)
{
    for (size_t i = 0; i < d->plan.asset_count; i++)
        if (d->plan.assets[i] == asset)
            return true;
    return false;
}

static bool connected(const struct reading *r, bool right)
{
    for (size_t i = 0; i < r->folder->count; i++) {
        const struct drill_paper_there *p = &r->folder->items[i];

        if (is_there(r, p) && !p->arrived && str_eq(p->form->id, "connection") && came_to_something(p) &&
            is_right(r->d, p->asset) == right)
            return true;
    }
    return false;
}

static bool within(const char *date, struct date from, int days)
{
    struct date d;

    return date && date_parse_iso(date, &d) && date_days(d) >= date_days(from) &&
        date_days(d) - date_days(from) <= days;
}

static bool plan_words(const struct reading *r, const struct drill_paper_there *p)
{
    for (int i = 1; i <= answers_repeats(&p->answers, "goal"); i++) {
        const char *goal = answers_value(&p->answers, "goal", i);

        if (goal && has_any(goal, r->d->plan.words, r->d->plan.word_count))
            return true;
    }
    return false;
}

static bool small_step(const struct reading *r, const struct drill_paper_there *p)
{
    for (int i = 1; i <= answers_repeats(&p->answers, "action"); i++) {
        const char *sure = answers_value(&p->answers, "confidence", i);

        if (answers_value(&p->answers, "action", i) && sure && atoi(sure) >= SURE &&
            within(answers_value(&p->answers, "by_when", i), p->on, r->d->plan.small_step_days))
            return true;
    }
    return false;
}

static bool follow_up(const struct reading *r, const struct drill_paper_there *p)
{
    static const char *const questions[] = { "next_on", "review_on", "next_review_on", "follow_up_on" };

    for (size_t i = 0; i < ARRAY_LEN(questions); i++)
        if (within(answers_value(&p->answers, questions[i], 0), p->on, r->d->plan.follow_up_days))
            return true;
    return false;
}

static bool any_paper(const struct reading *r, const char *form,
                      bool (*fn)(const struct reading *r, const struct drill_paper_there *p))
{
    for (size_t i = 0; i < r->folder->count; i++) {
        const struct drill_paper_there *p = &r->folder->items[i];

        if (is_there(r, p) && !p->arrived && (!form || str_eq(p->form->id, form)) && fn(r, p))
            return true;
    }
    return false;
}

void folder_figure(void *ctx, const char *name, struct value *out)
{
    const struct reading *r = ctx;

    if (str_eq(name, "plan_words"))
        *out = value_bool(any_paper(r, "plan", plan_words));
    else if (str_eq(name, "plan_small_step"))
        *out = value_bool(any_paper(r, "plan", small_step));
    else if (str_eq(name, "plan_asset"))
        *out = value_bool(connected(r, true));
    else if (str_eq(name, "plan_wrong_asset"))
        *out = value_bool(r->d->plan.asset_count > 0 && connected(r, false));
    else if (str_eq(name, "plan_follow_up"))
        *out = value_bool(any_paper(r, NULL, follow_up));
    else if (str_eq(name, "to_go") && r->folder->to_go >= 0)
        *out = value_number(r->folder->to_go);
    else if (str_eq(name, "paper_minutes"))
        *out = value_number(r->paper_minutes);
    else if (str_eq(name, "papers"))
        *out = value_number(papers_filed(r));
    else if (str_eq(name, "guessed"))
        *out = value_number(guessed(r));
    else if (str_eq(name, "steps_in_order"))
        *out = value_bool(r->steps_in_order);
}
