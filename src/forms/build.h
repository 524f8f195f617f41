/* build.h - from a node to a checked value: the helpers that every kind of definition is built with.
 *
 * They never stop at the first trouble. A fatal finding makes the definition unusable; the rest is for lint. */
#ifndef DOLEN_FORMS_BUILD_H
#define DOLEN_FORMS_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/forms/catalog.h"
#include "dolen/forms/finding.h"
#include "dolen/forms/yaml.h"

struct build {
    const char      *file;
    struct findings *f;
    struct catalog  *cat;           /* may be NULL: then code lists cannot be found */
};

/* fix is a format. */
void build_bad(struct build *b, const struct node *at, const char *what, const char *why, const char *fix, ...)
    __attribute__((format(printf, 5, 6)));
void build_lint(struct build *b, const struct node *at, const char *what, const char *why, const char *fix, ...)
    __attribute__((format(printf, 5, 6)));
/* The same at the key of a node (its value when it has none). */
void build_lint_key(struct build *b, const struct node *at, const char *why, const char *fix, ...)
    __attribute__((format(printf, 4, 5)));

/* Where the byte offset in a node's text stands in the file; of text over several lines, where the node begins. */
void build_place(const struct node *n, size_t offset, int *line, int *column);

/* Unknown keys, with the nearest known one. False unless n is a map (fatal). words is a NULL-terminated list. */
bool build_keys(struct build *b, const struct node *n, const char *const *words);
/* "did you mean x?", or the words given. Writes into a static-size buffer of the caller. */
const char *build_nearest(char *buf, size_t size, const char *word, const char *const *words, size_t n,
                          const char *otherwise);

/* Child of map by key. Absent children give the default; present and wrong ones a finding. */
char *build_text(struct build *b, const struct node *map, const char *key, bool needed);    /* caller frees; NULL */
bool  build_bool(struct build *b, const struct node *map, const char *key, bool otherwise);
int   build_int(struct build *b, const struct node *map, const char *key, int otherwise, bool needed);
struct date build_date(struct build *b, const struct node *map, const char *key);
/* Index in the NULL-terminated words, or otherwise. */
int   build_word(struct build *b, const struct node *map, const char *key, const char *const *words, int otherwise);
/* {en, cy}. measure_wording: where cy may be {missing: official} or have cy_status: draft; NULL elsewhere. */
void  build_text2(struct build *b, const struct node *map, const char *key, bool needed, struct text2 *out,
                  enum wording *measure_wording);
void  build_text2_node(struct build *b, const struct node *n, struct text2 *out, enum wording *measure_wording);
/* A list of {en, cy}; *count texts. */
struct text2 *build_texts(struct build *b, const struct node *map, const char *key, size_t *count);
char **build_words(struct build *b, const struct node *map, const char *key, size_t *count);
struct expr *build_expr(struct build *b, const struct node *map, const char *key);
/* A list child, NULL when absent (a finding when needed) or not a list. */
const struct node *build_list(struct build *b, const struct node *map, const char *key, bool needed);
/* The id under the first key, checked for shape and against the file's name. Caller frees; never NULL. */
char *build_id(struct build *b, const struct node *root, const char *kind);
bool  id_shape_ok(const char *id);              /* ^[a-z][a-z0-9_-]{0,63}$ */
bool  name_shape_ok(const char *name);          /* ^[a-z][a-z0-9_]{0,39}$ */

/* Builders of one kind each. They always return something that *_free accepts; whether it may be used, findings_fatal
 * tells. */
struct form     *form_build(struct build *b, const struct node *root);
struct codelist *codelist_build(struct build *b, const struct node *root);
struct codelist *codelist_build_items(struct build *b, const struct node *list, enum wording *measure_wording);
struct data_set *data_set_build(struct build *b, const struct node *root);
struct policy   *policy_build(struct build *b, const struct node *root);
struct protocol *protocol_build(struct build *b, const struct node *root);
/* The measure: section; fills f->measure. */
void form_build_measure(struct build *b, const struct node *n, struct form *f);

/* Names that expressions may use besides questions, NULL-terminated. */
bool code_field_known(const char *field);

enum status codelist_parse(struct codelist **out, const char *file, const char *s, size_t n, struct err *err);

/* Lint beyond what building finds. */
void form_lint(struct build *b, const struct form *f);
void measure_lint(struct build *b, const struct form *f);
void data_set_lint(struct build *b, const struct data_set *d);

#endif
