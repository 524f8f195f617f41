/* form_build.c - a form from its nodes: every question checked on its own. What needs the whole form is form_lint.c. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"

#include "dolen/base/banned.h"

#define QUESTIONS_MAX 1000

static const char *const form_keys[] = { "form", "version", "kind", "binds", "subject", "once", "handover", "title",
                                         "about", "questions", "measure", NULL };
static const char *const question_keys[] = {
    "name", "type", "label", "hint", "prompts", "required", "relevant", "constraint", "constraint_message", "default",
    "known",
    "calculation", "appearance", "core", "choices", "choice_filter", "from", "to", "from_label", "to_label",
    "questions",
    "item_label", "from_notes", "find_words", "when_skipped", "numbers", NULL
};
static const char *const type_words[] = {
#define X(name, word, asked) word,
    QTYPE_LIST(X)
#undef X
    NULL
};
static const char *const appearances[] = { "plain", "multiline", "phone", "email", "nhs", "postcode", "past", "ranked",
                                           "likert", "when", NULL };
static const char *const kinds[] = { "form", "measure", NULL };
static const char *const subjects[] = { "person", "episode", NULL };

#define ON(t) (1u << Q_##t)
#define SELECTS (ON(SELECT_ONE) | ON(SELECT_MULTIPLE))
#define INSIDE (ON(GROUP) | ON(REPEAT))
#define ASKED (ON(TEXT) | ON(INTEGER) | ON(DECIMAL) | ON(DATE) | SELECTS | ON(SCALE) | ON(ACKNOWLEDGE))

/* Keys that mean something for some types only; needed: without it the type cannot work. */
static const struct {
    const char *key;
    unsigned    types;
    bool        needed;
} key_types[] = {
    { "required", ASKED, false },
    { "constraint", ASKED, false },
    { "constraint_message", ASKED, false },
    { "default", ASKED, false },
    { "known", ASKED, false },
    { "when_skipped", ASKED, false },
    { "appearance", ASKED, false },
    { "prompts", ASKED | ON(GROUP) | ON(NOTE), false },
    { "core", ASKED | ON(CALCULATE), false },
    { "calculation", ON(CALCULATE), true },
    { "choices", SELECTS, true },
    { "choice_filter", SELECTS, false },
    { "from", ON(SCALE), true },
    { "to", ON(SCALE), true },
    { "from_label", ON(SCALE), false },
    { "to_label", ON(SCALE), false },
    { "questions", INSIDE, true },
    { "item_label", ON(REPEAT), false },
    { "from_notes", ON(TEXT) | SELECTS, false },
    { "find_words", ON(TEXT) | SELECTS, false },
    { "numbers", ON(INTEGER), false },
};

static const unsigned appearance_types[APPEAR_COUNT] = {
    [APPEAR_PLAIN] = ASKED, [APPEAR_MULTILINE] = ON(TEXT), [APPEAR_PHONE] = ON(TEXT), [APPEAR_EMAIL] = ON(TEXT),
    [APPEAR_NHS] = ON(TEXT), [APPEAR_POSTCODE] = ON(TEXT), [APPEAR_PAST] = ON(DATE),
    [APPEAR_RANKED] = ON(SELECT_MULTIPLE),
    [APPEAR_LIKERT] = ON(SELECT_ONE) | ON(SCALE), [APPEAR_WHEN] = ON(TEXT),
};

struct where {
    int parent, repeat, depth;
};

static void build_questions(struct build *b, const struct node *list, struct form *f, struct where w);

static void check_keys_fit(struct build *b, const struct node *n, enum qtype type)
{
    for (size_t i = 0; i < ARRAY_LEN(key_types); i++) {
        const struct node *k = node_get(n, key_types[i].key);
        bool fits = key_types[i].types & (1u << type);
        if (k && !fits)
            build_lint_key(b, k, _("this key has no meaning for this type"), _("remove it, or change type: %s"),
                           qtype_word(type));
        else if (!k && fits && key_types[i].needed)
            build_bad(b, n, key_types[i].key, _("this key is missing"), _("add %s:"), key_types[i].key);
    }
}

