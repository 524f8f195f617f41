/* dolen/forms/diff.h - what changed between two definitions of a form, for `form diff` and for upgrading drafts. */
#ifndef DOLEN_FORMS_DIFF_H
#define DOLEN_FORMS_DIFF_H

#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/forms/form.h"

enum diff_kind {
    DIFF_KEPT,          /* same name and type */
    DIFF_ADDED,
    DIFF_REMOVED,       /* no longer asked: its answers become orphans */
    DIFF_RENAMED,       /* a guess: same type and same label or choices */
    DIFF_TYPE,          /* same name, another type */
    DIFF_CHOICES,       /* choices gained or lost */
    DIFF_WORDING,       /* label changed */
    DIFF_RULES          /* relevant, required, constraint, calculation, scale */
};

struct diff_row {
    enum diff_kind         kind;
    const struct question *before, *after;      /* NULL where there is none */
    char                  *text;                /* a sentence for people */
};

struct diff {
    struct diff_row *rows;
    size_t           count, cap;
};

void form_diff(const struct form *before, const struct form *after, struct diff *out);
void diff_release(struct diff *d);
const char *diff_word(enum diff_kind k);        /* kept, added, removed, renamed, type, choices, wording, rules */

#endif
