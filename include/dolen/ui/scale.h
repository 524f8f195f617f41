/* dolen/ui/scale.h - a whole number on a scale (0-10): digits, arrows, Home, End; Backspace takes the answer away.
 * A value: no memory behind it. */
#ifndef DOLEN_UI_SCALE_H
#define DOLEN_UI_SCALE_H

#include <stdbool.h>

#include "dolen/ui/canvas.h"
#include "dolen/ui/edit.h"
#include "dolen/ui/key.h"

struct scale {
    int  from, to, value;
    bool set;                         /* false: not answered (never drawn as 0) */
    int  typed;                       /* digits so far: "1" then "0" is 10; 0 at rest */
};

struct scale scale_make(int from, int to);
void         scale_set(struct scale *s, int value);
enum edited  scale_key(struct scale *s, const struct key *k);
/* One row of numbers, the chosen one marked [7]; a second row with the labels of both ends when there is room. */
int          scale_rows(const char *from_label, const char *to_label);
void scale_draw(const struct scale *s, struct area a, const char *from_label, const char *to_label, bool focused);

#endif
