/* handover_priv.h - the inside of hand-over mode, for handover_*.c. */
#ifndef UI_HANDOVER_PRIV_H
#define UI_HANDOVER_PRIV_H

#include "dolen/ui/handover.h"
#include "dolen/ui/line.h"
#include "dolen/ui/multi.h"
#include "dolen/ui/scale.h"
#include "dolen/ui/text_view.h"

enum handover_page { PAGE_QUESTION, PAGE_THANKS, PAGE_GATE, PAGE_NUMBERS };
enum handover_editor { ANSWER_NONE, ANSWER_LINE, ANSWER_MULTI, ANSWER_SCALE, ANSWER_CODES };

/* The row with the focus: -1 the field, the scale or nothing yet; then the answers on offer, the last of them
 * "I would rather not say". */
#define FOCUS_FIELD (-1)

struct handover {
    struct view           view;     /* first */
    struct ui            *ui;
    struct session       *session;
    struct handover_host  host;
    struct id             person;
    enum handover_page    page, behind;     /* behind: where the gate and the numbers go back to */
    bool                  finished;

    const struct question *q;       /* the one that is shown */
    enum handover_editor  kind;
    struct line          *line;
    struct multi         *multi;
    struct scale          scale;
    const struct code   **codes;
    size_t                code_count;
    int                   focus, top;       /* top: first answer in sight */
    bool                  touched;
    struct err            refused;          /* why an answer or a passphrase does not pass */
    struct text_view     *numbers;
};

static inline struct handover *handover_of(struct view *v)
{
    return (struct handover *) v;   /* view stands first */
}

/* Nothing is ticked or typed on a page that only tells something. */
static inline bool handover_is_asked(const struct handover *h)
{
    return h->q && h->q->type != Q_NOTE;
}

static inline int handover_answers(const struct handover *h)
{
    return handover_is_asked(h) ? (int) h->code_count + 1 : 0;
}

/* --- handover_view.c --- */
/* Which page of how many. */
void handover_place(const struct handover *h, size_t *at, size_t *of);

/* --- handover_field.c: the answer being given --- */
void     handover_open(struct handover *h, const struct question *q);
void     handover_shut(struct handover *h);
bool     handover_keep(struct handover *h);              /* false: what is typed does not pass; the sentence says why */
unsigned handover_field_key(struct handover *h, const struct key *k);   /* REACT_PASS: not the field's */
bool     handover_pick(struct handover *h, int answer);         /* one of the answers on offer */

/* --- handover_draw.c --- */
void handover_draw(struct view *v, struct area body);

#endif
