/* dolen/forms/drill_words.h - the ways to respond, and the skills that a drill rehearses. */
#ifndef DOLEN_FORMS_DRILL_WORDS_H
#define DOLEN_FORMS_DRILL_WORDS_H

/* X(NAME, word in YAML, trust, minutes, label): the ways to respond, with what each does where the drill does not
 * say. */
#define DRILL_KIND_LIST(X)                                                 \
    X(OPEN,      "open",      1, 4, N_("An open question"))                \
    X(CLOSED,    "closed",    0, 1, N_("A closed question"))               \
    X(REFLECT,   "reflect",   1, 2, N_("Reflect back"))                    \
    X(AFFIRM,    "affirm",    1, 1, N_("Affirm"))                          \
    X(SUMMARISE, "summarise", 1, 3, N_("Sum up"))                          \
    X(ADVISE,    "advise",   -1, 3, N_("Advise or inform"))                \
    X(SILENCE,   "silence",   1, 1, N_("Keep silent and wait"))

enum drill_kind {
#define X(name, word, trust, minutes, label) DRILL_##name,
    DRILL_KIND_LIST(X)
#undef X
    DRILL_KINDS
};

/* X(NAME, word, label): the seven clusters of the Welsh competence study (Roberts and others, 2021), and OARS. */
#define DRILL_SKILL_LIST(X)                                                            \
    X(SPECIALIST,    "specialist_service", N_("Providing a specialist service"))       \
    X(PERSON,        "person_centred",     N_("Working in a person-centred way"))      \
    X(SKILLS,        "skills",             N_("Skills: empathy and listening"))        \
    X(CONNECTING,    "connecting",         N_("Connecting people with community"))     \
    X(COLLABORATING, "collaborative",      N_("Collaborative working"))                \
    X(EVALUATING,    "evaluating",         N_("Evaluating, and what comes after"))     \
    X(NETWORKING,    "networking",         N_("Networking and community"))             \
    X(OPEN_ASKING,   "open",               N_("Open questions"))                       \
    X(AFFIRMING,     "affirm",             N_("Affirming"))                            \
    X(REFLECTING,    "reflect",            N_("Reflecting"))                           \
    X(SUMMARISING,   "summarise",          N_("Summing up"))

enum drill_skill {
#define X(name, word, label) SKILL_##name,
    DRILL_SKILL_LIST(X)
#undef X
    DRILL_SKILLS
};

const char *drill_kind_label(enum drill_kind k);                                /* translated */
const char *drill_kind_word(enum drill_kind k);
const char *drill_skill_label(enum drill_skill k);
const char *drill_skill_word(enum drill_skill k);

#endif
