/* dolen/base/lang.h - the two languages. Strings in code go through gettext; texts in YAML come as {en, cy} pairs.
 *
 * The language can change while the program runs (F9), so nothing keeps a translated pointer across a key press. */
#ifndef DOLEN_BASE_LANG_H
#define DOLEN_BASE_LANG_H

#include <stdbool.h>

enum lang { LANG_EN, LANG_CY, LANG_COUNT };

/* A text in both languages; either may be NULL (lint decides whether it may). */
struct text2 {
    char *t[LANG_COUNT];
};

void        lang_start(void);                       /* setlocale, text domain; language from LANGUAGE, LC_*, LANG */
void        lang_set(enum lang l);
enum lang   lang_now(void);
const char *lang_code(enum lang l);                 /* "en", "cy" */
bool        lang_parse(const char *s, enum lang *out);
bool        lang_terminal_is_utf8(void);
/* The text in l, else in the other language with no mark, else "". */
const char *text2_in(const struct text2 *t, enum lang l);
const char *text2_now(const struct text2 *t);
bool        text2_has(const struct text2 *t, enum lang l);
void        text2_release(struct text2 *t);

/* Translated in the current language, and in a named one (for letters, for both-language screens). */
const char *tr(const char *msgid) __attribute__((format_arg(1)));
const char *tr_in(enum lang l, const char *msgid) __attribute__((format_arg(2)));
const char *tr_n(const char *one, const char *many, unsigned long n) __attribute__((format_arg(1), format_arg(2)));
#define _(s)  tr(s)
#define N_(s) (s)
#define NP_(one, many) one, many                    /* a pair in a table, given to tr_n later (xgettext: NP_:1,2) */

#endif
