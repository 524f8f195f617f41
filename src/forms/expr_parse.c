/* expr_parse.c - recursive descent over one line of text. Every way down counts its depth; every node is counted. */
#include "dolen/forms/expr.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "expr_tree.h"
#include "number.h"

#include "dolen/base/banned.h"

#define NAME_MAX_BYTES 60
#define DOTTED_MAX_BYTES 130    /* offer.turn.offer, in drills */
#define REGEX_MAX_BYTES 200
#define REGEX_MAX_REPEAT 1000

struct scan {
    const char  *s;
    size_t       at;
    int          depth;
    struct expr *e;
    struct err  *err;
    bool         failed;
};

static int parse_or(struct scan *p);

static int fail_at(struct scan *p, size_t at, const char *sentence)
{
    if (!p->failed) {
        p->failed = true;
        p->at = at;
        err_set(p->err, ST_INVALID, "%s", tr(sentence));
    }
    return -1;
}

static int fail(struct scan *p, const char *sentence)
{
    return fail_at(p, p->at, sentence);
}

static void blanks(struct scan *p)
{
    while (p->s[p->at] == ' ' || p->s[p->at] == '\t' || p->s[p->at] == '\n')
        p->at++;
}

static int node_new(struct scan *p, enum expr_op op, size_t at)
{
    if (p->e->count >= EXPR_MAX_NODES)
        return fail(p, _("the expression is too long"));
    struct expr_node *n = ARRAY_ADD(p->e->nodes, p->e->count, p->e->cap);
    n->op = op;
    n->at = at;
    return (int) p->e->count - 1;
}

static int binary(struct scan *p, enum expr_op op, size_t at, int a, int b)
{
    int n = b < 0 ? -1 : node_new(p, op, at);

    if (n < 0)
        return -1;
    p->e->nodes[n].args[0] = a;
    p->e->nodes[n].args[1] = b;
    p->e->nodes[n].nargs = 2;
    return n;
}

static bool name_char(char c)
{
    return isalnum((unsigned char) c) || c == '_' || c == '-';
}

/* A word operator must not be the beginning of a longer name. */
static bool take(struct scan *p, const char *token)
{
    size_t n = strlen(token);

    blanks(p);
    if (strncmp(p->s + p->at, token, n) != 0)
        return false;
    if (isalpha((unsigned char) token[0]) && name_char(p->s[p->at + n]))
        return false;
    p->at += n;
    return true;
}

static int text_node(struct scan *p, enum expr_op op, size_t at, size_t from, size_t len)
{
    int n = node_new(p, op, at);

    if (n >= 0)
        p->e->nodes[n].text = xstrndup(p->s + from, len);
    return n;
}

static int parse_number(struct scan *p)
{
    size_t from = p->at, len = 0;
    double d;
    char digits[40];

    while (isdigit((unsigned char) p->s[from + len]) || p->s[from + len] == '.')
        len++;
    if (len >= sizeof digits)
        return fail(p, _("this number is too long"));
    memcpy(digits, p->s + from, len);
    digits[len] = '\0';
    if (!number_parse(digits, &d))
        return fail(p, _("this is not a number"));
    p->at += len;
    int n = node_new(p, EX_NUMBER, from);
    if (n >= 0)
        p->e->nodes[n].number = d;
    return n;
}

static int parse_string(struct scan *p)
{
    size_t from = p->at;
    const char *end = strchr(p->s + from + 1, p->s[from]);

    if (!end)
        return fail(p, _("this text has no closing quote"));
    p->at = (size_t) (end - p->s) + 1;
    return text_node(p, EX_TEXT, from, from + 1, p->at - from - 2);
}

static int parse_name(struct scan *p)
{
    size_t from = p->at, len = 0;

    while (islower((unsigned char) p->s[from + 2 + len]) || isdigit((unsigned char) p->s[from + 2 + len]) ||
           (p->s[from + 2 + len] && strchr("_.-", p->s[from + 2 + len])))
        len++;
    if (len == 0 || len > DOTTED_MAX_BYTES || p->s[from + 2 + len] != '}')
        return fail(p, _("a name is written ${name}, in small letters, digits and _ (in a drill also . and -)"));
    p->at += len + 3;
    return text_node(p, EX_NAME, from, from + 2, len);
}

