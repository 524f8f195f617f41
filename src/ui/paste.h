/* paste.h - what a terminal hands over at once instead of key by key (bracketed paste), as keys that only write. */
#ifndef UI_PASTE_H
#define UI_PASTE_H

#include <stdbool.h>

#include "dolen/ui/key.h"

/* What is asked of the terminal: pasted text stands between ESC [ 200 ~ and ESC [ 201 ~. Xterm's invention; a terminal
 * that does not know it passes it over, and pastes as if typed. */
#define PASTE_MARKS_ON  "\033[?2004h"
#define PASTE_MARKS_OFF "\033[?2004l"
#define PASTE_BEGINS    200
#define PASTE_ENDS      201

struct paste {
    bool       on;                      /* between the two marks */
    bool       after_return;            /* the line feed that follows is the same line end */
    int        lines;                   /* line ends not handed on yet: the last ones of a text never are */
    struct key held;                    /* text that waits behind them; K_NONE: none */
};

void paste_begin(struct paste *p);
void paste_end(struct paste *p);
/* A character of the text, already whole. false: nothing of it is handed on (a soft hyphen, a mark of byte order). */
bool paste_text(struct paste *p, const struct key *k, struct key *out);
/* A control character or a key's code: line ends are remembered, a tab is a blank, all others are nothing. */
bool paste_control(struct paste *p, int c, struct key *out);
/* What waits is handed on first. */
bool paste_held(struct paste *p, struct key *out);

#endif
