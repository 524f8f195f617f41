/* dolen/drill/drill_file.h - drills in the training case file: an attempt and its log, kept step by step.
 *
 * Every step is on disk when its call returns, so a drill can be left at any moment and gone on with. Live case
 * files refuse (the store does). Forms are filed by the program; what it filed is told here. */
#ifndef DOLEN_DRILL_DRILL_FILE_H
#define DOLEN_DRILL_DRILL_FILE_H

#include "dolen/drill/drill_judge.h"
#include "dolen/forms/catalog.h"
#include "dolen/store/write.h"

/* X(NAME, code, label) */
#define ATTEMPT_STATE_LIST(X)                    \
    X(SET,     "SET",     N_("set by a trainer"))\
    X(RUNNING, "RUNNING", N_("running"))         \
    X(PAUSED,  "PAUSED",  N_("paused"))          \
    X(DONE,    "DONE",    N_("done"))            \
    X(LEFT,    "LEFT",    N_("left unfinished"))

enum attempt_state {
#define X(name, code, label) ATTEMPT_##name,
    ATTEMPT_STATE_LIST(X)
#undef X
    ATTEMPT_STATES
};

struct attempt {
    struct store       *s;
    struct catalog     *cat;
    struct record       row;                /* of T_DRILL */
    struct drill_play  *play;
    const struct drill *d;
    struct drill       *own;                /* the pinned definition, when the shipped one has changed since */
    bool                other_version;
};

struct attempt_start {
    const struct drill *d;
    const char         *hash;               /* of its bytes, 64 hex digits */
    uint64_t            seed;
    struct id           practitioner;
    struct id           set;                /* a drill that was set: that row becomes this attempt */
    struct date         today;
};

/* Writes the attempt and pins the definition. The caller's transaction may be open. */
enum status attempt_begin(struct attempt **out, struct store *s, struct catalog *cat, const struct attempt_start *a,
                          struct err *err);
enum status attempt_open(struct attempt **out, struct store *s, struct catalog *cat, struct id id, struct err *err);
void        attempt_free(struct attempt **ap);

/* Each writes one step. When that fails the play is where it was before. */
enum status attempt_say(struct attempt *a, const char *offer, struct err *err);
enum status attempt_filed(struct attempt *a, const struct form *form, struct id record, const struct answers *answers,
                          struct err *err);
enum status attempt_arrived(struct attempt *a, const char *form, struct id record, struct err *err);
enum status attempt_asset(struct attempt *a, const char *part, struct id record, struct err *err);
enum status attempt_person(struct attempt *a, struct id person, struct err *err);
enum status attempt_pause(struct attempt *a, bool pause, struct err *err);
enum status attempt_leave(struct attempt *a, struct err *err);

/* Reads what is on paper and judges. to_go: of the core data set, -1 not known. */
enum status attempt_judge(struct attempt *a, int to_go, struct drill_score *out, struct err *err);
/* The score goes into the case file and the attempt is done. */
enum status attempt_finish(struct attempt *a, const struct drill_score *score, struct date today, struct err *err);

/* The running or paused attempt about this person; not set when there is none. */
enum status attempt_of_person(struct store *s, struct id person, struct id *out, struct err *err);
/* The newest running or paused one of all. */
enum status attempt_running(struct store *s, struct id practitioner, struct id *out, struct err *err);
/* A trainer sets a drill for a practitioner of this case file. */
enum status attempt_set(struct store *s, const struct drill *d, struct id practitioner, struct id by, struct date due,
                        struct err *err);

enum attempt_state attempt_state(const struct record *row);
const char        *attempt_state_label(enum attempt_state st);      /* translated */

#endif
