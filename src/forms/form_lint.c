/* form_lint.c - what can only be told by looking at the whole form: names, cycles, questions that are never asked. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "expr_tree.h"

#include "dolen/base/banned.h"

static const char *const fact_names[] = {
    "person_age", "person_under_16", "stage", "person_local_authority", "person_speak_language", "referral_route",
    "referral_source",
    "referral_org", "referral_feedback_sent_on", "plan_goals", NULL
};

enum role { ROLE_REQUIRED, ROLE_RELEVANT, ROLE_CONSTRAINT, ROLE_DEFAULT, ROLE_KNOWN, ROLE_CALCULATION, ROLE_FILTER,
            ROLE_SKIPPED, ROLE_COUNT };

struct look {
    struct build          *b;
    const struct form     *f;
    const struct question *q;
    const struct expr     *e;
    enum role              role;
    int                    refs;        /* names seen */
    int                   *colour;      /* of the cycle search: 0 new, 1 on the way, 2 done */
};

static const struct expr *expr_of(const struct question *q, enum role r)
{
    const struct expr *all[ROLE_COUNT] = { q->required, q->relevant, q->constraint, q->initial, q->known,
                                           q->calculation, q->choice_filter, q->when_skipped };

    return all[r];
}

static void found(struct look *l, size_t at, const char *what, const char *why, const char *fix)
{
    int line, column;

    expr_place(l->e, at, &line, &column);
    findings_add(l->b->f, false, l->b->file, line, column, what, why, fix);
}

static bool found_already(const struct look *l, size_t at)
{
    int line, column;

    expr_place(l->e, at, &line, &column);
    for (size_t i = 0; i < l->b->f->count; i++)
        if (l->b->f->items[i].line == line && l->b->f->items[i].column == column)
            return true;
    return false;
}

static void unknown_name(struct look *l, const char *name, size_t at)
{
    const char **names = xcalloc(l->f->count + ARRAY_LEN(fact_names), sizeof *names);
    size_t n = 0;
    char fix[160];

    for (size_t i = 0; fact_names[i]; i++) {
        if (strcmp(fact_names[i], name) == 0)
            goto out;
        names[n++] = fact_names[i];
    }
    for (size_t i = 0; i < l->f->count; i++)
        names[n++] = l->f->questions[i].name;
    found(l, at, name, _("there is no question of this name"),
          build_nearest(fix, sizeof fix, name, names, n, _("name a question of this form")));
out:
    free(names);
}

static void check_name(struct look *l, enum expr_ref kind, const char *name, size_t at)
{
    const struct question *target = form_question(l->f, name);

    l->refs++;
    if (!target)
        unknown_name(l, name, at);
    else if (target->type == Q_NOTE || target->type == Q_GROUP)
        found(l, at, name, _("a note or a group has no value"), _("name a question"));
    else if (kind == EXPR_NAME && (target->type == Q_REPEAT || (target->repeat >= 0 && target->repeat != l->q->repeat)))
        found(l, at, name, _("this has one value for each repeat"), _("write sum() or count() around it"));
    else if (l->role == ROLE_RELEVANT && target > l->q && target->type != Q_CALCULATE && !found_already(l, at))
        found(l, at, name, _("this is asked later, so the rule cannot know it"), _("move that question up"));
}

static void check_ref(void *ctx, enum expr_ref kind, const char *name, size_t at)
{
    struct look *l = ctx;

    if (kind == EXPR_NAME || kind == EXPR_AGGREGATE)
        check_name(l, kind, name, at);
    else if (kind == EXPR_SELF && l->role != ROLE_CONSTRAINT)
        found(l, at, ".", _("only a constraint has a value of its own"), _("name the question: ${name}"));
    else if (kind == EXPR_FIELD && (l->role != ROLE_FILTER || !code_field_known(name)))
        found(l, at, name, l->role == ROLE_FILTER ? _("choices have no field of this name")
                                                  : _("a plain word means nothing here"),
              l->role == ROLE_FILTER ? _("use code, group, maps_to, ons, nhs or health_board")
                                     : _("write ${name} or 'text'"));
}

