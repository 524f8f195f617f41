/* expr_refs.c - what an expression names, for lint. */
#include "dolen/forms/expr.h"

#include <string.h>

#include "dolen/base/text.h"
#include "expr_tree.h"

#include "dolen/base/banned.h"

static bool is_aggregate(const struct expr *e, int parent)
{
    const struct expr_node *p = parent >= 0 ? &e->nodes[parent] : NULL;
    const char *name = p && p->op == EX_CALL ? expr_functions[p->call].name : "";

    return strcmp(name, "sum") == 0 || strcmp(name, "count") == 0 || strcmp(name, "missing") == 0;
}

static int parent_of(const struct expr *e, int at)
{
    for (size_t i = 0; i < e->count; i++)
        for (int a = 0; a < e->nodes[i].nargs; a++)
            if (e->nodes[i].args[a] == at)
                return (int) i;
    return -1;
}

void expr_each_ref(const struct expr *e, void (*fn)(void *ctx, enum expr_ref kind, const char *name, size_t at),
                   void *ctx)
{
    for (size_t i = 0; i < e->count; i++) {
        const struct expr_node *n = &e->nodes[i];
        if (n->op == EX_NAME)
            fn(ctx, is_aggregate(e, parent_of(e, (int) i)) ? EXPR_AGGREGATE : EXPR_NAME, n->text, n->at);
        else if (n->op == EX_FIELD)
            fn(ctx, EXPR_FIELD, n->text, n->at);
        else if (n->op == EX_SELF)
            fn(ctx, EXPR_SELF, ".", n->at);
    }
}

void expr_each_code(const struct expr *e, void (*fn)(void *ctx, const char *name, const char *code, size_t at),
                    void *ctx)
{
    for (size_t i = 0; i < e->count; i++) {
        const struct expr_node *n = &e->nodes[i];
        bool selects = n->op == EX_CALL && strcmp(expr_functions[n->call].name, "selected") == 0;
        if (n->op != EX_EQ && n->op != EX_NE && !selects)
            continue;
        const struct expr_node *a = &e->nodes[n->args[0]], *b = &e->nodes[n->args[1]];
        if (a->op == EX_NAME && b->op == EX_TEXT)
            fn(ctx, a->text, b->text, b->at);
        else if (b->op == EX_NAME && a->op == EX_TEXT)
            fn(ctx, b->text, a->text, a->at);
    }
}

bool expr_is_monotone(const struct expr *e)
{
    for (size_t i = 0; i < e->count; i++)
        if (e->nodes[i].op == EX_CALL && expr_functions[e->nodes[i].call].raw &&
            strcmp(expr_functions[e->nodes[i].call].name, "if") != 0)
            return false;
    return true;
}

void expr_place(const struct expr *e, size_t at, int *line, int *column)
{
    size_t bytes = strlen(e->text);
    uint32_t cp;

    *line = e->line;
    *column = e->column;
    for (size_t i = 0, step; !e->block && i < at && i < bytes; i += step) {
        step = utf8_next(e->text + i, bytes - i, &cp);
        ++*column;
    }
}