static void build_name(struct build *b, const struct node *n, struct form *f, struct question *q)
{
    const struct question *first;

    q->name = build_text(b, n, "name", true);
    if (!q->name) {
        q->name = xstrdup("");
        return;
    }
    if (!name_shape_ok(q->name))
        build_bad(b, node_get(n, "name"), q->name, _("a name has small letters, digits and _, begins with a letter, "
                  "and has at most 40"), _("write it like held_on"));
    first = form_question(f, q->name);
    if (first != q)
        build_bad(b, node_get(n, "name"), q->name, _("this name is used twice in the form"),
                  _("give it a name of its own; the first is on line %d"), first->line);
}

static void find_codes(struct build *b, const struct node *n, struct question *q)
{
    struct err err;
    char fix[200];
    size_t count = 0;

    q->choices_id = xstrdup(node_text(n));
    q->choices = b->cat ? catalog_codes(b->cat, q->choices_id, &err) : NULL;
    if (q->choices)
        return;
    if (b->cat && err.st != ST_NOTFOUND) {
        build_bad(b, n, q->choices_id, _("this code list cannot be used"), _("run form lint on codes/%s.yaml"),
                  q->choices_id);
        return;
    }
    const char *const *ids = b->cat ? catalog_list(b->cat, DEF_CODES, &count) : NULL;
    build_bad(b, n, q->choices_id, _("there is no code list of this name"), "%s",
              build_nearest(fix, sizeof fix, q->choices_id, ids, count,
                            _("add a file to codes/, or list the choices here")));
}

static void build_choices(struct build *b, const struct node *n, struct question *q, enum wording *wording)
{
    const struct node *choices = node_get(n, "choices");

    if (node_text(choices)) {
        find_codes(b, choices, q);
        return;
    }
    choices = build_list(b, n, "choices", false);
    if (choices) {
        q->choices = codelist_build_items(b, choices, wording);
        q->choices_owned = true;
    }
}

static void build_scale(struct build *b, const struct node *n, struct question *q, enum wording *wording)
{
    q->from = build_int(b, n, "from", 0, false);
    q->to = build_int(b, n, "to", 10, false);
    build_text2(b, n, "from_label", false, &q->from_label, wording);
    build_text2(b, n, "to_label", false, &q->to_label, wording);
    if (q->type == Q_SCALE && (q->to <= q->from || q->to - q->from > 100))
        build_bad(b, node_get(n, "to") ? node_get(n, "to") : n, "to", _("a scale rises, over at most 100 steps"),
                  _("write from: 0 and to: 10"));
}

static void build_required(struct build *b, const struct node *n, struct question *q)
{
    const struct node *r = node_get(n, "required");

    if (!node_bool(r, &q->required_always))
        q->required = build_expr(b, n, "required");
}

static void build_rules(struct build *b, const struct node *n, struct question *q, enum wording *wording)
{
    build_required(b, n, q);
    q->relevant = build_expr(b, n, "relevant");
    q->constraint = build_expr(b, n, "constraint");
    q->initial = build_expr(b, n, "default");
    q->known = build_expr(b, n, "known");
    q->calculation = build_expr(b, n, "calculation");
    q->when_skipped = build_expr(b, n, "when_skipped");
    q->choice_filter = build_expr(b, n, "choice_filter");
    build_text2(b, n, "constraint_message", false, &q->constraint_message, wording);
    if (q->when_skipped && !q->relevant)
        build_lint_key(b, node_get(n, "when_skipped"), _("a question that is always asked is never skipped"),
                       _("add relevant:, or remove when_skipped"));
    if (q->constraint && !node_get(n, "constraint_message"))
        build_lint_key(b, node_get(n, "constraint"), _("a constraint without a message tells a person nothing"),
                       _("add constraint_message: {en: …, cy: …}"));
    if (!q->constraint && node_get(n, "constraint_message"))
        build_lint_key(b, node_get(n, "constraint_message"), _("there is no constraint for this message"),
                       _("add constraint:, or remove the message"));
}

static void build_look(struct build *b, const struct node *n, struct question *q)
{
    const struct node *a = node_get(n, "appearance");

    q->appearance = (enum appearance) build_word(b, n, "appearance", appearances, APPEAR_PLAIN);
    if (a && !(appearance_types[q->appearance] & (1u << q->type)))
        build_lint(b, a, node_text(a) ? node_text(a) : "appearance", _("this appearance has no meaning for this type"),
                   _("remove it"));
}

