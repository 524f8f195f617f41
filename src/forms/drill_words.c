/* drill_words.c - the ways to respond, and the skills that a drill rehearses. */
#include "dolen/forms/drill_words.h"

#include "dolen/base/lang.h"

#include "dolen/base/banned.h"

static const struct {
    const char *word, *label;
} kinds[DRILL_KINDS] = {
#define X(name, word, trust, minutes, label) { word, label },
    DRILL_KIND_LIST(X)
#undef X
}, skills[DRILL_SKILLS] = {
#define X(name, word, label) { word, label },
    DRILL_SKILL_LIST(X)
#undef X
};

const char *drill_kind_label(enum drill_kind k)
{
    return _(kinds[k].label);
}

const char *drill_kind_word(enum drill_kind k)
{
    return kinds[k].word;
}

const char *drill_skill_label(enum drill_skill k)
{
    return _(skills[k].label);
}

const char *drill_skill_word(enum drill_skill k)
{
    return skills[k].word;
}
