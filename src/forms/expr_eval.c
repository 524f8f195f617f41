/* expr_eval.c - what an expression comes to. Missing in, missing out, unless a function says otherwise. */
#include "dolen/forms/expr.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "dolen/core/answer.h"
#include "expr_tree.h"

#include "dolen/base/banned.h"

#define REGEX_TEXT_MAX 4000

static struct value eval(const struct expr *e, int at, const struct expr_env *env);

/* --- functions --- */

static void fn_not(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    (void) env, (void) n;
    *out = value_bool(!value_true(&a[0]));
}

static void fn_selected(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    (void) env, (void) n;
    if (a[0].kind == VALUE_TEXT && a[1].kind == VALUE_TEXT)
        *out = value_bool(codes_has(a[0].text, a[1].text));
}

static void fn_count_selected(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    double count = 0;

    (void) env, (void) n;
    if (a[0].kind != VALUE_TEXT)
        return;
    for (const char *s = a[0].text; *s; s += strcspn(s, " ")) {
        s += strspn(s, " ");
        count += *s != '\0';
    }
    *out = value_number(count);
}

static void fn_today(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    (void) n, (void) a;
    *out = value_text(date_iso(env->today).s);
}

static void fn_time_now(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    (void) n, (void) a;
    *out = value_text(instant_time(env->now).s);
}

static bool as_date(const struct value *v, struct date *out)
{
    return v->kind == VALUE_TEXT && date_parse_iso(v->text, out);
}

static void fn_date_diff_days(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    struct date later, earlier;

    (void) env, (void) n;
    if (as_date(&a[0], &later) && as_date(&a[1], &earlier))
        *out = value_number((double) (date_days(later) - date_days(earlier)));
}

static void fn_age(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    struct date birth;

    (void) n;
    if (as_date(&a[0], &birth) && date_compare(birth, env->today) <= 0)
        *out = value_number(date_age(birth, env->today));
}

static void fn_string_length(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    char *s = value_canonical(&a[0]);
    size_t length = 0;
    uint32_t cp;

    (void) env, (void) n;
    if (!s)
        return;
    for (size_t i = 0, left = strlen(s), step; left > 0; i += step, left -= step, length++)
        step = utf8_next(s + i, left, &cp);
    *out = value_number((double) length);
    free(s);
}

static void fn_regex(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    char *s = value_canonical(&a[0]);

    (void) env;
    if (s && strlen(s) <= REGEX_TEXT_MAX)
        *out = value_bool(regexec(n->regex, s, 0, NULL, 0) == 0);
    free(s);
}

static void add_up(const struct value *v, double *sum, bool *any)
{
    double d;

    if (v->kind == VALUE_LIST)
        for (size_t i = 0; i < v->count; i++)
            add_up(&v->items[i], sum, any);
    else if (value_as_number(v, &d)) {
        *sum += d;
        *any = true;
    }
}

static void fn_sum(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    double sum = 0;
    bool any = false;

    (void) env;
    for (int i = 0; i < n->nargs; i++)
        add_up(&a[i], &sum, &any);
    if (any)
        *out = value_number(sum);
}

static void fn_count(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    double count = 0;

    (void) env, (void) n;
    for (size_t i = 0; i < a[0].count; i++)
        count += a[0].items[i].kind != VALUE_MISSING;
    if (a[0].kind != VALUE_LIST)
        count = a[0].kind != VALUE_MISSING;
    *out = value_number(count);
}

static void fn_missing(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    bool missing = a[0].kind == VALUE_MISSING;

    (void) env, (void) n;
    if (a[0].kind == VALUE_LIST) {
        missing = true;
        for (size_t i = 0; i < a[0].count; i++)
            missing &= a[0].items[i].kind == VALUE_MISSING;
    }
    *out = value_bool(missing);
}

/* Moves the chosen argument out; the caller releases the rest. */
static void move(struct value *from, struct value *out)
{
    *out = *from;
    *from = value_missing();
}

static void fn_if(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    bool truth;

    (void) env, (void) n;
    if (value_as_truth(&a[0], &truth))
        move(truth ? &a[1] : &a[2], out);
}

static void fn_coalesce(const struct expr_env *env, const struct expr_node *n, struct value *a, struct value *out)
{
    (void) env;
    for (int i = 0; i < n->nargs && out->kind == VALUE_MISSING; i++)
        move(&a[i], out);
}

const struct expr_function expr_functions[] = {
    { "not",            1, 1,             false, fn_not },
    { "selected",       2, 2,             false, fn_selected },
    { "count-selected", 1, 1,             false, fn_count_selected },
    { "if",             3, 3,             true,  fn_if },
    { "coalesce",       2, EXPR_ARGS_MAX, true,  fn_coalesce },
    { "today",          0, 0,             false, fn_today },
    { "time-now",       0, 0,             false, fn_time_now },
    { "date-diff-days", 2, 2,             false, fn_date_diff_days },
    { "age",            1, 1,             false, fn_age },
    { "string-length",  1, 1,             false, fn_string_length },
    { "regex",          2, 2,             false, fn_regex },
    { "sum",            1, EXPR_ARGS_MAX, true,  fn_sum },
    { "count",          1, 1,             true,  fn_count },
    { "missing",        1, 1,             true,  fn_missing },
};
const size_t expr_function_count = ARRAY_LEN(expr_functions);

