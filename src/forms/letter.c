/* letter.c - a letter from its definition. A name that is no fact, a code where words should stand and a name in a
 * title would be found out by whoever opens the letter, so none of them is taken. */
#include "dolen/forms/letter.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "expr_tree.h"
#include "letter_build.h"
#include "parsing.h"

#include "dolen/base/banned.h"

static const char *const letter_keys[] = { "letter", "version", "title", "about", "paragraphs", NULL };
static const char *const block_keys[] = { "heading", "text", "bullet", "line", "value", "when", NULL };
static const char *const block_words[LETTER_BLOCK_COUNT] = { "heading", "text", "bullet", "line" };

#define KIND_TEXT LETTER_FACT_TEXT
#define KIND_DATE LETTER_FACT_DATE
#define KIND_CODE LETTER_FACT_CODE
#define KIND_LIST LETTER_FACT_LIST_KIND
static const struct { const char *name; enum letter_fact_kind kind; } facts[LETTER_FACT_COUNT] = {
#define X(upper, name, kind) { name, KIND_##kind },
    LETTER_FACT_LIST(X)
#undef X
};

/* Something serious that came first is told as a return, and a code of its own for it does not exist here. */
static const char *const yes_no[] = { "YES", "NO", NULL };
static const char *const decisions[] = { "ACCEPTED", "WAITING", "DECLINED", "NOT_ELIGIBLE", "CLINICAL", "RETURNED",
                                         "NO_CONTACT", "DUPLICATE", NULL };
static const char *const outcomes[] = { "GOALS_MET", "PARTLY_MET", "CHOSE_TO_STOP", "LOST", "SERVICE_ENDED",
                                        "RE_REFERRED", NULL };

const char *const *letter_codes(enum letter_fact f)
{
    static const char *const *const codes[LETTER_FACT_COUNT] = {
        [LETTER_FACT_AGREED] = yes_no, [LETTER_FACT_SEEN] = yes_no, [LETTER_FACT_DECISION] = decisions,
        [LETTER_FACT_OUTCOME] = outcomes,
    };

    return codes[f];
}

enum letter_fact letter_fact_named(const char *name, size_t n)
{
    int f = 0;

    while (f < LETTER_FACT_COUNT && (strlen(facts[f].name) != n || memcmp(facts[f].name, name, n) != 0))
        f++;
    return (enum letter_fact) f;
}

enum letter_fact_kind letter_fact_kind(enum letter_fact f)
{
    return facts[f].kind;
}

const char *letter_placeholder(const char *s, const char **name, size_t *n, const char **end, const char **open)
{
    const char *from = strstr(s, "${"), *to = from ? strchr(from, '}') : NULL;

    if (open)
        *open = to ? NULL : from;
    if (!to)
        return NULL;
    *name = from + 2;
    *n = (size_t) (to - *name);
    *end = to + 1;
    return from;
}

/* --- what a text may name ----------------------------------------------------------------------------------------- */

static void unknown_fact(struct build *b, int line, int column, const char *name)
{
    const char *names[LETTER_FACT_COUNT];
    char fix[160];

    for (int f = 0; f < LETTER_FACT_COUNT; f++)
        names[f] = facts[f].name;
    findings_add(b->f, true, b->file, line, column, name, _("a letter knows no fact of this name"),
                 build_nearest(fix, sizeof fix, name, names, LETTER_FACT_COUNT,
                               _("docs/forms.md lists the facts of a letter")));
}

static void at_text(struct build *b, const struct node *n, size_t at, const char *what, const char *why,
                    const char *fix)
{
    int line, column;

    build_place(n, at, &line, &column);
    findings_add(b->f, true, b->file, line, column, what, why, fix);
}

static void check_one(struct build *b, const struct node *n, size_t at, const char *name)
{
    enum letter_fact f = letter_fact_named(name, strlen(name));
    int line, column;

    if (f == LETTER_FACT_COUNT) {
        build_place(n, at, &line, &column);
        unknown_fact(b, line, column, name);
    } else if (facts[f].kind == LETTER_FACT_CODE) {
        at_text(b, n, at, name, _("this fact is a code and not words"),
                _("write the words yourself, and name the code in when:"));
    }
}

