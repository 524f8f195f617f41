/* screen_priv.h - the inside of a screen, for screen*.c. */
#ifndef UI_SCREEN_PRIV_H
#define UI_SCREEN_PRIV_H

#include "dolen/base/lang.h"
#include "dolen/ui/screen.h"


struct views {
    struct view **items;
    size_t        count, cap;
};

struct screen {
    const struct keymap *km;
    struct views         stack;
    struct views         gone;            /* popped, perhaps from inside their own handler: closed at the next chance */
    struct text2         message;         /* in both languages, like all that stands while the language changes */
    enum style           message_style;
    struct text2         note;
    struct text2         tip;             /* stands on the message line while no message does */
    bool                 training;
    bool                 prefix;          /* Ctrl-O was pressed: the next key is an action */
    bool                 unbound;         /* the last key did nothing */
    struct buf           text;            /* titles and banners: kept between frames */
};

/* Takes v out of the stack, wherever it stands. */
void     screen_remove(struct screen *s, struct view *v);
bool     screen_is_typing(const struct screen *s);

#endif