/* Repeat counts multiply when nested, and with them the memory regcomp takes; back references make matching slow. */
static bool regex_is_modest(const char *s)
{
    long product = 1;

    if (strlen(s) > REGEX_MAX_BYTES)
        return false;
    for (; *s; s++) {
        if (*s == '\\' && isdigit((unsigned char) s[1]))
            return false;
        if (*s == '{') {
            long high = 1, n = 0;
            for (s++; isdigit((unsigned char) *s) || *s == ','; s++) {
                n = *s == ',' ? 0 : n * 10 + (*s - '0');
                if (n > high)
                    high = n;
                if (high > REGEX_MAX_REPEAT)
                    return false;
            }
            product *= high;
            if (product > REGEX_MAX_REPEAT || !*s)
                return false;
        }
    }
    return true;
}

static int compile_regex(struct scan *p, int call)
{
    struct expr_node *n = &p->e->nodes[call];
    const struct expr_node *pattern = &p->e->nodes[n->args[1]];

    if (pattern->op != EX_TEXT || !regex_is_modest(pattern->text))
        return fail_at(p, pattern->at, N_("the pattern must be a short text in quotes, without back references"));
    char *whole = xasprintf("^(%s)$", pattern->text);
    n->regex = xcalloc(1, sizeof *n->regex);
    int rc = regcomp(n->regex, whole, REG_EXTENDED | REG_NOSUB);
    free(whole);
    if (rc == 0)
        return call;
    free(n->regex);
    n->regex = NULL;
    return fail_at(p, pattern->at, N_("this is not a POSIX extended pattern"));
}

static int parse_args(struct scan *p, int call)
{
    int args[EXPR_ARGS_MAX], nargs = 0;

    if (!take(p, ")")) {
        do {
            if (nargs == EXPR_ARGS_MAX)
                return fail(p, _("too many values for one function"));
            args[nargs] = parse_or(p);
            if (args[nargs++] < 0)
                return -1;
        } while (take(p, ","));
        if (!take(p, ")"))
            return fail(p, _("a closing ) is missing here"));
    }
    struct expr_node *n = &p->e->nodes[call];
    memcpy(n->args, args, sizeof args[0] * (size_t) nargs);
    n->nargs = nargs;
    return call;
}

static int parse_call(struct scan *p, const char *name, size_t at)
{
    size_t f = 0;

    while (f < expr_function_count && strcmp(expr_functions[f].name, name) != 0)
        f++;
    if (f == expr_function_count)
        return fail_at(p, at, N_("there is no function of this name"));
    int call = node_new(p, EX_CALL, at);
    if (call < 0)
        return -1;
    p->e->nodes[call].call = (int) f;
    if (parse_args(p, call) < 0)
        return -1;
    int n = p->e->nodes[call].nargs;
    if (n < expr_functions[f].min || n > expr_functions[f].max)
        return fail_at(p, at, N_("this function takes another number of values"));
    return strcmp(name, "regex") == 0 ? compile_regex(p, call) : call;
}

static int parse_word(struct scan *p)
{
    size_t from = p->at, len = 0;
    char name[NAME_MAX_BYTES + 1];

    while (name_char(p->s[from + len]) && len < NAME_MAX_BYTES)
        len++;
    memcpy(name, p->s + from, len);
    name[len] = '\0';
    p->at += len;
    if (take(p, "("))
        return parse_call(p, name, from);
    return text_node(p, EX_FIELD, from, from, len);
}

