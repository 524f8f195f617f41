/* value.c - what an expression comes to: missing, number, text, truth, or a list of them. */
#include "dolen/forms/expr.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "expr_tree.h"
#include "number.h"

#include "dolen/base/banned.h"

struct value value_missing(void)
{
    return (struct value) VALUE_INIT;
}

struct value value_number(double n)
{
    struct value v = VALUE_INIT;

    v.kind = VALUE_NUMBER;
    v.number = n;
    return v;
}

struct value value_text(const char *s)
{
    struct value v = VALUE_INIT;

    if (s) {
        v.kind = VALUE_TEXT;
        v.text = xstrdup(s);
    }
    return v;
}

struct value value_bool(bool b)
{
    struct value v = VALUE_INIT;

    v.kind = VALUE_BOOL;
    v.truth = b;
    return v;
}

void value_append(struct value *list, struct value take)
{
    list->kind = VALUE_LIST;
    list->items = xgrow(list->items, list->count + 1, sizeof *list->items);
    list->items[list->count++] = take;
}

void value_release(struct value *v)
{
    for (size_t i = 0; i < v->count; i++)
        value_release(&v->items[i]);
    free(v->items);
    free(v->text);
    *v = value_missing();
}

bool value_as_number(const struct value *v, double *out)
{
    switch (v->kind) {
    case VALUE_NUMBER:
        *out = v->number;
        return true;
    case VALUE_BOOL:
        *out = v->truth;
        return true;
    case VALUE_TEXT:
        return number_parse(v->text, out);
    case VALUE_MISSING:
    case VALUE_LIST:
        break;
    }
    return false;
}

bool value_as_truth(const struct value *v, bool *out)
{
    switch (v->kind) {
    case VALUE_NUMBER:
        *out = v->number != 0;
        return true;
    case VALUE_BOOL:
        *out = v->truth;
        return true;
    case VALUE_TEXT:
        *out = v->text[0] != '\0';
        return true;
    case VALUE_LIST:
        *out = v->count > 0;
        return true;
    case VALUE_MISSING:
        break;
    }
    return false;
}

bool value_true(const struct value *v)
{
    bool truth;

    return value_as_truth(v, &truth) && truth;
}

char *value_canonical(const struct value *v)
{
    switch (v->kind) {
    case VALUE_NUMBER: {
        struct number_text t = number_show(v->number);
        return t.s[0] ? xstrdup(t.s) : NULL;
    }
    case VALUE_BOOL:
        return xstrdup(v->truth ? "1" : "0");
    case VALUE_TEXT:
        return v->text[0] ? xstrdup(v->text) : NULL;
    case VALUE_MISSING:
    case VALUE_LIST:
        break;
    }
    return NULL;
}
