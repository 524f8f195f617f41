/* yaml.c - libyaml's events into a tree. Everything this program does not want of YAML is refused on the way. */
#include "dolen/forms/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "dolen/base/mem.h"
#include "dolen/base/text.h"
#include "number.h"

#include "dolen/base/banned.h"

struct reader {
    yaml_parser_t    parser;
    const char      *file;
    struct findings *f;
    int              nodes;
};

static bool refuse(struct reader *r, yaml_mark_t at, const char *what, const char *why, const char *fix)
{
    findings_add(r->f, true, r->file, (int) at.line + 1, (int) at.column + 1, what, why, fix);
    return false;
}

static bool parser_failed(struct reader *r)
{
    yaml_mark_t at = r->parser.problem_mark;
    const char *what = r->parser.problem ? r->parser.problem : "YAML";

    if (r->parser.error == YAML_READER_ERROR)
        return refuse(r, at, what, _("the file is not UTF-8 text"), _("save it as UTF-8"));
    return refuse(r, at, what, _("this is not YAML"),
                  _("check indents, colons and quotes on this line and the one before"));
}

static bool next_event(struct reader *r, yaml_event_t *e)
{
    if (yaml_parser_parse(&r->parser, e))
        return true;
    return parser_failed(r);
}

static bool scalar_is_plain_text(const yaml_event_t *e)
{
    const unsigned char *s = e->data.scalar.value;

    for (size_t i = 0; i < e->data.scalar.length; i++)
        if ((s[i] < 0x20 && s[i] != '\n' && s[i] != '\t') || s[i] == 0x7f)
            return false;
    return utf8_valid((const char *) s, e->data.scalar.length);
}

/* Anchors and tags hang on scalars, lists and maps alike. */
static bool event_is_allowed(struct reader *r, const yaml_event_t *e)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;

    if (e->type == YAML_ALIAS_EVENT)
        return refuse(r, e->start_mark, (const char *) e->data.alias.anchor, _("an alias stands for another place"),
                      _("write the value out"));
    if (e->type == YAML_SCALAR_EVENT) {
        anchor = e->data.scalar.anchor;
        tag = e->data.scalar.tag;
    } else if (e->type == YAML_SEQUENCE_START_EVENT) {
        anchor = e->data.sequence_start.anchor;
        tag = e->data.sequence_start.tag;
    } else if (e->type == YAML_MAPPING_START_EVENT) {
        anchor = e->data.mapping_start.anchor;
        tag = e->data.mapping_start.tag;
    }
    if (anchor)
        return refuse(r, e->start_mark, (const char *) anchor, _("anchors are not used here"), _("remove the anchor"));
    if (tag)
        return refuse(r, e->start_mark, (const char *) tag, _("tags are not used here"), _("remove the tag"));
    if (++r->nodes > YAML_MAX_NODES)
        return refuse(r, e->start_mark, r->file, _("more than 20,000 values"), _("divide the file"));
    return true;
}

static bool read_value(struct reader *r, yaml_event_t *e, int depth, struct node *out);

static void release(struct node *n)
{
    for (size_t i = 0; i < n->count; i++)
        release(&n->items[i]);
    free(n->items);
    free(n->key);
    free(n->text);
}

static bool read_list(struct reader *r, int depth, struct node *out)
{
    size_t cap = 0;

    for (;;) {
        yaml_event_t e;
        if (!next_event(r, &e))
            return false;
        if (e.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&e);
            return true;
        }
        struct node *child = ARRAY_ADD(out->items, out->count, cap);
        bool ok = read_value(r, &e, depth, child);
        yaml_event_delete(&e);
        if (!ok)
            return false;
    }
}

static bool read_key(struct reader *r, const yaml_event_t *e, const struct node *map, struct node *child)
{
    if (!event_is_allowed(r, e))
        return false;
    if (e->type != YAML_SCALAR_EVENT || !scalar_is_plain_text(e))
        return refuse(r, e->start_mark, map->key ? map->key : r->file, _("a key must be one plain word"),
                      _("write key: value"));
    const char *key = (const char *) e->data.scalar.value;
    if (strcmp(key, "<<") == 0)
        return refuse(r, e->start_mark, key, _("merge keys are not used here"), _("write the values out"));
    for (size_t i = 0; i + 1 < map->count; i++)
        if (strcmp(map->items[i].key, key) == 0)
            return refuse(r, e->start_mark, key, _("this key stands here a second time"), _("keep one of the two"));
    child->key = xstrdup(key);
    child->key_line = (int) e->start_mark.line + 1;
    child->key_column = (int) e->start_mark.column + 1;
    return true;
}

static bool read_map(struct reader *r, int depth, struct node *out)
{
    size_t cap = 0;

    for (;;) {
        yaml_event_t e;
        if (!next_event(r, &e))
            return false;
        if (e.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&e);
            return true;
        }
        struct node *child = ARRAY_ADD(out->items, out->count, cap);
        bool ok = read_key(r, &e, out, child);
        yaml_event_delete(&e);
        if (!ok) {
            if (!child->key)
                child->key = xstrdup("");
            return false;
        }
        if (!next_event(r, &e))
            return false;
        ok = read_value(r, &e, depth, child);
        yaml_event_delete(&e);
        if (!ok)
            return false;
    }
}

