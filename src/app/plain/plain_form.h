/* plain_form.h - line mode's forms, question by question. */
#ifndef DOLEN_APP_PLAIN_FORM_H
#define DOLEN_APP_PLAIN_FORM_H

#include "filing.h"
#include "plain_io.h"

enum form_end { FORM_FILED, FORM_LEFT, FORM_OVER };
enum form_end plain_form(struct plain *p, const struct target *t, const char *at);
enum form_end plain_draft(struct plain *p, struct id draft);

struct walk {
    struct plain          *p;
    struct filling        *f;
    struct session        *s;
    enum row_kind          kind;    /* where it is: a row of the session; q NULL: the end */
    const struct question *q;
    int                    repeat;
    const struct question *open_q;  /* the instance that is being gone through, so it is not asked about again */
    int                    open;
    bool                   guarded, refused, all;  /* all: read long lists too */
    const char            *revealed[8];
    size_t                 revealed_count;
};
enum went { WENT_SAME, WENT_NEXT, WENT_BACK, WENT_JUMPED, WENT_FILE, WENT_LEAVE, WENT_OVER };

enum went walk_question(struct walk *w);
/* A command typed in a form; WENT_SAME with *known false when it is none. */
enum went walk_command(struct walk *w, const char *typed, bool *known);
void      walk_save(struct walk *w);
void      walk_keys(void);
/* Before the first question, or when asked for: what the form is, what a draft would change, the goals it is about. */
void      walk_title(const struct walk *w);
void      walk_changes(const struct filling *f);
void      walk_goals(const struct filling *f);
/* Asks which stands where a draft and its record were both changed; false: left without an answer. */
bool      walk_clashes(struct plain *p, struct filling *f);
bool      walk_hides(const struct walk *w, const struct question *q);

#endif
