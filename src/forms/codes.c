/* codes.c - code lists: built from YAML, looked up by code. */
#include "dolen/forms/codes.h"

#include <stdlib.h>
#include <string.h>

#include "dolen/base/mem.h"
#include "parsing.h"

#include "dolen/base/banned.h"

static const char *const list_keys[] = { "codes", "version", "status", "source", "title", "note", "list", "retired",
                                         NULL };
static const char *const code_keys[] = { "code", "label", "hint", "maps_to", "group", "ons", "nhs", "health_board",
                                         "snomed_ct", "sensitive", "until", "score", "fresh_months", "serves", "words",
                                         "days", "weight", "per_day", "at_most", NULL };
static const char *const retired_keys[] = { "code", "label", "until", NULL };
static const char *const statuses[] = { "proposal", "official", "census", NULL };

/* The optional text fields of a code, by the names that choice_filter and maps use. */
static const struct {
    const char *name;
    size_t      offset;
} fields[] = {
    { "code", offsetof(struct code, code) },
    { "maps_to", offsetof(struct code, maps_to) },
    { "group", offsetof(struct code, group) },
    { "ons", offsetof(struct code, ons) },
    { "nhs", offsetof(struct code, nhs) },
    { "health_board", offsetof(struct code, health_board) },
    { "snomed_ct", offsetof(struct code, snomed_ct) },
    { "serves", offsetof(struct code, serves) },
    { "words", offsetof(struct code, words) },
};

/* The optional whole numbers of a code, from 0 up; not given is 0. */
static const struct {
    const char *name;
    size_t      offset;
} numbers[] = {
    { "fresh_months", offsetof(struct code, fresh_months) }, { "days", offsetof(struct code, days) },
    { "weight", offsetof(struct code, weight) },             { "per_day", offsetof(struct code, per_day) },
    { "at_most", offsetof(struct code, at_most) },
};

static char **field_slot(struct code *c, size_t i)
{
    return (char **) (void *) ((char *) c + fields[i].offset);
}

const char *code_field(const struct code *c, const char *field)
{
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        if (strcmp(fields[i].name, field) == 0)
            return *(char *const *) (const void *) ((const char *) c + fields[i].offset);
    return NULL;
}

bool code_field_known(const char *field)
{
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        if (strcmp(fields[i].name, field) == 0)
            return true;
    return false;
}

static bool is_code_character(char ch)
{
    return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '.' ||
           ch == '_' || ch == '-';
}

bool code_shape_ok(const char *code)
{
    size_t n = 0;

    if (code[0] < 'A' || code[0] > 'Z')
        return false;
    while (is_code_character(code[n]))
        n++;
    return n <= 64 && code[n] == '\0';
}

void codelist_free(struct codelist **lp)
{
    if (!lp || !*lp)
        return;
    struct codelist *l = *lp;
    for (size_t i = 0; i < l->count; i++) {
        for (size_t j = 0; j < ARRAY_LEN(fields); j++)
            free(*field_slot(&l->items[i], j));
        text2_release(&l->items[i].label);
        text2_release(&l->items[i].hint);
    }
    free(l->items);
    free(l->id);
    free(l->source);
    text2_release(&l->title);
    free(l);
    *lp = NULL;
}

const struct code *codelist_find(const struct codelist *l, const char *code)
{
    if (!l || !code)
        return NULL;
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->items[i].code, code) == 0)
            return &l->items[i];
    return NULL;
}

const char *codelist_label(const struct codelist *l, const char *code)
{
    const struct code *c = codelist_find(l, code);
    const char *label = c ? text2_now(&c->label) : "";

    return *label ? label : code ? code : "";
}

bool code_offered(const struct code *c, struct date today)
{
    return !date_is_set(c->until) || date_compare(today, c->until) <= 0;
}

