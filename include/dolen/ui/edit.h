/* dolen/ui/edit.h - what a key did in an editor or picker. */
#ifndef DOLEN_UI_EDIT_H
#define DOLEN_UI_EDIT_H

enum edited {
    EDIT_PASS,                        /* not an editing key: Enter, Esc, Tab, F-keys … */
    EDIT_NOTHING,                     /* taken, nothing to show (Left at the start) */
    EDIT_MOVED,                       /* caret or focus moved: draw */
    EDIT_CHANGED,                     /* the value changed: draw, autosave */
    EDIT_FULL,                        /* refused: no room; say so */
    EDIT_MISSED,                      /* picker: nothing has the word that was typed; say so */
    EDIT_DONE                         /* picker: picked and finished (number key, Enter) */
};

#endif
