/* session_priv.h - the inside of a session, shared by its files.
 *
 * answers and slots hang on pointers so that rules can be worked out behind a const session: what is worked out is a
 * function of what was answered, so nobody sees a difference. */
#ifndef DOLEN_FORMS_SESSION_PRIV_H
#define DOLEN_FORMS_SESSION_PRIV_H

#include "dolen/forms/session.h"

#define INSTANCES_MAX 100

enum known { UNKNOWN, BUSY, NO, YES };

struct slot {
    enum known relevant;
    bool       calculated;
};

struct kept_fact {
    char *name, *value;
};

struct session {
    const struct form *form;
    struct answers    *answers;
    struct kept_fact  *facts;
    size_t             nfacts;
    struct date        today;
    int64_t            now;             /* when it was opened: form and note say the same time */
    bool               dirty;
    /* the defaults as they were set: until somebody changes one it follows what it is of */
    struct answers     proposed;
    struct answers     known;           /* what is written down elsewhere, for the questions that say so */
    int               *instances;       /* of each repeat, by question index */
    size_t            *slot_at;         /* first slot of each question: instance 0, or 1, 2, … in a repeat */
    struct slot       *slots;
    struct row        *rows;
    size_t             row_count, row_cap;
};

/* --- session_eval.c --- */
void session_recompute(struct session *s);
bool session_is_relevant(const struct session *s, int q, int repeat);
/* Evaluates e for question q. self (may be NULL) is what . means; choice (may be NULL) what plain names mean. */
struct value session_eval(const struct session *s, const struct expr *e, const struct question *q, int repeat,
                          const char *self, const struct code *choice);
bool session_place_ok(const struct session *s, const struct question *q, int repeat);

/* --- session_check.c --- */
/* ST_INVALID, with the choices on offer in the sentence. */
enum status session_not_a_choice(const struct session *s, const struct question *q, int repeat, struct err *err);
/* Type, range, choices, then the constraint. */
enum status session_check(const struct session *s, const struct question *q, int repeat, const char *value,
                          struct err *err);

/* --- session_typed.c --- */
enum status session_typed(const struct session *s, const struct question *q, int repeat, const char *typed,
                          struct buf *out, struct err *err);

#endif
