/* dolen/base/text.h - UTF-8: steps, widths, cutting, taming, folding (utf8proc and wcwidth live here).
 *
 * Width is what the terminal library believes (wcwidth), measured in columns. A cluster is a base character with its
 * combining marks: never parted. */
#ifndef DOLEN_BASE_TEXT_H
#define DOLEN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"

/* Reads one code point from the n bytes at s. A bad byte gives U+FFFD and length 1. Returns bytes read, 0 at n == 0. */
size_t utf8_next(const char *s, size_t n, uint32_t *cp);
bool   utf8_valid(const char *s, size_t n);

/* Bytes of the cluster at s (NUL-terminated), its columns in *w (0, 1 or 2); 0 at the end. At most 5 code points:
 * further combining marks start a cluster of width 0 of their own. */
size_t text_cluster(const char *s, int *w);
/* Bytes of the cluster that ends just before s + at. */
size_t text_cluster_before(const char *s, size_t at);
int    text_width(const char *s);
/* Bytes of s that fit in cols columns; *used (may be NULL) gets the columns they take. */
size_t text_fit(const char *s, int cols, int *used);

/* Appends s with control characters (C0, DEL, C1), bidi controls, bad bytes and unprintables replaced by U+FFFD.
 * Newline is kept only when keep_newlines. Everything from people and files goes through here before a terminal. */
void text_tame(struct buf *out, const char *s, bool keep_newlines);

/* Appends a word-wrapped line list: calls line() for every screen line of at most cols columns. Honours '\n'. */
void text_wrap(const char *s, int cols, void (*line)(void *ctx, const char *start, size_t bytes), void *ctx);

/* The same; what goes on of an entry in a list ("- ", "12. ", "[ ] ", "! " at the beginning of a line, perhaps after blanks)
 * stands below its words: indent is the columns to leave free before that screen line. */
void text_wrap_hung(const char *s, int cols, void (*line)(void *ctx, int indent, const char *start, size_t bytes), void *ctx);

/* What stands between a label and its value: a colon, but nothing after a question. */
const char *text_colon(const char *label);

/* NFC, trimmed, inner runs of blanks made one. For anything typed into a one-line field. */
void text_clean(struct buf *out, const char *s);
/* NFC of the n bytes at s, made in the caller's memory alone (for secrets): the bytes stand at work afterwards,
 * *bytes of them. False, and nothing to read there, for what is not UTF-8 or needs more than the count numbers at
 * work. */
bool text_compose(const char *s, size_t n, int32_t *work, size_t count, size_t *bytes);
/* The search key: NFKD, marks dropped, casefolded, punctuation to blanks ("Ŵyn O'Brien" -> "wyn o brien"). */
void text_fold(struct buf *out, const char *s);
bool text_same_folded(const char *a, const char *b);          /* the same name, however it is written */
/* The sort key: folded, with the Welsh alphabet's letters ch dd ff ng ll ph rh th sorted as letters of their own. */
void text_sort_key(struct buf *out, const char *s);

/* True when s can stand in a text file or terminal as it is (text_tame would change nothing). */
bool text_is_tame(const char *s, bool keep_newlines);

/* For terminals that cannot show UTF-8: nearest ASCII, '?' where there is none. */
void text_to_ascii(struct buf *out, const char *s);

#endif
