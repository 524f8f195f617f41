/* edit_text.h - the text behind the editors: bytes, a caret between clusters, and the keys both editors share. */
#ifndef UI_EDIT_TEXT_H
#define UI_EDIT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/ui/edit.h"
#include "dolen/ui/key.h"

struct edit {
    char  *s;                           /* always NUL-terminated */
    size_t len, cap, max, at;           /* at: the caret, a byte offset on a cluster's edge */
};

void        edit_start(struct edit *e, size_t max);
void        edit_release(struct edit *e);               /* wiped */
void        edit_set(struct edit *e, const char *text);
bool        edit_insert(struct edit *e, const char *text);     /* false: no room, nothing inserted */
enum edited edit_key(struct edit *e, const struct key *k);

#endif
