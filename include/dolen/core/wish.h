/* dolen/core/wish.h - what somebody looks for in the directory: words, and tokens such as "cost:free day:llun".
 *
 * Entries are filed under facets: words that nobody types, one for each category, day, cost, language, word of the
 * place and word about access. A wish becomes wants: one for each thing that must hold, any of whose words will do. */
#ifndef DOLEN_CORE_WISH_H
#define DOLEN_CORE_WISH_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"

enum wish_kind { WISH_NEED, WISH_PLACE, WISH_DAY, WISH_COST, WISH_ACCESS, WISH_LANGUAGE, WISH_COUNT };

#define WISH_TOKENS_MAX 12
#define WISH_VALUE_MAX  80

struct wish_token {
    enum wish_kind kind;
    char           value[WISH_VALUE_MAX];   /* as typed, without quotes; "" while it is being typed */
    size_t         at, bytes;               /* where it stands in the line */
};

struct wish {
    struct wish_token tokens[WISH_TOKENS_MAX];
    size_t            count;
    char              words[200];           /* the rest of the line */
};

/* KEY:VALUE with a key of either language, the value in quotes or with - for blanks; anything else is words. */
void        wish_read(const char *line, struct wish *out);
/* The key in a language: "day", "diwrnod". */
const char *wish_key(enum wish_kind kind, enum lang lang);
bool        wish_kind_by_key(const char *key, size_t bytes, enum wish_kind *out);
/* The line with every token of the kind taken out and, unless value is "", KEY:VALUE added at its end. */
void        wish_line_set(struct buf *line, enum wish_kind kind, const char *value);

/* --- days ------------------------------------------------------------------------------------------------------- */

/* Days named in free text of either language, Monday is bit 0: "Mon-Thu 10am", "bob nos Lun", "weekdays"; 0 none. */
unsigned    days_in_text(const char *text);

/* --- facets ----------------------------------------------------------------------------------------------------- */

/* What of an entry is filed; any may be NULL. CODES columns are codes with blanks between. */
struct facet_source {
    const char *category, *day, *cost_kind, *languages, *accessibility, *attending_access, *attending_type, *area,
        *address, *postcode, *local_authority;
};

/* Adds one facet: the letters and digits of value, folded and run together. Nothing for a value without any. */
void        facet_add(struct buf *out, enum wish_kind kind, const char *value);
/* All facets of an entry, blanks between. What a clause about access denies ("no lift", "dim lifft") is not filed as
 * there. */
void        facets_of(struct buf *out, const struct facet_source *a);
/* Words with an apostrophe or a hyphen run together: "Men's Shed" gives "Mens". */
void        joined_words(struct buf *out, const char *text);

/* --- wants ------------------------------------------------------------------------------------------------------ */

/* Words with blanks between, any of which will do; "*" behind one: its beginnings. */
struct wants {
    struct buf items[WISH_TOKENS_MAX + 8];
    size_t     count;
};

void        wants_release(struct wants *w);
struct buf *wants_add(struct wants *w);         /* an empty one; NULL when there are too many */
/* One want for each word of the text, as beginnings. */
void        wants_add_words(struct wants *w, const char *text);

#endif
