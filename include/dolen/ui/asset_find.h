/* dolen/ui/asset_find.h - what is asked of the directory, between what people type and what the case file looks for.
 *
 * One reading for the screen, the commands and line mode: "cost:free day:llun tea" in either language. */
#ifndef DOLEN_UI_ASSET_FIND_H
#define DOLEN_UI_ASSET_FIND_H

#include "dolen/core/answer.h"
#include "dolen/core/wish.h"
#include "dolen/forms/catalog.h"

/* What was looked for as answers of the form gap: the kind of asset, the local authority or else the place, the
 * language; only what means one thing. Added to out. */
void        wish_gap(struct catalog *c, const struct wish *w, struct answers *out);
/* "Cost", "Pris": current language. */
const char *wish_kind_label(enum wish_kind kind);
/* What the line asks for; release it. Returns the token whose value no list knows (nothing is found by it), or NULL. */
const struct wish_token *asset_wants(struct catalog *c, const struct wish *w, struct wants *out);
/* "Cost: Free · Day: Monday", the readings of the tokens; a value that is not known has " (?)" behind it. */
void        wish_words(struct catalog *c, const struct wish *w, struct buf *out);
/* The reading of one token. */
void        wish_token_words(struct catalog *c, const struct wish_token *t, struct buf *out);

/* The i-th that can be chosen for a kind, in the current language; NULL behind the last, and for the place, which is
 * typed. */
const char *wish_choice(struct catalog *c, enum wish_kind kind, size_t i);
/* The i-th choice as one would type it: the fewest words of its label that mean nothing else. */
void        wish_choice_value(struct catalog *c, enum wish_kind kind, size_t i, struct buf *out);

#endif
