/* dolen/base/status.h - what a call came to, and the sentence a person reads about it.
 *
 * Code decides by status; people read the sentence. The function that fails writes a whole, translated sentence
 * ("what happened; what is safe; what to do") into the caller's err; success leaves err untouched. err may be NULL. */
#ifndef DOLEN_BASE_STATUS_H
#define DOLEN_BASE_STATUS_H

#include "dolen/base/lang.h"

/* X(name, exit code, stable word for --json "error") */
#define STATUS_LIST(X)                          \
    X(OK,            0,   "ok")                 \
    X(REFUSED,       1,   "refused")            \
    X(NOTFOUND,      1,   "not_found")          \
    X(USAGE,         2,   "usage")              \
    X(INVALID,       2,   "invalid")            \
    X(NOSLOT,        3,   "no_slot_opens")      \
    X(SLOTS_DAMAGED, 4,   "key_slots_damaged")  \
    X(DB_DAMAGED,    4,   "database_damaged")   \
    X(CONFLICT,      5,   "conflict")           \
    X(PARTIAL,       6,   "partly_done")        \
    X(INUSE,         7,   "in_use")             \
    X(NEWER,         8,   "newer_version")      \
    X(NOMEM,         9,   "out_of_memory")      \
    X(NOSPACE,       9,   "disk_full")          \
    X(IO,            9,   "disk_error")         \
    X(INTERRUPTED,   130, "interrupted")

enum status {
#define X(name, code, word) ST_##name,
    STATUS_LIST(X)
#undef X
    ST_COUNT
};

/* The sentence is there in both languages, so that it can stay on the screen while the language changes. */
#define ERR_BYTES 640

struct err {
    enum status st;
    char text[LANG_COUNT][ERR_BYTES];
};

int         status_exit_code(enum status st);
const char *status_word(enum status st);

/* Writes the sentence and gives st, so that `return err_set(err, ST_INVALID, _("…"), …)` is the whole error path. What
 * TEXT2 asks of its arguments is asked here; err_text(err) may be one of them. */
#define err_set(err, st, ...) err_take((err), (st), TEXT2(__VA_ARGS__))

/* The same for a failed system call: reads errno first, picks NOSPACE (ENOSPC, EDQUOT), NOMEM (ENOMEM) or IO,
 * and appends the system's own words for it. */
#define err_sys(err, ...) err_take_sys((err), TEXT2(__VA_ARGS__))

enum status err_take(struct err *err, enum status st, struct text2 take);
enum status err_take_sys(struct err *err, struct text2 take);

const char *err_text(const struct err *err);        /* in the language of now; "" when nothing failed */
void        err_clear(struct err *err);

#endif
