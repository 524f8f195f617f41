/* term_priv.h - the inside of a terminal, for term.c and canvas_curses.c. Does not show curses. */
#ifndef UI_TERM_PRIV_H
#define UI_TERM_PRIV_H

#include <signal.h>
#include <stdint.h>
#include <termios.h>

#include "dolen/ui/term.h"
#include "paste.h"

#define CODE_OPENING 4                  /* bytes of the longest UTF-8 sequence */

struct term {
    enum glyph_set glyphs;
    enum scheme    scheme;
    bool           utf8;
    int            rows, cols;

    struct canvas *shown;               /* what the last flush left on the screen */
    bool           all;                 /* nothing is known about the screen: paint everything */
    struct buf     ascii;

    int            timer, signals, idle_fd;
    int            watched[WATCH_COUNT];/* -1: none */
    sigset_t       mask_before, mask_waiting;
    int64_t        due;                 /* on the boot clock, ms; -1 when not armed */
    int64_t        slept;               /* ms asleep since boot, when last looked */

    char           part[CODE_OPENING];  /* a UTF-8 sequence still arriving */
    unsigned       part_bytes;
    struct paste   paste;
    int            with_ctrl[4];    /* curses key codes in the order of with_ctrl[]; 0 when the terminal has none */
    struct input   ahead;
    bool           has_ahead;
};

void curses_colours(struct term *t);    /* canvas_curses.c: pairs and attributes of every style */

#endif
