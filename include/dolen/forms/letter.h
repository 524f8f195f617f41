/* dolen/forms/letter.h - the words of a letter: paragraphs in both languages, and when each of them stands.
 *
 * A template knows facts by name and nothing else: no record, no question, no fact that is not in this list. Who gives
 * the facts decides what may be shared (print/letter.h); what a template does with one that it was not given is
 * nothing: its conditions are not met, and a paragraph that names it is left out. */
#ifndef DOLEN_FORMS_LETTER_H
#define DOLEN_FORMS_LETTER_H

#include <stddef.h>

#include "dolen/base/lang.h"
#include "dolen/base/status.h"

/* X(upper, name, kind). A text or a date may stand in a paragraph; a code stands in conditions alone, because no code
 * is a word; a paragraph that names the list stands once for each of it. docs/forms.md says what each is. */
#define LETTER_FACT_LIST(X) \
    X(TODAY, "today", DATE) X(REFERRER, "referrer", TEXT) X(ORGANISATION, "organisation", TEXT) \
    X(PERSON, "person", TEXT) X(RECEIVED_ON, "received_on", DATE) X(AGREED, "agreed", CODE) \
    X(DECISION, "decision", CODE) X(SEEN, "seen", CODE) X(PLACE, "place", LIST) X(ENDED_ON, "ended_on", DATE) \
    X(OUTCOME, "outcome", CODE) X(PRACTITIONER, "practitioner", TEXT) X(SERVICE, "service", TEXT)

enum letter_fact {
#define X(upper, name, kind) LETTER_FACT_##upper,
    LETTER_FACT_LIST(X)
#undef X
    LETTER_FACT_COUNT
};

/* Borrowed. NULL: not known, or not to be told. Dates are YYYY-MM-DD, codes as docs/forms.md lists them. */
struct letter_facts {
    const char *value[LETTER_FACT_COUNT];
    char      **places;             /* of LETTER_FACT_PLACE */
    size_t      place_count;
};

enum letter_block_kind { LETTER_HEADING, LETTER_TEXT, LETTER_BULLET, LETTER_LINE, LETTER_BLOCK_COUNT };

struct letter_block;
struct letter_def {
    char                *id;
    int                  version;
    struct text2         title;
    struct letter_block *blocks;
    size_t               count;
    char                *bytes;     /* as it was read, line ends made one newline */
    size_t               byte_count;
};

enum status letter_parse(struct letter_def **out, const char *file, const char *s, size_t n, struct err *err);
void        letter_def_free(struct letter_def **dp);
/* Every code that a fact may have, NULL-terminated; NULL when the fact is no code. */
const char *const *letter_codes(enum letter_fact f);

/* One block that stands, with its words in one language and every placeholder filled in. label: of a line. */
struct letter_piece {
    enum letter_block_kind kind;
    const char            *label, *text;
};
/* In the order of the template. */
void letter_write(const struct letter_def *d, enum lang l, const struct letter_facts *facts,
                  void (*put)(void *ctx, const struct letter_piece *p), void *ctx);

#endif
