/* app/import_map.c - which column answers which question. */
#include "import.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/file.h"
#include "dolen/base/lang.h"
#include "dolen/base/mem.h"
#include "dolen/forms/yaml.h"
#include "places_book.h"
#include "training.h"
#include "dolen/base/banned.h"

static const char *const case_forms[] = { "person", "language", "equality", "referral", "decision" };

static bool form_allowed(const char *of, const char *form)
{
    if (str_eq(of, "assets"))
        return str_eq(form, "asset");
    for (size_t i = 0; i < ARRAY_LEN(case_forms); i++)
        if (str_eq(form, case_forms[i]))
            return true;
    return false;
}

static void wrong(struct findings *f, const char *path, const struct node *n, const char *what, const char *why,
                  const char *fix)
{
    findings_add(f, true, path, n ? n->line : 1, n ? n->column : 1, what ? what : "", why, fix);
}

/* "referral.source", or "name_en" where there is one form only. */
static void target(struct import_rule *r, struct casefile *cf, const char *of, const char *path,
                   const struct node *item, struct findings *f)
{
    const char *to = node_get_text(item, "to"), *dot = to ? strchr(to, '.') : NULL;
    const struct form *form;

    if (!to) {
        wrong(f, path, item, "to", _("it does not say which question is answered"), _("add to: form.question"));
        return;
    }
    r->form = dot ? xstrndup(to, (size_t) (dot - to)) : xstrdup(str_eq(of, "assets") ? "asset" : "person");
    r->question = xstrdup(dot ? dot + 1 : to);
    form = form_allowed(of, r->form) ? catalog_form(cf->catalog, r->form, NULL) : NULL;
    if (!form)
        wrong(f, path, node_get(item, "to"), to, _("no form of this name is filled by this import"),
              str_eq(of, "assets") ? _("write asset.question") :
                                     _("write person, language, equality, referral or decision first"));
    else if (!form_question(form, r->question) || !qtype_asked(form_question(form, r->question)->type))
        wrong(f, path, node_get(item, "to"), to, _("the form has no such question"),
              _("see the form's question names: dolen form preview FORM --names"));
}

static void values(struct import_rule *r, const char *path, const struct node *list, struct findings *f)
{
    for (size_t i = 0; list && i < list->count; i++) {
        const char *from = node_get_text(&list->items[i], "from"), *to = node_get_text(&list->items[i], "to");
        struct import_value *v;

        if (!from || !to) {
            wrong(f, path, &list->items[i], "values", _("a value has a from and a to"),
                  _("write - {from: \"…\", to: CODE}"));
            continue;
        }
        v = ARRAY_ADD(r->values, r->value_count, r->value_cap);
        v->from = xstrdup(from);
        v->to = xstrdup(to);
    }
}

static void rules(struct import_map *out, struct casefile *cf, const char *of, const char *path,
                  const struct node *list, bool fixed, struct findings *f)
{
    for (size_t i = 0; list && i < list->count; i++) {
        const struct node *item = &list->items[i];
        struct import_rule *r = ARRAY_ADD(out->rules, out->count, out->cap);
        const char *from = node_get_text(item, fixed ? "value" : "from");

        if (!from)
            wrong(f, path, item, fixed ? "value" : "from", _("it is missing"), _("add it"));
        if (fixed)
            r->value = xstrdup(from);
        else
            r->from = xstrdup(from);
        target(r, cf, of, path, item, f);
        values(r, path, node_get(item, "values"), f);
    }
}

enum status import_map_read(struct import_map *out, struct casefile *cf, const char *path, const char *of,
                            struct err *err)
{
    struct findings f = FINDINGS_INIT;
    struct buf text = BUF_INIT;
    struct node *root = NULL;
    enum status st = file_read(&text, path, YAML_MAX_BYTES, err);