/* --- operators --- */

static struct value compare_result(enum expr_op op, int c)
{
    switch (op) {
    case EX_EQ: return value_bool(c == 0);
    case EX_NE: return value_bool(c != 0);
    case EX_LT: return value_bool(c < 0);
    case EX_LE: return value_bool(c <= 0);
    case EX_GT: return value_bool(c > 0);
    case EX_GE: return value_bool(c >= 0);
    default:    return value_missing();
    }
}

/* Two texts compare as texts (so dates do by day), anything else as numbers. A text that is no number is never equal to
 * one, and neither smaller nor larger: missing. */
static struct value compare(enum expr_op op, const struct value *a, const struct value *b)
{
    double x, y;

    if (a->kind == VALUE_TEXT && b->kind == VALUE_TEXT)
        return compare_result(op, strcmp(a->text, b->text));
    if (value_as_number(a, &x) && value_as_number(b, &y))
        return compare_result(op, (x > y) - (x < y));
    if ((op == EX_EQ || op == EX_NE) && a->kind != VALUE_LIST && b->kind != VALUE_LIST)
        return value_bool(op == EX_NE);
    return value_missing();
}

static struct value arithmetic(enum expr_op op, const struct value *a, const struct value *b)
{
    double x, y, r;

    if (!value_as_number(a, &x) || !value_as_number(b, &y))
        return value_missing();
    switch (op) {
    case EX_ADD: r = x + y; break;
    case EX_SUB: r = x - y; break;
    case EX_MUL: r = x * y; break;
    case EX_DIV: r = x / y; break;
    default:     r = fmod(x, y); break;
    }
    return isfinite(r) ? value_number(r) : value_missing();
}

/* false and anything is false, true or anything is true, even when the other is missing. */
static struct value logic(const struct expr *e, const struct expr_node *n, const struct expr_env *env)
{
    bool decides = n->op == EX_OR, truth, missing = false;

    for (int i = 0; i < 2; i++) {
        struct value v = eval(e, n->args[i], env);
        bool known = value_as_truth(&v, &truth);
        value_release(&v);
        if (known && truth == decides)
            return value_bool(decides);
        missing |= !known;
    }
    return missing ? value_missing() : value_bool(!decides);
}

static struct value call(const struct expr *e, const struct expr_node *n, const struct expr_env *env)
{
    const struct expr_function *f = &expr_functions[n->call];
    struct value args[EXPR_ARGS_MAX];
    struct value out = value_missing();
    bool missing = false;

    for (int i = 0; i < n->nargs; i++) {
        args[i] = eval(e, n->args[i], env);
        missing |= args[i].kind == VALUE_MISSING;
    }
    if (f->raw || !missing)
        f->fn(env, n, args, &out);
    for (int i = 0; i < n->nargs; i++)
        value_release(&args[i]);
    return out;
}

static struct value operate(const struct expr *e, const struct expr_node *n, const struct expr_env *env)
{
    struct value a = eval(e, n->args[0], env);
    struct value b = n->nargs == 2 ? eval(e, n->args[1], env) : value_number(0);
    struct value out = value_missing();

    if (a.kind == VALUE_MISSING || b.kind == VALUE_MISSING)
        ;
    else if (n->op == EX_NEG)
        out = arithmetic(EX_SUB, &b, &a);
    else if (n->op >= EX_EQ && n->op <= EX_GE)
        out = compare(n->op, &a, &b);
    else
        out = arithmetic(n->op, &a, &b);
    value_release(&a);
    value_release(&b);
    return out;
}

static struct value eval(const struct expr *e, int at, const struct expr_env *env)
{
    const struct expr_node *n = &e->nodes[at];
    struct value out = value_missing();

    switch (n->op) {
    case EX_NUMBER:
        return value_number(n->number);
    case EX_TEXT:
        return value_text(n->text);
    case EX_NAME:
        if (env->name)
            env->name(env->ctx, n->text, &out);
        return out;
    case EX_FIELD:
        if (env->field)
            env->field(env->ctx, n->text, &out);
        return out;
    case EX_SELF:
        if (env->self)
            env->self(env->ctx, &out);
        return out;
    case EX_OR:
    case EX_AND:
        return logic(e, n, env);
    case EX_CALL:
        return call(e, n, env);
    default:
        return operate(e, n, env);
    }
}

struct value expr_eval(const struct expr *e, const struct expr_env *env)
{
    return eval(e, e->root, env);
}

