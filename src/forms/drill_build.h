/* drill_build.h - between the files that build a drill from its nodes and look it over. */
#ifndef DOLEN_FORMS_DRILL_BUILD_H
#define DOLEN_FORMS_DRILL_BUILD_H

#include "build.h"
#include "dolen/forms/drill_state.h"

/* Always returns something that drill_free accepts. */
struct drill *drill_build(struct build *b, const struct node *root);
/* Beyond what building finds: names, papers against their forms, and every state the drill can come to. */
void drill_lint(struct build *b, const struct drill *d);
/* The part that walks (drill_walk.c). */
void drill_lint_walk(struct build *b, const struct drill *d);
/* The part that reads the arrival, the assets and the papers (drill_papers.c). */
void drill_build_papers(struct build *b, const struct node *root, struct drill *d);

/* The id of an item, under key, checked for its shape; "" with a finding where there is none. The caller's. */
char *drill_build_id(struct build *b, const struct node *n, const char *key);

#endif
