/* dolen/forms/drill.h - a drill as built from its definition: an invented person to practise on, as a finite state
 * machine.
 *
 * Turns are what the person says; offers are the ways to answer them, each with its effect on trust, simulated
 * minutes and what the person tells; the rubric says what earns points, and why. docs/drills.md is the format for
 * those who write them. Read-only for everybody but the loader; lives as long as its catalog (or until drill_free
 * for one parsed from bytes). */
#ifndef DOLEN_FORMS_DRILL_H
#define DOLEN_FORMS_DRILL_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/date.h"
#include "dolen/base/json.h"
#include "dolen/base/lang.h"
#include "dolen/base/status.h"
#include "dolen/forms/drill_words.h"
#include "dolen/forms/expr.h"

#define DRILL_TURNS_MAX  64
#define DRILL_OFFERS_MAX 10             /* in one turn */
#define DRILL_FACTS_MAX  64
#define DRILL_EVENTS_MAX 32
#define DRILL_LINES_MAX  60
#define DRILL_TRUST_MAX  10

struct drill_offer {
    char           *id;
    enum drill_kind kind;
    struct text2    text, reply, otherwise;     /* otherwise: instead of what trust does not reach yet */
    int             trust, minutes;
    int            *tells;                      /* fact indexes */
    size_t          tell_count;
    struct expr    *when;                       /* NULL: always on offer */
    int             next;                       /* turn index; -1: stays, and can be said once a visit */
    int             line, column;
};

struct drill_turn {
    char               *id;
    struct text2        scene, says;
    struct drill_offer *offers;
    size_t              count;
    bool                end;
    int                 line, column;
};

struct drill_code {
    char *form, *question, *code;
};

struct drill_fact {
    char              *id;
    struct text2       label, said;
    int                trust;                   /* told only from here on */
    struct drill_code *filed;                   /* any one of these records it … */
    size_t             filed_count;
    char             **evidence[LANG_COUNT];    /* … or the beginning of any one of these words in a note */
    size_t             evidence_count[LANG_COUNT];
    int                line, column;
};

struct drill_event {
    char        *id;
    int          at_minute, at_turn;            /* one of the three; -1 when not this */
    char        *at_form;                       /* NULL; when it is filed for the first time */
    int          chance;                        /* percent, drawn from the seed */
    struct expr *when;                          /* NULL: always */
    struct text2 scene, says;
    int          trust, minutes;
    int         *tells;
    size_t       tell_count;
    int          next;                          /* turn, or -1: goes on where it was */
    int          line, column;
};

struct drill_paper {                            /* a form that is there when the drill begins */
    char        *form, *stage;                  /* stage: measures, else NULL */
    int          asset;                         /* connection: to which of the drill's assets; -1 */
    struct json *answers[LANG_COUNT];           /* dates may be "today-3": drill_answers resolves them */
    int          line, column;
};

struct drill_asset {
    char              *id;
    struct drill_paper paper;                   /* of the form asset */
};

struct drill_safety {                           /* a step to be taken, in this order */
    char        *id;
    struct text2 label;
    struct expr *when;
    int          by_minute;                     /* -1: at any time */
    int          line, column;
};

struct drill_line {
    char            *id;
    enum drill_skill skill;
    int              points;                    /* below 0: taken away */
    bool             safety;
    struct expr     *when;
    struct text2     earned, lost, strength, next_step;
    int              line, column;
};

struct drill_plan {
    char **words[LANG_COUNT];                   /* beginnings of words the person used for what they want */
    size_t word_count[LANG_COUNT];
    int   *assets;                              /* right for access and language */
    size_t asset_count;
    int    small_step_days, follow_up_days;
};

struct drill {
    char                *id;
    int                  version, level, trust, minutes, start;
    bool                 safety;
    char                *approved_by, *source;  /* "" until the safeguarding lead has approved it */
    struct date          approved_on;
    struct text2         title, about, name;
    enum lang            speaks;                /* the language the person would rather speak */
    struct drill_turn   *turns;
    struct drill_fact   *facts;
    struct drill_event  *events;
    struct drill_asset  *assets;
    struct drill_paper  *papers;             /* in the order they are filed; person, language and referral come first */
    struct drill_safety *steps;
    struct drill_line   *lines;
    size_t               turn_count, fact_count, event_count, asset_count, paper_count, step_count, line_count;
    struct drill_plan    plan;
    char                *bytes;                 /* the definition, newline-normalised: what is hashed and kept */
    size_t               byte_count;
};

struct catalog;
enum status drill_parse(struct drill **out, const char *file, const char *s, size_t n, struct err *err);
void        drill_free(struct drill **dp);
/* The answers of a paper in one language with dates as of that day, as an answer file has them. Caller frees. */
struct json *drill_answers(const struct drill_paper *p, enum lang l, struct date today);
int         drill_turn_index(const struct drill *d, const char *id);            /* -1 */
int         drill_offer_index(const struct drill_turn *t, const char *id);      /* -1 */

#endif
