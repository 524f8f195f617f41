/* dolen/ui/screen.h - the stack of views and everything round the body: title, banner, message line, key bar.
 *
 *   row 0           title, person banner, training mark
 *   rows 1 … n-3    body of the top view (n-1 rows of title, message and keys away)
 *   row n-2         message, kept until the next key
 *   row n-1         key bar, from the action table
 *
 * The layout is a function of rows and columns alone. Dialogs are views: nothing here waits for a key. */
#ifndef DOLEN_UI_SCREEN_H
#define DOLEN_UI_SCREEN_H

#include <stdbool.h>

#include "dolen/base/lang.h"
#include "dolen/ui/view.h"

#define SCREEN_MIN_ROWS 12
#define SCREEN_MIN_COLS 40

struct screen;
struct choice;

struct screen *screen_new(const struct keymap *km);
void           screen_free(struct screen **sp);                 /* closes the views, top first */

void           screen_push(struct screen *s, struct view *take);
void           screen_pop(struct screen *s);                    /* closes the top; the last one stays */
void           screen_pop_all(struct screen *s);                /* down to nothing (locking) */
struct view   *screen_top(const struct screen *s);              /* NULL when empty */
struct view   *screen_below(const struct screen *s, const struct view *v);
int            screen_depth(const struct screen *s);
struct focus   screen_focus(const struct screen *s);            /* of the topmost view that has one */
/* Whose record is open there; ID_NONE where the cursor only stands on somebody's row of a list. */
struct id      screen_open_person(const struct screen *s);
uint64_t       screen_context(const struct screen *s);
const struct keymap *screen_keymap(const struct screen *s);

/* One line, shown until the next key. style says how it is meant: STYLE_GOOD, STYLE_WARN, STYLE_ERROR (mark
 * included). */
#define screen_message(s, style, ...) screen_say((s), (style), TEXT2(__VA_ARGS__))
void screen_say(struct screen *s, enum style style, struct text2 take);
const char *screen_message_text(const struct screen *s);        /* "" when none */
/* A hint for beginners on the message line, while there is no message and no panel; "" none. Left out where the
 * screen has no row to spare. */
void screen_set_tip(struct screen *s, struct text2 take);
void screen_set_training(struct screen *s, bool on);            /* the word TRAINING on every screen */
/* A short standing note at the right of the message line (lock timer, receipt age); "" none. */
void screen_set_note(struct screen *s, struct text2 take);

/* A key goes to the top view or to the key map. Returns an action id for the caller to carry out (its own, or by
 * screen_act), or 0 when the view took the key itself; *react gets what became stale.
 * While a caret stands in a text field the view sees every key first: it takes printable ones as text, and what it
 * passes on (a mark where only letters are looked for) is looked up. After Ctrl-O the next key is looked up as an
 * action. */
int      screen_key(struct screen *s, const struct key *k, unsigned *react);
/* Pasted text, a character or a K_LINE at a time: written where a caret stands, else said to have no place here. It is
 * never looked up as an action. */
void     screen_paste(struct screen *s, const struct key *k, unsigned *react);
bool     screen_takes_paste(const struct screen *s);
/* Hands the action to the top view. NAV_BACK that the view passes on, and REACT_BACK, pop it; REACT_PASS comes back to
 * the caller when nobody wanted it. */
unsigned screen_act(struct screen *s, int action);

void     screen_changed(struct screen *s, unsigned changed);    /* CHANGED_* bits; ~0u everything (language too) */
/* Loads what is stale and shows: the top view and what stays visible below a panel. On failure the sentence becomes
 * the message. */
enum status screen_load(struct screen *s, struct err *err);
void     screen_draw(struct screen *s, struct canvas *c);

/* --- questions: views that give their answer to a function and are gone --- */

/* The panel is gone before done is called; done returns REACT_* bits (REACT_BACK: leave the view that asked). */
void screen_confirm(struct screen *s, struct text2 take, unsigned (*done)(void *ctx, bool yes), void *ctx);
/* The same, and the key of the action that asked, pressed once more, is a yes. */
void screen_confirm_again(struct screen *s, struct text2 take, int action, unsigned (*done)(void *ctx, bool yes),
                          void *ctx);

enum ask_flag { ASK_MASKED = 1 };
struct ask {
    struct text2 prompt;                                        /* taken */
    const char *initial;                                        /* NULL: empty */
    size_t      max_bytes;                                      /* 0: 400 */
    unsigned    flags;
    unsigned  (*changed)(void *ctx, const char *text);          /* NULL, or after each edit: live filter */
    unsigned  (*done)(void *ctx, const char *text);             /* NULL text: Esc */
    void       *ctx;
};
void screen_ask(struct screen *s, const struct ask *a);

/* One of several, with number keys and type-ahead; index -1: Esc. The caller adds what there is to choose from. */
struct choice *screen_choose(struct screen *s, struct text2 take, unsigned (*done)(void *ctx, int index), void *ctx);

#endif