static void build_code(struct build *b, const struct node *n, struct code *c, enum wording *wording)
{
    c->line = n->line;
    c->column = n->column;
    if (!build_keys(b, n, code_keys))
        return;
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        *field_slot(c, i) = build_text(b, n, fields[i].name, i == 0);
    if (c->code && !code_shape_ok(c->code))
        build_bad(b, node_get(n, "code"), c->code,
                  _("a code begins with a capital letter and has letters, digits, . _ and -"),
                  _("write it like NO_ANSWER"));
    build_text2(b, n, "label", true, &c->label, wording);
    build_text2(b, n, "hint", false, &c->hint, wording);
    c->sensitive = build_bool(b, n, "sensitive", false);
    c->until = build_date(b, n, "until");
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        if (node_get(n, numbers[i].name))
            *(int *) (void *) ((char *) c + numbers[i].offset) = build_int(b, n, numbers[i].name, 0, false);
    const struct node *score = node_get(n, "score");
    c->has_score = score && node_number(score, &c->score);
    if (score && !c->has_score)
        build_bad(b, score, "score", _("a number is expected here"), _("write score: 1"));
}

struct codelist *codelist_build_items(struct build *b, const struct node *list, enum wording *measure_wording)
{
    struct codelist *l = xcalloc(1, sizeof *l);

    for (size_t i = 0; list && i < list->count; i++) {
        struct code *c = ARRAY_ADD(l->items, l->count, l->cap);
        build_code(b, &list->items[i], c, measure_wording);
        if (!c->code)
            c->code = xstrdup("");
        const struct code *first = codelist_find(l, c->code);
        if (first && *c->code && first != c)
            build_bad(b, node_get(&list->items[i], "code"), c->code, _("this code is used twice"),
                      _("give it a code of its own; the first is on line %d"), first->line);
    }
    if (list && l->count == 0)
        build_bad(b, list, list->key ? list->key : "list", _("there is nothing to choose"),
                  _("add - {code: …, label: …}"));
    return l;
}

/* A code keeps its meaning for ever: what retired: records may come back only with the same label. */
static void check_retired(struct build *b, const struct node *root, const struct codelist *l)
{
    const struct node *retired = build_list(b, root, "retired", false);

    for (size_t i = 0; retired && i < retired->count; i++) {
        const struct node *n = &retired->items[i];
        struct text2 label = { { NULL, NULL } };
        if (!build_keys(b, n, retired_keys))
            continue;
        char *code = build_text(b, n, "code", true);
        build_text2(b, n, "label", true, &label, NULL);
        const struct code *again = codelist_find(l, code);
        if (again && (!str_eq(label.t[LANG_EN], again->label.t[LANG_EN])))
            findings_add(b->f, false, b->file, again->line, again->column, code,
                         _("this code was retired with another meaning"), _("give the new meaning a new code"));
        text2_release(&label);
        free(code);
    }
}

struct codelist *codelist_build(struct build *b, const struct node *root)
{
    struct text2 note = { { NULL, NULL } };

    build_keys(b, root, list_keys);
    struct codelist *l = codelist_build_items(b, build_list(b, root, "list", true), NULL);
    l->id = build_id(b, root, "codes");
    l->version = build_int(b, root, "version", 1, true);
    l->status = (enum list_status) build_word(b, root, "status", statuses, LIST_PROPOSAL);
    l->source = build_text(b, root, "source", false);
    build_text2(b, root, "title", false, &l->title, NULL);
    if (node_get(root, "note") && node_get(root, "note")->kind == NODE_MAP)
        build_text2(b, root, "note", false, &note, NULL);
    text2_release(&note);
    check_retired(b, root, l);
    return l;
}

enum status codelist_parse(struct codelist **out, const char *file, const char *s, size_t n, struct err *err)
{
    struct parsing p;
    enum status st;

    *out = parsing_begin(&p, file, s, n, NULL) ? codelist_build(&p.b, p.root) : NULL;
    st = parsing_end(&p, err);
    if (st != ST_OK)
        codelist_free(out);
    return st;
}
