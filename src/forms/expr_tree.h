/* expr_tree.h - an expression after parsing: nodes in one array, children before their parents. */
#ifndef DOLEN_FORMS_EXPR_TREE_H
#define DOLEN_FORMS_EXPR_TREE_H

#include <regex.h>

#include "dolen/forms/expr.h"

#define EXPR_MAX_BYTES 2000
#define EXPR_MAX_DEPTH 32
#define EXPR_MAX_NODES 400
#define EXPR_ARGS_MAX  16

enum expr_op {
    EX_NUMBER, EX_TEXT, EX_NAME, EX_FIELD, EX_SELF, EX_OR, EX_AND, EX_EQ, EX_NE, EX_LT, EX_LE, EX_GT, EX_GE,
    EX_ADD, EX_SUB, EX_MUL, EX_DIV, EX_MOD, EX_NEG, EX_CALL
};

struct expr_node {
    enum expr_op op;
    size_t       at;                        /* byte offset in the text */
    double       number;
    char        *text;                      /* literal, name */
    int          call;                      /* index in expr_functions */
    int          args[EXPR_ARGS_MAX];
    int          nargs;
    regex_t     *regex;                     /* of a literal pattern */
};

struct expr {
    char             *text;
    struct expr_node *nodes;
    size_t            count, cap;
    int               root;
    int               line, column;         /* of its first character in the definition file */
    bool              block;                /* written over several lines: offsets tell nothing */
};

/* args: the values, already evaluated; out is missing on entry. raw: missing arguments are the function's own business;
 * otherwise one missing argument makes the result missing without a call. */
struct expr_function {
    const char *name;
    int         min, max;
    bool        raw;
    void      (*fn)(const struct expr_env *env, const struct expr_node *n, struct value *args, struct value *out);
};
extern const struct expr_function expr_functions[];
extern const size_t expr_function_count;
/* Byte offset in the text to line and column. */
void expr_place(const struct expr *e, size_t at, int *line, int *column);
/* Nothing in it can turn a missing value into a present one: what it is with everything missing, it always is. */
bool expr_is_monotone(const struct expr *e);
bool value_as_number(const struct value *v, double *out);
bool value_as_truth(const struct value *v, bool *out);      /* false: missing */

#endif
