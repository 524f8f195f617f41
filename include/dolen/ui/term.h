/* dolen/ui/term.h - the terminal: the only place that blocks, and the only one that writes to the screen.
 *
 * One at a time. Signals SIGHUP, SIGTERM, SIGINT, SIGTSTP, SIGCONT are blocked and read in term_wait; resizing is
 * ncurses' own. Between a flush and the next input nothing wakes the process. */
#ifndef DOLEN_UI_TERM_H
#define DOLEN_UI_TERM_H

#include <stdbool.h>

#include "dolen/base/status.h"
#include "dolen/ui/canvas.h"
#include "dolen/ui/key.h"

struct term;

struct term_options {
    bool ascii;                       /* ASCII glyphs even where UTF-8 would work */
    bool mono;                        /* no colour, whatever the terminal can */
};

/* ST_REFUSED when input or output is no terminal or TERM is not known. Sets die_hook and an exit handler. */
enum status term_start(struct term **out, const struct term_options *o, struct err *err);
void        term_stop(struct term **tp);                  /* gives the terminal back; NULL is fine */
void        term_size(const struct term *t, int *rows, int *cols);
enum glyph_set term_glyphs(const struct term *t);         /* what the canvas should use */

/* Shows the canvas: only cells that differ from the last flush are touched, the cursor is placed last. */
void        term_flush(struct term *t, const struct canvas *c);
void        term_redraw(struct term *t);                  /* Ctrl-L: the next flush repaints everything */

enum input_kind {
    INPUT_KEY,
    INPUT_PASTED,                     /* key is text, or a K_LINE, that was pasted: it may only be written */
    INPUT_RESIZE,                     /* term_size is already new */
    INPUT_DEADLINE,                   /* the time given to term_deadline is over */
    INPUT_RESUME,                     /* the machine slept, or the process was stopped and goes on */
    INPUT_WATCH,                      /* the descriptor of term_watch can be read */
    INPUT_SUSPEND,                    /* asked to stop (SIGTSTP): lock, start anew, then term_stop_job */
    INPUT_HANGUP                      /* SIGHUP, SIGTERM, SIGINT, or the terminal is gone */
};
struct input {
    enum input_kind kind;
    struct key      key;
};

/* Arms the one timer, milliseconds from now; < 0 disarms. It counts time asleep, and fires once. Arm it after a key. */
void        term_deadline(struct term *t, long ms);
/* Something else to wait for beside keys (a sending, a batch in the making, the time of the next try); -1: no more.
 * Keys come first. */
enum term_watch { WATCH_ROAD, WATCH_MAKING, WATCH_HOST, WATCH_LATER, WATCH_COUNT };
void        term_watch(struct term *t, enum term_watch which, int fd);
/* Blocks until there is something. Tests read one byte from DOLEN_TEST_IDLE_FD each time it is about to block. */
void        term_wait(struct term *t, struct input *out);
/* Takes keys away, shown to seen() alone, until none has come for that long: a hand that fell on the keyboard. */
void        term_swallow(struct term *t, int ms, void (*seen)(void *ctx, const struct key *k), void *ctx);
bool        term_key_waiting(struct term *t);             /* typed ahead: a redraw may be put off */

/* Stops the job as Ctrl-Z does and comes back when it is continued; without a terminal in use. No effect where nobody
 * could continue it. */
void        term_stop_job(void);
/* Clears screen and scrollback: nothing of a case file may be scrolled back to. */
void        term_clear_scrollback(struct term *t);

#endif
