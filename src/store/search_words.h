/* search_words.h - what filing words and asking for them share. */
#ifndef DOLEN_STORE_SEARCH_WORDS_H
#define DOLEN_STORE_SEARCH_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/status.h"
#include "dolen/store/tables.h"

#define NOTE_SOURCES    9
#define REBUILD_ENTRIES 100000          /* sorted and written together: bounds the memory of a rebuild */
#define REBUILD_BYTES   (8u << 20)

/* One word or turned phrase of the person with row number n; at: its place in bytes. */
struct entry {
    size_t  at;
    int64_t n;
};

struct entries {
    struct entry *items;
    size_t        count, cap;
    struct buf    bytes;
};

/* "029 2018 0123" -> "#32108102920" */
void search_phone_key(struct buf *out, const char *phone);
/* The table a note's number stands for; T_COUNT for none. */
enum table_id search_note_table(int64_t n);

/* --- one question ----------------------------------------------------------------------------------------------- */

#define SEARCH_WORDS_MAX 6

struct search {
    struct store *s;
    struct err   *err;
    struct buf    joined;               /* folded, blanks taken out */
    char         *words[SEARCH_WORDS_MAX];
    int           word_count;
    int64_t      *found;                /* row numbers of people, exact ones first */
    int           count, limit, exact;
};

static inline bool search_is_full(const struct search *x)
{
    return x->count >= x->limit;
}

/* How far a range goes from a word on. 0xff is in no UTF-8 text; "!" leaves the word itself, or it and a blank. */
#define CLOSE_PREFIX "\xff"
#define CLOSE_WORD   "!"

/* The first entry at or after word: in *text (emptied when there is none). */
enum status search_entry_after(struct search *x, const char *word, struct buf *text);
/* The words as a phrase, each of them first once: everybody filed under one. */
enum status search_turns_add(struct search *x, const char *close);
/* Everybody found by forgiving one slip in the which-th word. */
enum status search_slips_add(struct search *x, int which);

#endif
