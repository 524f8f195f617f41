/* screen_priv.h - the inside of a screen, for screen*.c. */
#ifndef UI_SCREEN_PRIV_H
#define UI_SCREEN_PRIV_H

#include "dolen/ui/screen.h"

#define MESSAGE_MAX 700
#define NOTE_MAX    80
#define TIP_MAX     200

struct views {
    struct view **items;
    size_t        count, cap;
};

struct screen {
    const struct keymap *km;
    struct views         stack;
    struct views         gone;            /* popped, perhaps from inside their own handler: closed at the next chance */
    char                 message[MESSAGE_MAX];
    enum style           message_style;
    char                 note[NOTE_MAX];
    char                 tip[TIP_MAX];    /* stands on the message line while no message does */
    bool                 training;
    bool                 prefix;          /* Ctrl-O was pressed: the next key is an action */
    struct buf           text;            /* titles and banners: kept between frames */
};

bool     screen_is_typing(const struct screen *s);
/* Takes v out of the stack, wherever it stands. */
void     screen_remove(struct screen *s, struct view *v);

#endif
