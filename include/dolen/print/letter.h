/* dolen/print/letter.h - letters made from the records, in one language each, in the words of a template.
 *
 * What a letter may say is decided here, from what the person agreed to: neither by whoever asks for it nor by the
 * template, which sees the facts that it is given (forms/letter.h) and no other. No letter carries concerns, notes, the
 * reasons of a referral, or any way to reach the person, whatever stands in its template. */
#ifndef DOLEN_PRINT_LETTER_H
#define DOLEN_PRINT_LETTER_H

#include "dolen/forms/letter.h"
#include "dolen/print/document.h"
#include "dolen/store/read.h"

struct letter_ask {
    const struct letter_def *words;
    struct id                referral;
    enum lang                lang;
    bool                     large, training;
    struct date              today;
    const char              *from, *organisation;       /* who signs; may be NULL */
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
