/* app/upgrade.h - records that were filled in with an older definition of a form, brought to the one in use now.
 *
 * Nothing that was answered is lost: a renamed question's answer goes under its new name, what is no longer asked stays
 * where it is, and a record with an answer that the new definition would not take stays on its own definition. */
#ifndef DOLEN_APP_UPGRADE_H
#define DOLEN_APP_UPGRADE_H

#include "casefile.h"
#include "dolen/forms/diff.h"

/* One older definition that something stands on. */
struct upgrade_from {
    char         hash[DEFINITION_HASH];
    int          version;
    struct form *form;
    struct diff  diff;
    size_t       records, carried;      /* standing on it; brought over */
    size_t       renamed, kept;         /* answers under a new name; answers no longer asked for */
};

/* A record that stays, and the question whose answer the new definition does not take. */
struct upgrade_stays {
    struct holding at;
    struct id      person;
    char           question[44], why[240];
};

struct upgrade {
    struct casefile      *cf;
    const struct form    *form;
    enum table_id         binds;        /* T_COUNT: responses */
    char                  hash[DEFINITION_HASH];
    bool                  no_renames;   /* the guesses of form_diff are not followed */
    struct upgrade_from  *from;
    size_t                from_count, from_cap;
    struct upgrade_stays *stays;
    size_t                stays_count, stays_cap;
};

/* apply false: everything is worked out, nothing is written. u->cf, form and no_renames are set by the caller.
 * ST_REFUSED for a measure: its answers stay with the wording they were given to. */
enum status upgrade_run(struct upgrade *u, bool apply, struct err *err);
void        upgrade_release(struct upgrade *u);
/* Takes the newest upgrade of a form back. */
enum status upgrade_undo(struct casefile *cf, const char *form, bool apply, size_t *changes, struct err *err);

#endif