static int parse_primary(struct scan *p)
{
    blanks(p);
    char c = p->s[p->at];

    if (isdigit((unsigned char) c))
        return parse_number(p);
    if (c == '\'' || c == '"')
        return parse_string(p);
    if (c == '$' && p->s[p->at + 1] == '{')
        return parse_name(p);
    if (c == '.') {
        p->at++;
        return node_new(p, EX_SELF, p->at - 1);
    }
    if (take(p, "(")) {
        int inner = parse_or(p);
        if (inner >= 0 && !take(p, ")"))
            return fail(p, _("a closing ) is missing here"));
        return inner;
    }
    if (isalpha((unsigned char) c))
        return parse_word(p);
    return fail(p, c ? _("a value is expected here") : _("the expression ends too early"));
}

static int parse_unary(struct scan *p)
{
    size_t at;

    blanks(p);
    at = p->at;
    if (!take(p, "-"))
        return parse_primary(p);
    if (++p->depth > EXPR_MAX_DEPTH)
        return fail(p, _("nested too deep"));
    int a = parse_unary(p);
    p->depth--;
    int n = a < 0 ? -1 : node_new(p, EX_NEG, at);
    if (n >= 0) {
        p->e->nodes[n].args[0] = a;
        p->e->nodes[n].nargs = 1;
    }
    return n;
}

struct level {
    const char  *token;
    enum expr_op op;
};

/* Tightest last. Longer tokens first. A comparison stands once: a < b < c is refused. */
static const struct level or_level[]  = { { "or", EX_OR }, { NULL, 0 } };
static const struct level and_level[] = { { "and", EX_AND }, { NULL, 0 } };
static const struct level cmp_level[] = { { "!=", EX_NE }, { "<=", EX_LE }, { ">=", EX_GE }, { "=", EX_EQ },
                                          { "<", EX_LT }, { ">", EX_GT }, { NULL, 0 } };
static const struct level add_level[] = { { "+", EX_ADD }, { "-", EX_SUB }, { NULL, 0 } };
static const struct level mul_level[] = { { "*", EX_MUL }, { "div", EX_DIV }, { "mod", EX_MOD }, { NULL, 0 } };
static const struct level *const levels[] = { or_level, and_level, cmp_level, add_level, mul_level };

static const struct level *take_operator(struct scan *p, const struct level *level)
{
    for (; level->token; level++)
        if (take(p, level->token))
            return level;
    return NULL;
}

static int parse_level(struct scan *p, size_t level)
{
    if (level == ARRAY_LEN(levels))
        return parse_unary(p);
    int a = parse_level(p, level + 1), comparisons = 0;
    while (a >= 0) {
        blanks(p);
        size_t at = p->at;
        const struct level *op = take_operator(p, levels[level]);
        if (!op)
            break;
        if (levels[level] == cmp_level && comparisons++)
            return fail_at(p, at, N_("one comparison at a time: join two with and"));
        a = binary(p, op->op, at, a, parse_level(p, level + 1));
    }
    return a;
}

static int parse_or(struct scan *p)
{
    if (++p->depth > EXPR_MAX_DEPTH)
        return fail(p, _("nested too deep"));
    int n = parse_level(p, 0);
    p->depth--;
    return n;
}

enum status expr_parse(struct expr **out, const char *s, size_t *at, struct err *err)
{
    struct expr *e = xcalloc(1, sizeof *e);
    struct scan p = { .s = s, .e = e, .err = err };

    e->text = xstrdup(s);
    if (strlen(s) > EXPR_MAX_BYTES) {
        fail(&p, _("the expression is too long"));
    } else {
        e->root = parse_or(&p);
        blanks(&p);
        if (e->root >= 0 && s[p.at])
            fail(&p, _("this is not understood here"));
    }
    if (p.failed) {
        if (at)
            *at = p.at;
        expr_free(&e);
        return ST_INVALID;
    }
    *out = e;
    return ST_OK;
}

void expr_free(struct expr **ep)
{
    if (!ep || !*ep)
        return;
    for (size_t i = 0; i < (*ep)->count; i++) {
        struct expr_node *n = &(*ep)->nodes[i];
        free(n->text);
        if (n->regex) {
            regfree(n->regex);
            free(n->regex);
        }
    }
    free((*ep)->nodes);
    free((*ep)->text);
    free(*ep);
    *ep = NULL;
}

const char *expr_text(const struct expr *e)
{
    return e->text;
}
