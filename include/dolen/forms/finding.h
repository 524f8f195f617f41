/* dolen/forms/finding.h - what a definition file has wrong: where, what, why, and what to do about it.
 *
 * Owns its strings. A finding that is fatal keeps the definition from being used; the others are for lint. */
#ifndef DOLEN_FORMS_FINDING_H
#define DOLEN_FORMS_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"

struct finding {
    char *file;
    int   line, column;             /* from 1; column in characters */
    char *what;                     /* the text the finding is about, tamed */
    char *why, *fix;                /* whole translated sentences without the full stop */
    bool  fatal;
};

struct findings {
    struct finding *items;
    size_t          count, cap;
};
#define FINDINGS_INIT { NULL, 0, 0 }

/* Copies everything. */
void findings_add(struct findings *f, bool fatal, const char *file, int line, int column, const char *what,
                  const char *why, const char *fix);
bool findings_fatal(const struct findings *f);
void findings_sort(struct findings *f);                     /* by file, line, column; drops exact repeats */
void findings_release(struct findings *f);

/* file:line:column: what: why: fix */
void finding_print(struct buf *out, const struct finding *f);
/* The first fatal finding as an error sentence (the first one when none is fatal). Returns ST_INVALID. */
enum status findings_to_err(const struct findings *f, struct err *err);

/* The candidate nearest in spelling to word, or NULL when none is near enough to be a slip of it. */
const char *nearest_word(const char *word, const char *const *candidates, size_t n);

#endif
