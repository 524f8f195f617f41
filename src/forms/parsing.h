/* parsing.h - a definition on its way from text to what is built of it, whatever its kind. */
#ifndef DOLEN_FORMS_PARSING_H
#define DOLEN_FORMS_PARSING_H

#include "build.h"

struct parsing {
    struct build    b;
    struct findings found;
    struct node    *root;           /* NULL when the text is no YAML: then there is nothing to build from */
};

/* True when there is a tree: its builder is given p->b and p->root. cat may be NULL. parsing_end follows in any
 * case. */
bool        parsing_begin(struct parsing *p, const char *file, const char *s, size_t n, struct catalog *cat);
/* ST_INVALID: what was built may not be used. Releases the tree and what was found. */
enum status parsing_end(struct parsing *p, struct err *err);

/* The text with each end of a line made one newline, so that the same definition has the same hash wherever it was
 * checked out. Caller frees. */
char *source_kept(const char *s, size_t n, size_t *len);

#endif
