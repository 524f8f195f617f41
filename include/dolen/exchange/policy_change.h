/* dolen/exchange/policy_change.h - what another policy would change, for a person who has to agree: does more leave,
 * or less? */
#ifndef DOLEN_EXCHANGE_POLICY_CHANGE_H
#define DOLEN_EXCHANGE_POLICY_CHANGE_H

#include "dolen/exchange/policy_file.h"

/* X(NAME, word, heading for people) */
#define POLICY_TURN_LIST(X)                     \
    X(MORE,  "more",  N_("More leaves"))        \
    X(LESS,  "less",  N_("Less leaves"))        \
    X(OTHER, "other", N_("Also different"))

enum policy_turn {
#define X(name, word, label) TURN_##name,
    POLICY_TURN_LIST(X)
#undef X
    TURN_COUNT
};
const char *policy_turn_word(enum policy_turn t);
const char *policy_turn_label(enum policy_turn t);          /* translated */

struct policy_change {
    enum policy_turn turn;
    char            *what;              /* stable, for --json: "column episode.lsoa", "dates day", "sensitive DEBT" … */
    char            *said;              /* a line for people */
};
struct policy_changes {
    struct policy_change *items;
    size_t                count, cap;
};

/* Everything that decides what leaves, about whom and to whom; in doubt it is MORE. Release in any case. */
void policy_compare(struct policy_changes *out, const struct policy_file *was, const struct policy_file *now);
void policy_changes_release(struct policy_changes *c);
size_t policy_changes_of(const struct policy_changes *c, enum policy_turn t);

#endif