/* named: set for each fact that the text names. */
static void check_text(struct build *b, const struct node *n, bool named[LETTER_FACT_COUNT])
{
    const char *text = node_text(n), *name, *end, *open = NULL;
    size_t len;

    for (const char *s = text, *from; s && (from = letter_placeholder(s, &name, &len, &end, &open)); s = end) {
        char *word = xstrndup(name, len);
        enum letter_fact f = letter_fact_named(name, len);

        check_one(b, n, (size_t) (from - text), word);
        if (f != LETTER_FACT_COUNT)
            named[f] = true;
        free(word);
    }
    if (open)
        at_text(b, n, (size_t) (open - text), "${", _("this name has no end"), _("write ${name}"));
}

/* Who reads one language is told no less than who reads the other. */
static void check_both(struct build *b, const struct node *n)
{
    bool named[LANG_COUNT][LETTER_FACT_COUNT] = { { false } };
    const struct node *in[LANG_COUNT];

    for (int l = 0; l < LANG_COUNT; l++) {
        in[l] = n->kind == NODE_TEXT ? n : node_get(n, lang_code((enum lang) l));
        if (node_text(in[l]))
            check_text(b, in[l], named[l]);
    }
    for (int f = 0; f < LETTER_FACT_COUNT; f++)
        for (int l = 0; l < LANG_COUNT; l++)
            if (named[l][f] && !named[!l][f] && node_text(in[!l]))
                build_lint(b, in[!l], facts[f].name, _("the other language names this fact and this one does not"),
                           _("name it in both"));
}

/* --- what a condition may name ------------------------------------------------------------------------------------ */

struct look {
    struct build      *b;
    const struct expr *e;
};

static void in_expr(struct look *l, size_t at, const char *what, const char *why, const char *fix)
{
    int line, column;

    expr_place(l->e, at, &line, &column);
    findings_add(l->b->f, true, l->b->file, line, column, what, why, fix);
}

static void look_at_ref(void *ctx, enum expr_ref kind, const char *name, size_t at)
{
    struct look *l = ctx;
    enum letter_fact f = letter_fact_named(name, strlen(name));
    int line, column;

    if (kind == EXPR_FIELD || kind == EXPR_SELF) {
        in_expr(l, at, name, _("a letter has names in ${} only"), _("write ${decision}"));
    } else if (f == LETTER_FACT_COUNT) {
        expr_place(l->e, at, &line, &column);
        unknown_fact(l->b, line, column, name);
    } else if (facts[f].kind == LETTER_FACT_LIST_KIND && kind != EXPR_AGGREGATE) {
        in_expr(l, at, name, _("this fact is a list"), _("write count(${place}) > 0"));
    }
}

static void look_at_code(void *ctx, const char *name, const char *code, size_t at)
{
    struct look *l = ctx;
    enum letter_fact f = letter_fact_named(name, strlen(name));
    const char *const *codes = f == LETTER_FACT_COUNT ? NULL : letter_codes(f);
    char fix[200];
    size_t n = 0;

    if (!codes || !*code)
        return;
    for (; codes[n]; n++)
        if (str_eq(codes[n], code))
            return;
    in_expr(l, at, code, _("no letter is told this code"),
            build_nearest(fix, sizeof fix, code, codes, n, _("docs/forms.md lists the codes of a letter")));
}

static struct expr *build_when(struct build *b, const struct node *n)
{
    struct expr *e = build_expr(b, n, "when");
    struct look l = { b, e };

    if (e) {
        expr_each_ref(e, look_at_ref, &l);
        expr_each_code(e, look_at_code, &l);
    }
    return e;
}

/* --- the parts ---------------------------------------------------------------------------------------------------- */

