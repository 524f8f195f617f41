/* dolen/ui/view.h - a view: rows or fields on the body of the screen, as a const table of functions.
 *
 * Write `struct people { struct view view; … };` (view first), fill view.ops, hand it to screen_push. Views read the
 * store and draw; what writes is an action of the program, above this layer. Handlers say what became stale; they
 * never draw. */
#ifndef DOLEN_UI_VIEW_H
#define DOLEN_UI_VIEW_H

#include <stdbool.h>

#include "dolen/base/buf.h"
#include "dolen/base/id.h"
#include "dolen/base/status.h"
#include "dolen/ui/canvas.h"
#include "dolen/ui/key.h"
#include "dolen/ui/keymap.h"
#include "dolen/ui/react.h"

struct screen;
struct view;

/* What the cursor stands on, so that an action knows its subject without asking the view's kind. */
struct focus {
    struct id   person, episode, subject;
    int         kind;                        /* enum focus_kind (views.h); 0 nothing */
    int64_t     change;                      /* a row of the history: its number; -1 written elsewhere; 0 none */
    const char *form, *stage, *question;     /* FOCUS_FORM, FOCUS_VALUE; NULL otherwise */
};

enum view_flag {
    VIEW_BARE      = 1 << 0,                 /* no title, no banner, no key bar (hand-over, lock, privacy) */
    VIEW_PANEL     = 1 << 1,                 /* takes the bottom rows of the body; the view below stays above it */
    VIEW_OWN_BAR   = 1 << 2,                 /* the key bar has the view's own keys alone */
    VIEW_SECRET    = 1 << 3                  /* asks for a passphrase or a recovery code: its keys are kept nowhere */
};

struct view_ops {
    const char *name;                        /* kebab-case, untranslated; for tests and the key file */
    uint64_t    context;                     /* IN_* bits */
    unsigned    stale_on;                    /* CHANGED_* bits of the store that outdate what was loaded */
    unsigned    flags;                       /* VIEW_* */
    const int  *bar;                         /* action ids wanted in the key bar, 0-ended; NULL: by table order */

    /* Each slot may be NULL, draw excepted. */
    enum status (*load)(struct view *v, struct err *err);       /* store -> rows; called before a draw when stale */
    void        (*draw)(struct view *v, struct area body);      /* rows -> cells; must call area_cursor */
    unsigned    (*key)(struct view *v, const struct key *k);  /* text entry and unbound keys -> REACT_* or REACT_PASS */
    unsigned    (*act)(struct view *v, int action);             /* -> REACT_* or REACT_PASS */
    struct focus (*focus)(struct view *v);
    void        (*title)(struct view *v, struct buf *out);      /* where one is: "People (214)" */
    void        (*banner)(struct view *v, struct buf *out);     /* whose: only a view about one person has it */
    bool        (*editing)(struct view *v);                     /* a caret stands in a text field */
    bool        (*pasting)(struct view *v);                     /* pasted text may be written; NULL: as editing */
    /* No caret, but an answer is wanted here: the letter k that would be this action is one typed by mistake, or the
     * first of a word. Says so, or takes it. */
    bool        (*stray)(struct view *v, int action, const struct key *k);
    bool        (*idle)(struct view *v, int action);            /* does nothing here now: not in the key bar */
    /* The key bar's word for an action where the cursor is now, when it does more than its row says; NULL: that one. */
    const char *(*bar_word)(struct view *v, int action);
    int         (*height)(struct view *v, int cols);            /* VIEW_PANEL: rows wanted */
    void        (*place)(struct view *v, struct buf *out);      /* what shows it again after a lock, besides its name */
    void        (*close)(struct view *v);                       /* releases what v owns, and v itself */
};

struct view {
    const struct view_ops *ops;
    struct screen         *screen;           /* set by screen_push */
    bool                   stale;            /* set by screen_push and screen_changed */
};

#endif
