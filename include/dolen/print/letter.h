/* dolen/print/letter.h - letters made from the records, in one language each.
 *
 * What a letter may say is decided here, from what the person agreed to, and not by whoever asks for it. No letter
 * carries concerns, notes, the reasons of a referral, or any way to reach the person. */
#ifndef DOLEN_PRINT_LETTER_H
#define DOLEN_PRINT_LETTER_H

#include "dolen/print/document.h"
#include "dolen/store/read.h"

/* X(upper, word, label) */
#define LETTER_LIST(X) X(FEEDBACK, "feedback", N_("Feedback to the referrer"))

enum letter_kind {
#define X(upper, word, label) LETTER_##upper,
    LETTER_LIST(X)
#undef X
    LETTER_COUNT
};
bool        letter_kind_parse(const char *word, enum letter_kind *out);
const char *letter_kind_word(enum letter_kind k);

struct letter_ask {
    enum letter_kind kind;
    struct id        referral;
    enum lang        lang;
    bool             large, training;
    struct date      today;
    const char      *from, *organisation;       /* who signs; may be NULL */
};
struct letter {
    struct document *document;
    struct id        person;
    bool             full;          /* the person agreed that this referrer is told what happened */
    char            *limits;        /* in the words of that permission: what may be shared; NULL when it does not say */
};
/* ST_REFUSED, with the reason: no referrer, no decision yet, the person said no. */
enum status letter_make(struct letter *out, struct store *s, const struct letter_ask *ask, struct err *err);
void        letter_release(struct letter *l);

#endif
