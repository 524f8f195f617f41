/* build.c - findings with places, key checks, and the small values of a definition. */
#include "build.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "expr_tree.h"

#include "dolen/base/banned.h"

#define FIX_MAX 300

static void find(struct build *b, bool fatal, int line, int column, const char *what, const char *why, const char *fix,
                 va_list ap)
{
    char text[FIX_MAX];

    vsnprintf(text, sizeof text, fix, ap);
    findings_add(b->f, fatal, b->file, line, column, what, why, text);
}

void build_bad(struct build *b, const struct node *at, const char *what, const char *why, const char *fix, ...)
{
    va_list ap;

    va_start(ap, fix);
    find(b, true, at->line, at->column, what, why, fix, ap);
    va_end(ap);
}

void build_lint(struct build *b, const struct node *at, const char *what, const char *why, const char *fix, ...)
{
    va_list ap;

    va_start(ap, fix);
    find(b, false, at->line, at->column, what, why, fix, ap);
    va_end(ap);
}

void build_lint_key(struct build *b, const struct node *at, const char *why, const char *fix, ...)
{
    va_list ap;

    va_start(ap, fix);
    find(b, false, at->key ? at->key_line : at->line, at->key ? at->key_column : at->column,
         at->key ? at->key : b->file, why, fix, ap);
    va_end(ap);
}

static size_t words_count(const char *const *words)
{
    size_t n = 0;

    while (words[n])
        n++;
    return n;
}

const char *build_nearest(char *buf, size_t size, const char *word, const char *const *words, size_t n,
                          const char *otherwise)
{
    const char *near = nearest_word(word, words, n);

    if (near)
        snprintf(buf, size, _("did you mean %s?"), near);
    else
        str_copy(buf, size, otherwise);
    return buf;
}

/* "a, b, c" of the words, for a fix. */
static void list_words(char *buf, size_t size, const char *const *words)
{
    size_t len = 0;

    buf[0] = '\0';
    for (size_t i = 0; words[i] && len + strlen(words[i]) + 3 < size; i++)
        len += (size_t) snprintf(buf + len, size - len, "%s%s", i ? ", " : "", words[i]);
}

bool build_keys(struct build *b, const struct node *n, const char *const *words)
{
    char known[240], fix[280];

    if (n->kind != NODE_MAP) {
        list_words(known, sizeof known, words);
        build_bad(b, n, n->text ? n->text : n->key ? n->key : b->file, _("a list of key: value is expected here"),
                  _("the keys are: %s"), known);
        return false;
    }
    for (size_t i = 0; i < n->count; i++) {
        bool is_known = false;
        for (size_t w = 0; words[w]; w++)
            is_known |= strcmp(words[w], n->items[i].key) == 0;
        if (is_known)
            continue;
        list_words(known, sizeof known, words);
        build_nearest(fix, sizeof fix, n->items[i].key, words, words_count(words), known);
        build_lint_key(b, &n->items[i], _("this key is not known here"), "%s", fix);
    }
    return true;
}

static const struct node *need(struct build *b, const struct node *map, const char *key, bool needed)
{
    const struct node *n = node_get(map, key);

    if (!n && needed)
        build_bad(b, map, key, _("this key is missing"), _("add %s:"), key);
    return n;
}

char *build_text(struct build *b, const struct node *map, const char *key, bool needed)
{
    const struct node *n = need(b, map, key, needed);
    const char *t = node_text(n);

    if (n && n->kind != NODE_TEXT)
        build_bad(b, n, key, _("one text is expected here"), _("write %s: text"), key);
    else if (n && needed && !(t && *t))
        build_bad(b, n, key, _("this is empty"), _("write %s: text"), key);
    return t && *t ? xstrdup(t) : NULL;
}

bool build_bool(struct build *b, const struct node *map, const char *key, bool otherwise)
{
    const struct node *n = node_get(map, key);
    bool v = otherwise;

    if (n && !node_bool(n, &v))
        build_bad(b, n, key, _("true or false is expected here"), _("write %s: true"), key);
    return v;
}

int build_int(struct build *b, const struct node *map, const char *key, int otherwise, bool needed)
{
    const struct node *n = need(b, map, key, needed);
    int v = otherwise;

    if (n && !node_int(n, &v))
        build_bad(b, n, key, _("a whole number is expected here"), _("write %s: 1, without quotes"), key);
    return v;
}

