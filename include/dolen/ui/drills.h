/* dolen/ui/drills.h - drills on the screen: the list of them, and the panel in which one talks with the invented
 * person.
 *
 * Views draw what a host gives them; playing, scoring and filing are the program's. Only training case files have
 * these. */
#ifndef DOLEN_UI_DRILLS_H
#define DOLEN_UI_DRILLS_H

#include "dolen/ui/chart.h"
#include "dolen/ui/views.h"

#define DRILL_PAST_SEEN 30

/* --- the list --- */

struct drill_row {
    char               id[65], title[160];
    char               how[200];                /* "84 of 100 on 3 Mar 2026 (2 times)" */
    char               about[600], approval[200];
    bool               running;
    struct chart_value past[DRILL_PAST_SEEN];   /* at: day number; value: 0 to 100 */
    size_t             past_count;
};
struct drills_model {
    char              next[400];                /* what is proposed, and why */
    struct drill_row *rows;
    size_t            count, cap;
};
struct drills_host {
    void        *ctx;
    enum status (*load)(void *ctx, struct drills_model *out, struct err *err);     /* rows are the view's afterwards */
    void        (*release)(void *ctx);
};
/* Enter is passed on with FOCUS_DRILL (question: the drill's id). */
struct view *drills_view_new(struct ui *u, const struct drills_host *host);

/* --- the talk: a panel over the form or the person --- */

enum talk_voice { TALK_SCENE, TALK_PERSON, TALK_YOU };
struct talk_line {
    enum talk_voice voice;
    char           *text;                       /* owned */
};
struct talk_offer {
    char  id[41];
    char *kind, *text;                          /* owned */
};
struct talk_model {
    char               title[200];              /* "Maureen Pask, minute 12 of about 45" */
    char               hint[200];
    struct talk_line  *lines;
    size_t             line_count, line_cap;
    struct talk_offer *offers;
    size_t             offer_count, offer_cap;
};
void talk_model_line(struct talk_model *m, enum talk_voice voice, const char *text);
void talk_model_offer(struct talk_model *m, const char *id, const char *kind, const char *text);

struct talk_host {
    void        *ctx;
    enum status (*load)(void *ctx, struct talk_model *out, struct err *err);
    unsigned    (*say)(void *ctx, const char *offer);      /* REACT_* */
    void        (*release)(void *ctx);
};
/* Digits and Enter say; Esc leaves the panel, the talk goes on later. */
struct view *talk_view_new(struct ui *u, struct id person, const struct talk_host *host);

#endif
