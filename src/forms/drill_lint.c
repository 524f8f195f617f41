/* drill_lint.c - what a trainer would stumble over in a drill: names that mean nothing, papers that no form takes,
 * facts that nobody tells or could write down. What only walking shows is in drill_walk.c. */
#include "drill_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/forms/answers_json.h"
#include "expr_tree.h"

#include "dolen/base/banned.h"

struct look {
    struct build       *b;
    const struct drill *d;
    const struct expr  *e;
    bool                judging;        /* the rubric and the steps see papers, offers and events do not */
};

static void at_place(struct build *b, int line, int column, const char *what, const char *why, const char *fix)
{
    findings_add(b->f, false, b->file, line, column, what, why, fix);
}

static void in_expr(struct look *l, size_t at, const char *what, const char *why, const char *fix)
{
    int line, column;

    expr_place(l->e, at, &line, &column);
    at_place(l->b, line, column, what, why, fix);
}

/* --- questions and codes of the real forms ---------------------------------------------------------------------- */

static const struct question *question_of(struct build *b, const char *form, const char *question,
                                          const struct form **f)
{
    *f = b->cat ? catalog_form(b->cat, form, NULL) : NULL;
    return *f ? form_question(*f, question) : NULL;
}

static void check_question(struct build *b, int line, int column, const char *form, const char *question)
{
    const struct form *f;
    const char *names[1000];
    char fix[160];
    size_t n = 0;

    if (!b->cat || question_of(b, form, question, &f))
        return;
    if (!f) {
        at_place(b, line, column, form, _("there is no form of this name"), _("name a form"));
        return;
    }
    for (size_t i = 0; i < f->count && n < ARRAY_LEN(names); i++)
        names[n++] = f->questions[i].name;
    at_place(b, line, column, question, _("that form has no question of this name"),
             build_nearest(fix, sizeof fix, question, names, n, _("name a question of that form")));
}

static void check_code(struct build *b, int line, int column, const char *form, const char *question,
                       const char *code)
{
    const struct form *f;
    const struct question *q = question_of(b, form, question, &f);

    if (q && code && q->choices && !codelist_find(q->choices, code))
        at_place(b, line, column, code, _("this code is not among the choices"),
                 _("write one of the question's codes"));
}

/* --- expressions ------------------------------------------------------------------------------------------------ */

static bool of_papers(enum drill_ref_kind k)
{
    return k == REF_RECORDED || k == REF_STEP || k == REF_ASSET || k == REF_FORM || k == REF_ANSWER ||
        k == REF_FIGURE;
}

static void look_at_ref(void *ctx, enum expr_ref kind, const char *name, size_t at)
{
    struct look *l = ctx;
    struct drill_ref r;
    int line, column;

    if (kind == EXPR_FIELD || kind == EXPR_SELF) {
        in_expr(l, at, name, _("a drill's expressions have names in ${} only"),
                _("write ${turn.x}, ${fact.x}, ${form.question}"));
        return;
    }
    r = drill_ref(l->d, name);
    expr_place(l->e, at, &line, &column);
    if (r.kind == REF_NONE)
        in_expr(l, at, name, _("this name is not known here"), _("docs/drills.md lists the names"));
    else if (!l->judging && of_papers(r.kind))
        in_expr(l, at, name, _("while they talk, nothing on paper is looked at"),
                _("use turns, offers, facts, trust or minutes"));
    else if (r.kind == REF_ANSWER)
        check_question(l->b, line, column, r.form, r.question);
    else if (r.kind == REF_FORM && l->b->cat && !catalog_form(l->b->cat, r.form, NULL))
        in_expr(l, at, r.form, _("there is no form of this name"), _("name a form"));
}

static void look_at_code(void *ctx, const char *name, const char *code, size_t at)
{
    struct look *l = ctx;
    struct drill_ref r = drill_ref(l->d, name);
    int line, column;

    expr_place(l->e, at, &line, &column);
    if (r.kind == REF_ANSWER)
        check_code(l->b, line, column, r.form, r.question, code);
    else if (r.kind == REF_ASSET)
        check_code(l->b, line, column, "connection", "status", code);
}

static void look_at(struct build *b, const struct drill *d, const struct expr *e, bool judging)
{
    struct look l = { b, d, e, judging };

    if (!e)
        return;
    expr_each_ref(e, look_at_ref, &l);
    expr_each_code(e, look_at_code, &l);
}

/* --- the parts -------------------------------------------------------------------------------------------------- */

/* Is this name used before? Parts of one size, their id first. */
static void check_twice(struct build *b, const void *parts, size_t each, size_t count, size_t i, int line, int column)
{
    const char *id = *(char *const *) ((const char *) parts + i * each);

    (void) count;
    for (size_t k = 0; k < i; k++)
        if (str_eq(*(char *const *) ((const char *) parts + k * each), id))
            at_place(b, line, column, id, _("this name is used twice"), _("give it another name"));
}

