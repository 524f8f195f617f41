/* search_words.h - what filing words and asking for them share. */
#ifndef DOLEN_STORE_SEARCH_WORDS_H
#define DOLEN_STORE_SEARCH_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dolen/base/buf.h"
#include "dolen/base/id.h"
#include "dolen/base/status.h"
#include "dolen/store/read.h"

struct store;

#define NOTE_SOURCES    9

/* A statement with one number to bind. */
enum status search_run_int(struct store *s, const char *sql, int64_t n, struct err *err);
/* search_changed for a person, and all of them anew. */
enum status search_person_changed(struct store *s, struct id person, bool gone, struct err *err);
enum status search_people_rebuild(struct store *s, struct err *err);
/* "029 2018 0123" -> "#32108102920" */
void search_phone_key(struct buf *out, const char *phone);
/* How a person's name sounds, as an entry that no typed word comes to: "Rhys", "Jones" -> "~ ris jones"; "" without
 * both. */
void search_sound_key(struct buf *out, const char *first, const char *family);
/* The table a note's number stands for; T_COUNT for none. */
enum table_id search_note_table(int64_t n);
bool search_has_notes(enum table_id t);
/* The number and the words (added to text; none of a record in the bin) of a record of notes; *found false: there is
 * none. */
enum status search_note_read(struct store *s, enum table_id t, struct id id, int64_t *n, struct buf *text, bool *found,
                             struct err *err);

/* --- what was written lately (search_recent.c) ------------------------------------------------------------------ */

/* "WHERE search_recent MATCH …" finds them by themselves: rowid is the note's number, body its words, none of those
 * that have gone. */
#define RECENT_TABLE "temp.search_recent"
/* *any: there are notes that the index on disk has not been told of; they stand in RECENT_TABLE, and what the index
 * says of their numbers does not count. Writes to memory alone. */
enum status search_recent_ready(struct store *s, bool *any, struct err *err);

/* --- one question ----------------------------------------------------------------------------------------------- */

#define SEARCH_WORDS_MAX 6

struct search {
    struct store *s;
    struct err   *err;
    const char   *typed;
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

/* --- why (search_met.c) ------------------------------------------------------------------------------------------- */

/* What somebody may be found by; each may be NULL. guarded: a safe-contact rule covers phones and postcode. */
struct met_person {
    const char *given, *family, *preferred, *also_known_as, *nhs_number, *postcode, *phone, *phone2;
    bool        guarded;
};
/* Sets exact, met and met_text of a hit whose text is the name it shows. */
void search_met(const struct search *x, const struct met_person *p, struct hit *h);

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
