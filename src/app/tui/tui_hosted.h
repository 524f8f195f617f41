/* tui_hosted.h - what stands behind an open form, or the notes of a talk; they are stacked, never side by side. */
#ifndef DOLEN_APP_TUI_HOSTED_H
#define DOLEN_APP_TUI_HOSTED_H

#include "review_goals.h"
#include "tui.h"

struct hosted {
    struct app     *app;
    struct filling *f;
    struct view    *view;
    struct hosted  *below;
    bool            same_said;      /* that there may be a record already: once a form */
    bool            placed;         /* the entry was made for this form, by copying another one (places.h) */
    bool            notes;          /* a notes view, not a form */
    struct goal_words *goals;       /* of a form that asks for a goal's number; or NULL */
    const char     *next;           /* the form that follows this one, for a person who is being taken on */
    bool            sure;           /* filed with nothing answered in it: it was asked */
};

/* A popped view is closed one step later: from here on nothing is autosaved from it. */
void hosted_leave(struct hosted *h);
/* On top of the others. */
struct hosted *hosted_new(struct app *a, struct filling *f);
void hosted_free(struct hosted *h);             /* with its filling */
/* The same draft twice would be two that overwrite each other: the one that is open comes to the top. */
bool hosted_is_open(struct app *a, const struct filling *f);

#endif
