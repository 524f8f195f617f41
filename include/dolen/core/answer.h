/* dolen/core/answer.h - what was answered: one value or one missing state for a question, in canonical text.
 *
 * Canonical text: integer "7", decimal "2.5", date "2026-02-03", select_one the code, select_multiple the codes with
 * one blank between them in the order chosen, acknowledge "1", text as typed (NFC). The forms engine knows the types;
 * this module only keeps, finds, compares and turns sets of answers into JSON and back. */
#ifndef DOLEN_CORE_ANSWER_H
#define DOLEN_CORE_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/json.h"

/* The five missing states (never 0, never blank), and "there is a value". */
#define MISSING_LIST(X)                              \
    X(NONE,        "",             "")               \
    X(NOT_REACHED, "not_reached",  "NREA")           \
    X(SKIPPED,     "skipped",      "SKIP")           \
    X(NO_ANSWER,   "no_answer",    "NANS")           \
    X(PREFER_NOT,  "prefer_not",   "PNTS")           \
    X(NOT_KNOWN,   "not_known",    "NK")

enum missing {
#define X(name, word, csv) MISSING_##name,
    MISSING_LIST(X)
#undef X
    MISSING_COUNT
};

const char  *missing_word(enum missing m);                 /* JSON word */
const char  *missing_csv(enum missing m);                  /* export code */
const char  *missing_label(enum missing m);                /* translated, for people */
bool         missing_parse(const char *word, enum missing *out);   /* either spelling */

struct answer {
    char        *name;          /* question */
    int          repeat;        /* 0 outside a repeat; instance 1, 2, … inside one */
    char        *value;         /* NULL when missing */
    enum missing missing;       /* NONE when there is a value */
};

struct answers {
    struct answer *items;
    size_t         count, cap;
};
#define ANSWERS_INIT { NULL, 0, 0 }

void  answers_release(struct answers *a);
void  answers_copy(struct answers *to, const struct answers *from);
/* Sets a value (NULL or "" removes the answer: the question is not reached again). */
void  answers_set(struct answers *a, const char *name, int repeat, const char *value);
void  answers_set_missing(struct answers *a, const char *name, int repeat, enum missing m);
void  answers_remove(struct answers *a, const char *name, int repeat);
const struct answer *answers_find(const struct answers *a, const char *name, int repeat);
const char *answers_value(const struct answers *a, const char *name, int repeat);     /* NULL when missing */
enum missing answers_missing(const struct answers *a, const char *name, int repeat);  /* NOT_REACHED when absent */
int   answers_repeats(const struct answers *a, const char *name);                /* highest instance of that question */
/* later ones move up */
void  answers_remove_instance(struct answers *a, const char *const *names, size_t n, int repeat);

/* Untyped JSON for drafts: {"name": "value", "name#2": {"missing": "not_known"}}. */
struct json *answers_to_json(const struct answers *a);
bool         answers_from_json(struct answers *out, const struct json *j);

/* Code lists in a select_multiple value: is code among them? */
bool  codes_has(const char *codes, const char *code);
/* Adds or takes away one code; caller frees. */
char *codes_toggle(const char *codes, const char *code);

#endif
