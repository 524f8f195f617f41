/* dolen/ui/ways_in.h - the ways into the case file. The program above has the keys; the view shows what they are. */
#ifndef DOLEN_UI_WAYS_IN_H
#define DOLEN_UI_WAYS_IN_H

#include "dolen/ui/views.h"

struct way_row {
    int         number;                 /* as dolen keys list has it */
    const char *kind;                   /* N_() */
    char        label[64];              /* whose; may be empty */
    int64_t     added, tried;           /* UTC seconds; tried 0: never, or nobody asks (a passphrase) */
    bool        own;                    /* it opened the case file */
    bool        passphrase, recovery;
    bool        changes;                /* a passphrase that can be changed: one's own, or a forgotten one */
};

struct ways_in_host {
    void         *ctx;
    enum status (*load)(void *ctx, struct way_row **rows, size_t *n, struct err *err);    /* the view frees rows */
    unsigned    (*add)(void *ctx);                              /* a colleague's passphrase */
    unsigned    (*remove)(void *ctx, const struct way_row *row);
    unsigned    (*change)(void *ctx, const struct way_row *row);    /* of a row that changes */
    unsigned    (*test)(void *ctx);                             /* the recovery code, on a copy */
};
struct view *ways_in_view_new(struct ui *u, const struct ways_in_host *host);

#endif
