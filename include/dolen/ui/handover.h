/* dolen/ui/handover.h - hand-over mode: one form for the person themself, one question at a time, few words widely
 * spaced, Welsh or English, and nothing else. No key leads out of it but the passphrase (Ctrl-P) and the lock. */
#ifndef DOLEN_UI_HANDOVER_H
#define DOLEN_UI_HANDOVER_H

#include "dolen/ui/views.h"

/* What is typed at the gate never passes through the view: the host keeps it in guarded memory. */
struct handover_host {
    void     *ctx;
    unsigned (*save)(void *ctx);                    /* an answer was given: keep the draft, session_mark_clean */
    unsigned (*finish)(void *ctx);              /* the last question was left; REACT_PASS: it could not be kept, stay */
    /* at the gate: a character; NULL the last one goes, "" all of them */
    void     (*typed)(void *ctx, const char *text);
    bool     (*has_typed)(void *ctx);
    bool     (*open)(void *ctx, struct err *err);   /* is it the passphrase? else why not */
    unsigned (*leave)(void *ctx);                   /* it was: carry on; the view takes itself away */
    unsigned (*lock)(void *ctx);
    void     (*release)(void *ctx);
};

/* session stays the host's. */
struct view *handover_view_new(struct ui *u, struct session *session, const struct handover_host *host,
                               struct id person);
/* As form_view_flush; v must be a hand-over view. */
unsigned     handover_view_flush(struct view *v);

#endif
