/* dolen/ui/keymap.h - actions are rows; the key map, key bar, help and manual are read from them.
 *
 * A keymap is built from one or more tables and, on top, the user's own file. Where a key is bound twice, the row for
 * particular contexts wins over the one for everywhere; two rows of the same kind in one context are a conflict. */
#ifndef DOLEN_UI_KEYMAP_H
#define DOLEN_UI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"
#include "dolen/ui/key.h"

/* Contexts: which views an action belongs to. A view may be in several (IN_PEOPLE | IN_LIST). */
#define IN_TODAY         (UINT64_C(1) << 0)
#define IN_PEOPLE        (UINT64_C(1) << 1)
#define IN_PERSON        (UINT64_C(1) << 2)
#define IN_REFERRALS     (UINT64_C(1) << 3)
#define IN_DIRECTORY     (UINT64_C(1) << 4)
#define IN_ASSET         (UINT64_C(1) << 5)
#define IN_GAPS          (UINT64_C(1) << 6)
#define IN_REPORTS       (UINT64_C(1) << 7)
#define IN_OUTBOX        (UINT64_C(1) << 8)
#define IN_DRILLS        (UINT64_C(1) << 9)
#define IN_SETTINGS      (UINT64_C(1) << 10)
#define IN_PAPER         (UINT64_C(1) << 11)
#define IN_FORM          (UINT64_C(1) << 12)
#define IN_PLAN          (UINT64_C(1) << 13)
#define IN_CONTACTS      (UINT64_C(1) << 14)
#define IN_MEASURES      (UINT64_C(1) << 15)
#define IN_CONSENT       (UINT64_C(1) << 16)
#define IN_CONCERNS      (UINT64_C(1) << 17)
#define IN_TALK          (UINT64_C(1) << 18)
#define IN_NOTES         (UINT64_C(1) << 20)
#define IN_BIN           (UINT64_C(1) << 21)
#define IN_PAPERWORK     (UINT64_C(1) << 22)
#define IN_SERIOUS       (UINT64_C(1) << 23)
#define IN_LIST          (UINT64_C(1) << 24)  /* any view whose body is a list */
#define IN_TEXT          (UINT64_C(1) << 25)  /* any view that scrolls text */
#define IN_DIALOG        (UINT64_C(1) << 26)
#define IN_HANDOVER      (UINT64_C(1) << 27)
#define IN_LOCK          (UINT64_C(1) << 28)
#define IN_CALL          (UINT64_C(1) << 29)  /* one phone call */
#define IN_SUPERVISION   (UINT64_C(1) << 30)
#define IN_REPLAY        (UINT64_C(1) << 31)
#define IN_CASELOAD      (UINT64_C(1) << 32)
#define IN_AS_OF         (UINT64_C(1) << 33)  /* a person as on an earlier day */
/* Every view but the bare ones (hand-over, lock, privacy): those get only rows that name them. */
#define IN_EVERYWHERE (~(IN_HANDOVER | IN_LOCK))

struct action {
    int         id;                   /* NAV_* or from ACTION_OWN on; 0 is none */
    const char *name;                 /* kebab-case: for ':' and the key file */
    const char *label;                /* N_(), short, for the key bar; NULL: never in the bar */
    const char *help;                 /* N_(), a sentence without a full stop */
    const char *keys;                 /* default keys, blanks between: "a F3"; "" none */
    uint64_t    where;                /* IN_* bits */
    unsigned    flags;                /* NEEDS_* */
};

/* Does nothing in a list without something under the cursor: the key bar leaves it out there. */
#define NEEDS_ROW 1u

/* Moves that the kit's widgets understand. */
enum nav {
    NAV_UP = 1, NAV_DOWN, NAV_LEFT, NAV_RIGHT, NAV_PAGE_UP, NAV_PAGE_DOWN, NAV_FIRST, NAV_LAST, NAV_NEXT_FIELD,
    NAV_PREV_FIELD, NAV_OPEN, NAV_BACK, NAV_MARK, NAV_HELP, NAV_REDRAW,
    ACTION_OWN = 100                  /* the program's own actions start here */
};
/* arrows and hjkl, PageUp/PageDown, g G Home End, Tab, Enter, Esc q, Space, ? F1, Ctrl-L */
extern const struct action nav_actions[];
extern const size_t        nav_actions_count;

struct keymap;

struct keymap *keymap_new(void);                                   /* holds nav_actions */
void           keymap_free(struct keymap **kp);
void           keymap_add(struct keymap *km, const struct action *table, size_t count);   /* the table must last */

/* The user's file, lines `action key key…` (# starts a comment): those keys replace the action's own and are taken from
 * rows that had them in the same contexts. `action none` unbinds. Each bad line adds "keys:3: …" and a newline to
 * complaints and is passed over. Returns how many were bad. */
int            keymap_read(struct keymap *km, const char *text, struct buf *complaints);
/* $XDG_CONFIG_HOME/dolen/keys; no file is fine. */
enum status    keymap_read_user(struct keymap *km, struct buf *complaints, struct err *err);

int            keymap_lookup(const struct keymap *km, const struct key *k, uint64_t context);   /* 0: not bound */
const struct action *keymap_find(const struct keymap *km, const char *name);  /* for ':' */
size_t         keymap_count(const struct keymap *km);                         /* rows, in table order, nav first */
const struct action *keymap_at(const struct keymap *km, size_t i);
/* Its keys as people read them ("a, F3"); only those that reach it in the context. */
void           keymap_keys(const struct keymap *km, int id, uint64_t context, struct buf *out);
bool           keymap_first_key(const struct keymap *km, int id, uint64_t context, struct key *out);
/* The first that works while a caret stands in a text field: no printable one. */
bool           keymap_typing_key(const struct keymap *km, int id, uint64_t context, struct key *out);
/* For tests, which let no key have two meanings: each clash as a line "key: action-one, action-two". Returns how
 * many. */
int            keymap_conflicts(const struct keymap *km, struct buf *out);

#endif
