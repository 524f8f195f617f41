/* diff.c - two definitions of a form side by side. */
#include "dolen/forms/diff.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

static const char *const words[] = { "kept", "added", "removed", "renamed", "type", "choices", "wording", "rules" };

const char *diff_word(enum diff_kind k)
{
    return words[k];
}

static void add(struct diff *d, enum diff_kind kind, const struct question *before, const struct question *after,
                char *take)
{
    struct diff_row *r = ARRAY_ADD(d->rows, d->count, d->cap);

    r->kind = kind;
    r->before = before;
    r->after = after;
    r->text = take;
}

static bool text_same(const struct text2 *a, const struct text2 *b)
{
    return str_eq(a->t[LANG_EN], b->t[LANG_EN]) && str_eq(a->t[LANG_CY], b->t[LANG_CY]);
}

static bool expr_same(const struct expr *a, const struct expr *b)
{
    return str_eq(a ? expr_text(a) : NULL, b ? expr_text(b) : NULL);
}

static bool rules_same(const struct question *a, const struct question *b)
{
    return a->required_always == b->required_always && expr_same(a->required, b->required) &&
           expr_same(a->relevant, b->relevant) && expr_same(a->constraint, b->constraint) &&
           expr_same(a->calculation, b->calculation) && expr_same(a->choice_filter, b->choice_filter) &&
           expr_same(a->when_skipped, b->when_skipped) &&
           a->from == b->from && a->to == b->to && str_eq(a->numbers, b->numbers);
}

/* Codes of a that b does not have, as "A, B". */
static size_t codes_only_in(const struct codelist *a, const struct codelist *b, struct buf *out)
{
    size_t n = 0;

    for (size_t i = 0; a && i < a->count; i++)
        if (!codelist_find(b, a->items[i].code))
            buf_addf(out, "%s%s", n++ ? ", " : "", a->items[i].code);
    return n;
}

static void compare_choices(struct diff *d, const struct question *a, const struct question *b)
{
    struct buf gained = BUF_INIT, lost = BUF_INIT;
    size_t more = codes_only_in(b->choices, a->choices, &gained), fewer = codes_only_in(a->choices, b->choices, &lost);

    if (more)
        add(d, DIFF_CHOICES, a, b, xasprintf(_("%s: new choices %s"), b->name, buf_text(&gained)));
    if (fewer)
        add(d, DIFF_CHOICES, a, b, xasprintf(_("%s: no longer a choice: %s"), b->name, buf_text(&lost)));
    buf_release(&gained);
    buf_release(&lost);
}

static void compare(struct diff *d, const struct question *a, const struct question *b)
{
    size_t rows = d->count;

    if (a->type != b->type)
        add(d, DIFF_TYPE, a, b, xasprintf(_("%s: was %s, is %s"), b->name, qtype_label(a->type), qtype_label(b->type)));
    compare_choices(d, a, b);
    if (!text_same(&a->label, &b->label))
        add(d, DIFF_WORDING, a, b, xasprintf(_("%s: the wording changed"), b->name));
    if (!rules_same(a, b))
        add(d, DIFF_RULES, a, b, xasprintf(_("%s: the rules changed"), b->name));
    if (d->count == rows)
        add(d, DIFF_KEPT, a, b, xasprintf(_("%s: kept"), b->name));
}

/* A question that went and one that came are probably one when type and label, or type and code list, are the same. */
static bool looks_renamed(const struct question *a, const struct question *b)
{
    if (a->type != b->type)
        return false;
    if (text_same(&a->label, &b->label) && a->label.t[LANG_EN])
        return true;
    return a->choices_id && str_eq(a->choices_id, b->choices_id);
}

static const struct question *renamed_to(const struct form *before, const struct form *after, const struct question *a,
                                         const bool *taken)
{
    for (size_t i = 0; i < after->count; i++) {
        const struct question *b = &after->questions[i];
        if (!taken[i] && !form_question(before, b->name) && looks_renamed(a, b))
            return b;
    }
    return NULL;
}

void form_diff(const struct form *before, const struct form *after, struct diff *out)
{
    bool *taken = xcalloc(after->count + 1, sizeof *taken);

    for (size_t i = 0; i < before->count; i++) {
        const struct question *a = &before->questions[i], *b = form_question(after, a->name);
        if (b) {
            compare(out, a, b);
        } else if ((b = renamed_to(before, after, a, taken))) {
            taken[form_index(after, b)] = true;
            add(out, DIFF_RENAMED, a, b, xasprintf(_("%s: probably renamed to %s"), a->name, b->name));
        } else {
            add(out, DIFF_REMOVED, a, NULL,
                xasprintf(_("%s: no longer asked; answers already given are kept"), a->name));
        }
    }
    for (size_t i = 0; i < after->count; i++) {
        const struct question *b = &after->questions[i];
        if (!taken[i] && !form_question(before, b->name))
            add(out, DIFF_ADDED, NULL, b, xasprintf(_("%s: new"), b->name));
    }
    free(taken);
}

void diff_release(struct diff *d)
{
    for (size_t i = 0; i < d->count; i++)
        free(d->rows[i].text);
    free(d->rows);
    memset(d, 0, sizeof *d);
}
