/* dolen/ui/react.h - what handling a key or an action came to: what is stale now. Handlers never draw. */
#ifndef DOLEN_UI_REACT_H
#define DOLEN_UI_REACT_H

enum react {
    REACT_NONE   = 0,
    REACT_DRAW   = 1 << 0,
    REACT_RELOAD = 1 << 1 | REACT_DRAW,
    REACT_LAYOUT = 1 << 2 | REACT_DRAW,
    REACT_BACK   = 1 << 3 | REACT_DRAW,      /* leave this view */
    REACT_QUIT   = 1 << 4,
    REACT_PASS   = 1 << 5                    /* not mine: let the next one have it */
};

#endif
