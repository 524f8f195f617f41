/* dataset.c - core data sets: built, looked up, counted. */
#include "dolen/forms/dataset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "parsing.h"

#include "dolen/base/banned.h"

static const char *const set_keys[] = { "data_set", "version", "status", "title", "note", "source", "tables", NULL };
static const char *const table_keys[] = { "table", "items", "label", NULL };
static const char *const item_keys[] = { "item", "number", "source", "type", "codes", "sensitive", "required", "label",
                                         "maps_to", NULL };
static const char *const type_words[] = {
#define X(name, word) word,
    ITEM_TYPE_LIST(X)
#undef X
    NULL
};

const char *item_type_word(enum item_type t)
{
    return type_words[t];
}

static void item_release(struct data_set_item *x)
{
    free(x->item);
    free(x->number);
    free(x->source);
    free(x->form);
    free(x->question);
    free(x->rule);
    free(x->codes);
    free(x->maps_to);
    text2_release(&x->label);
}

void data_set_free(struct data_set **dp)
{
    if (!dp || !*dp)
        return;
    struct data_set *d = *dp;
    for (size_t t = 0; t < d->count; t++) {
        for (size_t i = 0; i < d->tables[t].count; i++)
            item_release(&d->tables[t].items[i]);
        free(d->tables[t].items);
        free(d->tables[t].table);
    }
    free(d->tables);
    free(d->id);
    free(d->version);
    free(d->status);
    free(d->source);
    text2_release(&d->title);
    text2_release(&d->note);
    free(d);
    *dp = NULL;
}

static void build_source(struct build *b, const struct node *n, struct data_set_item *x)
{
    const struct node *at = node_get(n, "source");

    x->source = build_text(b, n, "source", true);
    const char *dot = x->source ? strchr(x->source, '.') : NULL;
    if (!x->source)
        return;
    char *left = xstrndup(x->source, dot ? (size_t) (dot - x->source) : 0);
    if (!dot || !id_shape_ok(left) || !name_shape_ok(dot + 1))
        build_bad(b, at, x->source, _("a source is form.question or derive.rule"),
                  _("write it like person.birth_date"));
    else if (strcmp(left, "derive") == 0)
        x->rule = xstrdup(dot + 1);
    else {
        x->form = xstrdup(left);
        x->question = xstrdup(dot + 1);
    }
    free(left);
}

static void build_item(struct build *b, const struct node *n, const struct data_set_table *t, struct data_set_item *x)
{
    x->line = n->line;
    x->column = n->column;
    x->table = t->table;
    if (!build_keys(b, n, item_keys))
        return;
    x->item = build_text(b, n, "item", true);
    if (x->item && !name_shape_ok(x->item))
        build_bad(b, node_get(n, "item"), x->item, _("a name has small letters, digits and _, begins with a letter, "
                  "and has at most 40"), _("write it like held_on"));
    for (const struct data_set_item *y = t->items; x->item && y < x; y++)
        if (str_eq(y->item, x->item))
            build_bad(b, node_get(n, "item"), x->item, _("this column stands twice in its table"),
                      _("keep one; the first is on line %d"), y->line);
    x->number = build_text(b, n, "number", false);
    build_source(b, n, x);
    if (!node_get(n, "type"))
        build_bad(b, n, "type", _("this key is missing"), _("add %s:"), "type");
    x->type = (enum item_type) build_word(b, n, "type", type_words, ITEM_CODE);
    x->codes = build_text(b, n, "codes", false);
    x->sensitive = build_bool(b, n, "sensitive", false);
    x->required = build_bool(b, n, "required", false);
    build_text2(b, n, "label", true, &x->label, NULL);
    x->maps_to = build_text(b, n, "maps_to", false);
}

static void build_table(struct build *b, const struct node *n, struct data_set_table *t)
{
    struct text2 label = { { NULL, NULL } };

    if (!build_keys(b, n, table_keys))
        return;
    t->table = build_text(b, n, "table", true);
    build_text2(b, n, "label", false, &label, NULL);
    text2_release(&label);
    const struct node *items = build_list(b, n, "items", true);
    if (!items || items->count == 0)
        return;
    t->items = xcalloc(items->count, sizeof *t->items);
    for (size_t i = 0; i < items->count; i++) {
        build_item(b, &items->items[i], t, &t->items[i]);
        t->count++;
    }
}

struct data_set *data_set_build(struct build *b, const struct node *root)
{
    struct data_set *d = xcalloc(1, sizeof *d);