/* The repeat stands above: who is asked for a number sees what it counts. */
static void build_numbers(struct build *b, const struct node *n, const struct form *f, struct question *q)
{
    const struct question *of;

    q->numbers = build_text(b, n, "numbers", false);
    of = q->numbers ? form_question(f, q->numbers) : NULL;
    if (q->numbers && (!of || of->type != Q_REPEAT || (q->repeat >= 0 && of == &f->questions[q->repeat])))
        build_bad(b, node_get(n, "numbers"), q->numbers, _("no repeat of this name stands above this question"),
                  _("name a repeat above it"));
}

/* f->questions may move while its children are added: only the index is kept. */
static void build_question(struct build *b, const struct node *n, struct form *f, struct where w)
{
    struct question *q = ARRAY_ADD(f->questions, f->count, f->cap);
    int index = (int) f->count - 1;
    enum wording *wording = f->is_measure ? &q->wording : NULL;

    q->line = n->line;
    q->column = n->column;
    q->parent = w.parent;
    q->repeat = w.repeat;
    q->depth = w.depth;
    q->end = index + 1;
    if (!build_keys(b, n, question_keys)) {
        q->name = xstrdup("");
        return;
    }
    build_name(b, n, f, q);
    if (!node_get(n, "type"))
        build_bad(b, n, "type", _("this key is missing"), _("add %s:"), "type");
    q->type = (enum qtype) build_word(b, n, "type", type_words, Q_TEXT);
    check_keys_fit(b, n, q->type);
    build_text2(b, n, "label", q->type != Q_CALCULATE, &q->label, wording);
    build_text2(b, n, "hint", false, &q->hint, wording);
    build_text2(b, n, "item_label", false, &q->item_label, wording);
    build_text2(b, n, "find_words", false, &q->find_words, wording);
    q->prompts = build_texts(b, n, "prompts", &q->prompt_count);
    q->core = build_text(b, n, "core", false);
    q->from_notes = build_bool(b, n, "from_notes", false);
    build_numbers(b, n, f, q);
    build_rules(b, n, q, wording);
    build_choices(b, n, q, wording);
    build_scale(b, n, q, wording);
    build_look(b, n, q);
}

static void build_inside(struct build *b, const struct node *n, struct form *f, int index, struct where w)
{
    enum qtype type = f->questions[index].type;
    struct where inside = { .parent = index, .repeat = type == Q_REPEAT ? index : w.repeat, .depth = w.depth + 1 };

    if (type == Q_REPEAT && w.repeat >= 0)
        build_bad(b, n, f->questions[index].name, _("a repeat within a repeat"), _("make the inner one a group"));
    build_questions(b, build_list(b, n, "questions", false), f, inside);
    f->questions[index].end = (int) f->count;
}

static void build_questions(struct build *b, const struct node *list, struct form *f, struct where w)
{
    for (size_t i = 0; list && i < list->count; i++) {
        if (f->count >= QUESTIONS_MAX) {
            build_bad(b, &list->items[i], f->id, _("more than 1,000 questions"), _("divide the form"));
            return;
        }
        size_t index = f->count;
        build_question(b, &list->items[i], f, w);
        if (f->questions[index].type == Q_GROUP || f->questions[index].type == Q_REPEAT)
            build_inside(b, &list->items[i], f, (int) index, w);
    }
}

struct form *form_build(struct build *b, const struct node *root)
{
    struct form *f = xcalloc(1, sizeof *f);
    struct where top = { .parent = -1, .repeat = -1, .depth = 0 };

    build_keys(b, root, form_keys);
    f->id = build_id(b, root, "form");
    f->version = build_int(b, root, "version", 1, true);
    f->is_measure = build_word(b, root, "kind", kinds, 0) == 1;
    f->binds = build_text(b, root, "binds", false);
    f->of_person = build_word(b, root, "subject", subjects, 1) == 0;
    f->once = build_bool(b, root, "once", false);
    f->handover = build_bool(b, root, "handover", false);
    build_text2(b, root, "title", true, &f->title, NULL);
    build_text2(b, root, "about", false, &f->about, NULL);
    build_questions(b, build_list(b, root, "questions", true), f, top);
    if (f->is_measure)
        form_build_measure(b, node_get(root, "measure"), f);
    else if (node_get(root, "measure"))
        build_lint_key(b, node_get(root, "measure"), _("only a form of kind: measure has scores"),
                       _("add kind: measure"));
    return f;
}