static bool read_value(struct reader *r, yaml_event_t *e, int depth, struct node *out)
{
    out->line = (int) e->start_mark.line + 1;
    out->column = (int) e->start_mark.column + 1;
    if (!event_is_allowed(r, e))
        return false;
    if (e->type == YAML_SCALAR_EVENT) {
        yaml_scalar_style_t style = e->data.scalar.style;
        if (!scalar_is_plain_text(e))
            return refuse(r, e->start_mark, out->key ? out->key : r->file, _("control characters in a text"),
                          _("remove them"));
        out->kind = NODE_TEXT;
        out->text = xstrndup((const char *) e->data.scalar.value, e->data.scalar.length);
        out->block = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
        out->quoted = style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
        return true;
    }
    if (depth >= YAML_MAX_DEPTH)
        return refuse(r, e->start_mark, out->key ? out->key : r->file, _("nested deeper than 16"),
                      _("make it flatter"));
    out->kind = e->type == YAML_SEQUENCE_START_EVENT ? NODE_LIST : NODE_MAP;
    return out->kind == NODE_LIST ? read_list(r, depth + 1, out) : read_map(r, depth + 1, out);
}

static bool read_document(struct reader *r, yaml_event_t *e, struct node *root)
{
    if (e->data.document_start.version_directive ||
        e->data.document_start.tag_directives.start != e->data.document_start.tag_directives.end)
        return refuse(r, e->start_mark, "%", _("directives are not used here"), _("remove the line"));
    yaml_event_delete(e);
    if (!next_event(r, e))
        return false;
    if (e->type != YAML_MAPPING_START_EVENT)
        return refuse(r, e->start_mark, r->file, _("a definition is a list of key: value"),
                      _("begin with form: or codes:"));
    if (!read_value(r, e, 0, root))
        return false;
    yaml_event_delete(e);
    if (!next_event(r, e))          /* document end */
        return false;
    yaml_event_delete(e);
    if (!next_event(r, e))
        return false;
    if (e->type != YAML_STREAM_END_EVENT)
        return refuse(r, e->start_mark, "---", _("a second document begins"), _("put it in a file of its own"));
    return true;
}

static bool read_stream(struct reader *r, struct node *root)
{
    yaml_event_t e;
    bool ok = false;

    memset(&e, 0, sizeof e);
    if (!next_event(r, &e))         /* stream start */
        return false;
    yaml_event_delete(&e);
    if (!next_event(r, &e))
        return false;
    if (e.type != YAML_DOCUMENT_START_EVENT)
        refuse(r, e.start_mark, r->file, _("the file is empty"), _("begin with form: or codes:"));
    else
        ok = read_document(r, &e, root);
    yaml_event_delete(&e);
    return ok;
}

struct node *node_parse(const char *file, const char *s, size_t n, struct findings *f)
{
    struct reader r = { .file = file, .f = f };
    struct node *root = NULL;

    if (n > YAML_MAX_BYTES) {
        findings_add(f, true, file, 1, 1, file, _("the file is larger than 512 KiB"), _("divide it"));
        return NULL;
    }
    if (!yaml_parser_initialize(&r.parser))
        die(9, _("Out of memory. The saved case file is as it was."));
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *) s, n);
    root = xcalloc(1, sizeof *root);
    if (!read_stream(&r, root))
        node_free(&root);
    yaml_parser_delete(&r.parser);
    return root;
}

void node_free(struct node **np)
{
    if (!np || !*np)
        return;
    release(*np);
    free(*np);
    *np = NULL;
}

const struct node *node_get(const struct node *map, const char *key)
{
    if (!map || map->kind != NODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->items[i].key, key) == 0)
            return &map->items[i];
    return NULL;
}

const char *node_text(const struct node *n)
{
    if (!n || n->kind != NODE_TEXT)
        return NULL;
    if (!n->quoted && !n->block && (!n->text[0] || strcmp(n->text, "~") == 0 || strcmp(n->text, "null") == 0))
        return NULL;
    return n->text;
}

const char *node_get_text(const struct node *map, const char *key)
{
    return node_text(node_get(map, key));
}

bool node_bool(const struct node *n, bool *out)
{
    const char *t = node_text(n);

    if (!t || n->quoted || n->block || (strcmp(t, "true") != 0 && strcmp(t, "false") != 0))
        return false;
    *out = t[0] == 't';
    return true;
}

bool node_number(const struct node *n, double *out)
{
    const char *t = node_text(n);

    return t && !n->quoted && !n->block && number_parse(t, out);
}

bool node_int(const struct node *n, int *out)
{
    double d;

    if (!node_number(n, &d) || d < -1e9 || d > 1e9 || d != (double) (long) d)
        return false;
    *out = (int) d;
    return true;
}
