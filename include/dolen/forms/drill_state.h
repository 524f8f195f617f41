/* dolen/forms/drill_state.h - where a drill stands: one step of its machine, and what the names of its expressions
 * mean.
 *
 * Pure: the same drill, seed and steps always come to the same state. The player and lint both walk with it. */
#ifndef DOLEN_FORMS_DRILL_STATE_H
#define DOLEN_FORMS_DRILL_STATE_H

#include <stdint.h>

#include "dolen/forms/drill.h"

#define DRILL_OFFER_WORDS (DRILL_TURNS_MAX * DRILL_OFFERS_MAX / 64)

struct drill_state {
    int      turn, trust, lowest, minutes;
    unsigned stayed;                            /* offers without a next turn that were made in this visit */
    uint64_t facts, turns, events;              /* heard, reached, happened: bit masks by index */
    uint64_t offers[DRILL_OFFER_WORDS];         /* made, at bit turn * DRILL_OFFERS_MAX + offer */
    int16_t  kinds[DRILL_KINDS];                /* how many responses of each kind */
};

/* What one step brought, for whoever shows it. */
struct drill_outcome {
    int    told[DRILL_FACTS_MAX];               /* fact indexes, in order */
    size_t told_count;
    bool   held_back;                           /* something stayed untold for want of trust */
    int    event;                               /* index, or -1 */
};

/* What is on paper, as expressions ask for it. A slot that leaves out missing does not know. All may be NULL. */
struct drill_papers {
    void *ctx;
    void (*answer)(void *ctx, const char *form, const char *question, struct value *out);
    void (*filed)(void *ctx, const char *form, struct value *out);          /* how many times */
    void (*recorded)(void *ctx, int fact, struct value *out);
    void (*asset)(void *ctx, int asset, struct value *out);                 /* status code of the connection to it */
    void (*figure)(void *ctx, const char *name, struct value *out);         /* plan_words, to_go, … (drill_figures) */
    void (*step)(void *ctx, int step, struct value *out);                   /* a safety step, done in time */
};

void drill_begin(const struct drill *d, struct drill_state *s);
/* Can this offer of the turn be made now? */
bool drill_open(const struct drill *d, const struct drill_state *s, int offer);
bool drill_ended(const struct drill *d, const struct drill_state *s);       /* a turn that ends the conversation */
/* Makes an offer that is open. dice(ctx, event) says whether an event with a chance happens. */
void drill_say(const struct drill *d, struct drill_state *s, int offer, bool (*dice)(void *ctx, int event), void *ctx,
               struct drill_outcome *out);
/* A form was filed: the event that waited for it happens. */
void drill_filed(const struct drill *d, struct drill_state *s, const char *form, bool (*dice)(void *ctx, int event),
                 void *ctx, struct drill_outcome *out);

bool drill_made(const struct drill_state *s, int turn, int offer);

/* --- names in expressions: turn.x offer.turn.x fact.x recorded.x event.x step.x asset.x count.kind form.x
 * form-id.question minutes trust lowest_trust and the figures --- */

enum drill_ref_kind { REF_NONE, REF_TURN, REF_OFFER, REF_FACT, REF_RECORDED, REF_EVENT, REF_STEP, REF_ASSET,
                      REF_COUNT,
                      REF_COUNT_ALL, REF_FORM, REF_ANSWER, REF_FIGURE, REF_MINUTES, REF_TRUST, REF_LOWEST };
struct drill_ref {
    enum drill_ref_kind kind;
    int                 index, offer;           /* turn and offer; else what the kind counts */
    char                form[41], question[41]; /* REF_FORM, REF_ANSWER; REF_FIGURE: its name is question */
};
/* REF_NONE when the drill has nothing of this name; forms and questions are not looked up. */
struct drill_ref drill_ref(const struct drill *d, const char *name);
/* The environment for expressions over a state; p may be NULL: then nothing is known of papers. Lives as long as
 * its parts. */
struct drill_env {
    const struct drill        *d;
    const struct drill_state  *s;
    const struct drill_papers *p;
};
bool         drill_true(const struct drill_env *env, const struct expr *e);
/* Missing when what is on paper would decide. */
struct value drill_value(const struct drill_env *env, const struct expr *e);

#endif
