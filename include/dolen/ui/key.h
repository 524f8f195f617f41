/* dolen/ui/key.h - a key press and its name.
 *
 * Names: a printable character is itself ("a", "?", "ŵ"); others "Space" "Enter" "Esc" "Tab" "Shift-Tab" "Backspace"
 * "Delete" "Insert" "Home" "End" "PageUp" "PageDown" "Up" "Down" "Left" "Right" "Ctrl-Left" "Ctrl-Right" "F1"…"F12"
 * "Ctrl-A"…"Ctrl-Z" "Line-End" (pasted, never pressed). Key files use these English names in both languages; the key
 * bar shows translated ones. */
#ifndef DOLEN_UI_KEY_H
#define DOLEN_UI_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "dolen/base/buf.h"

/* Ctrl-A is 1 … Ctrl-Z is 26, except that Ctrl-H, Ctrl-I, Ctrl-J and Ctrl-M arrive as the keys below. */
#define K_CTRL(letter) ((letter) - 'A' + 1)

enum key_code {
    K_NONE  = 0,
    K_TEXT  = 100,                    /* printable: see text; a blank too ("Space") */
    K_ENTER, K_ESC, K_TAB, K_SHIFT_TAB, K_BACKSPACE, K_DELETE, K_INSERT, K_HOME, K_END, K_PAGE_UP, K_PAGE_DOWN,
    K_UP, K_DOWN, K_LEFT, K_RIGHT, K_CTRL_LEFT, K_CTRL_RIGHT, K_CTRL_HOME, K_CTRL_END,
    K_LINE,                           /* the end of a line inside pasted text: a new line, or a blank */
    K_F1    = 200                     /* … K_F1 + 11 */
};
#define K_F(n) (K_F1 + (n) - 1)

struct key {
    int  code;
    char text[8];                     /* one code point as UTF-8 when code is K_TEXT, else "" */
};

struct key key_of_text(const char *one_character);
struct key key_of_code(int code);
bool       key_eq(const struct key *a, const struct key *b);
bool       key_is_text(const struct key *k);            /* what a text field would take in */

/* Parses the n bytes of a name (n 0: all of it). false when it is no key's name; case does not matter for words. */
bool key_parse(const char *name, size_t n, struct key *out);
void key_write(struct buf *out, const struct key *k);   /* the English name, as in key files */
void key_label(struct buf *out, const struct key *k);   /* as shown to people, translated */

#endif
