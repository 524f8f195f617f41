/* dolen/base/lang.h - the two languages. Strings in code go through gettext; texts in YAML come as {en, cy} pairs.
 *
 * The language can change while the program runs (F9), so nothing keeps a translated pointer across a key press. */
#ifndef DOLEN_BASE_LANG_H
#define DOLEN_BASE_LANG_H

#include <stdbool.h>

#include "dolen/base/buf.h"

enum lang { LANG_EN, LANG_CY, LANG_COUNT };

/* A text in both languages; either may be NULL (lint decides whether it may). */
struct text2 {
    char *t[LANG_COUNT];
};

void        lang_start(void);                       /* setlocale, text domain; language from LANGUAGE, LC_*, LANG */
void        lang_set(enum lang l);                  /* for the whole program */
enum lang   lang_now(void);
const char *lang_code(enum lang l);                 /* "en", "cy" */
bool        lang_parse(const char *s, enum lang *out);
bool        lang_terminal_is_utf8(void);
/* The text in l, else in the other language with no mark, else "". */
const char *text2_in(const struct text2 *t, enum lang l);
const char *text2_now(const struct text2 *t);
bool        text2_has(const struct text2 *t, enum lang l);
void        text2_release(struct text2 *t);         /* wiped: it may quote the case file */
void        text2_replace(struct text2 *t, struct text2 take);
void        text2_append(struct text2 *t, struct text2 take);

/* What stays on the screen (a question, a choice, a message) is made in both languages at once, and F9 shows the other:
 *     screen_confirm(s, TEXT2(_("Start \"%s\"?"), text2_now(&drill->title)), …)
 * The format and its arguments are evaluated twice, once in each language: they have no side effects, and words among
 * them are looked up in the call, not before it. The caller, or who takes it, releases the pair. */
#define TEXT2(...)                                                        \
    ((struct text2) { { (lang_turn(LANG_EN), lang_turned(__VA_ARGS__)),   \
                        (lang_turn(LANG_CY), lang_turned(__VA_ARGS__)) } })

/* The same of what a call appends to b, a struct buf that is empty before and after:
 *     struct buf b = BUF_INIT;
 *     screen_confirm(s, TEXT2_FROM(b, safe_rule_text(u, &person, &b)), …) */
#define TEXT2_FROM(b, call)                                               \
    ((struct text2) { { (lang_turn(LANG_EN), (call), lang_taken(&(b))),   \
                        (lang_turn(LANG_CY), (call), lang_taken(&(b))) } })

/* A turn: this thread, and it alone, speaks l until lang_turned or lang_taken ends it. Turns nest;
 * errno stays. */
void  lang_turn(enum lang l);
char *lang_turned(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *lang_taken(struct buf *b);

/* Translated in the current language, and in a named one (for letters, for both-language screens). */
const char *tr(const char *msgid) __attribute__((format_arg(1)));
const char *tr_in(enum lang l, const char *msgid) __attribute__((format_arg(2)));
const char *tr_n(const char *one, const char *many, unsigned long n) __attribute__((format_arg(1), format_arg(2)));
#define _(s)  tr(s)
#define N_(s) (s)
#define NP_(one, many) one, many                    /* a pair in a table, given to tr_n later (xgettext: NP_:1,2) */

#endif