    build_keys(b, root, set_keys);
    d->id = build_id(b, root, "data_set");
    d->version = build_text(b, root, "version", true);
    d->status = build_text(b, root, "status", true);
    build_text2(b, root, "title", true, &d->title, NULL);
    build_text2(b, root, "note", false, &d->note, NULL);
    const struct node *tables = build_list(b, root, "tables", true);
    if (!tables || tables->count == 0)
        return d;
    d->tables = xcalloc(tables->count, sizeof *d->tables);
    for (size_t i = 0; i < tables->count; i++) {
        build_table(b, &tables->items[i], &d->tables[i]);
        d->count++;
    }
    return d;
}

enum status data_set_parse(struct data_set **out, const char *file, const char *s, size_t n, struct catalog *cat,
                           struct err *err)
{
    struct parsing p;
    enum status st;

    *out = parsing_begin(&p, file, s, n, cat) ? data_set_build(&p.b, p.root) : NULL;
    st = parsing_end(&p, err);
    if (st != ST_OK) {
        data_set_free(out);
        return st;
    }
    (*out)->source = xstrndup(s, n);
    (*out)->source_len = n;
    return ST_OK;
}

const struct data_set_table *data_set_table(const struct data_set *d, const char *table)
{
    for (size_t t = 0; t < d->count; t++)
        if (str_eq(d->tables[t].table, table))
            return &d->tables[t];
    return NULL;
}

const struct data_set_item *data_set_find(const struct data_set *d, const char *table, const char *item)
{
    const struct data_set_table *t = data_set_table(d, table);

    for (size_t i = 0; t && i < t->count; i++)
        if (str_eq(t->items[i].item, item))
            return &t->items[i];
    return NULL;
}

size_t dataset_missing(const struct data_set *d, const char *table, const struct facts *facts,
                       const struct data_set_item **out, size_t max)
{
    size_t n = 0;

    for (size_t t = 0; t < d->count; t++) {
        if (table && !str_eq(d->tables[t].table, table))
            continue;
        for (size_t i = 0; i < d->tables[t].count; i++) {
            const struct data_set_item *x = &d->tables[t].items[i];
            enum missing why = MISSING_NOT_REACHED;
            if (!x->required || facts->value(facts->ctx, x->source, &why) || why != MISSING_NOT_REACHED)
                continue;
            if (n < max)
                out[n] = x;
            n++;
        }
    }
    return n;
}

/* --- lint: what can only be told by looking at forms and code lists --- */

static void lint_question(struct build *b, const struct data_set_item *x, const struct form *f)
{
    const char *names[1000];
    size_t count = 0;
    char fix[160];

    if (form_question(f, x->question))
        return;
    for (size_t i = 0; i < f->count && count < ARRAY_LEN(names); i++)
        names[count++] = f->questions[i].name;
    findings_add(b->f, false, b->file, x->line, x->column, x->source, _("that form has no question of this name"),
                 build_nearest(fix, sizeof fix, x->question, names, count, _("name a question of that form")));
}

static void lint_form(struct build *b, const struct data_set_item *x)
{
    struct err err;
    char fix[160];
    size_t count;

    const struct form *f = catalog_form(b->cat, x->form, &err);
    if (f) {
        lint_question(b, x, f);
        return;
    }
    if (err.st != ST_NOTFOUND) {
        findings_add(b->f, false, b->file, x->line, x->column, x->source, _("that form cannot be used"),
                     _("run form lint on it first"));
        return;
    }
    const char *const *ids = catalog_list(b->cat, DEF_FORM, &count);
    findings_add(b->f, false, b->file, x->line, x->column, x->source, _("there is no form of this name"),
                 build_nearest(fix, sizeof fix, x->form, ids, count, _("name a form")));
}

static void lint_codes(struct build *b, const struct data_set_item *x)
{
    struct err err;
    char fix[160];
    size_t count;

    if (x->codes && b->cat && !catalog_codes(b->cat, x->codes, &err)) {
        const char *const *ids = catalog_list(b->cat, DEF_CODES, &count);
        findings_add(b->f, false, b->file, x->line, x->column, x->codes, _("there is no code list of this name"),
                     build_nearest(fix, sizeof fix, x->codes, ids, count, _("add a file to codes/")));
    }
    if (x->codes && x->type != ITEM_CODE && x->type != ITEM_CODES)
        findings_add(b->f, false, b->file, x->line, x->column, x->codes,
                     _("only type: code and codes take a code list"), _("remove codes:, or change the type"));
}

void data_set_lint(struct build *b, const struct data_set *d)
{
    for (size_t t = 0; t < d->count; t++)
        for (size_t i = 0; i < d->tables[t].count; i++) {
            const struct data_set_item *x = &d->tables[t].items[i];
            if (x->form && b->cat)
                lint_form(b, x);
            lint_codes(b, x);
        }
}