static void check_code(void *ctx, const char *name, const char *code, size_t at)
{
    struct look *l = ctx;
    const struct question *target = form_question(l->f, name);
    const char *codes[200];
    size_t n = 0;
    char fix[160];

    if (!target || !target->choices || !*code || codelist_find(target->choices, code))
        return;
    for (size_t i = 0; i < target->choices->count && n < ARRAY_LEN(codes); i++)
        codes[n++] = target->choices->items[i].code;
    found(l, at, code, _("this is not one of the choices of that question, so it is never true"),
          build_nearest(fix, sizeof fix, code, codes, n, _("use one of its codes")));
}

static struct value with_all_missing(const struct expr *e)
{
    struct expr_env nothing = { .today = { 2000, 1, 1 } };

    return expr_eval(e, &nothing);
}

static void check_never(struct look *l)
{
    struct value v = with_all_missing(l->e);

    if (expr_is_monotone(l->e) && v.kind != VALUE_MISSING && !value_true(&v))
        found(l, 0, expr_text(l->e), _("this rule is never true, so the question is never asked"),
              _("correct the rule, or remove the question"));
    value_release(&v);
}

static void check_default(struct look *l)
{
    struct value v = with_all_missing(l->e);

    if (l->refs == 0 && l->q->choices && v.kind == VALUE_TEXT && l->q->type == Q_SELECT_ONE &&
        !codelist_find(l->q->choices, v.text))
        found(l, 0, v.text, _("this default is not one of the choices"), _("use one of its codes"));
    value_release(&v);
}

static void check_expr(struct look *l)
{
    expr_each_ref(l->e, check_ref, l);
    expr_each_code(l->e, check_code, l);
    if (l->role == ROLE_RELEVANT)
        check_never(l);
    if (l->role == ROLE_DEFAULT)
        check_default(l);
}

/* --- cycles: relevant and calculation of a question and of the groups around it --- */

static void visit(struct look *l, int q);

static void follow(void *ctx, enum expr_ref kind, const char *name, size_t at)
{
    struct look *l = ctx;
    const struct question *target = form_question(l->f, name);

    if ((kind != EXPR_NAME && kind != EXPR_AGGREGATE) || !target)
        return;
    int to = form_index(l->f, target);
    if (l->colour[to] == 1)
        found(l, at, name, _("the rules go round in a circle: this depends on the question that asks for it"),
              _("take one of the rules out"));
    else
        visit(l, to);
}

static void visit(struct look *l, int q)
{
    const struct question *question = &l->f->questions[q];
    struct look inner = *l;

    if (l->colour[q])
        return;
    l->colour[q] = 1;
    if (question->parent >= 0)
        visit(l, question->parent);
    inner.q = question;
    if ((inner.e = question->relevant))
        expr_each_ref(inner.e, follow, &inner);
    if ((inner.e = question->calculation))
        expr_each_ref(inner.e, follow, &inner);
    l->colour[q] = 2;
}

static void check_cycles(struct look *l)
{
    l->colour = xcalloc(l->f->count + 1, sizeof *l->colour);
    for (size_t i = 0; i < l->f->count; i++)
        visit(l, (int) i);
    free(l->colour);
    l->colour = NULL;
}

void form_lint(struct build *b, const struct form *f)
{
    struct look l = { .b = b, .f = f };

    check_cycles(&l);
    for (size_t i = 0; i < f->count; i++) {
        l.q = &f->questions[i];
        for (int r = 0; r < ROLE_COUNT; r++) {
            l.role = (enum role) r;
            l.refs = 0;
            if ((l.e = expr_of(l.q, l.role)))
                check_expr(&l);
        }
    }
    if (f->is_measure)
        measure_lint(b, f);
}
