/* dolen/ui/notes.h - the notes of a talk: a page to write on, and words of it taken to be filed to questions.
 *
 * Writing, every key is text. Taking words (v after Ctrl-O, or Ctrl-T), arrows take more of them and letters are
 * actions. */
#ifndef DOLEN_UI_NOTES_H
#define DOLEN_UI_NOTES_H

#include "dolen/ui/views.h"

struct notes_host {
    void     *ctx;
    unsigned (*save)(void *ctx);            /* something changed: keep the draft, session_mark_clean */
    unsigned (*leave)(void *ctx);      /* what stands on the page is kept as a record: REACT_BACK, or it could not be */
    unsigned (*file)(void *ctx, size_t start, const char *words);     /* start: in characters; asks to which question */
    unsigned (*take_back)(void *ctx);       /* the words that were filed last */
    struct id (*note)(void *ctx);           /* the record, ID_NONE while there is none */
    void     (*release)(void *ctx);
};
/* session: of the form note, the host's. at: the place of the caret, in characters; or SIZE_MAX: at the end. */
struct view *notes_view_new(struct ui *u, struct session *session, const struct notes_host *host, struct id person,
                            size_t at);
/* What was typed goes into the session and is saved; v is that view. */
unsigned     notes_view_flush(struct view *v);
void         notes_view_go(struct view *v, size_t at);                   /* as at above */

/* What an excerpt went to can still be opened: a draft or record that is not in the bin. */
bool         excerpt_lives(struct store *s, const struct record *excerpt);
/* "Who matters to you?" with the choice where one was ticked. */
void         excerpt_place_words(struct ui *u, const struct record *excerpt, struct buf *out);
/* Adds what a question of a draft, record or response was filled from, a line each: from your notes of 9 Mar: "…" */
void         excerpt_sources(struct ui *u, struct id target, const char *question, int repeat, struct buf *out);

/* How well what was typed fits a line: 0 it stands in the label as it is, from the beginning of a word on, 1 every word
 * of it begins one of the label, 2 one of text, which may be NULL; 3 and 4 the same, but inside words too; PICK_NOT:
 * none of these. All of it folded. */
#define PICK_NOT 5
int          pick_fit(const char *label, const char *text, const char *typed);

/* One of many, found by typing any part of it; index -1: Esc. The caller adds the lines. */
struct view *pick_view_new(struct text2 take, unsigned (*done)(void *ctx, int index), void *ctx);
/* finds, NULL or copied: what the line is found by too and nobody sees, after the lines whose labels have what was
 * typed. */
void         pick_view_add(struct view *v, struct text2 take, const char *finds);

#endif
