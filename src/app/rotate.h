/* app/rotate.h - a new data key for an open case file, and the exchange of the two folders. */
#ifndef DOLEN_APP_ROTATE_H
#define DOLEN_APP_ROTATE_H

#include "casefile.h"

struct rotation {
    struct casefile     *cf;            /* open for writing; its database is shut on the way */
    const struct secret *secret;        /* what opened it: one of the two */
    const char          *key_file;
    const char          *recovery_to;   /* NULL: written down and typed back at the terminal */
    char                *left;          /* set when the old folder could not be removed: where it is. Caller frees */
};

/* ST_OK: the folder holds the same records under new keys, each of which has opened them. Otherwise it opens as before;
 * the one exception, a disk error after the exchange, says so in its sentence. */
enum status rotate_keys(struct rotation *r, struct err *err);

#endif