struct date build_date(struct build *b, const struct node *map, const char *key)
{
    const struct node *n = node_get(map, key);
    const char *t = node_text(n);
    struct date d = { 0, 0, 0 };

    if (n && !(t && !*t) && t && !date_parse_iso(t, &d))
        build_bad(b, n, t, _("this is not a date"), _("write it as 2026-01-31"));
    else if (n && n->kind != NODE_TEXT)
        build_bad(b, n, key, _("this is not a date"), _("write it as 2026-01-31"));
    return d;
}

int build_word(struct build *b, const struct node *map, const char *key, const char *const *words, int otherwise)
{
    const struct node *n = node_get(map, key);
    const char *t = node_text(n);
    char known[200], fix[240];

    if (!n)
        return otherwise;
    for (int i = 0; t && words[i]; i++)
        if (strcmp(words[i], t) == 0)
            return i;
    list_words(known, sizeof known, words);
    build_nearest(fix, sizeof fix, t ? t : "", words, words_count(words), known);
    build_bad(b, n, t ? t : key, _("this word is not known here"), "%s", fix);
    return otherwise;
}

/* The Welsh of a text: a text, or for measures {missing: official}. */
static void build_welsh(struct build *b, const struct node *n, const struct node *cy, struct text2 *out,
                        enum wording *wording)
{
    const char *missing = node_get_text(cy, "missing"), *status = node_get_text(n, "cy_status");

    if (cy && cy->kind == NODE_MAP && wording && missing && strcmp(missing, "official") == 0) {
        *wording = WORDING_EN_SHOWN;
        return;
    }
    if (cy && cy->kind == NODE_MAP)
        build_lint(b, cy, "cy", _("only a measure may leave its Welsh out"), _("write the Welsh"));
    else if (!node_text(cy) || !*node_text(cy))
        build_lint(b, cy ? cy : n, "cy", _("the Welsh is missing"), _("add cy: to this text"));
    else
        out->t[LANG_CY] = xstrdup(node_text(cy));
    if (status && strcmp(status, "draft") == 0 && wording && *wording == WORDING_OFFICIAL)
        *wording = WORDING_DRAFT;
}

/* A text in one language only stands in the other with a mark, "[en] …": nobody meets an empty line, and nobody takes
 * it for a translation. Lint has said so already; a definition that works is never refused for it. */
static void mark_the_other(struct text2 *t)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        enum lang other = l == LANG_EN ? LANG_CY : LANG_EN;

        if (!t->t[l] && t->t[other])
            t->t[l] = xasprintf("[%s] %s", lang_code(other), t->t[other]);
    }
}

static const char *const text2_keys[] = { "en", "cy", "cy_status", NULL };
static const char *const text2_plain_keys[] = { "en", "cy", NULL };

void build_text2_node(struct build *b, const struct node *n, struct text2 *out, enum wording *measure_wording)
{
    if (node_text(n)) {
        build_lint(b, n, n->text, _("a text is given in both languages"), _("write {en: …, cy: …}"));
        out->t[LANG_EN] = xstrdup(n->text);
        mark_the_other(out);
        return;
    }
    if (!build_keys(b, n, measure_wording ? text2_keys : text2_plain_keys))
        return;
    const char *en = node_get_text(n, "en");
    if (en && *en)
        out->t[LANG_EN] = xstrdup(en);
    else
        build_lint(b, node_get(n, "en") ? node_get(n, "en") : n, "en", _("the English is missing"),
                   _("add en: to this text"));
    build_welsh(b, n, node_get(n, "cy"), out, measure_wording);
    if (!measure_wording || *measure_wording != WORDING_EN_SHOWN)
        mark_the_other(out);        /* a measure without its official Welsh says so at the top */
}

/* Left out altogether: its name stands there, so that the row can still be found and talked about. */
static void no_text(struct build *b, const struct node *map, const char *key, struct text2 *out)
{
    const char *name = node_get_text(map, "name");

    build_lint(b, map, key, _("this text is missing"), _("add %s: {en: …, cy: …}"), key);
    for (int l = 0; l < LANG_COUNT; l++)
        out->t[l] = xasprintf("[%s]", name && *name ? name : key);
}

