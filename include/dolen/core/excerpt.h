/* dolen/core/excerpt.h - words taken out of a note, and where they stand once the note was written on. Pure.
 *
 * Places are kept in characters (code points) from the start, so that they mean the same whatever encoding a reader
 * uses; what is handed to an editor is in bytes. */
#ifndef DOLEN_CORE_EXCERPT_H
#define DOLEN_CORE_EXCERPT_H

#include <stdbool.h>
#include <stddef.h>

/* Where words stand in text now: at start characters if they still do, else at the nearest other place. False when
 * they were taken out or written over; *at is then as near as the text goes. */
bool   excerpt_find(const char *text, const char *words, size_t start, size_t *at);
size_t excerpt_chars(const char *text, size_t bytes);           /* characters in the first bytes of text */
size_t excerpt_bytes(const char *text, size_t chars);           /* bytes of the first chars characters, at most all */

/* The words around a place: from its first letter, the bytes until after its last. Beside a blank it is the word
 * before. */
size_t excerpt_word_start(const char *text, size_t at);
size_t excerpt_word_end(const char *text, size_t at);
/* The sentence that a place lies in: it ends at . ! ? … before a blank, and with its line. */
size_t excerpt_sentence_start(const char *text, size_t at);
size_t excerpt_sentence_end(const char *text, size_t at);
/* The next sentence from byte *at on: its length in bytes, *at its start; 0 when there is none. */
size_t excerpt_sentence_next(const char *text, size_t *at);

#endif
