/* change_words.h - rows of a history: of a person, or of one record. */
#ifndef DOLEN_UI_CHANGE_WORDS_H
#define DOLEN_UI_CHANGE_WORDS_H

#include "person_priv.h"

/* Whose history it is. v: the person's view, which knows what the rule about safe contact covers and what was shown;
 * NULL when the history is not a person's. */
struct history_of {
    struct ui                *u;
    const struct person_view *v;
    struct id                 person;
};

/* A row of the sheet: when; what, why and who; below it each field old and new. Its focus names the change. */
void history_row(const struct history_of *h, struct sheet *s, const struct change_row *c);
/* Who made the change; nothing when nobody is known. */
void change_who_words(struct ui *u, const struct change_row *c, struct buf *out);

#endif