void build_text2(struct build *b, const struct node *map, const char *key, bool needed, struct text2 *out,
                 enum wording *measure_wording)
{
    const struct node *n = node_get(map, key);

    if (n)
        build_text2_node(b, n, out, measure_wording);
    else if (needed)
        no_text(b, map, key, out);
}

const struct node *build_list(struct build *b, const struct node *map, const char *key, bool needed)
{
    const struct node *n = need(b, map, key, needed);

    if (n && n->kind != NODE_LIST) {
        build_bad(b, n, key, _("a list is expected here"), _("write each on a line of its own after -"));
        return NULL;
    }
    return n;
}

struct text2 *build_texts(struct build *b, const struct node *map, const char *key, size_t *count)
{
    const struct node *n = build_list(b, map, key, false);

    *count = 0;
    if (!n || n->count == 0)
        return NULL;
    struct text2 *texts = xcalloc(n->count, sizeof *texts);
    for (size_t i = 0; i < n->count; i++)
        build_text2_node(b, &n->items[i], &texts[i], NULL);
    *count = n->count;
    return texts;
}

char **build_words(struct build *b, const struct node *map, const char *key, size_t *count)
{
    const struct node *n = build_list(b, map, key, false);

    *count = 0;
    if (!n || n->count == 0)
        return NULL;
    char **words = xcalloc(n->count, sizeof *words);
    for (size_t i = 0; i < n->count; i++) {
        const char *t = node_text(&n->items[i]);
        if (t && *t)
            words[(*count)++] = xstrdup(t);
        else
            build_bad(b, &n->items[i], key, _("one word is expected here"), _("remove it or write the word"));
    }
    return words;
}

void build_place(const struct node *n, size_t offset, int *line, int *column)
{
    size_t bytes = strlen(n->text);
    uint32_t cp;

    *line = n->line;
    *column = n->column + n->quoted;
    if (n->block)
        return;
    for (size_t i = 0, step; i < offset && i < bytes; i += step) {
        step = utf8_next(n->text + i, bytes - i, &cp);
        ++*column;
    }
}

struct expr *build_expr(struct build *b, const struct node *map, const char *key)
{
    const struct node *n = node_get(map, key);
    struct expr *e = NULL;
    struct err err;
    size_t at = 0;
    int line, column;

    if (!n)
        return NULL;
    if (n->kind != NODE_TEXT || !*n->text) {
        build_bad(b, n, key, _("an expression is expected here"), _("write it in quotes"));
        return NULL;
    }
    if (expr_parse(&e, n->text, &at, &err) == ST_OK) {
        e->line = n->line;
        e->column = n->column + n->quoted;
        e->block = n->block;
        return e;
    }
    build_place(n, at, &line, &column);
    findings_add(b->f, true, b->file, line, column, n->text[at] ? n->text + at : n->text, err_text(&err),
                 _("docs/forms.md lists what an expression may hold"));
    return NULL;
}

static bool shape(const char *s, size_t max, bool hyphen)
{
    size_t n = strlen(s);

    if (n == 0 || n > max || s[0] < 'a' || s[0] > 'z')
        return false;
    return strspn(s, hyphen ? "abcdefghijklmnopqrstuvwxyz0123456789_-" : "abcdefghijklmnopqrstuvwxyz0123456789_") == n;
}

bool id_shape_ok(const char *id)
{
    return shape(id, 64, true);
}

bool name_shape_ok(const char *name)
{
    return shape(name, 40, false);
}

char *build_id(struct build *b, const struct node *root, const char *kind)
{
    const struct node *n = node_get(root, kind);
    const char *id = node_text(n);
    const char *base = strrchr(b->file, '/');
    size_t len = id ? strlen(id) : 0;

    if (!id || !id_shape_ok(id)) {
        build_bad(b, n ? n : root, id ? id : kind,
                  _("an id has small letters, digits, - and _ and begins with a letter"), _("write %s: an-id"), kind);
        return xstrdup(id ? id : "");
    }
    base = base ? base + 1 : b->file;
    size_t base_len = strlen(base);
    if (base_len > 5 && strcmp(base + base_len - 5, ".yaml") == 0 &&
        (base_len - 5 != len || strncmp(base, id, len) != 0))
        build_lint(b, n, id, _("the id is not the name of the file, so it will not be found"),
                   _("name the file %s.yaml"), id);
    return xstrdup(id);
}