static void check_offer(struct build *b, const struct drill *d, const struct drill_offer *o)
{
    look_at(b, d, o->when, false);
    if (o->kind == DRILL_ADVISE && o->tell_count)
        at_place(b, o->line, o->column, o->id, _("advice uncovers nothing"),
                 _("remove tells:, or make it a question"));
    if (o->kind == DRILL_CLOSED && o->tell_count > 1)
        at_place(b, o->line, o->column, o->id, _("a closed question uncovers one thing at most"),
                 _("tell one fact, or make it an open question"));
}

static void check_turn(struct build *b, const struct drill *d, const struct drill_turn *t)
{
    bool way_on = t->end;

    for (size_t i = 0; i < t->count; i++) {
        check_offer(b, d, &t->offers[i]);
        way_on |= t->offers[i].next >= 0 && !t->offers[i].when;
    }
    if (!way_on)
        at_place(b, t->line, t->column, t->id, _("one can get stuck here"), _("give one offer a next: and no when:"));
}

static bool is_told(const struct drill *d, int fact)
{
    for (size_t t = 0; t < d->turn_count; t++)
        for (size_t o = 0; o < d->turns[t].count; o++)
            for (size_t i = 0; i < d->turns[t].offers[o].tell_count; i++)
                if (d->turns[t].offers[o].tells[i] == fact)
                    return true;
    for (size_t e = 0; e < d->event_count; e++)
        for (size_t i = 0; i < d->events[e].tell_count; i++)
            if (d->events[e].tells[i] == fact)
                return true;
    return false;
}

static void check_fact(struct build *b, const struct drill *d, size_t i)
{
    const struct drill_fact *f = &d->facts[i];

    check_twice(b, d->facts, sizeof *f, d->fact_count, i, f->line, f->column);
    if (!is_told(d, (int) i))
        at_place(b, f->line, f->column, f->id, _("nobody tells this"),
                 _("name it in the tells: of an offer or an event"));
    if (!f->filed_count && !f->evidence_count[LANG_EN] && !f->evidence_count[LANG_CY])
        at_place(b, f->line, f->column, f->id, _("this could not be written down anywhere"),
                 _("add filed: or evidence:"));
    if (!f->evidence_count[LANG_EN] != !f->evidence_count[LANG_CY])
        at_place(b, f->line, f->column, f->id, _("its evidence is in one language only"),
                 _("give words in both: en: and cy:"));
    for (size_t k = 0; k < f->filed_count; k++) {
        check_question(b, f->line, f->column, f->filed[k].form, f->filed[k].question);
        check_code(b, f->line, f->column, f->filed[k].form, f->filed[k].question, f->filed[k].code);
    }
}

static void check_event(struct build *b, const struct drill *d, size_t i)
{
    const struct drill_event *e = &d->events[i];

    check_twice(b, d->events, sizeof *e, d->event_count, i, e->line, e->column);
    look_at(b, d, e->when, false);
    if (e->at_form && b->cat && !catalog_form(b->cat, e->at_form, NULL))
        at_place(b, e->line, e->column, e->at_form, _("there is no form of this name"), _("name a form"));
}

/* The real form says whether the answers can stand; values are put through it as an answer file's are. */
static void check_paper(struct build *b, const struct drill_paper *p)
{
    const struct form *f = b->cat ? catalog_form(b->cat, p->form, NULL) : NULL;
    struct date today = { 2026, 6, 15 };

    if (b->cat && !f)
        at_place(b, p->line, p->column, p->form, _("there is no form of this name"), _("name a form"));
    if (f && str_eq(p->form, "connection") && p->asset < 0)
        at_place(b, p->line, p->column, p->form, _("it is not said to which asset"),
                 _("add asset: with a name from assets:"));
    for (int l = 0; f && l < LANG_COUNT; l++) {
        struct session *s = session_new(f, NULL, NULL, 0, today);
        struct json *answers = drill_answers(p, (enum lang) l, today);
        struct err err = { .st = ST_OK };

        if (answers_json_in(s, answers, &err) != ST_OK)
            at_place(b, p->line, p->column, p->form, err_text(&err), _("write it as the form takes it"));
        json_free(&answers);
        session_free(&s);
    }
}

static void check_safety(struct build *b, const struct drill *d)
{
    bool any = false;

    for (size_t i = 0; i < d->line_count; i++)
        any |= d->lines[i].safety;
    if (d->safety && (!any || !d->step_count))
        at_place(b, 1, 1, d->id, _("a safety drill needs steps: and a safety line in its rubric"),
                 _("add steps: and safety: true"));
    if (!d->safety && any)
        at_place(b, 1, 1, d->id, _("a drill with a safety line is a safety drill"), _("add safety: true"));
}

