/* dolen/base/said.h - what a person has been told, kept so that it can be said again in the other language.
 *
 * F9 changes the language while a question, a list of choices or a sentence stands on the screen. What stays there is
 * not kept as the words of one language, but in both: said_keep. While this is on, tr, tr_n, text2_now, err_set and
 * date_show note what they gave, with the message id and the arguments. Words of the catalogue and of YAML are known
 * again by their place, so pass them on as they came; sentences made here by what they say. Words that nobody gave (a
 * name, a note) are the same in both. */
#ifndef DOLEN_BASE_SAID_H
#define DOLEN_BASE_SAID_H

#include <stdarg.h>

#include "dolen/base/buf.h"
#include "dolen/base/lang.h"

void said_start(void);                              /* a screen is there: from now on it is noted what is given */

/* The text in both languages, as text2_now will say it. out is emptied first; the caller releases it. Only where the
 * screen is drawn: the language changes and changes back meanwhile. */
void said_keep(struct text2 *out, const char *text);
/* The same for a sentence that is made here; fmt as _() gave it. */
void said_keepf(struct text2 *out, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

/* Appends, and notes the whole of b: for a question that is put together before it is asked. */
void said_add(struct buf *b, const char *text);
void said_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Noting: whole was made of fmt (as _() gave it) and its arguments. Conversions: s c d i u x and %%. */
void said_as(const char *whole, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void said_vas(const char *whole, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/* For lang.c: what tr, tr_n and text2_in gave. many NULL: no plural. */
void said_message(const char *given, const char *one, const char *many, unsigned long n);
void said_text2(const struct text2 *t);

#endif
