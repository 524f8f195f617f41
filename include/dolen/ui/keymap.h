/* dolen/ui/keymap.h - actions are rows; the key map, key bar, help and manual are read from them.
 *
 * A keymap is built from one or more tables and, on top, the user's own file. Where a key is bound twice, the row for
 * particular contexts wins over the one for everywhere; two rows of the same kind in one context are a conflict. */
#ifndef DOLEN_UI_KEYMAP_H
#define DOLEN_UI_KEYMAP_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"
#include "dolen/ui/key.h"

/* Contexts: which views an action belongs to. A view may be in several (IN_PEOPLE | IN_LIST). */
enum where {
    IN_TODAY = 1 << 0, IN_PEOPLE = 1 << 1, IN_PERSON = 1 << 2, IN_REFERRALS = 1 << 3, IN_DIRECTORY = 1 << 4,
    IN_ASSET = 1 << 5, IN_GAPS = 1 << 6, IN_REPORTS = 1 << 7, IN_OUTBOX = 1 << 8, IN_DRILLS = 1 << 9,
    IN_SETTINGS = 1 << 10, IN_PAPER = 1 << 11, IN_FORM = 1 << 12, IN_PLAN = 1 << 13, IN_CONTACTS = 1 << 14,
    IN_MEASURES = 1 << 15, IN_CONSENT = 1 << 16, IN_CONCERNS = 1 << 17, IN_TALK = 1 << 18, IN_HISTORY = 1 << 19,
    IN_NOTES = 1 << 20, IN_BIN = 1 << 21, IN_PAPERWORK = 1 << 22, IN_SERIOUS = 1 << 23,
    IN_LIST = 1 << 24,                /* any view whose body is a list */
    IN_TEXT = 1 << 25,                /* any view that scrolls text */
    IN_DIALOG = 1 << 26, IN_HANDOVER = 1 << 27, IN_LOCK = 1 << 28,
    IN_CALL = 1 << 29,                /* one phone call */
    IN_SUPERVISION = 1 << 30,
    IN_REPLAY = INT_MIN               /* the last of the 32 bits; an enumerator is an int */
};
/* Every view but the bare ones (hand-over, lock, privacy): those get only rows that name them. */
#define IN_EVERYWHERE (~(unsigned) (IN_HANDOVER | IN_LOCK))

struct action {
    int         id;                   /* NAV_* or from ACTION_OWN on; 0 is none */
    const char *name;                 /* kebab-case: for ':' and the key file */
    const char *label;                /* N_(), short, for the key bar; NULL: never in the bar */
    const char *help;                 /* N_(), a sentence without a full stop */
    const char *keys;                 /* default keys, blanks between: "a F3"; "" none */
    unsigned    where;
    unsigned    flags;                /* for whoever dispatches the action; the kit does not look at it */
};

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

int            keymap_lookup(const struct keymap *km, const struct key *k, unsigned context);   /* 0: not bound */
const struct action *keymap_find(const struct keymap *km, const char *name);  /* for ':' */
size_t         keymap_count(const struct keymap *km);                         /* rows, in table order, nav first */
const struct action *keymap_at(const struct keymap *km, size_t i);
/* Its keys as people read them ("a, F3"); only those that reach it in the context. */
void           keymap_keys(const struct keymap *km, int id, unsigned context, struct buf *out);
bool           keymap_first_key(const struct keymap *km, int id, unsigned context, struct key *out);
/* The first that works while a caret stands in a text field: no printable one. */
bool           keymap_typing_key(const struct keymap *km, int id, unsigned context, struct key *out);
/* Each clash as a line "key: action-one, action-two". Returns how many. */
int            keymap_conflicts(const struct keymap *km, struct buf *out);

#endif
