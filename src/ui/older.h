/* older.h - definitions that answers were given to before the one in use: parsed once for as long as a view needs
 * them. */
#ifndef DOLEN_UI_OLDER_H
#define DOLEN_UI_OLDER_H

#include "dolen/ui/views.h"

struct older {                          /* a value: { 0 } holds none yet */
    struct form **forms;
    char        (*hash)[DEFINITION_HASH];
    size_t        count, cap, hash_cap;
};
void older_release(struct older *o);

/* The definition with this hash: the catalog's own when it is the same, else the one kept in the case file, else
 * NULL. */
const struct form     *older_form(struct older *o, struct ui *u, const char *form, const char *hash);
/* A question that an earlier definition of a form asked, as it was asked last; in: that definition, may be NULL. */
const struct question *older_question(struct older *o, struct ui *u, const char *form, const char *name,
                                      const struct form **in);

/* Calls fn for each question of an earlier definition of the form that is answered in a, and that neither the
 * definition shown nor, for a form that fills a table, any other form of that table asks. */
void older_answers(struct older *o, struct ui *u, const struct form *shown, const struct answers *a,
                   void (*fn)(void *ctx, const struct form *form, const struct question *q,
                              const struct answer *answer),
                   void *ctx);

#endif
