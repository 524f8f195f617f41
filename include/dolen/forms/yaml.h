/* dolen/forms/yaml.h - a YAML file as a tree in which every node knows its line and column.
 *
 * A small, safe part of YAML: anchors, aliases, tags, merge keys, several documents, duplicate keys, keys that are not
 * plain words, files over 512 KiB, trees deeper than 16 or of more than 20,000 nodes are refused with a finding. */
#ifndef DOLEN_FORMS_YAML_H
#define DOLEN_FORMS_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/lang.h"
#include "dolen/base/status.h"
#include "dolen/forms/finding.h"

#define YAML_MAX_BYTES ((size_t) 512 * 1024)
#define YAML_MAX_DEPTH 16
#define YAML_MAX_NODES 20000

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    int            line, column;            /* of the value, from 1 */
    char          *key;                     /* inside a map: its key */
    int            key_line, key_column;
    char          *text;                    /* NODE_TEXT, always valid UTF-8 */
    bool           quoted, block;           /* "…" or '…'; | or >: neither is a number nor "nothing" */
    struct node   *items;                   /* NODE_LIST, NODE_MAP */
    size_t         count;
};

/* NULL when refused; the findings say why. file is only a name for them. The root is always a map. */
struct node *node_parse(const char *file, const char *s, size_t n, struct findings *f);
void         node_free(struct node **np);

/* All take NULL for "no such node" and then give NULL, the default or false. */
const struct node *node_get(const struct node *map, const char *key);
const char        *node_text(const struct node *n);         /* NULL unless text and not plain empty */
const char        *node_get_text(const struct node *map, const char *key);
bool               node_bool(const struct node *n, bool *out);      /* true/false only */
bool               node_number(const struct node *n, double *out);
bool               node_int(const struct node *n, int *out);

#endif