static void build_value(struct build *b, const struct node *n, struct letter_block *x)
{
    const struct node *v = node_get(n, "value");
    const char *name = node_text(v);

    x->value = LETTER_FACT_COUNT;
    if (x->kind != LETTER_LINE) {
        if (v)
            build_lint_key(b, v, _("only a line has a value"), _("name the fact in the words: ${%s}"),
                           name ? name : "");
        return;
    }
    if (!name) {
        build_bad(b, v ? v : n, "value", _("a line needs the name of a fact"), _("add value: person"));
        return;
    }
    x->value = letter_fact_named(name, strlen(name));
    if (x->value == LETTER_FACT_COUNT)
        unknown_fact(b, v->line, v->column, name);
    else if (facts[x->value].kind == LETTER_FACT_CODE || facts[x->value].kind == LETTER_FACT_LIST_KIND)
        build_bad(b, v, name, _("a line shows a date or a name"), _("write it as text: or bullet:"));
}

static void build_block(struct build *b, const struct node *n, struct letter_block *x)
{
    const struct node *words = NULL;
    int found = 0;

    x->value = LETTER_FACT_COUNT;
    if (!build_keys(b, n, block_keys))
        return;
    for (int k = 0; k < LETTER_BLOCK_COUNT; k++)
        if (node_get(n, block_words[k])) {
            words = node_get(n, block_words[k]);
            x->kind = (enum letter_block_kind) k;
            found++;
        }
    if (found != 1) {
        build_bad(b, n, "paragraphs", _("a paragraph is one of heading, text, bullet and line"),
                  _("write - text: {en: …, cy: …}"));
        return;
    }
    build_text2_node(b, words, &x->words, NULL);
    check_both(b, words);
    build_value(b, n, x);
    x->when = build_when(b, n);
}

/* The title goes into the file's own description, where nobody looks for a name. */
static void build_title(struct build *b, const struct node *root, struct letter_def *d)
{
    const struct node *n = node_get(root, "title");

    build_text2(b, root, "title", true, &d->title, NULL);
    for (int l = 0; n && l < LANG_COUNT; l++) {
        const struct node *one = n->kind == NODE_TEXT ? n : node_get(n, lang_code((enum lang) l));

        if (node_text(one) && strstr(node_text(one), "${"))
            build_bad(b, one, "title", _("a title names nobody: it is kept in the file as its description"),
                      _("write it without ${}"));
    }
}

struct letter_def *letter_build(struct build *b, const struct node *root)
{
    struct letter_def *d = xcalloc(1, sizeof *d);
    struct text2 about = { { NULL, NULL } };
    const struct node *list;

    build_keys(b, root, letter_keys);
    d->id = build_id(b, root, "letter");
    d->version = build_int(b, root, "version", 1, true);
    build_title(b, root, d);
    build_text2(b, root, "about", false, &about, NULL);
    text2_release(&about);
    list = build_list(b, root, "paragraphs", true);
    if (list && list->count == 0)
        build_bad(b, list, "paragraphs", _("this is empty"), _("write - text: {en: …, cy: …}"));
    if (!list || list->count == 0)
        return d;
    d->blocks = xcalloc(list->count, sizeof *d->blocks);
    for (; d->count < list->count; d->count++)
        build_block(b, &list->items[d->count], &d->blocks[d->count]);
    return d;
}

void letter_def_free(struct letter_def **dp)
{
    if (!dp || !*dp)
        return;
    struct letter_def *d = *dp;
    for (size_t i = 0; i < d->count; i++) {
        text2_release(&d->blocks[i].words);
        expr_free(&d->blocks[i].when);
    }
    text2_release(&d->title);
    free(d->blocks);
    free(d->bytes);
    free(d->id);
    free(d);
    *dp = NULL;
}

enum status letter_parse(struct letter_def **out, const char *file, const char *s, size_t n, struct err *err)
{
    struct parsing p;
    enum status st;

    *out = parsing_begin(&p, file, s, n, NULL) ? letter_build(&p.b, p.root) : NULL;
    st = parsing_end(&p, err);
    if (st != ST_OK)
        letter_def_free(out);
    else
        (*out)->bytes = source_kept(s, n, &(*out)->byte_count);
    return st;
}