    *out = (struct import_map) { NULL, 0, 0 };
    if (st == ST_OK)
        root = node_parse(path, buf_text(&text), text.len, &f);
    if (root && !str_eq(node_get_text(root, "import"), of))
        wrong(&f, path, root, "import", _("this map is for another import"),
              _("its first line is import: assets, or import: cases"));
    if (root) {
        rules(out, cf, of, path, node_get(root, "columns"), false, &f);
        rules(out, cf, of, path, node_get(root, "fixed"), true, &f);
    }
    if (st == ST_OK && findings_fatal(&f))
        st = findings_to_err(&f, err);
    else if (st == ST_OK && !out->count)
        st = err_set(err, ST_INVALID, _("The map %s names no columns. Nothing was changed. One is shown by: "
                                        "dolen help import %s"), path, of);
    node_free(&root);
    findings_release(&f);
    buf_release(&text);
    return st;
}

enum status import_map_plain(struct import_map *out, struct casefile *cf, const struct csv_table *t, struct err *err)
{
    const struct form *form = catalog_form(cf->catalog, "asset", err);

    *out = (struct import_map) { NULL, 0, 0 };
    if (!form)
        return err ? err->st : ST_NOTFOUND;
    for (size_t i = 0; i < t->head.count; i++) {
        const char *name = t->head.cells[i];
        const struct question *q = form_question(form, name);
        struct import_rule *r;

        if (str_eq(name, "id") || str_eq(name, "reason") || str_eq(name, PLACE_COLUMN) || str_eq(name, TRAINING_COLUMN))
            continue;
        if (!q || !qtype_asked(q->type))
            return err_set(err, ST_INVALID,
                           _("The asset form has no question called \"%s\". Nothing was changed. Name the columns "
                             "like its questions, or say which is which with --map."),
                           name);
        r = ARRAY_ADD(out->rules, out->count, out->cap);
        *r = (struct import_rule) { .from = xstrdup(name), .form = xstrdup("asset"), .question = xstrdup(name) };
    }
    return ST_OK;
}

void import_map_release(struct import_map *m)
{
    for (size_t i = 0; i < m->count; i++) {
        struct import_rule *r = &m->rules[i];

        for (size_t k = 0; k < r->value_count; k++) {
            free(r->values[k].from);
            free(r->values[k].to);
        }
        free(r->values);
        free(r->from);
        free(r->form);
        free(r->question);
        free(r->value);
    }
    free(m->rules);
    *m = (struct import_map) { NULL, 0, 0 };
}

/* --- the row that names the columns -------------------------------------------------------------------------------- */

const char *import_column_missing(const struct import_map *map, const struct csv_row *head)
{
    for (size_t i = 0; i < map->count; i++)
        if (map->rules[i].from && csv_row_column(head, map->rules[i].from) < 0)
            return map->rules[i].from;
    return NULL;
}

#define TITLE_ROWS 10       /* that a sheet may have above the names of its columns */

/* How much a row looks like the one that names the columns: by the names of the map, and then by being full. */
static size_t looks_like_head(const struct import_map *map, const struct csv_row *row)
{
    size_t named = 0, filled = 0;

    for (size_t i = 0; i < map->count; i++)
        named += map->rules[i].from && csv_row_column(row, map->rules[i].from) >= 0;
    for (size_t i = 0; i < row->count; i++)
        filled += row->cells[i][0] != '\0';
    return named * (CSV_MAX_CELLS + 1) + filled;
}

void import_find_head(struct import *m)
{
    size_t best = 0, most = looks_like_head(&m->map, &m->table.head);

    if (!import_column_missing(&m->map, &m->table.head))
        return;
    for (size_t i = 0; i < m->table.count && i < TITLE_ROWS; i++) {
        size_t like = looks_like_head(&m->map, &m->table.rows[i]);

        if (like > most) {
            best = i + 1;
            most = like;
        }
    }
    if (best)
        csv_table_head_is(&m->table, best - 1);
}