static void check_rubric(struct build *b, const struct drill *d)
{
    for (size_t i = 0; i < d->step_count; i++) {
        check_twice(b, d->steps, sizeof *d->steps, d->step_count, i, d->steps[i].line, d->steps[i].column);
        look_at(b, d, d->steps[i].when, true);
    }
    for (size_t i = 0; i < d->line_count; i++) {
        check_twice(b, d->lines, sizeof *d->lines, d->line_count, i, d->lines[i].line, d->lines[i].column);
        look_at(b, d, d->lines[i].when, true);
    }
}

/* --- what arrives answers already ------------------------------------------------------------------------------- */

struct arrived {
    const struct drill   *d;
    struct answers       *papers;       /* of d->papers, through their forms */
    bool                  asks_papers;  /* the expression that is looked at does */
};

static void arrived_answer(void *ctx, const char *form, const char *question, struct value *out)
{
    const struct arrived *x = ctx;

    for (size_t i = x->d->paper_count; i-- > 0 && out->kind == VALUE_MISSING;)
        if (str_eq(x->d->papers[i].form, form))
            *out = value_text(answers_value(&x->papers[i], question, 0));
}

static void arrived_asset(void *ctx, int asset, struct value *out)
{
    const struct arrived *x = ctx;

    for (size_t i = x->d->paper_count; i-- > 0 && out->kind == VALUE_MISSING;)
        if (x->d->papers[i].asset == asset && str_eq(x->d->papers[i].form, "connection"))
            *out = value_text(answers_value(&x->papers[i], "status", 0));
}

static void arrived_filed(void *ctx, const char *form, struct value *out)
{
    (void) ctx, (void) form;
    *out = value_number(0);
}

static void arrived_ref(void *ctx, enum expr_ref kind, const char *name, size_t at)
{
    struct arrived *x = ctx;
    struct drill_ref r = drill_ref(x->d, name);

    (void) kind, (void) at;
    x->asks_papers |= r.kind == REF_ANSWER || r.kind == REF_ASSET;
}

/* Nobody should earn what stood there when it began. */
static void check_not_arrived(struct build *b, struct arrived *x, const struct expr *e, const char *id, int line,
                              int column)
{
    struct drill_state begin;
    struct drill_papers papers = { .ctx = x, .answer = arrived_answer, .asset = arrived_asset, .filed = arrived_filed };
    struct drill_env env = { x->d, &begin, &papers };

    x->asks_papers = false;
    expr_each_ref(e, arrived_ref, x);
    drill_begin(x->d, &begin);
    if (x->asks_papers && drill_true(&env, e))
        at_place(b, line, column, id, _("what arrives answers it already: it holds before anything is done"),
                 _("ask for another answer, or add that its form was filed: ${form.…} > 0"));
}

static void check_arrived(struct build *b, const struct drill *d)
{
    struct arrived x = { d, xcalloc(d->paper_count + 1, sizeof *x.papers), false };
    struct date today = { 2026, 6, 15 };

    for (size_t i = 0; i < d->paper_count; i++) {
        const struct form *f = catalog_form(b->cat, d->papers[i].form, NULL);
        struct session *s = f ? session_new(f, NULL, NULL, 0, today) : NULL;
        struct json *answers = drill_answers(&d->papers[i], LANG_EN, today);

        if (s && answers_json_in(s, answers, NULL) == ST_OK)
            session_finish(s, &x.papers[i]);
        json_free(&answers);
        session_free(&s);
    }
    for (size_t i = 0; i < d->step_count; i++)
        check_not_arrived(b, &x, d->steps[i].when, d->steps[i].id, d->steps[i].line, d->steps[i].column);
    for (size_t i = 0; i < d->line_count; i++)
        if (d->lines[i].points > 0)
            check_not_arrived(b, &x, d->lines[i].when, d->lines[i].id, d->lines[i].line, d->lines[i].column);
    for (size_t i = 0; i < d->paper_count; i++)
        answers_release(&x.papers[i]);
    free(x.papers);
}

void drill_lint(struct build *b, const struct drill *d)
{
    for (size_t i = 0; i < d->turn_count; i++)
        check_turn(b, d, &d->turns[i]);
    for (size_t i = 0; i < d->fact_count; i++)
        check_fact(b, d, i);
    for (size_t i = 0; i < d->event_count; i++)
        check_event(b, d, i);
    for (size_t i = 0; i < d->asset_count; i++)
        check_paper(b, &d->assets[i].paper);
    for (size_t i = 0; i < d->paper_count; i++)
        check_paper(b, &d->papers[i]);
    check_rubric(b, d);
    check_safety(b, d);
    if (b->cat && !findings_fatal(b->f))
        check_arrived(b, d);
    if (!d->plan.word_count[LANG_EN] != !d->plan.word_count[LANG_CY])
        at_place(b, 1, 1, "plan", _("its evidence is in one language only"), _("give words in both: en: and cy:"));
    if (!findings_fatal(b->f))
        drill_lint_walk(b, d);
}
